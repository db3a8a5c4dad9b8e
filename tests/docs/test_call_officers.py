"""The call officer's tutorial, followed step by step: files are written and commands run as the page says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mpfcheck.forms.load import load_form
from mpfcheck.packs.clause import load_clauses
from mpfcheck.packs.load import load_call
from tests.docs.console import agrees, commands, run
from tests.docs.markdown import blocks, page

PAGE = "tutorials/call-officers.md"
CALL = "border-bridges-2025"


def follow(folder: Path) -> None:
    """Do what the page says, from top to bottom."""
    for block in blocks(PAGE):
        if block.file:
            file = folder / block.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
            continue
        for command, shown in commands(block):
            printed, _ = run(command)
            assert agrees(shown, printed), (str(block), command, "\n".join(printed))


def test_the_page_can_be_followed_step_by_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MPFCHECK_RULES", raising=False)
    monkeypatch.chdir(tmp_path)
    follow(tmp_path)

    matrix = (tmp_path / "sign-off.md").read_text(encoding="utf-8")
    assert "all pass" in matrix
    assert "FAILS: " not in matrix
    # What the page tells to do by hand at its end leads to a second version.
    rules = tmp_path / CALL / "budget.yaml"
    old = """\
    - title: a cent more
      given:
        budget: {total: 100000}
        financing: {grant_requested: 80000.01}
      expect: fail
"""
    text = rules.read_text(encoding="utf-8")
    assert old in text
    new = old.replace("80000.01", "85000.01")
    text = text.replace(old, f"{old}      as_of: 2025-03-01\n{new}")
    rules.write_text(text, encoding="utf-8")
    assert run(f"mpfcheck rules lock {CALL} --reason Corrected. --date 2025-05-10")[1] == 0
    assert [load_call(f"{CALL}@{day}", [tmp_path]).version for day in ("2025-03-01", "2025-05-10")] == [
        "2025-03-01",
        "2025-05-10",
    ]


def test_the_call_is_found_by_the_environment_variable_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    follow(tmp_path)
    monkeypatch.setenv("MPFCHECK_RULES", str(tmp_path))
    shutil.copy(tmp_path / "proposal.json", tmp_path / CALL / "proposal.json")

    commands = (
        "calls",
        f"rules list {CALL}",
        f"rules show GRANT-1 --call {CALL}",
        f"rules lint {CALL}",
        f"rules matrix {CALL}@2025-03-01",
    )
    commands += (
        f"rules versions {CALL}",
        f"rules diff {CALL}@2025-03-01",
        "check --allow-incomplete --fail-on never proposal.json",
    )
    for command in commands:
        printed, code = run(f"mpfcheck {command}")
        assert code == 0, (command, printed)
        assert any(CALL in line for line in printed) or "GRANT-1" in command, command


def test_every_sentence_of_the_call_has_a_clause_and_every_field_of_a_rule_a_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    follow(tmp_path)
    call = load_call(CALL, [tmp_path])
    quoted = " ".join(line.removeprefix("> ") for line in page(PAGE).splitlines() if line.startswith("> "))

    assert [clause.id for clause in load_clauses(call) if clause.text not in quoted.replace("*", "")] == ["G-6"]
    assert load_form(call).title == "Border Bridges 2025"


def test_no_block_is_left_out() -> None:
    assert {block.language for block in blocks(PAGE)} == {"console", "yaml", "json"}
    assert all(block.file for block in blocks(PAGE, "yaml", "json"))
