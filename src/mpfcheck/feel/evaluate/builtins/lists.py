"""List functions. Lists may hold items that are not answered yet; a result holds where it does not depend on them."""

from __future__ import annotations

from decimal import Decimal
from functools import cmp_to_key

from mpfcheck.feel.evaluate.builtins.builtin import Builtin, Family
from mpfcheck.feel.evaluate.builtins.partly import distinct, flattened, positions
from mpfcheck.feel.limits import Run
from mpfcheck.feel.types import ListType
from mpfcheck.feel.values.comparison import Truth, alike, disjunction, equal, ordered
from mpfcheck.feel.values.knowledge import choices, untyped
from mpfcheck.feel.values.value import Items, Unanswered, Value, join

__all__ = [
    "LISTS",
]

LISTS = Family()


def _matches(one: Value, other: Value, run: Run) -> Truth:
    """Whether an item is the value: one of another kind is not."""
    found = equal(one, other, run)
    return False if found is None and not run.is_null(one, other) else found


@LISTS.add("list contains", "list: list", "element: any", lenient=True)
def contains(run: Run, values: list[Value], element: Value) -> Value:
    """Whether an item is equal to the element."""
    run.spend(len(values))
    # An element that will be one of several is in the list, or is not, where all of them are or are not.
    several = choices(element)
    found = [disjunction([_matches(value, one, run) for value in values]) for one in several]
    return alike(found, (element,)) if len(several) > 1 else found[0]


def _position(values: list[Value], position: Decimal) -> int | None:
    """The index of a position from 1, or from the end if it is negative; None beyond the ends."""
    index = int(position)
    if index != position or not 1 <= abs(index) <= len(values):
        return None
    return index - 1 if index > 0 else len(values) + index


@LISTS.add("sublist", "list: list", "start position: number", "length: number?", lenient=True)
def sublist(_run: Run, values: list[Value], start: Decimal, length: Decimal | None = None) -> Value:
    """The items from a position on, ``length`` of them; null if the list has no such position or fewer items."""
    first = _position(values, start)
    if first is None:
        return None
    if length is None:
        return values[first:]
    count = int(length)
    return values[first : first + count] if 1 <= count <= len(values) - first else None


@LISTS.add("append", "list: list", "item: any", variadic=True, lenient=True)
def append(_run: Run, values: list[Value], *items: Value) -> Value:
    """The list with these items after its own."""
    return [*values, *items]


@LISTS.add("concatenate", "list: list", variadic=True, lenient=True)
def concatenate(run: Run, *lists: list[Value]) -> Value:
    """The items of all lists."""
    run.check_items(sum(map(len, lists)))
    return [value for values in lists for value in values]


@LISTS.add("insert before", "list: list", "position: number", "newItem: any", lenient=True)
def insert_before(_run: Run, values: list[Value], position: Decimal, item: Value) -> Value:
    """The list with an item more, before the one at the position."""
    index = _position(values, position)
    return None if index is None else [*values[:index], item, *values[index:]]


@LISTS.add("remove", "list: list", "position: number", lenient=True)
def remove(_run: Run, values: list[Value], position: Decimal) -> Value:
    """The list without the item at the position."""
    index = _position(values, position)
    return None if index is None else [*values[:index], *values[index + 1 :]]


@LISTS.add("list replace", "list: list", "position: number", "newItem: any", lenient=True)
def replace_at(_run: Run, values: list[Value], position: Decimal, item: Value) -> Value:
    """The list with another item at the position."""
    index = _position(values, position)
    return None if index is None else [*values[:index], item, *values[index + 1 :]]


@LISTS.add("list replace", "list: list", "match: function", "newItem: any", lenient=True)
def replace_matching(run: Run, values: list[Value], match: Builtin, item: Value) -> Value:
    """The list with another item for each one the function, of the item and the new one, is true for."""
    replaced: list[Value] = []
    for value in values:
        found = match.call([value, item], run)
        if isinstance(found, Unanswered):
            return untyped(found)
        if not isinstance(found, bool):
            return None
        replaced.append(item if found else value)
    return replaced


