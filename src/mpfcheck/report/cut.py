"""Texts cut to their room in a line, and names cut so that no two of a list look the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import Final, TypeAlias

from mpfcheck.report.paragraph import columns

__all__ = ["CutNames", "cut"]

_Way: TypeAlias = Callable[[str, int], str]


def cut(text: str, room: int) -> str:
    """A text on one line of so many columns; where it is longer, its end is left out."""
    if columns(text) <= room:
        return text
    while text and columns(text) >= room:
        text = text[: max(0, min(len(text) - 1, room))]
    return f"{text}…"


def _without_start(text: str, room: int) -> str:
    return cut(text[::-1], room)[::-1]


def _without_middle(text: str, room: int) -> str:
    if columns(text) <= room:
        return text
    start = cut(text, (room + 1) // 2)
    return start + _without_start(text, room - columns(start) + 1).removeprefix("…")


# Files differ at the end of their names, folders of one kind at the start or in the middle.
_WAYS: Final[tuple[_Way, ...]] = (_without_start, _without_middle, cut)


class CutNames:
    """Cuts the names of one list to a room, all in one way, so that they stay different.

    The first room and way that keep all apart are taken, or else those that keep most apart: then the names that still
    look alike are not cut.
    """

    def __init__(self, names: Callable[[], Iterable[str]], rooms: Sequence[int]) -> None:
        """Try the rooms in their order; ``names`` gives all names each time it is called."""
        best = None
        for room, way in product(rooms, _WAYS):
            alike = _alike(names(), way, room)
            if best is None or len(alike) < len(best[0]):
                best = alike, room, way
            if not alike:
                break
        if best is None:
            raise ValueError("there must be a room to cut names to")
        self._looks_alike, self.room, self._way = best

    def __call__(self, name: str) -> str:
        """The name in its room, or in full where it needs that."""
        shown = self._way(name, self.room)
        return name if hash(shown) in self._looks_alike else shown


def _alike(names: Iterable[str], way: _Way, room: int) -> frozenset[int]:
    """What several names look like when they are cut, as hashes: the names themselves may be very many."""
    of: dict[int, int] = {}
    alike = set()
    for name in names:
        # One file can be given twice.
        shown, whole = hash(way(name, room)), hash(name)
        if of.setdefault(shown, whole) != whole:
            alike.add(shown)
    return frozenset(alike)
