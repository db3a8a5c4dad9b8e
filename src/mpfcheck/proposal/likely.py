"""Which values people hardly mean, though they fit their fields: the one place that says so.

The reader asks in passing whether all values of a proposal are likely, and mostly they are. Where they are not,
:mod:`mpfcheck.proposal.doubts` finds out which, and says what is doubtful about them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeAlias

from mpfcheck.proposal.fields import Day, Kind, Moment, Text, Whole

__all__ = [
    "EMPTY_MEANS_NONE",
    "FIRST_YEAR",
    "LAST_YEAR",
    "LIKELY_TEXTS",
    "LONGEST_MONTHS",
    "PIC_DIGITS",
    "is_likely_date",
    "is_likely_duration",
    "look_at",
    "says_something",
]

Look: TypeAlias = Callable[[Any], object]
"""What it gives is true where the value is likely."""

PIC_DIGITS: Final = 9
FIRST_YEAR, LAST_YEAR = 1990, 2100
LONGEST_MONTHS: Final = 120
"""No call says so: a longer project is likelier a number of days, or a slip."""
_is_email = re.compile(r"\s*[^\s@]+@[^\s@]+\.[^\s@.]+\s*").fullmatch
# Most are written without blanks and hyphens, which takes a third of the time to find out; an empty one means none.
_is_pic = re.compile(rf"[0-9]{{{PIC_DIGITS}}}||\s*[0-9](?:[\s-]*[0-9]){{{PIC_DIGITS - 1}}}\s*").fullmatch


EMPTY_MEANS_NONE: Final = frozenset({"pic", "document"})
"""Texts that packs and forms take empty for "there is none"; blank ones are doubtful there as well."""


def says_something(text: str) -> bool:
    """Whether a text begins with a character of a European language, so that it is not blank; most others are not."""
    return "!" <= text < "\x7f" or "\u00c0" <= text < "\u0250" or "\u0386" <= text < "\u0483"


def is_likely_date(value: object) -> bool:
    """Whether a date, or a moment, is of a year that a call can be about."""
    return not isinstance(value, date) or FIRST_YEAR <= value.year <= LAST_YEAR


def is_likely_duration(value: object) -> bool:
    """Whether a number of months is one that a project lasts."""
    return not isinstance(value, int | Decimal) or 0 < value <= LONGEST_MONTHS


LIKELY_TEXTS: Final[Mapping[str, Look]] = {"pic": _is_pic, "email": _is_email}
"""What is asked of texts that say something, by the name of their field."""


def look_at(name: str, kind: Kind) -> Look | None:
    """How to look at the value of a field of that name; None where only a text that says nothing is unlikely."""
    match kind:
        case Day() | Moment():
            return is_likely_date
        case Whole():
            return is_likely_duration if name == "duration_months" else None
        case Text():
            return LIKELY_TEXTS.get(name)
    return None
