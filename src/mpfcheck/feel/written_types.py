"""Types as a rule writes them down: by name after ``instance of`` or a parameter, by a date, time or duration."""

from __future__ import annotations

from mpfcheck.feel.mistakes import Mistake, did_you_mean
from mpfcheck.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from mpfcheck.feel.temporal_text import read_temporal
from mpfcheck.feel.tree import TypeName
from mpfcheck.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    MONTHS_DURATION,
    NULL,
    NUMBER,
    TEXT,
    TIME,
    ContextType,
    FunctionType,
    ListType,
    RangeType,
    Type,
)

__all__ = ["type_named", "type_of_moment"]

_PLAIN: dict[str, Type] = {
    "Any": ANY,
    "Null": NULL,
    "boolean": BOOLEAN,
    "date": DATE,
    "date and time": DATE_TIME,
    "day-time-duration": DAYS_DURATION,
    "days and time duration": DAYS_DURATION,
    "number": NUMBER,
    "string": TEXT,
    "time": TIME,
    "year-month-duration": MONTHS_DURATION,
    "years and months duration": MONTHS_DURATION,
}
_MOMENTS: dict[type, Type] = {
    Date: DATE,
    DateTime: DATE_TIME,
    DaysDuration: DAYS_DURATION,
    MonthsDuration: MONTHS_DURATION,
    Time: TIME,
}
_WITH_PARTS = ("context", "function", "list", "range")


def type_named(name: TypeName, mistakes: list[Mistake]) -> Type:
    """The type of this name; adds a mistake where there is none."""
    parts = [type_named(part, mistakes) for part in name.parameters]
    match name.name:
        case "list":
            return ListType(parts[0] if parts else ANY)
        case "range":
            return RangeType(parts[0] if parts else ANY)
        case "context":
            entries = {key: type_named(member, mistakes) for key, member in name.members}
            return ContextType(entries or None)
        case "function":
            result = type_named(name.result, mistakes) if name.result is not None else None
            return FunctionType(tuple(parts) if name.result is not None else None, result)
    if name.name not in _PLAIN:
        hint = did_you_mean(name.name, [*_PLAIN, *_WITH_PARTS])
        mistakes.append(Mistake(f"There is no type `{name.name}`.", name.span, hint))
    return _PLAIN.get(name.name, ANY)


def type_of_moment(text: str) -> Type | None:
    """The type of what stands in ``@"…"``, or None where it is no date, time or duration (``2023-02-30``)."""
    value = read_temporal(text)
    return None if value is None else _MOMENTS[type(value)]
