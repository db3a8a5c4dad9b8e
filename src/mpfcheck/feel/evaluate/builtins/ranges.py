"""Functions that compare points and ranges (DMN 1.5, table 78; Allen's interval relations)."""

from __future__ import annotations

from collections.abc import Callable

from mpfcheck.feel.evaluate.builtins.builtin import Family
from mpfcheck.feel.limits import Run
from mpfcheck.feel.values.comparison import ordered
from mpfcheck.feel.values.value import Range, Value

__all__ = [
    "RANGES",
]

RANGES = Family()


def _before(one: Value, other: Value) -> bool:
    return ordered("<", one, other) is True


def _equal(one: Value, other: Value) -> bool:
    return ordered("<=", one, other) is True and ordered(">=", one, other) is True


def _comparable(*ends: Value) -> bool:
    """Whether all these have an order among each other."""
    return all(ordered("<", ends[0], end) is not None for end in ends)


def _includes_point(extent: Range, point: Value) -> bool:
    return (
        (_before(extent.low, point) and _before(point, extent.high))
        or (_equal(extent.low, point) and extent.low_closed)
        or (_equal(extent.high, point) and extent.high_closed)
    )


def _range_before(one: Range, other: Range) -> bool:
    ends_at_start = _equal(one.high, other.low)
    return _before(one.high, other.low) or (ends_at_start and not (one.high_closed and other.low_closed))


def _meets(one: Range, other: Range) -> bool:
    return one.high_closed and other.low_closed and _equal(one.high, other.low)


def _starts_not_after(one: Range, other: Range) -> bool:
    """Whether everything ``other`` begins with is not before the beginning of ``one``."""
    same = _equal(one.low, other.low) and (one.low_closed or not other.low_closed)
    return _before(one.low, other.low) or same


def _ends_not_before(one: Range, other: Range) -> bool:
    same = _equal(one.high, other.high) and (one.high_closed or not other.high_closed)
    return _before(other.high, one.high) or same


def _includes(one: Range, other: Range) -> bool:
    return _starts_not_after(one, other) and _ends_not_before(one, other)


def _overlaps(one: Range, other: Range) -> bool:
    return not _range_before(one, other) and not _range_before(other, one)


def _starts_first(one: Range, other: Range) -> bool:
    """Whether ``one`` begins before ``other``."""
    return _before(one.low, other.low) or (_equal(one.low, other.low) and one.low_closed and not other.low_closed)


def _ends_first(one: Range, other: Range) -> bool:
    """Whether ``one`` ends before ``other``."""
    return _before(one.high, other.high) or (_equal(one.high, other.high) and other.high_closed and not one.high_closed)


def _overlaps_before(one: Range, other: Range) -> bool:
    ends = _ends_first(one, other) or (
        _equal(one.high, other.high) and (one.high_closed == other.high_closed or other.high_closed)
    )
    return _starts_first(one, other) and _overlaps(one, other) and ends


def _finishes(one: Range, other: Range) -> bool:
    same_end = _equal(one.high, other.high) and one.high_closed == other.high_closed
    return same_end and _starts_not_after(other, one)


def _starts(one: Range, other: Range) -> bool:
    same_start = _equal(one.low, other.low) and one.low_closed == other.low_closed
    return same_start and _ends_not_before(other, one)


def _coincide(one: Range, other: Range) -> bool:
    return _starts(one, other) and _finishes(one, other)


_OfRanges = Callable[[Range, Range], bool]
_OfPoint = Callable[[Value, Range], bool]
_OfRange = Callable[[Range, Value], bool]


def _two_ranges(name: str, holds: _OfRanges, *names: str) -> None:
    @RANGES.add(name, *(f"{parameter}: range" for parameter in names))
    def function(_run: Run, one: Range, other: Range) -> Value:
        if not _comparable(one.low, one.high, other.low, other.high):
            return None
        return holds(one, other)


def _point_and_range(name: str, holds: _OfPoint, *names: str) -> None:
    @RANGES.add(name, f"{names[0]}: any", f"{names[1]}: range")
    def function(_run: Run, point: Value, extent: Range) -> Value:
        return holds(point, extent) if _comparable(point, extent.low, extent.high) else None


def _range_and_point(name: str, holds: _OfRange, *names: str) -> None:
    @RANGES.add(name, f"{names[0]}: range", f"{names[1]}: any")
    def function(_run: Run, extent: Range, point: Value) -> Value:
        return holds(extent, point) if _comparable(point, extent.low, extent.high) else None


def _two_points(name: str, holds: Callable[[Value, Value], bool], *names: str) -> None:
    @RANGES.add(name, *(f"{parameter}: any" for parameter in names))
    def function(_run: Run, one: Value, other: Value) -> Value:
        return holds(one, other) if _comparable(one, other) else None


_BOTH = ("range1", "range2")
_two_ranges("before", _range_before, *_BOTH)
_point_and_range("before", lambda p, r: _before(p, r.low) or (_equal(p, r.low) and not r.low_closed), "point", "range")
_range_and_point(
    "before", lambda r, p: _before(r.high, p) or (_equal(r.high, p) and not r.high_closed), "range", "point"
)
_two_points("before", _before, "point1", "point2")
_two_ranges("after", lambda one, other: _range_before(other, one), *_BOTH)
_point_and_range(
    "after", lambda p, r: _before(r.high, p) or (_equal(p, r.high) and not r.high_closed), "point", "range"
)
_range_and_point("after", lambda r, p: _before(p, r.low) or (_equal(r.low, p) and not r.low_closed), "range", "point")
_two_points("after", lambda one, other: _before(other, one), "point1", "point2")
_two_ranges("meets", _meets, *_BOTH)
_two_ranges("met by", lambda one, other: _meets(other, one), *_BOTH)
_two_ranges("overlaps", _overlaps, *_BOTH)
_two_ranges("overlaps before", _overlaps_before, *_BOTH)
_two_ranges("overlaps after", lambda one, other: _overlaps_before(other, one), *_BOTH)
_two_ranges("finishes", _finishes, *_BOTH)
_point_and_range("finishes", lambda p, r: r.high_closed and _equal(p, r.high), "point", "range")
_two_ranges("finished by", lambda one, other: _finishes(other, one), *_BOTH)
_range_and_point("finished by", lambda r, p: r.high_closed and _equal(p, r.high), "range", "point")
_two_ranges("includes", _includes, *_BOTH)
_range_and_point("includes", _includes_point, "range", "point")
_two_ranges("during", lambda one, other: _includes(other, one), *_BOTH)
_point_and_range("during", lambda p, r: _includes_point(r, p), "point", "range")
_two_ranges("starts", _starts, *_BOTH)
_point_and_range("starts", lambda p, r: r.low_closed and _equal(p, r.low), "point", "range")
_two_ranges("started by", lambda one, other: _starts(other, one), *_BOTH)
_range_and_point("started by", lambda r, p: r.low_closed and _equal(p, r.low), "range", "point")
_two_ranges("coincides", _coincide, *_BOTH)
_two_points("coincides", _equal, "point1", "point2")
