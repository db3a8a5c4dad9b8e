"""What is wrong with a rule pack: mistakes with their place, collected and raised together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mpfcheck.frozen import Frozen

__all__ = ["NO_PLACE", "PackError", "PackMistake", "Place"]


class Place(NamedTuple):
    """A place in a rule file: the file's name relative to the pack, line and column from 1."""

    file: str
    line: int
    column: int


NO_PLACE = Place("", 0, 0)
"""The place of what was not read from a file."""


class PackMistake(Frozen):
    """One mistake in a rule pack: where it is, what is wrong, and what to do about it (may be empty).

    Message and hint are sentences, and are made so: a capital in front and a stop at the end.
    """

    place: Place
    message: str
    hint: str

    def __init__(self, place: Place, message: str, hint: str = "") -> None:
        super().__init__(place, _sentence(message), _sentence(hint))

    def __str__(self) -> str:
        """Return ``file:line:column: message`` and the hint, as editors and terminals read it."""
        file, line, column = self.place
        return f"{file}:{line}:{column}: {self.message} {self.hint}".rstrip()


class PackError(Exception):
    """A rule pack that cannot be used; ``mistakes`` says all that is wrong with it, in the order of the files."""

    def __init__(self, mistakes: Iterable[PackMistake]) -> None:
        self.mistakes: tuple[PackMistake, ...] = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))

    def __reduce__(self) -> tuple[type[PackError], tuple[tuple[PackMistake, ...]]]:
        """What a copy is made of: errors travel between the processes of a pool."""
        return type(self), (self.mistakes,)


def _sentence(text: str) -> str:
    if not text:
        return text
    stop = "" if text.endswith((".", "?", "!", "…")) else "."
    return f"{text[0].upper()}{text[1:]}{stop}"
