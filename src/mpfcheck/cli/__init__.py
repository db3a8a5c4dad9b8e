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

__all__ = ["program"]

INTERRUPTED = 130


def _end_quietly(kind: type[BaseException], error: BaseException, trace: "TracebackType | None") -> None:
    if issubclass(kind, KeyboardInterrupt):
        os._exit(INTERRUPTED)
    sys.__excepthook__(kind, error, trace)


def program() -> None:
    """Run the command line as a process of its own, and end the process."""
    sys.excepthook = _end_quietly
    from mpfcheck.cli.signals import end_on_signals

    end_on_signals()
    import gc

    # A start makes some 60 000 objects and no garbage: to look for some among them takes a tenth of it.
    gc.set_threshold(200_000, 20, 20)
    from mpfcheck.cli.main import program as run

    run()
