"""Classes of characters in regular expressions: escapes, categories, blocks, ranges, subtraction."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import TypeAlias

from mpfcheck.feel.patterns.blocks import BLOCKS

__all__ = ["CLASS_ESCAPES", "Characters", "category", "literal", "span", "variants"]

Characters: TypeAlias = Callable[[str], bool]
"""Whether a character belongs to a class."""

_SUBCATEGORIES = {"L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo", "Z": "slp", "S": "mcko", "C": "cfon"}
_CATEGORIES = {*_SUBCATEGORIES, *(kind + sub for kind, subs in _SUBCATEGORIES.items() for sub in subs)}


def variants(character: str) -> set[str]:
    """The character in small and capital letters, as the flag ``i`` has it."""
    found = {character, character.lower(), character.upper()}
    found |= {variant.lower() for variant in found} | {variant.upper() for variant in found}
    return {variant for variant in found if len(variant) == 1}


def literal(character: str, *, any_case: bool) -> Characters:
    """The one character."""
    if any_case:
        wanted = frozenset(variants(character))
        return lambda found: found in wanted or character in variants(found)
    return lambda found: found == character


def span(first: str, last: str, *, any_case: bool) -> Characters:
    """The characters from the one to the other."""
    if any_case:
        return lambda found: any(first <= variant <= last for variant in variants(found))
    return lambda found: first <= found <= last


def category(name: str) -> Characters | None:
    """The characters of a Unicode category such as ``Lu``, or of a block such as ``IsBasicLatin``; or None."""
    if name in _CATEGORIES:
        return lambda found: unicodedata.category(found).startswith(name)
    extent = BLOCKS.get(name[2:]) if name.startswith("Is") else None
    if extent is None:
        return None
    first, last = extent
    return lambda found: first <= ord(found) <= last


def _is_initial(found: str) -> bool:
    return found in "_:" or unicodedata.category(found).startswith("L")


def _is_name(found: str) -> bool:
    return _is_initial(found) or found in ".-·" or unicodedata.category(found)[0] in "MN"


def _is_word(found: str) -> bool:
    return unicodedata.category(found)[0] not in "PZC"


def _is_digit(found: str) -> bool:
    return unicodedata.category(found) == "Nd"


def _is_space(found: str) -> bool:
    return found in " \t\n\r"


CLASS_ESCAPES: dict[str, Characters] = {
    "s": _is_space,
    "d": _is_digit,
    "w": _is_word,
    "i": _is_initial,
    "c": _is_name,
    "S": lambda found: not _is_space(found),
    "D": lambda found: not _is_digit(found),
    "W": lambda found: not _is_word(found),
    "I": lambda found: not _is_initial(found),
    "C": lambda found: not _is_name(found),
}
"""What ``\\s``, ``\\d`` and so on stand for."""
