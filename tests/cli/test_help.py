"""Help, schemas, completion: how people and programs find their way."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import jsonschema_rs
import pytest
from jsonschema_rs import Draft202012Validator

import mpfcheck.cli
from mpfcheck import __version__
from mpfcheck.api.schemas import SCHEMAS
from mpfcheck.cli.exit_codes import ExitCode, strongest
from mpfcheck.cli.main import COMMANDS
from mpfcheck.cli.main import mpfcheck as group
from mpfcheck.extra import MissingLibraryError, need_libraries
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call
from tests.cli.conftest import CALL, EXAMPLES, Cli


def test_without_a_command_there_is_help(cli: Cli) -> None:
    bare, asked = cli(), cli("--help")

    assert bare.code == asked.code == 0
    assert bare.out == asked.out
    assert all(f"  {command}  " in bare.out for command in COMMANDS)


def commands() -> list[list[str]]:
    """Every command and subcommand, as a person writes it."""
    context = click.Context(group)
    found = []
    for name in COMMANDS:
        command = group.get_command(context, name)
        found.append([name])
        if isinstance(command, click.Group):
            found += [[name, inner] for inner in command.commands]
    return found


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_has_help_that_fits_the_page(cli: Cli, command: list[str]) -> None:
    ended = cli(*command, "-h")

    assert ended.code == 0
    assert ended.out.startswith(f"Usage: mpfcheck {' '.join(command)}")
    assert all(len(line) <= 80 for line in ended.out.splitlines())


NEEDS = re.compile(r"""(?:need_solver|need_libraries|MissingLibraryError)\("(?:mpfcheck )?([^"]+)"(?:, "(\w+)")?""")
"""What a command says it needs libraries for, and the extra that brings them (that of the solver by default)."""


