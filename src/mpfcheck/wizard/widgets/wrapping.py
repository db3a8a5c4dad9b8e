"""Lines broken as people read: an amount such as ``EUR 190 000.01`` is one word."""

from __future__ import annotations

import re

from textual.content import Content

__all__ = ["wrapped"]

_in_amount = re.compile(r"(?<=EUR) (?=\d)|(?<=\d) (?=\d{3}(?!\d))|(?<=\d) (?=%)")
_GLUE = "\N{BRAILLE PATTERN BLANK}"


def wrapped(text: Content, width: int) -> list[Content]:
    """The lines of a text in a width; no amount is broken that fits."""
    plain = text.plain
    if not _in_amount.search(plain):
        return text.wrap(width)
    # Whatever is a blank may be broken at, so that what must not be is none while lines are made.
    glued = Content(_in_amount.sub(_GLUE, plain.replace(_GLUE, " ")), spans=list(text.spans))
    return [Content(line.plain.replace(_GLUE, " "), spans=list(line.spans)) for line in glued.wrap(width)]
