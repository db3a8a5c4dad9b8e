"""The numbers mpfcheck ends with, and which one stands when several apply. No other module knows them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

__all__ = ["ExitCode", "strongest"]


class ExitCode(IntEnum):
    """What a process that started mpfcheck is told."""

    OK = 0
    """Everything was checked; nothing at or above ``--fail-on``."""
    FINDING = 1
    """At least one finding at or above it, or an incomplete proposal without ``--allow-incomplete``."""
    USAGE = 2
    """The command line is wrong."""
    INPUT = 3
    """An input is missing, unreadable, too large or not a proposal; the others were still checked."""
    PACK = 4
    """A rule pack is invalid."""
    INCONCLUSIVE = 5
    """A rule was inconclusive, or mpfcheck itself is broken."""
    HANGUP = 129
    """The terminal was closed; what was finished is still written."""
    INTERRUPTED = 130
    """Interrupted; what was finished is still written."""
    CLOSED_PIPE = 141
    """The reader of standard output went away: what a shell shows for a program that ends of SIGPIPE."""
    TERMINATED = 143
    """Asked to end; what was finished is still written."""


STRONGEST_FIRST = (ExitCode.PACK, ExitCode.INCONCLUSIVE, ExitCode.INPUT, ExitCode.FINDING)


def strongest(codes: Iterable[ExitCode]) -> ExitCode:
    """The one to end with, of all that apply to a run."""
    seen = set(codes)
    return next((code for code in STRONGEST_FIRST if code in seen), ExitCode.OK)
