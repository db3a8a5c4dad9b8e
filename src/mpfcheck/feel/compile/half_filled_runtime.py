"""What compiled code for half-filled proposals works with: plain values of answers, and what stands for missing ones.

A value that is not answered is :class:`Unanswered`, of its type and with what is certain of it, as in the reference
evaluator, but without paths: code tells what a rule says, and the reference what it waits for. A number of which only
the limits are known is the pair of these. In place of a record that is not answered stands something with the same
``get``. Each function here takes the short way where everything is answered. Elsewhere it asks the reference
evaluator's own operations, so that both say the same, and leaves by :class:`UnreadyError` where they give null, or
where nothing here stands for what they need.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from mpfcheck.feel.compile import runtime
from mpfcheck.feel.errors import UnreadyError
from mpfcheck.feel.evaluate.builtins.partly import LAWS
from mpfcheck.feel.evaluate.builtins.registry import BUILTINS
from mpfcheck.feel.limits import Run, WorkLimits
from mpfcheck.feel.types import BOOLEAN, NUMBER, TEXT, NumberType, RecordType
from mpfcheck.feel.values.arithmetic import calculate, negative
from mpfcheck.feel.values.comparison import conjunction, disjunction, equal, holds, in_range, one_of
from mpfcheck.feel.values.knowledge import LONGEST, MOST_CHOICES, NEVER_LISTS, choices, items_of, kind, open_list
from mpfcheck.feel.values.temporal import Date
from mpfcheck.feel.values.value import Bounds, Items, OneOf, OpenList, Range, Unanswered
from mpfcheck.same_name import name_key, pic_key

__all__ = ["ABSENT", "ANYTHING", "FUNCTIONS", "FURTHER", "NAMESPACE", "SOME_TEXT", "TRUTH", "UNKNOWN", "pluck"]

Body: TypeAlias = Callable[[Any], Any]
"""The code of what is said of one item of a list."""
_Two: TypeAlias = Callable[[Any, Any], Any]
_Ends: TypeAlias = tuple[Decimal, Decimal]
"""The least and the greatest that a number can be."""


class _FreeRun(Run):
    """Work that nobody counts: lists are short here, and the reference stays far within its limits for such."""

    __slots__ = ()

    def spend(self, steps: int = 1) -> None:
        """Count nothing."""

    def check_items(self, size: int) -> None:
        """Allow it."""

    def check_characters(self, size: int) -> None:
        """Allow it."""


_RUN = _FreeRun(WorkLimits(), strict=True)
_NO_PATHS: frozenset[str] = frozenset()
_NOTHING = Decimal(0)
_MOST = Decimal(LONGEST)
TRUTH = Unanswered(_NO_PATHS, BOOLEAN)
"""What will turn out true or false."""
SOME_TEXT = Unanswered(_NO_PATHS, TEXT)
"""Any text that is not answered: no code asks for the codes that it may be."""
ANYTHING = Unanswered(_NO_PATHS)
"""What may turn out as anything, null among it."""


def is_truth(value: Any) -> bool:
    """Whether a value is true or false, now or once it is answered."""
    return value is TRUTH or type(value) is bool or (type(value) is Unanswered and value.type == BOOLEAN)


# What stands for records that are not answered


class _Absent(dict[str, object]):
    """A record that is not answered: none of its fields is."""


class _Further:
    """Any record that may still come into an open list: none of its fields is answered, its lists neither."""

    def get(self, _name: str, default: object) -> object:
        """What is known of a field: its type."""
        return self if default is ABSENT else default


class _Unknown:
    """What may be a record or not: nothing is known of its fields."""

    def get(self, _name: str, default: object) -> object:
        """Nothing is known of a field."""
        return self if default is ABSENT else ANYTHING


class _OneOfRecords:
    """A record that is one of these."""

    def __init__(self, records: Sequence[Any]) -> None:
        self.records = records

    def get(self, name: str, default: object) -> object:
        """One of the values that the field has."""
        if default is ABSENT:
            raise UnreadyError
        return one_of([lifted(record.get(name, default)) for record in self.records], _NO_PATHS)


ABSENT = _Absent()
FURTHER = _Further()
UNKNOWN = _Unknown()


def lifted(value: Any) -> Any:
    """An answer that is neither list nor record as the reference evaluator has it."""
    kind_of = type(value)
    if kind_of is date:
        return Date(value.year, value.month, value.day)
    if kind_of is tuple:
        return Unanswered(_NO_PATHS, NUMBER, knows=Bounds(*value))
    return Decimal(value) if kind_of is int else value


def _there(value: Any) -> Any:
    """A value of the reference evaluator, unless it is null."""
    if value is None:
        raise UnreadyError
    return value


# Fields


def months(value: Any) -> Any:
    """A field that holds a whole number."""
    return Decimal(value) if type(value) is int else value


def listed(record: Any, field: str, unanswered: Unanswered) -> Any:
    """A list that is unanswered where it is absent, and open where it is not finished."""
    if type(record) is _OneOfRecords:
        raise UnreadyError
    found = record.get(field, unanswered)
    return found if type(found) is not OpenList else _open(found, unanswered)


def listed_or_empty(record: Any, field: str, unanswered: Unanswered) -> Any:
    """A list that is empty where it is absent."""
    if type(record) is _OneOfRecords:
        raise UnreadyError
    found = record.get(field, unanswered)
    if found is unanswered and record is not FURTHER:
        return []
    return found if type(found) is not OpenList else _open(found, unanswered)


def _open(items: list[Any], unanswered: Unanswered) -> Unanswered:
    known = items_of(unanswered)
    further = None if known is None else known.further
    return Unanswered(_NO_PATHS, unanswered.type, knows=Items(items, further, None, len(items)))


def _known(items: Any) -> Items | None:
    """What is known of a list that is not answered, with what stands for a record; None where that is no list."""
    if type(items) is not Unanswered:
        raise UnreadyError
    known = items_of(items)
    if known is None or type(known.further) is not Unanswered or not isinstance(known.further.type, RecordType):
        return known
    return known._replace(further=FURTHER)  # type: ignore[arg-type]  # it stands for a record


def pluck(items: Any, field: str, unanswered: object, no_list: object = None, of_no_list: object = None) -> Any:
    """That field of every item; ``of_no_list`` are those of ``no_list``."""
    if type(items) is list:
        return [item.get(field, unanswered) for item in items]
    if items is no_list:
        return of_no_list
    known = _known(items)
    if known is None:
        return ANYTHING
    found = [lifted(item.get(field, unanswered)) for item in known.items]  # type: ignore[union-attr]  # records
    further = lifted(_member(known.further, field, unanswered))
    return open_list(_NO_PATHS, Items(found, further, known.most, known.front))


def _member(further: Any, field: str, unanswered: object) -> Any:
    return ANYTHING if type(further) is Unanswered else further.get(field, unanswered)


# Lists


def bounded(items: Any, longest: int) -> Any:
    """The list, unless it is too long for compiled code."""
    if type(items) is list:
        return runtime.bounded(items, longest)
    known = items_of(items)
    if known is not None:
        runtime.bounded(known.items, longest)  # type: ignore[arg-type]  # only its length is asked for
    return items


def filtered(items: Any, condition: Body) -> Any:
    """The items for which a condition holds; what is certain of them where that depends on answers."""
    if type(items) is list:
        known, is_open = Items(items, None, 0, len(items)), False
    else:
        found_items = _known(items)
        if found_items is None:
            return ANYTHING
        known, is_open = found_items, True
    kept: list[Any] = []
    perhaps: list[Any] = []
    front: int | None = None
    for place, item in enumerate(known.items):
        if place == known.front and front is None:
            front = len(kept)
        found = condition(item)
        if found is True:
            kept.append(item)
        elif found is not False:
            if not is_truth(found):
                return ANYTHING
            front = len(kept) if front is None else front
            perhaps.append(item)
    if is_open:
        front = len(kept) if front is None else front
        found = condition(known.further)
        is_open = found is not False
        if is_open:
            if not is_truth(found):
                return ANYTHING
            perhaps.append(known.further)
    if not perhaps:
        return kept
    most = None if is_open and known.most is None else len(perhaps) + (known.most or 0)
    return open_list(_NO_PATHS, Items(kept, _any_of(perhaps), most, len(kept) if front is None else front))


def _any_of(items: list[Any]) -> Any:
    """One of these items: records, or plain values."""
    first = items[0]
    if all(item is first for item in items):
        return first
    if not any(hasattr(item, "get") for item in items):
        return one_of(list(map(lifted, items)), _NO_PATHS)
    if any(type(item) is Unanswered or item is FURTHER or item is UNKNOWN for item in items):
        raise UnreadyError
    records = [one for item in items for one in (item.records if type(item) is _OneOfRecords else (item,))]
    return UNKNOWN if len(records) > MOST_CHOICES else _OneOfRecords(records)


def plain_list(items: Any) -> Any:
    """A list of which every item is there, though not all of it need be answered."""
    if type(items) is not list:
        raise UnreadyError
    return items


def item_at(items: Any, position: Any) -> Any:
    """The item at a position, of a list that is there."""
    if _is_open(position):
        raise UnreadyError
    return runtime.item_at(plain_list(items), position)


class _WaitsError(UnreadyError):
    """How far a loop counts is not answered."""


def counting(start: Any, end: Any, longest: int) -> range:
    """The whole numbers from one up to the other."""
    if _is_open(start) or _is_open(end):
        raise _WaitsError
    return runtime.counting(start, end, longest)


def column(items: Any, field: str, unanswered: object, function: Body) -> Sequence[Any]:
    """What a function makes of that field of every item; nothing, and so no place to find, where no list is there."""
    return [function(item.get(field, unanswered)) for item in items] if type(items) is list else ()


def all_different(texts: Sequence[Any]) -> bool:
    """Whether there are several texts, all of them there and different."""
    return all(type(text) is str for text in texts) and runtime.all_different(texts)


def place_in(items: Any, place: int) -> Any:
    """The item at a counted place; beyond the end, Python's IndexError leads to the reference."""
    if type(items) is not list:
        raise UnreadyError
    return items[place - 1]


