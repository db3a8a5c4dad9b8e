"""Lists of codes, such as groups of countries: what they hold, their files, where they are found, and their labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum

from mpfcheck.frozen import Frozen
from mpfcheck.packs.entries import (
    NAME,
    NOT_BLANK,
    Entries,
    FileTable,
    MapEntry,
    Schema,
    TextEntry,
    WordEntry,
    describe,
)
from mpfcheck.packs.folder import PackFiles
from mpfcheck.packs.mistake import NO_PLACE, PackError, PackMistake, Place
from mpfcheck.packs.yaml_file import YamlFile, YamlList, YamlMap, YamlNode, YamlScalar, read_yaml

__all__ = ["CODE_LIST", "CODE_LISTS", "NO_LABELS", "CodeList", "CodeListShelf", "Labels", "Member", "read_code_list"]


class Member(Frozen):
    """A code of a list: the label people read, where it is from, how sure that is (``high``, ``medium``, ``low``).

    The label is empty where it is the one of the list these codes are taken from.
    """

    beside = frozenset({"place"})
    in_short = ("code", "label")

    code: str
    label: str
    source: str = ""
    confidence: str = "high"
    note: str = ""
    place: Place = NO_PLACE


class CodeList(Frozen):
    """A list of codes. Candidates are codes some source counts in and others do not: a person must judge.

    ``of`` names the code list whose codes these are (a group of countries is ``of`` countries), None for its own.
    """

    beside = frozenset({"place"})
    in_short = ("id", "title")

    id: str
    title: str
    members: tuple[Member, ...]
    candidates: tuple[Member, ...] = ()
    note: str = ""
    of: str | None = None
    place: Place = NO_PLACE


class Labels:
    """The labels of codes, by code list.

    ``read`` finds a code list by its id (None where there is none), ``split`` the same with some of its labels apart
    (:meth:`CodeListShelf.split`). Threads may share it: reading twice does no harm.
    """

    __slots__ = ("_known", "_read", "_split")

    def __init__(
        self,
        read: Callable[[str], CodeList | None],
        split: Callable[[str], tuple[dict[str, str], CodeList | None]] | None = None,
    ) -> None:
        self._read = read
        self._split = split
        self._known: dict[str, dict[str, str]] = {}

    def code_list(self, code_list: str) -> CodeList | None:
        """Find a code list by its id, also one that no condition names; None where there is none."""
        return self._read(code_list)

    def label(self, code_list: str, code: str) -> str:
        """Tell what people call a code; the code itself where nothing else is known."""
        known = self._known.get(code_list)
        if known is None:
            known = self._known[code_list] = self._labels_of(code_list)
        return known.get(code, code)

    def _labels_of(self, code_list: str) -> dict[str, str]:
        labels: dict[str, str] = {}
        if self._split is None:
            found = self._read(code_list)
        else:
            labels, found = self._split(code_list)
        if found is None:
            return labels
        base = self._read(found.of) if found.of else None
        taken = {member.code: member.label for member in base.members} if base else {}
        members = (*found.members, *found.candidates)
        labels |= {member.code: member.label or taken.get(member.code) or member.code for member in members}
        return labels


NO_LABELS = Labels(lambda _: None)


class _Confidence(StrEnum):
    """How sure it is that a code belongs to a list."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class _MemberEntries(Entries):
    """The entries of a code that is listed with more than its label."""

    definition = "member"
    about = "A code of the list."
    code = TextEntry('The code. Quote "NO".')
    label = TextEntry("The name that people read.", optional=True)
    source = TextEntry("Its source.", optional=True)
    confidence = WordEntry(_Confidence, "The confidence: high, medium, low.", optional=True)
    note = TextEntry("Notes on it.", optional=True)


class _Listed(Frozen):
    """A code as it is listed, before what the list says of all its codes is added. ``member`` is None for a label."""

    node: YamlNode
    code: str
    label: str = ""
    member: _MemberEntries | None = None


_CODE_AND_LABEL = {"code", "label"}


