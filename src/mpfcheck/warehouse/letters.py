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
_SCRIPTS = ((0x00A1, 0x0250), (0x0386, 0x0400), (0x0400, 0x0530), (0x1E00, 0x1F00), (0x2010, 0x2016))


def text_function(dialect: Dialect, name: str, text: str) -> str:
    """``plain name`` or ``digits`` of a text; NULL where the text has other letters, or is very long."""
    usual = f"length({text}) <= {LONGEST_TEXT} AND {dialect.matches(text, _class())}"
    if name == "digits":
        return f"(CASE WHEN {usual} THEN {dialect.replaced(text, '[^0-9]', '')} END)"
    letters, alike = _alike()
    lower = f"translate(lower({text}), {dialect.text(letters)}, {dialect.text(alike)})"
    twice = " OR ".join(dialect.contains(lower, dialect.text(mark * 2)) for mark in "' ")
    single = dialect.replaced(dialect.replaced(lower, "''+", "'"), "  +", " ")
    return f"(CASE WHEN {usual} THEN trim(CASE WHEN {twice} THEN {single} ELSE {lower} END) END)"


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
            if len(key) == 3 and key[1] not in "' " and name_key(key) == key:
                found[letter] = key[1]
    return found


@cache
def _alike() -> tuple[str, str]:
    """What is replaced after lower case, and by what."""
    alike = {letter.lower(): key for letter, key in _letters().items() if key != letter.lower()}
    return '"`' + "".join(alike), "''" + "".join(alike.values())


@cache
def _class() -> str:
    """The characters of such texts, as the class of a regular expression."""
    runs: list[list[int]] = [[0x20, 0x7E]]
    for code in sorted(map(ord, _letters())):
        if code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(chr(first) if first == last else f"{chr(first)}-{chr(last)}" for first, last in runs)
