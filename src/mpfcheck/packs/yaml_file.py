"""YAML text to nodes with places: the one module of this room that reads YAML, and writes a text for it.

A small, unsurprising YAML: one document, no tags, no anchors or aliases, no duplicate keys; only ``true`` and ``false``
are booleans (``NO`` stays Norway), only plain decimals are numbers, and exact; everything else is text, dates too.
It is read from the parser's events, one after the other, so that neither deep nesting nor aliases can blow it up.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast

from mpfcheck.packs.mistake import PackError, PackMistake, Place

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "PlainData",
    "YamlFile",
    "YamlList",
    "YamlMap",
    "YamlNode",
    "YamlScalar",
    "quoted",
    "read_yaml",
    "yaml_without_patterns",
]


class _PatternOfYaml:
    """A pattern of PyYAML, compiled when it is first used."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self._given, self._named = given, named

    def __getattr__(self, name: str) -> Any:
        return getattr(re.compile(*self._given, **self._named), name)


def yaml_without_patterns() -> Any:
    """PyYAML, imported without compiling its patterns.

    They tell numbers, dates and unprintable characters in what its own Python code reads; here its C code reads, and
    texts are told apart below. Compiling them takes a tenth of the time in which a proposal is checked.
    """
    compile_now = re.compile

    def compile_later(*given: Any, **named: Any) -> Any:
        # Other threads may compile patterns meanwhile.
        of_yaml = sys._getframe(1).f_globals["__name__"].startswith("yaml.")
        return (_PatternOfYaml if of_yaml else compile_now)(*given, **named)

    vars(re)["compile"] = compile_later
    try:
        return import_module("yaml")
    finally:
        vars(re)["compile"] = compile_now


if TYPE_CHECKING:
    import yaml
else:
    yaml = yaml_without_patterns()

PlainData: TypeAlias = "bool | int | Decimal | str | list[PlainData] | dict[str, PlainData] | None"

# Texts of patterns that few files need: each is compiled when it is first used.
_LINE_BREAK = "\r\n|[\n\r\x85\u2028\u2029]"
_DOUBLE_QUOTED = (
    r"(?s:\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})|(?P<break>\r?\n)|(?P<c>.))|.)"
)
_WHITE_ESCAPES = frozenset("ntr \t_vfeLPN")


class YamlScalar:
    """A single value: None, bool, int, Decimal or text; ``start`` and ``end`` are the offsets of its source text."""

    __slots__ = ("_begin", "_end", "file", "style", "value")

    def __init__(
        self, file: YamlFile, value: bool | int | Decimal | str | None, style: str, begin: _Mark, end: _Mark
    ) -> None:
        self.file = file
        self.value = value
        self.style = style
        # As the parser has them: most are never asked for.
        self._begin = begin
        self._end = end

    @property
    def line(self) -> int:
        """The line on which it begins, from 1."""
        return self._begin.line + 1

    @property
    def column(self) -> int:
        """The column at which it begins, from 1."""
        return self._begin.column + 1

    @property
    def start(self) -> int:
        """The offset at which it begins."""
        return self._begin.index

    @property
    def end(self) -> int:
        """The offset at which it ends."""
        return self._end.index

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
        breaks = list(re.finditer(_LINE_BREAK, before))
        if not breaks:
            return Place(self.file.name, self.line, self.column + len(before))
        return Place(self.file.name, self.line + len(breaks), len(before) - breaks[-1].end() + 1)

    def _black(self) -> Iterator[tuple[int, int]]:
        """Yield the source offsets (start, end) of every character of the value that is not white space, in order.

        Folding and indentation only ever touch white space, so the n-th of these is the value's n-th.
        """
        text, start, end = self.file.text, self.start, self.end
        if self.style in ("|", ">"):
            header = re.compile(_LINE_BREAK).search(text, start, end)
            start = header.end() if header else end
        elif self.style == '"':
            for match in re.compile(_DOUBLE_QUOTED).finditer(text, start + 1, end - 1):
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


MAX_BYTES = 1_000_000
MAX_DEPTH = 40

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,33})(\.[0-9]{1,34})?")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_UNPRINTABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"

_COLUMN = "look at the indentation: entries of one group begin in the same column"
_BRACKETS = "a list in [ ] or an entry in { } is not closed, or a comma is missing"

