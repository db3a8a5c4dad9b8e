"""The one way to a terminal: whatever is written there that came from outside is made harmless.

Usage errors quote what was typed, packs and files speak through exceptions, and a service logs what it is sent.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, TextIO

import click

from mpfcheck.report.plain import harmless

__all__ = ["CLEAR_LINE", "careful_streams", "show"]

CLEAR_LINE = "\r\x1b[K"
"""What the line of the progress begins with: it is written over the line before."""
_styles = re.compile("(\x1b\\[[0-9;]*m)").split


class Careful:
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


if TYPE_CHECKING:

    def _careful(stream: TextIO, *, styled: bool = False) -> TextIO: ...

else:
    _careful = Careful
