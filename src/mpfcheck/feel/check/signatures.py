"""The types FEEL's built-in functions take and give (DMN 1.5, 10.3.4), with the standard's names of parameters.

Two are not of the standard: ``plain name`` and ``digits``, by which names and codes are compared.

A function has one signature for each way to call it. The result keeps what a reader needs: the sum of amounts in EUR
is an amount in EUR, and a list of codes stays one through the list functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from mpfcheck.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    MONTHS_DURATION,
    NUMBER,
    ORDERED,
    TEXT,
    TIME,
    ContextType,
    FunctionType,
    ListType,
    RangeType,
    Type,
    common_of,
)
from mpfcheck.frozen import Frozen

__all__ = [
    "SIGNATURES",
    "FunctionSignature",
    "TypedParameter",
]


class TypedParameter(Frozen):
    """A parameter: its name in the standard and the types it takes. A ``repeated`` one takes every further argument."""

    name: str
    accepts: tuple[Type, ...]
    optional: bool = False
    repeated: bool = False


Result: TypeAlias = Callable[[tuple[Type, ...]], Type]
"""From the types of the arguments, in the order of the parameters, to the type of the result."""


class FunctionSignature(Frozen):
    """One way to call a function."""

    parameters: tuple[TypedParameter, ...]
    result: Result

    @property
    def fewest(self) -> int:
        """The minimum number of arguments."""
        return sum(not parameter.optional for parameter in self.parameters)

    @property
    def most(self) -> int | None:
        """The maximum number of arguments, or None if there is no limit."""
        return None if any(parameter.repeated for parameter in self.parameters) else len(self.parameters)

    def parameter_at(self, position: int) -> TypedParameter:
        """The parameter an argument is for, by its position from 0."""
        return self.parameters[min(position, len(self.parameters) - 1)]


_LIST = ListType(ANY)
_CONTEXT = ContextType()
_RANGE = RangeType(ANY)


def _one(name: str, *accepts: Type) -> TypedParameter:
    return TypedParameter(name, accepts)


def _maybe(name: str, *accepts: Type) -> TypedParameter:
    return TypedParameter(name, accepts, optional=True)


def _many(name: str, *accepts: Type) -> TypedParameter:
    return TypedParameter(name, accepts, repeated=True)


def _gives(result: Type, *parameters: TypedParameter) -> FunctionSignature:
    return FunctionSignature(parameters, lambda _: result)


def _keeps(*parameters: TypedParameter) -> FunctionSignature:
    """The result is of the type of the first argument."""
    return FunctionSignature(parameters, lambda arguments: arguments[0])


def _item(list_type: Type) -> Type:
    return list_type.item if isinstance(list_type, ListType) else ANY


def _items(arguments: tuple[Type, ...]) -> Type:
    return ListType(common_of(_item(argument) for argument in arguments))


def _flat(type_: Type) -> Type:
    return _flat(type_.item) if isinstance(type_, ListType) else type_


def _aggregates(*accepts: Type, repeated: str = "n") -> tuple[FunctionSignature, ...]:
    """``f(list)`` and ``f(a, b, …)``; the result is of the items' type."""
    lists = tuple(ListType(accepted) for accepted in accepts)
    return (
        FunctionSignature((_one("list", *lists),), lambda arguments: _item(arguments[0])),
        FunctionSignature((_many(repeated, *accepts),), common_of),
    )


def _rounds(*, scale: Callable[..., TypedParameter] = _one) -> tuple[FunctionSignature, ...]:
    return (_keeps(_one("n", NUMBER), scale("scale", NUMBER)),)


