"""The characters of numbers and days, whatever keyboard or script they were typed in, as the plain ones.

Only what is certain is exchanged: a digit of any script for its digit, a blank of any width for a blank, a full-width
form for the plain one. A superscript or a fraction is not a digit here, so that 10² never becomes 102.
"""

from __future__ import annotations

import unicodedata

__all__ = ["plain_characters"]

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
