"""The report as one JSON object, one line a result: for programs, and for people who look over their shoulder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mpfcheck.checking.report import ProposalReport, Verdict
from mpfcheck.report.encoding import ReportEncoder, json_text
from mpfcheck.report.overview import NOTHING_MORE, Overview
from mpfcheck.report.spool import Spool

if TYPE_CHECKING:
    from mpfcheck.report.reporter import OnDemand, Write

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
    """Keeps the text of every report until the end, because the totals stand before them.

    ``version`` is that of the program, which the report names.
    """

    def __init__(self, write: Write, *, version: str) -> None:
        """Write to ``write``."""
        self._write = write
        self._version = version
        self._encoder = ReportEncoder()
        self._verdicts: Counter[Verdict] = Counter()
        self._reports = Spool()

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Take the next report; a format for programs asks for no more."""
        results = ",\n       ".join(self._encoder.results(report))
        opening = f"\n       {results}\n     " if results else ""
        text = f'    {{{self._encoder.head(report)},\n     "results": [{opening}]}}'
        self._reports.write(f"{',' if self._verdicts else ''}\n{text}")
        self._verdicts[report.verdict] += 1

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Write the object; of the overview all but the comparison, which another report is needed for."""
        counts = {"proposals": self._verdicts.total()} | {verdict.value: self._verdicts[verdict] for verdict in COUNTED}
        run = overview.run
        course = {
            "inputs": self._verdicts.total() if run.inputs is None else run.inputs,
            "passed_over": [{"path": one.path, "why": one.why} for one in run.passed_over],
            "complete": run.complete,
            "interrupted": run.interrupted,
        }
        tool = {"name": "mpfcheck", "version": self._version}
        self._write(f'{{\n  "format": "{FORMAT}",\n  "tool": {json_text(tool)},\n')
        self._write(f'  "summary": {json_text(counts | course)},\n  "reports": [')
        for piece in self._reports:
            self._write(piece)
        self._write("\n  ]" if self._verdicts else "]")
        # What was checked alone does not pay for these imports.
        if overview.portfolio:
            from mpfcheck.report.portfolio_json import portfolio_members

            self._write_member("portfolio", portfolio_members(overview.portfolio))
        if overview.supposition:
            from mpfcheck.report.supposition_json import supposition_members

            self._write_member("what_if", supposition_members(overview.supposition).items())
        self._write("\n}\n")

    def _write_member(self, name: str, members: Iterable[tuple[str, object]]) -> None:
        before = f",\n  {json_text(name)}: {{\n"
        for inner, value in members:
            self._write(f"{before}    {json_text(inner)}: {json_text(value)}")
            before = ",\n"
        self._write("\n  }")
