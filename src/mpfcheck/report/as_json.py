"""Reports as one JSON object, one line a result, and as JSON Lines: for programs (`mpfcheck-report/1`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from mpfcheck.checking.report import ProposalReport, Result, Status, Verdict
from mpfcheck.report.json_codec import FULL, json_text, plain_json, portfolio_members
from mpfcheck.report.overview import NOTHING_MORE, Overview
from mpfcheck.report.spool import Spool

if TYPE_CHECKING:
    from mpfcheck.report.reporter import OnDemand, Write

__all__ = ["JsonLinesReporter", "JsonReporter"]

FORMAT = "mpfcheck-report/1"
COUNTED = (
    Verdict.ELIGIBLE,
    Verdict.INELIGIBLE,
    Verdict.INCOMPLETE,
    Verdict.REVIEW,
    Verdict.INCONCLUSIVE,
    Verdict.INVALID,
)


_QUIET = (Status.PASS, Status.NOT_APPLICABLE)
"""Statuses that mostly have nothing to say, so that one text serves every proposal of a batch."""

_LATER: Mapping[str, object] = MappingProxyType({"assessments": []})
"""Members that are there for readers to rely on, though no check fills them yet."""


class _Encoder:
    """Writes reports, one after the other; remembers the text of results that are the same for all of them."""

    __slots__ = ("_same",)

    def __init__(self) -> None:
        self._same: dict[tuple[str, str, Status, str], str] = {}

    def head(self, report: ProposalReport) -> str:
        """Everything before the results, as the members of a JSON object without its braces."""
        members: dict[str, object] = {
            "input": plain_json(report.input, FULL["InputReference"]),
            "call": plain_json(report.call),
            "as_of": report.as_of,
            "verdict": report.verdict.value,
        }
        if report.changed:
            members["parameters_changed"] = dict(report.changed)
        if report.chosen:
            members["rules_chosen"] = list(report.chosen)
        members |= {"outlook": plain_json(report.outlook), "repair": plain_json(report.repair), **_LATER}
        members["problems"] = plain_json(report.problems)
        return json_text(members)[1:-1]

    def results(self, report: ProposalReport) -> list[str]:
        """One JSON object a result, in the pack's order."""
        call = report.call.sha256 if report.call else ""
        return [self._result(call, result) for result in report.results]

    def _result(self, call: str, result: Result) -> str:
        if result.status not in _QUIET or result.fix or result.fields or result.missing:
            return json_text(plain_json(result))
        key = (call, result.rule, result.status, result.message)
        text = self._same.get(key)
        if text is None:
            text = self._same[key] = json_text(plain_json(result))
        return text


class JsonReporter:
    """Keeps the text of every report until the end, because the totals stand before them.

    ``version`` is that of the program, which the report names.
    """

    def __init__(self, write: Write, *, version: str) -> None:
        """Write to ``write``."""
        self._write = write
        self._version = version
        self._encoder = _Encoder()
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
            "passed_over": plain_json(run.passed_over),
            "complete": run.complete,
            "interrupted": run.interrupted,
        }
        tool = {"name": "mpfcheck", "version": self._version}
        self._write(f'{{\n  "format": "{FORMAT}",\n  "tool": {json_text(tool)},\n')
        self._write(f'  "summary": {json_text(counts | course)},\n  "reports": [')
        for piece in self._reports:
            self._write(piece)
        self._write("\n  ]" if self._verdicts else "]")
        if overview.portfolio:
            self._write_member("portfolio", portfolio_members(overview.portfolio))
        if overview.supposition:
            self._write_member("what_if", plain_json(overview.supposition).items())
        self._write("\n}\n")

    def _write_member(self, name: str, members: Iterable[tuple[str, object]]) -> None:
        before = f",\n  {json_text(name)}: {{\n"
        for inner, value in members:
            self._write(f"{before}    {json_text(inner)}: {json_text(value)}")
            before = ",\n"
        self._write("\n  }")


class JsonLinesReporter:
    """Writes one object a line, as soon as it is finished; holds nothing."""

    def __init__(self, write: Write) -> None:
        """Write to ``write``."""
        self._write = write
        self._encoder = _Encoder()

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Write the next report; a format for programs asks for no more."""
        results = ", ".join(self._encoder.results(report))
        self._write(f'{{{self._encoder.head(report)}, "results": [{results}]}}\n')

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Nothing is left to write."""
