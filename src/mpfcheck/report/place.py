"""The place of a field in a file, whether the report knows it already or has to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpfcheck.frozen import Frozen

if TYPE_CHECKING:
    from mpfcheck.checking.report import ReadField
    from mpfcheck.report.reporter import OnDemand

__all__ = ["NOWHERE", "FieldPlace", "first_place", "place_of"]


class FieldPlace(Frozen):
    """A place in a file: its JSON Pointer, its line and column from 1, each None where it is not known."""

    pointer: str
    line: int | None = None
    column: int | None = None

    def in_words(self) -> str:
        """Line and column, for a person with the file open; empty where they are not known."""
        if self.line is None:
            return ""
        return f"line {self.line}" if self.column is None else f"line {self.line}, column {self.column}"


NOWHERE = FieldPlace("")


def place_of(field: ReadField, on_demand: OnDemand | None) -> FieldPlace:
    """The place of a field."""
    if field.line is None and on_demand is not None:
        return FieldPlace(field.pointer, *(on_demand.place_of(field.pointer) or ()))
    return FieldPlace(field.pointer, field.line, field.column)


def first_place(fields: tuple[ReadField, ...], on_demand: OnDemand | None) -> FieldPlace:
    """The place of the first of some fields."""
    return place_of(fields[0], on_demand) if fields else NOWHERE
