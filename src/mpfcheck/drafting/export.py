"""The report on a draft in the formats that reports come in, for people and programs that do not have the wizard."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mpfcheck.checking.checker import Checker, invalid_report
from mpfcheck.reading.document import read_proposal
from mpfcheck.report.formats import reporter_of

__all__ = ["ENDINGS", "report_text"]

ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        "text": ".txt",
        "markdown": ".md",
        "html": ".html",
        "json": ".json",
        "csv": ".csv",
        "sarif": ".sarif",
        "junit": ".xml",
    }
)
"""The formats, and what a file of each is called at its end."""


def report_text(format_name: str, data: bytes, path: str, checker: Checker, version: str) -> str:
    """The report on the proposal in ``data``, which stands at ``path``, as ``mpfcheck check`` writes it.

    Raises KeyError for a format that is none of :data:`ENDINGS`.
    """
    if format_name not in ENDINGS:
        raise KeyError(format_name)
    written: list[str] = []
    reporter = reporter_of(format_name, written.append, version=version, byte_order_mark=True)
    document = read_proposal(data)
    reference = document.reference(path, None)
    if document.answers is None:
        day = checker.as_of.isoformat()
        reporter.add(invalid_report(document.problems, reference, checker.reference, day))
    else:
        reporter.add(
            checker.report(document.answers, problems=document.problems, place_of=document.place_of, input=reference)
        )
    reporter.finish()
    return "".join(written)