# What the YAML parser says (its C and its Python edition differ), the same in plain words ({} is what is there), and
# what a person can do about it. What is not here stays in the words of the parser.
_IN_WORDS = (
    (
        "mapping values are not allowed",
        "a colon with a blank after it is not allowed here",
        "a text with a colon and a blank in it needs quotes, and an entry its own line",
    ),
    ("tab character", "a tab is not allowed as indentation", "indent with blanks, never with tabs"),
    (
        "cannot start any token",
        "a text cannot begin with this character",
        "a text may not begin with @, ` or %, and tabs may not indent: use quotes and blanks",
    ),
    ("unexpected end of stream", "the file ends inside a quoted text", "a quote that is opened must be closed"),
    ("expected ',' or '}'", '{}, but a comma or "}}" is expected', _BRACKETS),
    ("expected ',' or ']'", '{}, but a comma or "]" is expected', _BRACKETS),
    ("expected ':'", "a key has no colon after it", "a key needs a colon and a blank after it"),
    ("expected key", "{}, but the next key is expected", _COLUMN),
    ("expected '-' indicator", '{}, but the next "-" is expected', _COLUMN),
    ("node content", "{}, but a value is expected", _COLUMN),
    ("expected <document start>", "{}, but the end of the file is expected", _COLUMN),
    ("expected <block end>", "{}, but the next entry is expected", _COLUMN),
    ("sequence entries are not allowed", 'a list item that begins with "-" is not allowed here', _COLUMN),
    (
        "unknown escape character",
        "the character after this backslash has no meaning",
        "write two backslashes for one, or use single quotes",
    ),
)

_GROUPS = (
    ("block mapping", "the group"),
    ("flow mapping", "the entry in { }"),
    ("flow sequence", "the list in [ ]"),
    ("block collection", "the list"),
    ("block sequence", "the list"),
    ("scalar", "the text"),
    ("simple key", "the key"),
)
"""What the parser was reading, in its words and in plain ones."""


class _Mark(Protocol):
    """Where an event begins or ends; counted from 0, in characters."""

    index: int
    line: int
    column: int


class _Event(Protocol):
    """An event of the YAML parser. Each kind has the marks; only some have the rest."""

    start_mark: _Mark
    end_mark: _Mark
    anchor: str | None
    tag: str | None
    value: str
    style: str | None
    version: tuple[int, int] | None
    tags: dict[str, str] | None


