"""The words of JSON: numbers, ``true``, ``false``, ``null``; and what other words in their place were meant to be."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Final

from mpfcheck.proposal.limits import MAX_MAGNITUDE, number_fits
from mpfcheck.proposal.unfit import shown
from mpfcheck.reading.trouble import Troubles

__all__ = ["UNREADABLE", "Unreadable", "read_word"]


class Unreadable(Enum):
    """Stands for a value that is there but cannot be known."""

    UNREADABLE = "unreadable"


UNREADABLE: Final = Unreadable.UNREADABLE

_is_number = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?").fullmatch
_is_numeric = re.compile(r"[+-]?[0-9.][0-9._'\u00a0\u202f]*(?:[eE][+-]?[0-9]*)?").fullmatch
_is_money = re.compile(r"(?:EUR|€|\$)?[0-9.]+(?:EUR|€|\$|%)?", re.IGNORECASE).fullmatch

_CONSTANTS: Final = {"true": True, "false": False, "null": None}
_MEANT: Final = {
    "yes": "true",
    "on": "true",
    "no": "false",
    "off": "false",
    "true": "true",
    "false": "false",
    "none": "null",
    "null": "null",
    "nil": "null",
    "undefined": "null",
}
_NO_NUMBERS: Final = {"nan", "infinity", "inf", "-infinity", "-inf", "+infinity", "+inf", "-nan"}


def read_word(word: str, offset: int, pointer: str, troubles: Troubles) -> object:
    """The value of a word that stands at an offset; UNREADABLE, and a trouble, where it has none."""
    if word in _CONSTANTS:
        return _CONSTANTS[word]
    if found := _is_number(word):
        return _number(word, offset, pointer, troubles, whole=found[1] is None and found[2] is None)
    troubles.add(offset, *_explained(word), pointer)
    return UNREADABLE


def _number(word: str, offset: int, pointer: str, troubles: Troubles, *, whole: bool) -> object:
    try:
        number = Decimal(word)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number_fits(number):
        message = f"This number reaches over more than {MAX_MAGNITUDE} places."
        troubles.add(offset, message, "Check the number.", pointer)
        return UNREADABLE
    return int(word) if whole else number


def _explained(word: str) -> tuple[str, str]:
    """What is wrong with a word, and what to do about it."""
    plain = word.casefold()
    if plain in _NO_NUMBERS:
        return f"{word} is no number.", "Write a number, or leave the field out while it is not known."
    if plain in _MEANT:
        return f"{shown(word)} is not JSON.", f"Write {_MEANT[plain]}, in small letters and without quotes."
    if _is_numeric(word):
        return f"{shown(word)} is not a number as JSON writes it.", _number_hint(word)
    if _is_money(word):
        return f"{shown(word)} is not JSON.", "Write only the number, without a currency or percent sign."
    return f"{shown(word)} stands without quotes.", "Put text between double quotes."


def _number_hint(word: str) -> str:
    if word.startswith("+"):
        return "Leave out the plus sign."
    if re.match(r"-?0[0-9]", word):
        return "Leave out the zeros in front, or put it in double quotes where it is no quantity."
    if "." in (word.lstrip("-")[:1], word[-1:]):
        return "Write a digit before and after the point, such as 0.5."
    if any(mark in word for mark in "_'\u00a0\u202f") or word.count(".") > 1:
        return "Write it without thousands separators, such as 120000.00."
    return "Write digits with a point before the cents, such as 120000.00."
