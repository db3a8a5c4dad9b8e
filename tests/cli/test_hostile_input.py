"""Text from proposals and names of files are data: whatever they hold, nothing of it reaches the terminal as more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT, Cli

Write = Callable[..., str]
NAUGHTY = ROOT.parent / "shared" / "test-data" / "naughty-strings.json"
JOINERS = "\u200c\u200d"


def harmless(text: str) -> bool:
    """Whether every character is shown as itself."""
    return all(character.isprintable() or character in JOINERS or character == "\n" for character in text)


def with_names(proposal: dict[str, Any], name: str) -> dict[str, Any]:
    """A proposal of which several messages quote a name."""
    proposal["lead"]["kind"] = "ngo"
    for key in ("title", "acronym", "fund"):
        proposal[key] = name
    for applicant in (proposal["lead"], *proposal["co_applicants"]):
        applicant["name"] = name
    proposal["co_applicants"][0]["country"] = "US"
    proposal["budget"]["lines"][0] |= {"description": name, "id": name, "amount": "1.00"}
    return proposal


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the list of naughty strings is not beside the checkout")
@pytest.mark.parametrize("format_name", ["text", "json", "jsonl"])
def test_naughty_strings_are_shown_and_do_nothing(
    cli: Cli, write: Write, proposal: dict[str, Any], format_name: str
) -> None:
    strings = json.loads(NAUGHTY.read_text(encoding="utf-8"))
    lines = "\n".join(json.dumps(with_names(proposal, name)) for name in strings)
    ended = cli("check", write(lines, "naughty.jsonl"), "--format", format_name, "--fail-on", "never")

    assert ended.code in (0, 1)
    assert harmless(ended.out)
    if format_name == "jsonl":
        assert len(ended.out.splitlines()) == len(strings)


@pytest.mark.parametrize("name", ["\x1b]0;title\x07.json", "a\nELIGIBLE  b.json", "\u202enosj.json", "国境.json"])
@pytest.mark.parametrize("format_name", ["text", "json"])
def test_names_of_files_do_nothing(
    cli: Cli, write: Write, proposal: dict[str, Any], name: str, format_name: str
) -> None:
    ended = cli("check", write(proposal, name), "--format", format_name)

    assert ended.code == 0
    assert harmless(ended.out)
    assert len([line for line in ended.out.splitlines() if line.startswith("ELIGIBLE")]) == (format_name == "text")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no text")
def test_a_name_that_is_no_text_is_spelled_out(tmp_path: Path, proposal: dict[str, Any]) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\xfe.json"
    with open(path, "w", encoding="utf-8") as file:
        json.dump(proposal, file)
    for format_name in ("text", "json"):
        command = [sys.executable, "-m", "mpfcheck", "check", path, "--format", format_name]
        run = subprocess.run(command, capture_output=True, check=False)

        assert run.returncode == 0
        assert b"xff" in run.stdout
        run.stdout.decode("utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_output_is_utf_8_wherever_it_goes(tmp_path: Path, proposal: dict[str, Any], encoding: str) -> None:
    proposal["fund"] = "Fonds für Grenzen 国"
    (tmp_path / "p.json").write_text(json.dumps(proposal), encoding="utf-8")
    settings = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "mpfcheck", "check", "p.json"]
    run = subprocess.run(command, cwd=tmp_path, env={**os.environ, **settings}, capture_output=True, check=False)

    assert "Fonds für Grenzen 国" in run.stdout.decode("utf-8")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n",
        b"null",
        b"[]",
        b"3",
        b'"text"',
        b"{",
        b"\xff\xfe{\x00}\x00",
        b"\x00",
        b"[" * 100_000,
        b'{"a":' * 9999,
    ],
    ids=["empty", "blank", "null", "list", "number", "text", "open", "utf-16", "nul", "deep list", "deep object"],
)
def test_what_is_no_proposal_ends_with_3_and_says_where(cli: Cli, write: Write, data: bytes) -> None:
    ended = cli("check", write(data))
    piped = cli("check", "-", stdin=data)

    for run in (ended, piped):
        assert run.code == 3
        assert run.out.startswith("NOT A PROPOSAL")
        assert "Traceback" not in run.err
        assert harmless(run.out)
