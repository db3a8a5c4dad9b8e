"""Proposals that were sent in again: which of several states of one proposal is the latest, where that can be told."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeAlias

from mpfcheck.checking.report import InputReference
from mpfcheck.frozen import Frozen
from mpfcheck.proposal import pointer
from mpfcheck.same_name import name_key

__all__ = [
    "BY_FILE",
    "Counting",
    "Order",
    "Resubmission",
    "Resubmissions",
    "latest_of",
    "order_of",
    "same_of",
    "value_of",
]

BY_FILE: Final = "file"
"""In the place of a field: the name of the file says which proposal is the latest."""

Order: TypeAlias = "tuple[object, object]"
"""A kind, and a value that can be compared with others of its kind."""

_NUMBER = re.compile("([0-9]+)")


class Counting(Frozen):
    """How proposals that were sent in again are counted once.

    ``latest_by`` is the field whose greatest value is the latest, as a path (``annex.version``) or JSON Pointer, or
    :data:`BY_FILE`. ``same_by`` is the field that states of one proposal have in common; None for the title and the
    lead applicant.
    """

    latest_by: str
    same_by: str | None = None


class Resubmission(Frozen):
    """States of one proposal. ``others`` are the older ones.

    ``latest`` is None where it cannot be told which one is the latest: ``others`` are then all of them, ``why`` says it
    in a sentence, and each is counted.
    """

    latest: InputReference | None
    others: tuple[InputReference, ...]
    why: str = ""


class Resubmissions(Frozen):
    """What came out of a :class:`Counting`. ``older`` are the numbers, from 1, of the proposals that do not count."""

    counting: Counting
    groups: tuple[Resubmission, ...]
    older: tuple[int, ...] = ()


def same_of(answers: Mapping[str, object], counting: Counting) -> str | None:
    """What states of one proposal have in common, by the field that was chosen; None without one."""
    if counting.same_by is None:
        return None
    value = value_of(answers, counting.same_by)
    return name_key(_text(value)) or None


def order_of(answers: Mapping[str, object], input: InputReference, counting: Counting) -> Order | None:
    """Where a state of a proposal stands among the others; None where nothing says it."""
    if counting.latest_by == BY_FILE:
        return None if input.path is None else _order(os.path.basename(input.path))
    return _order(value_of(answers, counting.latest_by))


def latest_of(states: Sequence[tuple[InputReference, Order | None]], counting: Counting) -> tuple[int | None, str]:
    """Which of several different states is the latest, or why that cannot be told."""
    by_file = counting.latest_by == BY_FILE
    what = f"the field {counting.latest_by}"
    known = [order for _, order in states if order is not None]
    if len(known) < len(states):
        return None, "The file names show no order." if by_file else f"Some have no value in {what}."
    if len({kind for kind, _ in known}) > 1:
        return None, "The file names show no order." if by_file else f"The values in {what} cannot be compared."
    values: list[Any] = [value for _, value in known]
    latest = max(values)
    if values.count(latest) > 1:
        return None, "Some file names have the same number." if by_file else f"Some have the same value in {what}."
    return values.index(latest), ""


def _order(value: object) -> Order | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Decimal):
        return "number", Decimal(value)
    if isinstance(value, date):
        return "date", value
    if not isinstance(value, str) or not value.strip():
        return None
    # Texts tell an order only by the numbers in them: v9 comes before v10, and nobody knows of "final" and "new".
    parts = _NUMBER.split(value.strip().casefold())
    return ("text", tuple(parts[::2])), tuple(map(int, parts[1::2]))


def value_of(answers: Mapping[str, object], field: str) -> object:
    """The value of a field, by its path (``annex.version``) or JSON Pointer; None where there is none."""
    return pointer.value_at(answers, field if field.startswith("/") else pointer.pointer(field.split(".")))


def _text(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value) if isinstance(value, str | int | date) else ""
