"""How deep and how large the JSON of a proposal may be, whatever it says."""

from __future__ import annotations

from decimal import Decimal

__all__ = ["MAX_DEPTH", "MAX_MAGNITUDE", "depth_fits", "number_fits"]

MAX_DEPTH = 100
"""How deep lists and objects may be nested, the proposal itself included."""

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