def turns(quantified: Callable[[], Any]) -> Any:
    """What is said of all turns of a loop that counts; of one whose end is not answered, nothing is certain."""
    try:
        return quantified()
    except _WaitsError:
        return ANYTHING


def some(items: Any, condition: Body) -> Any:
    """Whether a condition holds for any item."""
    if type(items) is not list and type(items) is not range:
        return _of_open(items, condition, wanted=True)
    waiting: Any = False
    for item in items:
        found = condition(item)
        if found is True:
            return True
        if found is not False:
            waiting = _wait(waiting, found)
    return waiting


def every(items: Any, condition: Body) -> Any:
    """Whether a condition holds for all items."""
    if type(items) is not list and type(items) is not range:
        return _of_open(items, condition, wanted=False)
    waiting: Any = True
    for item in items:
        found = condition(item)
        if found is False:
            return False
        if found is not True:
            waiting = _wait(waiting, found)
    return waiting


def _of_open(items: Any, condition: Body, *, wanted: bool) -> Any:
    known = _known(items)
    if known is None:
        return ANYTHING
    parts = [condition(item) for item in known.items]
    if wanted in parts:
        return wanted
    beyond = condition(known.further)
    if beyond is (not wanted):
        return disjunction(parts) if wanted else conjunction(parts)
    return TRUTH if is_truth(beyond) and all(map(is_truth, parts)) else ANYTHING


