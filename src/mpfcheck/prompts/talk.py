"""The talk between program and applicant: lines out, lines in, and nothing else.

No cursor is moved, nothing is drawn or coloured, and every prompt ends in one clear line. All text that is said may
come from a proposal: it is made plain first.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TextIO

from mpfcheck.reporting.paragraph import paragraph
from mpfcheck.reporting.plain import plain

__all__ = ["EndOfInputError", "Talk"]

WIDEST = 100
USUAL = 80
NARROWEST = 30


class EndOfInputError(Exception):
    """Nothing more will be typed: the input ended, or its terminal is gone."""


class Talk:
    """Says and asks on two streams, those of the process unless others are given.

    What is read from a pipe or a file is echoed, so that what comes out reads like the talk it was.
    """

    def __init__(self, typed: TextIO | None = None, out: TextIO | None = None) -> None:
        self._typed = sys.stdin if typed is None else typed
        self._out = sys.stdout if out is None else out
        self._echo = not self._typed.isatty()
        self._editing = typed is None and out is None and not self._echo and self._out.isatty()
        self._width = _width(self._out)
        self._first = True
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

    def ask(self, prompt: str) -> str:
        """The line that is typed after a prompt; raises EndOfInputError where there is none any more."""
        prompt = f"{plain(prompt)} "
        if self._editing:
            try:
                return input(prompt)
            except (EOFError, OSError) as error:
                self._out.write("\n")
                raise EndOfInputError from error
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
