"""The syntax of regular expressions (XPath and XQuery Functions 3.1, 5.6.1; XML Schema, appendix F)."""

from __future__ import annotations

from typing import TypeAlias

from mpfcheck.feel.evaluate.patterns.characters import CLASS_ESCAPES, Characters, category, literal, span
from mpfcheck.frozen import Frozen

__all__ = [
    "Alternatives",
    "Anchor",
    "CapturingGroup",
    "NotAPattern",
    "Part",
    "Reference",
    "Repeat",
    "Sequence",
    "read_pattern",
]

_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"} | {symbol: symbol for symbol in "\\|.?*+(){}-[]^$"}
_DEEPEST = 30
_MOST_REPEATS = 1000


class NotAPattern(Exception):  # noqa: N818 - what it says is that the text is none
    """The text is not a regular expression; ``read`` is what was read of it before it went wrong."""

    read = ""


class Sequence(Frozen):
    """Parts one after another."""

    parts: tuple[Part, ...]


class Alternatives(Frozen):
    """One of these."""

    branches: tuple[Part, ...]


class Repeat(Frozen):
    """The part at least ``least`` and at most ``most`` times (None: any number)."""

    part: Part
    least: int
    most: int | None
    greedy: bool


class CapturingGroup(Frozen):
    """A part whose match can be referred to."""

    number: int
    part: Part


class Reference(Frozen):
    """What the group matched, again."""

    number: int


class Anchor(Frozen):
    """``^`` or ``$``."""

    symbol: str


Part: TypeAlias = Sequence | Alternatives | Repeat | CapturingGroup | Reference | Anchor | Characters


def read_pattern(pattern: str, flags: str) -> tuple[Part, int]:
    """The pattern's parts and how many groups it has; raises :class:`NotAPattern`."""
    reader = _PatternReader(pattern, flags)
    try:
        return reader.whole(), reader.groups
    except NotAPattern as wrong:
        wrong.read = reader.text[: reader.position]
        raise


