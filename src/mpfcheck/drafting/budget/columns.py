"""Which column of a table is what: by its head, in the words of the form and of the usual budget templates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from mpfcheck.forms.form import Group
from mpfcheck.frozen import Frozen, changed
from mpfcheck.reading.tables import Sheet, TableError, Value, column_name
from mpfcheck.same_name import name_key

__all__ = ["ID", "Columns", "UnclearColumnsError", "chosen_columns", "find_columns", "normal", "words_of"]

ID = "id"
MOST_ROWS_ABOVE = 60
"""A table begins within this many rows of its sheet."""
ENOUGH = 3
"""So many heads that are known make a table a budget."""

USUAL_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        ID: ("id", "line", "no", "nr", "budget line"),
        "heading": ("heading", "budget heading", "cost category", "category"),
        "description": ("description", "costs", "cost", "cost item", "item", "expenses", "expenditure", "what"),
        "applicant": ("applicant", "partner", "organisation", "organization", "beneficiary", "who"),
        "unit": ("unit", "unit type", "type of unit"),
        "quantity": ("quantity", "qty", "number of units", "no of units", "nr of units", "units", "number"),
        "unit_cost": ("unit cost", "unit value", "unit price", "unit rate", "price per unit", "cost per unit", "rate"),
        "amount": ("amount", "total cost", "total costs", "total", "total amount", "total value", "costs", "cost"),
    }
)
"""What budgets call a field; most are from the budget templates of EU external actions.

A word of two fields, such as "costs", stands for the first of them that no other head has.
"""
NUMBERS = ("quantity", "unit_cost", "amount")


class Columns(Frozen):
    """Where a table is: its sheet, the row of its heads (from 0, -1 for none), and the column of each field.

    ``others`` are the names of sheets that look as much like the budget; ``again`` the further columns whose head says
    that they are the amount.
    """

    sheet: Sheet
    head: int
    by_field: Mapping[str, int]
    others: tuple[str, ...] = ()
    again: tuple[int, ...] = ()


class UnclearColumnsError(Exception):
    """No table was recognised. ``heads`` are the heads of the likeliest one, by the name of their column."""

    def __init__(self, sheet: Sheet, heads: Mapping[str, str]) -> None:
        name = f"the sheet {sheet.name}" if sheet.name else "the table"
        shown = ", ".join(f'{column} "{text}"' for column, text in heads.items())
        super().__init__(
            f"We do not know what the columns of {name} hold. The columns are: {shown}."
            if heads
            else f"We found no table in {name}."
        )
        self.sheet = sheet
        self.heads = heads


def words_of(group: Group) -> dict[str, frozenset[str]]:
    """The words for each field of a list: those of its form, and the usual ones of budgets."""
    fields = {".".join(question.field): question.title for question in group.questions}
    words = {
        field: frozenset(map(normal, (field.replace("_", " "), title, *USUAL_WORDS.get(field, ()))))
        for field, title in fields.items()
    }
    return {**words, ID: frozenset(USUAL_WORDS[ID])}


def find_columns(sheets: Sequence[Sheet], words: Mapping[str, frozenset[str]]) -> Columns:
    """The table that looks most like a budget; raises :class:`UnclearColumnsError` and TableError."""
    shown = [sheet for sheet in sheets if not sheet.hidden] or list(sheets)
    best: Columns | None = None
    others: dict[str, None] = {}
    for sheet in shown:
        for number, row in enumerate(sheet.rows[:MOST_ROWS_ABOVE]):
            by_field = _recognised(row, words)
            known = by_field.keys() - {ID}
            whole = "amount" in known or {"quantity", "unit_cost"} <= known
            if not whole or len(known) < ENOUGH:
                continue
            found = 0 if best is None else len(best.by_field.keys() - {ID})
            if len(known) > found:
                best, others = Columns(sheet, number, by_field, (), _again(row, by_field, words)), {}
            elif best is not None and len(known) == found and sheet is not best.sheet:
                others[sheet.name] = None
    if best is not None:
        return changed(best, others=tuple(others))
    for sheet in shown:
        for row in sheet.rows[:MOST_ROWS_ABOVE]:
            if sum(isinstance(value, str) for value in row) > 1:
                cells = enumerate(row)
                raise UnclearColumnsError(
                    sheet, {column_name(at): str(value) for at, value in cells if value is not None}
                )
    if not shown or not any(any(row) for sheet in shown for row in sheet.rows):
        raise TableError("The table is empty.")
    raise UnclearColumnsError(shown[0], {})


def chosen_columns(sheets: Sequence[Sheet], chosen: Mapping[str, int], sheet_name: str | None = None) -> Columns:
    """The table whose columns a person named; its heads are in the first row where most of them are filled in.

    A row that has numbers where the person named numbers is a line, not a row of heads: then there are no heads.
    """
    numbers = [column for field, column in chosen.items() if field in NUMBERS]
    shown = [sheet for sheet in sheets if not sheet.hidden and sheet_name in (None, sheet.name)]
    for sheet in shown:
        for number, row in enumerate(sheet.rows[:MOST_ROWS_ABOVE]):
            filled = [column for column in chosen.values() if column < len(row) and row[column] is not None]
            if len(filled) * 2 > len(chosen):
                first = any(column < len(row) and _has_digits(row[column]) for column in numbers)
                return Columns(sheet, number - first, dict(chosen))
    raise TableError("No row has headings in these columns.")


def _has_digits(value: Value) -> bool:
    return isinstance(value, Decimal) or (isinstance(value, str) and value[:1].isdecimal())


def _recognised(row: Sequence[Value], words: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """The fields whose heads are in a row; of heads that come again (all years, then year 1), the first counts."""
    found: dict[str, int] = {}
    for column, value in enumerate(row):
        if isinstance(value, str):
            for field in _fields(value, words):
                if field not in found:
                    found[field] = column
                    break
    return found


def _again(row: Sequence[Value], by_field: Mapping[str, int], words: Mapping[str, frozenset[str]]) -> tuple[int, ...]:
    """The columns that are called the amount too, such as those of each year, or of all years."""
    taken = set(by_field.values())
    return tuple(
        column
        for column, value in enumerate(row)
        if column not in taken and isinstance(value, str) and normal(value) in words["amount"]
    )


def _fields(head: str, words: Mapping[str, frozenset[str]]) -> Iterator[str]:
    text = normal(head)
    yield from (field for field, known in words.items() if text in known)


_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
_NOT_WORDS = re.compile(r"[^\w#]+")


def normal(text: str) -> str:
    """A head without its unit, its brackets and its punctuation: "# of units", "Unit value (in EUR)"."""
    text = name_key(_IN_BRACKETS.sub(" ", text)).replace("#", " number ")
    words = [word for word in _NOT_WORDS.sub(" ", text).split() if word not in ("eur", "euro", "euros", "in", "€")]
    return " ".join(words)
