"""The English names of the months, with their usual abbreviations."""

from __future__ import annotations

__all__ = ["MONTHS", "month_number", "nearest_month"]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_NUMBERS = {
    name: number
    for number, month in enumerate(MONTHS, 1)
    for name in (month.casefold(), month[:3].casefold(), *(("sept",) if month == "September" else ()))
}
_CLOSE = 0.8
"""Near enough for a slip or for most names in French; a name that could be two months ("mai", "juni") is not."""


def month_number(word: str) -> int | None:
    """The month of this English name or abbreviation, from 1; None where it is none."""
    return _NUMBERS.get(word.casefold())


def nearest_month(word: str) -> int | None:
    """The month whose full name this nearly is, from 1; None where it is like none."""
    # Only needed once something is wrong.
    from difflib import get_close_matches

    names = [month.casefold() for month in MONTHS]
    close = get_close_matches(word.casefold(), names, n=1, cutoff=_CLOSE)
    return names.index(close[0]) + 1 if close else None
