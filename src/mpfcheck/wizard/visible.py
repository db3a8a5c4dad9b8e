"""Text that somebody typed, as a terminal can show it without obeying it.

Characters that would steer the terminal, turn the direction of what stands beside them, or are drawn as nothing, are
each shown by one picture, so that every place in the text stays the same place on the screen.
"""

from __future__ import annotations

import re

from textual.content import Content

__all__ = ["said", "visible"]

_steering = re.compile(
    "[\x00-\x1f\x7f-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0001-\U000e007f]"
)
_DELETE = 0x7F
_PICTURES = 0x2400
_PICTURE_OF_DELETE = "\N{SYMBOL FOR DELETE}"
_OTHER = "\N{SYMBOL FOR SUBSTITUTE FORM TWO}"


def visible(text: str, *, lines: bool = False) -> str:
    """The text with pictures for what cannot be shown; with ``lines``, line ends stay line ends."""
    if text.isprintable():
        return _steering.sub(_picture, text) if not text.isascii() else text
    if lines:
        return "\n".join(_steering.sub(_picture, line) for line in text.splitlines() or [""])
    return _steering.sub(_picture, text)


def said(text: object, style: str = "") -> Content:
    """Text as content in a style: shown as it is, whatever brackets are in it."""
    shown = visible(str(text), lines=True)
    return Content.styled(shown, style) if style else Content(shown)


def _picture(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number < ord(" "):
        return chr(_PICTURES + number)
    return _PICTURE_OF_DELETE if number == _DELETE else _OTHER
