"""Exact numbers of a proposal: amounts of money, quantities and unit costs, read without binary floating point.

A number is written as a JSON string (the form that is written back) or as a JSON number, and read alike: a string holds
what JSON writes for a number, and both count by their value. 2e5 is 200000, -0 is 0, and 200000.000 is 200000.00. Only
an amount such as 400.000 is refused in both: half of Europe writes four hundred thousand so. The published schema is
stricter with texts, and knows the one form that is written back.

The digits are limited to 15 altogether, a zero before the point included, which is what every program keeps exactly.
Amounts have at most two decimals, for there is nothing smaller than a cent. Quantities and unit costs have no such
limit: a third of a post and a price per kilometre are ordinary, and only their product is paid.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from mpfcheck.proposal.limits import MAX_MAGNITUDE, number_fits
from mpfcheck.proposal.unfit import UnfitValueError, kind_of, number_shown, shown

__all__ = [
    "AMOUNT_DECIMALS",
    "MAX_DIGITS",
    "MAX_WHOLE",
    "amount_from",
    "as_text",
    "decimal_from",
    "floating",
    "format_money",
    "whole_from",
]

MAX_DIGITS = 15
AMOUNT_DECIMALS = 2
MAX_WHOLE = 10**MAX_DIGITS - 1
_GROUP = 3

_is_amount = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]{1,2})?").fullmatch
_is_decimal = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?").fullmatch
_is_json_number = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?").fullmatch
_EXAMPLE = 'Write it with a point and without separators, such as "120000.00".'


def amount_from(value: object) -> Decimal:
    """An amount in EUR from a JSON string or number, or from a Decimal or int; raises UnfitValueError."""
    if type(value) is str and _is_amount(value) and len(value) <= MAX_DIGITS:
        return Decimal(value)
    return _exact(value, AMOUNT_DECIMALS)


def decimal_from(value: object) -> Decimal:
    """A quantity or unit cost from a JSON string or number, or from a Decimal or int; raises UnfitValueError."""
    if type(value) is str and _is_decimal(value) and len(value) <= MAX_DIGITS:
        return Decimal(value)
    return _exact(value, MAX_DIGITS - 1)


def whole_from(value: object) -> int:
    """A whole number from a JSON string or number (24 and 24.0 are the same), an int or a Decimal.

    Raises UnfitValueError.
    """
    if isinstance(value, str) and (number := _json_number(value)) is not None:
        value = number
    if isinstance(value, float):
        raise floating(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise UnfitValueError(
            f"This should be a whole number, not {kind_of(value)}.", "Write it without quotes, such as 24."
        )
    if isinstance(value, Decimal) and not value.is_finite():
        raise UnfitValueError(f"{value} is no number.", "Write a whole number, such as 24.")
    if value < 0:
        raise UnfitValueError(
            f"The number {number_shown(value)} is negative.", "Write a whole number from 0, such as 24."
        )
    if value > MAX_WHOLE or not number_fits(value):
        raise UnfitValueError(
            f"The number {number_shown(value)} has more than {MAX_DIGITS} digits.", "Check the number."
        )
    if value != (whole := int(value)):
        raise UnfitValueError(
            f"The number {number_shown(value)} is not a whole number.", "Round it to a whole number, such as 24."
        )
    return whole


def as_text(number: Decimal) -> str:
    """A number as a proposal holds it, and as it can be read again: str would write 0.0000001 with an exponent."""
    return f"{number:f}"


def format_money(amount: Decimal) -> str:
    """An amount as people read it: ``EUR 190 000.01``, with cents, and with more decimals where it has more."""
    whole, _, decimals = f"{amount if amount else abs(amount):,f}".replace(",", " ").partition(".")
    return f"EUR {whole}.{decimals.rstrip('0'):0<{AMOUNT_DECIMALS}}"


def _exact(value: object, decimals: int) -> Decimal:
    if isinstance(value, str):
        return _from_text(value, decimals)
    if isinstance(value, float):
        raise floating(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise UnfitValueError(f"This should be a number, not {kind_of(value)}.", _EXAMPLE)
    number = Decimal(value)
    if not number.is_finite():
        raise UnfitValueError(f"{number} is no number.", _EXAMPLE)
    if number < 0:
        raise _negative(f"The number {number_shown(number)}")
    if number > MAX_WHOLE:
        raise _too_long(f"The number {number_shown(number)}")
    return _canonical(number, decimals)


def _canonical(number: Decimal, decimals: int) -> Decimal:
    """The number without sign or exponent and with at most two needless zeros: one that can be written as a string."""
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or exponent < -MAX_MAGNITUDE:
        raise _too_long(f"The number {number_shown(number)}")
    written = "".join(map(str, digits))
    needless = len(written) - len(written.rstrip("0"))
    places = max(0, -exponent - needless) if number else 0
    if places > decimals:
        raise _too_fine(f"The number {number_shown(number)}", decimals)
    whole = len(str(int(number)))
    if whole + places > MAX_DIGITS:
        raise _too_long(f"The number {number_shown(number)}")
    if decimals == AMOUNT_DECIMALS and exponent == -_GROUP and 1 <= number < 10**_GROUP:
        raise UnfitValueError(
            f"The number {number_shown(number)} may have a point between thousands.",
            "Write amounts to the cent, and without separators.",
        )
    cents = min(-exponent, AMOUNT_DECIMALS)
    if places < cents and whole + cents <= MAX_DIGITS:
        places = cents
    return Decimal(f"{number.copy_abs():.{places}f}")


def _json_number(text: str) -> Decimal | None:
    """The number a text holds, written the way JSON writes numbers; None where it is none, or far too long."""
    if len(text) > MAX_MAGNITUDE or not _is_json_number(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        # An exponent of more digits than anything can be counted in.
        return None


def _from_text(text: str, decimals: int) -> Decimal:
    number = _json_number(text)
    if number is not None:
        return _exact(number, decimals)
    if _is_json_number(text):
        raise _too_long(shown(text))
    if _is_decimal(text.removeprefix("\N{MINUS SIGN}")):
        raise _negative(shown(text))
    if not text.strip():
        raise UnfitValueError("This is an empty text, not a number.", "Leave the field out until you know the number.")
    if text.strip() != text and _is_decimal(text.strip()):
        raise UnfitValueError(f"{shown(text)} has blanks around the number.", f'Write "{text.strip()}".')
    unpadded = text.lstrip("0")
    unpadded = unpadded if unpadded[:1].isdigit() else f"0{unpadded}"
    if text.startswith("0") and _is_decimal(unpadded):
        raise UnfitValueError(f"{shown(text)} has a zero in front.", f'Write "{unpadded}".')
    raise UnfitValueError(f"{shown(text)} is not a number that can be read without guessing.", _EXAMPLE)


def floating(value: float) -> UnfitValueError:
    """What is said of a float, wherever one is given: the error to raise."""
    return UnfitValueError(
        f"{value!r} is a binary floating-point number, which does not hold cents exactly.",
        'Give a Decimal, an int, or a text such as "120000.00".',
    )


def _negative(quoted: str) -> UnfitValueError:
    return UnfitValueError(f"{quoted} is negative.", "Numbers of a proposal are zero or more.")


def _too_long(quoted: str) -> UnfitValueError:
    return UnfitValueError(
        f"{quoted} has more than {MAX_DIGITS} digits.", f"Use at most {MAX_DIGITS} digits, decimals included."
    )


def _too_fine(quoted: str, decimals: int) -> UnfitValueError:
    if decimals == AMOUNT_DECIMALS:
        return UnfitValueError(f"{quoted} has more than two decimals.", "Write amounts to the cent.")
    return _too_long(quoted)
