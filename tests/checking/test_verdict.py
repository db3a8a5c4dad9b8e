"""The verdict is the first that applies, of blocking rules that are not manual."""

from __future__ import annotations

import pytest

from mpfcheck.checking.judgement import verdict
from mpfcheck.checking.report import Status, Verdict
from mpfcheck.packs.load import load_call

RULES = {rule.id: rule for rule in load_call("mpf-2023-borders-security").rules}


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ({}, Verdict.ELIGIBLE),
        ({"GRANT-1": Status.FAIL, "LEAD-1": Status.INCONCLUSIVE, "EXCL-1": Status.UNDECIDED}, Verdict.INELIGIBLE),
        ({"LEAD-1": Status.INCONCLUSIVE, "EXCL-1": Status.UNDECIDED}, Verdict.INCONCLUSIVE),
        ({"EXCL-1": Status.UNDECIDED, "SCOPE-1": Status.REVIEW}, Verdict.INCOMPLETE),
        ({"SCOPE-1": Status.REVIEW}, Verdict.REVIEW),
        ({"COAPP-5": Status.REVIEW, "SCOPE-3": Status.REVIEW}, Verdict.ELIGIBLE),
        ({"FUND-2": Status.FAIL, "ASK-1": Status.FAIL, "DUP-1": Status.UNDECIDED}, Verdict.ELIGIBLE),
        ({"GRANT-1": Status.NOT_APPLICABLE}, Verdict.ELIGIBLE),
    ],
)
def test_the_worst_of_the_blocking_rules_is_the_verdict(statuses: dict[str, Status], expected: Verdict) -> None:
    all_statuses = [statuses.get(rule, Status.PASS) for rule in RULES]
    assert verdict(list(RULES.values()), all_statuses) is expected
