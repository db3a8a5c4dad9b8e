"""Where a scenario starts, and what it says of the project: fund, countries, dates."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from pytest_bdd import given, parsers

from .complete import COMPLETE
from .words import NOT_ANSWERED, country, listed

Proposal = dict[str, Any]


@pytest.fixture
def proposal() -> Proposal:
    """The proposal of the scenario; empty until something is said of it."""
    return {}


@given("an empty draft")
def an_empty_draft(proposal: Proposal) -> None:
    proposal.clear()


@given("a complete proposal")
def a_complete_proposal(proposal: Proposal) -> None:
    proposal.update(copy.deepcopy(COMPLETE))


@given(parsers.parse('the answer "{pointer}" is removed'))
def an_answer_is_removed(proposal: Proposal, pointer: str) -> None:
    *parents, name = pointer.split("/")[1:]
    place: Any = proposal
    for step in parents:
        place = place[int(step) if step.isdigit() else step]
    del place[name]


@given(parsers.parse('the fund is "{fund}"'))
def the_fund_is(proposal: Proposal, fund: str) -> None:
    proposal["fund"] = fund


@given(parsers.parse("the target countries are {countries}"))
def the_target_countries_are(proposal: Proposal, countries: str) -> None:
    if countries in NOT_ANSWERED:
        proposal.pop("target_countries", None)
    else:
        proposal["target_countries"] = [country(name) for name in listed(countries)]


@given(parsers.parse("the start date is {day}"))
def the_start_date_is(proposal: Proposal, day: str) -> None:
    proposal["start_date"] = None if day in NOT_ANSWERED else day
