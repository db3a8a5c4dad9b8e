"""Typed answers to a question of yes or no."""

from __future__ import annotations

from mpfcheck.forms.typed.answer import AskedBack, Reading, Understood
from mpfcheck.forms.typed.characters import plain_characters
from mpfcheck.proposal.values import shown

__all__ = ["NO", "YES", "read_yes_no"]

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
    return AskedBack(
        f"{shown(text)} is neither yes nor no.",
        "Type yes or no. Leave it open while you do not know.",
        (likelier, NO if likelier is YES else YES),
    )
