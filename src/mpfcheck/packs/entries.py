"""What the files of a rule pack may say: one table for each mapping, which reads files and makes their JSON Schemas.

A table is a class of :class:`Entries` that lists its entries: key, what it holds, whether it must be there, and a note.
To read an attribute is to read that entry of the file, once, and to note what is wrong with it at its line and column.
The published schemas are made from the same entries, so an editor and the loader want the same.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar, overload

from mpfcheck.feel.errors import FeelSyntaxError
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.syntax.tree import Expression
from mpfcheck.nearest import did_you_mean
from mpfcheck.packs.mistake import PackError, PackMistake, Place
from mpfcheck.packs.template import Condition, Template, TemplateError, split_template
from mpfcheck.packs.yaml_file import YamlList, YamlMap, YamlNode, YamlScalar

__all__ = [
    "NAME",
    "DayEntry",
    "Entries",
    "ExpressionEntry",
    "ExpressionsEntry",
    "FileTable",
    "FlagEntry",
    "KeyedEntry",
    "MapEntry",
    "NamesEntry",
    "PartEntry",
    "PartsEntry",
    "PlainEntry",
    "Schema",
    "SentenceEntry",
    "TextEntry",
    "WordEntry",
    "describe",
    "number_hint",
    "read_day",
    "syntax_mistakes",
]

NAME = re.compile(r"[a-z][a-z0-9_]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NOT_BLANK = "\\S"

Schema: TypeAlias = dict[str, Any]
Value = TypeVar("Value")
Word = TypeVar("Word", bound=StrEnum)
Part = TypeVar("Part", bound="Entries")


class MapEntry(ABC, Generic[Value]):
    """One entry that a mapping may have: its key, what it holds, and what it is for (``note``).

    The key is the name of the attribute unless another is given. An ``optional`` entry may be missing.
    """

    __slots__ = ("key", "name", "note", "optional")

    def __init__(self, note: str = "", *, key: str = "", optional: bool = False) -> None:
        self.note = note
        self.key = key
        self.name = key
        self.optional = optional

    def __set_name__(self, owner: type[Entries], name: str) -> None:
        self.name = name
        self.key = self.key or name

    @overload
    def __get__(self, entries: None, owner: type[Entries]) -> MapEntry[Value]: ...

    @overload
    def __get__(self, entries: Entries, owner: type[Entries]) -> Value: ...

    def __get__(self, entries: Entries | None, owner: type[Entries]) -> MapEntry[Value] | Value:
        if entries is None:
            return self
        # Kept beside the entries, where the next look finds it first: every mistake is noted once.
        value = entries.__dict__[self.name] = entries.take(self)
        return value

    @abstractmethod
    def absent(self) -> Value:
        """Return what stands for an entry that is missing or wrong: something harmless."""

    @abstractmethod
    def read(self, entries: Entries, node: YamlNode) -> Value:
        """Read the entry, which is there and has a value, noting what is wrong."""

    @abstractmethod
    def holds(self, definitions: Schema) -> Schema:
        """Describe what it may hold in JSON Schema, adding what it refers to to ``definitions``."""

    def schema(self, definitions: Schema) -> Schema:
        """Describe it in JSON Schema, with its note."""
        return {**({"description": self.note} if self.note else {}), **self.holds(definitions)}


class TextEntry(MapEntry[str]):
    """A text, of a pattern if one is given (``example`` shows it), or one of a few ``words``; empty if missing."""

    __slots__ = ("example", "pattern", "words")

    def __init__(
        self,
        note: str = "",
        *,
        key: str = "",
        optional: bool = False,
        pattern: re.Pattern[str] | None = None,
        example: str = "",
        words: tuple[str, ...] = (),
    ) -> None:
        super().__init__(note, key=key, optional=optional)
        self.pattern = pattern
        self.example = example
        self.words = words

    def absent(self) -> str:
        """Return no text."""
        return ""

    def read(self, entries: Entries, node: YamlNode) -> str:
        """Read the text."""
        text = _text(entries, self.key, node)
        if text and self.words and text not in self.words:
            hint = did_you_mean(text, self.words) or f"it is one of {', '.join(self.words)}"
            entries.mistake(node, f'"{self.key}" cannot be "{text}"', hint)
        if text and self.pattern and not self.pattern.fullmatch(text):
            entries.mistake(node, f'"{self.key}" cannot be "{text}"', f'write it like "{self.example}"')
        return text

    def holds(self, definitions: Schema) -> Schema:
        """Describe the text."""
        if self.words:
            return {"enum": list(self.words)}
        return {"type": "string", "pattern": _whole(self.pattern) if self.pattern else NOT_BLANK}


class WordEntry(MapEntry[Word]):
    """One of a few words; the default where it is missing and there is one."""

    __slots__ = ("default", "words")

    def __init__(
        self, words: type[Word], note: str = "", *, key: str = "", default: Word | None = None, optional: bool = False
    ) -> None:
        super().__init__(note, key=key, optional=optional or default is not None)
        self.words: dict[str, Word] = {word.value: word for word in words}
        self.default = default

    def absent(self) -> Word:
        """Return the default, or the first word."""
        return self.default or next(iter(self.words.values()))

    def read(self, entries: Entries, node: YamlNode) -> Word:
        """Read the word."""
        if isinstance(node, YamlScalar) and isinstance(node.value, str) and node.value in self.words:
            return self.words[node.value]
        shown = f'"{node.value}"' if isinstance(node, YamlScalar) else describe(node)
        entries.mistake(node, f'"{self.key}" cannot be {shown}', f"it is one of {', '.join(self.words)}")
        return self.absent()

    def holds(self, definitions: Schema) -> Schema:
        """List the words."""
        return {"enum": list(self.words)}


class FlagEntry(MapEntry[bool]):
    """True or false; false if missing."""

    __slots__ = ()

    def absent(self) -> bool:
        """Return false."""
        return False

    def read(self, entries: Entries, node: YamlNode) -> bool:
        """Read true or false."""
        if isinstance(node, YamlScalar) and isinstance(node.value, bool):
            return node.value
        entries.mistake(node, f'"{self.key}" must be true or false, not {describe(node)}')
        return False

    def holds(self, definitions: Schema) -> Schema:
        """Describe true or false."""
        return {"type": "boolean"}


class DayEntry(MapEntry[date | None]):
    """A date of the form 2023-12-07; None if missing."""

    __slots__ = ()

    def absent(self) -> date | None:
        """Return no date."""
        return None

    def read(self, entries: Entries, node: YamlNode) -> date | None:
        """Read the date."""
        day = read_day(node.value) if isinstance(node, YamlScalar) and isinstance(node.value, str) else None
        if day is None:
            shown = f'"{node.value}"' if isinstance(node, YamlScalar) else describe(node)
            entries.mistake(node, f'"{self.key}" must be a date, not {shown}', "write it as year-month-day: 2023-12-07")
        return day

    def holds(self, definitions: Schema) -> Schema:
        """Describe a date."""
        return {"type": "string", "pattern": _whole(_DAY), "format": "date"}


class ExpressionEntry(MapEntry[Condition | None]):
    """A FEEL expression; None if missing."""

    __slots__ = ()

    def absent(self) -> Condition | None:
        """Return no expression."""
        return None

    def read(self, entries: Entries, node: YamlNode) -> Condition | None:
        """Read the expression."""
        return _expression(entries, self.key, node)

    def holds(self, definitions: Schema) -> Schema:
        """Refer to the definition of expressions."""
        return _feel(definitions)


class ExpressionsEntry(MapEntry[tuple[Condition, ...]]):
    """FEEL expressions: one, or a list of them; none if missing."""

    __slots__ = ()

    def absent(self) -> tuple[Condition, ...]:
        """Return no expressions."""
        return ()

    def read(self, entries: Entries, node: YamlNode) -> tuple[Condition, ...]:
        """Read the expressions."""
        if not isinstance(node, YamlList):
            alone = _expression(entries, self.key, node)
            return () if alone is None else (alone,)
        entries.refuse_empty(self.key, node)
        listed = enumerate(node.items, 1)
        found = (_expression(entries, f"{self.key} {number}", item) for number, item in listed)
        return tuple(condition for condition in found if condition)

    def holds(self, definitions: Schema) -> Schema:
        """Describe one expression or a list of them."""
        feel = _feel(definitions)
        return {"anyOf": [feel, {"type": "array", "minItems": 1, "items": feel}]}


class SentenceEntry(MapEntry[Template | None]):
    """A sentence with ``{expressions}`` in it; None if missing."""

    __slots__ = ()

    def absent(self) -> Template | None:
        """Return no sentence."""
        return None

    def read(self, entries: Entries, node: YamlNode) -> Template | None:
        """Read the sentence."""
        text = _text(entries, self.key, node)
        if not isinstance(node, YamlScalar) or not text:
            return None
        try:
            pieces = split_template(text)
        except TemplateError as error:
            entries.mistake(node.place_at(error.offset), error.message, error.hint)
            return None
        parts = (part if isinstance(part, str) else _condition(node, part.text, part.start) for part in pieces)
        return Template(text, tuple(parts), node.place)

    def holds(self, definitions: Schema) -> Schema:
        """Refer to the definition of sentences."""
        definitions["sentence"] = {
            "description": "A sentence for people. {expressions} in braces are filled in with the proposal's own "
            "values; {{ and }} are braces.",
            "type": "string",
            "pattern": NOT_BLANK,
        }
        return {"$ref": "#/$defs/sentence"}


class NamesEntry(MapEntry[dict[str, YamlNode]]):
    """A list of texts, each there once, with their nodes. ``minimum`` is how many there must be, if it is there."""

    __slots__ = ("minimum", "pattern")

    def __init__(
        self,
        note: str = "",
        *,
        key: str = "",
        optional: bool = False,
        minimum: int = 0,
        pattern: re.Pattern[str] | None = None,
    ) -> None:
        super().__init__(note, key=key, optional=optional)
        self.minimum = minimum
        self.pattern = pattern

    def absent(self) -> dict[str, YamlNode]:
        """Return no names."""
        return {}

    def read(self, entries: Entries, node: YamlNode) -> dict[str, YamlNode]:
        """Read the names."""
        found: dict[str, YamlNode] = {}
        items = entries.items(self.key, node)
        for item in items:
            if not isinstance(item, YamlScalar) or not isinstance(item.value, str) or not item.value.strip():
                entries.mistake(item, f'"{self.key}" must list texts, not {describe(item)}')
            elif item.value in found:
                entries.mistake(item, f'"{item.value}" occurs twice', "keep one of them")
            else:
                found[item.value] = item
        if self.minimum and isinstance(node, YamlList):
            entries.refuse_empty(self.key, node)
        return found

    def holds(self, definitions: Schema) -> Schema:
        """Describe the list."""
        text = {"type": "string", "pattern": _whole(self.pattern) if self.pattern else NOT_BLANK}
        return {"type": "array", "items": text, "uniqueItems": True, **_at_least(self.minimum)}


class PlainEntry(MapEntry[YamlMap | None]):
    """The entries of a proposal, as they are; None if missing."""

    __slots__ = ()

    def absent(self) -> YamlMap | None:
        """Return no entries."""
        return None

    def read(self, entries: Entries, node: YamlNode) -> YamlMap | None:
        """Take the entries."""
        if isinstance(node, YamlMap):
            return node
        entries.mistake(node, f'"{self.key}" must be the entries of a proposal, not {describe(node)}')
        return None

    def holds(self, definitions: Schema) -> Schema:
        """Describe any mapping."""
        return {"type": "object"}


class PartEntry(MapEntry[Part | None]):
    """A mapping with a table of its own; ``phrase`` names it in messages, ``{of}`` stands for what it is part of."""

    __slots__ = ("part", "phrase")

    def __init__(self, part: type[Part], phrase: str, note: str = "", *, optional: bool = False) -> None:
        super().__init__(note, optional=optional)
        self.part = part
        self.phrase = phrase

    def absent(self) -> Part | None:
        """Return nothing."""
        return None

    def read(self, entries: Entries, node: YamlNode) -> Part | None:
        """Take the mapping, to be read by its own table."""
        return self.part(node, self.phrase.format(of=entries.what), entries.mistakes)

    def holds(self, definitions: Schema) -> Schema:
        """Refer to the table."""
        return self.part.reference(definitions)


class PartsEntry(MapEntry[list[Part]]):
    """A list of mappings with a table of their own.

    ``empty`` says that there are none (``{of}`` stands for what they are part of), and what to do; it is not there for
    a list that may be empty.
    """

    __slots__ = ("empty", "part", "phrase")

    def __init__(
        self,
        part: type[Part],
        phrase: str,
        note: str = "",
        *,
        optional: bool = False,
        empty: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(note, optional=optional)
        self.part = part
        self.phrase = phrase
        self.empty = empty

    def absent(self) -> list[Part]:
        """Return nothing."""
        return []

    def read(self, entries: Entries, node: YamlNode) -> list[Part]:
        """Take the mappings, to be read by their own table."""
        if not isinstance(node, YamlList):
            entries.refuse_other(self.key, node)
            return []
        return self.parts(node, entries.what, entries.mistakes)

    def parts(self, node: YamlList, of: str, mistakes: list[PackMistake]) -> list[Part]:
        """Take the parts of a list."""
        if self.empty and not node.items:
            message, hint = self.empty
            mistakes.append(PackMistake(node.place, message.format(of=of), hint))
        return [self.part(item, self.phrase.format(of=of), mistakes) for item in node.items]

    def holds(self, definitions: Schema) -> Schema:
        """Describe the list."""
        return {"type": "array", "items": self.part.reference(definitions), **_at_least(1 if self.empty else 0)}


class KeyedEntry(MapEntry[dict[str, tuple[YamlScalar, Part]]]):
    """Mappings with a table of their own, each under a key of its own.

    ``phrase`` names one in messages; ``{name}`` stands for its key. ``refusal`` and ``hint`` tell of a key that is not
    of the ``pattern``.
    """

    __slots__ = ("hint", "part", "pattern", "phrase", "refusal")

    def __init__(
        self,
        part: type[Part],
        phrase: str,
        note: str = "",
        *,
        key: str = "",
        optional: bool = False,
        pattern: re.Pattern[str] | None = None,
        refusal: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(note, key=key, optional=optional)
        self.part = part
        self.phrase = phrase
        self.pattern = pattern
        self.refusal = refusal
        self.hint = hint

    def absent(self) -> dict[str, tuple[YamlScalar, Part]]:
        """Return nothing."""
        return {}

    def read(self, entries: Entries, node: YamlNode) -> dict[str, tuple[YamlScalar, Part]]:
        """Take the mappings by their keys, to be read by their own table."""
        if not isinstance(node, YamlMap):
            entries.mistake(node, f'"{self.key}" must be entries of the form key: value, not {describe(node)}')
            return {}
        return self.parts(node, entries.mistakes)

    def parts(self, node: YamlMap, mistakes: list[PackMistake]) -> dict[str, tuple[YamlScalar, Part]]:
        """Take the parts of a mapping by their keys."""
        found: dict[str, tuple[YamlScalar, Part]] = {}
        for name, value in node.entries.items():
            key = node.keys[name]
            if self.pattern and not self.pattern.fullmatch(name):
                mistakes.append(PackMistake(key.place, f'"{name}" {self.refusal}', self.hint))
            found[name] = key, self.part(value, self.phrase.format(name=name), mistakes)
        return found

    def holds(self, definitions: Schema) -> Schema:
        """Describe the keys and what stands under each."""
        names = {"propertyNames": {"pattern": _whole(self.pattern)}} if self.pattern else {}
        return {"type": "object", **names, "additionalProperties": self.part.reference(definitions)}


class Entries:
    """The entries of one mapping of a file. ``what`` names it in messages ("rule COAPP-2", "the source").

    A table is a class of its own with the entries as attributes. ``definition`` is its name in the published schema,
    empty for a part that has none, and ``about`` says there what it is. To read an entry notes a mistake where it is
    missing or wrong, and gives something harmless, so that the rest can be looked at too: nothing that is built from
    entries with mistakes is ever used.
    """

    definition: ClassVar[str] = ""
    about: ClassVar[str] = ""
    table: ClassVar[Mapping[str, MapEntry[Any]]] = {}

    def __init_subclass__(cls) -> None:
        own = (entry for entry in cls.__dict__.values() if isinstance(entry, MapEntry))
        cls.table = {**cls.table, **{entry.key: entry for entry in own}}

    def __init__(self, node: YamlNode, what: str, mistakes: list[PackMistake]) -> None:
        self.what = what
        self.mistakes = mistakes
        self.place = node.place
        self._taken: set[str] = set()
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

    def has_only(self, *keys: str) -> bool:
        """Tell whether these entries are there and no others."""
        return len(self._map.entries) == len(keys) and all(key in self._map.entries for key in keys)

    def take(self, entry: MapEntry[Value]) -> Value:
        """Read an entry, which need not be in the table."""
        node = self.node(entry.key, required=not entry.optional)
        return entry.absent() if node is None else entry.read(self, node)

    def node(self, key: str, *, required: bool = True) -> YamlNode | None:
        """Take an entry as it is; None where it is missing, or has no value."""
        self._taken.add(key)
        found = self._map.entries.get(key)
        if found is None:
            if required:
                self.miss(key)
            return None
        if isinstance(found, YamlScalar) and found.value is None:
            self.mistake(self._map.keys[key], f'"{key}" has no value', "add a value, or remove the line")
            return None
        return found

    def miss(self, key: str) -> None:
        """Note that an entry is missing."""
        if not self._broken:
            self.mistake(self.place, f'"{key}" is missing in {self.what}')

    def items(self, key: str, node: YamlNode) -> list[YamlNode]:
        """List the items of an entry, none where it is not a list."""
        if isinstance(node, YamlList):
            return node.items
        self.refuse_other(key, node)
        return []

    def refuse_other(self, key: str, node: YamlNode) -> None:
        """Note that an entry is not a list."""
        self.mistake(node, f'"{key}" must be a list, not {describe(node)}')

    def refuse_empty(self, key: str, node: YamlList) -> None:
        """Note that a list has no item."""
        if not node.items:
            self.mistake(node, f'"{key}" of {self.what} names nothing', "name one, or remove the line")

    def written(self, key: str) -> YamlNode | None:
        """Find an entry as it is written, whether it is right or wrong; None where it is missing."""
        return self._map.entries.get(key)

    def place_of(self, key: str) -> Place:
        """Find where the value of an entry is; the mapping's own place where it is missing."""
        found = self._map.entries.get(key)
        return found.place if found else self.place

    def key_place(self, key: str) -> Place:
        """Find where the key of an entry is that is there."""
        return self._map.keys[key].place

    def finish(self) -> None:
        """Read the entries of the table that nobody has read, and note what is not in it."""
        written = self._map.entries
        for key, entry in self.table.items():
            # Of one that may be missing, and is, there is nothing to read.
            if key not in self._taken and (key in written or not entry.optional):
                self.take(entry)
        self.refuse_unknown()

    def refuse_unknown(self) -> None:
        """Note the entries that are not in the table."""
        if self._map.keys.keys() <= self.table.keys():
            return
        known = self._taken | self.table.keys()
        for key in self._map.keys.keys() - known:
            hint = did_you_mean(key, known - self._map.keys.keys()) or f"it may have {', '.join(sorted(known))}"
            if key.replace(" ", "").isdigit():
                # A comma ends an entry in { }: what follows it was meant as part of a number.
                hint = number_hint(f"{self._before(key)},{key}")
            self.mistake(self._map.keys[key], f'{self.what} has no entry "{key}"', hint)

    def _before(self, key: str) -> str:
        """The text of the value that is written before a key."""
        names = list(self._map.entries)
        before = self._map.entries[names[names.index(key) - 1]]
        return before.file.text[before.start : before.end] if isinstance(before, YamlScalar) else ""

    @classmethod
    def schema(cls, definitions: Schema) -> Schema:
        """Describe the mapping in JSON Schema, adding what it refers to to ``definitions``."""
        needed = [key for key, entry in cls.table.items() if not entry.optional]
        return {
            **({"description": cls.about} if cls.about else {}),
            "type": "object",
            "properties": {key: entry.schema(definitions) for key, entry in cls.table.items()},
            **({"required": needed} if needed else {}),
            "additionalProperties": False,
        }

    @classmethod
    def reference(cls, definitions: Schema) -> Schema:
        """Refer to the mapping from another schema: by its name among the definitions, or as a whole."""
        if not cls.definition:
            return cls.schema(definitions)
        if cls.definition not in definitions:
            definitions[cls.definition] = {}
            definitions[cls.definition] = cls.schema(definitions)
        return {"$ref": f"#/$defs/{cls.definition}"}