class _PatternReader:
    def __init__(self, text: str, flags: str) -> None:
        self.text = _without_blanks(text) if "x" in flags else text
        self.any_case = "i" in flags
        self.dot_is_all = "s" in flags
        self.position = 0
        self.groups = 0
        self.closed: set[int] = set()

    def peek(self) -> str:
        return self.text[self.position : self.position + 1]

    def next(self) -> str:
        if self.position >= len(self.text):
            raise NotAPattern
        self.position += 1
        return self.text[self.position - 1]

    def take(self, symbol: str) -> bool:
        found = self.text.startswith(symbol, self.position)
        self.position += len(symbol) if found else 0
        return found

    def whole(self) -> Part:
        """The whole pattern."""
        found = self.alternatives(0)
        if self.peek():
            self.next()
            raise NotAPattern
        return found

    def alternatives(self, depth: int) -> Part:
        if depth > _DEEPEST:
            raise NotAPattern
        branches = [self._branch(depth)]
        while self.take("|"):
            branches.append(self._branch(depth))
        return branches[0] if len(branches) == 1 else Alternatives(tuple(branches))

    def _branch(self, depth: int) -> Part:
        parts: list[Part] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self._quantified(self._atom(depth)))
        return Sequence(tuple(parts))

    def _quantified(self, part: Part) -> Part:
        symbol = self.peek()
        if symbol not in ("?", "*", "+", "{") or not symbol:
            return part
        self.next()
        least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}.get(symbol) or self._counts()
        greedy = not self.take("?")
        if self.peek() in ("?", "*", "+", "{") and self.peek():
            raise NotAPattern
        return Repeat(part, least, most, greedy)

    def _counts(self) -> tuple[int, int | None]:
        least = self._count()
        most: int | None = least
        if self.take(","):
            most = None if self.peek() == "}" else self._count()
        if not self.take("}") or (most is not None and most < least):
            raise NotAPattern
        return least, most

    def _count(self) -> int:
        digits = ""
        while self.peek().isdecimal() and self.peek().isascii():
            digits += self.next()
        if not digits or len(digits) > 4 or int(digits) > _MOST_REPEATS:
            raise NotAPattern
        return int(digits)

    def _atom(self, depth: int) -> Part:
        symbol = self.next()
        if symbol == "(":
            return self._group(depth)
        if symbol == "[":
            return self._class(0)
        if symbol in "^$":
            return Anchor(symbol)
        if symbol == ".":
            return (lambda found: True) if self.dot_is_all else (lambda found: found not in "\n\r")
        if symbol == "\\":
            if self.peek().isdecimal():
                return self._reference()
            return self._escape()
        if symbol in "?*+{}])":
            raise NotAPattern
        return literal(symbol, any_case=self.any_case)

    def _group(self, depth: int) -> Part:
        if self.take("?:"):
            inner = self.alternatives(depth + 1)
            if not self.take(")"):
                raise NotAPattern
            return inner
        self.groups += 1
        number = self.groups
        inner = self.alternatives(depth + 1)
        if not self.take(")"):
            raise NotAPattern
        self.closed.add(number)
        return CapturingGroup(number, inner)

    def _reference(self) -> Part:
        """A reference to a group that is closed before it: as many digits as name one."""
        digits = self.next()
        if digits == "0":
            raise NotAPattern
        while self.peek().isdecimal() and int(digits + self.peek()) <= self.groups:
            digits += self.next()
        if int(digits) not in self.closed:
            raise NotAPattern
        return Reference(int(digits))

    def _escape(self) -> Characters:
        symbol = self.next()
        if symbol in CLASS_ESCAPES:
            return CLASS_ESCAPES[symbol]
        if symbol in "pP":
            return self._category(negated=symbol == "P")
        if symbol not in _ESCAPED:
            raise NotAPattern
        return literal(_ESCAPED[symbol], any_case=self.any_case)

    def _category(self, *, negated: bool) -> Characters:
        end = self.text.find("}", self.position)
        if not self.take("{") or end < 0:
            raise NotAPattern
        found = category(self.text[self.position : end])
        self.position = end + 1
        if found is None:
            raise NotAPattern
        return (lambda character: not found(character)) if negated else found

    def _class(self, depth: int) -> Characters:
        """A class in brackets, of which ``[`` is taken."""
        if depth > _DEEPEST:
            raise NotAPattern
        negated = self.take("^")
        members: list[Characters] = []
        without: Characters | None = None
        while not self.take("]"):
            if members and self.take("-["):
                without = self._class(depth + 1)
                if not self.take("]"):
                    raise NotAPattern
                break
            members.append(self._member(first=not members))
        if not members:
            raise NotAPattern
        return _combined(tuple(members), without, negated=negated)

    def _member(self, *, first: bool) -> Characters:
        begin = self.next()
        if begin == "[":
            raise NotAPattern
        if begin == "\\":
            symbol = self.peek()
            if symbol not in _ESCAPED or not symbol:
                return self._escape()
            begin = _ESCAPED[self.next()]
        elif (
            begin == "-"
            and not first
            and self.peek() not in ("]", "-")
            and not self.text.startswith("[", self.position)
        ):
            raise NotAPattern
        if self.peek() == "-" and self.text[self.position + 1 : self.position + 2] not in ("]", "[", ""):
            self.next()
            return self._span(begin)
        return literal(begin, any_case=self.any_case)

    def _span(self, begin: str) -> Characters:
        end = self.next()
        if end == "\\":
            symbol = self.next()
            if symbol not in _ESCAPED:
                raise NotAPattern
            end = _ESCAPED[symbol]
        if end < begin:
            raise NotAPattern
        return span(begin, end, any_case=self.any_case)


def _combined(members: tuple[Characters, ...], without: Characters | None, *, negated: bool) -> Characters:
    def belongs(character: str) -> bool:
        found = any(member(character) for member in members) != negated
        return found and not (without is not None and without(character))

    return belongs


def _without_blanks(text: str) -> str:
    """The pattern as the flag ``x`` reads it: blanks count only inside a class."""
    kept: list[str] = []
    depth = 0
    escaped = False
    for character in text:
        if not depth and character in " \t\n\r":
            continue
        kept.append(character)
        if not escaped:
            depth = max(0, depth + (character == "[") - (character == "]"))
        escaped = character == "\\" and not escaped
    return "".join(kept)
