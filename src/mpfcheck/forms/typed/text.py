"""Texts, and yes or no, as people type them."""

from __future__ import annotations

from mpfcheck.forms.typed.answer import Query, Reading, Understood, plain_characters
from mpfcheck.proposal.values import shown

__all__ = ["MOST_CHARACTERS", "NO", "YES", "read_text", "read_yes_no"]


MOST_CHARACTERS = 1_000_000
"""A thick book. At six bytes a character, the most a file needs for one, the draft can still be read."""


def read_text(text: str) -> Reading:
    """The text itself, unless no file can hold it."""
    if len(text) > MOST_CHARACTERS:
        return Query(
            f"This text has {len(text):,} characters; at most {MOST_CHARACTERS:,} fit.".replace(",", " "),
            "Shorten it, or name a document that holds it.",
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        place = error.start + 1
        return Query(
            f"Character {place} of {shown(text)} is damaged: it is half of a character (a lone surrogate).",
            "Type that character again, or paste the text from another program.",
        )
    return Understood(text, text)


YES, NO = Understood(value=True, shown="yes"), Understood(value=False, shown="no")
_WORDS = {"yes": YES, "y": YES, "true": YES, "no": NO, "n": NO, "false": NO}
_HINTED = {"1": YES, "0": NO, "t": YES, "f": NO, "ok": YES, "oui": YES, "ja": YES, "da": YES, "non": NO, "nein": NO}
"""What may mean yes or no but is no English word for it: 1 could as well be the first of two choices."""


def read_yes_no(text: str) -> Reading:
    """Yes or no, in English words; anything else is asked back, with both as suggestions, the likelier first."""
    word = plain_characters(text).casefold().rstrip(".!")
    if word in _WORDS:
        return _WORDS[word]
    likelier = _HINTED.get(word, YES)
    return Query(
        f"{shown(text)} is neither yes nor no.",
        "Answer yes or no. Leave it open while you do not know.",
        (likelier, NO if likelier is YES else YES),
    )
