"""The report on a draft in the formats that reports come in, for people and programs that do not have the wizard."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mpfcheck.checking.checker import Checker, invalid_report
from mpfcheck.checking.report import InputReference
from mpfcheck.reading.document import read_proposal
from mpfcheck.reporting.reporter import Reporter, Write

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
    reporter = _reporter(format_name, written.append, version)
    document = read_proposal(data)
    reference = InputReference(path, None, document.sha256)
    if document.answers is None:
        day = checker.as_of.isoformat()
        reporter.add(invalid_report(document.problems, reference, checker.reference, day))
    else:
        reporter.add(
            checker.report(document.answers, problems=document.problems, place_of=document.place_of, input=reference)
        )
    reporter.finish()
    return "".join(written)


def _reporter(format_name: str, write: Write, version: str) -> Reporter:
    if format_name == "markdown":
        from mpfcheck.reporting.markdown import MarkdownReporter

        return MarkdownReporter(write)
    if format_name == "html":
        from mpfcheck.reporting.html import HtmlReporter

        return HtmlReporter(write, version=version)
    if format_name == "json":
        from mpfcheck.reporting.json import JsonReporter

        return JsonReporter(write, version=version)
    if format_name == "csv":
        from mpfcheck.reporting.csv import CsvReporter

        return CsvReporter(write, byte_order_mark=True)
    if format_name == "sarif":
        from mpfcheck.reporting.sarif import SarifReporter

        return SarifReporter(write, version=version)
    if format_name == "junit":
        from mpfcheck.reporting.junit import JunitReporter

        return JunitReporter(write)
    from mpfcheck.reporting.text import TextReporter

    return TextReporter(write)
