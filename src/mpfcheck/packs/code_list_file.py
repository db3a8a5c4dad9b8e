"""A code list as a file: its identity, and its members in one of three forms."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from mpfcheck.packs.code_list import CodeList, Member
from mpfcheck.packs.entries import NAME, Entries, describe
from mpfcheck.packs.mistake import PackMistake
from mpfcheck.packs.yaml_node import YamlFile, YamlList, YamlMap, YamlNode, YamlScalar

__all__ = ["read_code_list"]


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
