"""What compiled code works with: plain Python values of answers, and the functions it may call on them.

Each function gives what FEEL's function of that name gives, or leaves by :class:`UnreadyError` where that is null.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import MAXYEAR, MINYEAR, date
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

from mpfcheck.feel.errors import NotCompilableError, UnreadyError
from mpfcheck.feel.types import ANY, BOOLEAN, DATE, NUMBER, TEXT, ListType, NumberType, RecordType, TextType, Type
from mpfcheck.feel.values.temporal import Date
from mpfcheck.frozen import Frozen
from mpfcheck.same_name import name_key, pic_key

__all__ = [
    "BUILT_IN",
    "FUNCTIONS",
    "LONGEST_BODY",
    "LONGEST_LISTS",
    "NAMESPACE",
    "CompiledFunction",
    "alike",
    "comparable",
    "to_python",
    "type_of_constant",
]


def to_python(value: object) -> Decimal | str | bool | date | list[Decimal | str | bool | date]:
    """The value as answers hold it; raises :class:`NotCompilableError` where they hold no such value."""
    if isinstance(value, Decimal | str | bool):
        return value
    if isinstance(value, Date) and MINYEAR <= value.year <= MAXYEAR:
        return date(value.year, value.month, value.day)
    if isinstance(value, list):
        items = [to_python(item) for item in value]
        if len({type(item) for item in items}) <= 1 and not any(isinstance(item, list) for item in items):
            return items  # type: ignore[return-value]  # no item is a list, as just seen
    raise NotCompilableError(type(value).__name__)


def type_of_constant(value: object) -> Type:
    """The type of a value :func:`to_python` takes; an empty list is one of anything."""
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, Decimal):
        return NUMBER
    if isinstance(value, str):
        return TEXT
    if isinstance(value, Date):
        return DATE
    if isinstance(value, list):
        return ListType(type_of_constant(value[0]) if value else ANY)
    raise NotCompilableError(type(value).__name__)


def comparable(left: Type, right: Type, *, ordered: bool) -> bool:
    """Whether two values of these types compare in Python as they do in FEEL."""
    if isinstance(left, NumberType):
        return isinstance(right, NumberType)
    if isinstance(left, TextType):
        return isinstance(right, TextType)
    if left == DATE:
        return right == DATE
    return left == BOOLEAN and right == BOOLEAN and not ordered


def alike(left: Type, right: Type) -> bool:
    """Whether two values of these types go into one list of compiled code."""
    if isinstance(left, RecordType):
        return isinstance(right, RecordType) and left.name == right.name
    return comparable(left, right, ordered=False)


LONGEST_LISTS = (1000, 30)
"""The longest list of a loop, and of a loop in a loop. Work beyond is the reference evaluator's, which counts it."""

LONGEST_BODY = 1000
"""The longest body of a loop, in characters.

So compiled code answers only where the reference stays far within its limits, and always answers alike.
"""


MOST_DIGITS = 33
"""A number of so many digits is rounded without an error: there is room for one more, where it is rounded up."""


class CompiledFunction(Frozen):
    """A function compiled code may call: its name there, and the type of its result for types of arguments.

    ``rounding`` is the mode of a rounding function. Numbers are given as Decimals.
    """

    name: str
    result: Callable[[tuple[Type, ...]], Type]
    rounding: str = ""


def bounded(items: list[object], longest: int) -> list[object]:
    """The list, unless it is too long for compiled code."""
    if len(items) > longest:
        raise UnreadyError
    return items


def counting(start: Decimal | int, end: Decimal | int, longest: int) -> range:
    """The whole numbers from one up to the other, as FEEL's ``start..end``; counting down is left to the reference."""
    first, last = int(start), int(end)
    if first != start or last != end or not first <= last < first + longest:
        raise UnreadyError
    return range(first, last + 1)


def within(value: Any, low: Any, high: Any, low_closed: bool, high_closed: bool) -> bool:
    """Whether a value is in a range; one that runs down is null."""
    if low > high:
        raise UnreadyError
    return bool(low <= value if low_closed else low < value) and bool(value <= high if high_closed else value < high)


def all_different(texts: Sequence[str]) -> bool:
    """Whether there are several texts, not more than loops in loops go through, and all of them are different."""
    return 1 < len(texts) <= LONGEST_LISTS[1] + 1 and len(set(texts)) == len(texts)


def item_at(items: list[object], position: Decimal | int) -> object:
    """The item at a position from 1, or from the end where it is negative."""
    place = int(position)
    if place != position or place == 0 or abs(place) > len(items):
        raise UnreadyError
    return items[place - 1 if place > 0 else place]


def list_or_empty(record: Mapping[str, object], field: str) -> object:
    """A list that counts as given and empty where it is absent."""
    return record.get(field, [])


def list_or_empty_below(answers: Mapping[str, Mapping[str, object]], parent: str, field: str) -> object:
    """The same of a record that may be absent itself."""
    record = answers.get(parent)
    return [] if record is None else record.get(field, [])


_NOTHING = Decimal(0)


def total(numbers: list[Decimal]) -> Decimal:
    """FEEL's ``sum``."""
    if not numbers:
        raise UnreadyError
    return sum(numbers, _NOTHING)


def smallest(numbers: list[Decimal]) -> Decimal:
    """FEEL's ``min`` of a list of numbers."""
    if not numbers:
        raise UnreadyError
    return min(numbers)


def largest(numbers: list[Decimal]) -> Decimal:
    """FEEL's ``max`` of a list of numbers."""
    if not numbers:
        raise UnreadyError
    return max(numbers)


