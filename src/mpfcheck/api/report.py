"""The report for Python programs: write it as JSON, read it back, and show it to people.

A report can be used wherever a pydantic model can: as a field, or as the response of a FastAPI endpoint.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from types import MappingProxyType
from typing import Any, get_args

from mpfcheck.checking.report import Problem, ProposalReport, Result
from mpfcheck.model import Model, text_given
from mpfcheck.report.formats import Format

__all__ = ["Report", "read_reports", "render"]


class Report(ProposalReport, Model):
    """One proposal against one call: verdict, problems of the file, a result for every rule. Immutable, comparable.

    It can be pickled and sent to other processes, and written as JSON and read back without loss: as one entry of
    ``reports`` in ``mpfcheck-report/1``.
    """

    published = "report"
    parts = MappingProxyType({"problem": Problem, "result": Result})

    def _text(self) -> str:
        return render([self], "jsonl").rstrip("\n")

    def _plain(self) -> dict[str, Any]:
        values: dict[str, Any] = json.loads(self._text())
        return values

    @classmethod
    def _read(cls, value: object) -> Report:
        """Read a single report, or an ``mpfcheck-report/1`` with one report."""
        from mpfcheck.report.read_back import read_one

        return cls(**vars(read_one(value)))

    def render(self, format: Format = "text") -> str:
        """Write the report in one of the formats. Raises ValueError for an unknown format."""
        return render([self], format)


def render(reports: Iterable[ProposalReport], format: Format = "text") -> str:
    """Write reports together in one of the formats. Raises ValueError for an unknown format."""
    # A program that reads verdicts needs none of them.
    from mpfcheck.proposal.values import shown
    from mpfcheck.report.formats import reporter_of
    from mpfcheck.version import __version__

    if format not in get_args(Format):
        raise ValueError(f"There is no format {shown(format)}. The formats are {', '.join(get_args(Format))}.")
    pieces: list[str] = []
    reporter = reporter_of(format, pieces.append, version=__version__)
    for report in reports:
        reporter.add(report)
    reporter.finish()
    return "".join(pieces)


def read_reports(data: bytes | str) -> tuple[Report, ...]:
    """Read reports that were written as ``json`` or ``jsonl``, given as their text. To read a file, read its bytes.

    Raises :class:`mpfcheck.UnreadableReportError`, and TypeError for anything but a text.
    """
    from mpfcheck.report.read_back import read_back

    text = text_given(data, "read_reports")
    reports = read_back(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return tuple(Report(**vars(report)) for report in reports)
