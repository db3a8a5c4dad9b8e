"""Lists of codes, such as groups of countries: what they hold, their files, where they are found, and their labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from mpfcheck.frozen import Frozen
from mpfcheck.packs.entries import NAME, Entries, describe
from mpfcheck.packs.folder import PackFiles
from mpfcheck.packs.mistake import NO_PLACE, PackError, PackMistake, Place
from mpfcheck.packs.yaml_file import YamlFile, YamlList, YamlMap, YamlNode, YamlScalar, read_yaml

__all__ = ["CODE_LISTS", "NO_LABELS", "CodeList", "CodeListShelf", "Labels", "Member", "read_code_list"]


class Member(Frozen):
    """A code of a list: the label people read, where it is from, how sure that is (``high``, ``medium``, ``low``).

    The label is empty where it is the one of the list these codes are taken from.
    """

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

    id: str
    title: str
    members: tuple[Member, ...]
    candidates: tuple[Member, ...] = ()
    note: str = ""
    of: str | None = None
    place: Place = NO_PLACE


class Labels:
    """The labels of codes, by code list.

    ``read`` finds a code list by its id (None where there is none). Threads may share it: reading twice does no harm.
    """

    __slots__ = ("_known", "_read")

    def __init__(self, read: Callable[[str], CodeList | None]) -> None:
        self._read = read
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
        found = self._read(code_list)
        if found is None:
            return {}
        base = self._read(found.of) if found.of else None
        taken = {member.code: member.label for member in base.members} if base else {}
        members = (*found.members, *found.candidates)
        return {member.code: member.label or taken.get(member.code) or member.code for member in members}


NO_LABELS = Labels(lambda _: None)


class _Confidence(StrEnum):
    """How sure it is that a code belongs to a list."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


CONFIDENCES = {word.value: word for word in _Confidence}


def read_code_list(file: YamlFile, name: str, mistakes: list[PackMistake]) -> CodeList:
    """Read the code list ``name`` from its file, adding what is wrong to ``mistakes``."""
    entries = Entries(file.root, f'the code list "{name}"', mistakes)
    list_id = entries.text("id", pattern=NAME, example="western_balkans")
    if list_id and list_id != name:
        entries.mistake(entries.place_of("id"), f'the code list "{list_id}" is in a file named {name}.yaml')
    of = entries.text("of", pattern=NAME, example="countries") if entries.has("of") else None
    entries.node("of", required=False)
    source = entries.optional_text("source")
    confidence = entries.word("confidence", CONFIDENCES, _Confidence.HIGH)
    read = _Members(entries, source, confidence, of)
    code_list = CodeList(
        id=name,
        title=entries.text("title"),
        members=tuple(read.members("members")),
        candidates=tuple(read.members("candidates", required=False)),
        note=entries.optional_text("note"),
        of=of,
        place=entries.place,
    )
    entries.finish()
    return code_list


class _Members:
    """Reads members and candidates; no code may be among either twice."""

    def __init__(self, entries: Entries, source: str, confidence: _Confidence, of: str | None) -> None:
        self.entries = entries
        self.source = source
        self.confidence = confidence
        self.of = of
        self.seen: dict[str, YamlNode] = {}

    def members(self, key: str, *, required: bool = True) -> Iterator[Member]:
        """Read the members under a key: a list of codes and of entries, or a mapping of codes to labels."""
        node = self.entries.node(key, required=required)
        if isinstance(node, YamlMap):
            for code, label in node.entries.items():
                if isinstance(label, YamlScalar) and isinstance(label.value, str):
                    yield self._member(node.keys[code], code, label.value)
                else:
                    self.entries.mistake(label, f'the label of "{code}" must be a text, not {describe(label)}')
        elif isinstance(node, YamlList):
            for item in node.items:
                yield self._listed(item)
        elif node is not None:
            self.entries.mistake(node, f'"{key}" must be a list, or labels by code, not {describe(node)}')

    def _listed(self, node: YamlNode) -> Member:
        if isinstance(node, YamlScalar) and isinstance(node.value, str):
            return self._member(node, node.value, "")
        entries = Entries(node, f"a member of {self.entries.what}", self.entries.mistakes)
        code = entries.text("code")
        member = self._member(
            node,
            code,
            entries.optional_text("label"),
            entries.optional_text("source"),
            entries.word("confidence", CONFIDENCES, self.confidence),
            entries.optional_text("note"),
        )
        entries.finish()
        return member

    def _member(
        self,
        node: YamlNode,
        code: str,
        label: str,
        source: str = "",
        confidence: _Confidence | None = None,
        note: str = "",
    ) -> Member:
        if code in self.seen:
            hint = f"it is on line {self.seen[code].line} already; a code is a member or a candidate, once"
            self.entries.mistake(node, f'the code "{code}" is in the list twice', hint)
        elif code and not label and self.of is None:
            hint = 'add one, or say with "of" which code list the codes are taken from'
            self.entries.mistake(node, f'the code "{code}" has no label', hint)
        self.seen[code] = node
        place = node.place
        return Member(code, label, source or self.source, (confidence or self.confidence).value, note, place)


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

    def find(self, code_list: str) -> CodeList | None:
        """Read a code list for its labels: None where there is none or it is broken, which loading has said."""
        return self.read(code_list, [])
