"""A draft as a document, and the steps that lead from one state of it to the next.

A document is plain JSON data, unknown fields included, that is never changed in place. Every change makes a new
document that shares with the old one what did not change, so that any number of earlier states can be kept for undo.
Places are JSON Pointers; a place that does not exist raises KeyError.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from decimal import ROUND_HALF_UP, Decimal, localcontext
from types import MappingProxyType
from typing import TypeAlias

from mpfcheck.feel.values.value import ARITHMETIC
from mpfcheck.forms.form import Group
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.limits import number_fits
from mpfcheck.proposal.pointer import is_position, join, split, value_at
from mpfcheck.proposal.pointer import pointer as written
from mpfcheck.proposal.unfinished import OPEN
from mpfcheck.proposal.values import MAX_DIGITS, UnfitValueError, decimal_from

__all__ = [
    "Document",
    "State",
    "Steps",
    "add_item",
    "closed",
    "duplicate_item",
    "empty_list",
    "follow_texts",
    "is_item",
    "is_open",
    "is_within",
    "items_at",
    "move_item",
    "opened",
    "place_in",
    "remove_item",
    "value_at",
    "with_computed_amount",
    "with_items",
    "with_value",
    "without",
    "without_misfit_holders",
]

Document: TypeAlias = Mapping[str, object]
"""dict, list, str, bool, None, int, and Decimal for other numbers, in the order of the file."""


def items_at(document: Document, pointer: str) -> list[object]:
    """The items of the list at a place; none where there is no list."""
    found = value_at(document, pointer)
    return list(found) if isinstance(found, list) else []


def is_item(document: Document, pointer: str) -> bool:
    """Tell whether an item of a list stands at a place, whatever it is: in a file from elsewhere it may be null."""
    place, _, number = pointer.rpartition("/")
    return is_position(number) and int(number) < len(items_at(document, place))


def is_within(pointer: str, holder: str) -> bool:
    """Tell whether a place is the holder or inside it: ``/co_applicants/10`` is not inside ``/co_applicants/1``."""
    return pointer == holder or pointer.startswith(f"{holder}/")


def with_value(document: Document, pointer: str, value: object) -> Document:
    """The document with a value at a place; objects on the way there are made where they are missing."""
    changed = _changed(document, split(pointer), value)
    assert isinstance(changed, dict)  # noqa: S101 - a mapping stays one
    return changed


def with_items(document: Document, pointer: str, items: Sequence[object]) -> Document:
    """The document with these items in the list at a place."""
    return with_value(document, pointer, list(items))


_FACTOR = re.compile(r"(/budget/lines/[0-9]+)/(?:quantity|unit_cost)")


def with_computed_amount(before: Document, document: Document, pointer: str) -> tuple[Document, str | None]:
    """The document with the amount of a budget line, once its quantity or unit cost was answered; and its place.

    It is their product, rounded half up to the cent, as spreadsheet programs round. An amount that somebody typed
    otherwise stays, and so does one where a factor is not known: then the place is None.
    """
    found = _FACTOR.fullmatch(pointer)
    if found is None:
        return document, None
    place = f"{found[1]}/amount"
    amount, old, new = value_at(document, place), _product(before, found[1]), _product(document, found[1])
    if new is None or new == old or not (amount is None or (old is not None and _decimal(amount) == old)):
        return document, None
    return with_value(document, place, f"{new:f}"), place


def _product(document: Document, line: str) -> Decimal | None:
    quantity = _decimal(value_at(document, f"{line}/quantity"))
    unit_cost = _decimal(value_at(document, f"{line}/unit_cost"))
    if quantity is None or unit_cost is None:
        return None
    with localcontext(ARITHMETIC):
        product = (quantity * unit_cost).quantize(_CENT, ROUND_HALF_UP)
    return product if number_fits(product) and len(f"{product:f}".replace(".", "")) <= MAX_DIGITS else None


_CENT = Decimal("0.01")


def _decimal(value: object) -> Decimal | None:
    """A quantity or an amount as a number; None where it is not one that fits."""
    try:
        return None if value is None else decimal_from(value)
    except UnfitValueError:
        return None


def without(document: Document, pointer: str) -> Document:
    """The document without what stands at a place, and without the objects that are empty now; items of lists stay."""
    steps = split(pointer)
    for number in range(len(steps), 0, -1):
        holder = value_at(document, written(steps[: number - 1]))
        if not isinstance(holder, Mapping) or steps[number - 1] not in holder:
            return document
        rest = {name: value for name, value in holder.items() if name != steps[number - 1]}
        if rest or number == 1 or steps[number - 2].isdecimal():
            return rest if number == 1 else with_value(document, written(steps[: number - 1]), rest)
    return document


def without_misfit_holders(document: Document, pointer: str) -> Document:
    """The document without whatever stands where an object or list must be to hold what is at a place.

    Only a file that was written elsewhere has such values, and they are said to be wrong.
    """
    steps = split(pointer)
    for number in range(1, len(steps)):
        holder = value_at(document, written(steps[:number]))
        if holder is not None and not isinstance(holder, Mapping | list):
            # An item keeps its place in its list, as an empty one.
            return with_value(document, written(steps[:number]), {})
    return document


def _changed(here: object, steps: tuple[str, ...], value: object) -> object:
    if not steps:
        return value
    step, *rest = steps
    if isinstance(here, Mapping) or here is None:
        holder = dict(here or {})
        holder[step] = _changed(holder.get(step), tuple(rest), value)
        return holder
    if isinstance(here, list) and step.isdecimal() and int(step) < len(here):
        items = list(here)
        items[int(step)] = _changed(items[int(step)], tuple(rest), value)
        return items
    raise KeyError(written((step, *rest)))


class State(Frozen):
    """What an applicant has said so far.

    ``unfinished`` holds what was typed and not understood, by the field it stands in. ``step`` is the step that led
    here, in words; ``pointer`` where it was done.
    """

    document: Document
    unfinished: Mapping[str, str] = MappingProxyType({})
    step: str = ""
    pointer: str = ""


class Steps:
    """The states an applicant went through, and where among them they are."""

    def __init__(self, state: State) -> None:
        self._states = [state]
        self._at = 0

    @property
    def now(self) -> State:
        """The state now."""
        return self._states[self._at]

    def take(self, state: State) -> None:
        """Go on to a new state; what was undone before is gone then."""
        del self._states[self._at + 1 :]
        self._states.append(state)
        self._at += 1

    def undo(self) -> State | None:
        """Go back a step; the state whose step was undone, None where there is none."""
        if self._at == 0:
            return None
        self._at -= 1
        return self._states[self._at + 1]

    def redo(self) -> State | None:
        """Do again what was undone; the state it led to, None where there is none."""
        if self._at + 1 == len(self._states):
            return None
        self._at += 1
        return self.now

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone step."""
        return self._at + 1 < len(self._states)