def _wait(one: Any, other: Any) -> Unanswered:
    """What waits for both, of which one at least is not answered."""
    return TRUTH if (one is TRUTH or is_truth(one)) and (other is TRUTH or is_truth(other)) else ANYTHING


def each(items: Any, result: Body) -> list[Any]:
    """What is made of every item, of a list that is there."""
    return [result(item) for item in plain_list(items)]


# Truths


def either(condition: Unanswered, then: Any, otherwise: Any) -> Any:
    """One of two values, where it is not answered which."""
    if not is_truth(condition):
        return then if _same(then, otherwise) else ANYTHING
    if _same(then, otherwise) or then is otherwise is SOME_TEXT:
        return then
    return one_of((lifted(then), lifted(otherwise)), _NO_PATHS)


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and not _is_open(one) and bool(one == other)


def negation(value: Any) -> Any:
    """``not``."""
    if type(value) is bool:
        return not value
    return _builtin("not", value)


def in_set(value: Any, members: frozenset[object]) -> Any:
    """Whether a value is one of some that never change."""
    if type(value) is not Unanswered:
        return value in members
    if value is SOME_TEXT and members:
        return TRUTH
    several = choices(value)
    if len(several) > 1:
        found = [in_set(one, members) for one in several]
        if type(found[0]) is bool and all(one is found[0] for one in found):
            return found[0]
        return TRUTH if all(map(is_truth, found)) else ANYTHING
    kind_of = kind(value)
    if kind_of is None and value.type is None and value.knows is None:
        return ANYTHING
    if value.knows is not None or kind_of not in NEVER_LISTS or kind_of == NUMBER:
        raise UnreadyError
    return TRUTH if members else False


