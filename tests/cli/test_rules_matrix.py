"""``mpfcheck rules matrix``: the table people sign off, as Markdown and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from mpfcheck.packs.clause import load_clauses
from mpfcheck.packs.load import load_call
from tests.cli.conftest import CALL, SMALL_RULES, Cli

CLAUSES = """\
- source: {document: guidelines, section: "1"}
  clauses:
    - {id: G-1, text: "A project costs 1 000 | or *more*.", rules: [SIZE-1]}
    - {id: G-2, text: Good projects come first., left to people: Nobody can compute that.}
    - {id: G-3, text: "=1+1", rules: [SIZE-1], nothing to check: x}
"""


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_csv_has_a_row_for_everything_a_clause_leads_to(cli: Cli) -> None:
    rows = table(cli("rules", "matrix", CALL, "--format", "csv").out)
    call = load_call(CALL)
    wanted = [
        (clause.id, name)
        for clause in load_clauses(call)
        for name in (*clause.rules, *clause.gaps, *(("",) if clause.left_to_people or clause.nothing_to_check else ()))
    ]

    assert [(row["clause"], row["rule"]) for row in rows] == wanted
    assert {row["rule"] for row in rows if row["severity"]} == {rule.id for rule in call.rules}
    assert all(row["message"] and row["handling"] for row in rows)
    assert all(row["examples"] for row in rows if row["severity"])


def test_what_a_person_is_told_is_told_with_the_values_of_the_first_failing_example(cli: Cli) -> None:
    rows = table(cli("rules", "matrix", CALL, "--format", "csv").out)
    (row,) = (row for row in rows if (row["clause"], row["rule"]) == ("SUMMARY-12", "BUDGET-1"))

    assert row["message"].startswith("The total budget is EUR 199 999.99. It must be at least")
    assert "fail: one cent below" in row["examples"].splitlines()
    assert (row["document"], row["authority"], row["severity"]) == ("conference-summary", "seed", "blocking")


def test_the_markdown_is_tables_with_every_clause_and_what_is_left_to_people(cli: Cli) -> None:
    ended = cli("rules", "matrix", CALL)
    cells = [
        token.content
        for token in MarkdownIt("commonmark").enable("table").parse(ended.out)
        if token.type == "inline" and token.map and token.map[1] - token.map[0] == 1
    ]

    assert ended.code == 0
    assert ended.out.startswith("# Traceability matrix: ")
    assert [clause.id for clause in load_clauses(load_call(CALL)) if clause.id not in cells] == []
    assert "left to manual review" in cells
    assert "## Rules without a clause" not in ended.out
    assert ended.out.rstrip().endswith("|  |  |  |")


def test_a_call_without_clauses_still_shows_its_rules_and_gaps(cli: Cli, pack: Callable[..., Path]) -> None:
    ended = cli("rules", "matrix", "small-call", "--rules", pack())

    assert "This call has no list of clauses" in ended.out
    assert "## Rules without a clause" in ended.out
    assert "**SIZE-1**" in ended.out
    assert "The total is EUR 999.99, less than EUR 1 000.00." in ended.out


def test_text_of_a_pack_is_data_in_both_formats(cli: Cli, pack: Callable[..., Path]) -> None:
    folder = pack(clauses=CLAUSES.replace(", rules: [SIZE-1], nothing", ", nothing"))

    shown = cli("rules", "matrix", "small-call", "--rules", folder).out
    rows = table(cli("rules", "matrix", "small-call", "--rules", folder, "--format", "csv").out)

    assert r"A project costs 1 000 \| or \*more\*." in shown
    assert [row["text"] for row in rows] == ["A project costs 1 000 | or *more*.", "Good projects come first.", "'=1+1"]


def test_broken_clauses_are_told_with_their_place(cli: Cli, pack: Callable[..., Path]) -> None:
    ended = cli("rules", "matrix", "small-call", "--rules", pack(clauses=CLAUSES))

    assert ended.code == 4
    assert 'clauses.yaml:5:66: The clause G-3 has "rules" and "nothing to check".' in ended.err


def test_an_example_that_does_not_hold_is_marked_and_ends_with_4(cli: Cli, pack: Callable[..., Path]) -> None:
    rules = SMALL_RULES.replace("{total: 1000}}, expect: pass", "{total: 1000}}, expect: fail, title: the least")
    ended = cli(
        "rules",
        "matrix",
        "small-call",
        "--rules",
        pack(size=rules, clauses=CLAUSES.replace(", nothing to check: x", "")),
    )

    assert ended.code == 4
    assert "**1 fail**" in ended.out
    assert "FAILS: fail: the least<br>fail: " in ended.out


def test_an_unknown_call_is_told_with_the_nearest(cli: Cli) -> None:
    ended = cli("rules", "matrix", "mpf-2023-border-security")

    assert ended.code == 2
    assert f'Did you mean "{CALL}"?' in ended.err


@pytest.mark.parametrize("name", ["matrix.md", "matrix.csv"])
def test_the_table_goes_to_a_file(cli: Cli, tmp_path: Path, name: str) -> None:
    kind = "csv" if name.endswith("csv") else "markdown"
    ended = cli("rules", "matrix", CALL, "--format", kind, "--output", tmp_path / name)

    assert (ended.code, ended.out) == (0, "")
    assert (
        (tmp_path / name).read_bytes().startswith(b"\xef\xbb\xbfclause," if kind == "csv" else b"# Traceability matrix")
    )


def test_a_rule_without_an_example_that_fails_is_shown_with_its_sentence(cli: Cli, pack: Callable[..., Path]) -> None:
    rules = SMALL_RULES.rsplit("\n    -", 1)[0] + "\n"
    rows = table(cli("rules", "matrix", "small-call", "--rules", pack(size=rules), "--format", "csv").out)

    assert rows[0]["message"] == "The total is {budget.total}, less than {smallest_total}."
