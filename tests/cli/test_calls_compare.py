"""``mpfcheck calls compare``: calls side by side, from nothing but their packs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call
from mpfcheck.report.paragraph import columns
from tests.cli.conftest import CALL, Cli

FIRST, SECOND = "mpf-2016-mp-camm", "mpf-2018-mp-camm"


def test_two_calls_stand_in_columns(cli: Cli) -> None:
    ended = cli("calls", "compare", FIRST, SECOND)
    lines = ended.out.splitlines()

    assert ended.code == 0
    assert lines[0].split() == [FIRST, SECOND]
    assert "Published: 2016-04-18" + " " * 20 + "Published: 2018-04-16" in lines
    assert all(columns(line) <= 80 for line in lines)
    for heading in ("Who may lead", "Who may join", "Funds, strands and lots", "Limits", "Dates", "Not known"):
        assert heading in lines


def test_who_may_join_is_said_in_words(cli: Cli) -> None:
    out = " ".join(cli("calls", "compare", SECOND).out.split())

    assert (
        "COAPP-1 Every co-applicant must be a public body, an NGO or another private-law body: the partner's kind is "
        "Public body, Non-governmental organisation (NGO) or Other private-law body" in out
    )


def test_every_condition_is_a_sentence(cli: Cli) -> None:
    """No answer is "yes", nothing is "in doubt where always", and manual review is named once."""
    out = " ".join(cli("calls", "compare", *list_calls()).out.split())

    assert "LEAD-1 The lead applicant must be a legal person: the lead is a legal person and" in out
    assert "the partner works on a non-profit basis" in out
    assert "and private bodies may lead in strand D" in out
    assert "is one of the member states; if not, manual review is needed" in out
    assert (
        "; if not, manual review is needed where the partner's country is one of the possible partner countries" in out
    )
    assert "(manual review) (for manual review)" not in out
    assert not re.search(r" is (?:yes|no)\b|\balways\b|\bin doubt\b|\((?:from [-0-9]+, )?(?:seed|official|fund)\)", out)


def test_what_is_the_same_comes_last_and_once(cli: Cli) -> None:
    ended = cli("calls", "compare", FIRST, SECOND, "--format", "json").json()
    common = {said["rule"] for said in ended["common"] if said["rule"]}
    listed = {said["rule"] for row in ended["rows"] for cell in row["cells"].values() for said in cell}

    assert {"BUDGET-2", "EXCL-1", "LEAD-1"} <= common
    assert "COAPP-1" in listed - common
    assert not {"BUDGET-2", "EXCL-1", "LEAD-1"} & listed


def test_nothing_of_a_call_is_left_out(cli: Cli) -> None:
    calls = list_calls()
    ended = cli("calls", "compare", *calls, "--format", "json").json()

    assert [call["id"] for call in ended["calls"]] == list(calls)
    for call_id in calls:
        call = load_call(call_id)
        said = [*ended["common"], *(one for row in ended["rows"] for one in row["cells"][call_id])]
        assert {rule.id for rule in call.rules} <= {one["rule"] for one in said}
        texts = {one["text"] for one in said}
        assert {gap.topic for gap in call.gaps} <= texts
        assert {parameter.title for parameter in call.parameters.values()} <= texts


def test_amounts_are_exact_texts_with_unit_day_and_authority(cli: Cli) -> None:
    ended = cli("calls", "compare", CALL, FIRST, "--format", "json").json()
    (limits,) = (row["cells"][CALL] for row in ended["rows"] if row["topic"] == "Limits")
    pot = next(said for said in limits if said["text"] == "The budget envelope for BMVI projects")

    assert (pot["value"], pot["unit"], pot["since"], pot["authority"]) == ("3900000.00", "EUR", "2023-12-07", "seed")


def test_another_day_shows_what_held_then(cli: Cli) -> None:
    out = " ".join(cli("calls", "compare", CALL, "--as-of", "2023-06-01").out.split())
    before = " ".join(cli("calls", "compare", CALL, "--as-of", "2023-03-09").out.split())

    assert "The budget envelope for BMVI projects: EUR 11 000 000.00 (from 2023-03-10, official source)" in out
    assert "The budget envelope for BMVI projects: not known on 2023-03-09" in before


def test_all_calls_at_once_stand_below_each_other(cli: Cli) -> None:
    lines = cli("calls", "compare", *list_calls()).out.splitlines()

    assert all(columns(line) <= 80 for line in lines)
    assert [line for line in lines[: lines.index("")] if not line.startswith(" ")] == list(list_calls())


def test_markdown_is_a_table_with_one_column_a_call(cli: Cli) -> None:
    html = MarkdownIt().enable("table").render(cli("calls", "compare", FIRST, SECOND, "--format", "markdown").out)

    assert html.count("<table>") == 1
    assert html.count("<th>") == 3
    assert html.count("<td>") % 3 == 0
    assert "<li>EXCL-1 No applicant may be in an exclusion situation</li>" in html


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Missing argument"),
        (("mpf-2016-mp-cam",), f'Did you mean "{FIRST}"?'),
        ((FIRST, "--as-of", "2016"), "is not a date"),
    ],
)
def test_wrong_use_is_told(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    ended = cli("calls", "compare", *arguments)

    assert ended.code == 2
    assert said in ended.err


def test_calls_from_elsewhere_are_compared_too(cli: Cli, pack: Callable[..., Path]) -> None:
    folder = pack()
    before = cli("calls", "--rules", folder, "compare", "small-call", FIRST)
    after = cli("calls", "compare", "small-call", FIRST, "--rules", folder)

    assert before.code == after.code == 0
    assert before.out == after.out
    assert "small-call" in after.out
