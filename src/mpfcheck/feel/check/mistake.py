"""A mistake: what is wrong with an expression whatever the proposal, where it is, and how to fix it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mpfcheck.feel.errors import Span

__all__ = [
    "Mistake",
    "did_you_mean",
    "foreign_letter",
    "nearest",
]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong. ``message`` and ``hint`` are sentences for people; ``hint`` may be empty."""

    message: str
    span: Span
    hint: str = ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, or None where none is like it."""
    # Only needed once something is wrong, and not cheap to import.
    from difflib import get_close_matches

    by_lower_case = {other.lower(): other for other in sorted(known)}
    found = get_close_matches(word.lower(), list(by_lower_case), n=1, cutoff=0.6)
    return by_lower_case[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str], quote: str = "`") -> str:
    """``Did you mean `country`?``, or nothing where no known word is like it.

    Names are of Latin letters: one that only looks like such a letter, or cannot be seen, is named first.
    """
    found = nearest(word, known)
    meant = f"Did you mean {quote}{found}{quote}?" if found is not None else ""
    return " ".join(filter(None, (foreign_letter(word), meant)))


def foreign_letter(word: str) -> str:
    """A sentence about a letter of another alphabet, or an invisible one, in a word; empty where there is none."""
    import unicodedata

    names = {character: unicodedata.name(character, "") for character in word if not character.isascii()}
    odd, name = next((pair for pair in names.items() if not pair[1].startswith("LATIN ")), ("", ""))
    if not odd:
        return ""
    shown = f'The character "{odd}"' if odd.isprintable() and not odd.isspace() else "An invisible character"
    return f"{shown} is {name or 'unnamed'} (U+{ord(odd):04X}), not a Latin letter. Type the word again."
