"""The verdict: what the statuses of all rules together say of a proposal (outward contract, section 2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mpfcheck.checking.report import Status, Verdict
from mpfcheck.packs.rule import Rule
from mpfcheck.packs.severity import Severity

__all__ = ["verdict"]

WORST_FIRST = (
    (Status.FAIL, Verdict.INELIGIBLE),
    (Status.INCONCLUSIVE, Verdict.INCONCLUSIVE),
    (Status.UNDECIDED, Verdict.INCOMPLETE),
    (Status.REVIEW, Verdict.REVIEW),
)


def verdict(rules: Sequence[Rule], statuses: Iterable[Status]) -> Verdict:
    """The verdict on a proposal that could be read, from the statuses of these rules.

    Only blocking rules count, and never a manual one.
    """
    seen = {
        status
        for rule, status in zip(rules, statuses, strict=True)
        if rule.severity is Severity.BLOCKING and not rule.manual
    }
    for status, result in WORST_FIRST:
        if status in seen:
            return result
    return Verdict.ELIGIBLE
