"""How deep and how large the JSON of a proposal may be, whatever it says."""

from __future__ import annotations

from decimal import Decimal

__all__ = ["MAX_DEPTH", "MAX_MAGNITUDE", "MAX_VALUES", "count_values", "depth_fits", "number_fits", "numbers_fit"]

MAX_DEPTH = 100
"""How deep lists and objects may be nested, the proposal itself included."""

MAX_VALUES = 100_000
"""How many values a document may hold, lists and objects among them. A proposal has a few hundred."""

MAX_MAGNITUDE = 100
"""How many places a number may reach before or after its point, exponent included."""

_TOO_LARGE: int = 10**MAX_MAGNITUDE


def number_fits(number: int | Decimal) -> bool:
    """Whether a number keeps to the places it may reach; False for NaN and Infinity."""
    if isinstance(number, int):
        return abs(number) < _TOO_LARGE
    if not number.is_finite() or number.adjusted() >= MAX_MAGNITUDE:
        return False
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -MAX_MAGNITUDE


def depth_fits(value: object, levels: int) -> bool:
    """Whether lists and objects in a JSON value are nested at most so many levels deep."""
    if isinstance(value, dict):
        return levels > 0 and all(depth_fits(member, levels - 1) for member in value.values())
    if isinstance(value, list):
        return levels > 0 and all(depth_fits(item, levels - 1) for item in value)
    return True


def count_values(value: object) -> int:
    """How many values a JSON value consists of, itself included."""
    if isinstance(value, dict):
        return 1 + sum(map(count_values, value.values()))
    if isinstance(value, list):
        return 1 + sum(map(count_values, value))
    return 1


def numbers_fit(value: object) -> bool:
    """Whether all numbers in a JSON value keep to the places they may reach; a float never does."""
    match value:
        case dict():
            return all(map(numbers_fit, value.values()))
        case list():
            return all(map(numbers_fit, value))
        case int() | Decimal():
            return number_fits(value)
    return not isinstance(value, float)