@LISTS.add("reverse", "list: list", lenient=True)
def reverse(_run: Run, values: list[Value]) -> Value:
    """The list from its end to its beginning."""
    return values[::-1]


@LISTS.add("index of", "list: list", "match: any", lenient=True)
def index_of(run: Run, values: list[Value], match: Value) -> Value:
    """The positions of the items that are equal to a value."""
    run.spend(len(values))
    found = [_matches(value, match, run) for value in values]
    if any(isinstance(truth, Unanswered) for truth in found):
        waiting = join(found)
        known = positions(run, Items(values, None, 0, len(values)), match, waiting.paths)
        return waiting if known is None else known
    if None in found:
        return None
    return [Decimal(index + 1) for index, truth in enumerate(found) if truth is True]


def _distinct(run: Run, values: list[Value]) -> Value:
    kept: list[Value] = []
    seen: set[object] = set()
    for value in values:
        if isinstance(value, (str, Decimal)):
            if value in seen:
                continue
            seen.add(value)
            if not any(isinstance(other, Unanswered) for other in kept):
                kept.append(value)
                continue
        run.spend(len(kept))
        truths = [_matches(other, value, run) for other in kept]
        if any(isinstance(truth, Unanswered) for truth in truths) and True not in truths:
            waiting = join(truths)
            known = distinct(run, Items(values, None, 0, len(values)), waiting.paths)
            return waiting if known is None else known
        if None in truths:
            return None
        if True not in truths:
            kept.append(value)
    return kept


@LISTS.add("distinct values", "list: list", lenient=True)
def distinct_values(run: Run, values: list[Value]) -> Value:
    """Every value once, where it comes first."""
    return _distinct(run, values)


@LISTS.add("union", "list: list", variadic=True, lenient=True)
def union(run: Run, *lists: list[Value]) -> Value:
    """Every value of all lists once."""
    run.check_items(sum(map(len, lists)))
    return _distinct(run, [value for values in lists for value in values])


@LISTS.add("flatten", "list: list", lenient=True)
def flatten(run: Run, values: list[Value]) -> Value:
    """The items of the list and of all lists in it, at any depth."""
    flat: list[Value] = []
    waiting: list[Value] = []
    _flatten(run, values, flat, waiting)
    if not waiting:
        return flat
    waits = join(waiting)
    known = flattened(run, Items(values, None, 0, len(values)), waits.paths)
    return waits if known is None else known


def _flatten(run: Run, values: list[Value], flat: list[Value], waiting: list[Value]) -> None:
    run.spend(len(values))
    for value in values:
        if isinstance(value, list):
            _flatten(run, value, flat, waiting)
        else:
            if isinstance(value, Unanswered) and _may_be_a_list(value):
                waiting.append(value)
            flat.append(value)
            run.check_items(len(flat))


def _may_be_a_list(value: Unanswered) -> bool:
    """Whether it may turn out to be one; an object of which some entries are known never will."""
    return value.known is None and (value.type is None or isinstance(value.type, ListType))


class _Undecided(Exception):  # noqa: N818 - no error: it leaves a sort
    """Two items whose order is not known."""

    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value


@LISTS.add("sort", "list: list", "precedes: function?")
def sort(run: Run, values: list[Value], precedes: Builtin | None = None) -> Value:
    """The items in order: by ``<``, or by a function that says of two whether the one comes first."""

    def comes_first(one: Value, other: Value) -> bool:
        found = ordered("<", one, other) if precedes is None else precedes.call([one, other], run)
        if not isinstance(found, bool):
            raise _Undecided(found if isinstance(found, Unanswered) else None)
        return found

    def order(one: Value, other: Value) -> int:
        run.spend()
        return -1 if comes_first(one, other) else int(comes_first(other, one))

    try:
        return sorted(values, key=cmp_to_key(order))
    except _Undecided as undecided:
        return untyped(undecided.value) if isinstance(undecided.value, Unanswered) else undecided.value
