"""Types by name: as a rule writes them (``instance of``, parameters), and in words, as messages name them."""

from __future__ import annotations

from mpfcheck.feel.check.mistake import ExpressionMistake
from mpfcheck.feel.syntax.tree import TypeName
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
    NumberType,
    RangeType,
    RecordType,
    SimpleType,
    TextType,
    Type,
)
from mpfcheck.feel.values.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from mpfcheck.feel.values.text import read_temporal
from mpfcheck.nearest import did_you_mean

__all__ = [
    "describe",
    "describe_many",
    "type_named",
    "type_of_moment",
]

_SIMPLE = {
    "Any": ("anything", "anything"),
    "Null": ("null", "nulls"),
    "boolean": ("true or false", "true or false"),
    "date": ("a date", "dates"),
    "time": ("a time", "times"),
    "date and time": ("a date and time", "dates and times"),
    "days and time duration": ("a duration in days", "durations in days"),
    "years and months duration": ("a duration in months", "durations in months"),
}
_NUMBERS = {
    None: ("a number", "numbers"),
    "EUR": ("an amount in EUR", "amounts in EUR"),
    "months": ("a number of months", "numbers of months"),
}


def describe(type_: Type) -> str:
    """One value of the type: ``an amount in EUR``, ``a list of dates``, ``an applicant``."""
    return _forms(type_)[0]


def describe_many(type_: Type) -> str:
    """Several values of the type: ``amounts in EUR``, ``lists of dates``, ``applicants``."""
    return _forms(type_)[1]


def _forms(type_: Type) -> tuple[str, str]:
    match type_:
        case SimpleType(name):
            return _SIMPLE[name]
        case NumberType(unit):
            return _NUMBERS[unit]
        case TextType(None):
            return "a text", "texts"
        case TextType(code_list):
            return f"a code of the list `{code_list}`", f"codes of the list `{code_list}`"
        case ListType(SimpleType("Null")):
            return "an empty list", "empty lists"
        case ListType(SimpleType("Any")):
            return "a list", "lists"
        case ListType(item):
            return f"a list of {describe_many(item)}", f"lists of {describe_many(item)}"
        case RangeType(SimpleType("Any")):
            return "a range", "ranges"
        case RangeType(item):
            return f"a range of {describe_many(item)}", f"ranges of {describe_many(item)}"
        case RecordType(name):
            return f"{_article(name)} {name}", f"{name}s"
        case ContextType():
            return "a context", "contexts"
        case FunctionType():
            return "a function", "functions"


def _article(noun: str) -> str:
    return "an" if noun[:1].lower() in "aeiou" else "a"


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


def type_named(name: TypeName, mistakes: list[ExpressionMistake]) -> Type:
    """The type of this name; adds a mistake for an unknown name."""
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
        hint = did_you_mean(name.name, [*_PLAIN, *_WITH_PARTS], "`")
        mistakes.append(ExpressionMistake(f"Unknown type `{name.name}`.", name.span, hint))
    return _PLAIN.get(name.name, ANY)


def type_of_moment(text: str) -> Type | None:
    """The type of the text in ``@"…"``, or None if it is not a date, time or duration (``2023-02-30``)."""
    value = read_temporal(text)
    return None if value is None else _MOMENTS[type(value)]
