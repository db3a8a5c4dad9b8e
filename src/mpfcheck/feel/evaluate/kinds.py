"""The kinds of values by their FEEL names: ``instance of``, and the conversions the standard makes by itself.

Those conversions (DMN 1.5, 10.3.2.9.4): a value becomes a list of itself where a list is wanted, a list of one item
becomes that item where one is wanted, and a date becomes its midnight in UTC where a date and time is wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from mpfcheck.feel.syntax.tree import TypeName
from mpfcheck.feel.values.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time, at_midnight
from mpfcheck.feel.values.value import Range, Record, Value

__all__ = [
    "convert",
    "fits",
    "is_function",
]

_CLASSES: dict[str, type] = {
    "number": Decimal,
    "string": str,
    "boolean": bool,
    "date": Date,
    "time": Time,
    "date and time": DateTime,
    "days and time duration": DaysDuration,
    "day-time-duration": DaysDuration,
    "years and months duration": MonthsDuration,
    "year-month-duration": MonthsDuration,
    "list": list,
    "range": Range,
}


def is_function(value: Value) -> bool:
    """Whether the value can be called."""
    return hasattr(value, "call")


def fits(value: Value, wanted: TypeName, seen: set[tuple[int, int]] | None = None) -> bool | None:
    """Whether the value is an instance of the type; None for an unknown type. Null is an instance of ``Null`` only.

    ``seen`` holds the lists already checked, with the types: a value may hold the same list many times.
    """
    name = wanted.name
    if name == "Any":
        return value is not None
    if name == "Null":
        return value is None
    if name == "context":
        return _is_context(value, wanted)
    if name == "function":
        return _is_such_function(value, wanted)
    kind = _CLASSES.get(name)
    if kind is None:
        return None
    if not isinstance(value, kind):
        return False
    if not wanted.parameters:
        return True
    item = wanted.parameters[0]
    if isinstance(value, list):
        seen = set() if seen is None else seen
        if (id(value), id(item)) in seen:
            return True
        seen.add((id(value), id(item)))
        return all(part is None or fits(part, item, seen) for part in value)
    if isinstance(value, Range):
        ends = [end for end in (value.low, value.high) if end is not None]
        return all(fits(end, item) for end in ends)
    return True


def _is_context(value: Value, wanted: TypeName) -> bool:
    if not isinstance(value, (dict, Record)):
        return False
    entries = value.entries() if isinstance(value, Record) else value
    return all(
        name in entries and (entries[name] is None or bool(fits(entries[name], member)))
        for name, member in wanted.members
    )


def _is_such_function(value: Value, wanted: TypeName) -> bool:
    if not is_function(value):
        return False
    types: tuple[TypeName | None, ...] | None = getattr(value, "types", None)
    if wanted.result is None:
        return True
    if types is None or len(types) != len(wanted.parameters):
        return False
    result: Callable[[], tuple[Value] | None] = getattr(value, "literal_result")  # noqa: B009 - functions have it
    known = result()
    if known is not None and known[0] is not None and wanted.result.name != "Any" and not fits(known[0], wanted.result):
        return False
    return all(wide is None or wider(wide, narrow) for wide, narrow in zip(types, wanted.parameters, strict=True))


def wider(wide: TypeName, narrow: TypeName) -> bool:
    """Whether every value of the type ``narrow`` is one of ``wide``."""
    if wide.name == "Any" or wide == narrow or narrow.name == "Null":
        return True
    if wide.name != narrow.name or len(wide.parameters) != len(narrow.parameters):
        return False
    members = dict(narrow.members)
    return all(map(wider, wide.parameters, narrow.parameters)) and all(
        name in members and wider(member, members[name]) for name, member in wide.members
    )


def convert(value: Value, is_wanted: Callable[[Value], bool | None], *, to_list: bool, to_date_time: bool) -> Value:
    """The value if it is wanted, or what the standard makes of it if that is, or None."""
    if value is None or is_wanted(value):
        return value
    candidates: list[Value] = []
    if to_list and not isinstance(value, list):
        candidates.append([value])
    if isinstance(value, list) and len(value) == 1:
        candidates.append(value[0])
    if to_date_time and isinstance(value, Date):
        candidates.append(at_midnight(value))
    return next((candidate for candidate in candidates if is_wanted(candidate)), None)
