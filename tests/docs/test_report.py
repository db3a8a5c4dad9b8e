"""Everything the page on the report shows is true: its output, its words, its exit codes."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator

from mpfcheck import __version__
from mpfcheck.checking.report import Status, Verdict
from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.report.words import VERDICT_HEADLINE
from tests.docs.console import agrees, commands, run
from tests.docs.markdown import DOCS, Block, blocks, codes, page

PAGE = "report.md"
EXAMPLE = "rule-language.md"


@cache
def rows(head: str) -> list[list[str]]:
    """The rows of the table with this first column."""
    lines = page(PAGE).split(f"\n| {head} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [line.strip("| ").split(" | ") for line in lines]


@pytest.mark.parametrize("block", blocks(PAGE, "console"), ids=str)
def test_people_read_what_the_page_shows(block: Block, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DOCS.parent)
    for command, shown in commands(block):
        printed, _ = run(command)
        assert agrees(shown, printed), printed


def test_programs_read_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report on the draft of the worked example, all of it, and valid by the published schema."""
    monkeypatch.chdir(tmp_path)
    for block in blocks(EXAMPLE):
        if block.file:
            file = tmp_path / block.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
    printed, _ = run("mpfcheck check --rules my-rules --format json draft.json")
    shown = json.loads(blocks(PAGE, "json")[0].text)
    schema = json.loads(files("mpfcheck.report").joinpath("report.schema.json").read_text(encoding="utf-8"))
    assert not list(Draft202012Validator(schema).iter_errors(shown))
    shown["tool"]["version"] = __version__
    assert shown == json.loads("\n".join(printed))


def test_every_status_and_verdict_is_told() -> None:
    assert [codes(row[0])[0] for row in rows("status")] == list(Status)
    assert [(codes(row[0])[0], row[1]) for row in rows("verdict")] == [
        (str(one), VERDICT_HEADLINE[one]) for one in Verdict
    ]


def test_every_exit_code_is_told() -> None:
    assert [int(row[0]) for row in rows("code")] == list(ExitCode)


@pytest.mark.parametrize("row", rows("`mpfcheck check`"), ids=lambda row: codes(row[0])[0])
def test_checks_end_with_the_codes_of_the_page(row: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DOCS.parent)
    _, code = run(f"mpfcheck check {codes(row[0])[0]}")
    assert code == int(row[1])