def _conversions() -> dict[str, tuple[FunctionSignature, ...]]:
    clock = (_one("hour", NUMBER), _one("minute", NUMBER), _one("second", NUMBER))
    day = (_one("year", NUMBER), _one("month", NUMBER), _one("day", NUMBER))
    return {
        "date": (_gives(DATE, _one("from", TEXT, DATE, DATE_TIME)), _gives(DATE, *day)),
        "time": (
            _gives(TIME, _one("from", TEXT, TIME, DATE, DATE_TIME)),
            _gives(TIME, *clock, _maybe("offset", DAYS_DURATION)),
        ),
        "date and time": (
            _gives(DATE_TIME, _one("from", TEXT, DATE, DATE_TIME)),
            _gives(DATE_TIME, _one("date", DATE, DATE_TIME), _one("time", TIME)),
            _gives(DATE_TIME, _one("date", DATE, DATE_TIME), _one("timezone", TEXT)),
        ),
        # Which of the two kinds of duration it is stands in the text.
        "duration": (_gives(ANY, _one("from", TEXT, DAYS_DURATION, MONTHS_DURATION)),),
        "years and months duration": (
            _gives(MONTHS_DURATION, _one("from", DATE, DATE_TIME), _one("to", DATE, DATE_TIME)),
        ),
        "number": (
            _gives(NUMBER, _one("from", TEXT)),
            _gives(NUMBER, _one("from", TEXT), _one("grouping separator", TEXT), _one("decimal separator", TEXT)),
        ),
        "string": (_gives(TEXT, _one("from", ANY)),),
    }


def _booleans() -> dict[str, tuple[FunctionSignature, ...]]:
    return {
        "not": (_gives(BOOLEAN, _one("negand", BOOLEAN)),),
        "is": (_gives(BOOLEAN, _one("value1", ANY), _one("value2", ANY)),),
    }


def _strings() -> dict[str, tuple[FunctionSignature, ...]]:
    string, match = _one("string", TEXT), _one("match", TEXT)
    found = (_gives(BOOLEAN, string, match),)
    part = (_gives(TEXT, string, match),)
    pattern, flags = _one("pattern", TEXT), _maybe("flags", TEXT)
    return {
        "substring": (_gives(TEXT, string, _one("start position", NUMBER), _maybe("length", NUMBER)),),
        "string length": (_gives(NUMBER, string),),
        "upper case": (_gives(TEXT, string),),
        "lower case": (_gives(TEXT, string),),
        "plain name": (_gives(TEXT, string),),
        "digits": (_gives(TEXT, string),),
        "substring before": part,
        "substring after": part,
        "contains": found,
        "starts with": found,
        "ends with": found,
        "replace": (_gives(TEXT, _one("input", TEXT), pattern, _one("replacement", TEXT), flags),),
        "matches": (_gives(BOOLEAN, _one("input", TEXT), pattern, flags),),
        "split": (_gives(ListType(TEXT), string, _one("delimiter", TEXT)),),
        "string join": (_gives(TEXT, _one("list", ListType(TEXT)), _maybe("delimiter", TEXT)),),
    }


def _lists() -> dict[str, tuple[FunctionSignature, ...]]:
    list_, position = _one("list", _LIST), _one("position", NUMBER)
    decides = (_gives(BOOLEAN, _one("list", ListType(BOOLEAN))), _gives(BOOLEAN, _many("b", BOOLEAN)))
    joins = (FunctionSignature((_many("list", _LIST),), _items),)

    def with_new(arguments: tuple[Type, ...]) -> Type:
        return ListType(common_of([_item(arguments[0]), *arguments[1:]]))

    def with_last(arguments: tuple[Type, ...]) -> Type:
        return ListType(common_of([_item(arguments[0]), arguments[-1]]))

    def together(arguments: tuple[Type, ...]) -> Type:
        return ListType(common_of(arguments))

    return {
        "list contains": (_gives(BOOLEAN, list_, _one("element", ANY)),),
        "count": (_gives(NUMBER, list_),),
        "min": _aggregates(*ORDERED, repeated="c"),
        "max": _aggregates(*ORDERED, repeated="c"),
        "sum": _aggregates(NUMBER),
        "mean": _aggregates(NUMBER),
        "median": _aggregates(NUMBER),
        "stddev": _aggregates(NUMBER),
        "product": (_gives(NUMBER, _one("list", ListType(NUMBER))), _gives(NUMBER, _many("n", NUMBER))),
        "mode": (
            _keeps(_one("list", ListType(NUMBER))),
            FunctionSignature((_many("n", NUMBER),), lambda a: ListType(common_of(a))),
        ),
        "all": decides,
        "any": decides,
        "sublist": (_keeps(list_, _one("start position", NUMBER), _maybe("length", NUMBER)),),
        "append": (FunctionSignature((list_, _many("item", ANY)), with_new),),
        "concatenate": joins,
        "union": joins,
        "insert before": (FunctionSignature((list_, position, _one("newItem", ANY)), with_last),),
        "remove": (_keeps(list_, position),),
        "list replace": (
            FunctionSignature((list_, position, _one("newItem", ANY)), with_last),
            FunctionSignature((list_, _one("match", FunctionType()), _one("newItem", ANY)), with_last),
        ),
        "reverse": (_keeps(list_),),
        "index of": (_gives(ListType(NUMBER), list_, _one("match", ANY)),),
        "distinct values": (_keeps(list_),),
        "flatten": (FunctionSignature((list_,), lambda arguments: ListType(_flat(arguments[0]))),),
        "sort": (_keeps(list_), _keeps(list_, _one("precedes", FunctionType()))),
    }


