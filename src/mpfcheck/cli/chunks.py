"""Inputs in handfuls: enough at a time that sending them costs little, few enough that memory stays small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mpfcheck.reading.sources import Input

__all__ = ["chunks"]

MOST_INPUTS = 32
MOST_BYTES = 512 * 1024


def chunks(inputs: Iterable[Input]) -> Iterator[tuple[Input, ...]]:
    """The inputs in their order, some at a time."""
    taken: list[Input] = []
    size = 0
    for source in inputs:
        taken.append(source)
        size += source.size
        if len(taken) == MOST_INPUTS or size >= MOST_BYTES:
            yield tuple(taken)
            taken.clear()
            size = 0
    if taken:
        yield tuple(taken)
