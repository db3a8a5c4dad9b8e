"""Calendar functions."""

from __future__ import annotations

from decimal import Decimal

from mpfcheck.feel.evaluate.builtins.builtin import Family
from mpfcheck.feel.limits import Run
from mpfcheck.feel.values.temporal import Date, DateTime, DaysDuration, MonthsDuration
from mpfcheck.feel.values.value import Value

__all__ = [
    "DATES",
]

DATES = Family()
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _date(value: Date | DateTime) -> Date:
    return value if isinstance(value, Date) else value.date


@DATES.add("day of year", "date: date or date and time")
def day_of_year(_run: Run, value: Date | DateTime) -> Value:
    """1 to 366."""
    date = _date(value)
    return Decimal(date.days - Date(date.year, 1, 1).days + 1)


@DATES.add("day of week", "date: date or date and time")
def day_of_week(_run: Run, value: Date | DateTime) -> Value:
    """The English name of the day."""
    return _DAYS[_date(value).weekday - 1]


@DATES.add("month of year", "date: date or date and time")
def month_of_year(_run: Run, value: Date | DateTime) -> Value:
    """The English name of the month."""
    return _MONTHS[_date(value).month - 1]


@DATES.add("week of year", "date: date or date and time")
def week_of_year(_run: Run, value: Date | DateTime) -> Value:
    """The week by ISO 8601: the first week is the one with the year's first Thursday."""
    date = _date(value)
    thursday = Date.from_days(date.days + 4 - date.weekday)
    return None if thursday is None else Decimal((thursday.days - Date(thursday.year, 1, 1).days) // 7 + 1)


@DATES.add("abs", "n: number")
def absolute_number(_run: Run, number: Decimal) -> Value:
    """The number without its sign."""
    return number.copy_abs()


@DATES.add("abs", "n: duration")
def absolute_duration(_run: Run, duration: MonthsDuration | DaysDuration) -> Value:
    """The duration without its sign."""
    if isinstance(duration, MonthsDuration):
        return MonthsDuration(abs(duration.months))
    return DaysDuration(abs(duration.nanoseconds))
