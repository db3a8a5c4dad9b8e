"""What is certain of values that are not answered: their kind, their limits, the items of a list that is not finished.

Nothing here guesses: whatever the answers turn out to be, and whatever items still come into an open list, the value
will be of that kind, within these bounds, one of these, or hold these items.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from mpfcheck.feel.types import ANY, BOOLEAN, DATE, NULL, NUMBER, TEXT, ListType, NumberType, SimpleType, TextType, Type
from mpfcheck.feel.values.order import order
from mpfcheck.feel.values.temporal import Date, DaysDuration, MonthsDuration
from mpfcheck.feel.values.value import Bounds, Items, OneOf, Unanswered, Value, paths_of

__all__ = [
    "LONGEST",
    "MOST_CHOICES",
    "NEVER_LISTS",
    "bounded",
    "bounds",
    "choices",
    "hull",
    "is_truth",
    "items_of",
    "kind",
    "open_list",
    "paths_of",
    "untyped",
    "waiting_truth",
]

LONGEST = 10**9
"""No list has so many items: evaluation stops far below it."""

MOST_CHOICES = 8
"""Of more values than these, that a value will be one of them is not carried along."""

NEVER_LISTS = (BOOLEAN, TEXT, NUMBER, DATE)
"""The kinds of which an unanswered value surely is no list."""

_BOUNDED = (Decimal, Date, MonthsDuration, DaysDuration)


def bounds(value: Value) -> tuple[Value, Value] | None:
    """The least and the greatest the value can be, both of its kind; None where no such limits are known."""
    if type(value) is not Unanswered:
        return (value, value) if isinstance(value, _BOUNDED) else None
    knows = value.knows
    if knows is None:
        return value.type.within if type(value.type) is NumberType else None
    if type(knows) is Bounds:
        return knows.low, knows.high
    return hull(knows.values) if type(knows) is OneOf else None


def hull(values: Iterable[Value]) -> tuple[Value, Value] | None:
    """The least and the greatest that any of these can be; None where one has no limits, or where there is none."""
    low: Value = None
    high: Value = None
    for value in values:
        limits = bounds(value)
        if limits is None:
            return None
        below, above = (0, 0) if low is None else (order(limits[0], low), order(limits[1], high))
        if below is None or above is None:
            return None
        low = limits[0] if low is None or below < 0 else low
        high = limits[1] if high is None or above > 0 else high
    return None if low is None else (low, high)


def bounded(paths: frozenset[str], limits: tuple[Value, Value] | None) -> Unanswered:
    """An unanswered value within these limits, if there are any."""
    if limits is None or limits[0] is None or limits[1] is None:
        return Unanswered(paths)
    low, high = limits
    return Unanswered(paths, kind(low), knows=Bounds(low, high))


def kind(value: Value) -> Type | None:
    """The type that the value surely has, without units and codes; None where it is not known, or not a plain one."""
    if type(value) is Unanswered:
        type_ = value.type
        if type(type_) is NumberType:
            return NUMBER
        if type(type_) is TextType:
            return TEXT
        if type(type_) is SimpleType:
            return type_ if type_.name not in _NO_KINDS else None
        return type_ if type(type_) is ListType else None
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, Decimal):
        return NUMBER
    if isinstance(value, str):
        return TEXT
    if isinstance(value, list):
        return ListType(ANY)
    return DATE if isinstance(value, Date) else _DURATIONS.get(type(value))


_NO_KINDS = frozenset({ANY.name, NULL.name})
_DURATIONS: dict[type, Type] = {
    MonthsDuration: SimpleType("years and months duration"),
    DaysDuration: SimpleType("days and time duration"),
}


def is_truth(value: Value) -> bool:
    """Whether the value is true or false, now or once it is answered: never null."""
    if type(value) is Unanswered:
        return value.type is BOOLEAN or value.type == BOOLEAN
    return isinstance(value, bool)


def waiting_truth(values: Sequence[Value], paths: frozenset[str] = frozenset()) -> Unanswered:
    """What is true or false as soon as these are answered; it waits for all they wait for, and for ``paths``."""
    return Unanswered(paths | paths_of(values), BOOLEAN if all(map(is_truth, values)) else None)


def untyped(value: Unanswered) -> Unanswered:
    """Something else that waits for the same answers."""
    return Unanswered(value.paths)


def items_of(value: Value) -> Items | None:
    """What is known of the items of a list, be it complete, open or not answered at all; None for anything else."""
    if isinstance(value, list):
        return Items(value, None, 0, len(value))
    if type(value) is not Unanswered:
        return None
    if type(value.knows) is Items:
        return value.knows
    if isinstance(value.type, ListType) and value.knows is None:
        item = value.type.item
        return Items((), Unanswered(value.paths, None if item == ANY else item, further=True), None, 0)
    return None


def open_list(paths: frozenset[str], items: Items) -> Value:
    """The list of these items: a plain one where no more can come."""
    if items.most == 0:
        return list(items.items)
    if isinstance(items.further, Unanswered):
        paths |= items.further.paths
    return Unanswered(paths, ListType(ANY), knows=items)


def choices(value: Value) -> tuple[Value, ...]:
    """The values of which it will be one, itself alone where no choice is known."""
    return value.knows.values if type(value) is Unanswered and type(value.knows) is OneOf else (value,)
