"""``+ - * / **`` and minus (DMN 1.5, tables 52 to 57)."""

from __future__ import annotations

from decimal import Decimal, DecimalException
from typing import Any

from mpfcheck.feel.limits import Run
from mpfcheck.feel.types import NUMBER
from mpfcheck.feel.values.knowledge import bounded, bounds, hull
from mpfcheck.feel.values.temporal import (
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    TemporalValue,
    Time,
    add,
    divide,
    multiply,
    negate,
    subtract,
)
from mpfcheck.feel.values.value import ARITHMETIC, Bounds, Unanswered, Value, paths_of

__all__ = [
    "NUMBERS",
    "calculate",
    "limits_of_numbers",
    "negative",
]

_TEMPORAL = (Date, Time, DateTime, MonthsDuration, DaysDuration)
NUMBERS = {
    "+": ARITHMETIC.add,
    "-": ARITHMETIC.subtract,
    "*": ARITHMETIC.multiply,
    "/": ARITHMETIC.divide,
    "**": ARITHMETIC.power,
}


def calculate(op: str, left: Value, right: Value, run: Run) -> Value:
    """``left op right``; null where the two have no such result."""
    if type(left) is Decimal and type(right) is Decimal:
        try:
            return NUMBERS[op](left, right)
        except DecimalException:
            return None
    if type(left) is Unanswered or type(right) is Unanswered:
        return _of_unanswered(op, left, right, run)
    if op == "+" and isinstance(left, str) and isinstance(right, str):
        run.check_characters(len(left) + len(right))
        return left + right
    if isinstance(left, _TEMPORAL) and isinstance(right, _TEMPORAL):
        return _temporal(op, left, right)
    if isinstance(left, (MonthsDuration, DaysDuration)) and isinstance(right, Decimal):
        if op == "*":
            return multiply(left, right)
        return divide(left, right) if op == "/" else None
    if op == "*" and isinstance(left, Decimal) and isinstance(right, (MonthsDuration, DaysDuration)):
        return multiply(right, left)
    return None


def _of_unanswered(op: str, left: Value, right: Value, run: Run) -> Value:
    """The result where a side is unanswered: within the bounds that those of both sides leave it."""
    paths = paths_of((left, right))
    one, other = bounds(left), bounds(right)
    if one is None or other is None or op == "**":
        return Unanswered(paths)
    if op != "/" and type(one[0]) is Decimal and type(other[0]) is Decimal:
        # Mostly both are numbers.
        try:
            return Unanswered(paths, NUMBER, knows=Bounds(*limits_of_numbers(op, one, other)))
        except DecimalException:
            return Unanswered(paths)
    if op == "/" and (not isinstance(other[0], Decimal) or not isinstance(other[1], Decimal) or other[0] <= 0):
        # Division by zero is null, and nobody divides by less.
        return Unanswered(paths)
    # Each operation rises or falls with each side, so its least and greatest results come from ends.
    (low, high), (least, most) = one, other
    ends = [(low, least), (low, most), (high, least), (high, most)]
    if op == "+":
        ends = [(low, least), (high, most)]
    elif op == "-":
        ends = [(low, most), (high, least)]
    return bounded(paths, hull([calculate(op, *pair, run) for pair in ends]))


def limits_of_numbers(op: str, one: tuple[Any, Any], other: tuple[Any, Any]) -> tuple[Decimal, Decimal]:
    """The limits of ``+``, ``-`` or ``*`` of two numbers within such limits; raises DecimalException."""
    (low, high), (least, most) = one, other
    calculated = NUMBERS[op]
    if op == "+":
        return calculated(low, least), calculated(high, most)
    if op == "-":
        return calculated(low, most), calculated(high, least)
    ends = [calculated(low, least), calculated(low, most), calculated(high, least), calculated(high, most)]
    return min(ends), max(ends)


def _temporal(op: str, left: TemporalValue, right: TemporalValue) -> Value:
    if op == "+":
        return add(left, right)
    if op == "-":
        return subtract(left, right)
    if op == "/":
        if isinstance(left, MonthsDuration) and isinstance(right, MonthsDuration) and right.months:
            return ARITHMETIC.divide(Decimal(left.months), Decimal(right.months))
        if isinstance(left, DaysDuration) and isinstance(right, DaysDuration) and right.nanoseconds:
            return ARITHMETIC.divide(Decimal(left.nanoseconds), Decimal(right.nanoseconds))
    return None


def negative(value: Value) -> Value:
    """``-value``; null for anything but a number or a duration."""
    if isinstance(value, Decimal):
        return ARITHMETIC.minus(value)
    if isinstance(value, (MonthsDuration, DaysDuration)):
        return negate(value)
    if not isinstance(value, Unanswered):
        return None
    limits = bounds(value)
    return bounded(value.paths, None if limits is None else (negative(limits[1]), negative(limits[0])))
