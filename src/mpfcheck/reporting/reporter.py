"""What every format is: something that takes reports one by one, in input order, and then the totals."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from mpfcheck.checking.explain import Part
    from mpfcheck.checking.report import ProposalReport

__all__ = ["Explain", "Reporter", "Write"]

Write = Callable[[str], object]
"""Where the text of a report goes."""

Explain = Callable[[str], "tuple[Part, ...]"]
"""The condition of a rule, by its id, with the values of the proposal in it."""


class Reporter(Protocol):
    """A format. It may write at once or at the end; what was added before an interruption is still written."""

    def add(self, report: ProposalReport, explain: Explain | None = None) -> None:
        """Take the next report."""

    def finish(self) -> None:
        """Write what is left to write, the totals among it."""
