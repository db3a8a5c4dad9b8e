"""What a run comes to: the exit code, from everything that was found on the way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mpfcheck.checking.report import InputReference, PassedOver, ProposalReport, Severity, Status, Verdict
from mpfcheck.cli.exit_codes import ExitCode, strongest
from mpfcheck.report.overview import Run

if TYPE_CHECKING:
    from mpfcheck.report.comparison import Comparison

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
        self._incomplete: set[InputReference] = set()
        self._signal: int | None = None
        self.inputs = 0
        self.passed_over: list[PassedOver] = []
        self.notices: dict[str, None] = {}
        self.comparison: Comparison | None = None
        self.broken_packs: dict[str, str] = {}

    @property
    def interrupted(self) -> bool:
        """Whether a signal ended the run."""
        return self._signal is not None

    @property
    def codes(self) -> frozenset[ExitCode]:
        """The codes so far."""
        return frozenset(self._codes)

    def join(self, codes: Iterable[ExitCode], broken_packs: Iterable[tuple[str, str]], notices: Iterable[str]) -> None:
        """Count what another outcome counted."""
        self.notices.update(dict.fromkeys(notices))
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
            if self._fail_on_new:
                self._incomplete.add(report.input)
            else:
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
        """Keep what changed since an older run, and count what is new, where that is what counts.

        An incomplete proposal is new where the older run did not have it, or had another verdict.
        """
        self.comparison = comparison
        if not self._fail_on_new or comparison is None:
            return
        changed = {*comparison.added, *(change.input for change in comparison.verdicts)}
        if comparison.new or changed & self._incomplete:
            self._codes.add(ExitCode.FINDING)

    def nothing_there(self) -> None:
        """Count inputs without a proposal in them."""
        self._codes.add(ExitCode.INPUT)

    def pass_over(self, one: PassedOver) -> None:
        """Remember what lies in a folder and was not checked; a possible proposal among it counts as unreadable."""
        self.passed_over.append(one)
        if one.possible:
            self._codes.add(ExitCode.INPUT)

    def interrupt(self, number: int) -> None:
        """Say which signal ended the run."""
        self._signal = number

    def run(self) -> Run:
        """How far the run came."""
        complete = not self.interrupted and not any(one.possible for one in self.passed_over)
        return Run(self.inputs, tuple(self.passed_over), complete, self.interrupted)

    def exit_code(self) -> ExitCode:
        """The code to end with."""
        return strongest(self._codes) if self._signal is None else ExitCode(128 + self._signal)
