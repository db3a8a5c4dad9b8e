"""The order of values: which of two comes first (DMN 1.5, table 42)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mpfcheck.feel.values.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from mpfcheck.feel.values.value import Value

__all__ = ["order"]


def order(left: Value, right: Value) -> int | None:
    """Negative, zero or positive, or None where the two have no order."""
    kind = type(left)
    if kind is not type(right):
        return None
    one: Any = left
    other: Any = right
    if kind is Decimal or kind is str:
        # Mostly it is one of these.
        pass
    elif isinstance(left, Time) and isinstance(right, Time):
        if (left.offset is None) != (right.offset is None):
            return None
        one = left.seconds - (left.offset or 0), left.nanosecond
        other = right.seconds - (right.offset or 0), right.nanosecond
    elif isinstance(left, DateTime) and isinstance(right, DateTime):
        if (left.zone is None) != (right.zone is None):
            return None
        one, other = left.instant, right.instant
    elif isinstance(left, Date) and isinstance(right, Date):
        one, other = (left.year, left.month, left.day), (right.year, right.month, right.day)
    elif isinstance(left, MonthsDuration) and isinstance(right, MonthsDuration):
        one, other = left.months, right.months
    elif isinstance(left, DaysDuration) and isinstance(right, DaysDuration):
        one, other = left.nanoseconds, right.nanoseconds
    else:
        return None
    return int(one > other) - int(one < other)
