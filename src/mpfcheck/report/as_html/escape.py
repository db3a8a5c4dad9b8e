r"""Text from anywhere as HTML text: the one door through which data reaches the page.

What has no shape of its own (control characters, direction overrides, lone surrogates) is spelled out as its escape
(``\x1b``), what HTML would take for markup is written as a character reference, and an amount stays on one line.
"""

from __future__ import annotations

import re
from html import escape

from mpfcheck.report.plain import plain

__all__ = ["escaped", "shortened"]

MOST_CHARACTERS = 4000
"""Longer text is cut, and says so: nobody reads a name of a megabyte, and it would hide the findings after it."""

_WITHIN_AMOUNT = re.compile(r"(?<=EUR) (?=\d)|(?<=\d) (?=\d{3}(?!\d))")
_NO_BREAK = "\u00a0"


def escaped(text: str) -> str:
    """The text for use between tags and between double quotes."""
    return escape(_WITHIN_AMOUNT.sub(_NO_BREAK, plain(shortened(text))), quote=True)


def shortened(text: str, most: int = MOST_CHARACTERS) -> str:
    """The text, or its first ``most`` characters and how many more there are."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text) - most} more characters)"