def is_open(document: Document, place: str) -> bool:
    """Tell whether the list at a place is not finished: more items may come."""
    return place in _open_lists(document)


def opened(document: Document, place: str) -> Document:
    """The document with the list at a place open."""
    return document if is_open(document, place) else with_items(document, f"/{OPEN}", [*_open_lists(document), place])


def closed(document: Document, place: str) -> Document:
    """The document with the list at a place complete as it stands."""
    if not is_open(document, place):
        return document
    kept = [one for one in _open_lists(document) if one != place]
    return with_items(document, f"/{OPEN}", kept) if kept else without(document, f"/{OPEN}")


def _open_lists(document: Document) -> list[object]:
    return items_at(document, f"/{OPEN}")


def add_item(state: State, place: str, group: Group) -> tuple[State, str]:
    """The state with one more item at the end of the list at a place, which is open then, and the item's place."""
    document = without_misfit_holders(state.document, place)
    items = items_at(document, place)
    identity = _next_id(document, items, group)
    items.append({**({"id": identity} if identity else {}), **deepcopy(dict(group.begin))})
    item = join(place, len(items) - 1)
    return State(opened(with_items(document, place, items), place), state.unfinished, pointer=item), item


def duplicate_item(state: State, item: str, group: Group) -> tuple[State, str]:
    """The state with a copy of an item after it, by an id of its own, and the copy's place; the list is open then."""
    place, number = _list_and_number(item)
    items = items_at(state.document, place)
    copy = deepcopy(items[number])
    if isinstance(copy, dict) and (identity := _next_id(state.document, items, group)):
        copy["id"] = identity
    items.insert(number + 1, copy)
    old, new = join(place, number), join(place, number + 1)
    unfinished = _renumbered(state.unfinished, place, lambda other: other if other <= number else other + 1)
    typed = {pointer: text for pointer, text in unfinished.items() if pointer.startswith(f"{old}/")}
    unfinished |= {new + pointer.removeprefix(old): text for pointer, text in typed.items()}
    return State(opened(with_items(state.document, place, items), place), unfinished, pointer=new), new


def remove_item(state: State, item: str) -> State:
    """The state without an item. Without its last one a list is not answered: that there is none, nobody said."""
    place, number = _list_and_number(item)
    items = items_at(state.document, place)
    del items[number]
    kept = {pointer: text for pointer, text in state.unfinished.items() if not is_within(pointer, item)}
    unfinished = _renumbered(kept, place, lambda other: other if other < number else other - 1)
    document = with_items(state.document, place, items) if items else without(closed(state.document, place), place)
    return State(document, unfinished, pointer=place)


def move_item(state: State, item: str, by: int) -> tuple[State, str]:
    """The state with an item moved by so many places, no further than the list goes, and its place then."""
    place, number = _list_and_number(item)
    items = items_at(state.document, place)
    target = min(max(number + by, 0), len(items) - 1)
    order = list(range(len(items)))
    order.insert(target, order.pop(number))
    new_number = {old: new for new, old in enumerate(order)}
    unfinished = _renumbered(state.unfinished, place, lambda other: new_number.get(other, other))
    document = with_items(state.document, place, [items[old] for old in order])
    new = join(place, target)
    return State(document, unfinished, pointer=new), new


def empty_list(state: State, place: str) -> State:
    """The state with an empty list at a place: there is none."""
    unfinished = {pointer: text for pointer, text in state.unfinished.items() if not is_within(pointer, place)}
    document = without_misfit_holders(state.document, place)
    return State(closed(with_items(document, place, []), place), unfinished, pointer=place)


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


def follow_texts(state: State, document: Document) -> dict[str, str]:
    """What was typed and not understood, at its places in another document: where an item went, by its id.

    A text whose item is gone, or whose field has an answer there, has no place any more.
    """
    found: dict[str, str] = {}
    for place, text in state.unfinished.items():
        there = place_in(place, state.document, document) if place.startswith("/") else None
        if there is not None and value_at(document, there) is None:
            found[there] = text
    return found


def place_in(pointer: str, before: Document, after: Document) -> str | None:
    """The same place in another document; None where the item it is in is not there."""
    place = old = ""
    for step in split(pointer):
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


def _list_and_number(item: str) -> tuple[str, int]:
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
