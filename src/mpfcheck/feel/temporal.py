"""Dates, times and durations of FEEL.

Python's own stop at the years 1 and 9999 and at microseconds; the standard goes to ±999 999 999 years and its tests to
nanoseconds, so these are classes of their own, on the proleptic Gregorian calendar with a year 0. Two are ``==`` when
they are written the same; what FEEL's ``=`` and ``<`` say of them is in :mod:`mpfcheck.feel.comparison`.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from mpfcheck.feel.zones import Zone, local_seconds, offset_seconds
from mpfcheck.frozen import Frozen

__all__ = [
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
    "days_in_month",
]

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
        """The day so many days after 1970-01-01."""
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
        """The time so many seconds after midnight."""
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
