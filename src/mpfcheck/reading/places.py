"""Where the values and names of a document stand in its text."""

from __future__ import annotations

from collections.abc import Mapping

from mpfcheck.reading.lines import Lines

__all__ = ["Place", "Places"]

Place = tuple[int, int]
"""Line and column, from 1; columns in characters."""


class Places:
    """The places of one document, from the offsets of its values and names by JSON Pointer."""

    def __init__(self, lines: Lines, values: Mapping[str, int], names: Mapping[str, int]) -> None:
        self._lines = lines
        self._values = values
        self._names = names

    def of_value(self, pointer: str) -> Place | None:
        """Where a value starts, or None where the document has none there."""
        return self._place(self._values.get(pointer))

    def of_name(self, pointer: str) -> Place | None:
        """Where the name of a field starts, or None where the document has none there."""
        return self._place(self._names.get(pointer))

    def _place(self, offset: int | None) -> Place | None:
        return None if offset is None else self._lines.place(offset)
