"""Names of organisations, people and projects as they are compared: the one comparison there is.

Two texts are the same name where their keys are equal. The key of a text is the text in NFKC, case folded, with its
quotation marks alike and the cedilla and comma letters of Romanian alike; characters nobody sees are left out, and
blanks are gathered to one between words.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["name_key", "pic_key"]

_QUOTATION_MARKS = (
    '"`\N{ACUTE ACCENT}'
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
    "\N{SINGLE LOW-9 QUOTATION MARK}\N{SINGLE HIGH-REVERSED-9 QUOTATION MARK}"
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
    "\N{DOUBLE LOW-9 QUOTATION MARK}\N{DOUBLE HIGH-REVERSED-9 QUOTATION MARK}"
    "\N{REVERSED DOUBLE PRIME QUOTATION MARK}\N{DOUBLE PRIME QUOTATION MARK}\N{LOW DOUBLE PRIME QUOTATION MARK}"
    "\N{FULLWIDTH QUOTATION MARK}\N{FULLWIDTH APOSTROPHE}\N{FULLWIDTH GRAVE ACCENT}"
    "\N{PRIME}\N{DOUBLE PRIME}\N{MODIFIER LETTER APOSTROPHE}\N{MODIFIER LETTER TURNED COMMA}\N{MODIFIER LETTER PRIME}"
    "\N{LEFT CORNER BRACKET}\N{RIGHT CORNER BRACKET}\N{LEFT WHITE CORNER BRACKET}\N{RIGHT WHITE CORNER BRACKET}"
)
_ALIKE = {
    **dict.fromkeys(map(ord, _QUOTATION_MARKS), "'"),
    # Typed with a cedilla for decades, because early keyboards and fonts had no comma below.
    ord("ş"): "ș",
    ord("Ş"): "Ș",
    ord("ţ"): "ț",
    ord("Ţ"): "Ț",
    # A blank by its look, a symbol by its category.
    ord("\N{BRAILLE PATTERN BLANK}"): " ",
}
_marks = re.compile("''+")
# Letters by their category, invisible all the same; and marks that only change how a character is drawn.
_UNSEEN = frozenset(
    "\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}\N{HANGUL FILLER}\N{HALFWIDTH HANGUL FILLER}"
    "\N{COMBINING GRAPHEME JOINER}\N{KHMER VOWEL INHERENT AQ}\N{KHMER VOWEL INHERENT AA}"
    "\N{MONGOLIAN FREE VARIATION SELECTOR ONE}\N{MONGOLIAN FREE VARIATION SELECTOR TWO}"
    "\N{MONGOLIAN FREE VARIATION SELECTOR THREE}\N{MONGOLIAN FREE VARIATION SELECTOR FOUR}"
) | frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_UNSEEN_CATEGORIES = ("Cc", "Cf")


def name_key(text: str) -> str:
    """What two texts have in common exactly where they are the same name; empty where nothing is written."""
    if text.isascii() and text.isprintable():
        return " ".join(_marks.sub("'", text.lower().replace('"', "'").replace("`", "'")).split())
    key = _folded(text)
    # Leaving a character out can bring two together that are one letter: fold until nothing changes.
    while (again := _folded(key)) != key:
        key = again
    return key


def pic_key(text: str) -> str:
    """A Participant Identification Code by its digits 0 to 9 alone; empty where there is none."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character in "0123456789")


def _folded(text: str) -> str:
    seen = "".join(filter(_is_seen, text.translate(_ALIKE)))
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", seen).casefold())
    return _marks.sub("'", " ".join(folded.translate(_ALIKE).split()))


def _is_seen(character: str) -> bool:
    if character.isspace():
        return True
    return character not in _UNSEEN and unicodedata.category(character) not in _UNSEEN_CATEGORIES
