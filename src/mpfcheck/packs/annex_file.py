"""``annex.schema.json``: the JSON Schema of what one call asks beyond the common fields, read as fields of its annex.

Of JSON Schema (draft 2020-12) only what describes fields may be used: an object with properties, a list with items, a
text, a text with an enum or of the format ``date`` or ``date-time``, true or false, and references to what the schema
of the proposal defines, such as ``{"$ref": "urn:mpfcheck:proposal:1#/$defs/Country"}``. So every field has a type that
conditions can be checked with.

Under ``$defs``, ``applicant``, ``activity``, ``budget_line``, ``contribution`` and ``document`` describe in the same
way what the call asks of each of these: the ``annex`` that such a record may have.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from mpfcheck.frozen import FrozenDict
from mpfcheck.nearest import did_you_mean
from mpfcheck.packs.entries import NAME, Entries, KeyedEntry, NamesEntry, TextEntry, WordEntry
from mpfcheck.packs.mistake import PackMistake
from mpfcheck.packs.yaml_file import YamlFile, YamlNode, YamlScalar
from mpfcheck.proposal.annex import HOLDERS
from mpfcheck.proposal.fields import Code, Day, Field, Kind, Many, Moment, Record, Text, YesNo, proposal_kinds

__all__ = ["AnnexSchema", "read_annex"]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
PROPOSAL = "urn:mpfcheck:proposal:1#/$defs/"


class _Type(StrEnum):
    """What a field of an annex may hold, where it is not one of the proposal's own kinds."""

    STRING = "string"
    BOOLEAN = "boolean"
    ARRAY = "array"
    OBJECT = "object"


class _AbsentList(StrEnum):
    """What an absent list means."""

    EMPTY = "empty"


class _Format(StrEnum):
    """What the text of a field may mean."""

    DATE = "date"
    DATE_TIME = "date-time"


_TITLE = TextEntry(key="title")
_DESCRIPTION = TextEntry(key="description")
_DESCRIPTION_OF_A_RECORD = TextEntry(key="description", optional=True)
_TYPE = WordEntry(_Type, key="type")
_PROPERTIES = KeyedEntry(
    Entries,
    'the field "{name}"',
    key="properties",
    pattern=NAME,
    refusal="cannot be the name of a field",
    hint="small letters, digits and _, such as signed_partnerships",
)
_PARTS = KeyedEntry(Entries, 'the annex of "{name}"', key="$defs", optional=True)


