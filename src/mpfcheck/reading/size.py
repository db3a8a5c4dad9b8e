"""How many bytes there are to read, where that can be told without reading them."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence

from mpfcheck.reading.folder import walk

__all__ = ["total_size"]


def total_size(paths: Sequence[str]) -> int | None:
    """The bytes of the proposals at these paths, as ``open_inputs`` takes them. None where that cannot be told.

    It cannot where a program writes them, or where they are packed. Never raises.
    """
    total = 0
    for given in paths:
        for path in walk(given) if os.path.isdir(given) else (given,):
            # What cannot be listed is not read either.
            size = 0 if isinstance(path, OSError) else _size(path)
            if size is None:
                return None
            total += size
    return total


def _size(path: str) -> int | None:
    if path.casefold().endswith(".gz"):
        return None
    try:
        status = os.fstat(sys.stdin.fileno()) if path == "-" else os.stat(path)
    except (AttributeError, OSError, ValueError):
        # What is not there does not take long.
        return None if path == "-" else 0
    return status.st_size if stat.S_ISREG(status.st_mode) else None
