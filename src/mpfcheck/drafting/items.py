"""Items of groups added, copied, taken out and moved, together with what was typed into them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy

from mpfcheck.drafting.document import Document, is_within, items_at, value_at, with_items, without_misfit_holders
from mpfcheck.drafting.step import State
from mpfcheck.forms.form import Group
from mpfcheck.proposal.pointer import join, split

__all__ = ["added", "duplicated", "emptied", "followed", "moved", "removed"]


def added(state: State, place: str, group: Group) -> tuple[State, str]:
    """The state with one more item at the end of the list at a place, and the item's place."""
    document = without_misfit_holders(state.document, place)
    items = items_at(document, place)
    identity = _next_id(document, items, group)
    items.append({"id": identity} if identity else {})
    item = join(place, len(items) - 1)
    return State(with_items(document, place, items), state.unfinished, pointer=item), item


def duplicated(state: State, item: str, group: Group) -> tuple[State, str]:
    """The state with a copy of an item after it, by an id of its own, and the copy's place."""
    place, number = _taken_apart(item)
    items = items_at(state.document, place)
    copy = deepcopy(items[number])
    if isinstance(copy, dict) and (identity := _next_id(state.document, items, group)):
        copy["id"] = identity
    items.insert(number + 1, copy)
    old, new = join(place, number), join(place, number + 1)
    unfinished = _renumbered(state.unfinished, place, lambda other: other if other <= number else other + 1)
    typed = {pointer: text for pointer, text in unfinished.items() if pointer.startswith(f"{old}/")}
    unfinished |= {new + pointer.removeprefix(old): text for pointer, text in typed.items()}
    return State(with_items(state.document, place, items), unfinished, pointer=new), new


def removed(state: State, item: str) -> State:
    """The state without an item. The list stays, even empty: that there is none is an answer too."""
    place, number = _taken_apart(item)
    items = items_at(state.document, place)
    del items[number]
    kept = {pointer: text for pointer, text in state.unfinished.items() if not is_within(pointer, item)}
    unfinished = _renumbered(kept, place, lambda other: other if other < number else other - 1)
    return State(with_items(state.document, place, items), unfinished, pointer=place)


def moved(state: State, item: str, by: int) -> tuple[State, str]:
    """The state with an item moved by so many places, no further than the list goes, and its place then."""
    place, number = _taken_apart(item)
    items = items_at(state.document, place)
    target = min(max(number + by, 0), len(items) - 1)
    order = list(range(len(items)))
    order.insert(target, order.pop(number))
    new_number = {old: new for new, old in enumerate(order)}
    unfinished = _renumbered(state.unfinished, place, lambda other: new_number.get(other, other))
    document = with_items(state.document, place, [items[old] for old in order])
    new = join(place, target)
    return State(document, unfinished, pointer=new), new


def emptied(state: State, place: str) -> State:
    """The state with an empty list at a place: there is none."""
    unfinished = {pointer: text for pointer, text in state.unfinished.items() if not is_within(pointer, place)}
    document = without_misfit_holders(state.document, place)
    return State(with_items(document, place, []), unfinished, pointer=place)


def _next_id(document: Document, items: Sequence[object], group: Group) -> str:
    """The next id of a group: one more than the largest number among those that are written like its first.

    An id that is still named somewhere is not given again: what named an item that was taken out would name another.
    """
    if not group.first_id:
        return ""
    prefix = group.first_id.removesuffix("1")
    # Without a prefix an id is like any number, and nothing refers to it.
    known = _texts(document) if prefix else (item.get("id") for item in items if isinstance(item, Mapping))
    numbers = [
        int(found[1])
        for text in known
        if isinstance(text, str) and (found := re.fullmatch(re.escape(prefix) + "([1-9][0-9]{0,8})", text))
    ]
    return f"{prefix}{max(numbers, default=0) + 1}"


def _texts(value: object) -> Iterator[str]:
    """Every text in a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(inner)


def followed(state: State, document: Document) -> dict[str, str]:
    """What was typed and not understood, at its places in another document: where an item went, by its id.

    A text whose item is gone, or whose field has an answer there, has no place any more.
    """
    found: dict[str, str] = {}
    for place, text in state.unfinished.items():
        there = _place_in(split(place), state.document, document) if place.startswith("/") else None
        if there is not None and value_at(document, there) is None:
            found[there] = text
    return found


def _place_in(steps: tuple[str, ...], before: Document, after: Document) -> str | None:
    """The same place in another document; None where the item it is in is not there."""
    place = old = ""
    for step in steps:
        old_items = items_at(before, old)
        if step.isdecimal() and int(step) < len(old_items):
            number = _number_in(old_items, int(step), items_at(after, place))
            if number is None:
                return None
            place = join(place, number)
        else:
            place = join(place, step)
        old = join(old, step)
    return place


def _number_in(old_items: Sequence[object], number: int, items: Sequence[object]) -> int | None:
    """The number of an item in another list: of the one with its id, or its own where the lists are of one length."""
    item = old_items[number]
    identity = item.get("id") if isinstance(item, Mapping) else None
    if identity is not None:
        found = [at for at, one in enumerate(items) if isinstance(one, Mapping) and one.get("id") == identity]
        return found[0] if len(found) == 1 else None
    return number if len(items) == len(old_items) else None


def _taken_apart(item: str) -> tuple[str, int]:
    place, _, number = item.rpartition("/")
    return place, int(number)


def _renumbered(unfinished: Mapping[str, str], place: str, new: Callable[[int], int]) -> dict[str, str]:
    """What was typed, with the items of the list at a place numbered anew."""
    found: dict[str, str] = {}
    for pointer, text in unfinished.items():
        number, slash, rest = pointer.removeprefix(f"{place}/").partition("/")
        if pointer.startswith(f"{place}/") and number.isdecimal():
            found[f"{place}/{new(int(number))}{slash}{rest}"] = text
        else:
            found[pointer] = text
    return found
