"""Typed durations, for a field that counts months: 24 months, 2 years, 1 year 6 months."""

from __future__ import annotations

import re
from decimal import Context, Decimal

from mpfcheck.forms.typed.answer import AskedBack
from mpfcheck.forms.typed.characters import plain_characters
from mpfcheck.forms.typed.figure import ways_to_read
from mpfcheck.forms.typed.number_field import NumberField, example, fitting, wanted
from mpfcheck.forms.typed.written_number import WrittenNumber
from mpfcheck.proposal.values import shown

__all__ = ["in_another_unit", "is_months"]

_MONTHS = frozenset({"mo", "mos", "mth", "mths", "month", "months"})
_YEARS = frozenset({"y", "yr", "yrs", "year", "years"})
_OTHERS = frozenset({"day", "days", "week", "weeks", "hour", "hours", "quarter", "quarters", "semester", "semesters"})
_MONTHS_A_YEAR = 12
_EXACTLY = Context(prec=100)
_years_and_months = re.compile(r"([0-9]{1,3}) ?y[a-z]*,? ?(?:and |& ?)?([0-9]{1,3}) ?m[a-z]*").fullmatch


def is_months(written: WrittenNumber) -> bool:
    """Whether the number is counted in months, and says so."""
    return (len(written.words) == 1 and written.words[0] in _MONTHS) or (written.zeros is None and not written.words)


def in_another_unit(text: str, written: WrittenNumber, field: NumberField) -> AskedBack | None:
    """What is said of a duration in years, or in anything but months; None where none is typed."""
    if both := _years_and_months(plain_characters(text).casefold()):
        months = [str(_MONTHS_A_YEAR * int(both[1]) + int(both[2]))]
    elif len(written.words) != 1:
        return None
    elif written.words[0] in _YEARS:
        # The figure may be as long as it likes: only the ones that fit become suggestions.
        months = [
            f"{_EXACTLY.multiply(Decimal(way), _MONTHS_A_YEAR):f}"
            for way in ways_to_read(written.figure)
            if len(way) <= 12
        ]
    elif written.words[0] in _OTHERS:
        return AskedBack(f"{shown(text)} is not in months.", f"Count the months. {example(field)}")
    else:
        return None
    suggestions = fitting(months, field)
    said = f", which is {suggestions[0].shown}" if len(suggestions) == 1 else ""
    return AskedBack(f"{shown(text)} is in years{said}; {wanted(field)} is wanted.", example(field), suggestions)
