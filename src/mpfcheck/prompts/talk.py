"""The talk between program and applicant: lines out, lines in, and nothing else.

No cursor is moved, nothing is drawn or coloured, and every prompt ends in one clear line. All text that is said may
come from a proposal: it is made plain first.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from mpfcheck.plain import plain
from mpfcheck.report.paragraph import paragraph

__all__ = ["SIGHUP", "EndOfInputError", "StoppedError", "Talk"]

WIDEST = 100
USUAL = 80
NARROWEST = 30
SIGHUP = 1
"""The signal of a terminal that was closed, also where the system has not sent it yet."""

LOOK_EVERY = 0.1
"""Seconds between two looks at a line that is being typed."""
RESTED = 3
"""So many looks with nothing new, and it is kept."""

PASTED_WITHIN = 0.03
"""Seconds in which nobody types a second line, but in which all lines of a paste arrive."""


class EndOfInputError(Exception):
    """Nothing more will be typed: the input ended, or its terminal is gone."""


class StoppedError(KeyboardInterrupt):
    """A signal asked the program to end while somebody was typing: its number, and what was typed of the line."""

    def __init__(self, number: int, typed: str) -> None:
        super().__init__()
        self.signal = number
        self.typed = typed


class Talk:
    """Says and asks on two streams, those of the process unless others are given.

    What is read from a pipe or a file is echoed, so that what comes out reads like the talk it was. ``signal`` is the
    number of the signal that asked the program to end, None where none did.
    """

    def __init__(self, typed: TextIO | None = None, out: TextIO | None = None) -> None:
        self._typed = sys.stdin if typed is None else typed
        self._out = sys.stdout if out is None else out
        self._echo = not self._typed.isatty()
        self._editing = typed is None and out is None and not self._echo and self._out.isatty()
        self._width = _width(self._out)
        self._first = True
        self._asking = False
        self._seen = ""
        self.signal: int | None = None
        if self._editing:
            _edit_lines()

    def say(self, text: str, indent: str = "", hang: str = "") -> None:
        """Say a paragraph; ``hang`` is the further indent of all its lines but the first."""
        self._write(paragraph(text, self._width, first=indent, rest=indent + hang))

    def entry(self, mark: str, text: str) -> None:
        """Say something that stands in a list, after a mark such as ``1.``."""
        first = f"  {mark} "
        self._write(paragraph(text, self._width, first=first, rest=" " * len(first)))

    def blank(self) -> None:
        """Leave a line empty."""
        self._write([""])

    def heading(self, text: str) -> None:
        """Say what comes next, after an empty line."""
        self.blank()
        self.say(text)

    def show(self, text: str) -> None:
        """Show text that was laid out elsewhere, such as a report, as it is."""
        self._out.write(text)

    def stop(self, number: int) -> None:
        """End the talk for a signal: at once where a line is typed (raises StoppedError), else at the next prompt.

        So nothing is cut off in the middle of a step.
        """
        self.signal = number
        if self._asking:
            raise StoppedError(number, (_half_a_line() or self._seen) if self._editing else "")

    def ask(
        self, prompt: str, *, whole: Callable[[str], bool] | None = None, keep: Callable[[str], None] | None = None
    ) -> str:
        """The line that is typed after a prompt; raises EndOfInputError where there is none any more.

        Where ``whole`` is true of the first, lines that are pasted together are one answer, with line breaks in it:
        the ones after the first must not answer what is asked next. ``keep`` gets what is typed so far of a line,
        whenever it rests for a moment, where that can be known. Raises StoppedError for a signal.
        """
        self._asking = True
        try:
            if self.signal is not None:
                raise StoppedError(self.signal, "")
            return self._edited(f"{plain(prompt)} ", whole, keep) if self._editing else self._read(f"{plain(prompt)} ")
        finally:
            self._asking = False

    def _edited(self, prompt: str, whole: Callable[[str], bool] | None, keep: Callable[[str], None] | None) -> str:
        # Whatever is there before the prompt was typed early, line by line, for what is asked now and next.
        early = _more_is_there(0)
        try:
            with self._watched(keep):
                lines = [input(prompt)]
            while whole is not None and whole(lines[0]) and not early and _more_is_there(PASTED_WITHIN):
                lines.append(input())
        except (EOFError, OSError) as error:
            # The terminal may be gone altogether.
            with suppress(OSError):
                self._out.write("\n")
            raise EndOfInputError from error
        typed = "\n".join(lines)
        if _is_closed():
            # The end of a terminal ends the line as Enter does, but nobody pressed it.
            self.signal = SIGHUP
            raise StoppedError(SIGHUP, typed)
        return typed

    @contextmanager
    def _watched(self, keep: Callable[[str], None] | None) -> Iterator[None]:
        """Look again and again at what is typed: a terminal that closes, or a computer that stops, gives no notice."""
        self._seen = ""
        looks = 0

        def look(*_: object) -> None:
            nonlocal looks
            typed = _half_a_line()
            looks = looks + 1 if typed == self._seen else 0
            self._seen = typed
            if keep is not None and typed and looks == RESTED:
                keep(typed)

        try:
            before = signal.signal(signal.SIGALRM, look)
        except (AttributeError, ValueError):
            # Windows has no such signal, and another thread than the main one gets none.
            yield
            return
        signal.setitimer(signal.ITIMER_REAL, LOOK_EVERY, LOOK_EVERY)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _read(self, prompt: str) -> str:
        self._out.write(prompt)
        self._out.flush()
        try:
            line = self._typed.readline()
        except OSError as error:
            # A terminal that went away.
            raise EndOfInputError from error
        if not line:
            self._out.write("\n")
            raise EndOfInputError
        line = line.removesuffix("\n").removesuffix("\r")
        if self._first:
            # Programs on Windows start a file with it.
            line = line.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
            self._first = False
        if self._echo:
            self._out.write(f"{plain(line)}\n")
        return line

    def word(self, prompt: str) -> str:
        """The word that is typed after a prompt at which nothing is answered; to quit there ends all input."""
        typed = self.ask(prompt).strip()
        if typed.casefold() in ("quit", ":quit"):
            raise EndOfInputError
        return typed

    def _write(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._out.write(f"{line}\n")


def _width(out: TextIO) -> int:
    """The columns of the window, but no more than are good to read; or what COLUMNS says, however wide."""
    wanted = os.environ.get("COLUMNS", "")
    if wanted.isdecimal() and len(wanted) < 6:
        return max(NARROWEST, int(wanted))
    try:
        columns = os.get_terminal_size(out.fileno()).columns
    except (OSError, ValueError):
        return USUAL
    return max(NARROWEST, min(columns, WIDEST)) if columns else USUAL


def _edit_lines() -> None:
    """Let the arrow keys move within the line being typed, where the system can do that."""
    try:
        import readline
    except ImportError:
        return
    # What was answered is nobody's business but that of the draft.
    if hasattr(readline, "set_auto_history"):
        readline.set_auto_history(False)
    if os.environ.get("TERM", "dumb") not in ("", "dumb"):
        # A terminal that can say where a paste begins and ends has it taken as one.
        readline.parse_and_bind("set enable-bracketed-paste on")


def _half_a_line() -> str:
    """What is typed so far of the line that is being edited; nothing where the system alone knows."""
    readline = sys.modules.get("readline")
    return "" if readline is None else str(readline.get_line_buffer())


def _is_closed() -> bool:
    """Whether the terminal that somebody typed at is no longer there."""
    try:
        import termios
    except ImportError:
        return False
    try:
        termios.tcgetattr(sys.stdin.fileno())
    except termios.error:
        return True
    return False


def _more_is_there(seconds: float) -> bool:
    """Whether more was typed or pasted than was read, waiting so long for it."""
    import select

    try:
        return bool(select.select([sys.stdin], [], [], seconds)[0])
    except (OSError, ValueError):
        # Not every system can look into its terminal.
        return False