class FileTable:
    """A kind of file: its name among the published schemas, and what it holds.

    That is one mapping, or a list or a keyed set of them (``holds``). ``wanted`` and ``hint`` say so where a file is
    something else.
    """

    __slots__ = ("about", "hint", "holds", "name", "title", "wanted")

    def __init__(
        self,
        name: str,
        holds: type[Entries] | PartsEntry[Any] | KeyedEntry[Any],
        *,
        title: str,
        about: str,
        wanted: str = "",
        hint: str = "",
    ) -> None:
        self.name = name
        self.holds = holds
        self.title = title
        self.about = about
        self.wanted = wanted
        self.hint = hint

    def refuse(self, root: YamlNode, mistakes: list[PackMistake]) -> None:
        """Note that a file holds something else."""
        mistakes.append(PackMistake(root.place, f"this file must be {self.wanted}, not {describe(root)}", self.hint))

    def schema(self) -> Schema:
        """Make the published JSON Schema (draft 2020-12)."""
        definitions: Schema = {}
        held = self.holds.schema(definitions)
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"urn:mpfcheck:{self.name}:1",
            "title": self.title,
            **held,
            "description": self.about,
            **({"$defs": definitions} if definitions else {}),
        }


def _whole(pattern: re.Pattern[str]) -> str:
    """The pattern as JSON Schema wants it: of the whole text."""
    return f"^({pattern.pattern})$" if "|" in pattern.pattern else f"^{pattern.pattern}$"


