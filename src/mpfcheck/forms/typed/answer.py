"""What is understood of a typed answer, and the characters people type read as plain ones."""

from __future__ import annotations

import unicodedata
from typing import TypeAlias

from mpfcheck.frozen import Frozen

__all__ = ["Query", "Reading", "Understood", "plain_characters"]


class Understood(Frozen):
    """A value, as a draft holds it, and how people read it: ``EUR 400 000.50``, ``1 March 2024``, ``Moldova (MD)``."""

    value: object
    shown: str


class Query(Frozen):
    """A text that is not understood: what is unclear or wrong, what to type, and what it may mean.

    ``message`` is a sentence, ``hint`` one or empty. The likelier suggestions come first; each is a value of
    the whole field, and whoever takes one has answered.
    """

    message: str
    hint: str = ""
    suggestions: tuple[Understood, ...] = ()


Reading: TypeAlias = Understood | Query


_SAME = str.maketrans(
    {
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{MODIFIER LETTER APOSTROPHE}": "'",
        "\N{MINUS SIGN}": "-",
        "\N{HYPHEN}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{ARABIC PERCENT SIGN}": "%",
        "\N{SMALL PERCENT SIGN}": "%",
    }
)
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_FULL_WIDTH_OFFSET = 0xFF01 - ord("!")
_WITHOUT_SHAPE = (
    "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
    "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}"
)
"""What comes along when a number is copied out of a document. It changes neither the digits nor their order."""


def plain_characters(text: str) -> str:
    """The text in plain characters, without blanks around it and with one blank where there are several."""
    text = text.strip(f"{_WITHOUT_SHAPE} \t\r\n\f\v\N{NO-BREAK SPACE}")
    plain = text if text.isascii() else "".join(map(_plain, text.translate(_SAME))).strip()
    while "  " in plain:
        plain = plain.replace("  ", " ")
    return plain


def _plain(character: str) -> str:
    if character.isascii():
        return character
    if character in _WITHOUT_SHAPE:
        return ""
    if ord(character) in _FULL_WIDTH:
        return chr(ord(character) - _FULL_WIDTH_OFFSET)
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return " " if unicodedata.category(character) == "Zs" else character
