"""A type in words, as the messages to call officers name it."""

from __future__ import annotations

from mpfcheck.feel.types import (
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

__all__ = ["describe", "describe_many"]

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