def _text_of(node: YamlNode) -> str:
    """The text of a node; empty where it has none but blanks."""
    return node.value if isinstance(node, YamlScalar) and isinstance(node.value, str) and node.value.strip() else ""


class _MembersEntry(MapEntry[list[_Listed]]):
    """Codes: a list of codes and of entries, or a mapping of codes to labels; none if missing."""

    __slots__ = ()

    def absent(self) -> list[_Listed]:
        """Return no codes."""
        return []

    def read(self, entries: Entries, node: YamlNode) -> list[_Listed]:
        """Read the codes."""
        if isinstance(node, YamlMap):
            return [
                _Listed(node.keys[code], code, self._text(entries, label, f'the label of "{code}"'))
                for code, label in node.entries.items()
            ]
        if isinstance(node, YamlList):
            return [self._listed(entries, item) for item in node.items]
        entries.mistake(node, f'"{self.key}" must be a list, or labels by code, not {describe(node)}')
        return []

    def _listed(self, entries: Entries, node: YamlNode) -> _Listed:
        if isinstance(node, YamlScalar) and isinstance(node.value, str):
            return _Listed(node, self._text(entries, node, "a code"))
        if isinstance(node, YamlMap) and node.entries.keys() == _CODE_AND_LABEL:
            # Most codes of long lists: there is nothing else to look for.
            code, label = _text_of(node.entries["code"]), _text_of(node.entries["label"])
            if code and label:
                return _Listed(node, code, label)
        member = _MemberEntries(node, f"a member of {entries.what}", entries.mistakes)
        return _Listed(node, member.code, member.label, member)

    def _text(self, entries: Entries, node: YamlNode, what: str) -> str:
        if text := _text_of(node):
            return text
        empty = isinstance(node, YamlScalar) and isinstance(node.value, str)
        entries.mistake(node, f"{what} is empty" if empty else f"{what} must be a text, not {describe(node)}")
        return ""

    def holds(self, definitions: Schema) -> Schema:
        """Describe both ways to list codes."""
        text = {"type": "string", "pattern": NOT_BLANK}
        listed = {"type": "array", "items": {"anyOf": [text, _MemberEntries.reference(definitions)]}}
        definitions["members"] = {"anyOf": [listed, {"type": "object", "additionalProperties": text}]}
        return {"$ref": "#/$defs/members"}


class _CodeListEntries(Entries):
    """The entries of a code list."""

    id = TextEntry("The id of the list. Its file has the same name.", pattern=NAME, example="western_balkans")
    title = TextEntry("The title of the list.")
    of = TextEntry(
        "The code list these codes are taken from, such as countries. Members then need no label of their own.",
        optional=True,
        pattern=NAME,
        example="countries",
    )
    source = TextEntry("The source of every member that does not name one.", optional=True)
    confidence = WordEntry(
        _Confidence,
        "The confidence of every member that does not say: high (the default), medium, low.",
        default=_Confidence.HIGH,
    )
    note = TextEntry("Notes on the list.", optional=True)
    members = _MembersEntry("The codes of the list.")
    candidates = _MembersEntry(
        "Codes that some sources include and others do not: manual review needed.", optional=True
    )


CODE_LIST = FileTable(
    "codelist",
    _CodeListEntries,
    title="A code list",
    about="A list of codes: a group of countries, funds, legal forms. Conditions can name its members and its "
    "candidates.",
)


def read_code_list(file: YamlFile, name: str, mistakes: list[PackMistake]) -> CodeList:
    """Read the code list ``name`` from its file, adding what is wrong to ``mistakes``."""
    entries = _CodeListEntries(file.root, f'the code list "{name}"', mistakes)
    if entries.id and entries.id != name:
        entries.mistake(entries.place_of("id"), f'the code list "{entries.id}" is in a file named {name}.yaml')
    seen: dict[str, YamlNode] = {}
    code_list = CodeList(
        id=name,
        title=entries.title,
        members=tuple(_member(entries, listed, seen) for listed in entries.members),
        candidates=tuple(_member(entries, listed, seen) for listed in entries.candidates),
        note=entries.note,
        of=entries.of or None,
        place=entries.place,
    )
    entries.finish()
    return code_list


