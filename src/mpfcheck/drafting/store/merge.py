"""A draft that was changed here and elsewhere: three versions made one, with choices.

What only one side changed is taken as it is there now. Where both changed the same thing differently, somebody must
choose. Fields are compared one by one; so are the items of a list, by their ``id`` where they have one. Everything here
gives the same result with the two sides swapped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from enum import Enum, StrEnum
from typing import Final, NamedTuple, TypeAlias

from mpfcheck.drafting.store.json_file import Draft, as_json, same
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.pointer import join
from mpfcheck.proposal.unfinished import OPEN

__all__ = ["ABSENT", "BOTH", "Absent", "Both", "Conflict", "FieldConflict", "Settle", "Side", "Versions", "merge"]


class Side(StrEnum):
    """Whose answer is kept."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"
    """Only where each side added an item to a list."""


_EITHER: Final = (Side.OURS, Side.THEIRS)


class FieldConflict(Frozen):
    """A field, an item or a list that both sides changed differently. None stands for no answer.

    ``pointer`` says where it stands in the merged draft, in which everything that is to be chosen still has its place;
    ``choices`` are the sides that can be chosen.
    """

    pointer: str
    base: object
    ours: object
    theirs: object
    choices: tuple[Side, ...] = _EITHER


class Conflict(Frozen):
    """Three states of a draft: as it was read or saved here (``base``), as it is here, and as it is on disk.

    ``theirs_data`` is the file as it was found: what a merged draft may take the place of.
    """

    base: Draft
    ours: Draft
    theirs: Draft
    theirs_data: bytes

    @property
    def fields(self) -> tuple[FieldConflict, ...]:
        """What somebody must choose, in the order of the draft; empty where no field was changed on both sides."""
        found: list[FieldConflict] = []

        def note(pointer: str, versions: Versions) -> object:
            base, ours, theirs = (None if each is ABSENT else each for each in versions[:3])
            choices = tuple(Side) if versions.two_items else _EITHER
            found.append(FieldConflict(pointer, base, ours, theirs, choices))
            return versions.theirs if versions.ours is ABSENT else versions.ours

        merge(self._versions(), note)
        return tuple(found)

    def resolve(self, choices: Mapping[str, Side | str]) -> Draft:
        """The merged draft, with a side chosen for the pointer of each of ``fields``.

        Raises ValueError where a choice is missing, cannot be made, or is of a field that nobody has to choose.
        """
        allowed = {field.pointer: field.choices for field in self.fields}
        chosen = {pointer: Side(side) for pointer, side in choices.items()}
        wrong = [pointer for pointer in allowed.keys() | chosen if chosen.get(pointer) not in allowed.get(pointer, ())]
        if wrong:
            raise ValueError(f"Choose one side for each field that both changed, and no other: see {sorted(wrong)}.")

        def settle(pointer: str, versions: Versions) -> object:
            return {Side.OURS: versions.ours, Side.THEIRS: versions.theirs, Side.BOTH: BOTH}[chosen[pointer]]

        merged = merge(self._versions(), settle)
        if not isinstance(merged, dict):
            raise TypeError("A draft is an object on both sides.")
        return deepcopy(merged)

    def _versions(self) -> Versions:
        return Versions(self.base, self.ours, self.theirs)


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
    if pointer == _OPEN and (names := _merge_names(base, ours, theirs)) is not None:
        return names
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return _merge_fields(base if isinstance(base, dict) else {}, ours, theirs, settle, pointer)
    if isinstance(ours, list) and isinstance(theirs, list):
        return _merge_items(base if isinstance(base, list) else [], ours, theirs, settle, pointer)
    return settle(pointer, versions)


_OPEN: Final = join("", OPEN)


def _merge_names(base: object, ours: object, theirs: object) -> object:
    """The lists that are not finished: each side may have begun some and finished others, and nobody has to choose.

    None where a side holds something else.
    """
    was, our, their = ([] if side is ABSENT or side is None else side for side in (base, ours, theirs))
    if not (isinstance(was, list) and isinstance(our, list) and isinstance(their, list)):
        return None
    new = [name for name in our + their if name not in was]
    kept = [name for name in was if name in our and name in their]
    # In one order, whichever side is ours.
    return sorted({*map(str, kept), *map(str, new)}) or ABSENT


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


Keyed: TypeAlias = dict[str, object]
"""The items of a list by what makes them the same one: their id, or their position among those that have none."""

_BY_ID = "id "
_BY_POSITION = "position "


def has_id(key: str) -> bool:
    """Whether the item of this key is known by its id."""
    return key.startswith(_BY_ID)


def keyed(items: Sequence[object]) -> Keyed:
    """The items by id where they have one. Where two have the same, none is known by it."""
    ids = [_id(item) for item in items]
    known = [each for each in ids if each is not None]
    if len(set(known)) < len(known):
        ids = [None] * len(ids)
    by_key: Keyed = {}
    position = 0
    for each, item in zip(ids, items, strict=True):
        if each is None:
            by_key[f"{_BY_POSITION}{position:09}"] = item
            position += 1
        else:
            by_key[f"{_BY_ID}{each}"] = item
    return by_key


def positions_hold(base: Keyed, *sides: Keyed) -> bool:
    """Whether items without an id still stand where they stood: none was moved, and new ones came at the end only."""
    before = _without_id(base)
    return all(_in_place(before, _without_id(side)) for side in sides)


def order_of(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    """All keys of both sides in one order; None where both put the ones they share in another order.

    A key of one side only comes after the shared one it follows there.
    """
    shared = set(ours) & set(theirs)
    our_order, their_order = ([key for key in side if key in shared] for side in (ours, theirs))
    old = [key for key in base if key in shared]
    known = set(old)
    ours_moved, theirs_moved = ([key for key in order if key in known] != old for order in (our_order, their_order))
    if our_order == their_order or (ours_moved and not theirs_moved):
        order = our_order
    elif theirs_moved and not ours_moved:
        order = their_order
    elif ours_moved:
        return None
    else:
        order = min(our_order, their_order)
    after_ours, after_theirs = _following(ours, shared), _following(theirs, shared)
    merged: list[str] = []
    for key in (None, *order):
        merged += [] if key is None else [key]
        for group in sorted([after_ours.get(key, []), after_theirs.get(key, [])]):
            merged += group
    return merged


def _id(item: object) -> str | None:
    found = item.get("id") if isinstance(item, dict) else None
    return found if isinstance(found, str) and found else None


def _without_id(side: Keyed) -> list[bytes]:
    return [as_json(item) for key, item in side.items() if not has_id(key)]


def _in_place(before: list[bytes], after: list[bytes]) -> bool:
    if len(after) < len(before):
        return False
    stood = set(before)
    moved = any(new != old and new in stood for old, new in zip(before, after, strict=False))
    return not moved and (len(after) == len(before) or after[: len(before)] == before)


def _following(side: Sequence[str], shared: set[str]) -> dict[str | None, list[str]]:
    """The keys of one side only, by the shared key they come after; None for the start."""
    following: dict[str | None, list[str]] = {}
    last: str | None = None
    for key in side:
        if key in shared:
            last = key
        else:
            following.setdefault(last, []).append(key)
    return following
