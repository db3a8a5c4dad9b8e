"""A number as somebody wrote it, taken apart: the figure, what stands before it and what stands after it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mpfcheck.forms.typed.characters import plain_characters
from mpfcheck.frozen import Frozen

__all__ = ["WrittenNumber", "written_number"]

LONGEST = 200
"""More characters than this are no number, whatever they are."""

_parts = re.compile(r"(?P<before>[^0-9]*)(?P<figure>[0-9](?:.*[0-9])?)(?P<after>[^0-9]*)", re.DOTALL).fullmatch
_words = re.compile(r"[^\W\d_]+|[^\w\s]|_").findall
_without_cents = re.compile(r"(?P<mark>[.,])--?").match
"""No cents, as price tags say it: ``400000,-``. The mark is then the one for decimals."""

_MARKS = (".", ",")
_EURO = ("€", "eur", "euro", "euros")
_SCALES = {"k": 3, "thousand": 3, "mio": 6, "mln": 6, "million": 6, "millions": 6}
_UNCERTAIN_SCALE = "m"
_PERCENT = (["%"], ["percent"], ["pct"], ["per", "cent"])


class WrittenNumber(Frozen):
    """The parts of a written number.

    ``zeros`` is how many zeros ``k`` or ``million`` add, None where that is uncertain. ``words`` are those before and
    after the figure that say nothing about the number, such as a unit or another currency. ``loose`` tells of a decimal
    mark at an end of the figure, as in ``.5`` and ``5.``.
    """

    figure: str
    euro: bool = False
    negative: bool = False
    percent: bool = False
    zeros: int | None = 0
    words: tuple[str, ...] = ()
    loose: bool = False


def written_number(text: str) -> WrittenNumber | None:
    """The parts of a number with something around it; None where there is no digit, or far too much."""
    if len(text) > LONGEST:
        return None
    parts = _parts(plain_characters(text))
    if parts is None:
        return None
    figure, after = parts["figure"], parts["after"].casefold()
    if without_cents := _without_cents(after):
        figure, after = f"{figure}{without_cents['mark']}00", after[without_cents.end() :]
    return _arranged(figure, _words(parts["before"].casefold()), _words(after))


def _arranged(figure: str, before: list[str], after: list[str]) -> WrittenNumber:
    starts_loose, ends_loose = bool(before) and before[-1] in _MARKS, bool(after) and after[0] in _MARKS
    if starts_loose:
        figure, before = f"0{before[-1]}{figure}", before[:-1]
    after = after[1:] if ends_loose else [word for word in after if word != "."]
    in_brackets = before[-1:] == ["("] and after[:1] == [")"]
    if in_brackets:
        before, after = before[:-1], after[1:]
    euro = any(word in _EURO or word.endswith("eur") for word in (*before, *after))
    zeros, after = _scale(_without_euro(after))
    percent = next((words for words in _PERCENT if after[: len(words)] == words), None)
    around = [word for word in _without_euro(before) if word not in ("+", "-")]
    return WrittenNumber(
        figure,
        euro=euro,
        negative=in_brackets or "-" in before,
        percent=percent is not None,
        zeros=zeros,
        words=(*around, *after[len(percent or ()) :]),
        loose=starts_loose or ends_loose,
    )


def _without_euro(words: Iterable[str]) -> list[str]:
    """The words without the currency; ``kEUR`` is ``k`` then."""
    bare = (word.removesuffix("eur") if word.removesuffix("eur") in (*_SCALES, "m") else word for word in words)
    return [word for word in bare if word not in _EURO]


def _scale(after: list[str]) -> tuple[int | None, list[str]]:
    """How many zeros the first word adds, and the words after it."""
    if after and after[0] in _SCALES:
        return _SCALES[after[0]], after[1:]
    if after == [_UNCERTAIN_SCALE]:
        return None, []
    return 0, after
