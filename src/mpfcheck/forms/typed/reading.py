"""Typed answers to values and back: one way in for every kind of question."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mpfcheck.forms.typed.answer import Query, Reading, Understood
from mpfcheck.forms.typed.choice import Choice, choice_in_words, choices_of, like_a_choice, read_code, read_codes
from mpfcheck.forms.typed.day import day_in_words, moment_in_words, read_day, read_moment
from mpfcheck.forms.typed.number import NumberField, number_in_words, read_number, typed_number
from mpfcheck.forms.typed.text import read_text, read_yes_no
from mpfcheck.proposal.fields import Code, Day, Exact, Kind, Many, Moment, Text, Whole, YesNo
from mpfcheck.proposal.values import (
    AMOUNT_DECIMALS,
    UnfitValueError,
    amount_from,
    as_text,
    day_from,
    decimal_from,
    kind_of,
    moment_from,
    shown,
    whole_from,
)

__all__ = ["Choice", "Query", "Reading", "Understood", "read_typed", "readings_of", "shown_value", "typed_value"]


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


def read_typed(
    text: str,
    kind: Kind,
    *,
    choices: Sequence[Choice] = (),
    own_text: bool = False,
    percent_of: Decimal | None = None,
) -> Reading:
    """The value of a field of this kind that somebody typed, or what to ask back; never a guess.

    ``choices`` are those of the question; a field of open text that has some takes nothing else, unless people may
    write something of their own there (``own_text``). ``percent_of`` is the amount in EUR that a percentage typed into
    a field for EUR is a share of, NaN where that is not answered yet; None where no share can be typed.

    Raises TypeError for kinds nobody types: objects, and lists of anything but codes.
    """
    match kind:
        case Text():
            return _read_open(text, choices, own_text=own_text)
        case YesNo():
            return read_yes_no(text)
        case Exact() | Whole():
            return read_number(text, kind, percent_of)
        case Day():
            return read_day(text)
        case Moment():
            return read_moment(text)
        case Code():
            return read_code(text, choices_of(kind, choices))
        case Many(Code() as item):
            return read_codes(text, choices_of(item, choices))
    raise TypeError(f"Nobody types a {type(kind).__name__}.")


def readings_of(value: object, kind: Kind) -> tuple[object, ...]:
    """What a value that does not fit a field of this kind may mean, read as if it had been typed; the likelier first.

    Nothing where it is no text or number, or can be read in no way.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal) or isinstance(kind, Text):
        return ()
    try:
        reading = read_typed(str(value), kind)
    except (TypeError, ValueError):
        # Nobody types an object; and Python does not write out a number of thousands of digits.
        return ()
    found = (reading,) if isinstance(reading, Understood) else reading.suggestions
    return tuple(one.value for one in found)


def _read_open(text: str, choices: Sequence[Choice], *, own_text: bool) -> Reading:
    """Open text, or one of the choices; text of one's own that is like a choice is asked back with both."""
    own = read_text(text)
    if not choices or isinstance(own, Query):
        return own
    chosen = read_code(text, choices)
    if not own_text or isinstance(chosen, Understood):
        return chosen
    alike = like_a_choice(text, choices)
    if not alike:
        return own
    hint = "Type more of the name where you mean one of these, or take your own text."
    return Query(f"{shown(text)} is like a name in the list.", hint, (*alike, own))
