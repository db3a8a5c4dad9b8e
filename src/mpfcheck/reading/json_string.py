"""The strings of JSON, between double quotes, and what can be wrong inside them."""

from __future__ import annotations

import re
from typing import Final

from mpfcheck.proposal.unfit import shown
from mpfcheck.reading.trouble import Troubles

__all__ = ["read_string"]

_plain = re.compile(r'[^"\\\x00-\x1f]*').match
_is_hex = re.compile(r"[0-9a-fA-F]{4}").fullmatch
_low_surrogate = re.compile(r"\\u([dD][c-fC-F][0-9a-fA-F]{2})").match
_after = re.compile(r"\s*(.?)", re.DOTALL).match

_ESCAPES: Final = {
    '"': '"',
    "\\": "\\",
    "/": "/",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
}
_NO_CHARACTER: Final = "\N{REPLACEMENT CHARACTER}"


def read_string(text: str, start: int, pointer: str, troubles: Troubles) -> tuple[str, int]:
    """The string whose opening quote stands at ``start``, and the offset after it. Troubles are added, never raised."""
    parts: list[str] = []
    at = start + 1
    control_told = False
    while True:
        plain = _plain(text, at)
        at = plain.end() if plain else at
        parts.append(plain[0] if plain else "")
        character = text[at : at + 1]
        if character == '"':
            return "".join(parts), at + 1
        if character == "\\":
            read, at = _escape(text, at, pointer, troubles)
            parts.append(read)
        elif not character:
            troubles.add(start, "This text is not closed.", "Put a double quote at its end.", pointer)
            return "".join(parts), at
        elif character in "\r\n" and not control_told and not _goes_on(text, at):
            troubles.add(
                start, "This text is not closed before the end of its line.", "Put a double quote at its end.", pointer
            )
            return _without_comma("".join(parts), at)
        else:
            if not control_told:
                troubles.add(at, *_control(character), pointer)
                control_told = True
            parts.append(character)
            at += 1


def _escape(text: str, at: int, pointer: str, troubles: Troubles) -> tuple[str, int]:
    """What the escape at an offset stands for, and the offset after it."""
    letter = text[at + 1 : at + 2]
    if letter in _ESCAPES:
        return _ESCAPES[letter], at + 2
    digits = text[at + 2 : at + 6]
    if letter != "u" or not _is_hex(digits):
        hint = r"Write a backslash as two: \\." if letter != "u" else r"Write four digits after it, such as \u00e9."
        troubles.add(at, f"{shown(text[at : at + 2])} is not an escape JSON knows.", hint, pointer)
        return text[at : at + 2], at + 2
    code = int(digits, 16)
    if not 0xD800 <= code <= 0xDFFF:
        return chr(code), at + 6
    low = _low_surrogate(text, at + 6)
    if code < 0xDC00 and low:
        return chr(0x10000 + ((code - 0xD800) << 10) + (int(low[1], 16) - 0xDC00)), at + 12
    message = f"\\u{digits} is only half of a character."
    troubles.add(at, message, "Write the character itself, or both of its halves.", pointer)
    return _NO_CHARACTER, at + 6


def _goes_on(text: str, line_end: int) -> bool:
    """Whether a text seems to go on after the end of its line: the next quote closes something."""
    quote = text.find('"', line_end)
    after = _after(text, quote + 1)
    return quote >= 0 and after is not None and after[1] in (",", "}", "]")


def _without_comma(read: str, at: int) -> tuple[str, int]:
    """A text that lost its closing quote has mostly swallowed the comma after it."""
    kept = read.rstrip()
    return (kept[:-1], at - (len(read) - len(kept)) - 1) if kept.endswith(",") else (read, at)


def _control(character: str) -> tuple[str, str]:
    if character in "\r\n":
        return "There is a line break inside this text.", r"Write \n for it, or keep the text on one line."
    if character == "\t":
        return "There is a tab inside this text.", r"Write \t for it, or a blank."
    code = f"U+{ord(character):04X}"
    return f"There is a control character ({code}) inside this text.", "Take it out."
