"""The verdict from the statuses of the rules alone, whatever they looked at."""

from __future__ import annotations

import pytest
from pytest_bdd import given, parsers, then

from mpfcheck.checking.judgement import verdict
from mpfcheck.checking.report import Status

from . import desk
from .report import RULE, STATUS

Statuses = dict[str, Status]


@pytest.fixture
def statuses() -> Statuses:
    """What each rule of the call says, by its id."""
    return {}


@given("every rule of the call says pass")
def every_rule_says_pass(statuses: Statuses) -> None:
    statuses.update({rule.id: Status.PASS for rule in desk.call().rules})


@given(parsers.re(rf"the (?:blocking )?rule {RULE} says (?P<status>{STATUS})"))
def the_rule_says(statuses: Statuses, rule: str, status: str) -> None:
    statuses[rule] = Status(status.replace(" ", "_"))


@then(parsers.re(r"the verdict on these is (?P<expected>[a-z]+)"))
def the_verdict_on_these_is(statuses: Statuses, expected: str) -> None:
    said = verdict(desk.call().rules, [statuses[rule.id] for rule in desk.call().rules])
    assert said.value == expected
