"""The entries of one mapping of a rule file, taken strictly by key and kind; what nobody took is unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TypeVar

from mpfcheck.feel.errors import FeelSyntaxError
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.syntax.tree import Expression
from mpfcheck.packs.mistake import PackError, PackMistake, Place, nearest
from mpfcheck.packs.template import Condition, Template, TemplateError, split_template
from mpfcheck.packs.yaml_file import YamlList, YamlMap, YamlNode, YamlScalar

__all__ = ["NAME", "Entries", "describe", "number_hint", "read_day", "syntax_mistakes"]

NAME = re.compile(r"[a-z][a-z0-9_]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Word = TypeVar("Word", bound=StrEnum)


class Entries:
    """The entries of a mapping. ``what`` names it in messages ("rule COAPP-2", "the source").

    Every way to take an entry notes a mistake where it is missing or of the wrong kind, and returns something harmless
    so that the rest can be looked at too: nothing built from entries with mistakes is ever used.
    """

    __slots__ = ("_asked", "_broken", "_map", "mistakes", "place", "what")

    def __init__(self, node: YamlNode, what: str, mistakes: list[PackMistake]) -> None:
        self.what = what
        self.mistakes = mistakes
        self.place = node.place
        self._asked: set[str] = set()
        self._broken = not isinstance(node, YamlMap)
        self._map = node if isinstance(node, YamlMap) else YamlMap(node.file, node.line, node.column)
        if self._broken:
            self.mistake(node, f"{what} must be entries of the form key: value, not {describe(node)}")

    def mistake(self, at: YamlNode | Place, message: str, hint: str = "") -> None:
        """Note a mistake at a node or place."""
        self.mistakes.append(PackMistake(at if isinstance(at, Place) else at.place, message, hint))

    def has(self, key: str) -> bool:
        """Tell whether the entry is there."""
        return key in self._map.entries

    def node(self, key: str, *, required: bool = True) -> YamlNode | None:
        """Take an entry as it is; None where it is missing, or has no value."""
        self._asked.add(key)
        found = self._map.entries.get(key)
        if found is None:
            if required and not self._broken:
                self.mistake(self.place, f'"{key}" is missing in {self.what}')
            return None
        if isinstance(found, YamlScalar) and found.value is None:
            self.mistake(self._map.keys[key], f'"{key}" has no value', "give it one, or leave the line out")
            return None
        return found

    def place_of(self, key: str) -> Place:
        """Find where the value of an entry is; the mapping's own place where it is missing."""
        found = self._map.entries.get(key)
        return found.place if found else self.place

    def key_place(self, key: str) -> Place:
        """Find where the key of an entry is that is there."""
        return self._map.keys[key].place

    def text(self, key: str, *, pattern: re.Pattern[str] | None = None, example: str = "") -> str:
        """Take a text that must be there, of the pattern if one is given (``example`` shows it)."""
        node = self.node(key)
        text = self._text(key, node) if node else ""
        if node and text and pattern and not pattern.fullmatch(text):
            self.mistake(node, f'"{key}" cannot be "{text}"', f'write it like "{example}"')
        return text

    def optional_text(self, key: str) -> str:
        """Take a text, empty where it is missing."""
        node = self.node(key, required=False)
        return self._text(key, node) if node else ""

    def _text(self, key: str, node: YamlNode) -> str:
        if isinstance(node, YamlScalar) and isinstance(node.value, str):
            if not node.value.strip():
                self.mistake(node, f'"{key}" is empty')
            return node.value
        hint = "put it in quotes"
        if not isinstance(node, YamlScalar):
            written = node.file.text.splitlines()[node.line - 1][node.column - 1 :]
            hint = f"a text that begins with {written[0]} needs quotes around the whole" if written[0] in "{[" else ""
        self.mistake(node, f'"{key}" must be a text, not {describe(node)}', hint)
        return ""

    def word(self, key: str, words: Mapping[str, Word], default: Word | None = None) -> Word:
        """Take one of a few words; the default where it is missing and there is one."""
        node = self.node(key, required=default is None)
        fallback = default or next(iter(words.values()))
        if node is None:
            return fallback
        if isinstance(node, YamlScalar) and isinstance(node.value, str) and node.value in words:
            return words[node.value]
        shown = f'"{node.value}"' if isinstance(node, YamlScalar) else describe(node)
        self.mistake(node, f'"{key}" cannot be {shown}', f"it is one of {', '.join(words)}")
        return fallback

    def flag(self, key: str) -> bool:
        """Take true or false; false where it is missing."""
        node = self.node(key, required=False)
        if node is None:
            return False
        if isinstance(node, YamlScalar) and isinstance(node.value, bool):
            return node.value
        self.mistake(node, f'"{key}" must be true or false, not {describe(node)}')
        return False

    def day(self, key: str, *, required: bool = True) -> date | None:
        """Take a day of the form 2023-12-07; None where it is missing or no day."""
        node = self.node(key, required=required)
        if node is None:
            return None
        day = read_day(node.value) if isinstance(node, YamlScalar) and isinstance(node.value, str) else None
        if day is None:
            shown = f'"{node.value}"' if isinstance(node, YamlScalar) else describe(node)
            self.mistake(node, f'"{key}" must be a day, not {shown}', "write it as year-month-day: 2023-12-07")
        return day

    def list(self, key: str, *, required: bool = True) -> list[YamlNode]:
        """Take a list, empty where it is missing."""
        node = self.node(key, required=required)
        if node is None:
            return []
        if not isinstance(node, YamlList):
            self.mistake(node, f'"{key}" must be a list, not {describe(node)}')
            return []
        return node.items

    def texts(self, key: str, *, required: bool = True) -> dict[str, YamlNode]:
        """Take a list of texts, each there once, with their nodes."""
        found: dict[str, YamlNode] = {}
        for node in self.list(key, required=required):
            if not isinstance(node, YamlScalar) or not isinstance(node.value, str) or not node.value:
                self.mistake(node, f'"{key}" must list texts, not {describe(node)}')
            elif node.value in found:
                self.mistake(node, f'"{node.value}" is there twice', "keep one of the two")
            else:
                found[node.value] = node
        return found

    def map(self, key: str, *, required: bool = True) -> dict[str, tuple[YamlScalar, YamlNode]]:
        """Take a mapping of free keys, as key and value nodes by key; empty where it is missing."""
        node = self.node(key, required=required)
        if node is None:
            return {}
        if not isinstance(node, YamlMap):
            self.mistake(node, f'"{key}" must be entries of the form key: value, not {describe(node)}')
            return {}
        return {name: (node.keys[name], value) for name, value in node.entries.items()}

    def entries(self, key: str, what: str) -> Entries | None:
        """Take a mapping of known keys that must be there."""
        node = self.node(key)
        return Entries(node, what, self.mistakes) if node else None

    def condition(self, key: str, *, required: bool = False) -> Condition | None:
        """Take a FEEL expression."""
        node = self.node(key, required=required)
        if node is None:
            return None
        if not isinstance(node, YamlScalar):
            quotes = "a condition that begins with { or [ needs quotes around the whole"
            self.mistake(node, f'"{key}" must be an expression, not {describe(node)}', quotes)
            return None
        # A lone true or 5 is an expression too, though YAML has read it as a value.
        text = node.value if isinstance(node.value, str) else node.file.text[node.start : node.end]
        if not text.strip():
            self.mistake(node, f'"{key}" is empty')
            return None
        condition = self._unread(node, text, 0)
        self.mistakes += syntax_mistakes([condition])
        return condition

    def conditions(self, key: str) -> tuple[Condition, ...]:
        """Take FEEL expressions: one, or a list of them; none where it is missing."""
        node = self._map.entries.get(key)
        if not isinstance(node, YamlList):
            alone = self.condition(key)
            return () if alone is None else (alone,)
        self._asked.add(key)
        listed = YamlMap(node.file, node.line, node.column)
        listed.entries = {f"{key} {number}": item for number, item in enumerate(node.items, 1)}
        inside = Entries(listed, self.what, self.mistakes)
        return tuple(condition for name in listed.entries if (condition := inside.condition(name, required=True)))

    def template(self, key: str, *, required: bool = False) -> Template | None:
        """Take a sentence with ``{expressions}`` in it."""
        node = self.node(key, required=required)
        text = self._text(key, node) if node else ""
        if not isinstance(node, YamlScalar) or not text:
            return None
        try:
            pieces = split_template(text)
        except TemplateError as error:
            self.mistake(node.place_at(error.offset), error.message, error.hint)
            return None
        parts = (part if isinstance(part, str) else self._unread(node, part.text, part.start) for part in pieces)
        return Template(text, tuple(parts), node.place)

    def _unread(self, node: YamlScalar, text: str, start: int) -> Condition:
        return Condition(text, None, None, partial(_place_after, node, start), _read_tree)

    def _before(self, key: str) -> str:
        """The text of the value that is written before a key."""
        names = list(self._map.entries)
        before = self._map.entries[names[names.index(key) - 1]]
        return before.file.text[before.start : before.end] if isinstance(before, YamlScalar) else ""

    def finish(self) -> None:
        """Note what nobody asked for."""
        for key in self._map.keys.keys() - self._asked:
            hint = nearest(key, self._asked - self._map.keys.keys()) or f"it may have {', '.join(sorted(self._asked))}"
            if key.replace(" ", "").isdigit():
                # A comma ends an entry in { }: what follows it was meant as part of a number.
                hint = number_hint(f"{self._before(key)},{key}")
            self.mistake(self._map.keys[key], f'{self.what} has no entry "{key}"', hint)


