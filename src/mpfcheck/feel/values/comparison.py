"""Equality and order: ``=``, ``<`` and membership in a range (DMN 1.5, tables 42, 53 and 55).

Values of different kinds are neither equal nor different: null, unless one of them is null. Nothing here raises for a
wrong type. Where a side is unanswered the result is, unless it is decided without it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from mpfcheck.feel.limits import Run
from mpfcheck.feel.types import BOOLEAN, DATE, DAYS_DURATION, MONTHS_DURATION, NUMBER, TEXT, TextType
from mpfcheck.feel.values.knowledge import (
    MOST_CHOICES,
    bounded,
    bounds,
    choices,
    hull,
    is_truth,
    items_of,
    kind,
    waiting_truth,
)
from mpfcheck.feel.values.order import order
from mpfcheck.feel.values.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from mpfcheck.feel.values.value import Items, OneOf, Range, Record, Unanswered, Value, paths_of

__all__ = [
    "Truth",
    "alike",
    "compared_within",
    "conjunction",
    "disjunction",
    "equal",
    "holds",
    "in_range",
    "one_of",
    "ordered",
    "same",
]

Truth = bool | Unanswered | None


def equal(left: Value, right: Value, run: Run) -> Truth:
    """``left = right``; in a strict run null is neither equal to anything nor different from it."""
    kind = type(left)
    if kind is Unanswered or type(right) is Unanswered:
        return _equal_unanswered(left, right, run)
    if kind is type(right) and kind in _PLAIN:
        return left == right
    if left is None or right is None:
        return None if run.strict else left is right
    if isinstance(left, (Record, dict)) and isinstance(right, (Record, dict)):
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


def _equal_unanswered(left: Value, right: Value, run: Run) -> Truth:
    """Whether the two are equal where one is unanswered: decided where what is certain of both decides it."""
    if _is_any_text(left) and _is_any_text(right):
        # Mostly it is a text of which nothing is known.
        return Unanswered(paths_of((left, right)), BOOLEAN)
    ours, theirs = choices(left), choices(right)
    if len(ours) > 1 or len(theirs) > 1:
        return alike([equal(one, other, run) for one in ours for other in theirs], (left, right))
    one, other = bounds(left), bounds(right)
    if one is not None and other is not None and (apart := _apart(one, other)) is not None:
        return apart
    if (items := items_of(left)) is not None and (others := items_of(right)) is not None:
        return _equal_lists(items, others, (left, right), run)
    return Unanswered(paths_of((left, right)), BOOLEAN if _comparable(left, right) else None)


def _is_any_text(value: Value) -> bool:
    """Whether it is a text that is there, or one of which nothing else is known."""
    return type(value) is str or (type(value) is Unanswered and value.knows is None and type(value.type) is TextType)


def _apart(one: tuple[Value, Value], other: tuple[Value, Value]) -> bool | None:
    """False where two values within these bounds cannot be equal, True where they must be; None for neither."""
    before, after = order(one[1], other[0]), order(other[1], one[0])
    if before is None or after is None:
        return None
    if before < 0 or after < 0:
        return False
    return True if before == 0 == after and order(one[0], one[1]) == 0 == order(other[0], other[1]) else None


def _equal_lists(ours: Items, theirs: Items, lists: tuple[Value, Value], run: Run) -> Truth:
    """Lists of which one is open differ where one surely has more items, or where items at one place differ."""
    for one, other in ((ours, theirs), (theirs, ours)):
        if one.most is not None and len(one.items) + one.most < len(other.items):
            return False
    places = min(ours.front, theirs.front)
    run.spend(places)
    found = [equal(ours.items[place], theirs.items[place], run) for place in range(places)]
    return False if False in found else Unanswered(paths_of((*lists, *found)))


def _comparable(left: Value, right: Value) -> bool:
    """Whether the two, once answered, are surely of one kind whose values are always equal or different."""
    of = kind(left)
    return of is not None and of in _KINDS and of == kind(right)


def alike(truths: list[Truth], values: Sequence[Value]) -> Truth:
    """What all these say of values of which each is one of several: unanswered where they do not say the same."""
    first = truths[0]
    if type(first) is not Unanswered and all(truth is first for truth in truths):
        return first
    return Unanswered(paths_of((*values, *truths)), BOOLEAN if all(map(is_truth, truths)) else None)


_PLAIN = frozenset({bool, str, Decimal, Date, MonthsDuration, DaysDuration})
_KINDS = (BOOLEAN, TEXT, NUMBER, DATE, MONTHS_DURATION, DAYS_DURATION)


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
        return _ordered_unanswered(op, left, right)
    found = order(left, right)
    if found is None:
        return None
    if op == "<":
        return found < 0
    if op == "<=":
        return found <= 0
    return found > 0 if op == ">" else found >= 0


def _ordered_unanswered(op: str, left: Value, right: Value) -> Truth:
    """The same where a side is unanswered: decided where what is certain of both decides it."""
    ours, theirs = choices(left), choices(right)
    if len(ours) > 1 or len(theirs) > 1:
        return alike([ordered(op, one, other) for one in ours for other in theirs], (left, right))
    one, other = bounds(left), bounds(right)
    if one is not None and other is not None:
        if type(one[0]) is Decimal and type(other[0]) is Decimal:
            # Mostly both are numbers.
            return compared_within(op, one, other, paths_of((left, right)))
        # An order that holds between the nearest ends holds everywhere, and so does one that fails there.
        ends = ((one[1], other[0]), (one[0], other[1]))
        surely, ever = (ordered(op, *pair) for pair in (ends if op in ("<", "<=") else ends[::-1]))
        if surely is True or ever is False:
            return surely
    comparable = _comparable(left, right) and kind(left) != BOOLEAN
    return Unanswered(paths_of((left, right)), BOOLEAN if comparable else None)


def compared_within(op: str, one: tuple[Any, Any], other: tuple[Any, Any], paths: frozenset[str]) -> Truth:
    """``left op right`` of numbers within these limits, of which some depend on the answers at ``paths``."""
    if op in ("=", "!="):
        apart = _apart(one, other)
        return Unanswered(paths, BOOLEAN) if apart is None else apart is (op == "=")
    before = _BEFORE[op]
    (low, high), (least, most) = (one, other) if op in ("<", "<=") else (other, one)
    if before(high, least):
        return True
    return Unanswered(paths, BOOLEAN) if before(low, most) else False


_BEFORE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    ">": operator.lt,
    "<=": operator.le,
    ">=": operator.le,
}
"""How the number that must be the less compares with the other."""


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
    if any(type(part) is Unanswered for part in parts):
        return waiting_truth(parts)
    return None if None in parts else decided


def same(left: Value, right: Value, seen: set[tuple[int, int]] | None = None) -> bool:
    """Whether the two are surely one value, whatever is answered: nothing of them may be unanswered.

    ``seen`` holds the pairs of lists and contexts already compared: a value may hold one many times.
    """
    if type(left) is not type(right) or type(left) is Unanswered:
        return False
    if isinstance(left, (list, dict)):
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


def one_of(values: Sequence[Value], paths: frozenset[str]) -> Value:
    """The value that is one of these, which depends on the answers at ``paths``: itself where all are the same."""
    first = values[0]
    if all(same(first, other) for other in values[1:]):
        return first
    found = [choice for value in values for choice in choices(value)]
    paths |= paths_of(values)
    if len(found) > MOST_CHOICES or any(items_of(value) is not None for value in found):
        return bounded(paths, hull(found))
    types = [value.type if isinstance(value, (Record, Unanswered)) else kind(value) for value in found]
    same_type = types[0] if all(type_ == types[0] for type_ in types[1:]) else None
    return Unanswered(paths, same_type, knows=OneOf(tuple(found)))