def in_list(value: Any, items: Any) -> Any:
    """Whether a value is one of a list that is there."""
    found = [equal(lifted(value), lifted(item), _RUN) for item in plain_list(items)]
    if None in found or (type(value) is Unanswered and (kind(value) not in NEVER_LISTS or type(value.knows) is OneOf)):
        raise UnreadyError
    return disjunction(found)


def within(value: Any, low: Any, high: Any, low_closed: bool, high_closed: bool) -> Any:
    """Whether a value is in a range; one that runs down is null."""
    if _is_open(low) or _is_open(high) or low > high:
        raise UnreadyError
    if not _is_open(value):
        return runtime.within(value, low, high, low_closed, high_closed)
    value = lifted(value)
    if type(value.knows) is OneOf:
        raise UnreadyError
    extent = Range(lifted(low), lifted(high), low_closed=low_closed, high_closed=high_closed)
    return _there(in_range(value, extent, _RUN))


def test(op: str, value: Any, operand: Any) -> Any:
    """A comparison as a test of ``in``."""
    if type(value) is Unanswered and type(value.knows) is OneOf:
        raise UnreadyError
    return _there(holds(op, lifted(value), lifted(operand), _RUN))


def _compared(op: str, plain: _Two) -> _Two:
    def compared(left: Any, right: Any) -> Any:
        if type(left) is not Unanswered and type(right) is not Unanswered:
            return plain(left, right)
        if _is_plain(left) and _is_plain(right):
            return TRUTH
        return _there(holds(op, lifted(left), lifted(right), _RUN))

    return compared


def _is_plain(value: Any) -> bool:
    """Whether it is there, or is to be answered by any value of its type."""
    return type(value) is not Unanswered or (value.knows is None and value.type is not None)


def _texts(op: str, plain: _Two) -> _Two:
    def compared(left: Any, right: Any) -> Any:
        one, other = type(left) is str, type(right) is str
        if one and other:
            return plain(left, right)
        if (one or left is SOME_TEXT) and (other or right is SOME_TEXT):
            return TRUTH
        return TRUTH if _any_text(left) and _any_text(right) else _there(holds(op, left, right, _RUN))

    return compared


def _any_text(text: Any) -> bool:
    """Whether it is a text that is there, or one of which nothing is known."""
    return type(text) is str or (text.knows is None and text.type is not None)


def _numbers(op: str, plain: _Two, limits: Callable[[_Ends, _Ends], bool | None]) -> _Two:
    """What compares two numbers; ``limits`` tells it of any within such limits, None where they do not decide it."""

    def compared(left: Any, right: Any) -> Any:
        one, other = type(left), type(right)
        if one is Decimal and other is Decimal:
            return plain(left, right)
        ours = left if one is tuple else _limits(left)
        theirs = right if other is tuple else _limits(right)
        if ours is not None and theirs is not None:
            decided = limits(ours, theirs)
            return TRUTH if decided is None else decided
        return _there(holds(op, lifted(left), lifted(right), _RUN))

    return compared


