"""The items of three states of a list: which of them are the same one, and in which order they go.

Everything here says the same with the two sides swapped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from mpfcheck.drafting.store.plain_json import as_json

__all__ = ["Keyed", "has_id", "keyed", "order_of", "positions_hold"]

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