class AnnexSchema:
    """The annex of a call: its fields, those of records of the proposal, and where each code list is named.

    ``record`` is None where the call asks only for fields of records.
    """

    __slots__ = ("code_lists", "codes", "parts", "record")

    def __init__(
        self,
        record: Record | None,
        parts: Mapping[str, Record],
        code_lists: Mapping[str, YamlNode],
        codes: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.record = record
        self.parts = parts
        self.code_lists = code_lists
        self.codes = codes


def read_annex(file: YamlFile, mistakes: list[PackMistake]) -> AnnexSchema:
    """Read the schema, adding what is wrong to ``mistakes``."""
    reading = _AnnexReading(file, mistakes)
    entries = Entries(file.root, "the schema of the annex", mistakes)
    dialect = entries.take(TextEntry(key="$schema"))
    if dialect and dialect != DRAFT:
        entries.mistake(entries.place_of("$schema"), f'"$schema" cannot be "{dialect}"', f'it is "{DRAFT}"')
    entries.node("$id", required=False)
    entries.node("$comment", required=False)
    if entries.take(_TYPE) is not _Type.OBJECT:
        entries.mistake(entries.place_of("type"), "an annex is an object", 'write "type": "object"')
    parts = {}
    for name, (key, part) in entries.take(_PARTS).items():
        if name not in HOLDERS:
            hint = did_you_mean(name, HOLDERS) or f"there are {', '.join(HOLDERS)}"
            entries.mistake(key, f'"{name}" is not a record with an annex of its own', hint)
            continue
        part.take(_TYPE)
        parts[name] = reading.record(part, "annex")
        part.finish()
    record = reading.record(entries, "annex") if entries.has("properties") or not parts else None
    if record is None:
        entries.take(TextEntry(key="title", optional=True))
        entries.take(_DESCRIPTION_OF_A_RECORD)
    entries.finish()
    return AnnexSchema(record, parts, reading.code_lists, reading.codes)


class _AnnexReading:
    """Fields out of a schema, with the code lists it names."""

    def __init__(self, file: YamlFile, mistakes: list[PackMistake]) -> None:
        self.file = file
        self.mistakes = mistakes
        self.code_lists: dict[str, YamlNode] = {}
        self.codes: dict[str, tuple[str, ...]] = {}

    def record(self, entries: Entries, name: str) -> Record:
        """The record an object describes. Messages call it by its ``x-record``, by ``name``, or by its title."""
        title = entries.take(_TITLE)
        entries.take(_DESCRIPTION_OF_A_RECORD)
        named = entries.take(TextEntry(key="x-record", optional=True))
        fields: dict[str, Field] = {}
        for field, (_, described) in entries.take(_PROPERTIES).items():
            fields[field] = self._field(field, described)
        if entries.has("properties") and not fields:
            entries.mistake(entries.place_of("properties"), f"{entries.what} has no properties")
        return Record(named or name or title.lower(), FrozenDict(fields))

    def _field(self, name: str, entries: Entries) -> Field:
        title, description = entries.take(_TITLE), entries.take(_DESCRIPTION)
        absent: Literal["unanswered", "empty"] = "unanswered"
        entries.take(WordEntry(_AbsentList, key="x-absent", optional=True))
        if entries.has("x-absent"):
            absent = "empty"
        kind = self._kind(entries, name)
        if absent == "empty" and not isinstance(kind, Many):
            entries.mistake(entries.place_of("x-absent"), 'only a list can be "x-absent": "empty"')
        entries.finish()
        return Field(kind, title, description, absent)

    def _kind(self, entries: Entries, name: str) -> Kind:
        if entries.has("$ref"):
            return self._reference(entries)
        type_ = entries.node("type")
        if isinstance(type_, YamlScalar) and type_.value in ("number", "integer"):
            hint = f'refer to what the proposal knows: "$ref": "{PROPOSAL}Amount", or Quantity, or Months'
            entries.mistake(type_, f'"type" cannot be "{type_.value}", which says neither unit nor precision', hint)
            return Text()
        match entries.take(_TYPE):
            case _Type.BOOLEAN:
                return YesNo()
            case _Type.STRING:
                return self._text(entries)
            case _Type.ARRAY:
                return Many(self._item(entries, name))
            case _Type.OBJECT:
                return self.record(entries, "")

    def _reference(self, entries: Entries) -> Kind:
        reference = entries.take(TextEntry(key="$ref"))
        kinds = proposal_kinds()
        name = reference.removeprefix(PROPOSAL)
        if reference.startswith(PROPOSAL) and name in kinds:
            return kinds[name]
        hint = did_you_mean(name.rpartition("/")[2], kinds) or f"there are {', '.join(kinds)}"
        entries.mistake(entries.place_of("$ref"), f'"{reference}" is nothing that "{PROPOSAL}…" defines', hint)
        return Text()

    def _text(self, entries: Entries) -> Kind:
        code_list = entries.take(TextEntry(key="x-code-list", optional=True)) or None
        node = entries.written("x-code-list")
        if entries.has("format"):
            return self._formatted(entries)
        if not entries.has("enum"):
            entries.node("enum", required=code_list is not None)
            return Text()
        listed = entries.take(NamesEntry(key="enum"))
        codes = tuple(listed)
        if code_list and node:
            self.code_lists.setdefault(code_list, node)
            self.codes.setdefault(code_list, codes)
            if set(self.codes[code_list]) != set(codes):
                entries.mistake(entries.place_of("enum"), f'the codes of "{code_list}" are given in two ways')
        return Code(code_list, codes)

    def _formatted(self, entries: Entries) -> Kind:
        """A text of a form that has a meaning: a day, or a moment."""
        return Day() if entries.take(WordEntry(_Format, key="format")) is _Format.DATE else Moment()

    def _item(self, entries: Entries, name: str) -> Kind:
        node = entries.node("items")
        if node is None:
            return Text()
        items = Entries(node, f'the items of "{name}"', self.mistakes)
        kind = self._kind(items, name)
        items.finish()
        return kind
