"""Equality and order: ``=``, ``<`` and membership in a range (DMN 1.5, tables 42, 53 and 55).

Values of different kinds are neither equal nor different: null, unless one of them is null. Nothing here raises for a
wrong type. Where a side is unanswered the result is, unless it is decided without it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mpfcheck.feel.limits import Run
from mpfcheck.feel.values.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from mpfcheck.feel.values.value import Range, Record, Unanswered, Value, join

__all__ = [
    "Truth",
    "conjunction",
    "disjunction",
    "equal",
    "holds",
    "in_range",
    "ordered",
    "same",
]

Truth = bool | Unanswered | None


def equal(left: Value, right: Value, run: Run) -> Truth:
    """``left = right``; in a strict run null is neither equal to anything nor different from it."""
    kind = type(left)
    if kind is Unanswered or type(right) is Unanswered:
        return join((left, right))
    if kind is type(right) and kind in _PLAIN:
        return left == right
    if left is None or right is None:
        return None if run.strict else left is right
    if isinstance(left, Record | dict) and isinstance(right, Record | dict):
        return _equal_contexts(left, right, run)
    if kind is not type(right):
        return None
    if isinstance(left, list) and isinstance(right, list):
        run.spend(len(left))
        if len(left) != len(right):
            return False
        return conjunction([equal(one, other, run) for one, other in zip(left, right, strict=True)])
    if isinstance(left, Time) and isinstance(right, Time):
        return _clock(left) == _clock(right)
    if isinstance(left, DateTime) and isinstance(right, DateTime):
        if (left.zone is None) != (right.zone is None):
            return False
        return left.instant.seconds == right.instant.seconds
    if isinstance(left, Range) and isinstance(right, Range):
        if (left.op, left.low_closed, left.high_closed) != (right.op, right.low_closed, right.high_closed):
            return False
        return conjunction([equal(left.low, right.low, run), equal(left.high, right.high, run)])
    return True if left is right else None


_PLAIN = frozenset({bool, str, Decimal, Date, MonthsDuration, DaysDuration})


def _clock(time: Time) -> tuple[int, bool]:
    """What two equal times have in common: whole seconds in UTC. The standard compares by properties, not fractions."""
    offset = time.offset
    return time.seconds - (offset or 0), offset is None


def _equal_contexts(left: Record | dict[str, Value], right: Record | dict[str, Value], run: Run) -> Truth:
    if left is right or (isinstance(left, Record) and isinstance(right, Record) and left.values is right.values):
        return True
    ours = left.entries(run.read) if isinstance(left, Record) else left
    theirs = right.entries(run.read) if isinstance(right, Record) else right
    run.spend(len(ours))
    if ours.keys() != theirs.keys():
        return False
    return conjunction([equal(value, theirs[name], run) for name, value in ours.items()])


def ordered(op: str, left: Value, right: Value) -> Truth:
    """``left op right`` for ``<``, ``<=``, ``>`` or ``>=``."""
    if type(left) is Unanswered or type(right) is Unanswered:
        return join((left, right))
    order = _order(left, right)
    if order is None:
        return None
    if op == "<":
        return order < 0
    if op == "<=":
        return order <= 0
    return order > 0 if op == ">" else order >= 0


def _order(left: Value, right: Value) -> int | None:
    """Negative, zero or positive, or None where the two have no order."""
    if type(left) is not type(right):
        return None
    one: Any = left
    other: Any = right
    if isinstance(left, Time) and isinstance(right, Time):
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
    elif not isinstance(left, str | Decimal):
        return None
    return int(one > other) - int(one < other)


def in_range(value: Value, extent: Range, run: Run) -> Truth:
    """``value in extent``."""
    if extent.op in ("=", "!="):
        return holds(extent.op, value, extent.low, run)
    if extent.op is None and (extent.low is None or extent.high is None):
        return None
    parts: list[Truth] = []
    if extent.low is not None:
        parts.append(ordered(">=" if extent.low_closed else ">", value, extent.low))
    if extent.high is not None:
        parts.append(ordered("<=" if extent.high_closed else "<", value, extent.high))
    return conjunction(parts)


def holds(op: str, left: Value, right: Value, run: Run) -> Truth:
    """``left op right`` for any comparison operator."""
    if op == "=":
        return equal(left, right, run)
    if op == "!=":
        found = equal(left, right, run)
        return not found if isinstance(found, bool) else found
    return ordered(op, left, right)


def conjunction(parts: list[Truth]) -> Truth:
    """``and`` of all: false if one is, else unanswered if one is, else null if one is, else true."""
    if False in parts:
        return False
    return _undecided(parts, decided=True)


def disjunction(parts: list[Truth]) -> Truth:
    """``or`` of all: true if one is, else unanswered if one is, else null if one is, else false."""
    if True in parts:
        return True
    return _undecided(parts, decided=False)


def _undecided(parts: list[Truth], *, decided: bool) -> Truth:
    waiting = [part for part in parts if type(part) is Unanswered]
    if waiting:
        return join(waiting)
    return None if None in parts else decided


def same(left: Value, right: Value, seen: set[tuple[int, int]] | None = None) -> bool:
    """Whether the two are surely one value, whatever is answered: nothing of them may be unanswered.

    ``seen`` holds the pairs of lists and contexts already compared: a value may hold one many times.
    """
    if type(left) is not type(right) or type(left) is Unanswered:
        return False
    if isinstance(left, list | dict):
        seen = set() if seen is None else seen
        if (id(left), id(right)) in seen:
            return True
        seen.add((id(left), id(right)))
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(same(*pair, seen) for pair in zip(left, right, strict=True))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(value, right[name], seen) for name, value in left.items())
    if isinstance(left, Range) and isinstance(right, Range):
        return left == right
    if isinstance(left, Record) and isinstance(right, Record):
        return left.values is right.values
    return left is right or (type(left) in _EXACT and left == right)


_EXACT = _PLAIN | {Time, DateTime}
