"""Number fields: what they hold, how a draft stores it, and how people read it.

There is one way to store a number, so that one amount is one text however it was typed: amounts and unit costs with
cents, other exact numbers without needless zeros, whole numbers as numbers. The decimal context plays no part.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias

from mpfcheck.forms.typed.answer import Understood
from mpfcheck.proposal.fields import Exact, Whole
from mpfcheck.proposal.values import AMOUNT_DECIMALS, MAX_DIGITS, format_money

__all__ = [
    "NumberField",
    "decimals_of",
    "example",
    "fitting",
    "number_in_words",
    "number_value",
    "typed_number",
    "wanted",
]

NumberField: TypeAlias = Exact | Whole


def wanted(field: NumberField) -> str:
    """What the field holds, as a message calls it."""
    match field:
        case Exact("EUR"):
            return "an amount in EUR"
        case Whole("months"):
            return "a number of whole months"
        case Exact("months"):
            return "a number of months"
        case Whole():
            return "a whole number"
    return "a number"


def example(field: NumberField) -> str:
    """What to type into the field, as a hint."""
    match field:
        case Exact("EUR"):
            return "Type the amount in digits, such as 400000.50."
        case Exact():
            return "Type the number in digits, such as 24 or 5.5."
    return "Type the number in digits, such as 24."


def decimals_of(field: NumberField) -> int:
    """How many decimals a number of the field may have."""
    return field.decimals if isinstance(field, Exact) else 0


def fitting(numbers: Iterable[str], field: NumberField) -> tuple[Understood, ...]:
    """Those of the numbers (digits, and a point before decimals) that fit the field, as its values, each once."""
    found: dict[object, Understood] = {}
    for number in map(_bare, numbers):
        whole, _, decimals = number.partition(".")
        if len(whole) + len(decimals) <= MAX_DIGITS and len(decimals) <= decimals_of(field):
            understood = Understood(number_value(number, field), number_in_words(number, field))
            found.setdefault(understood.value, understood)
    return tuple(found.values())


def number_value(number: str, field: NumberField) -> str | int:
    """A number that fits the field, as a draft holds it."""
    number = _bare(number)
    if isinstance(field, Whole):
        return int(number)
    return _with_cents(number) if field.unit == "EUR" else number


def number_in_words(number: str, field: NumberField) -> str:
    """A number as people read it: ``EUR 400 000.50``, ``24 months``, ``1 234.5``."""
    number = _bare(number)
    if field.unit == "EUR":
        return format_money(Decimal(number))
    whole, point, decimals = number.partition(".")
    grouped = f"{int(whole):,}".replace(",", " ") + point + decimals
    if field.unit == "months":
        return f"{grouped} month" if number == "1" else f"{grouped} months"
    return grouped


def typed_number(number: str, field: NumberField) -> str:
    """A number as text that is read as that number again: 1.333 could be thousands, 1.3330 could not."""
    number = _bare(number)
    if isinstance(field, Exact) and field.unit == "EUR":
        number = _with_cents(number)
    whole, _, decimals = number.partition(".")
    return f"{number}0" if len(decimals) == 3 and len(whole) <= 3 else number


def _with_cents(number: str) -> str:
    whole, _, decimals = number.partition(".")
    if len(whole) + AMOUNT_DECIMALS <= MAX_DIGITS:
        decimals = decimals.ljust(AMOUNT_DECIMALS, "0")
    return f"{whole}.{decimals}" if decimals else whole


def _bare(number: str) -> str:
    """The number without zeros in front and at the end."""
    whole, _, decimals = number.partition(".")
    whole, decimals = whole.lstrip("0") or "0", decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole
