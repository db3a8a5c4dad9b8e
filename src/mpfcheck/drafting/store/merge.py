"""Three versions of one JSON value made one: what it was, what it became here, and what it became elsewhere.

What only one side changed is taken as it is there now. Where both changed the same thing differently, somebody must
choose. Fields are compared one by one; so are the items of a list, by their ``id`` where they have one.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final, NamedTuple, TypeAlias

from mpfcheck.drafting.store.merge_list import has_id, keyed, order_of, positions_hold
from mpfcheck.drafting.store.plain_json import as_json, same
from mpfcheck.proposal.pointer import join

__all__ = ["ABSENT", "BOTH", "Absent", "Both", "Settle", "Versions", "merge"]


class Absent(Enum):
    """No value, which JSON has no word for."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT


class Both(Enum):
    """Ours and theirs."""

    BOTH = "both"


BOTH: Final = Both.BOTH


class Versions(NamedTuple):
    """A value as it was, as it is here, and as it is elsewhere. Any of them may be ABSENT.

    ``two_items`` says that ours and theirs are new items of a list that only happen to have the same position.
    """

    base: object
    ours: object
    theirs: object
    two_items: bool = False

    def open(self) -> bool:
        """Whether both sides changed it, and not in the same way."""
        return not (_alike(self.ours, self.theirs) or _alike(self.theirs, self.base) or _alike(self.ours, self.base))

    def changed(self) -> object:
        """The value where it is not open: that of the side that changed it."""
        base, ours, theirs = self[:3]
        if same(ours, theirs) or same(theirs, base):
            return ours
        if same(ours, base):
            return theirs
        if _alike(ours, theirs):
            return ABSENT
        return ours if _alike(theirs, base) else theirs


Settle: TypeAlias = Callable[[str, Versions], object]
"""Chooses where both sides changed a value: its JSON Pointer, and its versions. Of two items it may choose BOTH."""


def merge(versions: Versions, settle: Settle, pointer: str = "") -> object:
    """One value of three; ABSENT where there should be none any more.

    Pointers say where things stand in the merged value, in which everything that is to be chosen has its place.
    """
    base, ours, theirs = versions[:3]
    if not versions.open():
        return versions.changed()
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return _merge_fields(base if isinstance(base, dict) else {}, ours, theirs, settle, pointer)
    if isinstance(ours, list) and isinstance(theirs, list):
        return _merge_items(base if isinstance(base, list) else [], ours, theirs, settle, pointer)
    return settle(pointer, versions)


def _alike(one: object, other: object) -> bool:
    """Whether two values say the same: null and absent both mean that nothing was answered."""
    return same(one, other) or {type(one), type(other)} == {type(None), Absent}


def _merge_fields(
    base: dict[str, object], ours: dict[str, object], theirs: dict[str, object], settle: Settle, pointer: str
) -> dict[str, object]:
    names = order_of(list(base), list(ours), list(theirs))
    if names is None:  # the order of fields says nothing
        names = [*ours, *(name for name in theirs if name not in ours)]
    merged: dict[str, object] = {}
    for name in names:
        versions = Versions(base.get(name, ABSENT), ours.get(name, ABSENT), theirs.get(name, ABSENT))
        value = merge(versions, settle, join(pointer, name))
        if value is not ABSENT:
            merged[name] = value
    return merged


def _merge_items(base: list[object], ours: list[object], theirs: list[object], settle: Settle, pointer: str) -> object:
    old, our, their = keyed(base), keyed(ours), keyed(theirs)
    order = order_of(list(old), list(our), list(their))
    if order is None or not positions_hold(old, our, their):
        return settle(pointer, Versions(base, ours, theirs))
    merged: list[object] = []
    position = 0
    for key in order:
        versions = Versions(old.get(key, ABSENT), our.get(key, ABSENT), their.get(key, ABSENT))
        place = join(pointer, position)
        if versions.base is ABSENT and not has_id(key) and versions.open():
            # The fields of two new records are not to be mixed.
            value = settle(place, versions._replace(two_items=True))
        else:
            value = merge(versions, settle, place)
        if value is BOTH:
            merged += sorted([versions.ours, versions.theirs], key=as_json)
        elif value is not ABSENT:
            merged.append(value)
        if value is not ABSENT or versions.open():
            position += 1
    return merged
