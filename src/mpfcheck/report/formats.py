"""The formats by their names, each loaded only where it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Callable

    from mpfcheck.report.reporter import Reporter, Write, WriteBytes

__all__ = ["BINARY", "FORMATS", "JSON", "Format", "binary_reporter_of", "json_reporter_of", "reporter_of"]

Format: TypeAlias = Literal["text", "json", "jsonl", "statuses", "csv", "html", "markdown", "junit", "sarif"]
"""The name of a format that is text."""

JSON = ("json", "jsonl", "statuses")
"""The formats for programs, which are written as UTF-8."""

BINARY = ("pdf", "xlsx")
"""The formats that are not text."""

FORMATS: tuple[str, ...] = (*get_args(Format), *BINARY)


def binary_reporter_of(name: str, write: WriteBytes, *, version: str, warn: Callable[[str], object]) -> Reporter:
    """The reporter of a format that is not text, given where to write; raises KeyError for a format there is none of.

    ``version`` is that of mpfcheck; ``warn`` is told what could not be shown as it is.
    """
    if name == "pdf":
        from mpfcheck.report.paper.pdf_reporter import PdfReporter

        return PdfReporter(write, version=version, warn=warn)
    if name == "xlsx":
        from mpfcheck.report.workbook import WorkbookReporter

        return WorkbookReporter(write, version=version)
    raise KeyError(name)


def json_reporter_of(name: str, write: WriteBytes, *, version: str) -> Reporter:
    """The reporter of a format for programs, given where to write; raises KeyError for a format there is none of.

    ``version`` is that of mpfcheck.
    """
    from mpfcheck.report.as_json import JsonLinesReporter, JsonReporter, StatusesReporter

    match name:
        case "json":
            return JsonReporter(write, version=version)
        case "jsonl":
            return JsonLinesReporter(write)
        case "statuses":
            return StatusesReporter(write)
    raise KeyError(name)


def reporter_of(name: str, write: Write, *, version: str, byte_order_mark: bool = False) -> Reporter:
    """The reporter of a format, given where to write; raises KeyError for a format there is none of.

    ``version`` is that of mpfcheck, for formats that name the program. ``byte_order_mark`` is for a CSV file: Excel
    takes one for UTF-8 only by its mark, and a program that reads a stream would trip over it.
    """
    match name:
        case "text":
            from mpfcheck.report.as_text import TextReporter

            return TextReporter(write)
        case "json" | "jsonl" | "statuses":
            return json_reporter_of(name, lambda data: write(data.decode()), version=version)
        case "csv":
            from mpfcheck.report.csv import CsvReporter

            return CsvReporter(write, byte_order_mark=byte_order_mark)
        case "html":
            from mpfcheck.report.as_html import HtmlReporter

            return HtmlReporter(write, version=version)
        case "markdown":
            from mpfcheck.report.as_markdown import MarkdownReporter

            return MarkdownReporter(write)
        case "junit":
            from mpfcheck.report.junit import JunitReporter

            return JunitReporter(write)
        case "sarif":
            from mpfcheck.report.sarif import SarifReporter

            return SarifReporter(write, version=version)
    raise KeyError(name)