def _at_least(minimum: int) -> Schema:
    return {"minItems": minimum} if minimum else {}


def _feel(definitions: Schema) -> Schema:
    definitions["feel"] = {
        "description": "An expression in FEEL. Put the whole in quotes if it begins with a bracket, brace or quotation "
        "mark, or contains a colon and a blank.",
        "type": ["string", "number", "boolean"],
    }
    return {"$ref": "#/$defs/feel"}


def _text(entries: Entries, key: str, node: YamlNode) -> str:
    if isinstance(node, YamlScalar) and isinstance(node.value, str):
        if not node.value.strip():
            entries.mistake(node, f'"{key}" is empty')
        return node.value
    hint = "put it in quotes"
    if not isinstance(node, YamlScalar):
        written = node.file.text.splitlines()[node.line - 1][node.column - 1 :]
        hint = f"a text that begins with {written[0]} needs quotes around the whole" if written[0] in "{[" else ""
    entries.mistake(node, f'"{key}" must be a text, not {describe(node)}', hint)
    return ""


def _expression(entries: Entries, key: str, node: YamlNode) -> Condition | None:
    if not isinstance(node, YamlScalar) or node.value is None:
        hint = (
            "" if isinstance(node, YamlScalar) else "a condition that begins with { or [ needs quotes around the whole"
        )
        entries.mistake(node, f'"{key}" must be an expression, not {describe(node)}', hint)
        return None
    # A lone true or 5 is an expression too, though YAML has read it as a value.
    text = node.value if isinstance(node.value, str) else node.file.text[node.start : node.end]
    if not text.strip():
        entries.mistake(node, f'"{key}" is empty')
        return None
    condition = _condition(node, text, 0)
    entries.mistakes += syntax_mistakes([condition])
    return condition


def _condition(node: YamlScalar, text: str, start: int) -> Condition:
    return Condition(text, None, None, partial(_place_after, node, start), _read_tree)


# Texts of patterns, compiled where there is something wrong.
_CURRENCY = r"(?i:€|\bEUR\b|\beuros?\b)"
_BLANK = r"[ \u00a0\u2009\u202f.,'’]"  # noqa: RUF001 - what people write between thousands
_NUMBER_FOR_PEOPLE = (
    rf"(?P<whole>\d{{1,3}}(?:(?P<between>{_BLANK})\d{{3}}(?:(?P=between)\d{{3}})*)?|\d+)(?:[.,](?P<part>\d\d?))?"
)


def number_hint(written: str) -> str:
    """How a number is written, with the one meant where the text can be read in one way only."""
    plain = re.sub(_CURRENCY, "", written).strip()
    found = re.fullmatch(_NUMBER_FOR_PEOPLE, plain)
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
