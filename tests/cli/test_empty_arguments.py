"""An empty argument is most often a variable that was not set: whatever it is for, it is said which one is empty."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mpfcheck.cli.main import OF_INPUTS, mpfcheck
from tests.cli.conftest import EXAMPLES, Cli


def commands(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


ELIGIBLE = EXAMPLES / "eligible-lithuania-moldova.json"
EVERY = [
    (*path, option.opts[0])
    for path, command in commands(mpfcheck)
    for option in command.params
    if isinstance(option, click.Option) and not option.is_flag
]


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_the_empty_value_of_an_option_is_named(cli: Cli, words: tuple[str, ...]) -> None:
    apart, together = cli(*words, ""), cli(*words[:-1], f"{words[-1]}=")

    assert (apart.code, together.code) == (2, 2)
    assert apart.err == f"Error: The argument after {words[-1]} is empty. Give a value, or leave it out.\n"
    assert together.err == f"Error: The value of {words[-1]} is empty. Give a value, or leave it out.\n"


@pytest.mark.parametrize("path", [path for path, _ in commands(mpfcheck) if path[0] not in OF_INPUTS], ids=" ".join)
def test_an_empty_name_is_named_by_the_word_before_it(cli: Cli, path: tuple[str, ...]) -> None:
    for empty in ("", "  "):
        ended = cli(*path, empty)

        assert ended.code == 2
        assert ended.err == f"Error: The argument after {path[-1]} is empty. Give a value, or leave it out.\n"


@pytest.mark.parametrize("empty", ["", "  "])
@pytest.mark.parametrize("before", [(), ("--quiet",), ("--allow-incomplete", "--")], ids=" ".join)
def test_an_empty_input_does_not_stop_the_others(cli: Cli, empty: str, before: tuple[str, ...]) -> None:
    ended = cli("check", "--format", "json", *before, empty, ELIGIBLE)

    blank, eligible = ended.json()["reports"]
    assert ended.code == 3
    assert (blank["input"]["path"], blank["verdict"], eligible["verdict"]) == (f"'{empty}'", "invalid", "eligible")
    assert [problem["message"] for problem in blank["problems"]] == ["This argument is empty."]


def test_an_empty_input_does_not_stop_the_outlook_of_the_others(cli: Cli) -> None:
    pytest.importorskip("z3")

    ended = cli("outlook", ELIGIBLE, "")

    assert ended.code == 3
    assert "This proposal is eligible already." in ended.out
    assert "NOT A PROPOSAL  ''" in ended.out


def test_a_report_on_an_empty_input_is_verified(cli: Cli, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    cli("check", "", ELIGIBLE, "--format", "json", "--output", report)

    assert cli("verify", report, "", ELIGIBLE).code == 0
    assert cli("verify", report, ELIGIBLE).code == 1


def test_an_empty_input_of_verify_or_diff_is_named(cli: Cli, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    cli("check", ELIGIBLE, "--format", "json", "--output", report)

    for empty in ("", "  "):
        for words in (("verify", empty, ELIGIBLE), ("diff", empty, report), ("diff", report, empty)):
            ended = cli(*words)
            assert (ended.code, ended.err) == (3, "Error: The name of a report is empty.\n")
        ended = cli("verify", report, empty)
        assert (ended.code, ended.err) == (3, "Error: The name of a proposal is empty.\n")


def test_a_file_with_a_blank_name_is_an_input(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "  ").write_bytes(ELIGIBLE.read_bytes())
    monkeypatch.chdir(tmp_path)

    ended = cli("check", "  ", "--format", "json")

    assert (ended.code, ended.json()["reports"][0]["input"]["path"]) == (0, "'  '")
