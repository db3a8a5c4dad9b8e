"""Several typed choices, with commas between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from mpfcheck.forms.typed.answer import AskedBack, Reading, Understood
from mpfcheck.forms.typed.choice import Choice
from mpfcheck.forms.typed.code import read_code
from mpfcheck.proposal.values import shown

__all__ = ["listed", "read_codes"]

MOST = 500
"""More pieces than this are no list somebody typed."""
_separators = re.compile(r"[,;\n\N{ARABIC COMMA}\N{FULLWIDTH COMMA}]")
_and = re.compile(r"\s(?:and|&|\+)\s|/", re.IGNORECASE)
_HINT = "Type codes or names with commas between them."
_Piece: TypeAlias = tuple[str, Reading]


def read_codes(text: str, choices: Sequence[Choice]) -> Reading:
    """The choices somebody typed, in that order, each read by itself; what is unclear of any of them is asked back."""
    parts = [part.strip() for part in _separators.split(text) if part.strip()]
    if not parts or len(parts) > MOST:
        return AskedBack(f"{shown(text)} is no list of choices.", _HINT)
    pieces = _pieces(parts, choices)
    unclear = [(piece, reading) for piece, reading in pieces if isinstance(reading, AskedBack)]
    if unclear:
        return _joined_by_and(text, choices) or _asked(pieces, unclear)
    found = [reading for _, reading in pieces if isinstance(reading, Understood)]
    once = listed(found)
    if len(found) > len({reading.value for reading in found}):
        return AskedBack(f"{shown(text)} names something twice.", "Name each once.", (once,))
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


def _joined_by_and(text: str, choices: Sequence[Choice]) -> AskedBack | None:
    """The list with commas in place of "and", where all of it is understood then."""
    apart = _and.sub(",", text)
    reading = read_codes(apart, choices) if apart != text else None
    if not isinstance(reading, Understood):
        return None
    return AskedBack(f"{shown(text)} has no comma between some of the names.", _HINT, (reading,))


def _asked(pieces: Sequence[_Piece], unclear: Sequence[tuple[str, AskedBack]]) -> AskedBack:
    """Each unclear piece with what is said of it. Where one piece is open, every list it can make is a suggestion."""
    message = " ".join(asked.message for _, asked in unclear)
    offers = [asked.suggestions for _, asked in unclear]
    if len(offers) > 1 and any(len(offer) != 1 for offer in offers):
        return AskedBack(message, _HINT)
    lists = []
    for taken in zip(*offers, strict=True):
        places = iter(taken)
        lists.append(listed([item if isinstance(item, Understood) else next(places) for _, item in pieces]))
    return AskedBack(message, _HINT, tuple(lists))
