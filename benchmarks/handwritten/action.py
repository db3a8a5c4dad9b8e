"""The rules on the action itself, where and when it takes place and what is declared, by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from benchmarks.handwritten.answers import Status, Truth, among, either, of_all, verdict
from benchmarks.handwritten.countries import CANDIDATES, PARTNERS, UNCERTAIN
from benchmarks.handwritten.models import FUNDS, Consultation, Declarations, Proposal

__all__ = ["action_rules"]

LAUNCH, LATEST_SOURCE = date(2023, 3, 10), date(2023, 12, 7)
NO_DECLARATIONS = Declarations()
NO_CONSULTATION = Consultation()


def action_rules(proposal: Proposal, as_of: date) -> dict[str, Status]:
    """DATE-*, SCOPE-*, EXCL-*, TIME-1 and ASK-1."""
    declared = proposal.declarations or NO_DECLARATIONS
    return {
        "DATE-1": "pass" if as_of >= LAUNCH else "review",
        "DATE-2": verdict(as_of <= LATEST_SOURCE),
        "SCOPE-1": a_target_inside(proposal.target_countries),
        "SCOPE-2": no_target_outside(proposal.target_countries),
        "SCOPE-3": judged_by_fund(proposal.fund),
        "SCOPE-4": judged_by_fund(proposal.fund),
        "SCOPE-5": of_all(proposal.target_countries, lambda country: verdict(country not in UNCERTAIN)),
        "SCOPE-6": judged_by_fund(proposal.fund),
        "EXCL-1": verdict(declared.no_exclusion_situation),
        "EXCL-2": verdict(declared.no_double_funding),
        "TIME-1": verdict(either(declared.not_started, starts_later(proposal.start_date, as_of))),
        "ASK-1": verdict((proposal.consultation or NO_CONSULTATION).held),
    }


def a_target_inside(targets: Sequence[str] | None) -> Status:
    if targets is None:
        return "undecided"
    if not PARTNERS.isdisjoint(targets):
        return "pass"
    return "fail" if CANDIDATES.isdisjoint(targets) else "review"


def no_target_outside(targets: Sequence[str] | None) -> Status:
    """Only candidates among those outside leave it to a person."""
    if targets is None:
        return "undecided"
    if PARTNERS.isdisjoint(targets):
        return "not_applicable"
    outside = set(targets) - PARTNERS
    if not outside:
        return "pass"
    return "review" if outside <= CANDIDATES else "fail"


def judged_by_fund(fund: str | None) -> Status:
    """A question to a person, who is shown what the fund pays for and what it excludes."""
    known = among(fund, FUNDS)
    if known is None:
        return "undecided"
    return "review" if known else "not_applicable"


def starts_later(start: date | None, as_of: date) -> Truth:
    return None if start is None else start >= as_of
