"""Dates, times, time zones and durations of FEEL, their sums and differences (DMN 1.5, tables 54 to 57).

Python's own stop at the years 1 and 9999 and at microseconds; the standard goes to ±999 999 999 years and its tests to
nanoseconds, so these are classes of their own, on the proleptic Gregorian calendar with a year 0. Two are ``==`` when
they are written the same; FEEL's ``=`` and ``<`` are in :mod:`mpfcheck.feel.values.comparison`. The data of time zones
is loaded only when a zone is named.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from mpfcheck.frozen import Frozen

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

__all__ = [
    "LARGEST_OFFSET",
    "LARGEST_YEAR",
    "NANOSECONDS",
    "SECONDS_A_DAY",
    "Date",
    "DateTime",
    "DaysDuration",
    "Instant",
    "MonthsDuration",
    "TemporalValue",
    "Time",
    "Zone",
    "add",
    "at_midnight",
    "between",
    "days_in_month",
    "divide",
    "is_zone",
    "local_seconds",
    "months_between",
    "multiply",
    "negate",
    "offset_seconds",
    "property_of",
    "subtract",
]

Zone: TypeAlias = int | str | None
"""An offset from UTC in seconds, the name of a time zone, or None for local time."""

LARGEST_OFFSET = 18 * 3600
_CYCLE = 146_097 * 86_400
_FIRST, _LAST = -62_000_000_000, 253_000_000_000
"""Seconds between which Python's calendar surely reaches; outside, the same day of another 400 years is asked."""


def is_zone(name: str) -> bool:
    """Whether there is a time zone of that name."""
    return _zone(name) is not None


def offset_seconds(zone: Zone, local: int) -> int | None:
    """Seconds ahead of UTC when the clock of the zone shows ``local`` seconds since 1970; None for local time."""
    if not isinstance(zone, str):
        return zone
    found = _zone(zone)
    if found is None:
        return None
    moment = _moment(local).replace(tzinfo=found)
    offset = moment.utcoffset()
    return int(offset.total_seconds()) if offset is not None else None


def local_seconds(zone: Zone, seconds: int) -> int:
    """What the clock of the zone shows, in seconds since 1970, at that many seconds since 1970 in UTC."""
    if not isinstance(zone, str):
        return seconds + (zone or 0)
    found = _zone(zone)
    offset = _moment(seconds).astimezone(found).utcoffset() if found else None
    return seconds + (int(offset.total_seconds()) if offset is not None else 0)


def _moment(seconds: int) -> datetime:
    """So many seconds after 1970, in UTC; a moment Python has no date for becomes one 400 years apart or more."""
    from datetime import UTC, datetime, timedelta

    within = seconds if _FIRST < seconds < _LAST else seconds % _CYCLE
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=within)


def _zone(name: str) -> ZoneInfo | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
        return None


LARGEST_YEAR = 999_999_999
NANOSECONDS = 1_000_000_000
SECONDS_A_DAY = 86_400


class Instant(NamedTuple):
    """A point in time: whole seconds since 1970-01-01T00:00:00 and nanoseconds, in UTC or, without a zone, local."""

    seconds: int
    nanosecond: int


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


