"""Ctrl-C, a hang-up or a request to end, at good moments only: never within a report or a message to a process."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from time import monotonic
from typing import Final

__all__ = ["SIGNALS", "Interrupted", "Interruption", "handling_signals"]

SIGNALS: Final = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
IMPATIENT_AFTER: Final = 1.0
"""Seconds. Shells, supervisors and terminals send a signal twice, one right after the other; people wait first."""


class Interrupted(KeyboardInterrupt):
    """A signal asked the run to end; ``number`` is which."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def handling_signals(handler: Callable[[int], object]) -> Iterator[None]:
    """Call ``handler`` with the number of each signal that asks the process to end.

    Where the process was started to ignore a signal, as by nohup, or where somebody else handles it, nothing changes.
    Neither does it in a thread.
    """
    before = {}
    for number in SIGNALS:
        if signal.getsignal(number) in (signal.default_int_handler, signal.SIG_DFL):
            # Only the main thread may; the others are not interrupted anyway.
            with suppress(ValueError):
                before[number] = signal.signal(number, lambda number, _frame: handler(number))
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)


class Interruption:
    """While it is entered, the first signal waits for the next open moment; one much later ends what goes on at once.

    Signals are handled as by :func:`handling_signals`.
    """

    def __init__(self) -> None:
        """No signal has come yet."""
        self._moment = _Moment()
        self._handling = handling_signals(self._moment.take)

    def __enter__(self) -> Interruption:
        """Take the signals over."""
        self._handling.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        """Give the signals back."""
        self._handling.__exit__(None, None, None)

    @property
    def number(self) -> int | None:
        """The signal that came, if any."""
        return self._moment.number

    def open(self) -> AbstractContextManager[None]:
        """A moment at which a signal may raise :class:`Interrupted`, also for one that came before."""
        return self._moment


class _Moment(AbstractContextManager[None]):
    """What :meth:`Interruption.open` gives: signals are let in where it begins, and wait again where it ends."""

    # Two stand around every input: a generator would take ten times as long.
    __slots__ = ("_open", "_since", "number")

    def __init__(self) -> None:
        self.number: int | None = None
        self._since = 0.0
        self._open = False

    def __enter__(self) -> None:
        self._open = True
        if self.number is not None:
            self._open = False
            raise Interrupted(self.number)

    def __exit__(self, *_: object) -> None:
        self._open = False

    def take(self, number: int) -> None:
        """A signal has come."""
        again = self.number is not None and monotonic() - self._since > IMPATIENT_AFTER
        if self.number is None:
            self.number = number
            self._since = monotonic()
        if again or self._open:
            # The next one must not disturb what this one sets going.
            self._open = False
            raise Interrupted(self.number)
