"""Paragraphs: running text laid out in a width, with a hanging indent, by the columns a terminal gives it."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.plain import plain

__all__ = ["columns", "paragraph"]

MOST_CHARACTERS = 4000
"""Longer text is cut, and says so: nobody reads a name of a megabyte, and it would hide the findings after it."""


def columns(text: str) -> int:
    """How many columns a terminal gives to printable text: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    # Imported here: text outside ASCII is rare enough for the start not to pay for the tables.
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(character) or character in "\u200c\u200d" else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )


def paragraph(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """Lay out text in lines of at most ``width`` columns.

    ``first`` stands before the first line and ``rest`` before every other. Both are the caller's own text and may be
    any blanks or marks; ``text`` may come from anywhere and is made plain. A word longer than a line is broken.
    """
    if len(text) > MOST_CHARACTERS:
        text = f"{text[:MOST_CHARACTERS]}… ({len(text) - MOST_CHARACTERS} more characters)"
    lines: list[str] = []
    line, filled, fresh = first, columns(first), True
    margin = columns(rest)
    for word in _words(plain(text)):
        needed = columns(word)
        if filled + (not fresh) + needed > width and (not fresh or filled > margin):
            lines.append(line)
            line, filled, fresh = rest, margin, True
        if not fresh:
            line, filled = line + " ", filled + 1
        whole, *others = _pieces(word, max(width - filled, 1), max(width - margin, 1))
        line, filled, fresh = line + whole, filled + columns(whole), False
        for piece in others:
            lines.append(line)
            line, filled = rest + piece, margin + columns(piece)
    lines.append(line)
    return [line.rstrip() for line in lines]


def _words(text: str) -> Iterator[str]:
    """The words of a text; an amount such as ``EUR 190 000.01`` is one word, so that no line ends within it."""
    held = ""
    for word in text.split():
        if held and (held == "EUR" or (held[-1].isdigit() and len(word) > 2 and word[:3].isdigit())):
            held = f"{held} {word}"
            continue
        if held:
            yield held
        held = word
    if held:
        yield held


def _pieces(word: str, room: int, line: int) -> Iterator[str]:
    """A word in pieces: the first fits the room that is left, each other a line of its own."""
    start, filled = 0, 0
    for index, character in enumerate(word if columns(word) > room else ""):
        needed = columns(character)
        if filled + needed > room and index > start:
            yield word[start:index]
            start, filled, room = index, 0, line
        filled += needed
    yield word[start:]
