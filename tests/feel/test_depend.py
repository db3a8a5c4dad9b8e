"""Which names an expression uses and which fields it may read."""

from __future__ import annotations

import pytest

from mpfcheck.feel.study.dependencies import fields_read, names_used
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.types import ListType, Type

READS = {
    "lead.country": {"lead.country"},
    "lead.mandate.country": {"lead.mandate.country"},
    "lead": {"lead"},
    "start_date.year": {"start_date"},
    "1 + 2": set(),
    'lead.country = "LT" and budget.total > 3': {"lead.country", "budget.total"},
    "budget.lines.amount": {"budget.lines.amount"},
    "sum(budget.lines.amount)": {"budget.lines.amount"},
    "count(co_applicants)": {"co_applicants"},
    'budget.lines[heading = "travel"].amount': {"budget.lines.heading", "budget.lines.amount"},
    'count(budget.lines[item.heading = "travel"])': {"budget.lines.heading", "budget.lines"},
    "co_applicants[country = lead.country].name": {"co_applicants.country", "lead.country", "co_applicants.name"},
    "co_applicants[1].name": {"co_applicants.name"},
    "some a in co_applicants satisfies a.mandate.country = lead.country": {
        "co_applicants.mandate.country",
        "lead.country",
    },
    "every a in co_applicants satisfies true": {"co_applicants"},
    "for a in co_applicants, b in budget.lines return a.name": {"co_applicants.name", "budget.lines"},
    "(for a in co_applicants return a.mandate).country": {"co_applicants.mandate.country"},
    "for i in 1 .. count(co_applicants) return co_applicants[i].name": {"co_applicants", "co_applicants.name"},
    "some c in target_countries satisfies c = lead.country": {"target_countries", "lead.country"},
    "concatenate([lead], co_applicants).country": {"lead.country", "co_applicants.country"},
    'some a in append(co_applicants, lead) satisfies a.kind = "ngo"': {"lead.kind", "co_applicants.kind"},
    "(if lead.non_profit then lead else co_applicants[1]).name": {
        "lead.non_profit",
        "lead.name",
        "co_applicants.name",
    },
    "sort(co_applicants, function(a, b) a.name < b.name)[1].country": {
        "co_applicants.name",
        "co_applicants.country",
    },
    "distinct values(co_applicants.country)": {"co_applicants.country"},
    "{a: lead.name, b: a}.b": {"lead.name"},
    "lead.country in (budget.total, < duration_months)": {"lead.country", "budget.total", "duration_months"},
    "budget.total in [minimum_total..3]": {"budget.total", "minimum_total"},
    "lead.country in eastern_partnership.members": {"lead.country", "eastern_partnership.members"},
}


@pytest.mark.parametrize("text", READS)
def test_names_each_field_once_by_its_path(text: str, names: dict[str, Type]) -> None:
    assert fields_read(parse(text, names), names) == READS[text]


def test_leaves_out_what_is_no_field_of_the_proposal(names: dict[str, Type]) -> None:
    tree = parse("lead.country in eastern_partnership.members and budget.total > minimum_total", names)
    assert fields_read(tree, names, fields={"lead", "budget"}) == {"lead.country", "budget.total"}


def test_looks_through_definitions_and_items(names: dict[str, Type]) -> None:
    applicants = names["co_applicants"]
    assert isinstance(applicants, ListType)
    definitions = {
        "applicants": parse("concatenate([lead], co_applicants)"),
        "partner": parse("applicants"),
        "too_large": parse("budget.total > minimum_total"),
        "circle": parse("circle or too_large"),
    }
    known = {**names, "applicants": applicants, "partner": applicants.item}
    tree = parse('partner.kind = "ngo" and too_large')
    assert fields_read(tree, known, definitions, fields=names) == {
        "lead.kind",
        "co_applicants.kind",
        "budget.total",
        "minimum_total",
    }
    assert "budget.total" in fields_read(parse("circle"), known, definitions, fields=names)


USES = {
    "a.b + c": {"a", "c"},
    "for x in a return x + b": {"a", "b"},
    "for x in x return partial": {"x"},
    "some x in a, y in x satisfies x = y": {"a"},
    "a[b = item]": {"a", "b"},
    "{x: a, y: x}": {"a"},
    "function(x) x + a": {"a"},
    "count(a)": {"a", "count"},
    "a in (< b, [c..d])": {"a", "b", "c", "d"},
    "a between b and c": {"a", "b", "c"},
    "if a then b else -c": {"a", "b", "c"},
    "a instance of number": {"a"},
    "for i in a .. b return i": {"a", "b"},
    'a = null or @"2024-03-01" = "x"': {"a"},
}


@pytest.mark.parametrize("text", USES)
def test_names_used_come_from_outside(text: str) -> None:
    assert names_used(parse(text)) == USES[text]
