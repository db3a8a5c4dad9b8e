"""Conditions whose answer is known beforehand."""

from __future__ import annotations

import pytest

from mpfcheck.feel.study.certainty import always
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.types import Type

TRUE = [
    "true",
    'lead.kind != "ngo" or lead.kind != "public_body"',
    'lead.kind in ["natural_person", "ngo", "public_body"]',
    "budget.total > 5 or budget.total <= 5",
    "budget.total = budget.total",
    "lead.non_profit or not(lead.non_profit)",
    "lead.country in eastern_partnership.members or not(lead.country in eastern_partnership.members)",
    "if lead.non_profit then true else true",
    'title != "a" or title != "b"',
    "not(budget.total between 5 and 3)",
]
FALSE = [
    "false",
    'lead.kind = "ngo" and lead.kind = "public_body"',
    "budget.total > 5 and budget.total < 3",
    "3 < budget.total and budget.total < 3",
    "budget.total in [1..5] and budget.total = 6",
    "budget.total in (< 5, = 5) and budget.total > 5",
    "budget.total < budget.total",
    'lead.country = "LT" and not(lead.country = "LT")',
    "lead.country in []",
    'lead.name = lead.country and (lead.kind = "ngo" and lead.kind != "ngo")',
    "if budget.total > 5 then budget.total < 3 else budget.total > 7",
]
UNKNOWN = [
    "lead.non_profit",
    'lead.kind != "ngo"',
    'lead.kind = "ngo" or lead.kind = "public_body"',
    "budget.total > 5 or budget.total < 5",
    "budget.total > 5 and budget.total < 6",
    "budget.total >= 5 and budget.total <= 5",
    'lead.kind = "ngo" and co_applicants[1].kind = "public_body"',
    'co_applicants[1].kind in ["natural_person", "ngo", "public_body"]',
    "lead.country in eastern_partnership.members",
    'title >= "a" or title < "a"',
    "count(co_applicants) >= 0",
    'lead.name = "a" and lead.mandate.body = "b"',
]


@pytest.mark.parametrize("text", TRUE)
def test_can_never_be_false(text: str, names: dict[str, Type]) -> None:
    assert always(parse(text), names) is True


@pytest.mark.parametrize("text", FALSE)
def test_can_never_be_true(text: str, names: dict[str, Type]) -> None:
    assert always(parse(text), names) is False


@pytest.mark.parametrize("text", UNKNOWN)
def test_claims_nothing_where_both_may_be(text: str, names: dict[str, Type]) -> None:
    assert always(parse(text), names) is None


def test_a_name_that_may_be_null_is_in_no_list(names: dict[str, Type]) -> None:
    tree = parse('lead.kind in ["natural_person", "ngo", "public_body"]')
    assert always(tree, names, fields={"lead"}) is True
    assert always(tree, names, fields=()) is None


def test_gives_up_on_conditions_with_too_many_fields(names: dict[str, Type]) -> None:
    many = " or ".join(f"lead.name = co_applicants[{number}].name" for number in range(1, 20))
    assert always(parse(f"{many} or true"), names) is None
