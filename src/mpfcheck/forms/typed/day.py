"""Days, months and moments as people type them, in many languages."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias
from unicodedata import normalize

import jiter

from mpfcheck.forms.typed.answer import Query, Reading, Understood, plain_characters
from mpfcheck.proposal.country_names import name_of
from mpfcheck.proposal.values import UnfitValueError, moment_from, shown

__all__ = [
    "FILE",
    "MONTHS",
    "day_in_words",
    "moment_in_words",
    "month_number",
    "months_called",
    "nearest_month",
    "read_day",
    "read_moment",
]


FILE = Path(__file__).with_name("month_names.json")
# Read while the program is loaded: a check opens no file.
_MONTHS_CALLED: Mapping[str, str] = jiter.from_json(FILE.read_bytes())


def months_called(word: str) -> tuple[int, ...]:
    """The months, from 1, that are called so: none, one, or two where languages differ (listopad)."""
    return tuple(map(int, _MONTHS_CALLED.get(name_of(word), "").split()))


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


_HINT = "Type the date, such as 2024-03-01 or 1 March 2024."
_LONGEST = 60
_YEAR_DIGITS = 4

_in_numbers = re.compile(r"([0-9]{1,4})(?P<mark>-|/| |\. ?)([0-9]{1,2})(?P=mark)([0-9]{1,4})\.?").fullmatch
_tokens = re.compile(r"[0-9]+|[^\W\d_]+|[^\w\s]|_").findall
_with_time = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})[t ][0-9].*").fullmatch
_closed_up = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})").fullmatch
_WORDS_BESIDE = """
st nd rd th the of er de del di d da le el l e ú den am dne ta gada gads m g r roku rok godine god leta yil yili il cu
cü ci je én jén го е ви ва года год г р року рік година жылы жыл ж сол соли йил η ης ου του թ წლის წ من في عام سنة º ª °
"""  # noqa: RUF001 - words of Russian, Ukrainian and others
_BESIDE = frozenset({*_WORDS_BESIDE.casefold().split(), *",.:-/'"})
"""What is written beside a day, the name of its month and its year, in the languages whose months are known."""
_RELATIVE = frozenset({"today", "now", "tomorrow", "yesterday"})

_Numbers: TypeAlias = tuple[int, int, int]
"""Year, month and day, in any calendar or none."""


def read_day(text: str) -> Reading:
    """The day somebody typed. Months are read in the languages of ``month_names``; no day is taken from the clock."""
    written = normalize("NFC", plain_characters(text)) if len(text) <= _LONGEST else ""
    plain = written.casefold()
    if numbers := _in_numbers(plain):
        return _numeric(text, numbers[1], numbers[3], numbers[4], numbers["mark"])
    if plain in _RELATIVE:
        return Query(f"{shown(text)} means another date each time it is read.", _HINT)
    if beside := _with_time(plain) or _closed_up(plain):
        days = (int(beside[1]), int(beside[2]), int(beside[3]))
        return Query(f"{shown(text)} is not only a date.", _HINT, _existing([days]))
    return _named(text, [token for token in _tokens(written) if token.casefold() not in _BESIDE])


def day_in_words(day: date) -> str:
    """A day as people read it: 1 March 2024."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _numeric(text: str, first: str, second: str, third: str, mark: str) -> Reading:
    """A day in three numbers."""
    if len(first) == _YEAR_DIGITS:
        year, month, day = int(first), int(second), int(third)
        return _certain(text, (year, month, day), other=(year, day, month))
    year = int(third)
    day_first, month_first = (year, int(second), int(first)), (year, int(first), int(second))
    if len(third) != _YEAR_DIGITS:
        # With hyphens the year may as well come first.
        orders = [] if mark == "-" else [day_first] if mark.startswith(".") else [day_first, month_first]
        return _short_year(text, third, orders)
    if mark.startswith("."):
        return _certain(text, day_first, other=month_first)
    found = _existing([day_first, month_first])
    if len(found) == 1:
        return found[0]
    if found:
        return Query(f"{shown(text)} is {found[0].shown} or {found[1].shown}.", _HINT, found)
    return _impossible(text, month_first if _has_month(month_first) else day_first)


def _named(text: str, tokens: list[str]) -> Reading:
    """A day with the name of its month."""
    numbers = [token for token in tokens if token.isdecimal()]
    words = [token for token in tokens if not token.isdecimal()]
    name = " ".join(words)
    if not numbers or not words or not all(map(str.isalpha, words)) or max(map(len, numbers)) > _YEAR_DIGITS:
        return Query(f"{shown(text)} is not a date.", _HINT)
    months = _months(words)
    if len(months) == 1:
        return _dated(text, numbers, months[0])
    if months:
        message = f"{shown(name)} is {MONTHS[months[0] - 1]} in one language and {MONTHS[months[1] - 1]} in another."
    elif len(words) > 1:
        return Query(f"{shown(text)} is not a date.", _HINT)
    else:
        months = (likely,) if (likely := nearest_month(name)) else ()
        message = f"{shown(name)} is not a known name of a month."
    readings = [_dated(text, numbers, month) for month in months]
    return Query(message, _HINT, tuple(one for one in readings if isinstance(one, Understood)))


