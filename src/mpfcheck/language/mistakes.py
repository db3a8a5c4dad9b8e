"""A mistake: what is wrong with an expression whatever the proposal, where it stands, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mpfcheck.language.tree import Span

__all__ = ["Mistake", "did_you_mean", "nearest"]


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
    """``Did you mean `country`?``, or nothing where no known word is like it."""
    found = nearest(word, known)
    return f"Did you mean {quote}{found}{quote}?" if found is not None else ""
