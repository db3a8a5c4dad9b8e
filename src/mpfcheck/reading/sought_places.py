"""The places of a few values in a document that has nothing wrong in it: only what they are inside of is walked.

What lies beside is stepped over by the standard library's parser, at the speed of C; the values it makes are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecoder
from typing import Final

from mpfcheck.proposal.pointer import join
from mpfcheck.reading.lines import Lines
from mpfcheck.reading.places import Place

__all__ = ["SoughtPlaces"]

# Numbers stay texts: there is none that would be refused for its length.
_step_over: Final = JSONDecoder(strict=False, parse_int=str, parse_float=str).raw_decode
_blank = re.compile(r"[ \t\n\r]*").match
_between = re.compile(r"[ \t\n\r]*[:,]?[ \t\n\r]*").match


class SoughtPlaces:
    """Finds the places of values by their JSON Pointers; what was walked on the way is remembered."""

    def __init__(self, text: str, lines: Lines) -> None:
        """Seek in a text that :func:`mpfcheck.reading.exact_json.parse` accepts."""
        self._text = text
        self._lines = lines
        self._offsets: dict[str, int] = {"": _end(_blank(text, 0))}
        self._walked: set[str] = set()

    def of_value(self, pointer: str) -> Place | None:
        """Where a value starts, or None where the document has none there."""
        offset = self._offset(pointer)
        return None if offset is None else self._lines.place(offset)

    def _offset(self, pointer: str) -> int | None:
        if pointer not in self._offsets:
            around, slash, _ = pointer.rpartition("/")
            if not slash or around in self._walked:
                return None
            start = self._offset(around)
            if start is None:
                return None
            self._walked.add(around)
            for step, offset in self._inside(start):
                self._offsets[join(around, step)] = offset
        return self._offsets.get(pointer)

    def _inside(self, start: int) -> Iterator[tuple[str | int, int]]:
        """The values directly inside an object or a list: their names or positions, and where they start."""
        text = self._text
        named = text[start] == "{"
        if not named and text[start] != "[":
            return
        at, position = _end(_blank(text, start + 1)), 0
        while text[at] not in "}]":
            step: str | int = position
            if named:
                step, at = _step_over(text, at)
                at = _end(_between(text, at))
            yield step, at
            _, at = _step_over(text, at)
            at = _end(_between(text, at))
            position += 1


def _end(match: re.Match[str] | None) -> int:
    """Where a pattern ended that matches anything."""
    if match is None:
        raise ValueError("a pattern that matches anything did not")
    return match.end()
