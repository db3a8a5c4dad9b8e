"""A report in the order a person reads it: what must change first, what passed last."""

from __future__ import annotations

from mpfcheck.checking.report import ProposalReport, Result, Severity, Status
from mpfcheck.report.words import counted

__all__ = ["Sections"]


class Sections:
    """The results of one report, by what they ask of a person; each list is in the pack's order."""

    def __init__(self, report: ProposalReport) -> None:
        """Sort the results."""
        self._results = report.results
        self.must_change = [result for result in report.failed if result.severity is Severity.BLOCKING]
        self.look_again = [result for result in report.failed if result.severity is not Severity.BLOCKING]
        self.broken = self._with(Status.INCONCLUSIVE)
        self.missing = self._with(Status.UNDECIDED)
        self.to_judge = self._with(Status.REVIEW)
        self.passed = self._with(Status.PASS)
        self.apart = self._with(Status.NOT_APPLICABLE)

    def _with(self, status: Status) -> list[Result]:
        return [result for result in self._results if result.status is status]

    def answers(self) -> dict[str, list[Result]]:
        """The rules that wait for each missing answer, by its pointer; answers that keep the verdict open first."""
        waiting: dict[str, list[Result]] = {}
        for result in sorted(self.missing, key=lambda result: result.severity is not Severity.BLOCKING):
            for pointer in result.missing:
                waiting.setdefault(pointer, []).append(result)
        return waiting

    def counts(self) -> str:
        """How many rules ask something of a person, as a sentence; empty where none does."""
        counts = (
            (len(self.must_change), "rule is broken", "rules are broken"),
            (len(self.missing), "rule waits for answers", "rules wait for answers"),
            (len(self.to_judge), "rule is for a person to judge", "rules are for a person to judge"),
        )
        phrases = [counted(number, one, many) for number, one, many in counts if number]
        return f"{', '.join(phrases)}." if phrases else ""
