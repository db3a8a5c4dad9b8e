"""Reports as JSON Lines: one object a line, written as soon as it is finished."""

from __future__ import annotations

from mpfcheck.checking.report import ProposalReport
from mpfcheck.reporting.encoding import ReportEncoder
from mpfcheck.reporting.reporter import Explain, Write

__all__ = ["JsonLinesReporter"]


class JsonLinesReporter:
    """Holds nothing."""

    def __init__(self, write: Write) -> None:
        """Write to ``write``."""
        self._write = write
        self._encoder = ReportEncoder()

    def add(self, report: ProposalReport, explain: Explain | None = None) -> None:
        """Write the next report; this format explains nothing."""
        results = ", ".join(self._encoder.results(report))
        self._write(f'{{{self._encoder.head(report)}, "results": [{results}]}}\n')

    def finish(self) -> None:
        """Nothing is left to write."""
