"""JSON Lines: one document a line, read line by line, however many there are and however long one is."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

import jiter

__all__ = ["numbered_lines", "seems_one_a_line"]

_DRAIN_BYTES = 1024 * 1024


def numbered_lines(stream: BinaryIO, most_bytes: int, before: int = 0) -> Iterator[tuple[int, bytes | None]]:
    """The lines that are not blank, with their numbers; None for one of more bytes than ``most_bytes``.

    ``before`` is how many lines of the stream were read already. Raises OSError.
    """
    number = before
    while line := stream.readline(most_bytes + 2):
        number += 1
        if len(line.rstrip(b"\r\n")) > most_bytes:
            while not line.endswith(b"\n") and (line := stream.readline(_DRAIN_BYTES)):
                pass
            yield number, None
        elif line.strip():
            yield number, line.rstrip(b"\r\n")


def seems_one_a_line(first: bytes, second: bytes) -> bool:
    """Whether two lines that are not blank start JSON Lines rather than one document over several lines."""
    first, second = first.removeprefix(codecs.BOM_UTF8).strip(), second.strip()
    if first.startswith(b"{") and second.startswith(b"{"):
        return True
    try:
        return isinstance(jiter.from_json(first), dict)
    except ValueError:
        return False
