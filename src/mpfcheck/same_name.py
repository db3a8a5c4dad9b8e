"""Names of organisations, people and projects as they are compared: the one comparison there is.

Two texts are the same name where their keys are equal. The key of a text is the text in NFKC, case folded, with its
quotation marks alike and the cedilla and comma letters of Romanian alike; characters nobody sees are left out, and
blanks are gathered to one between words.
"""

from __future__ import annotations

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
        return _gathered(text.lower().replace('"', "'").replace("`", "'"))
    key = _folded(text)
    # Leaving a character out can bring two together that are one letter: fold until nothing changes.
    while (again := _folded(key)) != key:
        key = again
    return key


def pic_key(text: str) -> str:
    """A Participant Identification Code by its digits 0 to 9 alone; empty where there is none."""
    if text.isascii():
        plain = text
    else:
        from unicodedata import normalize

        plain = normalize("NFKC", text)
    return plain if plain.isascii() and plain.isdecimal() else "".join(filter("0123456789".__contains__, plain))


def _folded(text: str) -> str:
    # Most names are plain, and starting is not to wait for the tables of all characters.
    from unicodedata import category, normalize

    seen = "".join(
        character
        for character in text.translate(_ALIKE)
        if character.isspace() or not (character in _UNSEEN or category(character) in _UNSEEN_CATEGORIES)
    )
    folded = normalize("NFKC", normalize("NFKD", seen).casefold())
    return _gathered(folded.translate(_ALIKE))


def _gathered(text: str) -> str:
    """With one blank between words and one quotation mark where there are several: two single ones are a double one."""
    while "''" in text:
        text = text.replace("''", "'")
    return " ".join(text.split())
