"""Sums and differences of dates, times and durations (DMN 1.5, tables 54 to 57)."""

from __future__ import annotations

from decimal import Decimal

from mpfcheck.feel.temporal import (
    NANOSECONDS,
    SECONDS_A_DAY,
    Date,
    DateTime,
    DaysDuration,
    Instant,
    MonthsDuration,
    TemporalValue,
    Time,
)

__all__ = ["add", "at_midnight", "between", "divide", "months_between", "multiply", "negate", "property_of", "subtract"]

LONGEST = 10**27
"""Nanoseconds no duration may exceed; beyond that a result is null, as no date is that far away."""


def add(left: TemporalValue, right: TemporalValue) -> TemporalValue | None:
    """``left + right``, or None where the two cannot be added."""
    if isinstance(left, MonthsDuration | DaysDuration) and not isinstance(right, MonthsDuration | DaysDuration):
        left, right = right, left
    if isinstance(right, MonthsDuration):
        if isinstance(left, MonthsDuration):
            return _months(left.months + right.months)
        return _add_months(left, right.months)
    if not isinstance(right, DaysDuration):
        return None
    if isinstance(left, DaysDuration):
        return _days(left.nanoseconds + right.nanoseconds)
    return _add_nanoseconds(left, right.nanoseconds)


def subtract(left: TemporalValue, right: TemporalValue) -> TemporalValue | None:
    """``left - right``, or None where there is no such difference."""
    if isinstance(right, MonthsDuration | DaysDuration):
        if isinstance(left, MonthsDuration | DaysDuration) and type(left) is not type(right):
            return None
        return add(left, negate(right))
    return between(left, right)


def between(end: TemporalValue, start: TemporalValue) -> DaysDuration | None:
    """The duration from ``start`` to ``end``; None for one in a zone and one local. A date counts from 00:00 UTC."""
    if isinstance(end, Time) and isinstance(start, Time):
        if (end.offset is None) != (start.offset is None):
            return None
        seconds = end.seconds - (end.offset or 0) - start.seconds + (start.offset or 0)
        return DaysDuration(seconds * NANOSECONDS + end.nanosecond - start.nanosecond)
    if isinstance(end, Date) and isinstance(start, Date):
        return DaysDuration((end.days - start.days) * SECONDS_A_DAY * NANOSECONDS)
    if not (isinstance(end, Date | DateTime) and isinstance(start, Date | DateTime)):
        return None
    last, first = at_midnight(end), at_midnight(start)
    if (last.zone is None) != (first.zone is None):
        return None
    later, earlier = last.instant, first.instant
    seconds = later.seconds - earlier.seconds
    return DaysDuration(seconds * NANOSECONDS + later.nanosecond - earlier.nanosecond)


def at_midnight(value: Date | DateTime) -> DateTime:
    """A date as its midnight in UTC."""
    return value if isinstance(value, DateTime) else DateTime(value, Time(0, 0, 0, zone=0))


def negate(duration: MonthsDuration | DaysDuration) -> MonthsDuration | DaysDuration:
    """The same duration back."""
    if isinstance(duration, MonthsDuration):
        return MonthsDuration(-duration.months)
    return DaysDuration(-duration.nanoseconds)


def multiply(duration: MonthsDuration | DaysDuration, factor: Decimal) -> MonthsDuration | DaysDuration | None:
    """So many times the duration; what is less than a month or a nanosecond is dropped."""
    numerator, denominator = factor.as_integer_ratio()
    if isinstance(duration, MonthsDuration):
        return _months(_truncated(duration.months * numerator, denominator))
    return _days(_truncated(duration.nanoseconds * numerator, denominator))


def divide(duration: MonthsDuration | DaysDuration, divisor: Decimal) -> MonthsDuration | DaysDuration | None:
    """The duration in so many parts, or None for none."""
    numerator, denominator = divisor.as_integer_ratio()
    if numerator == 0:
        return None
    if isinstance(duration, MonthsDuration):
        return _months(_truncated(duration.months * denominator, numerator))
    return _days(_truncated(duration.nanoseconds * denominator, numerator))


