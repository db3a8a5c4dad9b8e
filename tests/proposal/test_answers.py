"""A program's own values are read like a file, but for what only a program can give."""

from __future__ import annotations

import copy
import datetime
from collections import UserDict
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given

from mpfcheck.proposal.answers import MistakenProposalError, answers_from
from mpfcheck.proposal.reader import known_answers
from tests.proposal.strategies import complete_proposals


@given(complete_proposals)
def test_values_are_read_like_a_file_and_stay_as_they_are(document: dict[str, object]) -> None:
    before = copy.deepcopy(document)
    assert answers_from(document) == known_answers(document)
    assert document == before


def test_decimals_dates_tuples_and_any_mapping_are_welcome() -> None:
    values = MappingProxyType(
        {
            "start_date": datetime.date(2024, 3, 1),
            "target_countries": ("MD",),
            "lead": UserDict({"country": "LT"}),
            "budget": {"total": Decimal("400000.00")},
        }
    )
    assert answers_from(values) == {
        "start_date": datetime.date(2024, 3, 1),
        "target_countries": ["MD"],
        "lead": {"country": "LT"},
        "budget": {"total": Decimal("400000.00")},
    }


def test_a_float_is_refused_wherever_it_stands() -> None:
    with pytest.raises(MistakenProposalError, match="floating-point") as refused:
        answers_from({"budget": {"total": 0.1}, "annex": {"x": [1.5]}, "unknown": 2.5})
    assert [mistake.pointer for mistake in refused.value.mistakes] == ["/budget/total", "/annex/x/0", "/unknown"]


@pytest.mark.parametrize(
    ("values", "pointer", "said"),
    [
        ({"title": b"x"}, "/title", "type bytes"),
        ({"title": {1, 2}}, "/title", "type set"),
        ({"start_date": datetime.datetime(2024, 3, 1, tzinfo=datetime.UTC)}, "/start_date", "not a date"),
        ({"title": datetime.date(2024, 3, 1)}, "/title", "should be text"),
        ({"title": "\ud800"}, "/title", "half of a character"),
        ({"annex": {1: 2}}, "/annex", "name of a field"),
        ({"annex": {"a": Decimal("NaN")}}, "/annex/a", "NaN"),
        ({"annex": {"a": 10**200}}, "/annex/a", "places"),
        ({"lead": {"country": "UK"}}, "/lead/country", "not a country code"),
        ({"duration_months": True}, "/duration_months", "whole number"),
    ],
)
def test_what_does_not_fit_is_named(values: dict[str, object], pointer: str, said: str) -> None:
    with pytest.raises(MistakenProposalError) as refused:
        answers_from(values)
    assert [mistake.pointer for mistake in refused.value.mistakes] == [pointer]
    assert said in refused.value.mistakes[0].message


def test_values_that_hold_themselves_are_refused() -> None:
    values: dict[str, object] = {}
    values["annex"] = values
    with pytest.raises(MistakenProposalError, match="nested deeper"):
        answers_from(values)
