"""Functions of many numbers: count, least and greatest, sums and averages."""

from __future__ import annotations

from decimal import Decimal

from mpfcheck.feel.evaluate.builtins.builtin import Family
from mpfcheck.feel.limits import Run
from mpfcheck.feel.values.comparison import ordered
from mpfcheck.feel.values.value import ARITHMETIC, Value

__all__ = [
    "STATISTICS",
]

STATISTICS = Family()


@STATISTICS.add("count", "list: list", lenient=True)
def count(_run: Run, values: list[Value]) -> Value:
    """How many items there are, answered or not."""
    return Decimal(len(values))


def _outermost(op: str, values: list[Value]) -> Value:
    """The one that stands in that order to all others; null if two have no order."""
    if not values or ordered("<=", values[0], values[0]) is not True:
        return None
    best = values[0]
    for value in values[1:]:
        found = ordered(op, value, best)
        if found is None:
            return None
        if found:
            best = value
    return best


def _numbers(values: list[Value]) -> list[Decimal] | None:
    """The values as numbers, or None for an empty list or another type."""
    found = [value for value in values if isinstance(value, Decimal)]
    return found if found and len(found) == len(values) else None


def _total(numbers: list[Decimal]) -> Decimal:
    total = Decimal(0)
    for number in numbers:
        total = ARITHMETIC.add(total, number)
    return total


def _least(values: list[Value]) -> Value:
    return _outermost("<", values)


def _greatest(values: list[Value]) -> Value:
    return _outermost(">", values)


def _sum(values: list[Value]) -> Value:
    numbers = _numbers(values)
    return None if numbers is None else _total(numbers)


def _mean(values: list[Value]) -> Value:
    numbers = _numbers(values)
    return None if numbers is None else ARITHMETIC.divide(_total(numbers), Decimal(len(numbers)))


def _product(values: list[Value]) -> Value:
    numbers = _numbers(values)
    if numbers is None:
        return None
    product = Decimal(1)
    for number in numbers:
        product = ARITHMETIC.multiply(product, number)
    return product


def _median(values: list[Value]) -> Value:
    numbers = _numbers(values)
    if numbers is None:
        return None
    numbers.sort()
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return ARITHMETIC.divide(ARITHMETIC.add(numbers[middle - 1], numbers[middle]), Decimal(2))


def _deviation(values: list[Value]) -> Value:
    """The sample standard deviation; null for fewer than two numbers."""
    numbers = _numbers(values)
    if numbers is None or len(numbers) < 2:
        return None
    mean = ARITHMETIC.divide(_total(numbers), Decimal(len(numbers)))
    squares = [ARITHMETIC.power(ARITHMETIC.subtract(number, mean), 2) for number in numbers]
    return ARITHMETIC.sqrt(ARITHMETIC.divide(_total(squares), Decimal(len(numbers) - 1)))


def _mode(values: list[Value]) -> Value:
    """The numbers that occur most often, from the least; an empty list for an empty list."""
    if not values:
        return []
    numbers = _numbers(values)
    if numbers is None:
        return None
    counts: dict[Decimal, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values())
    return [number for number in sorted(counts) if counts[number] == most]


for _name, _function, _kind in (
    ("min", _least, "c: any"),
    ("max", _greatest, "c: any"),
    ("sum", _sum, "n: number"),
    ("mean", _mean, "n: number"),
    ("product", _product, "n: number"),
    ("median", _median, "n: number"),
    ("stddev", _deviation, "n: number"),
    ("mode", _mode, "n: number"),
):
    STATISTICS.add(_name, "list: list")(lambda _run, values, function=_function: function(values))
    STATISTICS.add(_name, _kind, variadic=True)(lambda _run, *values, function=_function: function(list(values)))
