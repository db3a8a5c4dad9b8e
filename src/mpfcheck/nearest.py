"""The known name nearest to what was written: the one guess behind "Did you mean …?"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

__all__ = ["did_you_mean", "nearest"]


MOST_KNOWN = 1024
"""The proposals of a batch have mostly the same ids, and miss the same."""
LONG = 500
"""Letters of a written name and the known ones together that are remembered."""


def nearest(written: str, known: Iterable[str]) -> str | None:
    """Find the known name nearest to what was written, None where none is near. Case, ``-`` and blanks do not count."""
    names = tuple(known)
    short = len(written) + sum(map(len, names)) < LONG
    return _known_nearest(written, names) if short else _nearest(written, names)


def _nearest(written: str, known: tuple[str, ...]) -> str | None:
    # Only needed once something is wrong, and not cheap to import.
    from difflib import get_close_matches

    plain = {_plain(name): name for name in sorted(known)}
    found = get_close_matches(_plain(written[:100]), plain, n=1, cutoff=0.6)
    return plain[found[0]] if found else None


_known_nearest = lru_cache(MOST_KNOWN)(_nearest)


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