def _sooner(first: _Ends, second: _Ends) -> bool | None:
    """Whether the one is less: surely, surely not, or None."""
    return True if first[1] < second[0] else False if first[0] >= second[1] else None


def _no_later(first: _Ends, second: _Ends) -> bool | None:
    return True if first[1] <= second[0] else False if first[0] > second[1] else None


def _equal(first: _Ends, second: _Ends) -> bool | None:
    if first[1] < second[0] or second[1] < first[0]:
        return False
    return True if first[0] == first[1] == second[0] == second[1] else None


def _different(first: _Ends, second: _Ends) -> bool | None:
    found = _equal(first, second)
    return None if found is None else not found


def open_alike(text: Unanswered, other: str) -> Any:
    """``=`` of a text that is not answered and one that is there."""
    # Nothing is known of it, unless it is one of several.
    return TRUTH if _any_text(text) else _there(holds("=", text, other, _RUN))


def open_other(text: Unanswered, other: str) -> Any:
    """``!=`` of the same."""
    return TRUTH if _any_text(text) else _there(holds("!=", text, other, _RUN))


# Numbers


def _limits(number: Any) -> _Ends | None:
    """Between which numbers a value will be; None for other values, and where the reference must tell."""
    kind_of = type(number)
    if kind_of is tuple:
        return number  # type: ignore[no-any-return]  # no other value is a pair
    if kind_of is Decimal:
        return number, number
    if kind_of is not Unanswered or number.knows is None:
        return None
    knows = number.knows
    if type(knows) is Bounds and type(knows.low) is Decimal and type(knows.high) is Decimal:
        return knows.low, knows.high
    return None


def add(left: Any, right: Any) -> Any:
    """``left + right``."""
    one, other = type(left), type(right)
    if one is Decimal and other is Decimal:
        return left + right
    ours = left if one is tuple else _limits(left)
    theirs = right if other is tuple else _limits(right)
    if ours is not None and theirs is not None:
        return ours[0] + theirs[0], ours[1] + theirs[1]
    return _there(calculate("+", lifted(left), lifted(right), _RUN))


def subtract(left: Any, right: Any) -> Any:
    """``left - right``."""
    one, other = type(left), type(right)
    if one is Decimal and other is Decimal:
        return left - right
    ours = left if one is tuple else _limits(left)
    theirs = right if other is tuple else _limits(right)
    if ours is not None and theirs is not None:
        return ours[0] - theirs[1], ours[1] - theirs[0]
    return _there(calculate("-", lifted(left), lifted(right), _RUN))


def multiply(left: Any, right: Any) -> Any:
    """``left * right``."""
    one, other = type(left), type(right)
    if one is Decimal and other is Decimal:
        return left * right
    ours = left if one is tuple else _limits(left)
    theirs = right if other is tuple else _limits(right)
    if ours is not None and theirs is not None and ours[0] >= 0 and theirs[0] >= 0:
        return ours[0] * theirs[0], ours[1] * theirs[1]
    return _there(calculate("*", lifted(left), lifted(right), _RUN))


def divide(left: Any, right: Any) -> Any:
    """``left / right``."""
    if type(left) is Decimal and type(right) is Decimal:
        return left / right
    return _there(calculate("/", lifted(left), lifted(right), _RUN))


def absolute(number: Any) -> Any:
    """FEEL's ``abs``."""
    if type(number) is Decimal:
        return abs(number)
    limits = number if type(number) is tuple else _limits(number)
    if limits is None:
        return _builtin("abs", number)
    low, high = limits
    if low >= 0:
        return abs(low), abs(high)
    if high <= 0:
        return abs(high), abs(low)
    return _NOTHING, max(-low, high)


def minus(number: Any) -> Any:
    """``-number``."""
    return -number if type(number) is Decimal else _there(negative(lifted(number)))


