"""Classes of characters in regular expressions: escapes, categories, blocks, ranges, subtraction."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import TypeAlias

__all__ = [
    "BLOCKS",
    "CLASS_ESCAPES",
    "Characters",
    "category",
    "literal",
    "span",
    "variants",
]

_TABLE = """
BasicLatin 0000 007F|Latin-1Supplement 0080 00FF|LatinExtended-A 0100 017F|LatinExtended-B 0180 024F
IPAExtensions 0250 02AF|SpacingModifierLetters 02B0 02FF|CombiningDiacriticalMarks 0300 036F|Greek 0370 03FF
GreekandCoptic 0370 03FF|Cyrillic 0400 04FF|CyrillicSupplement 0500 052F|Armenian 0530 058F|Hebrew 0590 05FF
Arabic 0600 06FF|Syriac 0700 074F|Thaana 0780 07BF|Devanagari 0900 097F|Bengali 0980 09FF|Gurmukhi 0A00 0A7F
Gujarati 0A80 0AFF|Oriya 0B00 0B7F|Tamil 0B80 0BFF|Telugu 0C00 0C7F|Kannada 0C80 0CFF|Malayalam 0D00 0D7F
Sinhala 0D80 0DFF|Thai 0E00 0E7F|Lao 0E80 0EFF|Tibetan 0F00 0FFF|Myanmar 1000 109F|Georgian 10A0 10FF
HangulJamo 1100 11FF|Ethiopic 1200 137F|Cherokee 13A0 13FF|UnifiedCanadianAboriginalSyllabics 1400 167F
Ogham 1680 169F|Runic 16A0 16FF|Khmer 1780 17FF|Mongolian 1800 18AF|LatinExtendedAdditional 1E00 1EFF
GreekExtended 1F00 1FFF|GeneralPunctuation 2000 206F|SuperscriptsandSubscripts 2070 209F|CurrencySymbols 20A0 20CF
CombiningMarksforSymbols 20D0 20FF|CombiningDiacriticalMarksforSymbols 20D0 20FF|LetterlikeSymbols 2100 214F
NumberForms 2150 218F|Arrows 2190 21FF|MathematicalOperators 2200 22FF|MiscellaneousTechnical 2300 23FF
ControlPictures 2400 243F|OpticalCharacterRecognition 2440 245F|EnclosedAlphanumerics 2460 24FF|BoxDrawing 2500 257F
BlockElements 2580 259F|GeometricShapes 25A0 25FF|MiscellaneousSymbols 2600 26FF|Dingbats 2700 27BF
BraillePatterns 2800 28FF|CJKRadicalsSupplement 2E80 2EFF|KangxiRadicals 2F00 2FDF
IdeographicDescriptionCharacters 2FF0 2FFF|CJKSymbolsandPunctuation 3000 303F|Hiragana 3040 309F|Katakana 30A0 30FF
Bopomofo 3100 312F|HangulCompatibilityJamo 3130 318F|Kanbun 3190 319F|BopomofoExtended 31A0 31BF
EnclosedCJKLettersandMonths 3200 32FF|CJKCompatibility 3300 33FF|CJKUnifiedIdeographsExtensionA 3400 4DBF
CJKUnifiedIdeographs 4E00 9FFF|YiSyllables A000 A48F|YiRadicals A490 A4CF|HangulSyllables AC00 D7A3
PrivateUse E000 F8FF|PrivateUseArea E000 F8FF|CJKCompatibilityIdeographs F900 FAFF
AlphabeticPresentationForms FB00 FB4F|ArabicPresentationForms-A FB50 FDFF|CombiningHalfMarks FE20 FE2F
CJKCompatibilityForms FE30 FE4F|SmallFormVariants FE50 FE6F|ArabicPresentationForms-B FE70 FEFF
HalfwidthandFullwidthForms FF00 FFEF|Specials FFF0 FFFF|OldItalic 10300 1032F|Gothic 10330 1034F
Deseret 10400 1044F|ByzantineMusicalSymbols 1D000 1D0FF|MusicalSymbols 1D100 1D1FF
MathematicalAlphanumericSymbols 1D400 1D7FF|CJKUnifiedIdeographsExtensionB 20000 2A6DF
CJKCompatibilityIdeographsSupplement 2F800 2FA1F|Tags E0000 E007F
"""

BLOCKS: dict[str, tuple[int, int]] = {
    name: (int(first, 16), int(last, 16))
    for name, first, last in (entry.split() for entry in _TABLE.replace("\n", "|").split("|") if entry)
}
"""First and last code point by the name of the block, without blanks."""


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
    """The characters from ``first`` to ``last``."""
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