def read_yaml(data: bytes, name: str) -> YamlFile:
    """Read one YAML file; ``name`` is what messages call it.

    Raises PackError if it is no YAML, or has in it what a rule pack may not have.
    """
    if len(data) > MAX_BYTES:
        raise PackError([PackMistake(Place(name, 1, 1), f"the file is larger than {MAX_BYTES} bytes", "split it up")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8-sig", "replace")) + 1
        mistake = PackMistake(Place(name, line, column), "this is not UTF-8", "save the file as UTF-8")
        raise PackError([mistake]) from None
    file = YamlFile(name, text)
    reader = _YamlReader(file)
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        root = reader.read(iter(cast("Callable[[], _Event | None]", loader.get_event), None))
    except yaml.YAMLError as error:
        raise PackError([*reader.mistakes, _syntax_mistake(error, text, name)]) from None
    if root is None and not reader.mistakes:
        reader.mistakes.append(PackMistake(Place(name, 1, 1), "the file is empty"))
    if root is None or reader.mistakes:
        raise PackError(reader.mistakes)
    file.root = root
    return file


def _plain_value(text: str) -> bool | int | Decimal | str | None:
    """What a text without quotes means."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "-0123456789" and (number := _NUMBER.fullmatch(text)):
        return Decimal(text) if number[1] else int(text)
    return text


class _YamlReader:
    """Events to nodes, keeping what is wrong on the way."""

    def __init__(self, file: YamlFile) -> None:
        self.file = file
        self.mistakes: list[PackMistake] = []

    def read(self, events: Iterator[_Event]) -> YamlNode | None:
        """Return the root node, None for a file without a document."""
        root: YamlNode | None = None
        holder: YamlList | YamlMap | None = None
        key: str | None = None  # The key of the mapping in hand that waits for its value.
        outer: list[tuple[YamlList | YamlMap | None, str | None]] = []
        file = self.file
        scalar, map_start, list_start = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
        map_end, list_end = yaml.MappingEndEvent, yaml.SequenceEndEvent
        # A call has thousands of scalars: what is done with one is written here, not in functions of their own.
        for event in events:
            kind: type[object] = type(event)
            node: YamlNode
            if kind is scalar:
                value = event.value
                style = event.style or ""
                if event.tag is not None or event.anchor is not None:
                    self._refuse_dressing(event)
                if key is None and type(holder) is YamlMap:
                    # A key is always its text, whatever it would mean as a value.
                    key = value
                    if key in holder.keys:
                        self._repeated(holder.keys[key], event)
                    else:
                        holder.keys[key] = YamlScalar(file, key, style, event.start_mark, event.end_mark)
                    continue
                node = YamlScalar(
                    file, value if style else _plain_value(value), style, event.start_mark, event.end_mark
                )
            elif kind is map_start or kind is list_start:
                start = event.start_mark
                shape = YamlMap if kind is map_start else YamlList
                node = shape(file, start.line + 1, start.column + 1)
                self._refuse_dressing(event)
            elif kind is map_end or kind is list_end:
                holder, key = outer.pop()
                continue
            elif kind is yaml.AliasEvent:
                self._mistake(event, f'aliases such as "*{event.anchor}" are not allowed', "write it out")
                node = self._nothing(event)
            else:
                if kind is yaml.DocumentStartEvent:
                    self._document(event, root)
                continue

            if type(holder) is YamlMap:
                if key is None:
                    self._mistake(event, "a key must be a text")
                    key = ""  # Its value comes next, when it ends.
                else:
                    holder.entries.setdefault(key, node)
                    key = None
            elif type(holder) is YamlList:
                holder.items.append(node)
            else:
                root = root or node
            if type(node) is not YamlScalar:
                outer.append((holder, key))
                holder, key = cast("YamlList | YamlMap", node), None
                if len(outer) > MAX_DEPTH:
                    self._mistake(event, f"nested more than {MAX_DEPTH} deep")
                    return root
        return root

    def _repeated(self, first: YamlScalar, event: _Event) -> None:
        hint = f"it is also on line {first.line}: keep one of them"
        self._mistake(event, f'the key "{event.value}" occurs twice', hint)

    def _nothing(self, event: _Event) -> YamlScalar:
        return YamlScalar(self.file, None, "", event.start_mark, event.start_mark)

    def _refuse_dressing(self, event: _Event) -> None:
        if event.anchor is not None:
            self._mistake(event, f'anchors such as "&{event.anchor}" are not allowed', "write it out")
        if event.tag is not None:
            self._mistake(event, f'tags such as "{event.tag}" are not allowed', "remove it")

    def _document(self, event: _Event, root: YamlNode | None) -> None:
        if root is not None:
            self._mistake(event, "there is a second document here", "one file holds one document")
        if event.version or event.tags:
            self._mistake(event, "directives such as %YAML are not allowed", "remove it")

    def _mistake(self, event: _Event, message: str, hint: str = "") -> None:
        place = Place(self.file.name, event.start_mark.line + 1, event.start_mark.column + 1)
        self.mistakes.append(PackMistake(place, message, hint))


def _syntax_mistake(error: yaml.YAMLError, text: str, name: str) -> PackMistake:
    """Say what the YAML parser stumbled over, where, and what to do."""
    unprintable = re.search(_UNPRINTABLE, text)
    if unprintable:
        at = unprintable.start()
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        message = f"the character U+{ord(unprintable[0]):04X} is not allowed in YAML"
        return PackMistake(Place(name, line, column), message, "remove it; it cannot be seen")
    mark: _Mark | None = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or "it cannot be read")
    context = str(getattr(error, "context", None) or "")
    start: _Mark | None = getattr(error, "context_mark", None)
    begins = f" that begins on line {start.line + 1}" if start and mark and start.line < mark.line else ""
    place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name, 1, 1)
    in_words, hint = next(((ours, advice) for words, ours, advice in _IN_WORDS if words in problem), ("", ""))
    if in_words:
        group = next((ours for words, ours in _GROUPS if words in context), "")
        message = in_words.format(_there(text, place)) + (f", in {group}{begins}" if group and begins else "")
    else:
        message = f"{problem}{f' ({context}{begins})' if context else ''}"
    return PackMistake(place, f"this is not YAML: {message}", _cause(text.splitlines(), place) or hint)


def _there(text: str, place: Place) -> str:
    """What is at a place: its character, or that the line or the file ends there."""
    from mpfcheck.json_codec import found_in_words

    lines = text.rstrip().split("\n")
    if place.line > len(lines) or (place.line == len(lines) and place.column > len(lines[-1])):
        return found_in_words("")
    return found_in_words(lines[place.line - 1].rstrip()[place.column - 1 : place.column] or "\n")


_ENTRY = r"(?P<indent> *)(?P<dash>- +)?(?P<key>[A-Za-z_][\w ]*):(?: +(?P<value>\S.*))?"


def _cause(lines: list[str], place: Place) -> str:
    """What was most likely done where the parser stumbled, and how to write it right; empty where it is not seen.

    The parser stumbles on the line itself or on the one after it.
    """
    for number in (place.line, place.line - 1):
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        found = re.fullmatch(_ENTRY, line.rstrip())
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return f"line {number} is indented with a tab: use blanks"
        if found is None:
            continue
        key, value = found["key"], found["value"] or ""
        if value[:1] in ("{", "[") and _after_brackets(value):
            return f"a text that begins with {value[0]} needs quotes around the whole: {key}: {_in_quotes(value)}"
        if value[:1] == '"' and len(re.findall(r'(?<!\\)"', value)) > 2:
            return (
                f'inside double quotes a quotation mark is written \\", or single quotes go around it (line {number})'
            )
        if value[:1] not in ("", '"', "'", "{", "[", "|", ">", "#") and re.search(r":(?: |$)", value):
            return f"a text with a colon and a blank in it needs quotes: {key}: {_in_quotes(value)}"
    return _wrong_indent(lines, place.line)


def _after_brackets(value: str) -> str:
    """What follows the brackets a value begins with, a comment left out: then it was meant as a text."""
    closing = {"{": "}", "[": "]"}[value[0]]
    after = value[value.rfind(closing) + 1 :].strip() if closing in value else ""
    return "" if after.startswith("#") else after


def _in_quotes(value: str) -> str:
    quote = "'" if '"' in value else '"'
    return f"{quote}{_shortened(value)}{quote}"


def _shortened(value: str) -> str:
    return value if len(value) <= 50 else f"{value[:47]}…"


def _wrong_indent(lines: list[str], number: int) -> str:
    """How the line is indented, where no entry before it that is still open begins in the same column."""
    found = re.match(_ENTRY, lines[number - 1]) if 0 < number <= len(lines) else None
    if found is None:
        return ""
    indent = len(found["indent"]) + len(found["dash"] or "")
    before = [
        (place, match)
        for place, line in enumerate(lines[: number - 1], 1)
        if (match := re.match(_ENTRY, line)) is not None
    ]
    if not before:
        return ""
    last, match = before[-1]
    columns = {len(one["indent"]) + len(one["dash"] or "") for _, one in before}
    expected = len(match["indent"]) + len(match["dash"] or "")
    deeper_is_right = not match["value"]
    if indent == expected or (indent < expected and indent in columns) or (indent > expected and deeper_is_right):
        return ""
    return (
        f"line {number} begins after {_blanks(indent)}, line {last} after {_blanks(expected)}: entries of one group "
        "begin in the same column"
    )


def _blanks(count: int) -> str:
    return f"{count} blank{'s' if count != 1 else ''}"


_PLAIN = r"[A-Za-z][A-Za-z0-9 ,.()/'_-]*[A-Za-z0-9.)]|[0-9]{4}-[0-9]{2}-[0-9]{2}"
_NOT_TEXTS = ("true", "false", "null")


def quoted(text: str) -> str:
    """The text as it stands where that is safe, in double quotes otherwise."""
    if re.fullmatch(_PLAIN, text) and text not in _NOT_TEXTS:
        return text
    # What JSON writes between quotes, YAML reads as the same. Nobody who only reads files needs it.
    import json

    return json.dumps(text, ensure_ascii=False)
