"""The formats of ``--format``, each imported only where it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from mpfcheck import __version__
from mpfcheck.cli.output import is_standard, style_for, width_for

if TYPE_CHECKING:
    from mpfcheck.reporting.reporter import Reporter, Write

__all__ = ["reporter_for"]


def reporter_for(
    name: str, *, output_path: str | None, only_trouble: bool, explain: bool
) -> Callable[[Write], Reporter]:
    """What makes the reporter of a format, given where to write."""
    if name == "json":
        from mpfcheck.reporting.json import JsonReporter

        return partial(JsonReporter, version=__version__)
    if name == "jsonl":
        from mpfcheck.reporting.jsonl import JsonLinesReporter

        return JsonLinesReporter
    if name == "csv":
        from mpfcheck.reporting.csv import CsvReporter

        # Excel takes a file for UTF-8 only by its byte order mark; a program that reads a stream would trip over it.
        return partial(CsvReporter, byte_order_mark=not is_standard(output_path))
    if name == "html":
        from mpfcheck.reporting.html import HtmlReporter

        return partial(HtmlReporter, version=__version__)
    if name == "markdown":
        from mpfcheck.reporting.markdown import MarkdownReporter

        return MarkdownReporter
    if name == "junit":
        from mpfcheck.reporting.junit import JunitReporter

        return JunitReporter
    if name == "sarif":
        from mpfcheck.reporting.sarif import SarifReporter

        return partial(SarifReporter, version=__version__)
    from mpfcheck.reporting.text import TextReporter

    text = partial(TextReporter, only_trouble=only_trouble, explain=explain)
    if is_standard(output_path):
        return partial(text, style=style_for(sys.stdout), width=width_for(sys.stdout))
    return text
