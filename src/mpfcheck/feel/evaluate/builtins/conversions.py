"""Conversion functions: from text and parts to dates, numbers, ranges, and back to text."""

from __future__ import annotations

import re
from decimal import Decimal

from mpfcheck.feel.errors import FeelSyntaxError
from mpfcheck.feel.evaluate.builtins.builtin import Family
from mpfcheck.feel.limits import Run
from mpfcheck.feel.syntax.tree import Expression, FunctionCall, Name, Negate, Number, RangeOf, Temporal, Text
from mpfcheck.feel.values.comparison import ordered
from mpfcheck.feel.values.temporal import (
    LARGEST_OFFSET,
    NANOSECONDS,
    Date,
    DateTime,
    DaysDuration,
    Time,
    is_zone,
    months_between,
)
from mpfcheck.feel.values.text import read_date, read_date_time, read_duration, read_temporal, read_time, text_of
from mpfcheck.feel.values.value import ARITHMETIC, Range, Value

__all__ = [
    "CONVERSIONS",
]

CONVERSIONS = Family()
_HALF_RANGE = r"\s*(?:([\[(\]])\s*([^.]+(?:\.[0-9]+)?)\s*\.\.\s*[)\[]|[(\]]\s*\.\.\s*(.+)([)\]\[]))\s*"
"""A range with one end, such as ``[2..)``: the missing end must be open."""
_PLAIN_NUMBER = r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?"


@CONVERSIONS.add("date", "from: string")
def date_of_text(_run: Run, text: str) -> Value:
    """The date written so, or null."""
    return read_date(text)


@CONVERSIONS.add("date", "from: date or date and time")
def date_of_moment(_run: Run, moment: Date | DateTime) -> Value:
    """The day of a date and time."""
    return moment if isinstance(moment, Date) else moment.date


@CONVERSIONS.add("date", "year: number", "month: number", "day: number")
def date_of_parts(_run: Run, year: Decimal, month: Decimal, day: Decimal) -> Value:
    """The day of that number in that month of that year, or null where there is none."""
    parts = (year, month, day)
    if any(part != part.to_integral_value() or abs(part) > 10**10 for part in parts):
        return None
    return Date.of(int(year), int(month), int(day))


@CONVERSIONS.add("date and time", "from: string")
def moment_of_text(_run: Run, text: str) -> Value:
    """The date and time written so, or the midnight of a date; or null."""
    return read_date_time(text)


@CONVERSIONS.add("date and time", "date: date or date and time", "time: time")
def moment_of_parts(_run: Run, day: Date | DateTime, time: Time) -> Value:
    """That time on that day."""
    return DateTime(day if isinstance(day, Date) else day.date, time)


@CONVERSIONS.add("date and time", "date: date and time", "timezone: string")
def moment_in_zone(_run: Run, moment: DateTime, timezone: str) -> Value:
    """The same moment on the clock of that time zone; null for a local time or an unknown zone."""
    if moment.zone is None or not is_zone(timezone):
        return None
    return DateTime.from_instant(moment.instant, timezone)


@CONVERSIONS.add("time", "from: string")
def time_of_text(_run: Run, text: str) -> Value:
    """The time written so, or null."""
    return read_time(text)


@CONVERSIONS.add("time", "from: time")
def time_of_time(_run: Run, time: Time) -> Value:
    """The time itself."""
    return time


@CONVERSIONS.add("time", "from: date or date and time")
def time_of_moment(_run: Run, moment: Date | DateTime) -> Value:
    """The time of a date and time; a date's is midnight in UTC."""
    return moment.time if isinstance(moment, DateTime) else Time(0, 0, 0, zone=0)


