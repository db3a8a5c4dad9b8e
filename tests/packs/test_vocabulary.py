"""Every name a rule may use has a type."""

from __future__ import annotations

from pathlib import Path

import pytest

from mpfcheck.feel.types import (
    BOOLEAN,
    DATE,
    MONEY,
    MONTHS,
    NUMBER,
    TEXT,
    ContextType,
    ListType,
    RecordType,
    TextType,
)
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call, load_pack
from mpfcheck.packs.vocabulary import Vocabulary, proposal_type, rule_names, type_mistakes


def field(path: str) -> object:
    type_: object = proposal_type()
    for name in path.split("."):
        inside = type_.item if isinstance(type_, ListType) else type_
        assert isinstance(inside, RecordType), path
        type_ = inside.fields[name].type
    return type_


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("title", TEXT),
        ("start_date", DATE),
        ("duration_months", MONTHS),
        ("lead.non_profit", BOOLEAN),
        ("budget.total", MONEY),
        ("budget.lines.quantity", NUMBER),
        ("budget.lines.unit_cost", MONEY),
        ("annex", ContextType()),
    ],
)
def test_a_field_has_the_type_its_schema_says(path: str, type_: object) -> None:
    assert field(path) == type_


def test_a_code_knows_its_list_and_all_its_codes() -> None:
    kind = field("co_applicants.kind")
    assert isinstance(kind, TextType)
    assert kind.code_list == "applicant_kinds"
    assert kind.codes is not None
    assert "public_body" in kind.codes
    assert field("lead.mandate.country") == field("documents.issuer_country")


def test_only_budget_lines_count_as_empty_where_they_are_absent() -> None:
    budget = proposal_type().fields["budget"].type
    assert isinstance(budget, RecordType)
    assert budget.fields["lines"].absent == "empty"
    assert proposal_type().fields["co_applicants"].absent == "unanswered"


def test_a_group_of_countries_holds_countries(tiny: Path) -> None:
    names = Vocabulary(load_pack(tiny)).names
    neighbours = names["neighbours"]
    assert isinstance(neighbours, ContextType)
    assert neighbours.entries is not None
    assert neighbours.entries["members"] == ListType(field("lead.country"))  # type: ignore[arg-type]
    assert (names["as_of"], names["least_total"]) == (DATE, MONEY)


def test_a_definition_has_the_type_of_its_expression(tiny: Path) -> None:
    partners = Vocabulary(load_pack(tiny)).names["neighbour_partners"]
    assert partners == proposal_type().fields["co_applicants"].type


def test_only_a_rule_about_items_knows_its_item(tiny: Path) -> None:
    call = load_pack(tiny)
    money, _, manual = call.rules
    assert "partner" not in rule_names(call, money)
    assert isinstance(rule_names(call, manual)["partner"], RecordType)


@pytest.mark.parametrize("call_id", list_calls())
def test_the_types_of_every_shipped_call_fit(call_id: str) -> None:
    assert type_mistakes(load_call(call_id)) == []
