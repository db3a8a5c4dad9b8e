"""The numbers mpfcheck ends with, and how the verdicts of a run become one. No other module knows them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from mpfcheck.cli.signals import SIGNALLED

if TYPE_CHECKING:
    from mpfcheck.checking.report import InputReference
    from mpfcheck.engine.registry import BrokenCallError
    from mpfcheck.engine.run import Finished, Gist
    from mpfcheck.report.comparison import Comparison

__all__ = ["FAIL_ON", "ExitCode", "ExitTally", "strongest"]


class ExitCode(IntEnum):
    """The exit code of mpfcheck."""

    OK = 0
    """Everything was checked; nothing at or above ``--fail-on``."""
    FINDING = 1
    """At least one finding at or above it, or an incomplete proposal without ``--allow-incomplete``."""
    USAGE = 2
    """The command line is wrong."""
    INPUT = 3
    """An input is missing, unreadable, too large or not a proposal; the others were still checked."""
    PACK = 4
    """A rule pack is invalid."""
    INCONCLUSIVE = 5
    """A rule was inconclusive, or mpfcheck itself is broken."""
    HANGUP = 129
    """The terminal was closed; what was finished is still written."""
    INTERRUPTED = 130
    """Interrupted; what was finished is still written."""
    CLOSED_PIPE = 141
    """The reader of standard output went away: what a shell shows for a program that ends of SIGPIPE."""
    TERMINATED = 143
    """Asked to end; what was finished is still written."""


STRONGEST_FIRST: Final = (ExitCode.PACK, ExitCode.INCONCLUSIVE, ExitCode.INPUT, ExitCode.FINDING)
FAIL_ON: Final = {
    "blocking": frozenset({"blocking"}),
    "warning": frozenset({"blocking", "warning"}),
    "advice": frozenset({"blocking", "warning", "advice"}),
    "new": frozenset[str](),
    "never": frozenset[str](),
}
"""The severities that count for each value of ``--fail-on``; what is new counts whatever its severity."""


def strongest(codes: Iterable[ExitCode]) -> ExitCode:
    """The one to end with, of all that apply to a run."""
    seen = set(codes)
    return next((code for code in STRONGEST_FIRST if code in seen), ExitCode.OK)


def codes_of(gist: Gist, severities: frozenset[str], *, allow_incomplete: bool) -> list[ExitCode]:
    """The exit codes of one report: how its verdict becomes a number.

    ``severities`` are those that count; a finding is a rule that is not met, or something odd in a file.
    """
    if gist.verdict == "invalid":
        return [ExitCode.INPUT]
    codes = []
    if gist.inconclusive or gist.verdict == "inconclusive":
        codes.append(ExitCode.INCONCLUSIVE)
    if gist.failed & severities or (gist.verdict == "incomplete" and not allow_incomplete):
        codes.append(ExitCode.FINDING)
    return codes


class ExitTally:
    """Counts what a run finds, and says which exit code it comes to."""

    def __init__(self, *, fail_on: str, allow_incomplete: bool) -> None:
        """Count findings at or above ``fail_on``, and incomplete proposals unless they are allowed."""
        # The numbers themselves are asked for where no proposal is, and nobody waits there for this import.
        from mpfcheck.engine.run import gist_of

        self._gist_of = gist_of
        self._severities = FAIL_ON[fail_on]
        self._fail_on_new = fail_on == "new"
        self._allow_incomplete = allow_incomplete
        self._codes: set[ExitCode] = set()
        self._incomplete: set[InputReference] = set()
        self._signal: int | None = None
        self.comparison: Comparison | None = None
        self.broken: dict[str, BrokenCallError] = {}

    @property
    def interrupted(self) -> bool:
        """Whether a signal ended the run."""
        return self._signal is not None

    def add(self, finished: Finished) -> None:
        """Count what came out of some inputs."""
        for checked in finished.checked:
            self._add(self._gist_of(checked.report))
            if self._fail_on_new and checked.report.verdict == "incomplete":
                self._incomplete.add(checked.report.input)
        for gist in finished.gists:
            self._add(gist)
        for error in finished.broken:
            self._codes.add(ExitCode.PACK)
            self.broken.setdefault(error.call_id, error)

    def _add(self, gist: Gist) -> None:
        allowed = self._allow_incomplete or self._fail_on_new
        self._codes.update(codes_of(gist, self._severities, allow_incomplete=allowed))

    def compare(self, comparison: Comparison | None) -> None:
        """Keep what changed since an older run, and count what is new, where that is what counts.

        An incomplete proposal is new where the older run did not have it, or had another verdict.
        """
        self.comparison = comparison
        if not self._fail_on_new or comparison is None:
            return
        changed = {*comparison.added, *(change.input for change in comparison.verdicts)}
        new_incomplete = not self._allow_incomplete and changed & self._incomplete
        if comparison.new or new_incomplete:
            self._codes.add(ExitCode.FINDING)

    def miss_input(self) -> None:
        """Count a possible proposal that was not checked."""
        self._codes.add(ExitCode.INPUT)

    def interrupt(self, number: int) -> None:
        """Say which signal ended the run."""
        self._signal = number

    def exit_code(self) -> ExitCode:
        """The code to end with."""
        return strongest(self._codes) if self._signal is None else ExitCode(SIGNALLED + self._signal)
