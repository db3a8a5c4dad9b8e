"""The text functions of the rule language in SQL, for texts of the letters that most names are written in.

Names are compared in a form of Unicode that no engine has. For the letters of Latin, Greek and Cyrillic script, digits
and the usual marks, that form is one letter for each letter: a table says it. A text with anything else in it is NULL.
"""

from __future__ import annotations

from functools import cache
from unicodedata import category, normalize

from mpfcheck.same_name import name_key
from mpfcheck.warehouse.dialect import Dialect

__all__ = ["text_function"]

LONGEST_TEXT = 1000
_SCRIPTS = ((0x00A1, 0x0250), (0x0386, 0x0400), (0x0400, 0x0530), (0x1E00, 0x1F00), (0x2010, 0x2020))


def text_function(dialect: Dialect, name: str, text: str) -> str:
    """``plain name`` or ``digits`` of a text; NULL where the text has other letters, or is very long."""
    short = f"length({text}) <= {LONGEST_TEXT}"
    usual = f"{short} AND {dialect.matches(text, f'[{_class(_usual())}]*')}"
    if name == "digits":
        # Nearly every one is written as digits alone.
        plain = f"WHEN {short} AND {dialect.matches(text, '[0-9]*')} THEN {text}"
        return f"(CASE {plain} WHEN {usual} THEN {dialect.replaced(text, '[^0-9]', '')} END)"
    letters, alike = _alike()
    lower = f"lower({text})"
    # Most names are words of which only the capitals change, with one blank or quotation mark between them. To replace
    # letters costs more than all the rest, so the others are kept apart.
    word = f"[{_class(_plain())}]+"
    words = f"({word}([ ']{word})*)?"
    plain = f"WHEN {short} AND {dialect.matches(text, words)} THEN {lower}"
    replaced = f"translate({lower}, {dialect.text(letters)}, {dialect.text(alike)})"
    single = dialect.replaced(dialect.replaced(replaced, "''+", "'"), "  +", " ")
    return f"(CASE {plain} WHEN {usual} THEN trim({single}) END)"


@cache
def _letters() -> dict[str, str]:
    """The letters beyond ASCII whose form in comparisons is one letter: what lower case leaves to be replaced by what.

    Only letters whose lower case is a single letter, for every engine, are among them.
    """
    found = {}
    for first, end in _SCRIPTS:
        for letter in map(chr, range(first, end)):
            # What is a compatibility form, a mark or not assigned may change with what stands beside it.
            if normalize("NFKC", letter) != letter or category(letter)[0] not in "LP" or len(letter.lower()) != 1:
                continue
            key = name_key(f"a{letter}a")
            if len(key) == 3 and key[1] != " " and name_key(key) == key:
                found[letter] = key[1]
    return found


@cache
def _alike() -> tuple[str, str]:
    """What is replaced after lower case, and by what."""
    alike = {letter.lower(): key for letter, key in _letters().items() if key != letter.lower()}
    return '"`' + "".join(alike), "''" + "".join(alike.values())


@cache
def _usual() -> frozenset[int]:
    """The characters of the texts that the functions know."""
    return frozenset((*range(0x20, 0x7F), *map(ord, _letters())))


@cache
def _plain() -> frozenset[int]:
    """Those of which the form in comparisons is the small letter, at the end of a word too."""
    apart = set(f" '{_alike()[0]}")
    return frozenset(code for code in _usual() if not {chr(code), *f"a{chr(code)}".lower()} & apart)


def _class(codes: frozenset[int]) -> str:
    """Characters as what stands between the brackets of a regular expression."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(
        _in_class(first) if first == last else f"{_in_class(first)}-{_in_class(last)}" for first, last in runs
    )


def _in_class(code: int) -> str:
    character = chr(code)
    return f"\\{character}" if character in "\\[]^-&" else character
