"""Text as the cell of a table that spreadsheets open, with nothing in it that one would calculate."""

from __future__ import annotations

import re

from mpfcheck.plain import plain

__all__ = ["cell"]

_FORMULA = re.compile(
    r"""(^|;)             # the start of a line, or of a cell where semicolons part them, as in much of Europe
    (?=[\s"\u200c\u200d]* # what a spreadsheet may skip
    [=+\-@＝＋－＠﹦﹢﹣﹫]  # what makes it calculate, in every width
    \s*[^\s;])            # a sign alone is no formula: "-" is standard input""",  # noqa: RUF001 - the other widths
    re.MULTILINE | re.VERBOSE,
)


def cell(text: str) -> str:
    """The text, line by line, without control characters; an apostrophe before what could be taken for a formula.

    A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, which may run programs or
    send the table's contents elsewhere (OWASP, "CSV Injection").
    """
    if "\n" in text or "\r" in text or not text.isprintable():
        text = "\n".join(plain(line) for line in text.splitlines())
    return _FORMULA.sub(r"\1'", text)
