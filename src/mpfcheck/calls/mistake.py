"""What is wrong with a rule pack: mistakes with their place, collected and raised together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mpfcheck.calls.rule import Place

__all__ = ["PackError", "PackMistake", "nearest"]


class PackMistake(NamedTuple):
    """One mistake in a rule pack: where it is, what is wrong, and what to do about it (may be empty)."""

    place: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """``file:line:column: message`` and the hint, as editors and terminals read it."""
        file, line, column = self.place
        said = f"{file}:{line}:{column}: {self.message}"
        return f"{said} ({self.hint})" if self.hint else said


class PackError(Exception):
    """A rule pack that cannot be used; ``mistakes`` says all that is wrong with it, in the order of the files."""

    def __init__(self, mistakes: Iterable[PackMistake]) -> None:
        self.mistakes: tuple[PackMistake, ...] = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


def nearest(name: str, known: Iterable[str]) -> str:
    """Hint at the known name most like ``name``: ``did you mean "severity"?``; empty where none is like it."""
    # Only files with mistakes pay for this import.
    from difflib import get_close_matches

    names: Sequence[str] = sorted(known)
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else ""
