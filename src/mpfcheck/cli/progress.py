"""Standard error: what a person is told beside the report, and a line that shows a waiting person how far it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from mpfcheck.cli.terminal import CLEAR_LINE

__all__ = ["Progress", "say"]

FIRST_AFTER = 1.0
EVERY = 0.2


class Progress:
    """Counts; writes the count now and then, over itself, where a person would see it and nothing else is shown.

    ``find_total`` is asked once, when there is somebody to tell: how many bytes there are, None if that is not known.
    """

    def __init__(self, *, shown: bool, find_total: Callable[[], int | None] = lambda: None) -> None:
        """Write only if ``shown``."""
        self._shown = shown
        self._find_total = find_total
        self._total: int | None = None
        self._count = 0
        self._size = 0
        self._begun = monotonic()
        self._next = self._begun + FIRST_AFTER
        self._written = False

    def step(self, inputs: int = 1, size: int = 0) -> None:
        """So many more inputs are finished, of so many bytes."""
        self._count += inputs
        self._size += size
        if self._shown and (now := monotonic()) >= self._next:
            self._next = now + EVERY
            if not self._written:
                self._total = self._find_total()
            self._written = True
            _write(f"{CLEAR_LINE}{self._line(now - self._begun)}")

    def clear(self) -> None:
        """Take the line away again."""
        if self._written:
            _write(CLEAR_LINE)
            self._written = False

    def _line(self, seconds: float) -> str:
        said = f"checked {_number(self._count)}"
        if seconds > 0:
            said += f", {_number(round(self._count / seconds))} a second"
        if self._total and 0 < self._size <= self._total:
            said += f", {_duration(seconds * (self._total - self._size) / self._size)} left"
        return said


def say(line: str) -> None:
    """Tell a person something beside the report."""
    _write(f"{line}\n")


def _write(text: str) -> None:
    # After a hang-up there is no terminal any more; the report must not be lost for want of a reader of the talk.
    with suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()


def _number(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
