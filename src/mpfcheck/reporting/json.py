"""The report as one JSON object, one line a result: for programs, and for people who look over their shoulder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpfcheck.checking.report import ProposalReport, Verdict
from mpfcheck.reporting.encoding import ReportEncoder, json_text
from mpfcheck.reporting.overview import NOTHING_MORE, Overview

if TYPE_CHECKING:
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

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Take the next report; a format for programs asks for no more."""
        results = ",\n       ".join(self._encoder.results(report))
        opening = f"\n       {results}\n     " if results else ""
        text = f'    {{{self._encoder.head(report)},\n     "results": [{opening}]}}'
        self._reports.append((report.verdict, text))

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Write the object; of the overview all but the comparison, which another report is needed for."""
        verdicts = [verdict for verdict, _ in self._reports]
        counts = {"proposals": len(verdicts)} | {verdict.value: verdicts.count(verdict) for verdict in COUNTED}
        tool = {"name": "mpfcheck", "version": self._version}
        self._write(f'{{\n  "format": "{FORMAT}",\n  "tool": {json_text(tool)},\n')
        self._write(f'  "summary": {json_text(counts)},\n  "reports": [')
        for index, (_, report) in enumerate(self._reports):
            self._write(f"{',' if index else ''}\n{report}")
        self._write("\n  ]" if self._reports else "]")
        # What was checked alone does not pay for these imports.
        if overview.portfolio:
            from mpfcheck.reporting.portfolio_json import portfolio_members

            self._write_member("portfolio", portfolio_members(overview.portfolio))
        if overview.supposition:
            from mpfcheck.reporting.supposition_json import supposition_members

            self._write_member("what_if", supposition_members(overview.supposition))
        self._write("\n}\n")

    def _write_member(self, name: str, members: dict[str, object]) -> None:
        lines = ",\n    ".join(f"{json_text(inner)}: {json_text(value)}" for inner, value in members.items())
        self._write(f",\n  {json_text(name)}: {{\n    {lines}\n  }}")
