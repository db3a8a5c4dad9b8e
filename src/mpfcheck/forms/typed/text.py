"""Typed open text: kept exactly as it was typed, line ends, blanks and control characters included."""

from __future__ import annotations

from mpfcheck.forms.typed.answer import AskedBack, Reading, Understood
from mpfcheck.proposal.values import shown

__all__ = ["MOST_CHARACTERS", "read_text"]

MOST_CHARACTERS = 1_000_000
"""A thick book. At six bytes a character, the most a file needs for one, the draft can still be read."""


def read_text(text: str) -> Reading:
    """The text itself, unless no file can hold it."""
    if len(text) > MOST_CHARACTERS:
        return AskedBack(
            f"This text has {len(text):,} characters; at most {MOST_CHARACTERS:,} fit.".replace(",", " "),
            "Shorten it, or name a document that holds it.",
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        place = error.start + 1
        return AskedBack(
            f"Character {place} of {shown(text)} is damaged: it is half of a character (a lone surrogate).",
            "Type that character again, or paste the text from another program.",
        )
    return Understood(text, text)