def _member(entries: _CodeListEntries, listed: _Listed, seen: dict[str, YamlNode]) -> Member:
    """Read one code; no code may be among members or candidates twice."""
    node, code, label, member = listed.node, listed.code, listed.label, listed.member
    if code in seen:
        hint = f"it is on line {seen[code].line} already; a code is a member or a candidate, once"
        entries.mistake(node, f'the code "{code}" is in the list twice', hint)
    elif code and not label and not entries.has("of"):
        hint = 'add one, or say with "of" which code list the codes are taken from'
        entries.mistake(node, f'the code "{code}" has no label', hint)
    seen[code] = node
    if member is None:
        return Member(code, label, entries.source, entries.confidence.value, "", node.place)
    confidence = member.confidence if member.has("confidence") else entries.confidence
    source, note = member.source or entries.source, member.note
    member.finish()
    return Member(code, label, source, confidence.value, note, node.place)


_PLAIN_MEMBER = r"""(?m)^  - \{code: ([A-Z]+), label: (?!(?:true|false|null)\})([^\W\d_](?:[\w .'()*-]*[\w.)*])?)\}$"""
"""A code and its label on a line of their own, which no other reader of YAML takes for anything else."""

CODE_LISTS = "codelists"
"""The name of the folder of code lists beside the calls."""


class CodeListShelf:
    """The code lists in some folders, by id, read when asked for. One in an earlier folder hides one in a later.

    ``files`` are those read so far.
    """

    __slots__ = ("_data", "_folders", "_read", "files")

    def __init__(self, folders: Iterable[PackFiles]) -> None:
        self._folders = list(folders)
        self._data: dict[str, bytes | None] = {}
        self._read: dict[str, CodeList | None] = {}
        self.files: dict[str, YamlFile] = {}

    def ids(self) -> set[str]:
        """List the ids of all code lists there are."""
        return {name.removesuffix(".yaml") for folder in self._folders for name in folder.names()}

    def data(self, code_list: str) -> bytes | None:
        """Read a code list's file as it is, None where there is none; raises PackError if it cannot be read."""
        if code_list not in self._data:
            file_name = f"{code_list}.yaml"
            holders = (folder for folder in self._folders if NAME.fullmatch(code_list) and folder.has(file_name))
            holder = next(holders, None)
            self._data[code_list] = holder.read(file_name) if holder else None
        return self._data[code_list]

    def read(self, code_list: str, mistakes: list[PackMistake]) -> CodeList | None:
        """Read a code list, adding what is wrong to ``mistakes``; None where there is none."""
        if code_list not in self._read:
            self._read[code_list] = None
            try:
                data = self.data(code_list)
                if data is not None:
                    name = f"{CODE_LISTS}/{code_list}.yaml"
                    file = self.files[name] = read_yaml(data, name)
                    self._read[code_list] = read_code_list(file, code_list, mistakes)
            except PackError as error:
                mistakes.extend(error.mistakes)
        return self._read[code_list]

    def split(self, code_list: str) -> tuple[dict[str, str], CodeList | None]:
        """Find the labels that stand on a line with their code, and the code list without these; as :meth:`find`.

        To read all countries as YAML takes as long as a check, and mostly it wants no more of them than a label.
        """
        try:
            data = None if code_list in self._read else self.data(code_list)
            if data is None:
                return {}, self.find(code_list)
            text = data.decode("utf-8", "replace")
            file = read_yaml(re.sub(_PLAIN_MEMBER, "", text).encode(), f"{CODE_LISTS}/{code_list}.yaml")
        except PackError:
            return {}, None
        return dict(re.findall(_PLAIN_MEMBER, text)), read_code_list(file, code_list, [])

    def find(self, code_list: str) -> CodeList | None:
        """Read a code list for its labels: None where there is none or it is broken, which loading has said."""
        return self.read(code_list, [])
