"""The totals of a run: how many proposals there were, by verdict."""

from __future__ import annotations

from mpfcheck.checking.report import ProposalReport, Verdict

__all__ = ["Summary"]

IN_ORDER = (
    Verdict.ELIGIBLE,
    Verdict.INELIGIBLE,
    Verdict.INCOMPLETE,
    Verdict.REVIEW,
    Verdict.INCONCLUSIVE,
    Verdict.INVALID,
)


class Summary:
    """Counts reports by verdict as they pass by; holds no report."""

    __slots__ = ("counts", "proposals")

    def __init__(self) -> None:
        """Start at nothing."""
        self.proposals = 0
        self.counts = dict.fromkeys(IN_ORDER, 0)

    def add(self, report: ProposalReport) -> None:
        """Count one more report."""
        self.proposals += 1
        self.counts[report.verdict] += 1
