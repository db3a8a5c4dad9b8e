"""Where the values and names of a document are in its text, as an editor counts lines and columns.

In a text with nothing wrong in it, only what a value is inside of is walked: the rest is stepped over by the standard
library's parser, at the speed of C, and the values it makes are dropped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from json import JSONDecoder
from typing import Final

from mpfcheck.proposal.pointer import join

__all__ = ["Lines", "Place", "Places"]

Place = tuple[int, int]
"""Line and column, from 1; columns in characters."""

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
# Numbers stay texts: none is refused for its length.
_step_over: Final = JSONDecoder(strict=False, parse_int=str, parse_float=str).raw_decode
_blank = re.compile(r"[ \t\n\r]*").match
_between = re.compile(r"[ \t\n\r]*[:,]?[ \t\n\r]*").match


class Lines:
    """Where the lines of a text start. Lines and columns count from 1, columns in characters."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._first_line = first_line
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def place(self, offset: int) -> Place:
        """The line and column of the character at an offset."""
        line = bisect_right(self._starts, offset) - 1
        return self._first_line + line, offset - self._starts[line] + 1


class Places:
    """The places of one document, by JSON Pointer.

    ``values`` and ``names`` are the offsets of all values and names, where the text was read with its mistakes. Without
    them the text must be one that :func:`mpfcheck.reading.exact_json.parse` accepts: offsets are then looked for when
    a place is asked for, and remembered.
    """

    def __init__(
        self,
        text: str,
        first_line: int = 1,
        values: Mapping[str, int] | None = None,
        names: Mapping[str, int] | None = None,
    ) -> None:
        self._text = text
        self._first_line = first_line
        self._lines: Lines | None = None
        self._seeks = values is None
        self._values = {"": _end(_blank(text, 0))} if values is None else dict(values)
        self._names = dict(names or {})
        self._walked: set[str] = set()

    def of_value(self, pointer: str) -> Place | None:
        """Where a value starts, or None where the document has no such value."""
        return self._place(self._offset(pointer))

    def of_name(self, pointer: str) -> Place | None:
        """Where the name of a field starts, or None where the document has no such field."""
        self._offset(pointer)
        return self._place(self._names.get(pointer))

    def _place(self, offset: int | None) -> Place | None:
        if offset is None:
            return None
        if self._lines is None:
            self._lines = Lines(self._text, self._first_line)
        return self._lines.place(offset)

    def _offset(self, pointer: str) -> int | None:
        if self._seeks and pointer not in self._values:
            container, slash, _ = pointer.rpartition("/")
            if not slash or container in self._walked:
                return None
            start = self._offset(container)
            if start is None:
                return None
            self._walked.add(container)
            self._walk(container, start)
        return self._values.get(pointer)

    def _walk(self, container: str, start: int) -> None:
        """Remember where the values directly inside an object or a list start, and the names of an object."""
        for step, value, name in self._inside(start):
            pointer = join(container, step)
            self._values[pointer] = value
            if name is not None:
                self._names[pointer] = name

    def _inside(self, start: int) -> Iterator[tuple[str | int, int, int | None]]:
        """The name or position of each value inside, the offset of the value, and that of its name."""
        text = self._text
        named = text[start] == "{"
        if not named and text[start] != "[":
            return
        at, position = _end(_blank(text, start + 1)), 0
        while text[at] not in "}]":
            step: str | int = position
            name = at if named else None
            if named:
                step, at = _step_over(text, at)
                at = _end(_between(text, at))
            yield step, at, name
            _, at = _step_over(text, at)
            at = _end(_between(text, at))
            position += 1


def _end(match: re.Match[str] | None) -> int:
    """Where a pattern ended that matches anything."""
    if match is None:
        raise ValueError("a pattern that matches anything did not")
    return match.end()