def test_the_help_of_what_needs_an_extra_names_it_as_the_readme_does(cli: Cli) -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path(mpfcheck.cli.__file__).parent.glob("*.py")]
    needs = [found for text in sources for found in NEEDS.findall(text)]

    assert {"outlook", "export", "survey", "serve", "rules prove", "--web", "check --outlook"} <= {
        what for what, _ in needs
    }
    for what, extra in needs:
        command = what if not what.startswith("-") else "apply"
        out = " ".join(cli(*(word for word in command.split() if not word.startswith("-")), "--help").out.split())
        assert re.search(rf'pip install "\.\[[a-z,]*\b{extra or "prove"}\b', out), what
    with pytest.raises(MissingLibraryError, match=r'pip install "\.\[web\]"'):
        need_libraries("--web", "web", "no_such_library")
    assert 'pip install ".[web]"' in (EXAMPLES.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_the_help_says_what_becomes_of_an_older_output(cli: Cli, command: list[str]) -> None:
    out = " ".join(cli(*command, "--help").out.split())
    if "--output" in out and command != ["assess"]:  # which adds to its file
        assert "replace" in out.partition("--output")[2]


def test_the_version_is_told(cli: Cli) -> None:
    assert cli("--version").out == f"mpfcheck {__version__}\n"


def test_a_misspelt_command_is_guessed(cli: Cli) -> None:
    ended = cli("chek")

    assert ended.code == 2
    assert "'check'" in ended.err


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_one(cli: Cli, name: str) -> None:
    written = json.loads(cli("schema", name).out)

    jsonschema_rs.meta.validate(written)
    assert written["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("call_id", list_calls())
def test_the_schema_of_proposals_to_a_call_holds_its_annex(cli: Cli, call_id: str) -> None:
    whole = json.loads(cli("schema", "proposal", "--call", call_id).out)
    annex = load_call(call_id).annex

    jsonschema_rs.meta.validate(whole)
    assert whole["$id"] == f"urn:mpfcheck:proposal:1:{call_id}"
    assert whole["properties"]["annex"].get("properties", {}).keys() == (annex.fields.keys() if annex else set())
    for example in (EXAMPLES / "other-calls").glob("[0-9]*.json"):
        proposal = json.loads(example.read_bytes())
        if proposal["call"] == call_id:
            assert list(Draft202012Validator(whole).iter_errors(proposal)) == []


def test_the_schema_of_a_call_finds_an_annex_that_does_not_fit(cli: Cli) -> None:
    whole = json.loads(cli("schema", "proposal", "--call", "mpf-2018-mp-camm").out)
    proposal = json.loads((EXAMPLES / "other-calls" / "broken-annex.json").read_bytes())

    (wrong,) = Draft202012Validator(whole).iter_errors(proposal)
    assert list(wrong.instance_path) == ["annex", "signed_partnerships", 0]


def test_the_schema_of_an_annex_is_the_file_of_its_call(cli: Cli) -> None:
    folder = load_call("mpf-2018-mp-camm").folder
    assert folder is not None

    assert cli("schema", "annex", "--call", "mpf-2018-mp-camm").out == (folder / "annex.schema.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("annex",), "Choose a call with --call"),
        (("annex", "--call", CALL), "has no annex"),
        (("report", "--call", CALL), "Leave out --call"),
        (("proposal", "--call", "mpf-2022"), "There is no call mpf-2022."),
    ],
)
def test_a_schema_that_is_not_there_is_told(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    ended = cli("schema", *arguments)

    assert ended.code == 2
    assert said in ended.err


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("mpfcheck ch", {"check"}),
        (
            "mpfcheck rules ",
            {
                "list",
                "show",
                "lint",
                "fmt",
                "prove",
                "witness",
                "test",
                "matrix",
                "versions",
                "diff",
                "lock",
                "new",
                "export",
            },
        ),
        ("mpfcheck rules show BUDGET-", {"BUDGET-1", "BUDGET-2", "BUDGET-3", "BUDGET-4"}),
        ("mpfcheck rules show grant", {"GRANT-1", "GRANT-2"}),
        ("mpfcheck rules list mpf-2023", {CALL}),
        ("mpfcheck check --call mpf-2023", {CALL}),
        ("mpfcheck check --set maximum_gr", {"maximum_grant_share="}),
        ("mpfcheck check --format js", {"json", "jsonl"}),
        ("mpfcheck check --format pd", {"pdf"}),
        ("mpfcheck check --format xl", {"xlsx"}),
        ("mpfcheck budget ", {"template", "write", "read"}),
        ("mpfcheck budget template mpf-2023", {CALL}),
        ("mpfcheck doc", {"document"}),
        ("mpfcheck schema pro", {"proposal"}),
    ],
)
def test_names_complete(words: str, completed: set[str]) -> None:
    settings = {"_MPFCHECK_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    run = subprocess.run(
        [sys.executable, "-m", "mpfcheck"], env={**os.environ, **settings}, capture_output=True, check=False, text=True
    )

    assert {line.split(",")[1] for line in run.stdout.splitlines()} == completed


def test_the_strongest_of_several_codes_stands() -> None:
    order = [ExitCode.PACK, ExitCode.INCONCLUSIVE, ExitCode.INPUT, ExitCode.FINDING, ExitCode.OK]

    assert [int(code) for code in order] == [4, 5, 3, 1, 0]
    for index, code in enumerate(order):
        assert strongest(order[index:]) is code


def test_a_fault_of_ours_ends_with_5_and_says_so(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("of ours")

    monkeypatch.setattr("mpfcheck.cli.run.output", broken)
    ended = cli("check", "anything.json")

    assert ended.code == 5
    assert "This is an error in mpfcheck" in ended.err


def test_an_interruption_while_a_class_is_made_is_one(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Modules are loaded when they are needed, and Python 3.11 makes another error of what comes meanwhile."""

    class Named:
        def __set_name__(self, owner: type, name: str) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr("mpfcheck.cli.run.output", lambda *_, **__: type("Made", (), {"named": Named()}))
    ended = cli("check", "anything.json")

    assert (ended.code, ended.out, ended.err) == (130, "", "Interrupted.\n")
