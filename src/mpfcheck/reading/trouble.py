"""What is wrong with a text as JSON: collected while reading goes on, up to a limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["MAX_TROUBLES", "TooMuchTroubleError", "Trouble", "Troubles"]

MAX_TROUBLES: Final = 100
"""After so many problems reading stops: nobody reads on, and a hostile file should not fill the memory with them."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong at an offset in the text: what it is, what to do, and in which part of the document."""

    offset: int
    message: str
    hint: str
    pointer: str


class TooMuchTroubleError(Exception):
    """Reading on makes no sense."""


class Troubles:
    """The troubles of one text, in the order they were met."""

    def __init__(self) -> None:
        self._met: list[Trouble] = []

    def add(self, offset: int, message: str, hint: str, pointer: str) -> None:
        """Remember one; raises TooMuchTroubleError once there are too many."""
        self._met.append(Trouble(offset, message, hint, pointer))
        if len(self._met) == MAX_TROUBLES:
            self.stop(offset, f"Reading stopped here, after {MAX_TROUBLES} problems.", "Mend these first.", pointer)

    def stop(self, offset: int, message: str, hint: str, pointer: str) -> None:
        """Remember one after which reading on makes no sense: always raises TooMuchTroubleError."""
        self._met.append(Trouble(offset, message, hint, pointer))
        raise TooMuchTroubleError

    def all(self) -> tuple[Trouble, ...]:
        """What was met so far."""
        return tuple(self._met)
