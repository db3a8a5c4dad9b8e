"""The report as one JSON object, one line a result: for programs, and for people who look over their shoulder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpfcheck.checking.report import ProposalReport, Verdict
from mpfcheck.reporting.encoding import ReportEncoder, json_text

if TYPE_CHECKING:
    from mpfcheck.checking.portfolio.summary import PortfolioSummary
    from mpfcheck.reporting.reporter import OnDemand, Write

__all__ = ["JsonReporter"]

FORMAT = "mpfcheck-report/1"
COUNTED = (
    Verdict.ELIGIBLE,
    Verdict.INELIGIBLE,
    Verdict.INCOMPLETE,
    Verdict.REVIEW,
    Verdict.INCONCLUSIVE,
    Verdict.INVALID,
)


class JsonReporter:
    """Holds the text of every report until the end, because the totals stand before them.

    ``version`` is that of the program, which the report names.
    """

    def __init__(self, write: Write, *, version: str) -> None:
        """Write to ``write``."""
        self._write = write
        self._version = version
        self._encoder = ReportEncoder()
        self._reports: list[tuple[Verdict, str]] = []
        self._together: dict[str, object] = {}

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Take the next report; a format for programs asks for no more."""
        results = ",\n       ".join(self._encoder.results(report))
        opening = f"\n       {results}\n     " if results else ""
        text = f'    {{{self._encoder.head(report)},\n     "results": [{opening}]}}'
        self._reports.append((report.verdict, text))

    def together(self, summary: PortfolioSummary) -> None:
        """Take what is known of all proposals together, before the end."""
        # Only what was checked with others pays for this import.
        from mpfcheck.reporting.portfolio_json import portfolio_members

        self._together = portfolio_members(summary)

    def finish(self) -> None:
        """Write the object."""
        verdicts = [verdict for verdict, _ in self._reports]
        counts = {"proposals": len(verdicts)} | {verdict.value: verdicts.count(verdict) for verdict in COUNTED}
        tool = {"name": "mpfcheck", "version": self._version}
        self._write(f'{{\n  "format": "{FORMAT}",\n  "tool": {json_text(tool)},\n')
        self._write(f'  "summary": {json_text(counts)},\n  "reports": [')
        for index, (_, report) in enumerate(self._reports):
            self._write(f"{',' if index else ''}\n{report}")
        self._write("\n  ]" if self._reports else "]")
        if self._together:
            members = ",\n    ".join(f"{json_text(name)}: {json_text(value)}" for name, value in self._together.items())
            self._write(f',\n  "portfolio": {{\n    {members}\n  }}')
        self._write("\n}\n")
