r"""Text from proposals made harmless: what a terminal or a reader could take for more than text is spelled out.

Control characters and escape sequences could repaint the screen, direction overrides could swap what is read, a line
break could fake a line of the report. White space becomes one space; everything else that has no shape of its own is
shown as its escape (``\x1b``, ``\u202e``).
"""

from __future__ import annotations

__all__ = ["escaped", "plain"]

_JOINERS = "\u200c\u200d"
"""Zero width joiner and non-joiner: part of ordinary Persian, Urdu and Hindi spelling, and harmless."""


def escaped(character: str) -> str:
    r"""A character as the escape that people and programs know: ``\x1b``, ``\u202e``, ``\U000e0001``."""
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def plain(text: str) -> str:
    """The text on one line, with nothing in it that is not shown as itself."""
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable() or character in _JOINERS
        else " "
        if character.isspace()
        else escaped(character)
        for character in text
    )
