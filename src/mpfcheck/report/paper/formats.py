"""The formats of a document on paper, each loaded only where it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mpfcheck.report.paper.paper import Paper, Written

__all__ = ["FORMATS", "write"]

FORMATS: Mapping[str, str] = MappingProxyType({"docx": "Word", "pdf": "PDF", "html": "HTML", "md": "Markdown"})
"""The formats by the ending of a file, and what people call them."""


def write(paper: Paper, ending: str) -> Written:
    """The document in the format of an ending, such as ``pdf``; each format is loaded only where it is asked for.

    Raises KeyError for an ending of no format, and MissingLibraryError.
    """
    match ending:
        case "pdf":
            from mpfcheck.report.paper.as_pdf import pdf

            return pdf(paper)
        case "docx":
            from mpfcheck.report.paper.as_docx import docx

            return Written(docx(paper))
        case "html":
            from mpfcheck.report.paper.as_html import html

            return Written(html(paper))
        case "md":
            from mpfcheck.report.as_markdown import as_markdown

            return Written(as_markdown(paper.blocks).lstrip("\n").encode("utf-8", "backslashreplace"))
    raise KeyError(ending)
