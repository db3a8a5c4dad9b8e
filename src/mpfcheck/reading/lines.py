"""Offsets in a text as lines and columns, as an editor counts them."""

from __future__ import annotations

import re
from bisect import bisect_right

__all__ = ["Lines"]

_LINE_END = re.compile(r"\r\n|\r|\n")


class Lines:
    """Where the lines of a text start. Lines and columns count from 1, columns in characters."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._first_line = first_line
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column of the character at an offset."""
        line = bisect_right(self._starts, offset) - 1
        return self._first_line + line, offset - self._starts[line] + 1