_CURRENCY = re.compile(r"€|\bEUR\b|\beuros?\b", re.IGNORECASE)
_BLANK = r"[ \u00a0\u2009\u202f.,'’]"  # noqa: RUF001 - what people write between thousands
_NUMBER_FOR_PEOPLE = re.compile(
    rf"(?P<whole>\d{{1,3}}(?:(?P<between>{_BLANK})\d{{3}}(?:(?P=between)\d{{3}})*)?|\d+)(?:[.,](?P<part>\d\d?))?"
)


def number_hint(written: str) -> str:
    """How a number is written, with the one meant where the text can be read in one way only."""
    plain = _CURRENCY.sub("", written).strip()
    found = _NUMBER_FOR_PEOPLE.fullmatch(plain)
    rule = "a number is written without blanks, commas or a currency, with a point before the decimals"
    if found is None:
        return f"{rule}, such as 200000.00"
    digits = re.sub(r"\D", "", found["whole"])
    return f"{rule}: {digits}{'.' + found['part'] if found['part'] else ''}"


def syntax_mistakes(conditions: Iterable[Condition]) -> list[PackMistake]:
    """Read these expressions, as far as they have not been, and list the mistakes."""
    mistakes: list[PackMistake] = []
    for condition in conditions:
        try:
            _ = condition.tree
        except PackError as error:
            mistakes += error.mistakes
    return mistakes


def _read_tree(condition: Condition) -> Expression:
    try:
        return parse(condition.text)
    except FeelSyntaxError as error:
        place = condition.place_at(error.span.start)
        raise PackError([PackMistake(place, error.message, error.hint)]) from None


def _place_after(node: YamlScalar, start: int, offset: int) -> Place:
    return node.place_at(start + offset)


def read_day(text: str) -> date | None:
    """Read a day of the form 2023-12-07, None where it is none."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def describe(node: YamlNode) -> str:
    """Say what kind of value a node is, for messages."""
    if isinstance(node, YamlList):
        return "a list"
    if isinstance(node, YamlMap):
        return "entries of the form key: value"
    if node.value is None:
        return "nothing"
    if isinstance(node.value, bool):
        return "true or false"
    if isinstance(node.value, str):
        return f'the text "{node.value}"' if len(node.value) <= 40 else "a text"
    return f"the number {node.value}"