def append(items: list[object], *more: object) -> list[object]:
    """FEEL's ``append``."""
    return [*items, *more]


def concatenate(*lists: list[object]) -> list[object]:
    """FEEL's ``concatenate``."""
    return [item for items in lists for item in items]


def contains(text: str, part: str) -> bool:
    """FEEL's ``contains``."""
    return part in text


def _rounding(mode: str) -> Callable[[Decimal, Decimal], Decimal]:
    def rounded(number: Decimal, scale: Decimal) -> Decimal:
        places = int(scale)
        if places != scale or not 0 <= places <= 20:
            raise UnreadyError
        return number.quantize(Decimal((0, (1,), -places)), rounding=mode)

    return rounded


def _whole(mode: str) -> Callable[[Decimal], Decimal]:
    return lambda number: number.to_integral_value(rounding=mode)


def _numbers(result: Type) -> Callable[[tuple[Type, ...]], Type]:
    def check(types: tuple[Type, ...]) -> Type:
        if not all(isinstance(kind, NumberType) for kind in types):
            raise NotCompilableError("numbers")
        return result

    return check


def _exactly(size: int, rule: Callable[[tuple[Type, ...]], Type]) -> Callable[[tuple[Type, ...]], Type]:
    def check(types: tuple[Type, ...]) -> Type:
        if len(types) != size:
            raise NotCompilableError("number of arguments")
        return rule(types)

    return check


def _of_numbers(types: tuple[Type, ...]) -> Type:
    if not (isinstance(types[0], ListType) and isinstance(types[0].item, NumberType)):
        raise NotCompilableError("a list of numbers")
    return NUMBER


def _of_list(types: tuple[Type, ...]) -> Type:
    if not isinstance(types[0], ListType):
        raise NotCompilableError("a list")
    return NUMBER


def _of_append(types: tuple[Type, ...]) -> Type:
    base = types[0]
    if not isinstance(base, ListType) or not all(alike(base.item, kind) for kind in types[1:]):
        raise NotCompilableError("append")
    return base


def _of_concatenate(types: tuple[Type, ...]) -> Type:
    first = types[0] if types else None
    for kind in types:
        if not (isinstance(first, ListType) and isinstance(kind, ListType) and alike(first.item, kind.item)):
            raise NotCompilableError("concatenate")
    if not isinstance(first, ListType):
        raise NotCompilableError("concatenate")
    return first


def _of_texts(result: Type) -> Callable[[tuple[Type, ...]], Type]:
    def check(types: tuple[Type, ...]) -> Type:
        if not all(isinstance(kind, TextType) for kind in types):
            raise NotCompilableError("texts")
        return result

    return check


def _of_boolean(types: tuple[Type, ...]) -> Type:
    if types != (BOOLEAN,):
        raise NotCompilableError("a boolean")
    return BOOLEAN


BUILT_IN: Mapping[str, object] = {"any": any, "all": all, "abs": abs, "sum": sum}
NAMESPACE: Mapping[str, object] = {
    "__builtins__": BUILT_IN,
    "Decimal": Decimal,
    "bounded": bounded,
    "counting": counting,
    "within": within,
    "all_different": all_different,
    "item_at": item_at,
    "list_or_empty": list_or_empty,
    "list_or_empty_below": list_or_empty_below,
    "total": total,
    "count": len,
    "smallest": smallest,
    "largest": largest,
    "append": append,
    "concatenate": concatenate,
    "contains": contains,
    "name_key": name_key,
    "pic_key": pic_key,
    "round_half_up": _rounding(ROUND_HALF_UP),
    "round_half_down": _rounding(ROUND_HALF_DOWN),
    "round_up": _rounding(ROUND_UP),
    "round_down": _rounding(ROUND_DOWN),
    "floor": _whole(ROUND_FLOOR),
    "ceiling": _whole(ROUND_CEILING),
}
"""The global names of compiled code; Python's own built-ins are not among them but for four."""

FUNCTIONS: Mapping[str, CompiledFunction] = {
    "sum": CompiledFunction("total", _exactly(1, _of_numbers)),
    "count": CompiledFunction("count", _exactly(1, _of_list)),
    "min": CompiledFunction("smallest", _exactly(1, _of_numbers)),
    "max": CompiledFunction("largest", _exactly(1, _of_numbers)),
    "append": CompiledFunction("append", _of_append),
    "concatenate": CompiledFunction("concatenate", _of_concatenate),
    "contains": CompiledFunction("contains", _exactly(2, _of_texts(BOOLEAN))),
    "plain name": CompiledFunction("name_key", _exactly(1, _of_texts(TEXT))),
    "digits": CompiledFunction("pic_key", _exactly(1, _of_texts(TEXT))),
    "not": CompiledFunction("negation", _exactly(1, _of_boolean)),
    "abs": CompiledFunction("abs", _exactly(1, _numbers(NUMBER))),
    "floor": CompiledFunction("floor", _exactly(1, _numbers(NUMBER))),
    "ceiling": CompiledFunction("ceiling", _exactly(1, _numbers(NUMBER))),
    "round half up": CompiledFunction("round_half_up", _exactly(2, _numbers(NUMBER)), ROUND_HALF_UP),
    "round half down": CompiledFunction("round_half_down", _exactly(2, _numbers(NUMBER)), ROUND_HALF_DOWN),
    "round up": CompiledFunction("round_up", _exactly(2, _numbers(NUMBER)), ROUND_UP),
    "round down": CompiledFunction("round_down", _exactly(2, _numbers(NUMBER)), ROUND_DOWN),
}
"""The built-in functions that are compiled, by their FEEL names; the others are left to the reference evaluator."""
