"""What a run comes to: the exit code, from everything that was found on the way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mpfcheck.checking.report import ProposalReport, Severity, Status, Verdict
from mpfcheck.cli.exit_codes import ExitCode, strongest

if TYPE_CHECKING:
    from mpfcheck.reporting.comparison import Comparison

__all__ = ["Outcome"]

FROM = {
    "blocking": (Severity.BLOCKING,),
    "warning": (Severity.BLOCKING, Severity.WARNING),
    "advice": (Severity.BLOCKING, Severity.WARNING, Severity.ADVICE),
    "never": (),
    "new": (),
}
"""The severities at or above each threshold; what is new counts whatever its severity."""


class Outcome:
    """Collects the codes that apply. A finding is a rule that fails, or something odd in a file."""

    def __init__(self, *, fail_on: str, allow_incomplete: bool) -> None:
        """Count findings at or above ``fail_on``, and incomplete proposals unless they are allowed."""
        self._severities = FROM[fail_on]
        self._fail_on_new = fail_on == "new"
        self._allow_incomplete = allow_incomplete
        self._codes: set[ExitCode] = set()
        self.interrupted = False
        self.comparison: Comparison | None = None
        self.broken_packs: dict[str, str] = {}

    @property
    def codes(self) -> frozenset[ExitCode]:
        """The codes so far."""
        return frozenset(self._codes)

    def join(self, codes: Iterable[ExitCode], broken_packs: Iterable[tuple[str, str]]) -> None:
        """Count what another outcome counted."""
        self._codes.update(codes)
        for call_id, message in broken_packs:
            self.broken_packs.setdefault(call_id, message)

    def add(self, report: ProposalReport) -> None:
        """Count one report."""
        if report.verdict is Verdict.INVALID:
            self._codes.add(ExitCode.INPUT)
            return
        if report.verdict is Verdict.INCONCLUSIVE:
            # Also where no rule could be evaluated at all.
            self._codes.add(ExitCode.INCONCLUSIVE)
        if report.verdict is Verdict.INCOMPLETE and not self._allow_incomplete:
            self._codes.add(ExitCode.FINDING)
        if any(problem.severity in self._severities for problem in report.problems):
            self._codes.add(ExitCode.FINDING)
        for result in report.results:
            if result.status is Status.FAIL and result.severity in self._severities:
                self._codes.add(ExitCode.FINDING)
            elif result.status is Status.INCONCLUSIVE:
                self._codes.add(ExitCode.INCONCLUSIVE)

    def broken_pack(self, call_id: str, message: str) -> None:
        """Count a call whose rules cannot be used, and remember what is wrong with them."""
        self._codes.add(ExitCode.PACK)
        self.broken_packs.setdefault(call_id, message)

    def compare(self, comparison: Comparison | None) -> None:
        """Keep what changed since an older run, and count what is new, where that is what counts."""
        self.comparison = comparison
        if self._fail_on_new and comparison is not None and comparison.new:
            self._codes.add(ExitCode.FINDING)

    def nothing_there(self) -> None:
        """Count inputs without a proposal in them."""
        self._codes.add(ExitCode.INPUT)

    def interrupt(self) -> None:
        """Say that the run was interrupted."""
        self.interrupted = True

    def exit_code(self) -> ExitCode:
        """The code to end with."""
        return ExitCode.INTERRUPTED if self.interrupted else strongest(self._codes)
