"""What is certain of a function's result while an argument is unanswered, or a list is not finished.

Each law says what the result will be however the answers turn out and whatever items still come into open lists: a
value, an unanswered one with what is known of it, or None where nothing is certain. Functions without a law here wait
for all their arguments. A law is asked only where the function itself would have to wait.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from mpfcheck.feel.evaluate.builtins.builtin import Law, Overload
from mpfcheck.feel.evaluate.builtins.numbers import NUMBERS
from mpfcheck.feel.limits import Run
from mpfcheck.feel.types import BOOLEAN, NUMBER, TEXT, RecordType, Type
from mpfcheck.feel.values.comparison import Truth, conjunction, disjunction, equal, one_of
from mpfcheck.feel.values.knowledge import (
    LONGEST,
    NEVER_LISTS,
    bounded,
    bounds,
    hull,
    items_of,
    kind,
    open_list,
    paths_of,
    waiting_truth,
)
from mpfcheck.feel.values.order import order
from mpfcheck.feel.values.value import ARITHMETIC, Bounds, Items, Unanswered, Value

__all__ = ["LAWS", "ROUNDING", "distinct", "flattened", "positions"]

LAWS: dict[str, Law] = {}

_Paths = frozenset[str]


def _law(*names: str) -> Callable[[Law], Law]:
    """Register the law of the functions of these names."""

    def register(law: Law) -> Law:
        LAWS.update(dict.fromkeys(names, law))
        return law

    return register


def _items(value: Value) -> Items | None:
    """The items of an argument that must be a list; any other value is a list of itself there."""
    items = items_of(value)
    if items is not None:
        return items
    if value is None or (type(value) is Unanswered and kind(value) not in NEVER_LISTS):
        return None
    return Items((value,), None, 0, 1)


def _numbers(arguments: list[Value]) -> Items | None:
    """The items of the one list that is given, or the arguments themselves."""
    return _items(arguments[0]) if len(arguments) == 1 else Items(arguments, None, 0, len(arguments))


def _all_paths(paths: _Paths, items: Items) -> _Paths:
    return paths | paths_of(items.items)


def _limits(value: Value) -> tuple[Decimal, Decimal] | None:
    """Between which numbers a value will be; None where it is not surely a number."""
    if type(value) is Decimal:
        return value, value
    limits = bounds(value)
    if limits is None or type(limits[0]) is not Decimal or type(limits[1]) is not Decimal:
        return None
    return limits[0], limits[1]


# Counts and sums, from below and above


@_law("count")
def _count(_run: Run, arguments: list[Value], paths: _Paths) -> Value:
    items = items_of(arguments[0])
    if items is None:
        return None
    most = LONGEST if items.most is None else items.most
    return bounded(paths, (Decimal(len(items.items)), Decimal(len(items.items) + most)))


@_law("sum")
def _sum(_run: Run, arguments: list[Value], paths: _Paths) -> Value:
    """The sum of the least and of the greatest; an empty list has no sum, so one that may stay empty has no limits."""
    items = _numbers(arguments)
    if items is None or not items.items:
        return None
    low = high = Decimal(0)
    add = ARITHMETIC.add
    for item in items.items:
        limits = _limits(item)
        if limits is None:
            return None
        low, high = add(low, limits[0]), add(high, limits[1])
    if items.most != 0:
        limits = _limits(items.further)
        if limits is None:
            return None
        times = Decimal(LONGEST if items.most is None else items.most)
        low = ARITHMETIC.add(low, ARITHMETIC.multiply(times, min(limits[0], Decimal(0))))
        high = ARITHMETIC.add(high, ARITHMETIC.multiply(times, max(limits[1], Decimal(0))))
    return bounded(_all_paths(paths, items), (low, high))


def _extreme(sign: int) -> Law:
    """The law of ``min`` (-1) and ``max`` (1): an item more can only lower the least, and raise the greatest."""

    def law(_run: Run, arguments: list[Value], paths: _Paths) -> Value:
        items = _numbers(arguments)
        if items is None or not items.items:
            return None
        known = [bounds(item) for item in items.items]
        there = [limits for limits in known if limits is not None]
        further = None if items.most == 0 else bounds(items.further)
        if len(there) < len(known) or (items.most != 0 and further is None):
            return None
        coming = [] if further is None else [further]
        low = _outermost([limits[0] for limits in (there if sign > 0 else there + coming)], sign)
        high = _outermost([limits[1] for limits in (there + coming if sign > 0 else there)], sign)
        if hull([limits[0] for limits in there + coming]) is None:
            return None
        return bounded(_all_paths(paths, items), (low, high))

    return law


def _outermost(values: Sequence[Value], sign: int) -> Value:
    best = values[0]
    for value in values[1:]:
        found = order(value, best)
        if found is None:
            return None
        best = value if found * sign > 0 else best
    return best


LAWS["min"], LAWS["max"] = _extreme(-1), _extreme(1)


# Truths


def _truth(value: Value) -> Truth:
    return value if isinstance(value, (bool, Unanswered)) else None


@_law("not")
def _not(_run: Run, arguments: list[Value], paths: _Paths) -> Value:
    return Unanswered(paths, BOOLEAN) if kind(arguments[0]) == BOOLEAN else None


def _gathered(items: Items, truths: list[Truth], further: Truth, paths: _Paths, *, some: bool) -> Value:
    """``or`` (``some``) or ``and`` of what is said of the items, and of any that may still come."""
    if some in truths:
        return some
    if items.most == 0 or further is (not some):
        return disjunction(truths) if some else conjunction(truths)
    return waiting_truth([*truths, further], paths)


def _all_or_any(*, some: bool) -> Law:
    def law(_run: Run, arguments: list[Value], paths: _Paths) -> Value:
        items = items_of(arguments[0]) if len(arguments) == 1 else Items(arguments, None, 0, len(arguments))
        if items is None:
            return None
        return _gathered(items, list(map(_truth, items.items)), _truth(items.further), paths, some=some)

    return law


LAWS["all"], LAWS["any"] = _all_or_any(some=False), _all_or_any(some=True)


def _matches(one: Value, other: Value, run: Run) -> Truth:
    found = equal(one, other, run)
    return False if found is None and not run.is_null(one, other) else found


@_law("list contains")
def _contains(run: Run, arguments: list[Value], paths: _Paths) -> Value:
    items = _items(arguments[0])
    if items is None:
        return None
    run.spend(len(items.items))
    truths = [_matches(item, arguments[1], run) for item in items.items]
    further: Truth = False if items.most == 0 else _matches(items.further, arguments[1], run)
    return _gathered(items, truths, further, paths, some=True)


# Lists out of lists


def _place(items: Items, position: Value) -> int | None:
    """The index of a position among the items at the front, None where it is not surely one of them."""
    if not isinstance(position, Decimal) or position != position.to_integral_value():
        return None
    return int(position) - 1 if 1 <= position <= items.front else None


def _changed(items: Items, found: Sequence[Value], front: int, paths: _Paths) -> Value:
    return open_list(paths, Items(list(found), items.further, items.most, front))


@_law("sublist")
def _sublist(_run: Run, arguments: list[Value], paths: _Paths) -> Value:
    items = _items(arguments[0])
    first = None if items is None else _place(items, arguments[1])
    if items is None or first is None:
        return None
    if len(arguments) == 2:
        return _changed(items, items.items[first:], items.front - first, paths)
    length = arguments[2]
    if not isinstance(length, Decimal) or not 1 <= int(length) <= items.front - first:
        return None
    return list(items.items[first : first + int(length)])


@_law("append")
def _append(_run: Run, arguments: list[Value], paths: _Paths) -> Value:
    items = _items(arguments[0])
    return None if items is None else _changed(items, [*items.items, *arguments[1:]], items.front, paths)


@_law("concatenate")
def _concatenate(run: Run, arguments: list[Value], paths: _Paths) -> Value:
    lists = [_items(argument) for argument in arguments]
    known = [items for items in lists if items is not None]
    if len(known) < len(lists):
        return None
    run.check_items(sum(len(items.items) for items in known))
    return open_list(paths, _joined(known, paths))


def _joined(lists: Sequence[Items], paths: _Paths) -> Items:
    """The items of all lists, one after the other."""
    found: list[Value] = []
    further: list[Value] = []
    front: int | None = None
    most: int | None = 0
    for items in lists:
        if front is None and items.most != 0:
            front = len(found) + items.front
        found += items.items
        if items.most != 0:
            further.append(items.further)
            most = None if most is None or items.most is None else most + items.most
    front = len(found) if front is None else front
    return Items(found, one_of(further, paths) if further else None, most, front)


@_law("insert before")
def _insert_before(_run: Run, arguments: list[Value], paths: _Paths) -> Value:
    items = _items(arguments[0])
    place = None if items is None else _place(items, arguments[1])
    if items is None or place is None:
        return None
    return _changed(items, [*items.items[:place], arguments[2], *items.items[place:]], items.front + 1, paths)


@_law("remove")
def _remove(_run: Run, arguments: list[Value], paths: _Paths) -> Value:
    items = _items(arguments[0])
    place = None if items is None else _place(items, arguments[1])
    if items is None or place is None:
        return None
    return _changed(items, [*items.items[:place], *items.items[place + 1 :]], items.front - 1, paths)


@_law("list replace")
def _replace(_run: Run, arguments: list[Value], paths: _Paths) -> Value:
    items = _items(arguments[0])
    place = None if items is None else _place(items, arguments[1])
    if items is None or place is None:
        return None
    return _changed(items, [*items.items[:place], arguments[2], *items.items[place + 1 :]], items.front, paths)


@_law("reverse")
def _reverse(_run: Run, arguments: list[Value], paths: _Paths) -> Value:
    """What stood at the front stands at the end, behind whatever may still come."""
    items = _items(arguments[0])
    return None if items is None else _changed(items, items.items[::-1], 0, paths)


@_law("sort")
def _sort(_run: Run, arguments: list[Value], paths: _Paths) -> Value:
    """Items of one kind that has an order are all there afterwards; where, is not known."""
    items = items_of(arguments[0])
    if items is None or len(arguments) > 1:
        return None
    kinds = [kind(item) for item in ([*items.items, items.further] if items.most != 0 else items.items)]
    if not kinds or kinds[0] not in (NUMBER, TEXT) or any(other != kinds[0] for other in kinds[1:]):
        return None
    # Items alone that wait for answers are not said to be in order either.
    further = items.further if items.most != 0 else one_of(items.items, paths)
    if items.most != 0:
        return _changed(items, items.items, 0, paths)
    sure = [item for item in items.items if type(item) is not Unanswered]
    return open_list(paths, Items(sure, further, len(items.items) - len(sure), 0))


@_law("index of")
def _index_of(run: Run, arguments: list[Value], paths: _Paths) -> Value:
    items = _items(arguments[0])
    return None if items is None else positions(run, items, arguments[1], paths)


def positions(run: Run, items: Items, match: Value, paths: _Paths) -> Value:
    """The positions of the items that surely are equal to a value; there may be more. None where one is null."""
    run.spend(len(items.items))
    sure: list[Value] = []
    perhaps = 0
    front: int | None = None
    for place, item in enumerate(items.items):
        truth = _matches(item, match, run)
        if truth is None:
            return None
        if place < items.front and truth is True:
            sure.append(Decimal(place + 1))
        elif truth is not False:
            front = len(sure) if front is None else front
            paths |= paths_of((truth,))
            perhaps += 1
    if items.most != 0:
        further = _matches(items.further, match, run)
        # Null, or what may turn out so, leaves nothing certain.
        if further is None or not (further is False or isinstance(further, bool) or further.type == BOOLEAN):
            return None
        if further is not False:
            front = len(sure) if front is None else front
            perhaps = LONGEST if items.most is None else perhaps + items.most
    if not perhaps:
        return sure
    anywhere = Unanswered(paths, NUMBER, knows=Bounds(Decimal(1), Decimal(LONGEST)))
    return open_list(paths, Items(sure, anywhere, perhaps, len(sure) if front is None else front))


@_law("distinct values", "union")
def _distinct(run: Run, arguments: list[Value], paths: _Paths) -> Value:
    lists = [_items(argument) for argument in arguments]
    known = [items for items in lists if items is not None]
    return None if len(known) < len(lists) else distinct(run, _joined(known, paths), paths)


def distinct(run: Run, items: Items, paths: _Paths) -> Value:
    """The items that surely differ from each other; there may be more. None for other items than plain ones."""
    kept: list[Value] = []
    perhaps: list[Value] = []
    front: int | None = None
    for place, item in enumerate(items.items):
        if kind(item) not in NEVER_LISTS:
            return None
        if place == items.front and front is None:
            front = len(kept)
        run.spend(len(kept))
        truths = [_matches(other, item, run) for other in kept]
        if True in truths:
            continue
        if type(item) is not Unanswered:
            kept.append(item)
            continue
        front = len(kept) if front is None else front
        perhaps.append(item)
    most: int | None = len(perhaps)
    if items.most != 0:
        if kind(items.further) not in NEVER_LISTS:
            return None
        front = len(kept) if front is None else front
        perhaps.append(items.further)
        most = None if items.most is None else len(perhaps) - 1 + items.most
    if not perhaps:
        return kept
    paths |= paths_of(perhaps)
    return open_list(paths, Items(kept, one_of(perhaps, paths), most, len(kept) if front is None else front))


@_law("flatten")
def _flatten(run: Run, arguments: list[Value], paths: _Paths) -> Value:
    items = items_of(arguments[0])
    return None if items is None else flattened(run, items, paths)


def flattened(run: Run, items: Items, paths: _Paths) -> Value:
    """The items of a list and of all lists in it; None where it is not known what is a list."""
    flat = _flat(run, items, paths)
    return None if flat is None else open_list(paths, flat)


def _flat(run: Run, items: Items, paths: _Paths) -> Items | None:
    """The items of a list and of all lists in it; None where it is not known what is a list."""
    run.spend(len(items.items))
    parts: list[Items] = []
    for place, item in enumerate(items.items):
        inner = items_of(item)
        if inner is not None:
            flat = _flat(run, inner, paths)
            if flat is None:
                return None
        elif type(item) is Unanswered and not _never_a_list(item):
            return None
        else:
            flat = Items((item,), None, 0, 1)
        if place >= items.front:
            # An item may come before it.
            flat = Items(flat.items, flat.further, flat.most, 0)
        parts.append(flat)
    if items.most != 0:
        sure = _never_a_list(items.further)
        further = items.further if sure else Unanswered(paths_of((items.further,)))
        parts.append(Items((), further, items.most if sure else None, 0))
    whole = _joined(parts, paths)
    run.check_items(len(whole.items))
    return whole._replace(front=min(whole.front, _length(parts[: items.front])))


def _length(parts: Sequence[Items]) -> int:
    return sum(len(part.items) for part in parts)


def _never_a_list(value: Value) -> bool:
    if type(value) is not Unanswered:
        return not isinstance(value, list)
    return value.known is not None or isinstance(value.type, RecordType) or kind(value) in NEVER_LISTS


# Numbers and texts


def _monotone(overloads: Sequence[Overload]) -> Law:
    """The law of a function that rises with its first argument: its ends are those of the argument."""

    def law(run: Run, arguments: list[Value], paths: _Paths) -> Value:
        number, *others = arguments
        limits = _limits(number)
        if limits is None or not all(isinstance(other, Decimal) for other in others):
            return None
        for overload in overloads:
            if overload.takes(len(arguments)):
                return bounded(paths, hull([overload.function(run, end, *others) for end in limits]))
        return None

    return law


ROUNDING = ("decimal", "floor", "ceiling", "round up", "round down", "round half up", "round half down")
for _name in ROUNDING:
    LAWS[_name] = _monotone(NUMBERS.overloads[_name])


@_law("abs")
def _abs(_run: Run, arguments: list[Value], paths: _Paths) -> Value:
    limits = _limits(arguments[0])
    if limits is None:
        return None
    low, high = limits
    ends = [abs(low), abs(high)]
    return bounded(paths, (Decimal(0) if low <= 0 <= high else min(ends), max(ends)))


def _of_texts(result: Type) -> Law:
    """The law of a function of texts that is never null: of which type it will be."""

    def law(_run: Run, arguments: list[Value], paths: _Paths) -> Value:
        return Unanswered(paths, result) if all(kind(argument) == TEXT for argument in arguments) else None

    return law


for _name in ("contains", "starts with", "ends with"):
    LAWS[_name] = _of_texts(BOOLEAN)
for _name in ("upper case", "lower case", "plain name", "digits", "substring before", "substring after"):
    LAWS[_name] = _of_texts(TEXT)


@_law("string length")
def _string_length(_run: Run, arguments: list[Value], paths: _Paths) -> Value:
    return bounded(paths, (Decimal(0), Decimal(LONGEST))) if kind(arguments[0]) == TEXT else None