def rounded(number: Any, unit: Decimal, mode: str, name: str, scale: Decimal) -> Any:
    """Rounding to a number of decimals that is written down."""
    if type(number) is Decimal:
        return number.quantize(unit, mode)
    limits = number if type(number) is tuple else _limits(number)
    if limits is None:
        return _builtin(name, number, scale)
    return limits[0].quantize(unit, mode), limits[1].quantize(unit, mode)


def total(numbers: Any) -> Any:
    """FEEL's ``sum``."""
    if type(numbers) is not list:
        return _builtin("sum", numbers)
    if not numbers:
        raise UnreadyError
    return _total(numbers, _NOTHING)


def total_from(numbers: Any, start: Any) -> Any:
    """``sum(append(numbers, start))``."""
    if type(numbers) is list:
        return _total(numbers, start)
    known = items_of(numbers)
    if known is not None and known.most is None:
        ends, further = _limits(_total(list(known.items), start)), _limits(_with_limits(known.further))
        if ends is not None and further is not None:
            return ends[0] + _MOST * min(further[0], _NOTHING), ends[1] + _MOST * max(further[1], _NOTHING)
    return _builtin("sum", append(numbers, start))


def _with_limits(number: Any) -> Any:
    """What is known of a number that is not answered, the limits of its type included."""
    if type(number) is Unanswered and number.knows is None and type(number.type) is NumberType:
        return number.type.within
    return number


def _total(numbers: list[Any], start: Any) -> Any:
    ends = _limits(start)
    if ends is None:
        return _builtin("sum", [*numbers, start])
    low, high = ends
    sure = type(start) is Decimal
    for number in numbers:
        if type(number) is Decimal:
            low += number
            if not sure:
                high += number
        else:
            ends = number if type(number) is tuple else _limits(number)
            if ends is None:
                return _builtin("sum", [*numbers, start])
            if sure:
                high, sure = low, False
            low, high = low + ends[0], high + ends[1]
    return low if sure else (low, high)


def total_of_chosen(items: Any, condition: Body, field: str, unanswered: Unanswered, start: Any) -> Any:
    """``sum(append(items[condition].field, start))``."""
    return total_from(pluck(filtered(items, condition), field, unanswered), start)


def total_with(low: Decimal, high: Decimal, perhaps: Sequence[Any], field: str, unanswered: Unanswered) -> Any:
    """The sum of numbers between ``low`` and ``high`` and of that field of each item that may be one more of them."""
    if len(perhaps) > MOST_CHOICES and any(item is not perhaps[0] for item in perhaps):
        return ANYTHING
    least = most = _NOTHING
    for item in perhaps:
        limits = _limits(item.get(field, unanswered))
        if limits is None:
            return ANYTHING
        least, most = min(least, limits[0]), max(most, limits[1])
    times = Decimal(len(perhaps))
    return low + times * least, high + times * most


def _is_open(value: object) -> bool:
    return type(value) is Unanswered or type(value) is tuple


# Functions


def _builtin(name: str, *arguments: Any) -> Any:
    """What the reference's function gives, where an argument, or an item of one, is not answered."""
    arguments = tuple(map(_lifted, arguments))
    if any(type(argument) is Unanswered and type(argument.knows) is OneOf for argument in arguments):
        return _there(BUILTINS[name].call(list(arguments), _RUN))
    law = LAWS.get(name)
    try:
        found = None if law is None else law(_RUN, list(arguments), _NO_PATHS)
    except ArithmeticError:
        return ANYTHING
    return ANYTHING if found is None else found


def _lifted(argument: Any) -> Any:
    if type(argument) is list and any(type(item) is tuple for item in argument):
        return list(map(lifted, argument))
    return lifted(argument)


def count(items: Any) -> Any:
    """FEEL's ``count``."""
    if type(items) is list:
        return Decimal(len(items))
    known = items_of(items)
    if known is None:
        return _builtin("count", items)
    there = len(known.items)
    return Decimal(there), Decimal(there + (LONGEST if known.most is None else known.most))


def append(items: Any, *more: Any) -> Any:
    """FEEL's ``append``."""
    return [*items, *more] if type(items) is list else _builtin("append", items, *more)


