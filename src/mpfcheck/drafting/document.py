"""A draft as a document: plain JSON data, unknown fields included, that is never changed in place.

Every change makes a new document that shares with the old one what did not change, so that any number of earlier states
can be kept for undo. Places are JSON Pointers; what is said of a place that is not there raises KeyError.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from mpfcheck.proposal.pointer import pointer as written
from mpfcheck.proposal.pointer import split

__all__ = [
    "Document",
    "is_item",
    "is_within",
    "items_at",
    "value_at",
    "with_items",
    "with_value",
    "without",
    "without_misfit_holders",
]

Document: TypeAlias = Mapping[str, object]
"""dict, list, str, bool, None, int, and Decimal for other numbers, in the order of the file."""


def value_at(document: Document, pointer: str) -> object:
    """The value at a place, None where there is none (null and absent both mean: not answered)."""
    here: object = document
    for step in split(pointer):
        if isinstance(here, Mapping):
            here = here.get(step)
        elif isinstance(here, list) and step.isdecimal() and int(step) < len(here):
            here = here[int(step)]
        else:
            return None
    return here


def items_at(document: Document, pointer: str) -> list[object]:
    """The items of the list at a place; none where there is no list."""
    found = value_at(document, pointer)
    return list(found) if isinstance(found, list) else []


def is_item(document: Document, pointer: str) -> bool:
    """Tell whether an item of a list stands at a place, whatever it is: in a file from elsewhere it may be null."""
    place, _, number = pointer.rpartition("/")
    return number.isdecimal() and int(number) < len(items_at(document, place))


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
