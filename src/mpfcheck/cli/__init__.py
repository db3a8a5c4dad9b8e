"""The command line, from its first moment: a signal that comes while it is still being loaded ends it quietly.

Loading takes longer than many people wait. Python would answer Ctrl-C with a traceback then, also while it loads the
module that handles signals.
"""

import os
import sys

# Nothing is imported here that Python has not imported yet: the shorter this takes, the fewer signals come before it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["give_signals_back", "program"]

SIGNALLED = 128
"""The exit code of a program that a signal ended is this and the signal's number: 130 for Ctrl-C."""
_INTERRUPT = 2
_before: dict[int, object] = {}


def _end_quietly(kind: type[BaseException], error: BaseException, trace: "TracebackType | None") -> None:
    if issubclass(kind, KeyboardInterrupt):
        os._exit(SIGNALLED + _INTERRUPT)
    sys.__excepthook__(kind, error, trace)


def program() -> None:
    """Run the command line as a process of its own, and end the process."""
    sys.excepthook = _end_quietly
    import signal

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in (signal.default_int_handler, signal.SIG_DFL):
            _before[number] = signal.signal(number, lambda number, _: os._exit(SIGNALLED + number))
    import gc

    # A start makes many objects and no garbage: to look for some every 700 objects takes a tenth of it.
    gc.set_threshold(50_000, 20, 20)
    from mpfcheck.cli.main import program as run

    run()


def give_signals_back() -> None:
    """Let signals do what they did before: a command is loaded, and heeds them in its own way."""
    import signal

    while _before:
        number, handler = _before.popitem()
        signal.signal(number, handler)  # type: ignore[arg-type]
