"""Everything the page on writing rules shows is true: its expressions, sentences, rules, tables and commands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mpfcheck.checking.names import STEPS_FOR_ALL
from mpfcheck.feel.errors import LanguageError
from mpfcheck.feel.evaluate.builtins.registry import BUILTINS
from mpfcheck.feel.limits import WorkLimits
from mpfcheck.feel.syntax.parser import DEEPEST, LONGEST, parse
from mpfcheck.packs.clause import load_clauses, read_clauses
from mpfcheck.packs.folder import MAX_TOGETHER
from mpfcheck.packs.load import load_call
from mpfcheck.packs.mistake import PackMistake
from mpfcheck.packs.yaml_file import MAX_BYTES, read_yaml
from tests.docs import pack
from tests.docs.console import agrees, commands, run
from tests.docs.feel import CALL, Example, checked, disagreement, examples, sentence
from tests.docs.field_tables import with_field_tables
from tests.docs.markdown import Block, blocks, codes, page

PAGE = "rule-language.md"


def shown_rules() -> list[Block]:
    """The blocks of rules and parts of rules that are not files of the worked example."""
    return [block for block in blocks(PAGE, "yaml") if not block.file]


def function_rows() -> list[list[str]]:
    """The rows of the tables of functions."""
    section = page(PAGE).split("## All functions\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| `")]
    assert all(len(row) == 3 for row in rows)
    return rows


@pytest.mark.parametrize("block", blocks(PAGE, "feel"), ids=str)
def test_every_expression_comes_out_as_the_page_says(block: Block) -> None:
    untrue = [(example.expression, found) for example in examples(block) if (found := disagreement(example, PAGE))]
    assert not untrue


@pytest.mark.parametrize("block", blocks(PAGE, "template"), ids=str)
def test_every_sentence_is_filled_in_as_the_page_says(block: Block) -> None:
    lines = block.text.splitlines()
    for template, shown in zip(lines[::2], lines[1::2], strict=True):
        assert f"→ {sentence(template, PAGE)}" == shown


@pytest.mark.parametrize("block", shown_rules(), ids=str)
def test_lint_says_of_every_rule_what_the_page_says_and_nothing_of_the_others(block: Block, tmp_path: Path) -> None:
    following = [other for other in blocks(PAGE) if other.line > block.line]
    said = following[0].text.splitlines() if following and following[0].language == "text" else []
    found = pack.findings(pack.throw_away_pack(tmp_path, block), block)
    assert [str(finding) for finding in found] == said


@pytest.mark.parametrize("block", [block for block in shown_rules() if "examples:" in block.text], ids=str)
def test_the_examples_of_every_sound_rule_come_out_as_they_expect(block: Block, tmp_path: Path) -> None:
    call = pack.throw_away_pack(tmp_path, block)
    if not pack.findings(call, block):
        assert pack.wrong_examples(call) == []


def test_a_broken_example_is_shown_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shown_rules()[0]
    block = replace(first, text=first.text.replace(">=", ">"))
    pack.throw_away_pack(tmp_path, block)
    monkeypatch.chdir(tmp_path)
    (shown,) = blocks(PAGE, "report")
    printed, code = run("mpfcheck rules test rules")
    assert agrees(["…", *shown.text.splitlines(), "…"], printed), printed
    assert code == 4


def test_the_clauses_shown_are_clauses_of_the_call() -> None:
    (shown,) = (block for block in blocks(PAGE, "yaml") if block.file == "clauses.yaml")
    mistakes: list[PackMistake] = []
    clauses = read_clauses(read_yaml(shown.text.encode(), shown.file), load_call(CALL), mistakes)

    assert mistakes == []
    assert {clause.id for clause in clauses} <= {clause.id for clause in load_clauses(load_call(CALL))}


def test_the_worked_example_runs_as_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files are written and the commands run in the order of the page."""
    monkeypatch.chdir(tmp_path)
    for block in blocks(PAGE):
        if block.file:
            file = tmp_path / block.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            for command, shown in commands(block):
                printed, _ = run(command)
                assert agrees(shown, printed), (str(block), printed)


def test_the_tables_of_fields_are_those_of_the_published_schema() -> None:
    """``python -m tests.docs.field_tables`` writes them again."""
    assert page(PAGE) == with_field_tables(page(PAGE))


def test_the_tables_of_functions_name_every_function_once() -> None:
    named = [codes(row[0])[0].split("(", 1)[0] for row in function_rows()]
    assert sorted(named) == sorted(BUILTINS)


@pytest.mark.parametrize("row", function_rows(), ids=lambda row: codes(row[0])[0])
def test_every_function_gives_what_its_example_says(row: list[str]) -> None:
    expression, expected = codes(row[2])
    assert disagreement(Example(expression, expected, PAGE), PAGE) == ""


def test_functions_are_used_as_the_tables_write_them() -> None:
    """The names of the parameters in the first column are those the functions have."""
    for row in function_rows():
        written = codes(row[0])[0]
        name, parameters = written.rstrip(")").split("(", 1)
        names = {part.strip().rstrip("?…") for part in parameters.split(",")}
        known = {parameter.name for overload in BUILTINS[name].overloads for parameter in overload.parameters}
        assert names <= known, written


def test_named_arguments_work_as_the_page_says() -> None:
    assert not checked("substring(string: lead.name, start position: 1, length: 5)").mistakes


def test_the_limits_are_those_of_the_program() -> None:
    limits = WorkLimits()
    for limit in (LONGEST, limits.items, limits.characters, limits.steps, STEPS_FOR_ALL, MAX_BYTES, MAX_TOGETHER):
        assert f"{limit:,}".replace(",", " ") in page(PAGE)
    assert f"| {DEEPEST} levels |" in page(PAGE)
    assert f"| {limits.depth} levels |" in page(PAGE)
    with pytest.raises(LanguageError):
        parse("(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1))
