"""Signals while the command line is still being loaded: they end it quietly until its command heeds them itself."""

import os
import signal
from types import FrameType

__all__ = ["SIGNALLED", "end_on_signals", "give_signals_back"]

SIGNALLED = 128
"""The exit code of a program that a signal ended is this and the signal's number: 130 for Ctrl-C."""
_before: dict[int, "signal._HANDLER"] = {}


def end_on_signals() -> None:
    """End the process at each signal, without a word."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in (signal.default_int_handler, signal.SIG_DFL):
            _before[number] = signal.signal(number, _end)


def give_signals_back() -> None:
    """Let signals do what they did before: a command is loaded, and heeds them in its own way."""
    while _before:
        signal.signal(*_before.popitem())


def _end(number: int, _frame: FrameType | None) -> None:
    os._exit(SIGNALLED + number)
