"""JSON Lines: one document a line, read line by line, however many there are and however long one is."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO, Final

import jiter

from mpfcheck.checking.report import Problem
from mpfcheck.reading.damage import DamagedError

__all__ = ["numbered_lines", "seems_one_a_line"]

_DRAIN_BYTES: Final = 1024 * 1024

MOST_PASSED_OVER: Final = 1024**3
"""So many bytes of blank and overlong lines may stand in one stream: a few bytes, packed, can unpack to any number."""


def numbered_lines(stream: BinaryIO, most_bytes: int, before: int = 0) -> Iterator[tuple[int, bytes | None]]:
    """The lines that are not blank, with their numbers; None for one of more bytes than ``most_bytes``.

    ``before`` is how many lines of the stream were read already. Raises OSError, and DamagedError for a stream that
    has next to no documents in it.
    """
    number = before
    passed_over = 0
    while line := stream.readline(most_bytes + 2):
        number += 1
        if len(line.rstrip(b"\r\n")) > most_bytes:
            passed_over += len(line)
            while not line.endswith(b"\n") and passed_over <= MOST_PASSED_OVER:
                line = stream.readline(_DRAIN_BYTES)
                if not line:
                    break
                passed_over += len(line)
            yield number, None
        elif line.strip():
            yield number, line.rstrip(b"\r\n")
        else:
            passed_over += len(line)
        if passed_over > MOST_PASSED_OVER:
            raise DamagedError(_no_end(number))


def seems_one_a_line(first: bytes, second: bytes) -> bool:
    """Whether two lines that are not blank start JSON Lines rather than one document over several lines."""
    first, second = first.removeprefix(codecs.BOM_UTF8).strip(), second.strip()
    if first.startswith(b"{") and second.startswith(b"{"):
        return True
    try:
        return isinstance(jiter.from_json(first), dict)
    except ValueError:
        return False


def _no_end(number: int) -> Problem:
    size = MOST_PASSED_OVER // 1024**3
    message = f"Up to line {number} more than {size} GiB is no proposal; what comes after it was not read."
    return Problem(message, "Check what wrote the file.", "", number)
