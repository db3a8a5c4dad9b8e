"""Values as text: dates, times and durations read and written (ISO 8601), FEEL's ``string``, and words for people.

Inside lists and contexts, ``string`` gives FEEL that can be read again.
"""

from __future__ import annotations

import re
from decimal import Decimal

from mpfcheck.feel.limits import Run
from mpfcheck.feel.values.temporal import (
    LARGEST_OFFSET,
    NANOSECONDS,
    SECONDS_A_DAY,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    TemporalValue,
    Time,
    Zone,
    is_zone,
)
from mpfcheck.feel.values.value import Range, Record, Value

__all__ = [
    "moment_in_words",
    "number_in_words",
    "read_date",
    "read_date_time",
    "read_duration",
    "read_temporal",
    "read_time",
    "temporal_in_words",
    "text_of",
    "text_of_number",
    "write_temporal",
]

_DATE = re.compile(r"(-?)([0-9]{4}|[1-9][0-9]{4,8})-([0-9]{2})-([0-9]{2})")
# Texts of patterns that few rules need: each is compiled when it is first used.
_TIME = (
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(?:([Zz])|([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?|@([A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*))?"
)
_MONTHS = r"(-?)P(?:([0-9]{1,18})Y)?(?:([0-9]{1,18})M)?"
_DAYS = (
    r"(-?)P(?:([0-9]{1,18})D)?(?:T(?=[0-9])(?:([0-9]{1,18})H)?(?:([0-9]{1,18})M)?"
    r"(?:([0-9]{1,18})(?:\.([0-9]*))?S)?)?"
)


def read_temporal(text: str) -> TemporalValue | None:
    """The value of an at-literal: a date, a time, both, or a duration; None for any other text."""
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
    found = re.fullmatch(_TIME, text)
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
    found = re.fullmatch(_MONTHS, text)
    if found is not None and (found[2] or found[3]):
        months = int(found[2] or 0) * 12 + int(found[3] or 0)
        return MonthsDuration(-months if found[1] else months)
    found = re.fullmatch(_DAYS, text)
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


def text_of_number(number: Decimal) -> str:
    """Without an exponent and without zeros that say nothing."""
    if number == number.to_integral_value():
        return f"{number.to_integral_value():f}" if number else "0"
    return f"{number:f}".rstrip("0")


def text_of(value: Value, run: Run, *, inside: bool = False) -> str:
    """The text; ``inside`` a list or context, strings are quoted and dates are written as literals."""
    run.spend()
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return text_of_number(value)
    if isinstance(value, str):
        return _quoted(value) if inside else value
    if isinstance(value, (Date, Time, DateTime, MonthsDuration, DaysDuration)):
        return f'@"{write_temporal(value)}"' if inside else write_temporal(value)
    if isinstance(value, list):
        parts = ", ".join(text_of(item, run, inside=True) for item in value)
        run.check_characters(len(parts))
        return f"[{parts}]"
    if isinstance(value, (dict, Record)):
        entries = value.entries() if isinstance(value, Record) else value
        parts = ", ".join(f"{_key(key)}: {text_of(entry, run, inside=True)}" for key, entry in entries.items())
        run.check_characters(len(parts))
        return f"{{{parts}}}"
    if isinstance(value, Range):
        return _range(value, run)
    return "function"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _key(name: str) -> str:
    return name if name.replace(" ", "").replace("_", "").isalnum() and not name[:1].isdigit() else _quoted(name)


def _range(value: Range, run: Run) -> str:
    low = "" if value.low is None else text_of(value.low, run, inside=True)
    high = "" if value.high is None else text_of(value.high, run, inside=True)
    if value.op:
        return f"({value.op} {low or high})"
    opening, closing = "[" if value.low_closed else "(", "]" if value.high_closed else ")"
    return f"{opening}{low or 'null'}..{high or 'null'}{closing}"


def number_in_words(value: Decimal) -> str:
    """With a blank between thousands: 200 000.00."""
    return f"{value:,f}".replace(",", " ")


def moment_in_words(text: str) -> str:
    """An at-literal for people; a duration of months, years or days alone keeps the unit it is written in."""
    count, unit = text[1:-1], {"M": "month", "Y": "year", "D": "day"}.get(text[-1:])
    if text.startswith("P") and count.isdecimal() and unit is not None:
        return f"{count} {unit}{'s' if count != '1' else ''}"
    value = read_temporal(text)
    return text if value is None else temporal_in_words(value)


def temporal_in_words(value: TemporalValue) -> str:
    """A date, time, date and time or duration for people: ``14 hours and 30 minutes``, ``2018-11-14, 12:00 (UTC)``."""
    match value:
        case Date():
            return write_temporal(value)
        case Time():
            clock = write_temporal(Time(value.hour, value.minute, value.second, value.nanosecond))
            clock = clock.removesuffix(":00") if not value.nanosecond else clock
            if value.zone is None:
                return clock
            zone = write_temporal(value).removeprefix(write_temporal(Time(value.hour, value.minute, value.second)))
            return f"{clock} ({_zone_in_words(zone.lstrip('.0123456789') if value.nanosecond else zone)})"
        case DateTime(date, time):
            return f"{write_temporal(date)}, {temporal_in_words(time)}"
        case MonthsDuration(months):
            years, rest = divmod(abs(months), 12)
            return _signed(months < 0, _units((years, "year"), (rest, "month")) or "0 months")
        case DaysDuration(nanoseconds):
            return _signed(nanoseconds < 0, _days_in_words(abs(nanoseconds)))


def _zone_in_words(zone: str) -> str:
    if zone == "Z":
        return "UTC"
    return zone[1:] if zone.startswith("@") else f"UTC{zone}"


def _signed(negative: bool, words: str) -> str:
    return f"minus {words}" if negative else words


def _days_in_words(nanoseconds: int) -> str:
    seconds, rest = divmod(nanoseconds, NANOSECONDS)
    days, seconds = divmod(seconds, SECONDS_A_DAY)
    exact = Decimal(seconds % 60) + Decimal(rest) / NANOSECONDS
    parts = (days, "day"), (seconds // 3600, "hour"), (seconds // 60 % 60, "minute"), (exact, "second")
    return _units(*parts) or "0 seconds"


def _units(*parts: tuple[int | Decimal, str]) -> str:
    """Counts of units in words; those of which there are none are left out."""
    words = [f"{count} {unit}{'s' if count != 1 else ''}" for count, unit in parts if count]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
