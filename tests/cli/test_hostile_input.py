"""Text from proposals and names of files are data: whatever they hold, nothing of it reaches the terminal as more."""

from __future__ import annotations

import copy
import csv
import io
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mpfcheck.proposal.fields import Many, Record, Text, proposal_record
from tests.cli.conftest import Cli
from tests.data import NAUGHTY_STRINGS
from tests.report.html.pages import Parsed

Write = Callable[..., str]
FORMATS = ("text", "json", "jsonl", "csv", "html", "markdown", "junit", "sarif")
JOINERS = "\u200c\u200d"


def harmless(text: str) -> bool:
    """Whether every character is shown as itself."""
    return all(character.isprintable() or character in JOINERS or character == "\n" for character in text)


def filled(value: object, record: Record, text: str) -> None:
    """Put a text into every field of a proposal that takes any."""
    if not isinstance(value, dict):
        return
    for name, field in record.fields.items():
        if isinstance(field.kind, Text):
            value[name] = text
        elif isinstance(field.kind, Record):
            filled(value.setdefault(name, {}), field.kind, text)
        elif isinstance(field.kind, Many) and isinstance(field.kind.item, Record):
            for item in value.get(name, []):
                filled(item, field.kind.item, text)


def with_text_everywhere(proposal: dict[str, Any], text: str, *, unknown: bool) -> dict[str, Any]:
    """A proposal with the text in every text field, that breaks rules whose messages quote some of them.

    Some have it in fields nobody knows as well: their names are told too, but read slowly.
    """
    proposal = copy.deepcopy(proposal)
    filled(proposal, proposal_record(), text)
    proposal |= {"format": "mpfcheck-proposal/1", "call": "mpf-2023-borders-security"}
    proposal["lead"]["kind"] = "ngo"
    proposal["co_applicants"][0] |= {"country": "US", "id": "a", "pic": text}
    proposal["budget"]["lines"][0]["amount"] = "1.00"
    return proposal | {f"x{text}": {text: text}} if unknown else proposal


def read_back(format_name: str, out: str) -> list[str]:
    """What a reader of the format sees: the names of the proposals, one each."""
    if format_name == "json":
        return [f"{report['input']['line']}" for report in json.loads(out)["reports"]]
    if format_name == "jsonl":
        return [f"{json.loads(line)['input']['line']}" for line in out.splitlines()]
    if format_name == "csv":
        return list(dict.fromkeys(row["input_line"] for row in csv.DictReader(io.StringIO(out), strict=True)))
    if format_name == "junit":
        return re.findall(
            r"^naughty\.jsonl, line ([0-9]+)",
            "\n".join(suite.get("name", "") for suite in ElementTree.fromstring(out)),  # noqa: S314
            re.MULTILINE,
        )
    if format_name == "sarif":
        results = json.loads(out)["runs"][0]["results"]
        places = [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in results]
        return list(dict.fromkeys(map(str, places)))
    if format_name == "html":
        page = Parsed(out)
        assert page.strange == []
        assert {tag for tag, _ in page.elements}.isdisjoint(
            {"script", "img", "iframe", "object", "form", "input", "base"}
        )
        assert not any(name.startswith("on") for _, given in page.elements for name in given)
        return [text.rpartition(" ")[2] for text in page.texts if re.fullmatch("naughty.jsonl, line [0-9]+", text)]
    return re.findall("^(?:## )?NOT ELIGIBLE:? +naughty.jsonl, line ([0-9]+)$", out, re.MULTILINE)


@pytest.mark.parametrize("format_name", FORMATS)
def test_naughty_strings_in_every_text_field_are_shown_and_do_nothing(
    cli: Cli, write: Write, proposal: dict[str, Any], format_name: str
) -> None:
    # Every format is given every string by the tests of the reporters; here, half of them is enough for most formats.
    strings = (
        NAUGHTY_STRINGS if format_name in ("text", "json") else NAUGHTY_STRINGS[FORMATS.index(format_name) % 2 :: 2]
    )
    lines = "\n".join(
        json.dumps(with_text_everywhere(proposal, text, unknown=number % 8 == 0)) for number, text in enumerate(strings)
    )
    arguments = ("check", write(lines, "naughty.jsonl"), "--format", format_name, "--jobs", "1")
    more = ("--compare-set", "maximum_grant_share=0.5", "--details") if format_name == "text" else ()
    ended = cli(*arguments, *more)

    assert ended.code == 1
    # The lines of a table end with CR LF; on a page, the digits of an amount hold together.
    unusual = {"csv": "\r", "html": "\u00a0"}.get(format_name, "")
    assert harmless(ended.out.replace(unusual, ""))
    assert set(read_back(format_name, ended.out)) == {str(number) for number in range(1, len(strings) + 1)}


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
