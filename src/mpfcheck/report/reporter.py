"""What every format is: something that takes reports one by one, in input order, and then writes the totals."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from mpfcheck.report.overview import NOTHING_MORE

if TYPE_CHECKING:
    from mpfcheck.checking.explain import Explanation
    from mpfcheck.checking.report import ProposalReport
    from mpfcheck.report.overview import Overview

__all__ = ["OnDemand", "Reporter", "Write", "WriteBytes"]

Write = Callable[[str], object]
"""Where the text of a report goes."""
WriteBytes = Callable[[bytes], object]
"""Where a report goes that is not text, or is UTF-8 already."""


class OnDemand(Protocol):
    """What a format may ask about a proposal beyond its report; it is found out only where a format does ask."""

    def place_of(self, pointer: str) -> tuple[int, int] | None:
        """The line and column of a field, or None where it has none."""

    def explain(self, rule_id: str) -> tuple[Explanation, ...]:
        """The conditions of a rule with the proposal's values in them; nothing where no explanation is wanted."""


class Reporter(Protocol):
    """A format. It may write at once or at the end; what was added before an interruption is still written."""

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Take the next report."""

    def count(self, report: ProposalReport) -> None:
        """Count the next report in the totals, and show nothing else of it."""

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Write what is left to write; of the overview what the format has a place for."""
