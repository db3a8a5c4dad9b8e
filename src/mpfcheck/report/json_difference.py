"""Where two JSON values differ, by JSON Pointer."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.frozen import Frozen
from mpfcheck.proposal.pointer import join

__all__ = ["ABSENT", "Difference", "differences"]


class _Absent:
    """Stands for a member or item that is not there."""

    def __repr__(self) -> str:
        return "(not there)"


ABSENT = _Absent()


class Difference(Frozen):
    """A place where two values differ: what stands there in the one and in the other, :data:`ABSENT` for nothing."""

    pointer: str
    old: object
    new: object


def differences(old: object, new: object, pointer: str = "") -> Iterator[Difference]:
    """The smallest parts in which two JSON values differ, in the order of the older. True is not 1, nor 1.0 1."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys((*old, *new)):
            yield from differences(old.get(name, ABSENT), new.get(name, ABSENT), join(pointer, name))
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            was = old[index] if index < len(old) else ABSENT
            is_now = new[index] if index < len(new) else ABSENT
            yield from differences(was, is_now, join(pointer, index))
    elif type(old) is not type(new) or old != new:
        yield Difference(pointer, old, new)
