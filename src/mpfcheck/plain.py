r"""Text from proposals made harmless: what a terminal or a reader could take for more than text is spelled out.

Control characters and escape sequences could repaint the screen, direction overrides could swap what is read, a line
break could fake a line of the report. White space becomes one space; everything else that has no shape of its own is
shown as its escape (``\x1b``, ``\u202e``).
"""

from __future__ import annotations

import re

__all__ = ["escaped", "harmless", "plain", "whole_amounts"]

_JOINERS = "\u200c\u200d"
"""Zero width joiner and non-joiner: part of ordinary Persian, Urdu and Hindi spelling, and harmless."""


_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u2800\u3164\uffa0")
"""Letters and marks that are drawn as nothing, such as the fillers of Hangul: two names that look alike may differ."""


def escaped(character: str) -> str:
    r"""A character as the escape that people and programs know: ``\x1b``, ``\u202e``, ``\U000e0001``."""
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def plain(text: str) -> str:
    """The text on one line, with nothing in it that is not shown as itself."""
    if text.isprintable() and (text.isascii() or _UNSEEN.isdisjoint(text)):
        return text
    return "".join(
        character
        if (character.isprintable() and character not in _UNSEEN) or character in _JOINERS
        else " "
        if character.isspace()
        else escaped(character)
        for character in text
    )


def harmless(text: str) -> str:
    """The text with its own line breaks and tabs, and with nothing else in it that is not shown as itself."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(piece if piece in ("\n", "\t") else plain(piece) for piece in re.split("([\n\t])", text))


_WITHIN_AMOUNT = re.compile(r"(?<=EUR) (?=\d)|(?<=\d) (?=\d{3}(?!\d))")
_NO_BREAK = "\u00a0"


def whole_amounts(text: str) -> str:
    """The text with no-break spaces within its amounts: no line ends inside ``EUR 190 000.01``."""
    return _WITHIN_AMOUNT.sub(_NO_BREAK, text)
