"""What fields, codes, numbers and moments are called in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias

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
from mpfcheck.feel.temporal_text import read_temporal, write_temporal
from mpfcheck.feel.tree import Boolean, Expression, Filter, Name, Path, Temporal, Text

__all__ = [
    "OF_ONE",
    "OPERATIONS",
    "OPPOSITE",
    "RELATIONS",
    "RELATIONS_IN_TIME",
    "ROUNDED",
    "VERBS",
    "Labels",
    "Naming",
    "Scope",
    "is_duration",
    "moment_in_words",
    "number_in_words",
    "temporal_in_words",
]

Labels: TypeAlias = Callable[[str, str | None], str | None]
"""``labels("lead.country", None)`` is what a field or name is called, with its article ("the lead's country");
``labels("lead.kind", "ngo")`` what a code is called where it is compared with that field. None leaves it to the words
here."""

Scope: TypeAlias = Mapping[str, tuple[str, str]]
"""Of the variables inside a condition: what they are called, and the dotted path of what they stand for."""

OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
RELATIONS = {
    "=": "is",
    "!=": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
}
RELATIONS_IN_TIME = {
    **RELATIONS,
    "<": "is before",
    "<=": "is not after",
    ">": "is after",
    ">=": "is not before",
}
OPERATIONS = {"+": "plus", "-": "minus", "*": "times", "/": "divided by", "**": "to the power of"}
OF_ONE = {
    "abs": "the size of {}",
    "count": "the number of {}",
    "digits": "the digits of {}",
    "distinct values": "the different ones among {}",
    "lower case": "{} in small letters",
    "max": "the largest of {}",
    "mean": "the average of {}",
    "median": "the median of {}",
    "min": "the smallest of {}",
    "plain name": "{} as it is compared",
    "string length": "the number of characters of {}",
    "sum": "the sum of {}",
    "upper case": "{} in capitals",
}
ROUNDED = {
    "decimal": "{} rounded to {}",
    "round up": "{} rounded up to {}",
    "round down": "{} rounded down to {}",
    "round half up": "{} rounded to {}",
    "round half down": "{} rounded (half down) to {}",
}
VERBS = {
    "list contains": ("holds", "does not hold"),
    "contains": ("contains", "does not contain"),
    "starts with": ("starts with", "does not start with"),
    "ends with": ("ends with", "does not end with"),
}


class Naming:
    """What is called how, by the labels the caller knows."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def literal(self, tree: Expression, compared_with: Expression | None, scope: Scope) -> str | None:
        """A text, date or yes and no; what a code is called is told by the field it is compared with."""
        match tree:
            case Text(value):
                path = self.dotted(compared_with, scope) if compared_with is not None else ""
                label = self._labels(path, value) if path else None
                return label if label is not None else f'"{value}"'
            case Boolean(value):
                return "yes" if value else "no"
            case Temporal(text):
                return moment_in_words(text)
        return None

    def label(self, tree: Name | Path) -> str | None:
        """What the caller calls a field or name."""
        path = self.dotted(tree, {})
        return self._labels(path, None) if path else None

    def dotted(self, tree: Expression, scope: Scope) -> str:
        """The dotted path of a field, through the variables that stand for part of one; empty for anything else."""
        match tree:
            case Name(name):
                if name in scope:
                    return scope[name][1]
                return f"{scope[''][1]}.{name}" if scope.get("", ("", ""))[1] else name
            case Path(base, name):
                owner = self.dotted(base, scope)
                return f"{owner}.{name}" if owner else ""
            case Filter(base, _):
                return self.dotted(base, scope)
        return ""


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


def is_duration(tree: Temporal) -> bool:
    """Whether it is a length of time and no point in it."""
    return tree.text.lstrip("-").startswith("P")
