"""``mpfcheck rules new``: a pack to start from, without fault from its first minute."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from mpfcheck.checking.pack_tests.pack_test import run_examples
from mpfcheck.forms.lint import lint_form
from mpfcheck.forms.load import form_place, load_form
from mpfcheck.packs.clause import load_clauses
from mpfcheck.packs.lint import lint
from mpfcheck.packs.load import load_pack
from tests.cli.conftest import Cli

TITLES = [
    "My call",
    "A: b # c",
    "\"quoted\" 'twice'",
    "true",
    "- list",
    "{braces}",
    "Ünïcode \u202e",
    "2025",
    "line\nbreak",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_new_pack_passes_lint_and_its_own_examples(cli: Cli, tmp_path: Path, title: str) -> None:
    ended = cli("rules", "new", "my-call", "--title", title, "--in", tmp_path)
    folder = tmp_path / "my-call"
    call = load_pack(folder)
    test = run_examples(call)

    assert ended.code == 0
    assert lint(folder) == lint_form(call, form_place(call)) == []
    assert test.failed == test.lacking == ()
    assert (call.id, call.title, load_form(call).title) == ("my-call", title, title)
    assert {rule for clause in load_clauses(call) for rule in clause.rules} == {rule.id for rule in call.rules}


def test_everything_in_it_is_explained_and_nothing_is_left_to_fill_in(cli: Cli, tmp_path: Path) -> None:
    cli("rules", "new", "my-call", "--in", tmp_path)
    for file in sorted((tmp_path / "my-call").iterdir()):
        text = file.read_text(encoding="utf-8")
        assert text.startswith("# "), file.name
        assert "CALL-" not in text
        assert yaml.safe_load(text)


def test_what_it_prints_can_be_typed(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    out = cli("rules", "new", "my-call").out
    typed = [line.split()[1:] for line in out.splitlines() if line.startswith("  mpfcheck ")]

    assert len(typed) == 3
    assert [cli(*arguments).code for arguments in typed] == [0, 0, 0]


@pytest.mark.parametrize("name", ["My-Call", "my call", "../my-call", "my_call", "-", "a/b", "call@1"])
def test_an_id_that_is_none_is_refused_and_nothing_is_written(cli: Cli, tmp_path: Path, name: str) -> None:
    ended = cli("rules", "new", "--in", tmp_path, "--", name)

    assert ended.code == 2
    assert "cannot be the id of a call: small letters, digits and hyphens, such as my-call-2025." in ended.err
    assert list(tmp_path.iterdir()) == []


def test_an_empty_id_is_refused_and_nothing_is_written(cli: Cli, tmp_path: Path) -> None:
    ended = cli("rules", "new", "--in", tmp_path, "--", "")

    assert ended.code == 2
    assert "is empty. Give a value" in ended.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_there_is_never_overwritten(cli: Cli, tmp_path: Path, kind: str) -> None:
    place = tmp_path / "my-call"
    if kind == "folder":
        place.mkdir()
    elif kind == "file":
        place.write_text("mine", encoding="utf-8")
    else:
        place.symlink_to(tmp_path / "nowhere")
    ended = cli("rules", "new", "my-call", "--in", tmp_path)

    assert ended.code == 2
    assert "already. Choose another id, or move it away." in ended.err
    assert [one.name for one in tmp_path.iterdir()] == ["my-call"]
