"""``--output``: a report takes its place whole, as the file there was, and leaves nothing else behind."""

from __future__ import annotations

import io
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mpfcheck.cli.main import main
from mpfcheck.report.formats import JSON
from tests.cli.conftest import EXAMPLES, Cli

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes and owners are those of POSIX")

Write = Callable[..., str]
Proposal = dict[str, Any]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o755])
def test_an_existing_file_keeps_its_mode_and_owner(cli: Cli, write: Write, proposal: Proposal, mode: int) -> None:
    write("older", "report")
    os.chmod("report", mode)
    if os.geteuid() == 0:
        os.chown("report", 12345, 54321)
    before = os.stat("report")
    assert cli("check", write(proposal), "--output", "report").code == 0
    after = os.stat("report")

    assert Path("report").read_text(encoding="utf-8").startswith("ELIGIBLE")
    assert stat.S_IMODE(after.st_mode) == mode
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)


def test_where_the_owner_cannot_be_kept_the_file_is_written_in_its_place(
    cli: Cli, write: Write, proposal: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("older, and much longer than the new one is: " + "x" * 100_000, "report")
    os.chmod("report", 0o600)
    before = os.stat("report")
    real = os.fstat

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fstat", lambda number: os.stat_result([*real(number)[:4], 1, 1, *real(number)[6:]]))
        patched.setattr(os, "fchown", refuse)
        assert cli("check", write(proposal), "--output", "report").code == 0

    assert os.stat("report").st_ino == before.st_ino
    text = Path("report").read_text(encoding="utf-8")
    assert text.startswith("ELIGIBLE  proposal.json\n")
    assert text.endswith("\nMPF decides.\n")
    assert sorted(os.listdir()) == ["proposal.json", "report"]


def test_a_new_file_has_the_mode_of_any_new_file(cli: Cli, write: Write, proposal: Proposal) -> None:
    write("", "other")
    cli("check", write(proposal), "--output", "report")

    assert stat.S_IMODE(os.stat("report").st_mode) == stat.S_IMODE(os.stat("other").st_mode)


def test_a_link_stays_a_link(cli: Cli, write: Write, proposal: Proposal) -> None:
    write("older", "there")
    os.symlink("there", "report")
    cli("check", write(proposal), "--output", "report")

    assert os.readlink("report") == "there"
    assert Path("there").read_text(encoding="utf-8").startswith("ELIGIBLE")


@pytest.mark.parametrize("name", ["x" * 250, "x" * 245 + ".json", "é" * 125, "€" * 83 + ".html"])
def test_a_name_as_long_as_names_may_be_works(cli: Cli, write: Write, proposal: Proposal, name: str) -> None:
    for _ in range(2):
        assert cli("check", write(proposal), "--output", name).code == 0
    assert sorted(os.listdir()) == sorted(["proposal.json", name])


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("", "The argument after --output is empty"),
        (".", "It is a folder"),
        ("x" * 300, "File name too long"),
        ("no/such/folder/report", "There is no folder"),
        ("proposal.json/report", "Not a directory"),
        ("/proc/report", "The output cannot be written to /proc/report"),
    ],
)
def test_a_place_that_cannot_be_written_is_wrong_usage_before_anything_is_checked(
    cli: Cli, write: Write, proposal: Proposal, output: str, said: str
) -> None:
    write(proposal)
    ended = cli("check", "proposal.json", "--output", output)

    assert ended.code == 2
    assert said in " ".join(ended.err.split())
    assert "Errno" not in ended.err
    assert os.listdir() == ["proposal.json"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_protected_file_is_not_replaced(cli: Cli, write: Write, proposal: Proposal) -> None:
    write("older", "report")
    os.chmod("report", 0o444)
    ended = cli("check", write(proposal), "--output", "report")

    assert (ended.code, Path("report").read_text(encoding="utf-8")) == (2, "older")


@pytest.mark.parametrize("where", ["a.json", "in", "in/a.json"])
def test_a_report_never_takes_the_place_of_a_proposal(cli: Cli, write: Write, proposal: Proposal, where: str) -> None:
    """Given by itself, by its folder, or by a link to it."""
    write(proposal, "in/a.json")
    os.symlink("in/a.json", "a.json")
    ended = cli("check", where, "--output", "in/a.json")

    assert ended.code == 2
    assert "would overwrite" in ended.err
    assert Path("in/a.json").read_text(encoding="utf-8").startswith("{")


@pytest.mark.parametrize("format_name", JSON)
def test_a_terminal_shows_reports_for_programs_as_carefully_as_any_text(
    write: Write, proposal: Proposal, monkeypatch: pytest.MonkeyPatch, format_name: str
) -> None:
    """What is UTF-8 already does not go past it, though a letter that is drawn as nothing is printable to Python."""
    shown = io.BytesIO()
    terminal = io.TextIOWrapper(shown, line_buffering=True)
    monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdout", terminal)
    proposal["title"] = "a\u3164b\U0001f600 Ș"
    with pytest.raises(SystemExit):
        main(["check", "--format", format_name, write(proposal)])

    text = shown.getvalue().decode()
    assert '"title": "a\\u3164b\U0001f600 Ș"' in text
    assert text.endswith("}\n")
    assert "\u3164" not in text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full here")
def test_a_full_device_is_named_as_it_was_given(cli: Cli, write: Write, proposal: Proposal) -> None:
    ended = cli("check", write(proposal), "--output", "/dev/full")

    assert ended.code == 5
    assert ended.err == (
        "Error: The output cannot be written to /dev/full: No space left on device. The output is not complete. "
        "Make room, or choose another --output.\n"
    )


@pytest.mark.parametrize("format_name", ["text", "json", "html"])
def test_a_disk_that_fills_up_leaves_the_older_report_and_names_the_new_one(tmp_path: Path, format_name: str) -> None:
    """A limit on the size of files stands for the disk."""
    (tmp_path / "report").write_text("older", encoding="utf-8")

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    ended = subprocess.run(
        [sys.executable, "-m", "mpfcheck", "check", EXAMPLES, "--format", format_name, "--output", "report"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        preexec_fn=little_room,
    )

    assert ended.returncode == 5
    assert ended.stderr == (
        "Error: The output cannot be written to report: File too large. Nothing was written. "
        "Make room, or choose another --output.\n"
    )
    assert os.listdir(tmp_path) == ["report"]
    assert (tmp_path / "report").read_text(encoding="utf-8") == "older"
