"""The one way to a terminal: whatever is written there that came from outside is made harmless.

Usage errors quote what was typed, packs and files speak through exceptions, and a service logs what it is sent. On
standard error stands what a person must know beside the report, and a line that shows the progress of a long run.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from time import monotonic
from typing import TYPE_CHECKING, TextIO

import click

from mpfcheck.plain import harmless

__all__ = ["ProgressCount", "careful_streams", "say", "show"]

CLEAR_LINE = "\r\x1b[K"
"""What the line of the progress begins with: it is written over the line before."""
FIRST_AFTER = 1.0
EVERY = 0.2
_styles = re.compile("(\x1b\\[[0-9;]*m)").split


class PlainStream:
    """A stream that makes harmless what is written to it.

    With ``styled`` colours are let through, which only our own reports have: what they quote is plain already.
    """

    def __init__(self, stream: TextIO, *, styled: bool = False) -> None:
        self._stream = stream
        self._styled = styled

    def write(self, text: str) -> int:
        """Write a text."""
        if self._styled:
            pieces = _styles(text)
            pieces[::2] = map(harmless, pieces[::2])
            self._stream.write("".join(pieces))
        else:
            own = CLEAR_LINE if text.startswith(CLEAR_LINE) else ""
            self._stream.write(own + harmless(text.removeprefix(own)))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write several texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


@contextmanager
def careful_streams() -> Iterator[None]:
    """Make standard error careful, and standard output where it is a terminal: elsewhere it is data."""
    before = sys.stdout, sys.stderr
    if sys.stderr is not None:
        sys.stderr = _careful(sys.stderr)
    if sys.stdout is not None and sys.stdout.isatty():
        sys.stdout = _careful(sys.stdout, styled=True)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def show(error: click.ClickException) -> None:
    """Say on standard error what is wrong, as click does."""
    words = StringIO()
    error.show(file=words)
    sys.stderr.write(harmless(words.getvalue()))


class ProgressCount:
    """Counts; writes the count now and then, over itself, where a person would see it and nothing else is shown.

    ``find_total`` is asked once, when there is somebody to tell: how many bytes there are, None if that is not known.
    """

    def __init__(
        self, *, shown: bool, find_total: Callable[[], int | None] = lambda: None, done: str = "checked"
    ) -> None:
        """Write only if ``shown``; ``done`` is what was done with what is counted."""
        self._shown = shown
        self._done = done
        self._find_total = find_total
        self._total: int | None = None
        self._count = 0
        self._size = 0
        self._started = monotonic()
        self._next = self._started + FIRST_AFTER
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
            _write(f"{CLEAR_LINE}{self._line(now - self._started)}")

    def clear(self) -> None:
        """Take the line away again."""
        if self._written:
            _write(CLEAR_LINE)
            self._written = False

    def _line(self, seconds: float) -> str:
        line = f"{self._done} {_number(self._count)}"
        if seconds > 0:
            line += f", {_number(round(self._count / seconds))} a second"
        if self._total and 0 < self._size <= self._total:
            line += f", {_duration(seconds * (self._total - self._size) / self._size)} left"
        return line


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


if TYPE_CHECKING:

    def _careful(stream: TextIO, *, styled: bool = False) -> TextIO: ...

else:
    _careful = PlainStream
