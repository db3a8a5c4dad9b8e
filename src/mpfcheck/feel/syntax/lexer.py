"""The characters of a FEEL text: blanks and comments, words, numbers, strings, and where a name ends.

Tokens are not listed in advance. A FEEL name may hold blanks, reserved words and operators (``date and
time``, ``down-payment``), so where one ends depends on the names in scope: the longest known name wins, and the parser
asks for what it expects, character by character. Two names never stand side by side, so an unknown name goes on over
its words up to a reserved word; the look-up then reports it as unknown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from typing import Final

from mpfcheck.feel.errors import FeelSyntaxError, Span

__all__ = [
    "NAME_SYMBOLS",
    "RESERVED",
    "KnownNames",
    "Lexer",
    "parts_of_name",
]

_START = (
    r"?A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_PART = _START + r"0-9\u00B7\u0300-\u036F\u203F-\u2040"
_BLANK = r"\t\n\v\f\r \u0085\u00A0\u1680\u180E\u2000-\u200B\u2028\u2029\u202F\u205F\u3000\uFEFF"
_WORD = re.compile(r"[?A-Z_a-z][?0-9A-Z_a-z]*")
_WORD_IN_NAME = re.compile(r"[?0-9A-Z_a-z]+")
_NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
# Texts of patterns that few rules need: each is compiled when it is first used.
_SPACE = rf"(?s:[{_BLANK}]+|//[^\n\r]*|/\*.*?\*/)*"
_ESCAPE = r"(?s:\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.)))"
_SURROGATES = "[\ud800-\udbff][\udc00-\udfff]"
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}

NAME_SYMBOLS = "./-’'+*"  # noqa: RUF001 - the standard names this quotation mark
"""The symbols a FEEL name may hold besides letters, digits and blanks."""

RESERVED = frozenset({"and", "or", "in", "between", "instance", "then", "else", "return", "satisfies"})
"""Words that end an expression or join two: an unknown name ends before them."""


@lru_cache(maxsize=2)
def _of_any_script(*, starts: bool) -> re.Pattern[str]:
    """What a word is beyond ASCII. Compiling it takes longer than reading most rules, and few rules need it."""
    return re.compile(rf"[{_START}][{_PART}]*" if starts else rf"[{_PART}]+")


def _word(text: str, position: int, *, starts: bool) -> str:
    """The word at the position, or an empty string; one that ``starts`` a name has no digit first."""
    found = (_WORD if starts else _WORD_IN_NAME).match(text, position)
    end = found.end() if found else position
    if text[end : end + 1] > "\x7f":
        found = _of_any_script(starts=starts).match(text, position)
    return found.group() if found else ""


@lru_cache(maxsize=1024)
def parts_of_name(name: str) -> tuple[str, ...]:
    """A name as words, symbols and single blanks: ``"net-worth  now"`` is ``("net", "-", "worth", " ", "now")``."""
    parts: list[str] = []
    position, name = 0, name.strip()
    while position < len(name):
        part = _word(name, position, starts=False) or name[position]
        position += len(part)
        if not part.isspace():
            parts.append(part)
        elif parts[-1] != " ":
            parts.append(" ")
    return tuple(parts)


class Lexer:
    """Reads one text from left to right.

    ``position`` is that of the next character that counts, past blanks and comments, and ``following`` this character,
    empty at the end. ``last`` is the end of what was taken.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._word_at = -1
        self._word = ""
        self.move(0)

    def move(self, position: int) -> None:
        """Take everything up to the position, and go past the blanks and comments that come next."""
        self.last = position
        following = self.text[position : position + 1]
        # Neither blank nor comment: by far the most.
        if not (" " < following < "\x7f" and following != "/"):
            position = self.blanks(position)
            following = self.text[position : position + 1]
        self.position, self.following = position, following
        if following == "/" and self.text.startswith("/*", position):
            raise self.wrong("this comment is not closed", hint="Close it with */.")

    def at_end(self) -> bool:
        """Whether nothing but blanks and comments is left."""
        return not self.following

    def sees(self, symbol: str) -> bool:
        """Whether the symbol comes next."""
        return self.text.startswith(symbol, self.position)

    def take(self, symbol: str) -> bool:
        """Take the symbol if it comes next."""
        if not self.text.startswith(symbol, self.position):
            return False
        self.move(self.position + len(symbol))
        return True

    def expect(self, symbol: str, why: str) -> None:
        """Take the symbol or raise :class:`FeelSyntaxError`; ``why`` says what it would do here."""
        if not self.take(symbol):
            raise self.unexpected(f"expected {symbol!r} {why}")

    def peek_word(self) -> str:
        """The whole word that comes next, or an empty string."""
        # The same word is looked at several times before it is taken.
        if self.position != self._word_at:
            self._word_at, self._word = self.position, _word(self.text, self.position, starts=True)
        return self._word

    def take_word(self, *words: str) -> str:
        """Take the next word if it is one of these; gives the word or an empty string."""
        word = self.peek_word()
        if word not in words:
            return ""
        self.move(self.position + len(word))
        return word

    def expect_word(self, word: str, why: str) -> None:
        """Take this word or raise :class:`FeelSyntaxError`."""
        if not self.take_word(word):
            raise self.unexpected(f"expected {word!r} {why}")

    def word_in_name(self, position: int) -> str:
        """The run of letters and digits at the position: a word may begin with a digit inside a name."""
        return _word(self.text, position, starts=False)

    def blanks(self, position: int) -> int:
        """The position after blanks and comments, from a position."""
        following = self.text[position : position + 1]
        while following == " ":
            position += 1
            following = self.text[position : position + 1]
        if not following or (" " < following < "\x7f" and following != "/"):
            return position
        found = re.compile(_SPACE).match(self.text, position)
        return found.end() if found else position

    def number(self) -> Decimal | None:
        """Take a number literal if one comes next."""
        found = _NUMBER.match(self.text, self.position)
        if found is None:
            return None
        self.move(found.end())
        return Decimal(found.group())

    def string(self) -> str:
        """Take the string literal that comes next and read its escapes."""
        found = _STRING.match(self.text, self.position)
        if found is None:
            raise self.wrong("this string is not closed", hint='Close it with ". Write \\" for a " inside.')
        self.move(found.end())
        text = found.group(1)
        if "\\" not in text:
            return text
        text = re.sub(_ESCAPE, _unescape, text)
        return re.sub(_SURROGATES, lambda pair: pair.group().encode("utf-16", "surrogatepass").decode("utf-16"), text)

    def span(self, start: int) -> Span:
        """From the start to the end of what was last taken."""
        return Span(start, self.last)

    def wrong(self, message: str, hint: str = "") -> FeelSyntaxError:
        """The error to raise for what comes next."""
        start = min(self.position, len(self.text))
        end = start + len(self.word_in_name(start))
        return FeelSyntaxError(message, Span(start, max(end, min(start + 1, len(self.text)))), hint)

    def unexpected(self, message: str, hint: str = "") -> FeelSyntaxError:
        """The same, naming what was found instead."""
        found = self.word_in_name(self.position) or self.following
        return self.wrong(f"{message}, found {found!r}" if found else f"{message}, but the expression ends here", hint)


