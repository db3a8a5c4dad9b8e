"""Budget, grant and co-financing."""

from __future__ import annotations

import re

from pytest_bdd import given, parsers

from .project import Proposal
from .words import codes

AMOUNT = r"EUR (?P<amount>[0-9.]+)"


@given(parsers.re(rf"the total budget is {AMOUNT}"))
def the_total_budget_is(proposal: Proposal, amount: str) -> None:
    proposal.setdefault("budget", {})["total"] = amount


@given(parsers.re(rf"the requested grant is {AMOUNT}"))
def the_requested_grant_is(proposal: Proposal, amount: str) -> None:
    proposal.setdefault("financing", {})["grant_requested"] = amount


@given("there are no budget lines")
def there_are_no_budget_lines(proposal: Proposal) -> None:
    proposal.setdefault("budget", {}).pop("lines", None)


@given(
    parsers.re(r"a budget line of (?P<quantity>[0-9.]+) at EUR (?P<unit_cost>[0-9.]+)(?: for EUR (?P<amount>[0-9.]+))?")
)
def a_budget_line_of(proposal: Proposal, quantity: str, unit_cost: str, amount: str | None) -> None:
    _add_line(proposal, quantity=quantity, unit_cost=unit_cost, amount=amount)


@given(parsers.re(rf"a budget line(?: under (?P<heading>[a-z ]+))? for {AMOUNT}"))
def a_budget_line_for(proposal: Proposal, amount: str, heading: str | None) -> None:
    code = codes("headings")[heading] if heading else None
    _add_line(proposal, heading=code, quantity="1", unit_cost=amount, amount=amount)


@given(parsers.parse("co-financing of {amounts}"))
def co_financing_of(proposal: Proposal, amounts: str) -> None:
    found = re.findall(AMOUNT, amounts)
    proposal.setdefault("financing", {})["contributions"] = [{"amount": amount} for amount in found]


@given(parsers.re(rf"a co-financing source of {AMOUNT} as (?P<kind>.+)"))
def a_co_financing_source_of(proposal: Proposal, amount: str, kind: str) -> None:
    contribution = {"amount": amount, "kind": codes("contribution_kinds")[kind]}
    proposal.setdefault("financing", {}).setdefault("contributions", []).append(contribution)


def _add_line(proposal: Proposal, **line: str | None) -> None:
    lines = proposal.setdefault("budget", {}).setdefault("lines", [])
    lines.append({"id": str(len(lines) + 1), **line})