class Date(Frozen):
    """A calendar day."""

    year: int
    month: int
    day: int

    @classmethod
    def of(cls, year: int, month: int, day: int) -> Date | None:
        """The day, or None where the calendar has no such day."""
        if abs(year) > LARGEST_YEAR or not 1 <= month <= 12 or not 1 <= day <= days_in_month(year, month):
            return None
        return cls(year, month, day)

    @classmethod
    def from_days(cls, days: int) -> Date | None:
        """The day this number of days after 1970-01-01."""
        # The year is counted from March, so that the leap day is its last day (Hinnant, chrono-compatible algorithms).
        era, day_of_era = divmod(days + 719_468, 146_097)
        year_of_era = (day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
        day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
        shifted = (5 * day_of_year + 2) // 153
        month = shifted + 3 if shifted < 10 else shifted - 9
        year = year_of_era + era * 400 + (month <= 2)
        return cls.of(year, month, day_of_year - (153 * shifted + 2) // 5 + 1)

    @property
    def days(self) -> int:
        """Days since 1970-01-01."""
        year = self.year - (self.month <= 2)
        era, year_of_era = divmod(year, 400)
        day_of_year = (153 * (self.month - 3 if self.month > 2 else self.month + 9) + 2) // 5 + self.day - 1
        return era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719_468

    @property
    def weekday(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return (self.days + 3) % 7 + 1

    def plus_months(self, months: int) -> Date | None:
        """The same day that many months later, or the last of that month where it has no such day."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Date.of(year, month + 1, min(self.day, days_in_month(year, month + 1)))


class Time(Frozen):
    """A time of day; ``zone`` is an offset from UTC in seconds, the name of a time zone, or None for a local time."""

    hour: int
    minute: int
    second: int
    nanosecond: int = 0
    zone: Zone = None

    @property
    def seconds(self) -> int:
        """Whole seconds since midnight, on its own clock."""
        return self.hour * 3600 + self.minute * 60 + self.second

    @property
    def offset(self) -> int | None:
        """Seconds ahead of UTC; a named zone's are taken on 1 January 1970, as a time has no day."""
        return offset_seconds(self.zone, self.seconds)

    @classmethod
    def from_seconds(cls, seconds: int, nanosecond: int = 0, zone: Zone = None) -> Time:
        """The time this number of seconds after midnight."""
        hour, rest = divmod(seconds % SECONDS_A_DAY, 3600)
        return cls(hour, rest // 60, rest % 60, nanosecond, zone)


class DateTime(Frozen):
    """A day and a time of day."""

    date: Date
    time: Time

    @property
    def zone(self) -> Zone:
        """The zone of the time."""
        return self.time.zone

    @property
    def local(self) -> int:
        """Whole seconds since 1970-01-01T00:00:00 on its own clock."""
        return self.date.days * SECONDS_A_DAY + self.time.seconds

    @property
    def offset(self) -> int | None:
        """Seconds ahead of UTC on that day and time, or None for a local one."""
        return offset_seconds(self.time.zone, self.local)

    @property
    def instant(self) -> Instant:
        """The point in time; a local one is taken as it stands."""
        return Instant(self.local - (self.offset or 0), self.time.nanosecond)

    @classmethod
    def from_instant(cls, instant: Instant, zone: Zone) -> DateTime | None:
        """The day and time on the clock of the zone at that point in time."""
        days, seconds = divmod(local_seconds(zone, instant.seconds), SECONDS_A_DAY)
        date = Date.from_days(days)
        return None if date is None else cls(date, Time.from_seconds(seconds, instant.nanosecond, zone))


class MonthsDuration(Frozen):
    """A years and months duration; negative ones go back."""

    months: int


class DaysDuration(Frozen):
    """A days and time duration, exact to the nanosecond."""

    nanoseconds: int


TemporalValue: TypeAlias = Date | Time | DateTime | MonthsDuration | DaysDuration


LONGEST = 10**27
"""Nanoseconds no duration may exceed; beyond that a result is null, as no date is that far away."""


def add(left: TemporalValue, right: TemporalValue) -> TemporalValue | None:
    """``left + right``, or None where the two cannot be added."""
    if isinstance(left, (MonthsDuration, DaysDuration)) and not isinstance(right, (MonthsDuration, DaysDuration)):
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
    """``left - right``, or None if the two cannot be subtracted."""
    if isinstance(right, (MonthsDuration, DaysDuration)):
        if isinstance(left, (MonthsDuration, DaysDuration)) and type(left) is not type(right):
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
    if not (isinstance(end, (Date, DateTime)) and isinstance(start, (Date, DateTime))):
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
    """The duration times a number; fractions of a month or nanosecond are dropped."""
    numerator, denominator = factor.as_integer_ratio()
    if isinstance(duration, MonthsDuration):
        return _months(_truncated(duration.months * numerator, denominator))
    return _days(_truncated(duration.nanoseconds * numerator, denominator))


def divide(duration: MonthsDuration | DaysDuration, divisor: Decimal) -> MonthsDuration | DaysDuration | None:
    """The duration divided by a number, or None for zero."""
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
