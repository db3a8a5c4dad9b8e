"""Values as text: what FEEL's ``string`` gives. Inside lists and contexts it is FEEL that can be read again."""

from __future__ import annotations

from decimal import Decimal

from mpfcheck.feel.limits import Run
from mpfcheck.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from mpfcheck.feel.temporal_text import write_temporal
from mpfcheck.feel.values import Range, Record, Value

__all__ = ["text_of", "text_of_number"]


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
    if isinstance(value, Date | Time | DateTime | MonthsDuration | DaysDuration):
        return f'@"{write_temporal(value)}"' if inside else write_temporal(value)
    if isinstance(value, list):
        parts = ", ".join(text_of(item, run, inside=True) for item in value)
        run.check_characters(len(parts))
        return f"[{parts}]"
    if isinstance(value, dict | Record):
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
