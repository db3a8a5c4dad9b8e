"""A typed choice: a code or its label, however it is written; anything less than the whole of it is asked back."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.forms.typed.answer import AskedBack, Reading, Understood
from mpfcheck.forms.typed.choice import Choice, bare, choice_in_words, of_choice, words_of
from mpfcheck.proposal.codes import COUNTRIES
from mpfcheck.proposal.country_names import countries_called, countries_like, distinct_words
from mpfcheck.proposal.values import shown

__all__ = ["like_a_choice", "read_code"]

LONGEST = 200
FEW = 8
"""So many choices may be told in full."""
NEAREST = 3
_CLOSE = 0.6
_NO_NAMES = frozenset({"none", "all", "any", "nothing", "na", "various", "several", "unknown"})
"""Said in place of a name; what is spelled like one of them is not meant."""
_HINT = "Type the code or the whole name."
_REGION_NAMES = """
eu europeanunion europe africa asia westernbalkans balkans centralasia easternpartnership westafrica hornofafrica sahel
southernneighbourhood silkroute middleeast northafrica caucasus southcaucasus maghreb
"""
_REGIONS = frozenset(_REGION_NAMES.split())
"""What is said in place of countries; no country is meant by it."""
_CODES = frozenset(COUNTRIES)


def read_code(text: str, choices: Sequence[Choice]) -> Reading:
    """The choice somebody typed. Case, accents and punctuation do not count; a part of a name is asked back."""
    wanted = text.strip()
    if len(wanted) > LONGEST:
        return AskedBack(f"{shown(text)} is none of the choices.", _HINT)
    for choice in choices:
        if choice.code == wanted:
            return of_choice(choice)
    if _are_countries(choices) and (country := _country(wanted, choices)):
        return country
    meant = _named(wanted, choices)
    if len(meant) == 1:
        return of_choice(meant[0])
    if meant:
        return AskedBack(f"{shown(text)} is what several choices are called.", _HINT, tuple(map(of_choice, meant)))
    if bare(wanted) in _NO_NAMES:
        return AskedBack(f"{shown(text)} is none of the choices.", "Name what applies, or leave it open.")
    if _are_countries(choices) and not distinct_words(wanted):
        # "Republic" is a part of many names, and says nothing about which is meant.
        return AskedBack(f"{shown(text)} is none of the choices.", _HINT)
    return _part(wanted, choices) or _unknown(wanted, choices)


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
    meant = tuple(map(of_choice, found))
    if called.certain and meant:
        return meant[0]
    if len(meant) > 1:
        listed = ", ".join(one.shown for one in meant[:-1])
        return AskedBack(f"{shown(text)} may mean {listed} or {meant[-1].shown}.", "Choose one country.", meant)
    if meant:
        return AskedBack(f"{shown(text)} is not clear. Do you mean {meant[0].shown}?", _HINT, meant)
    if bare(text) in _REGIONS:
        return AskedBack(f"{shown(text)} is not one country.", "Name the countries.")
    return None


def _part(text: str, choices: Sequence[Choice]) -> AskedBack | None:
    """The choices in whose label every typed word begins a word, those first that begin with the first."""
    typed = words_of(text)
    names = {choice: words_of(choice.label) for choice in choices}
    meant = [choice for choice, name in names.items() if typed and _begin_words(typed, name)]
    meant.sort(key=lambda choice: not names[choice][0].startswith(typed[0]))
    suggestions = tuple(map(of_choice, meant[:FEW]))
    if not meant:
        return None
    if len(meant) == 1:
        return AskedBack(f"{shown(text)} is a part of one name only: {suggestions[0].shown}.", _HINT, suggestions)
    return AskedBack(f"{shown(text)} is a part of {len(meant)} names.", "Type more of the name.", suggestions)


def _begin_words(typed: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return all(any(word.startswith(beginning) for word in name) for beginning in typed)


def _unknown(text: str, choices: Sequence[Choice]) -> AskedBack:
    """The nearest choices; where there are few, all of them."""
    suggestions = tuple(map(of_choice, choices if len(choices) <= FEW else _nearest(text, choices)))
    return AskedBack(f"{shown(text)} is none of the choices.", _HINT, suggestions)


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
