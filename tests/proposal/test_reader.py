"""The quick reader gives the same answers as the patient one, and never another's."""

from __future__ import annotations

import copy
import datetime
from decimal import Decimal

import pytest
from hypothesis import given

from mpfcheck.proposal.reader import MisfitError, known_answers, read_answers
from tests.proposal.strategies import ODDITIES, complete_proposals, drafts, in_another_notation, mistaken_proposals


@given(complete_proposals)
def test_both_readers_give_the_same_answers(document: dict[str, object]) -> None:
    assert read_answers(copy.deepcopy(document)) == known_answers(document)


@given(drafts)
def test_both_readers_give_the_same_answers_for_a_draft(document: dict[str, object]) -> None:
    assert read_answers(copy.deepcopy(document)) == known_answers(document)


@given(mistaken_proposals())
def test_what_the_quick_reader_takes_the_patient_one_takes_too(document: dict[str, object]) -> None:
    try:
        quick = read_answers(copy.deepcopy(document))
    except MisfitError:
        return
    assert quick == known_answers(document)


@pytest.mark.parametrize("field", ["quantity", "unit_cost", "amount", "heading", "description", "no such field"])
@pytest.mark.parametrize("neighbour", [None, "5", "5.55"])
def test_odd_values_are_taken_by_both_or_by_none(field: str, neighbour: str | None) -> None:
    for value in ODDITIES:
        lines = [{"amount": neighbour, "quantity": neighbour, "unit_cost": neighbour}, {field: value}]
        document: dict[str, object] = {"budget": {"lines": lines}}
        try:
            quick = read_answers(copy.deepcopy(document))
        except MisfitError:
            quick = None
        try:
            patient = known_answers(document)
        except MisfitError:
            patient = None
        # Only the patient reader passes over an unknown field, and reads numbers in another notation.
        assert quick == patient or field == "no such field" or (quick is None and in_another_notation(value)), value


def test_answers_are_plain_values_and_null_is_no_answer() -> None:
    document = {
        "title": "x",
        "strand": None,
        "start_date": "2024-03-01",
        "duration_months": Decimal("24.0"),
        "lead": {"country": "LT", "mandate": None, "non_profit": False},
        "budget": {"lines": [{"quantity": "5.5", "amount": 3}], "total": "400000.00"},
        "annex": {"kept": None},
    }
    assert read_answers(document) == {
        "title": "x",
        "start_date": datetime.date(2024, 3, 1),
        "duration_months": 24,
        "lead": {"country": "LT", "non_profit": False},
        "budget": {"lines": [{"quantity": Decimal("5.5"), "amount": Decimal(3)}], "total": Decimal("400000.00")},
        "annex": {"kept": None},
    }


def test_an_amount_met_before_does_not_vouch_for_true() -> None:
    read_answers({"budget": {"total": "1"}})
    for value in (True, [], {}):
        with pytest.raises(MisfitError):
            read_answers({"budget": {"total": value}})


def test_a_unit_cost_met_before_does_not_vouch_for_an_amount() -> None:
    read_answers({"budget": {"lines": [{"unit_cost": "0.333"}]}})
    with pytest.raises(MisfitError):
        read_answers({"budget": {"total": "0.333"}})


@pytest.mark.parametrize("texts", [["5\n6"], ["5", "\n6"], ["5\n", "6"], ["5", ""], ["", "5"], ["5\n"], ["\n"]])
def test_amounts_that_are_checked_together_are_still_checked_each(texts: list[str]) -> None:
    with pytest.raises(MisfitError):
        read_answers({"budget": {"lines": [{"amount": text} for text in texts]}})


def test_an_unknown_field_with_null_is_still_unknown() -> None:
    with pytest.raises(MisfitError):
        read_answers({"titel": None})
    assert known_answers({"titel": None, "title": "x"}) == {"title": "x"}


def test_an_annex_keeps_to_the_limits() -> None:
    deep: object = {}
    for _ in range(99):
        deep = {"a": deep}
    with pytest.raises(MisfitError):
        read_answers({"annex": deep})
    with pytest.raises(MisfitError):
        read_answers({"annex": {"a": [10**100]}})
