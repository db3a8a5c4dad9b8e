"""The names a parser knows at a place, and how it finds where a name ends.

A FEEL name may hold blanks, reserved words and operators (``date and time``, ``down-payment``), so where one ends
depends on the names in scope: the longest known name wins. Two names never stand side by side, so a name nobody
knows goes on over its words up to a reserved word; whoever looks it up then says that it is not known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from mpfcheck.feel.lexer import NAME_SYMBOLS, RESERVED, Lexer, parts_of_name

__all__ = ["KnownNames"]

_WITH_RESERVED_WORDS = ("date and time", "years and months duration")
"""The built-in functions whose names could not be read word by word."""


class KnownNames:
    """Names in scope, and names seen as members of contexts: those are known after a dot and inside a filter."""

    def __init__(self, names: Collection[str]) -> None:
        self._scope: dict[str, list[tuple[str, ...]]] = {}
        self._members: dict[str, list[tuple[str, ...]]] = {}
        self._in_filter = 0
        for name in (*_WITH_RESERVED_WORDS, *names):
            self._add(self._scope, name)
        for name in names:
            self.add_member(name)

    @staticmethod
    def _add(table: dict[str, list[tuple[str, ...]]], name: str) -> None:
        parts = parts_of_name(name)
        if parts:
            table.setdefault(parts[0], []).append(parts)

    def add_member(self, name: str) -> None:
        """Know the name as one that may stand after a dot."""
        parts = parts_of_name(name)
        if len(parts) > 1 and parts not in self._members.get(parts[0], ()):
            self._members.setdefault(parts[0], []).append(parts)

    @contextmanager
    def scope(self, *names: str) -> Iterator[None]:
        """Know these names as well, for a while."""
        for name in names:
            self._add(self._scope, name)
        try:
            yield
        finally:
            for name in reversed(names):
                parts = parts_of_name(name)
                if parts:
                    self._scope[parts[0]].pop()

    @contextmanager
    def inside_filter(self) -> Iterator[None]:
        """Members of the filtered items may be used as names, for a while."""
        self._in_filter += 1
        try:
            yield
        finally:
            self._in_filter -= 1

    def variable(self, lexer: Lexer) -> str:
        """Take the name of a variable that comes next."""
        tables = [self._scope, self._members] if self._in_filter else [self._scope]
        return self._name(lexer, tables)

    def member(self, lexer: Lexer) -> str:
        """Take the name of a member that comes next, after a dot."""
        return self._name(lexer, [self._members])

    def known(self, lexer: Lexer) -> tuple[str, int]:
        """The longest known variable that comes next and its end, or an empty name."""
        return self._longest(lexer, [self._scope])

    def _name(self, lexer: Lexer, tables: list[dict[str, list[tuple[str, ...]]]]) -> str:
        start = lexer.skip()
        name, end = self._longest(lexer, tables)
        if not name:
            name = lexer.peek_word()
            if not name:
                raise lexer.unexpected("expected a name")
            end = start + len(name)
        while True:
            after = lexer.blanks(end)
            word = lexer.word_in_name(after)
            if after == end or not word or word in RESERVED:
                break
            name, end = f"{name} {word}", after + len(word)
        lexer.move(end)
        return name

    @staticmethod
    def _longest(lexer: Lexer, tables: list[dict[str, list[tuple[str, ...]]]]) -> tuple[str, int]:
        start = lexer.skip()
        first = lexer.word_in_name(start)
        best, best_end = "", start
        for table in tables:
            for parts in table.get(first, ()):
                end = _match(lexer, start, parts)
                if end > best_end:
                    best, best_end = "".join(parts), end
        return best, best_end


def _match(lexer: Lexer, start: int, parts: tuple[str, ...]) -> int:
    """Where the name that starts here ends, or -1."""
    end = start
    for part in parts:
        if part == " ":
            after = lexer.blanks(end)
            if after == end:
                return -1
            end = after
        elif lexer.text.startswith(part, end):
            end += len(part)
        else:
            return -1
    return -1 if lexer.word_in_name(end) and parts[-1] not in NAME_SYMBOLS else end


def declared_name(lexer: Lexer, end: str) -> str:
    """Take a name that is being declared: everything up to the word or symbol ``end`` (which is left), as one name."""
    start = position = lexer.skip()
    words: list[str] = []
    while position < len(lexer.text):
        after = lexer.blanks(position)
        word = lexer.word_in_name(after) or lexer.text[after : after + 1]
        if word == end and words:
            break
        if not (word in NAME_SYMBOLS or lexer.word_in_name(after)):
            break
        if after > position and words:
            words.append(" ")
        words.append(word)
        position = after + len(word)
    if not words or not lexer.peek_word():
        raise lexer.unexpected("expected a name")
    lexer.move(position)
    lexer.position = position if position > start else start
    return "".join(words)
