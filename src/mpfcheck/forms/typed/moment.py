"""Typed moments: 2024-03-01 12:00 UTC, 1 March 2024 12:00 +01:00. The time zone is never guessed."""

from __future__ import annotations

import re
from datetime import datetime

from mpfcheck.forms.typed.answer import AskedBack, Reading, Understood
from mpfcheck.forms.typed.characters import plain_characters
from mpfcheck.forms.typed.day import day_in_words, read_day
from mpfcheck.proposal.values import UnfitValueError, moment_from, shown

__all__ = ["moment_in_words", "read_moment"]

_HINT = "Type the day, the time and the time zone, such as 2024-03-01 12:00 UTC or 1 March 2024 12:00 +01:00."
_LONGEST = 120
_parts = re.compile(
    r"(?P<day>.+?)[, Tt]+(?P<clock>[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?) *\(?(?P<zone>.*?)\)?", re.DOTALL
).fullmatch
_UTC = {"z", "utc", "gmt", "utc+0", "utc+00:00"}


def read_moment(text: str) -> Reading:
    """The moment somebody typed, or what to ask back."""
    found = _parts(plain_characters(text).strip()) if len(text) <= _LONGEST else None
    if found is None:
        return AskedBack(f"{shown(text)} is not a date and time.", _HINT)
    day = read_day(found["day"])
    if isinstance(day, AskedBack):
        return AskedBack(day.message, _HINT)
    hour, *rest = re.split("[:.]", found["clock"])
    clock = ":".join([hour.rjust(2, "0"), *rest, *(["00"] if len(rest) == 1 else [])])
    written = f"{day.value}T{clock}"
    zone = found["zone"].strip()
    if not zone:
        return AskedBack(f"{shown(text)} does not say its time zone.", _HINT, _understood(f"{written}Z"))
    try:
        return _moment(f"{written}{_zone(zone)}")
    except UnfitValueError as unfit:
        return AskedBack(unfit.message, _HINT)


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