def _unescape(found: re.Match[str]) -> str:
    """What an escape stands for; one FEEL does not know stands for itself, as regular expressions need it."""
    short, long, plain = found.groups()
    if short:
        return chr(int(short, 16))
    if long:
        code = int(long, 16)
        return chr(code) if code <= 0x10FFFF else found.group()
    return _PLAIN_ESCAPES.get(plain, found.group())


_Names = dict[str, tuple[tuple[str, ...], ...]]
"""The parts of names, by the first part."""

_BUILT_IN: Final[_Names] = {
    parts[0]: (parts,) for parts in map(parts_of_name, ("date and time", "years and months duration"))
}
"""The built-in functions whose names could not be read word by word."""


class KnownNames:
    """Names in scope, and names seen as members of contexts: those are known after a dot and inside a filter."""

    def __init__(self, names: Collection[str]) -> None:
        self._scope = dict(_BUILT_IN)
        self._members: _Names = {}
        self._in_filter = 0
        for name in names:
            self._add(name)
            self.add_member(name)

    def _add(self, name: str) -> None:
        parts = parts_of_name(name)
        if parts:
            self._scope[parts[0]] = (*self._scope.get(parts[0], ()), parts)

    def add_member(self, name: str) -> None:
        """Know the name as one that may stand after a dot."""
        parts = parts_of_name(name)
        if len(parts) > 1 and parts not in self._members.get(parts[0], ()):
            self._members[parts[0]] = (*self._members.get(parts[0], ()), parts)

    @contextmanager
    def scope(self, *names: str) -> Iterator[None]:
        """Know these names as well, for a while."""
        before = dict(self._scope)
        for name in names:
            self._add(name)
        try:
            yield
        finally:
            self._scope = before

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
        return self._name(lexer, (self._scope, self._members) if self._in_filter else (self._scope,))

    def member(self, lexer: Lexer) -> str:
        """Take the name of a member that comes next, after a dot."""
        return self._name(lexer, (self._members,))

    def known(self, lexer: Lexer) -> tuple[str, int]:
        """The longest known variable that comes next and its end, or an empty name."""
        return self._longest(lexer, (self._scope,))

    def _name(self, lexer: Lexer, tables: Iterable[_Names]) -> str:
        start = lexer.position
        name, end = self._longest(lexer, tables)
        if not name:
            name = lexer.peek_word()
            if not name:
                raise lexer.unexpected("expected a name")
            end = start + len(name)
        while True:
            after = lexer.blanks(end)
            if after == end:
                break
            word = lexer.word_in_name(after)
            if not word or word in RESERVED:
                break
            name, end = f"{name} {word}", after + len(word)
        lexer.move(end)
        return name

    @staticmethod
    def _longest(lexer: Lexer, tables: Iterable[_Names]) -> tuple[str, int]:
        start = lexer.position
        first = lexer.peek_word() or lexer.word_in_name(start)
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
    position = lexer.position
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
    return "".join(words)
