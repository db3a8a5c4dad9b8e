"""Ctrl-C at good moments only: never within a report that is being written, nor within a message to a process."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["Interruption"]


class Interruption:
    """While it is entered, the first Ctrl-C waits for the next open moment; the second one ends what goes on at once.

    In a thread, or where the process was started to ignore Ctrl-C, nothing changes.
    """

    def __init__(self) -> None:
        """Nothing was asked for yet."""
        self._asked = False
        self._open = False
        self._installed = False

    def __enter__(self) -> Interruption:
        """Take Ctrl-C over."""
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            try:
                signal.signal(signal.SIGINT, self._on_signal)
                self._installed = True
            except ValueError:
                # Only the main thread may; the others are not interrupted anyway.
                pass
        return self

    def __exit__(self, *_: object) -> None:
        """Give Ctrl-C back."""
        if self._installed:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    @contextmanager
    def open(self) -> Iterator[None]:
        """A moment at which Ctrl-C may raise KeyboardInterrupt, also for one that came before."""
        self._open = True
        try:
            if self._asked:
                raise KeyboardInterrupt
            yield
        finally:
            self._open = False

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        again = self._asked
        self._asked = True
        if again or self._open:
            raise KeyboardInterrupt