def concatenate(*lists: Any) -> Any:
    """FEEL's ``concatenate``."""
    unfinished = [items for items in lists if type(items) is not list]
    if not unfinished:
        return [item for items in lists for item in items]
    if len(unfinished) > 1:
        raise UnreadyError
    return _builtin("concatenate", *lists)


def _of_numbers(name: str, plain: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def found(numbers: Any) -> Any:
        if type(numbers) is list and not any(map(_is_open, numbers)):
            return plain(numbers)
        return _builtin(name, numbers)

    return found


def _of_text(name: str, plain: Callable[[str], str]) -> Callable[[Any], Any]:
    def found(text: Any) -> Any:
        if type(text) is str:
            return plain(text)
        return SOME_TEXT if text.knows is None and kind(text) == TEXT else _builtin(name, text)

    return found


def _of_plain(name: str, plain: Callable[..., Any]) -> Callable[..., Any]:
    def found(*arguments: Any) -> Any:
        if any(map(_is_open, arguments)):
            return _builtin(name, *arguments)
        return plain(*arguments)

    return found


_OWN: Mapping[str, Callable[..., Any]] = {
    "sum": total,
    "min": _of_numbers("min", runtime.smallest),
    "max": _of_numbers("max", runtime.largest),
    "count": count,
    "append": append,
    "concatenate": concatenate,
    "not": negation,
    "abs": absolute,
    "plain name": _of_text("plain name", name_key),
    "digits": _of_text("digits", pic_key),
}

FUNCTIONS: Mapping[str, str] = {name: f"{function.name}_of_any" for name, function in runtime.FUNCTIONS.items()}
"""The names in compiled code of the functions that take values which are not answered, by their FEEL names."""

NAMESPACE: Mapping[str, object] = {
    **runtime.NAMESPACE,
    **{
        own: _OWN.get(name) or _of_plain(name, runtime.NAMESPACE.get(runtime.FUNCTIONS[name].name, abs))  # type: ignore[arg-type]
        for name, own in FUNCTIONS.items()
    },
    "Unanswered": Unanswered,
    "ABSENT": ABSENT,
    "TRUTH": TRUTH,
    "SOME_TEXT": SOME_TEXT,
    "is_truth": is_truth,
    "months": months,
    "listed": listed,
    "listed_or_empty": listed_or_empty,
    "pluck": pluck,
    "bounded": bounded,
    "filtered": filtered,
    "plain_list": plain_list,
    "item_at": item_at,
    "counting": counting,
    "column": column,
    "all_different": all_different,
    "place_in": place_in,
    "turns": turns,
    "some": some,
    "every": every,
    "each": each,
    "waits": _wait,
    "type": type,
    "str": str,
    "list": list,
    "tuple": tuple,
    "NOTHING": _NOTHING,
    "pic_key": pic_key,
    "name_key": name_key,
    "either": either,
    "in_set": in_set,
    "in_list": in_list,
    "within": within,
    "test": test,
    "minus": minus,
    "rounded": rounded,
    "total_from": total_from,
    "total_of_chosen": total_of_chosen,
    "total_with": total_with,
    "open_alike": open_alike,
    "open_other": open_other,
    "compare_eq": _compared("=", operator.eq),
    "compare_ne": _compared("!=", operator.ne),
    "compare_lt": _compared("<", operator.lt),
    "compare_le": _compared("<=", operator.le),
    "compare_gt": _compared(">", operator.gt),
    "compare_ge": _compared(">=", operator.ge),
    "text_eq": _texts("=", operator.eq),
    "text_ne": _texts("!=", operator.ne),
    "number_eq": _numbers("=", operator.eq, _equal),
    "number_ne": _numbers("!=", operator.ne, _different),
    "number_lt": _numbers("<", operator.lt, _sooner),
    "number_le": _numbers("<=", operator.le, _no_later),
    "number_gt": _numbers(">", operator.gt, lambda one, other: _sooner(other, one)),
    "number_ge": _numbers(">=", operator.ge, lambda one, other: _no_later(other, one)),
    "add": add,
    "subtract": subtract,
    "multiply": multiply,
    "divide": divide,
}
"""The global names of the code."""
