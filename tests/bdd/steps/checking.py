"""Checking the proposal of a scenario: on a day, with other numbers, or as a file."""

from __future__ import annotations

from datetime import date

from pytest_bdd import given, parsers, when

from mpfcheck.checking.checker import ParameterError
from mpfcheck.checking.report import ProposalReport

from . import desk
from .project import Proposal


@when("the proposal is checked", target_fixture="report")
def the_proposal_is_checked(proposal: Proposal) -> ProposalReport:
    return desk.check(proposal)


@when(parsers.re(r"the proposal is checked as of (?P<day>[0-9-]+)"), target_fixture="report")
def the_proposal_is_checked_as_of(proposal: Proposal, day: str) -> ProposalReport:
    return desk.check(proposal, date.fromisoformat(day))


@when(
    parsers.re(r"the proposal is checked(?: as of (?P<day>[0-9-]+))? with (?P<name>\w+) set to (?P<value>.+)"),
    target_fixture="report",
)
def the_proposal_is_checked_with(proposal: Proposal, day: str | None, name: str, value: str) -> ProposalReport:
    return desk.check(proposal, date.fromisoformat(day) if day else None, {name: value})


@when(parsers.re(r"(?P<name>[a-z_]+) is set to (?P<value>.+)"), target_fixture="refusal")
def a_parameter_is_set_to(name: str, value: str) -> str:
    try:
        desk.check({}, parameters={name: value})
    except ParameterError as refusal:
        return str(refusal)
    raise AssertionError(f"{name} was set to {value} without a word")


@given(parsers.parse('a file with the text "{text}"'), target_fixture="file")
def a_file_with_the_text(text: str) -> bytes:
    return text.encode()


@when("the file is checked", target_fixture="report")
def the_file_is_checked(file: bytes) -> ProposalReport:
    return desk.check_file(file)
