"""Dates, times and durations as text, both ways: ISO 8601 as XML Schema and FEEL write it."""

from __future__ import annotations

import re

from mpfcheck.feel.temporal import (
    NANOSECONDS,
    SECONDS_A_DAY,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    TemporalValue,
    Time,
)
from mpfcheck.feel.zones import LARGEST_OFFSET, Zone, is_zone

__all__ = ["read_date", "read_date_time", "read_duration", "read_temporal", "read_time", "write_temporal"]

_DATE = re.compile(r"(-?)([0-9]{4}|[1-9][0-9]{4,8})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(?:([Zz])|([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?|@([A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*))?"
)
_MONTHS = re.compile(r"(-?)P(?:([0-9]{1,18})Y)?(?:([0-9]{1,18})M)?")
_DAYS = re.compile(
    r"(-?)P(?:([0-9]{1,18})D)?(?:T(?=[0-9])(?:([0-9]{1,18})H)?(?:([0-9]{1,18})M)?"
    r"(?:([0-9]{1,18})(?:\.([0-9]*))?S)?)?"
)


def read_temporal(text: str) -> TemporalValue | None:
    """What stands in an at-literal: a date, a time, both, or a duration; None where it is none of them."""
    return read_date(text) or (read_date_time(text) if "T" in text else None) or read_time(text) or read_duration(text)


def read_date(text: str) -> Date | None:
    """``2024-03-01``, with a year of at least four digits, or None."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    sign, year, month, day = found.groups()
    return Date.of(-int(year) if sign else int(year), int(month), int(day))


def read_time(text: str) -> Time | None:
    """``10:30:00``, ``10:30:00.5Z``, ``10:30:00+02:00``, ``10:30:00@Europe/Riga``, or None."""
    found = _read_time(text)
    return found[1] if found is not None and found[0] == 0 else None


def read_date_time(text: str) -> DateTime | None:
    """A date, ``T`` and a time (24:00:00 is the next midnight), or a date alone for its midnight; or None."""
    day, separator, clock = text.partition("T")
    date = read_date(day)
    if date is None:
        return None
    if not separator:
        return DateTime(date, Time(0, 0, 0))
    found = _read_time(clock)
    if found is None:
        return None
    days, time = found
    later = Date.from_days(date.days + days) if days else date
    return None if later is None else DateTime(later, time)


def _read_time(text: str) -> tuple[int, Time] | None:
    """The time, and 1 day more for 24:00:00."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3])
    nanosecond = _fraction(found[4])
    days = 1 if (hour, minute, second, nanosecond) == (24, 0, 0, 0) else 0
    if minute > 59 or second > 59 or (hour > 23 and not days):
        return None
    zone: Zone = None
    if found[5]:
        zone = 0
    elif found[6]:
        offset = int(found[7]) * 3600 + int(found[8]) * 60 + int(found[9] or 0)
        if offset > LARGEST_OFFSET or int(found[8]) > 59 or int(found[9] or 0) > 59:
            return None
        zone = -offset if found[6] == "-" else offset
    elif found[10]:
        if not is_zone(found[10]):
            return None
        zone = found[10]
    return days, Time(0 if days else hour, minute, second, nanosecond, zone)


def read_duration(text: str) -> MonthsDuration | DaysDuration | None:
    """``P1Y2M`` or ``P1DT2H3M4.5S``, with a minus before it or not; None where it mixes months and days."""
    found = _MONTHS.fullmatch(text)
    if found is not None and (found[2] or found[3]):
        months = int(found[2] or 0) * 12 + int(found[3] or 0)
        return MonthsDuration(-months if found[1] else months)
    found = _DAYS.fullmatch(text)
    if found is None or not any(found.group(2, 3, 4, 5)):
        return None
    seconds = int(found[2] or 0) * SECONDS_A_DAY + int(found[3] or 0) * 3600 + int(found[4] or 0) * 60
    nanoseconds = (seconds + int(found[5] or 0)) * NANOSECONDS + _fraction(found[6])
    return DaysDuration(-nanoseconds if found[1] else nanoseconds)


def _fraction(digits: str | None) -> int:
    """A fraction of a second in nanoseconds."""
    return int((digits or "")[:9].ljust(9, "0"))


def write_temporal(value: TemporalValue) -> str:
    """The text FEEL's ``string`` gives; reading it again gives the same value."""
    if isinstance(value, Date):
        return f"{'-' if value.year < 0 else ''}{abs(value.year):04}-{value.month:02}-{value.day:02}"
    if isinstance(value, Time):
        return f"{value.hour:02}:{value.minute:02}:{value.second:02}{_decimals(value.nanosecond)}{_zone(value.zone)}"
    if isinstance(value, DateTime):
        return f"{write_temporal(value.date)}T{write_temporal(value.time)}"
    if isinstance(value, MonthsDuration):
        return _write_months(value.months)
    return _write_days(value.nanoseconds)


def _decimals(nanosecond: int) -> str:
    return f".{nanosecond:09}".rstrip("0") if nanosecond else ""


def _zone(zone: Zone) -> str:
    if zone is None:
        return ""
    if isinstance(zone, str):
        return f"@{zone}"
    if zone == 0:
        return "Z"
    minutes, second = divmod(abs(zone), 60)
    return f"{'-' if zone < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}" + (f":{second:02}" if second else "")


def _write_months(months: int) -> str:
    years, rest = divmod(abs(months), 12)
    text = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
    return f"{'-' if months < 0 else ''}P{text or '0M'}"


def _write_days(nanoseconds: int) -> str:
    seconds, nanosecond = divmod(abs(nanoseconds), NANOSECONDS)
    days, seconds = divmod(seconds, SECONDS_A_DAY)
    hour, minute, second = seconds // 3600, seconds // 60 % 60, seconds % 60
    clock = (f"{hour}H" if hour else "") + (f"{minute}M" if minute else "")
    if second or nanosecond:
        clock += f"{second}{_decimals(nanosecond)}S"
    text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return f"{'-' if nanoseconds < 0 else ''}P{text or 'T0S'}"
