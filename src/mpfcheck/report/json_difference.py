"""Where two JSON values differ, by JSON Pointer."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.frozen import Frozen
from mpfcheck.proposal.pointer import join

__all__ = ["ABSENT", "Difference", "as_far_as", "differences"]


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


def as_far_as(new: object, old: object, added: dict[str, None]) -> object:
    """A JSON value without the members that an older one does not have; their names go to ``added``."""
    if isinstance(new, dict) and isinstance(old, dict):
        added.update(dict.fromkeys(name for name in new if name not in old))
        return {name: as_far_as(new[name], old[name], added) for name in new if name in old}
    if isinstance(new, list) and isinstance(old, list) and len(new) == len(old):
        return [as_far_as(one, other, added) for one, other in zip(new, old, strict=True)]
    return new


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
