"""Where reports go: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Literal, TextIO

import click

from mpfcheck.reporting.style import Style

if TYPE_CHECKING:
    from mpfcheck.reporting.reporter import Write

__all__ = ["is_standard", "output", "style_for", "width_for"]

WIDEST = 80
"""Longer lines are harder to read, however wide the window."""
NARROWEST = 40


@contextmanager
def output(path: str | None) -> Iterator[Write]:
    """Open the output. A file takes its place only at the end, and only if there was no error on the way.

    Raises click.UsageError where the file cannot be written.
    """
    if path is None or is_standard(path):
        yield sys.stdout.write
        sys.stdout.flush()
    elif _is_special(path):
        with _open(path, "w") as file:
            yield file.write
    else:
        with _replaced(os.path.realpath(path)) as file:
            yield file.write


@contextmanager
def _replaced(path: str) -> Iterator[TextIO]:
    folder, name = os.path.split(path)
    beside = os.path.join(folder, f".{name}.{os.getpid()}.tmp")
    try:
        with _open(beside, "x") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def _open(path: str, mode: Literal["w", "x"]) -> TextIO:
    try:
        return open(path, mode, encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise click.UsageError(f"The output cannot be written to {path}: {error.strerror}.") from None


def is_standard(path: str | None) -> bool:
    """Tell whether an output is standard output."""
    return path is None or path == "-"


def _is_special(path: str) -> bool:
    """Tell whether it is a device, a pipe or anything else that cannot be put in place of another."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def style_for(stream: TextIO) -> Style:
    """Colour where a person looks and has not asked for none (``NO_COLOR``); ``FORCE_COLOR`` asks for it anywhere."""
    if os.environ.get("NO_COLOR"):
        return Style(colour=False)
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return Style(colour=True)
    return Style(colour=stream.isatty() and os.environ.get("TERM") != "dumb")


def width_for(stream: TextIO, widest: int = WIDEST) -> int:
    """The columns of the window, but no more than are good to read."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return WIDEST
    return max(NARROWEST, min(columns, widest)) if columns else WIDEST
