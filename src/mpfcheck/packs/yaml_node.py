"""A YAML file as nodes: values that know where they stand in their file, for messages that point at the spot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from mpfcheck.packs.rule import Place

__all__ = ["PlainData", "YamlFile", "YamlList", "YamlMap", "YamlNode", "YamlScalar"]

PlainData: TypeAlias = "bool | int | Decimal | str | list[PlainData] | dict[str, PlainData] | None"

_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_DOUBLE_QUOTED = re.compile(
    r"""\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})|(?P<break>\r?\n)|(?P<c>.))|.""",
    re.DOTALL,
)
_WHITE_ESCAPES = frozenset("ntr \t_vfeLPN")


class YamlScalar:
    """A single value: None, bool, int, Decimal or text; ``start`` and ``end`` are the offsets of its source text."""

    __slots__ = ("column", "end", "file", "line", "start", "style", "value")

    def __init__(
        self,
        file: YamlFile,
        value: bool | int | Decimal | str | None,
        style: str,
        line: int,
        column: int,
        start: int,
        end: int,
    ) -> None:
        self.file = file
        self.value = value
        self.style = style
        self.line = line
        self.column = column
        self.start = start
        self.end = end

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.file.name, self.line, self.column)

    def plain(self) -> PlainData:
        """Return the value without its place."""
        return self.value

    def place_at(self, offset: int) -> Place:
        """Where the character at ``offset`` of a text stands in the file.

        Right for every way YAML writes a text: plain, quoted with escapes, folded and literal blocks. An offset at the
        end, or at white space that folding made, is the place after the character before it.
        """
        if not isinstance(self.value, str):
            return self.place
        quote = 1 if self.style in ("'", '"') else 0
        if self.value == self.file.text[self.start + quote : self.end - quote] and "\n" not in self.value:
            return Place(self.file.name, self.line, self.column + quote + offset)
        wanted = sum(1 for character in self.value[:offset] if not character.isspace())
        at_black = offset < len(self.value) and not self.value[offset].isspace()
        at = self.start
        for seen, (start, end) in enumerate(self._black()):
            if seen == wanted:
                if at_black:
                    at = start
                break
            at = end
        before = self.file.text[self.start : at]
        breaks = list(_LINE_BREAK.finditer(before))
        if not breaks:
            return Place(self.file.name, self.line, self.column + len(before))
        return Place(self.file.name, self.line + len(breaks), len(before) - breaks[-1].end() + 1)

    def _black(self) -> Iterator[tuple[int, int]]:
        """Yield the source offsets (start, end) of every character of the value that is not white space, in order.

        Folding and indentation only ever touch white space, so the n-th of these is the value's n-th.
        """
        text, start, end = self.file.text, self.start, self.end
        if self.style in ("|", ">"):
            header = _LINE_BREAK.search(text, start, end)
            start = header.end() if header else end
        elif self.style == '"':
            for match in _DOUBLE_QUOTED.finditer(text, start + 1, end - 1):
                if _is_black(match):
                    yield match.span()
            return
        elif self.style == "'":
            start, end = start + 1, end - 1
        at = start
        while at < end:
            length = 2 if self.style == "'" and text.startswith("''", at) else 1
            if not text[at].isspace():
                yield at, at + length
            at += length


class YamlList:
    """A sequence of nodes."""

    __slots__ = ("column", "file", "items", "line")

    def __init__(self, file: YamlFile, line: int, column: int) -> None:
        self.file = file
        self.items: list[YamlNode] = []
        self.line = line
        self.column = column

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.file.name, self.line, self.column)

    def plain(self) -> PlainData:
        """Return the values without their places."""
        return [item.plain() for item in self.items]


class YamlMap:
    """A mapping: ``entries`` holds the values by key, ``keys`` the keys as nodes."""

    __slots__ = ("column", "entries", "file", "keys", "line")

    def __init__(self, file: YamlFile, line: int, column: int) -> None:
        self.file = file
        self.entries: dict[str, YamlNode] = {}
        self.keys: dict[str, YamlScalar] = {}
        self.line = line
        self.column = column

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.file.name, self.line, self.column)

    def plain(self) -> dict[str, PlainData]:
        """Return the values without their places."""
        return {key: value.plain() for key, value in self.entries.items()}


YamlNode: TypeAlias = YamlScalar | YamlList | YamlMap


class YamlFile:
    """A YAML file that was read: its name for messages, its text, and its one document, whose nodes know their file."""

    __slots__ = ("name", "root", "text")

    root: YamlNode

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text


def _is_black(unit: re.Match[str]) -> bool:
    """Whether one unit of a double-quoted text stands for a character that is not white space."""
    if not unit[0].startswith("\\") or len(unit[0]) == 1:
        return not unit[0].isspace()
    code = unit["x"] or unit["u"] or unit["U"]
    if code:
        return not chr(int(code, 16)).isspace()
    return not (unit["break"] or unit["c"] in _WHITE_ESCAPES)
