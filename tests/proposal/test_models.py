"""The models keep what they are given, exactly and unchangeably."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from pydantic import ValidationError

from mpfcheck.proposal.codes import APPLICANT_KINDS, CONTRIBUTION_KINDS, COUNTRIES, DOCUMENT_KINDS, HEADINGS, LEVELS
from mpfcheck.proposal.fields import Code, Many, Record, proposal_record
from mpfcheck.proposal.models import Proposal
from tests.proposal.strategies import complete_proposals, drafts, json_bytes


def test_numbers_do_not_pass_through_floats() -> None:
    proposal = Proposal.from_json(b'{"budget": {"total": 0.1, "lines": [{"unit_cost": 1234567890.12345}]}}')
    assert proposal.budget is not None
    assert proposal.budget.lines is not None
    assert proposal.budget.total == Decimal("0.1")
    assert proposal.budget.lines[0].unit_cost == Decimal("1234567890.12345")


def test_pydantics_own_reading_refuses_rather_than_round() -> None:
    with pytest.raises(ValidationError, match="floating-point"):
        Proposal.model_validate_json(b'{"budget": {"total": 0.1}}')


@pytest.mark.parametrize("data", [b'{"title": "a", "title": "b"}', b'{"budget": {"total": NaN}}', b"", b"[]"])
def test_from_json_refuses_with_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Proposal.from_json(data)


def with_annexes(value: object, annex: object) -> object:
    """The document with this in place of every annex: what stands in one keeps no type of its own."""
    if isinstance(value, list):
        return [with_annexes(item, annex) for item in value]
    if isinstance(value, dict):
        return {name: annex if name == "annex" else with_annexes(item, annex) for name, item in value.items()}
    return value


@given(complete_proposals)
def test_a_proposal_survives_being_written(document: dict[str, object]) -> None:
    proposal = Proposal.from_json(json_bytes(with_annexes(document, {})))
    assert Proposal.from_json(proposal.model_dump_json().encode()) == proposal


@given(drafts)
def test_a_draft_survives_being_written(document: dict[str, object]) -> None:
    proposal = Proposal.from_json(json_bytes(with_annexes(document, None)))
    assert Proposal.from_json(proposal.model_dump_json(exclude_none=True).encode()) == proposal


def test_amounts_are_written_as_strings() -> None:
    written = json.loads(Proposal.from_json(b'{"budget": {"total": 2e5}}').model_dump_json(exclude_none=True))
    assert written == {"budget": {"total": "200000"}}


def test_unknown_fields_are_kept() -> None:
    document = {"titel": "x", "lead": {"colour": "blue"}}
    assert Proposal.model_validate(document).model_dump(exclude_none=True) == document


def test_models_do_not_change() -> None:
    proposal = Proposal.model_validate({"title": "x"})
    with pytest.raises(AttributeError, match="Proposal is immutable"):
        proposal.title = "y"  # type: ignore[misc]


def test_there_are_250_countries() -> None:
    assert len(COUNTRIES) == 250
    assert set(COUNTRIES) >= {"XK", "LT", "MD", "NO", "TR"}
    assert not set(COUNTRIES) & {"UK", "EL", "EU", "XX"}


def test_every_code_list_of_the_contract_stands_where_it_belongs() -> None:
    found: dict[str, tuple[str, ...]] = {}

    def collect(record: Record, path: str) -> None:
        for name, field in record.fields.items():
            kind = field.kind.item if isinstance(field.kind, Many) else field.kind
            if isinstance(kind, Record):
                collect(kind, f"{path}{name}.")
            elif isinstance(kind, Code):
                found[f"{path}{name}"] = (kind.code_list or "", *kind.codes)

    collect(proposal_record(), "")
    applicants = ("lead.", "co_applicants.")
    assert found == {
        "format": ("", "mpfcheck-proposal/1"),
        "target_countries": ("countries", *COUNTRIES),
        **{f"{each}country": ("countries", *COUNTRIES) for each in applicants},
        **{f"{each}kind": ("applicant_kinds", *APPLICANT_KINDS) for each in applicants},
        **{f"{each}level": ("levels", *LEVELS) for each in applicants},
        **{f"{each}mandate.country": ("countries", *COUNTRIES) for each in applicants},
        "budget.currency": ("", "EUR"),
        "budget.lines.heading": ("headings", *HEADINGS),
        "financing.contributions.kind": ("contribution_kinds", *CONTRIBUTION_KINDS),
        "documents.kind": ("document_kinds", *DOCUMENT_KINDS),
        "documents.issuer_country": ("countries", *COUNTRIES),
        "documents.issuer_level": ("levels", *LEVELS),
    }


def test_only_absent_budget_lines_count_as_none_given() -> None:
    empty = set()

    def collect(record: Record) -> None:
        for name, field in record.fields.items():
            kind = field.kind.item if isinstance(field.kind, Many) else field.kind
            if field.absent == "empty":
                empty.add((record.name, name))
            if isinstance(kind, Record):
                collect(kind)

    collect(proposal_record())
    assert empty == {("budget", "lines")}