@CONVERSIONS.add("time", "hour: number", "minute: number", "second: number", "offset: duration|null?")
def time_of_parts(
    _run: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: DaysDuration | None = None
) -> Value:
    """That time of day, so far ahead of UTC or local; null where there is none."""
    whole = (hour, minute)
    if any(part != part.to_integral_value() or not 0 <= part < 60 for part in whole) or hour > 23:
        return None
    if not 0 <= second < 60:
        return None
    zone: int | None = None
    if offset is not None:
        if not isinstance(offset, DaysDuration) or abs(offset.nanoseconds) > LARGEST_OFFSET * NANOSECONDS:
            return None
        zone = offset.nanoseconds // NANOSECONDS
    nanosecond = int((second - int(second)) * NANOSECONDS)
    return Time(int(hour), int(minute), int(second), nanosecond, zone)


@CONVERSIONS.add("duration", "from: string")
def duration_of_text(_run: Run, text: str) -> Value:
    """The duration written so, or null."""
    return read_duration(text)


@CONVERSIONS.add("duration", "from: duration")
def duration_of_duration(_run: Run, duration: Value) -> Value:
    """The duration itself."""
    return duration


@CONVERSIONS.add("years and months duration", "from: date or date and time", "to: date or date and time")
def months_from_to(_run: Run, start: Date | DateTime, end: Date | DateTime) -> Value:
    """The whole months from one day to another."""
    return months_between(start, end)


@CONVERSIONS.add("number", "from: string", "grouping separator: string|null", "decimal separator: string|null")
def number_of_text(_run: Run, text: str, grouping: str | None, point: str | None) -> Value:
    """The number written so, with the separator (blank, comma, point) between groups of digits and before decimals."""
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", ".") or (point and grouping == point):
        return None
    if grouping is not None:
        text = text.replace(grouping, "")
    if point is not None and point != ".":
        if "." in text:
            return None
        text = text.replace(point, ".")
    return _number(text)


@CONVERSIONS.add("number", "from: string")
def number_of_plain_text(_run: Run, text: str) -> Value:
    """The number written with a point before its decimals."""
    return _number(text)


def _number(text: str) -> Decimal | None:
    return ARITHMETIC.create_decimal(text) if re.fullmatch(_PLAIN_NUMBER, text) else None


@CONVERSIONS.add("string", "from: any")
def string_of(run: Run, value: Value) -> Value:
    """The value as text; null for null."""
    return None if value is None else text_of(value, run)


@CONVERSIONS.add("range", "from: string")
def range_of(_run: Run, text: str) -> Value:
    """The range written so between two literals, such as ``[1..10)``; null without an end or for two kinds."""
    from mpfcheck.feel.syntax.parser import parse

    half = re.fullmatch(_HALF_RANGE, text)
    if half is not None:
        op = (">=" if half[1] == "[" else ">") if half[2] else ("<=" if half[4] == "]" else "<")
        text = f"({op} {half[2] or half[3]})"
    try:
        tree = parse(text)
    except FeelSyntaxError:
        return None
    if not isinstance(tree, RangeOf) or (tree.op is None) != (half is None):
        return None
    low = None if tree.low is None else _literal(tree.low)
    high = None if tree.high is None else _literal(tree.high)
    if half is not None:
        end = low if high is None else high
        made = Range(low, high, low_closed=tree.low_closed, high_closed=tree.high_closed, op=tree.op)
        return None if ordered("<=", end, end) is None else made
    if ordered("<=", low, high) is not True:
        return None
    return Range(low, high, low_closed=tree.low_closed, high_closed=tree.high_closed)


_LITERAL_FUNCTIONS = {
    "date": read_date,
    "time": read_time,
    "date and time": read_date_time,
    "duration": read_duration,
}


def _literal(node: Expression) -> Value:
    """What a literal stands for: nothing else may stand at the end of a range in text."""
    if isinstance(node, (Number, Text)):
        return node.value
    if isinstance(node, Negate) and isinstance(node.operand, Number):
        return -node.operand.value
    if isinstance(node, Temporal):
        return read_temporal(node.text)
    if isinstance(node, FunctionCall) and isinstance(node.function, Name) and len(node.arguments) == 1:
        argument = node.arguments[0]
        read = _LITERAL_FUNCTIONS.get(node.function.name)
        return read(argument.value) if read is not None and isinstance(argument, Text) else None
    return None
