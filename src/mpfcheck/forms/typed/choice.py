"""Choices from a code list as people type them: one, or several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from mpfcheck.forms.typed.answer import Query, Reading, Understood
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.codes import COUNTRIES
from mpfcheck.proposal.country_names import countries_called, countries_like, distinct_words, words_of
from mpfcheck.proposal.fields import Code
from mpfcheck.proposal.values import shown

__all__ = [
    "FEW_CHOICES",
    "Choice",
    "bare",
    "choice_in_words",
    "choices_of",
    "like_a_choice",
    "listed",
    "of_choice",
    "read_code",
    "read_codes",
    "words_of",
]


class Choice(Frozen):
    """A code one may choose, and its label."""

    code: str
    label: str


def choices_of(kind: Code, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The choices of a question; where it names none, all codes of its field, by themselves."""
    return tuple(choices) or tuple(Choice(code, code) for code in kind.codes)


def choice_in_words(choice: Choice) -> str:
    """A choice as people read it: ``Moldova (MD)``. Codes people do not know (``public_body``) are left out."""
    if not choice.code.isupper() or choice.code in choice.label:
        return choice.label or choice.code
    return f"{choice.label} ({choice.code})"


def of_choice(choice: Choice) -> Understood:
    """A choice that was made."""
    return Understood(choice.code, choice_in_words(choice))


def bare(text: str) -> str:
    """A name as it is compared whole: its words without blanks between them."""
    return "".join(words_of(text))


LONGEST = 200
FEW = 8
"""So many choices may be told in full."""
NEAREST = 3
_CLOSE = 0.6
_NO_NAMES = frozenset({"none", "all", "any", "nothing", "na", "various", "several", "unknown"})
"""Said in place of a name; what is spelled like one of them is not meant."""
FEW_CHOICES = 12
"""So many choices are shown with their question, so that one is chosen there; of more, a name or a code is typed."""
_REGION_NAMES = """
eu europeanunion europe africa asia westernbalkans balkans centralasia easternpartnership westafrica hornofafrica sahel
southernneighbourhood silkroute middleeast northafrica caucasus southcaucasus maghreb
"""
_REGIONS = frozenset(_REGION_NAMES.split())
"""What is said in place of countries; no country is meant by it."""
_CODES = frozenset(COUNTRIES)


def _hint(choices: Sequence[Choice]) -> str:
    return "Choose one from the list." if len(choices) <= FEW_CHOICES else "Type the code or the whole name."


def read_code(text: str, choices: Sequence[Choice]) -> Reading:
    """The choice somebody typed. Case, accents and punctuation do not count; a part of a name is asked back."""
    name = text.strip()
    if len(name) > LONGEST:
        return Query(f"{shown(text)} is none of the choices.", _hint(choices))
    for choice in choices:
        if choice.code == name:
            return of_choice(choice)
    if _are_countries(choices) and (country := _country(name, choices)):
        return country
    candidates = _named(name, choices)
    if len(candidates) == 1:
        return of_choice(candidates[0])
    if candidates:
        return Query(
            f"{shown(text)} is what several choices are called.", _hint(choices), tuple(map(of_choice, candidates))
        )
    if bare(name) in _NO_NAMES:
        return Query(f"{shown(text)} is none of the choices.", "Name what applies, or leave it open.")
    if _are_countries(choices) and not distinct_words(name):
        # "Republic" is a part of many names, and says nothing about which is meant.
        return Query(f"{shown(text)} is none of the choices.", _hint(choices))
    return _part(name, choices) or _unknown(name, choices)


def like_a_choice(text: str, choices: Sequence[Choice]) -> tuple[Understood, ...]:
    """The choices a text is a part of the name of, or is spelled like; nothing where it is like none."""
    part = _part(text[:LONGEST], choices)
    return part.suggestions if part else tuple(map(of_choice, _nearest(text, choices)))


