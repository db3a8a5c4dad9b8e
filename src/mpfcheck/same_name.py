"""Names of organisations, people and projects as they are compared: the one comparison there is.

Two texts are the same name where their keys are equal. The key of a text is the text in NFKC, case folded, with its
quotation marks alike, its hyphens and dashes alike, the cedilla and comma letters of Romanian alike, and the capital
İ of Turkish like i; characters nobody sees are left out, and blanks are gathered to one between words.
"""

from __future__ import annotations

from functools import lru_cache

__all__ = ["name_key", "pic_key"]

# By their numbers: names of characters in a text would load the tables of all characters, and starting must be quick.
_QUOTATION_MARKS = (
    '"`\u00b4'  # and the acute accent, typed for an apostrophe
    "\u00ab\u00bb\u2039\u203a"  # angle quotation marks
    "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f"  # single and double, high and low
    "\u2032\u2033\u301d\u301e\u301f"  # primes
    "\u02bc\u02bb\u02b9"  # apostrophes among the modifier letters
    "\u300c\u300d\u300e\u300f"  # corner brackets
    "\uff02\uff07\uff40"  # full width
)
# Word processors write a hyphen that does not break, or a dash, where people typed a hyphen.
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d"
_ALIKE = {
    **dict.fromkeys(map(ord, _QUOTATION_MARKS), "'"),
    **dict.fromkeys(map(ord, _HYPHENS), "-"),
    # Typed with a cedilla for decades, because early keyboards and fonts had no comma below.
    ord("ş"): "ș",
    ord("Ş"): "Ș",
    ord("ţ"): "ț",
    ord("Ţ"): "Ț",
    # A blank by its look, a symbol by its category.
    ord("\u2800"): " ",
}
# Letters and marks by their category, invisible all the same: fillers of Hangul, the grapheme joiner, vowels of Khmer,
# and the selectors of variants.
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5") | frozenset(
    map(chr, (*range(0x180B, 0x180E), 0x180F, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
_UNSEEN_CATEGORIES = ("Cc", "Cf")


MOST_KNOWN = 4096
"""The applicants of a proposal are compared in pairs, so each name is asked for several times."""
LONG = 200
"""Hardly a name is longer, so that what is remembered stays small."""


def name_key(text: str) -> str:
    """What two texts have in common exactly where they are the same name; empty where nothing is written."""
    return _known_key(text) if len(text) < LONG else _key(text)


def _key(text: str) -> str:
    if text.isascii() and text.isprintable():
        return _gathered(text.lower().replace('"', "'").replace("`", "'"))
    key = _folded(text)
    # Leaving a character out can bring two together that are one letter: fold until nothing changes.
    while (again := _folded(key)) != key:
        key = again
    return key


_known_key = lru_cache(MOST_KNOWN)(_key)


def pic_key(text: str) -> str:
    """A Participant Identification Code by its digits 0 to 9 alone; empty where there is none."""
    if text.isdecimal() and text.isascii():
        return text
    if not text.isascii():
        from unicodedata import normalize

        text = normalize("NFKC", text)
    return "".join(filter("0123456789".__contains__, text))


def _folded(text: str) -> str:
    # Most names are plain, and starting is not to wait for the tables of all characters.
    from unicodedata import category, normalize

    seen = "".join(
        character
        for character in text.translate(_ALIKE)
        if character.isspace() or not (character in _UNSEEN or category(character) in _UNSEEN_CATEGORIES)
    )
    # In small letters the capital of Turkish keeps its dot as a mark of its own.
    folded = normalize("NFKC", normalize("NFKD", seen).casefold().replace("i\u0307", "i"))
    return _gathered(folded.translate(_ALIKE))


def _gathered(text: str) -> str:
    """With one blank between words and one quotation mark where there are several: two single ones are a double one."""
    while "''" in text:
        text = text.replace("''", "'")
    return " ".join(text.split())
