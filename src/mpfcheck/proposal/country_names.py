"""What countries are called: in the languages of the EU and of the calls' regions, officially, formerly, and in codes.

The names stand in ``country_names.json``, which ``python -m tools.cldr_names`` writes. It is read when a name is first
asked for: a proposal that names its countries by their codes never needs it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from mpfcheck.proposal.codes import COUNTRIES

__all__ = ["Called", "countries_called", "countries_like", "distinct_words", "name_of", "words_of"]

LONGEST = 200
SHORTEST_LIKE = 4
"""A shorter text is like too many names."""
_CLOSE = 0.8
_ARTICLE_WORDS = "the la le les el los las il lo gli i os as o a al der die das den de het"
_ARTICLES = frozenset(_ARTICLE_WORDS.split())
_in_brackets = re.compile(r"([^()]+)\(([^()]+)\)\.?").fullmatch
_elided = re.compile(r"^(?:l|d)['\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}](?=\w)", re.IGNORECASE)
_COMMON_WORDS = """
the of and de la du des et y e i und union country nation government state states kingdom federal federation federative
republic republique republica republik repubblica republika respublika tasavalta konzska islamic democratic people
peoples socialist arab united independent commonwealth principality duchy grand sultanate territory territories
island islands former saint new central european north south east west northern southern eastern western
"""
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words that many countries have in their names: alone they name none."""
_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ħ": "h", "ə": "e", "ð": "d", "þ": "th"}  # noqa: RUF001
)
_SILENT = "'ʻʼ`´\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"  # noqa: RUF001
_FIRST_FLAG_LETTER = 0x1F1E6


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a name as they are compared: without case, accents and punctuation.

    The names of a long list are compared with every key that is pressed, so they are remembered.
    """
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    letters = (letter for letter in apart if not unicodedata.combining(letter) and letter not in _SILENT)
    return tuple("".join(letter if _in_word(letter) else " " for letter in letters).split())


def _in_word(letter: str) -> bool:
    # Vowel signs of Indian scripts are marks; without them two names may be one.
    return letter.isalnum() or unicodedata.category(letter) in ("Mn", "Mc")


def name_of(text: str) -> str:
    """A name as it is compared whole: its words without blanks between them, and without "the"."""
    return "".join(word for word in words_of(text) if word != "the")


class Called:
    """The countries a text names: ``certain`` where it can be none but the one."""

    __slots__ = ("certain", "codes")

    def __init__(self, codes: tuple[str, ...], *, certain: bool) -> None:
        self.codes = codes
        self.certain = certain


_NONE = Called((), certain=False)


def countries_called(text: str) -> Called:
    """The countries that are called so, in any language of the table; by code, flag, or name.

    A name with words around it that do not name the same country ("Georgia (state)") is never certain.
    """
    if len(text) > LONGEST:
        return _NONE
    text = text.strip()
    found = _exactly(text)
    if found.codes:
        return found
    if flag := _flag(text):
        return Called((flag,), certain=True)
    if (elided := _elided.sub("", text)) != text and (found := _exactly(elided)).codes:
        return found
    words = words_of(text)
    if words and words[0] in _ARTICLES and (found := _exactly(" ".join(words[1:]))).codes:
        return found
    if beside := _in_brackets(text):
        both = _exactly(beside[1]), _exactly(beside[2])
        if both[1].certain and both[1].codes[0] in both[0].codes:
            return both[1]
        if both[0].codes:
            return Called(both[0].codes, certain=False)
    if parts := _several(text):
        return Called(parts, certain=False)
    distinct = distinct_words(text)
    if distinct and len(distinct) < len(words):
        return Called(_exactly(" ".join(distinct)).codes, certain=False)
    return _NONE


def countries_like(text: str) -> tuple[str, ...]:
    """The countries whose short name is spelled nearly so, the nearest first; "Republic" and its like do not count."""
    typed = "".join(distinct_words(text))[:100]
    if len(typed) < SHORTEST_LIKE:
        return ()
    # Only needed once something is wrong.
    from difflib import get_close_matches

    short = _table()["short"]
    near = [name for name in short if abs(len(name) - len(typed)) <= 3]
    close = get_close_matches(typed, near, n=8, cutoff=_CLOSE)
    return tuple(dict.fromkeys(code for name in close for code in short[name].split()))[:3]


def distinct_words(text: str) -> tuple[str, ...]:
    """The words of a text that many names of countries do not have."""
    return tuple(word for word in words_of(text[:LONGEST]) if word not in _COMMON)


def _exactly(text: str) -> Called:
    code = text.strip().upper()
    if code in COUNTRIES:
        return Called((code,), certain=True)
    name = name_of(text)
    if not name:
        return _NONE
    table = _table()
    for kind in ("short", "official"):
        if codes := table[kind].get(name):
            found = tuple(codes.split())
            return Called(found, certain=len(found) == 1)
    return Called(tuple(table["several"].get(name, "").split()), certain=False)


def _several(text: str) -> tuple[str, ...]:
    """The countries of a text that names one after the other."""
    parts = [part for part in re.split(r"[,;/\n]|\s(?:and|&|\+)\s", text) if part.strip()]
    if len(parts) < 2:
        return ()
    found = [_exactly(part) for part in parts]
    return tuple(dict.fromkeys(code for one in found for code in one.codes)) if all(one.codes for one in found) else ()


def _flag(text: str) -> str:
    """The code of a flag, which is written in two letters of its own kind."""
    letters = [chr(ord(sign) - _FIRST_FLAG_LETTER + ord("A")) for sign in text if ord(sign) >= _FIRST_FLAG_LETTER]
    code = "".join(letters)
    return code if len(text) == len(code) == 2 and code in COUNTRIES else ""


def _table() -> Mapping[str, Mapping[str, str]]:
    # Only a name that is looked up is worth loading them all.
    from mpfcheck.proposal.country_names_table import TABLE

    return TABLE