def _named(text: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices that are called this, by code or label, or as they are shown."""
    name = bare(text)
    if not name:
        return []
    return [
        choice
        for choice in choices
        if name
        in (bare(choice.code), bare(choice.label), bare(choice_in_words(choice)), bare(choice.label.partition("(")[0]))
    ]


def _are_countries(choices: Sequence[Choice]) -> bool:
    return bool(choices) and all(choice.code in _CODES for choice in choices)


def _country(text: str, choices: Sequence[Choice]) -> Reading | None:
    """The country somebody named, in whatever language; None where the text names none of the choices."""
    called = countries_called(text)
    labelled = [choice for choice in choices if bare(text) == bare(choice.label)]
    if len(labelled) == 1 and ("(" in text or len(called.codes) < 2):
        return of_choice(labelled[0])
    found = sorted((choice for choice in choices if choice.code in called.codes), key=lambda one: one not in labelled)
    candidates = tuple(map(of_choice, found))
    if called.certain and candidates:
        return candidates[0]
    if len(candidates) > 1:
        listed = ", ".join(one.shown for one in candidates[:-1])
        return Query(f"{shown(text)} may mean {listed} or {candidates[-1].shown}.", "Choose one country.", candidates)
    if candidates:
        return Query(f"{shown(text)} is not clear. Do you mean {candidates[0].shown}?", _hint(choices), candidates)
    if bare(text) in _REGIONS:
        return Query(f"{shown(text)} is not one country.", "Name the countries.")
    return None


def _part(text: str, choices: Sequence[Choice]) -> Query | None:
    """The choices in whose label every typed word begins a word, those first that begin with the first."""
    typed = words_of(text)
    names = {choice: words_of(choice.label) for choice in choices}
    candidates = [choice for choice, name in names.items() if typed and _begin_words(typed, name)]
    candidates.sort(key=lambda choice: not names[choice][0].startswith(typed[0]))
    suggestions = tuple(map(of_choice, candidates[:FEW]))
    if not candidates:
        return None
    if len(candidates) == 1:
        return Query(f"{shown(text)} is a part of one name only: {suggestions[0].shown}.", _hint(choices), suggestions)
    return Query(f"{shown(text)} is a part of {len(candidates)} names.", "Type more of the name.", suggestions)


def _begin_words(typed: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return all(any(word.startswith(beginning) for word in name) for beginning in typed)


def _unknown(text: str, choices: Sequence[Choice]) -> Query:
    """The nearest choices; where there are few, all of them."""
    suggestions = tuple(map(of_choice, choices if len(choices) <= FEW else _nearest(text, choices)))
    return Query(f"{shown(text)} is none of the choices.", _hint(choices), suggestions)


def _nearest(text: str, choices: Sequence[Choice]) -> list[Choice]:
    if _are_countries(choices):
        near = countries_like(text)
        return sorted((choice for choice in choices if choice.code in near), key=lambda choice: near.index(choice.code))
    # Only needed once something is wrong.
    from difflib import get_close_matches

    names: dict[str, list[Choice]] = {}
    for choice in choices:
        for name in dict.fromkeys((bare(choice.label), bare(choice.code))):
            names.setdefault(name, []).append(choice)
    typed = bare(text)[:100]
    close = get_close_matches(typed, names, n=NEAREST, cutoff=_CLOSE)
    # Of LTU, LT is the likelier, however near the others are.
    close.sort(key=lambda name: not typed.startswith(name))
    return list(dict.fromkeys(choice for name in close for choice in names[name]))[:NEAREST]


MOST = 500
"""More pieces than this are no list somebody typed."""
_separators = re.compile(r"[,;\n\N{ARABIC COMMA}\N{FULLWIDTH COMMA}]")
_and = re.compile(r"\s(?:and|&|\+)\s|/", re.IGNORECASE)
_HINT_FOR_SEVERAL = "Type codes or names with commas between them."
_Piece: TypeAlias = tuple[str, Reading]


def read_codes(text: str, choices: Sequence[Choice]) -> Reading:
    """The choices somebody typed, in that order, each read by itself; what is unclear of any of them is asked back."""
    parts = [part.strip() for part in _separators.split(text) if part.strip()]
    if not parts or len(parts) > MOST:
        return Query(f"{shown(text)} is not a list of choices.", _HINT_FOR_SEVERAL)
    pieces = _pieces(parts, choices)
    unclear = [(piece, reading) for piece, reading in pieces if isinstance(reading, Query)]
    if unclear:
        return _joined_by_and(text, choices) or _query(pieces, unclear)
    found = [reading for _, reading in pieces if isinstance(reading, Understood)]
    once = listed(found)
    if len(found) > len({reading.value for reading in found}):
        return Query(f"{shown(text)} names something twice.", "Name each once.", (once,))
    return once


def listed(items: Sequence[Understood]) -> Understood:
    """Several choices as one value, each once."""
    once = {item.value: item.shown for item in items}
    return Understood(list(once), ", ".join(once.values()))


def _pieces(parts: Sequence[str], choices: Sequence[Choice]) -> list[_Piece]:
    """What is between commas, read; a name that has a comma in it is put together again."""
    longest = 1 + max(choice.label.count(",") for choice in choices) if choices else 1
    pieces: list[_Piece] = []
    place = 0
    while place < len(parts):
        for size in range(min(longest, len(parts) - place), 0, -1):
            piece = ", ".join(parts[place : place + size])
            reading = read_code(piece, choices)
            if size == 1 or isinstance(reading, Understood):
                pieces.append((piece, reading))
                place += size
                break
    return pieces


def _joined_by_and(text: str, choices: Sequence[Choice]) -> Query | None:
    """The list with commas in place of "and", where all of it is understood then."""
    apart = _and.sub(",", text)
    reading = read_codes(apart, choices) if apart != text else None
    if not isinstance(reading, Understood):
        return None
    return Query(f"{shown(text)} has no comma between some of the names.", _HINT_FOR_SEVERAL, (reading,))


def _query(pieces: Sequence[_Piece], unclear: Sequence[tuple[str, Query]]) -> Query:
    """Each unclear piece with what is said of it. Where one piece is open, every list it can make is a suggestion."""
    message = " ".join(query.message for _, query in unclear)
    hint = unclear[0][1].hint if len(pieces) == 1 else _HINT_FOR_SEVERAL
    offers = [query.suggestions for _, query in unclear]
    if len(offers) > 1 and any(len(offer) != 1 for offer in offers):
        return Query(message, hint)
    lists = []
    for taken in zip(*offers, strict=True):
        places = iter(taken)
        lists.append(listed([item if isinstance(item, Understood) else next(places) for _, item in pieces]))
    return Query(message, hint, tuple(lists))
