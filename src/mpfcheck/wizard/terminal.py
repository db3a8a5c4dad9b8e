"""The terminal, where Textual's own driver would lose a key or the end of the line.

An Esc with another key close behind it is two keys. A terminal that was closed ends the program, and is not a fault.
"""

from __future__ import annotations

import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import TextIOWrapper
from os import read
from typing import IO, Any, cast

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

__all__ = ["Terminal"]

ESCAPE = "\x1b"
_NOT_APART = "[O]P_^bf\x7f\x08"
"""What makes one key with an Esc before it: the starts of sequences, and the word keys of a Mac's editing."""

_AT_ONCE = 4096


class Keys(XTermParser):
    """Reads keys. Esc, then Enter within a tenth of a second, is not Enter alone."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if len(sequence) == len(ESCAPE) + 1 and sequence[0] == ESCAPE and sequence[1] not in _NOT_APART + ESCAPE:
            yield events.Key("escape", ESCAPE)
            sequence = sequence[1]
        yield from super()._sequence_to_key_events(sequence, alt)


class _Lasting:
    """A file that may go away: what cannot be written to a terminal that was closed has no reader."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class Terminal(LinuxDriver):
    """Reads and draws. ``hang_up`` of the app is called once where the terminal is gone."""

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self._file = cast("TextIOWrapper", _Lasting(cast("TextIOWrapper", self._file)))
        self._hang_up: Callable[[], object] = app.hang_up

    def run_input_thread(self) -> None:
        """Wait for input and hand it on, until the program ends or the terminal goes away."""
        parser = Keys(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(0.1):
                    try:
                        data = read(self.fileno, _AT_ONCE)
                    except OSError:
                        data = b""
                    if not data:
                        self._loop.call_soon_threadsafe(self._hang_up)
                        return
                    for event in parser.feed(decode(data)):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
