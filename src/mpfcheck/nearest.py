"""The known name nearest to what was written: the one guess behind "Did you mean …?"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

__all__ = ["did_you_mean", "nearest"]

_CLOSE = 0.6
"""The share of the letters of two names that are the same, in the same order."""
_FEW = 2
"""Letters that may differ where already the first one does."""


MOST_KNOWN = 1024
"""The proposals of a batch have mostly the same ids, and miss the same."""
LONG = 500
"""Letters of a written name and the known ones together that are remembered."""


def nearest(written: str, known: Iterable[str]) -> str | None:
    """Find the known name nearest to what was written, None where none is near. Case, ``-`` and blanks do not count.

    A slip keeps most letters, and nearly always the first one. A name with another beginning must be the same but for
    a letter or two, or have a word in common: "national" is another word than "regional", however they end.
    """
    names = tuple(known)
    short = len(written) + sum(map(len, names)) < LONG
    return _nearest_of_short(written, names) if short else _nearest(written, names)


def _nearest(written: str, known: tuple[str, ...]) -> str | None:
    # Only needed once something is wrong, and not cheap to import.
    from difflib import SequenceMatcher, get_close_matches

    plain = {_plain(name): name for name in sorted(known)}
    word = _plain(written[:100])
    for near in get_close_matches(word, plain, n=len(plain) or 1, cutoff=_CLOSE):
        if near[:1] == word[:1] or _words(near) & _words(word):
            return plain[near]
        if (1 - SequenceMatcher(None, near, word).ratio()) * (len(near) + len(word)) / 2 <= _FEW:
            return plain[near]
    return None


_nearest_of_short = lru_cache(MOST_KNOWN)(_nearest)


def did_you_mean(written: str, known: Iterable[str], quote: str = '"', *, otherwise: str = "", within: str = "") -> str:
    """Ask ``Did you mean "country"?``; empty where no known name is near.

    ``otherwise`` begins the sentence that then lists all known names, such as ``The calls are``. ``within`` is written
    before each name shown, such as ``lead.``. Names are of Latin letters: one that only looks like such a letter, or
    cannot be seen, is named first.
    """
    names = list(known)
    found = nearest(written, names)
    hint = f"Did you mean {quote}{within}{found}{quote}?" if found is not None else ""
    if not hint and otherwise:
        hint = f"{otherwise}: {', '.join(within + name for name in names)}." if names else ""
    return " ".join(filter(None, (_foreign_letter(written), hint)))


def _words(name: str) -> set[str]:
    return {word for word in name.split("_") if len(word) > 1}


def _plain(name: str) -> str:
    return name.strip().casefold().replace("-", "_").replace(" ", "_")


def _foreign_letter(word: str) -> str:
    """A sentence about a letter of another alphabet, or an invisible one, in a word; empty where there is none."""
    import unicodedata

    names = {character: unicodedata.name(character, "") for character in word if not character.isascii()}
    odd, name = next((pair for pair in names.items() if not pair[1].startswith("LATIN ")), ("", ""))
    if not odd:
        return ""
    shown = f'The character "{odd}"' if odd.isprintable() and not odd.isspace() else "An invisible character"
    return f"{shown} is {name or 'unnamed'} (U+{ord(odd):04X}), not a Latin letter. Type the word again."
