"""The digits of a number and what stands between them, in every way in which they can be read.

In one country ``400.000`` is four hundred thousand and in the next it is four hundred. Where only one reading keeps to
how numbers are written anywhere (digits in groups of three, one decimal mark, the last of all), that is the number.
"""

from __future__ import annotations

import re

__all__ = ["digits_of", "is_figure", "multiplied", "ways_to_read"]

_DECIMAL_MARKS = ".,\N{ARABIC DECIMAL SEPARATOR}"
_GROUP_MARKS = " '.,\N{ARABIC THOUSANDS SEPARATOR}"
_only_figure = re.compile(rf"[0-9{_GROUP_MARKS}{_DECIMAL_MARKS}]+").fullmatch
_digits = re.compile(r"[0-9]+").fullmatch
_grouped = re.compile(rf"[1-9][0-9]{{0,2}}(?P<mark>[{_GROUP_MARKS}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*").fullmatch


def is_figure(text: str) -> bool:
    """Whether there is nothing but digits and what may stand between them."""
    return _only_figure(text) is not None


def ways_to_read(figure: str) -> tuple[str, ...]:
    """The numbers a figure can be, with a point and without other marks; thousands first, none where none fits.

    Zeros in front and at the end are kept.
    """
    if _digits(figure):
        return (figure,)
    ways = []
    if _grouped(figure):
        ways.append(digits_of(figure))
    last = max(map(figure.rfind, _DECIMAL_MARKS))
    whole, decimals = figure[:last], figure[last + 1 :]
    if last > 0 and _digits(decimals):
        grouped = _grouped(whole)
        if _digits(whole) or (grouped and grouped["mark"] != figure[last]):
            ways.append(f"{digits_of(whole)}.{decimals}")
    return tuple(ways)


def multiplied(number: str, zeros: int) -> str:
    """A number as :func:`ways_to_read` gives it, times 10 to the power of ``zeros``."""
    if not zeros:
        return number
    whole, _, decimals = number.partition(".")
    digits = whole + decimals[:zeros].ljust(zeros, "0")
    digits = digits.lstrip("0") or "0" if whole == "0" else digits
    rest = decimals[zeros:]
    return f"{digits}.{rest}" if rest else digits


def digits_of(figure: str) -> str:
    """The digits alone."""
    return re.sub("[^0-9]", "", figure)
