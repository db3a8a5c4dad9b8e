"""Typed numbers: amounts, quantities, unit costs, months. One number or a question back, never a guess."""

from __future__ import annotations

import re
from decimal import Decimal

from mpfcheck.forms.typed.answer import AskedBack, Reading
from mpfcheck.forms.typed.currencies import other_currency
from mpfcheck.forms.typed.duration import in_another_unit, is_months
from mpfcheck.forms.typed.figure import digits_of, is_figure, multiplied, ways_to_read
from mpfcheck.forms.typed.number_field import NumberField, decimals_of, example, fitting, typed_number, wanted
from mpfcheck.forms.typed.percentage import read_percentage
from mpfcheck.forms.typed.written_number import WrittenNumber, written_number
from mpfcheck.proposal.values import AMOUNT_DECIMALS, MAX_DIGITS, shown

__all__ = ["read_number"]

_scientific = re.compile(
    r"(?P<whole>[0-9]+)(?:[.,](?P<decimals>[0-9]+))?[eE](?P<sign>[+-]?)(?P<zeros>[0-9]+)"
).fullmatch
_in_lakhs = re.compile(r"[0-9]{1,2}(?P<mark>[, ])[0-9]{2}(?:(?P=mark)[0-9]{2})*(?P=mark)[0-9]{3}").fullmatch
_M_IS = (6, 3)
"""The zeros of million, and of thousand: ``m`` is written for both."""


def read_number(text: str, field: NumberField, percent_of: Decimal | None = None) -> Reading:
    """The number somebody typed into this field.

    A share typed into a field for EUR is asked back, with that share of ``percent_of`` (EUR) as suggestion.
    """
    written = written_number(text)
    if written is None:
        return AskedBack(f"{shown(text)} is not {wanted(field)}.", example(field))
    if field.unit == "months":
        if asked := in_another_unit(text, written, field):
            return asked
        if is_months(written):
            written = WrittenNumber(written.figure, negative=written.negative)
    asked = _no_figure(text, written, field) or _not_alone(text, written, field)
    if asked:
        return asked
    return read_percentage(text, written, field, percent_of) if written.percent else _figure(text, written, field)


def _no_figure(text: str, written: WrittenNumber, field: NumberField) -> AskedBack | None:
    """What is said where there is more between the digits than belongs there."""
    if scientific := _scientific(written.figure):
        zeros = int(scientific["zeros"][:3])
        number = multiplied(f"{scientific['whole']}.{scientific['decimals'] or '0'}", zeros)
        return AskedBack(
            f"{shown(text)} is how a spreadsheet shortens a number, and digits may be missing.",
            "Widen the column there and type all the digits.",
            fitting([number], field) if scientific["sign"] != "-" else (),
        )
    if not is_figure(written.figure):
        return AskedBack(f"{shown(text)} is not {wanted(field)}.", example(field))
    return None


def _not_alone(text: str, written: WrittenNumber, field: NumberField) -> AskedBack | None:
    """What is said of a sign or of words beside the number."""
    currency = other_currency(written.words)
    if field.unit != "EUR" and (currency or written.euro):
        return AskedBack(f"{shown(text)} is an amount of money, not {wanted(field)}.", example(field))
    if currency:
        return AskedBack(f"{shown(text)} is in another currency ({currency}).", "Type it in EUR, as all amounts are.")
    if written.negative:
        return AskedBack(f"{shown(text)} is negative.", "Type a number of zero or more.")
    if written.words and not written.percent:
        # Beside an amount an unknown word may be a number word ("400 Tsd."), so that the figure alone is no offer.
        alone = () if field.unit == "EUR" else fitting(ways_to_read(written.figure), field)
        words = shown(" ".join(written.words))
        return AskedBack(f"In {shown(text)}, {words} cannot be read.", f"Type {wanted(field)} alone.", alone)
    return None


def _figure(text: str, written: WrittenNumber, field: NumberField) -> Reading:
    ways = ways_to_read(written.figure)
    if not ways:
        return AskedBack(
            f"The digits of {shown(text)} are not grouped in threes, as thousands are.",
            f"Leave out what separates thousands. {example(field)}",
            fitting([digits_of(written.figure)], field) if _in_lakhs(written.figure) else (),
        )
    if written.zeros is None:
        return AskedBack(
            f'{shown(text)} is unclear: "m" is written for million and for thousand.',
            "Type the number with all its digits.",
            fitting([multiplied(way, zeros) for zeros in _M_IS for way in ways], field),
        )
    numbers = [multiplied(way, written.zeros) for way in ways]
    if len(numbers) == 1:
        return _number(text, numbers[0], field, loose=written.loose)
    # Thousands are likelier in amounts that are written out, and where a zero ends the figure.
    if written.zeros or (field.unit != "EUR" and not written.figure.endswith("0")):
        numbers.reverse()
    return _in_two_ways(text, numbers, field)


def _in_two_ways(text: str, numbers: list[str], field: NumberField) -> AskedBack:
    ways = fitting(numbers, field)
    unfit = [f"{number}, which does not fit here" for number in numbers if not fitting([number], field)]
    said = " or ".join((*(way.shown for way in ways), *unfit))
    typed = " or ".join(typed_number(str(way.value), field) for way in ways)
    return AskedBack(
        f"{shown(text)} can be read in two ways: {said}.", f"Type {typed}." if typed else example(field), ways
    )


def _number(text: str, number: str, field: NumberField, *, loose: bool) -> Reading:
    whole, _, decimals = number.partition(".")
    if len(whole.lstrip("0") or "0") + len(decimals.rstrip("0")) > MAX_DIGITS:
        return AskedBack(
            f"{shown(text)} has more than {MAX_DIGITS} digits.", "Check the number: decimals count as well."
        )
    understood = fitting([number], field)
    most = decimals_of(field)
    if not understood and most == 0:
        return AskedBack(f"{shown(text)} is not a whole number.", "Round it to a whole number, such as 24.")
    if not understood or 0 < most < len(decimals):
        words = "two" if most == AMOUNT_DECIMALS else str(most)
        return AskedBack(f"{shown(text)} has more than {words} decimals.", f"Round it to {words} decimals.", understood)
    if loose:
        return AskedBack(f"{shown(text)} has a decimal mark at one end.", "Are digits missing?", understood)
    if whole.startswith("0") and len(whole) > 1:
        return AskedBack(f"{shown(text)} has a zero in front.", "Is a digit missing?", understood)
    return understood[0]
