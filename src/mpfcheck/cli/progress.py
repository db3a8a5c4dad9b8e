"""A line on standard error that tells a waiting person how far it is; nobody else sees it."""

from __future__ import annotations

import sys
from time import monotonic

__all__ = ["Progress"]

FIRST_AFTER = 1.0
EVERY = 0.2


class Progress:
    """Counts; writes the count now and then, over itself, where a person would see it and nothing else is shown."""

    def __init__(self, *, shown: bool) -> None:
        """Write only if ``shown``."""
        self._shown = shown
        self._count = 0
        self._next = monotonic() + FIRST_AFTER
        self._written = False

    def step(self) -> None:
        """One more is finished."""
        self._count += 1
        if self._shown and (now := monotonic()) >= self._next:
            self._next = now + EVERY
            self._written = True
            sys.stderr.write(f"\rchecked {self._count:,}".replace(",", " "))
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away again."""
        if self._written:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._written = False
