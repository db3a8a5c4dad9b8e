"""Where a field stands, whether the report knows it already or has to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mpfcheck.checking.report import ReadField
    from mpfcheck.report.reporter import OnDemand

__all__ = ["Place", "first_place", "in_words", "place_of"]

Place = tuple[int | None, int | None]
"""Line and column from 1, each None where it is not known."""


def place_of(field: ReadField, on_demand: OnDemand | None) -> Place:
    """The line and column of a field."""
    if field.line is None and on_demand is not None:
        return on_demand.place_of(field.pointer) or (None, None)
    return field.line, field.column


def first_place(fields: tuple[ReadField, ...], on_demand: OnDemand | None) -> Place:
    """The line and column of the first of some fields."""
    return place_of(fields[0], on_demand) if fields else (None, None)


def in_words(line: int | None, column: int | None) -> str:
    """For a person with the file open; empty where there is no place."""
    return "" if line is None else f"line {line}" if column is None else f"line {line}, column {column}"
