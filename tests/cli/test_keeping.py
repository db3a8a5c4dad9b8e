"""No command writes its output in the place of a file that it reads."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mpfcheck.cli.main import main as _run
from mpfcheck.cli.main import mpfcheck
from tests.cli.conftest import CALL, EXAMPLES, ROOT, Cli

RULES = ("--rules", "rr")
CASES = [
    # The command, what it is given, the option that names the output, and the file that would be lost.
    ("check", ("in",), "--output", "in/batch.jsonl"),
    ("check", ("link.json",), "--output", "in/a.json"),
    ("check", ("in/a.json",), "--output", "link.json"),
    ("check", ("report.json",), "--output", "report.json"),
    ("check", ("in", "--assessments", "decisions.jsonl"), "--output", "decisions.jsonl"),
    ("check", ("in", "--rank-by", "points", "--scores", "scores.csv"), "--output", "scores.csv"),
    ("check", ("in", *RULES), "--output", f"rr/{CALL}/call.yaml"),
    ("survey", ("in/batch.jsonl", "--call", CALL), "--output", "in/batch.jsonl"),
    ("survey", ("in", "--call", CALL), "--output", "in/a.json"),
    ("survey", ("link.json", "--call", CALL), "--output", "in/a.json"),
    ("survey", ("t.parquet",), "--output", "t.parquet"),
    ("survey", ("t.parquet",), "--output", "link.parquet"),
    ("survey", ("t.parquet", *RULES), "--output", "rr/mpf-2022-amif/annex.schema.json"),
    ("export", ("t.parquet",), "--output", "t.parquet"),
    ("export", ("in", "--output", "new.parquet"), "--invalid", "in/batch.jsonl"),
    ("bundle", ("report.json", "in"), "--output", "report.json"),
    ("bundle", ("report.json", "in"), "--output", "in/a.json"),
    ("bundle", ("report.json", "in"), "--output", "rr/shared/budget.yaml"),
    ("assess", ("report.json", "SCOPE-3", "--input", "a.json", "--decision", "met", "--by", "A"), "-o", "report.json"),
    ("letters", ("letters/letters.csv", "--replace"), "--output", "letters"),
    ("document", ("draft.md",), "--output", "draft.md"),
    ("budget write", ("draft.xlsx",), "--output", "draft.xlsx"),
    ("part export", ("draft.md", "lead"), "--output", "draft.md"),
    ("rules export", (CALL, *RULES), "--output", f"rr/{CALL}/call.yaml"),
    ("rules matrix", (CALL, *RULES), "--output", f"rr/{CALL}/clauses.yaml"),
]
READS_RULES_ONLY = {"budget template"}
"""Its output is a workbook by its name, so it cannot be a rule file."""


@pytest.fixture
def files(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One file of each kind that a command reads."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    Path("in").mkdir()
    shutil.copy(EXAMPLES / "eligible-lithuania-moldova.json", "in/a.json")
    shutil.copy(EXAMPLES / "batch.jsonl", "in/batch.jsonl")
    for name in ("draft.md", "draft.xlsx"):
        shutil.copy("in/a.json", name)
    for name in (CALL, "mpf-2022-amif", "shared"):
        shutil.copytree(ROOT / "rules" / name, Path("rr", name))
    os.symlink("in/a.json", "link.json")
    os.symlink("t.parquet", "link.parquet")
    Path("scores.csv").write_text("file,points\nin/a.json,5\n", encoding="utf-8")
    cli("check", "in", "--format", "json", "--output", "report.json")
    decision = ("--decision", "met", "--by", "Ana", "-o", "decisions.jsonl")
    cli("assess", "report.json", "SCOPE-3", "--input", "in/a.json", *decision)
    cli("export", "in", "-o", "t.parquet")
    Path("letters").mkdir()
    shutil.copy("report.json", "letters/letters.csv")
    return tmp_path


@pytest.mark.parametrize(("command", "given", "option", "output"), CASES)
def test_no_command_replaces_a_file_that_it_reads(
    cli: Cli, files: Path, command: str, given: tuple[str, ...], option: str, output: str
) -> None:
    before = contents(files)

    ended = cli(*command.split(), *given, option, output)

    # A file that decisions cannot be added to is an input that cannot be read.
    assert ended.code == (3 if command == "assess" else 2), ended.out + ended.err
    assert ended.out == ""
    assert ("was not changed" if command == "assess" else "Choose another") in " ".join(ended.err.split())
    assert contents(files) == before


def test_every_command_with_an_output_is_among_them() -> None:
    asked = {command for command, *_ in CASES} | READS_RULES_ONLY
    assert set(with_an_output(mpfcheck)) == asked


def contents(folder: Path) -> dict[Path, bytes]:
    """All files but those that mpfcheck keeps for itself."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in files if path.relative_to(folder).parts[0] != "state"}


def with_an_output(group: click.Group, before: str = "") -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from with_an_output(command, f"{before}{name} ")
        elif command is not None and any("--output" in one.opts for one in command.params):
            yield f"{before}{name}"


@pytest.mark.parametrize("command", [("check",), ("survey", "--call", CALL)])
def test_a_file_behind_standard_input_is_not_replaced(
    files: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    before = Path("in/a.json").read_bytes()
    with open("in/a.json", encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stdin", file)
        with pytest.raises(SystemExit) as end:
            _run([*command, "-", "--output", "in/a.json"])

    assert end.value.code == 2
    assert Path("in/a.json").read_bytes() == before


def test_an_older_report_is_replaced_also_where_the_proposals_are(cli: Cli, files: Path) -> None:
    for command in (("check", "in"), ("survey", "in", "--call", CALL)):
        for _ in range(2):
            ended = cli(*command, "--format", "json", "--output", "in/s.json")
            assert ended.code in (0, 1, 3), ended.err
        os.unlink("in/s.json")