def _months(words: list[str]) -> tuple[int, ...]:
    """The months of a name in one or two words; where each word names one (آذار/مارس), the one that all name."""
    month = month_number(words[0]) if len(words) == 1 else None
    if month or (called := months_called(" ".join(words))):
        return (month,) if month else called
    common = set.intersection(*({*months_called(word), month_number(word)} for word in words)) - {None}
    return tuple(sorted(number for number in common if number))


def _dated(text: str, numbers: list[str], month: int) -> Reading:
    """A day of this month, of which the day and the year are typed in any order."""
    years = [number for number in numbers if len(number) == _YEAR_DIGITS]
    days = [number for number in numbers if len(number) <= 2]
    match years, days:
        case [year], [day]:
            return _certain(text, (int(year), month, int(day)))
        case [_], []:
            return Query(f"{shown(text)} does not give the day of the month.", _HINT)
        case [], [_]:
            return Query(f"{shown(text)} does not say in which year.", _HINT)
        case [], [day, year]:
            return _short_year(text, year, [(int(year), month, int(day))])
    return Query(f"{shown(text)} is not a date.", _HINT)


def _short_year(text: str, year: str, orders: list[_Numbers]) -> Query:
    century = 2000 if len(year) == 2 else 0
    days = [(century + short, month, day) for short, month, day in orders] if century else []
    return Query(f"{shown(text)} has a year without its four digits.", _HINT, _existing(days))


def _certain(text: str, numbers: _Numbers, other: _Numbers | None = None) -> Reading:
    """The day of these numbers; where it does not exist, the reason, and the day of the ``other`` order of them."""
    found = _existing([numbers])
    return found[0] if found else _impossible(text, numbers, _existing([other] if other else []))


def _impossible(text: str, numbers: _Numbers, suggestions: tuple[Understood, ...] = ()) -> Query:
    year, month, day = numbers
    if not year:
        reason = "there is no year 0"
    elif not _has_month(numbers):
        reason = f"there is no month {month}"
    elif not day:
        reason = "months begin with day 1"
    else:
        reason = f"{MONTHS[month - 1]} {year} has {monthrange(year, month)[1]} days"
    return Query(f"{shown(text)} is not in the calendar: {reason}.", _HINT, suggestions)


def _has_month(numbers: _Numbers) -> bool:
    return 1 <= numbers[1] <= len(MONTHS)


def _existing(candidates: Iterable[_Numbers]) -> tuple[Understood, ...]:
    """Those of the days that exist, each once."""
    found: dict[object, Understood] = {}
    for year, month, day in candidates:
        try:
            exists = date(year, month, day)
        except ValueError:
            continue
        found.setdefault(exists, Understood(exists.isoformat(), day_in_words(exists)))
    return tuple(found.values())


_MOMENT_HINT = "Type the date, the time and the time zone, such as 2024-03-01 12:00 UTC or 1 March 2024 12:00 +01:00."
_LONGEST_MOMENT = 120
_parts = re.compile(
    r"(?P<day>.+?)[, Tt]+(?P<clock>[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?) *\(?(?P<zone>.*?)\)?", re.DOTALL
).fullmatch
_UTC = {"z", "utc", "gmt", "utc+0", "utc+00:00"}


def read_moment(text: str) -> Reading:
    """The moment somebody typed, or what to ask back."""
    found = _parts(plain_characters(text).strip()) if len(text) <= _LONGEST_MOMENT else None
    if found is None:
        return Query(f"{shown(text)} is not a date and time.", _MOMENT_HINT)
    day = read_day(found["day"])
    if isinstance(day, Query):
        return Query(day.message, _MOMENT_HINT)
    hour, *rest = re.split("[:.]", found["clock"])
    clock = ":".join([hour.rjust(2, "0"), *rest, *(["00"] if len(rest) == 1 else [])])
    written = f"{day.value}T{clock}"
    zone = found["zone"].strip()
    if not zone:
        return Query(f"{shown(text)} does not say its time zone.", _MOMENT_HINT, _understood(f"{written}Z"))
    try:
        return _moment(f"{written}{_zone(zone)}")
    except UnfitValueError as unfit:
        return Query(unfit.message.replace(shown(f"{written}{_zone(zone)}"), shown(text)), _MOMENT_HINT)


def moment_in_words(moment: datetime) -> str:
    """A moment as people read it: 1 March 2024, 12:00 (UTC)."""
    zone = getattr(moment.tzinfo, "key", None) or str(moment.tzinfo)
    clock = f"{moment:%H:%M:%S}".removesuffix(":00")
    return f"{day_in_words(moment.date())}, {clock} ({zone})"


def _zone(text: str) -> str:
    plain = text.casefold().replace(" ", "")
    if plain in _UTC:
        return "Z"
    plain = plain.removeprefix("utc").removeprefix("gmt")
    return plain if plain[:1] in ("+", "-") else f"@{text.removeprefix('@')}"


def _moment(written: str) -> Understood:
    return Understood(written, moment_in_words(moment_from(written)))


def _understood(written: str) -> tuple[Understood, ...]:
    try:
        return (_moment(written),)
    except UnfitValueError:
        return ()
