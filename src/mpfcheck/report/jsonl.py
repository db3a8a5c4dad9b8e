"""Reports as JSON Lines: one object a line, written as soon as it is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpfcheck.checking.report import ProposalReport
from mpfcheck.report.encoding import ReportEncoder
from mpfcheck.report.overview import NOTHING_MORE, Overview

if TYPE_CHECKING:
    from mpfcheck.report.reporter import OnDemand, Write

__all__ = ["JsonLinesReporter"]


class JsonLinesReporter:
    """Holds nothing."""

    def __init__(self, write: Write) -> None:
        """Write to ``write``."""
        self._write = write
        self._encoder = ReportEncoder()

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Write the next report; a format for programs asks for no more."""
        results = ", ".join(self._encoder.results(report))
        self._write(f'{{{self._encoder.head(report)}, "results": [{results}]}}\n')

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Nothing is left to write."""