def _numbers() -> dict[str, tuple[FunctionSignature, ...]]:
    number = _one("number", NUMBER)
    return {
        "decimal": _rounds(),
        "round up": _rounds(),
        "round down": _rounds(),
        "round half up": _rounds(),
        "round half down": _rounds(),
        "floor": _rounds(scale=_maybe),
        "ceiling": _rounds(scale=_maybe),
        "abs": (_keeps(_one("n", NUMBER, DAYS_DURATION, MONTHS_DURATION)),),
        "modulo": (_keeps(_one("dividend", NUMBER), _one("divisor", NUMBER)),),
        "sqrt": (_gives(NUMBER, number),),
        "log": (_gives(NUMBER, number),),
        "exp": (_gives(NUMBER, number),),
        "odd": (_gives(BOOLEAN, number),),
        "even": (_gives(BOOLEAN, number),),
    }


def _dates() -> dict[str, tuple[FunctionSignature, ...]]:
    date = _one("date", DATE, DATE_TIME)
    return {
        "day of year": (_gives(NUMBER, date),),
        "week of year": (_gives(NUMBER, date),),
        "day of week": (_gives(TEXT, date),),
        "month of year": (_gives(TEXT, date),),
        "now": (_gives(DATE_TIME),),
        "today": (_gives(DATE),),
    }


def _ranges() -> dict[str, tuple[FunctionSignature, ...]]:
    point, a_range = _one("point", *ORDERED), _one("range", _RANGE)
    points = _gives(BOOLEAN, _one("point1", *ORDERED), _one("point2", *ORDERED))
    ranges = _gives(BOOLEAN, _one("range1", _RANGE), _one("range2", _RANGE))
    of_point, by_point = _gives(BOOLEAN, point, a_range), _gives(BOOLEAN, a_range, point)
    sides = (points, of_point, by_point, ranges)
    return {
        "before": sides,
        "after": sides,
        "meets": (ranges,),
        "met by": (ranges,),
        "overlaps": (ranges,),
        "overlaps before": (ranges,),
        "overlaps after": (ranges,),
        "finishes": (of_point, ranges),
        "finished by": (by_point, ranges),
        "includes": (by_point, ranges),
        "during": (of_point, ranges),
        "starts": (of_point, ranges),
        "started by": (by_point, ranges),
        "coincides": (points, ranges),
        "range": (_gives(_RANGE, _one("from", TEXT)),),
    }


def _contexts() -> dict[str, tuple[FunctionSignature, ...]]:
    entry = ContextType({"key": TEXT, "value": ANY})
    context = _one("context", _CONTEXT)
    return {
        "get value": (_gives(ANY, _one("m", _CONTEXT), _one("key", TEXT)),),
        "get entries": (_gives(ListType(entry), _one("m", _CONTEXT)),),
        "context": (_gives(_CONTEXT, _one("entries", ListType(_CONTEXT), _CONTEXT)),),
        "context put": (
            _gives(_CONTEXT, context, _one("key", TEXT), _one("value", ANY)),
            _gives(_CONTEXT, context, _one("keys", ListType(TEXT)), _one("value", ANY)),
        ),
        "context merge": (_gives(_CONTEXT, _one("contexts", ListType(_CONTEXT), _CONTEXT)),),
    }


SIGNATURES: Mapping[str, tuple[FunctionSignature, ...]] = {
    **_conversions(),
    **_booleans(),
    **_strings(),
    **_lists(),
    **_numbers(),
    **_dates(),
    **_ranges(),
    **_contexts(),
}
"""Every built-in function by its name."""
