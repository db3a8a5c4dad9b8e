"""Values of a draft, as people read them and as text to put back into an input."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.forms.typed.answer import Understood
from mpfcheck.forms.typed.choice import Choice, choice_in_words, choices_of
from mpfcheck.forms.typed.code import read_code
from mpfcheck.forms.typed.day import day_in_words
from mpfcheck.forms.typed.many_codes import read_codes
from mpfcheck.forms.typed.moment import moment_in_words
from mpfcheck.forms.typed.number_field import NumberField, number_in_words, typed_number
from mpfcheck.proposal.fields import Code, Day, Exact, Kind, Many, Moment, Text, Whole
from mpfcheck.proposal.values import (
    AMOUNT_DECIMALS,
    UnfitValueError,
    amount_from,
    as_text,
    day_from,
    decimal_from,
    kind_of,
    moment_from,
    whole_from,
)

__all__ = ["shown_value", "typed_value"]


def shown_value(value: object, kind: Kind, choices: Sequence[Choice] = ()) -> str:
    """A stored value for people: ``EUR 400 000.50``, ``1 March 2024``, ``Moldova (MD)``; empty where there is none.

    A value that does not fit its field, which only a file from elsewhere can bring, is shown as it is.
    """
    match kind:
        case Exact() | Whole() if (number := _number(value, kind)) is not None:
            return number_in_words(number, kind)
        case Day() if isinstance(value, str):
            return _day(value)
        case Moment() if isinstance(value, str):
            return _moment(value)
        case Code() | Text() if isinstance(value, str):
            return _label(value, choices)
        case Many(Code() as item) if isinstance(value, list):
            return ", ".join(shown_value(code, item, choices) for code in value) or "none"
    return _as_it_is(value)


def typed_value(value: object, kind: Kind, choices: Sequence[Choice] = ()) -> str:
    """A stored value as text for an input; reading that text gives the same value. Empty where there is none.

    Of a value that does not fit its field, the text that shows it: reading it asks back.
    """
    match kind:
        case Exact() | Whole() if (number := _number(value, kind)) is not None:
            return typed_number(number, kind)
        case Code(_, codes) if isinstance(value, str) and codes:
            known = choices_of(kind, choices)
            return _readable(value, choices, read_code(_label(value, known), known))
        case Text() if isinstance(value, str) and choices:
            return _readable(value, choices, read_code(_label(value, choices), choices))
        case Many(Code() as item) if isinstance(value, list):
            known = choices_of(item, choices)
            words = ", ".join(_label(code, known) if isinstance(code, str) else _as_it_is(code) for code in value)
            same = read_codes(words, known) if words else None
            if isinstance(same, Understood) and same.value == value:
                return words
            return ", ".join(map(_as_it_is, value))
    return _as_it_is(value)


def _readable(value: str, choices: Sequence[Choice], reading: object) -> str:
    """The label where it is read as this code again, else the code."""
    return _label(value, choices) if isinstance(reading, Understood) and reading.value == value else value


def _number(value: object, field: NumberField) -> str | None:
    """A stored number in digits; None where it is not one that fits."""
    try:
        if isinstance(field, Whole):
            return str(whole_from(value))
        return as_text(amount_from(value) if field.decimals == AMOUNT_DECIMALS else decimal_from(value))
    except UnfitValueError:
        return None


def _day(value: str) -> str:
    try:
        return day_in_words(day_from(value))
    except UnfitValueError:
        return value


def _moment(value: str) -> str:
    try:
        return moment_in_words(moment_from(value))
    except UnfitValueError:
        return value


def _label(value: str, choices: Sequence[Choice]) -> str:
    return next((choice_in_words(choice) for choice in choices if choice.code == value), value)


def _as_it_is(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case dict() | list():
            return kind_of(value)
    return str(value)