def _truncated(numerator: int, denominator: int) -> int:
    quotient = abs(numerator) // abs(denominator)
    return quotient if (numerator < 0) == (denominator < 0) else -quotient


def _months(months: int) -> MonthsDuration | None:
    return MonthsDuration(months) if abs(months) < LONGEST else None


def _days(nanoseconds: int) -> DaysDuration | None:
    return DaysDuration(nanoseconds) if abs(nanoseconds) < LONGEST else None


def months_between(start: Date | DateTime, end: Date | DateTime) -> MonthsDuration:
    """The whole months from ``start`` to ``end``; negative when ``end`` is before."""
    first, last = (value if isinstance(value, Date) else value.date for value in (start, end))
    months = (last.year - first.year) * 12 + last.month - first.month
    rest, needed = _day_and_time(end), _day_and_time(start)
    if months > 0 and rest < needed:
        months -= 1
    elif months < 0 and rest > needed:
        months += 1
    return MonthsDuration(months)


def _day_and_time(value: Date | DateTime) -> tuple[int, int, int]:
    if isinstance(value, Date):
        return value.day, 0, 0
    return value.date.day, value.time.seconds, value.time.nanosecond


def _add_months(value: TemporalValue, months: int) -> TemporalValue | None:
    if isinstance(value, Date):
        return value.plus_months(months)
    if isinstance(value, DateTime):
        date = value.date.plus_months(months)
        return None if date is None else DateTime(date, value.time)
    return None


def _add_nanoseconds(value: TemporalValue, nanoseconds: int) -> TemporalValue | None:
    if isinstance(value, Date):
        return Date.from_days(value.days + nanoseconds // (SECONDS_A_DAY * NANOSECONDS))
    if isinstance(value, Time):
        seconds, nanosecond = divmod(value.seconds * NANOSECONDS + value.nanosecond + nanoseconds, NANOSECONDS)
        return Time.from_seconds(seconds, nanosecond, value.zone)
    if isinstance(value, DateTime):
        instant = value.instant
        seconds, nanosecond = divmod(instant.seconds * NANOSECONDS + instant.nanosecond + nanoseconds, NANOSECONDS)
        return DateTime.from_instant(Instant(seconds, nanosecond), value.zone)
    return None


def property_of(value: TemporalValue, name: str) -> Decimal | str | DaysDuration | None:
    """A property such as ``year``, ``time offset`` or ``months``, or None where the value has none of that name."""
    if isinstance(value, MonthsDuration):
        parts = {"years": _truncated(value.months, 12), "months": value.months - 12 * _truncated(value.months, 12)}
        return Decimal(parts[name]) if name in parts else None
    if isinstance(value, DaysDuration):
        return _part_of_days(value.nanoseconds, name)
    if isinstance(value, Date):
        return Decimal(getattr(value, name)) if name in ("year", "month", "day", "weekday") else None
    if isinstance(value, DateTime) and name in ("year", "month", "day", "weekday"):
        return property_of(value.date, name)
    time = value.time if isinstance(value, DateTime) else value
    if name in ("hour", "minute", "second"):
        return Decimal(getattr(time, name))
    if name == "time offset" and value.offset is not None:
        return DaysDuration(value.offset * NANOSECONDS)
    return time.zone if name == "timezone" and isinstance(time.zone, str) else None


def _part_of_days(nanoseconds: int, name: str) -> Decimal | None:
    sizes = {"days": SECONDS_A_DAY, "hours": 3600, "minutes": 60, "seconds": 1}
    if name not in sizes:
        return None
    rest = abs(nanoseconds)
    for part, size in sizes.items():
        count, rest = divmod(rest, size * NANOSECONDS)
        if part == name:
            break
    exact = Decimal(count) + (Decimal(rest) / NANOSECONDS if name == "seconds" else 0)
    return -exact if nanoseconds < 0 and exact else exact
