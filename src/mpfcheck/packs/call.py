"""A call for proposals as data, and its ``call.yaml``: sources, dated parameters, definitions and files of rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from mpfcheck.frozen import Frozen, FrozenDict
from mpfcheck.packs.code_list import NO_LABELS, CodeList, Labels, Member
from mpfcheck.packs.entries import NAME, Entries, describe, number_hint, read_day
from mpfcheck.packs.find import CALL_ID
from mpfcheck.packs.mistake import NO_PLACE, PackMistake, Place
from mpfcheck.packs.rule import AUTHORITIES, Citation, Rule, Source, SourceFinder, read_citation
from mpfcheck.packs.template import Condition
from mpfcheck.packs.yaml_file import YamlFile, YamlMap, YamlNode, YamlScalar

if TYPE_CHECKING:
    from mpfcheck.proposal.fields import Record

__all__ = [
    "SHARED",
    "Call",
    "CallFile",
    "CallSources",
    "CodeList",
    "DatedValue",
    "Definition",
    "Equivalent",
    "Gap",
    "ListedRules",
    "Member",
    "Parameter",
    "ParameterValue",
    "read_call_file",
    "read_shared_sources",
]


ParameterValue = Decimal | str | bool | date


class DatedValue(Frozen):
    """What a parameter was from a day on, and where that is said."""

    since: date
    value: ParameterValue
    source: Citation
    note: str = ""
    place: Place = NO_PLACE


class Parameter(Frozen):
    """A number, text, date or yes/no of the call that may change with time. ``unit``: EUR, months, share or None."""

    name: str
    title: str
    unit: str | None
    values: tuple[DatedValue, ...]
    place: Place

    def at(self, day: date) -> DatedValue | None:
        """Find what held on a day: the latest value not after it, or None where nothing is known of that day."""
        held = [value for value in self.values if value.since <= day]
        return max(held, key=lambda value: value.since) if held else None


class Definition(Frozen):
    """A named expression the rules may use."""

    name: str
    title: str
    condition: Condition
    note: str = ""
    place: Place = NO_PLACE


class Gap(Frozen):
    """Something about the call that is not known, and whom to ask."""

    topic: str
    text: str


class Equivalent(Frozen):
    """Changes to a rule, definition, parameter or code list (``of``) that change nothing, and why nothing can tell.

    ``rules test --mutate`` tries the changes and names them so; no example can notice them.
    """

    of: str
    changes: tuple[str, ...]
    why: str
    place: Place = NO_PLACE


class Call(Frozen):
    """A call, whole and immutable; two are the same only if they are one.

    ``as_of`` is the day whose values hold unless another is asked for, ``published`` the day the call came out, where
    known. ``code_lists`` are those its conditions may name; ``label`` knows those of the proposal format too.
    ``sha256`` is the checksum of its files; ``sha256_without_form`` the one of versions that were locked before forms
    belonged to them. ``annex`` says what the call asks beyond the common fields, None where it does not say;
    ``annex_parts`` the same of applicants, activities, budget lines, contributions and documents. ``files`` says where
    its own files lie, by name; ``folder`` is the folder they were read from, None for a published version.
    """

    id: str
    title: str
    version: str
    as_of: date
    summary: str
    sources: Mapping[str, Source]
    parameters: Mapping[str, Parameter]
    definitions: Mapping[str, Definition]
    code_lists: Mapping[str, CodeList]
    rules: tuple[Rule, ...]
    gaps: tuple[Gap, ...]
    sha256: str
    sha256_without_form: str
    published: date | None = None
    annex: Record | None = None
    annex_parts: Mapping[str, Record] = FrozenDict({})
    equivalent: tuple[Equivalent, ...] = ()
    labels: Labels = NO_LABELS
    files: Mapping[str, Path] = FrozenDict()
    folder: Path | None = None

    # Calls are told apart by which they are: what is worked out from one is kept by it.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def label(self, code_list: str, code: str) -> str:
        """Tell what people call a code of a code list: ``label("countries", "MD")`` is ``"Moldova"``."""
        return self.labels.label(code_list, code)

    def rule(self, rule_id: str) -> Rule:
        """Find the rule with this id; raises KeyError."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)


SHARED = "shared"
"""The folder beside the calls for the rules and sources that several of them have in common."""

_SOURCE_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|unknown")


class _Unit(StrEnum):
    """What a number counts."""

    EUR = "EUR"
    MONTHS = "months"
    SHARE = "share"


UNITS = {word.value: word for word in _Unit}


class CallSources:
    """The sources a call may cite: its own, and those of the shared list. ``shared`` reads that list when it is needed.

    It keeps which of the shared ones are cited: these belong to the call.
    """

    def __init__(self, own: Mapping[str, Source], shared: Callable[[], Mapping[str, Source]]) -> None:
        self.own = own
        self._shared = shared
        self._cited: set[str] = set()

    def get(self, name: str) -> Source | None:
        """Find a source that is cited; None where neither the call nor the shared list has it."""
        if name in self.own:
            return self.own[name]
        source = self._shared().get(name) if name else None
        if source:
            self._cited.add(name)
        return source

    def __iter__(self) -> Iterator[str]:
        return iter({**self.own, **self._shared()})

    def cited(self) -> dict[str, Source]:
        """List the sources of the call: its own, then the shared ones it cites, in the order of their list."""
        shared = self._shared() if self._cited else {}
        return {**self.own, **{name: source for name, source in shared.items() if name in self._cited}}


class ListedRules(Frozen):
    """A rule file that a call lists, where it does, and what it changes in the rules of a shared file."""

    node: YamlNode
    changes: YamlMap | None = None


class CallFile(Frozen):
    """What ``call.yaml`` says. ``code_lists`` and ``rules`` are ids and file names, with their places."""

    id: str
    title: str
    version: str
    as_of: date
    published: date | None
    summary: str
    sources: CallSources
    parameters: Mapping[str, Parameter]
    definitions: Mapping[str, Definition]
    code_lists: Mapping[str, YamlNode]
    rules: Mapping[str, ListedRules]
    gaps: tuple[Gap, ...]
    equivalent: tuple[Equivalent, ...]


def read_call_file(
    file: YamlFile, folder: str, shared: Callable[[], Mapping[str, Source]], mistakes: list[PackMistake]
) -> CallFile:
    """Read the ``call.yaml`` of the folder with this name, adding what is wrong to ``mistakes``.

    ``shared`` reads the list of sources that calls share.
    """
    entries = Entries(file.root, "the call", mistakes)
    call_id = entries.text("id", pattern=CALL_ID, example="mpf-2023-borders-security")
    if call_id and call_id != folder:
        hint = "a call has the name of its folder"
        entries.mistake(entries.place_of("id"), f'the call "{call_id}" is in a folder named "{folder}"', hint)
    sources = CallSources(_read_sources(entries.map("sources", required=False), mistakes), shared)
    call = CallFile(
        id=call_id,
        title=entries.text("title"),
        version=entries.text("version"),
        as_of=entries.day("as_of") or date.min,
        published=entries.day("published", required=False),
        summary=entries.text("summary"),
        sources=sources,
        parameters={
            name: _read_parameter(entries, name, key, node, sources)
            for name, (key, node) in entries.map("parameters", required=False).items()
        },
        definitions={
            name: definition
            for name, (key, node) in entries.map("definitions", required=False).items()
            if (definition := _read_definition(entries, name, key, node))
        },
        code_lists=entries.texts("code_lists", required=False),
        rules=_read_listed_rules(entries),
        gaps=tuple(_read_gap(entries, node) for node in entries.list("gaps", required=False)),
        equivalent=tuple(_read_equivalent(entries, node) for node in entries.list("equivalent", required=False)),
    )
    entries.finish()
    return call


def _read_listed_rules(entries: Entries) -> dict[str, ListedRules]:
    """Read the list of rule files: names, and for shared files with what the call changes in them."""
    found: dict[str, ListedRules] = {}
    for node in entries.list("rules"):
        if isinstance(node, YamlMap):
            listed = Entries(node, "a rule file", entries.mistakes)
            name = listed.text("file")
            changes = listed.node("change")
            listed.finish()
            if changes is not None and not isinstance(changes, YamlMap):
                hint = 'write the id of each rule with what changes in it: "BUDGET-2: {severity: blocking}"'
                listed.mistake(changes, f'"change" must be rules by their ids, not {describe(changes)}', hint)
                changes = None
            elif changes is not None and name and not name.startswith(f"{SHARED}/"):
                hint = f"change the rules in {name} itself"
                listed.mistake(listed.key_place("change"), f"{name} is not a shared file of rules", hint)
        elif isinstance(node, YamlScalar) and isinstance(node.value, str) and node.value:
            name, changes = node.value, None
        else:
            entries.mistake(node, f'"rules" must list the names of files, not {describe(node)}')
            continue
        if name in found:
            entries.mistake(node, f'"{name}" is there twice', "keep one of the two")
        elif name:
            found[name] = ListedRules(node, changes)
    return found


def read_shared_sources(file: YamlFile, mistakes: list[PackMistake]) -> dict[str, Source]:
    """Read the list of sources that calls share, adding what is wrong to ``mistakes``."""
    if not isinstance(file.root, YamlMap):
        message = f"this file must be sources by their ids, not {describe(file.root)}"
        mistakes.append(PackMistake(file.root.place, message, "write them as in call.yaml"))
        return {}
    return _read_sources({name: (file.root.keys[name], node) for name, node in file.root.entries.items()}, mistakes)


def _read_sources(listed: Mapping[str, tuple[YamlScalar, YamlNode]], mistakes: list[PackMistake]) -> dict[str, Source]:
    return {name: _read_source(name, key, node, mistakes) for name, (key, node) in listed.items()}


def _read_source(name: str, key: YamlScalar, node: YamlNode, mistakes: list[PackMistake]) -> Source:
    source = Entries(node, f'the source "{name}"', mistakes)
    if not CALL_ID.fullmatch(name):
        source.mistake(key, f'"{name}" cannot name a source', 'write it like "conference-summary"')
    read = Source(
        id=name,
        title=source.text("title"),
        authority=source.word("authority", AUTHORITIES),
        url=source.optional_text("url") or None,
        date=source.text("date", pattern=_SOURCE_DATE, example="2023-12-07") if source.has("date") else None,
        note=source.optional_text("note"),
        place=key.place,
    )
    source.node("date", required=False)
    source.finish()
    return read


def _read_parameter(entries: Entries, name: str, key: YamlScalar, node: YamlNode, sources: SourceFinder) -> Parameter:
    parameter = Entries(node, f'the parameter "{name}"', entries.mistakes)
    _look_at_name(parameter, name, key)
    title = parameter.text("title")
    unit = parameter.word("unit", UNITS) if parameter.has("unit") else None
    parameter.node("unit", required=False)
    values: list[DatedValue] = []
    for item in parameter.list("values"):
        dated = Entries(item, f'a value of the parameter "{name}"', entries.mistakes)
        since, value = dated.day("from"), _read_value(dated)
        source, note = read_citation(dated, sources), dated.optional_text("note")
        dated.finish()
        if since is None or value is None:
            continue
        if unit and not isinstance(value, Decimal):
            hint = number_hint(value) if isinstance(value, str) else ""
            dated.mistake(dated.place_of("value"), f'"{name}" is in {unit}, so its value must be a number', hint)
        elif not unit and values and type(values[0].value) is not type(value):
            hint = "all values of a parameter are numbers, or all texts, days or true and false"
            dated.mistake(dated.place_of("value"), f'"{name}" has values of different kinds', hint)
        values.append(DatedValue(since, value, source, note, dated.place))
    if parameter.has("values") and not values:
        parameter.mistake(parameter.place_of("values"), f'the parameter "{name}" has no value')
    parameter.finish()
    return Parameter(name, title, unit.value if unit else None, tuple(values), key.place)


def _read_value(dated: Entries) -> ParameterValue | None:
    node = dated.node("value")
    if node is None:
        return None
    value = node.value if isinstance(node, YamlScalar) else None
    if isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal):
        return Decimal(value)
    if isinstance(value, str):
        return read_day(value) or value
    dated.mistake(node, f'"value" must be a number, a text, a day, true or false, not {describe(node)}')
    return None


def _read_definition(entries: Entries, name: str, key: YamlScalar, node: YamlNode) -> Definition | None:
    definition = Entries(node, f'the definition "{name}"', entries.mistakes)
    _look_at_name(definition, name, key)
    title, note = definition.text("title"), definition.optional_text("note")
    condition = definition.condition("value", required=True)
    definition.finish()
    return Definition(name, title, condition, note, key.place) if condition else None


def _look_at_name(entries: Entries, name: str, key: YamlScalar) -> None:
    if not NAME.fullmatch(name):
        entries.mistake(key, f'"{name}" cannot be a name', "small letters, digits and _, such as min_total_budget")


def _read_gap(entries: Entries, node: YamlNode) -> Gap:
    gap = Entries(node, "a gap", entries.mistakes)
    read = Gap(gap.text("topic"), gap.text("text"))
    gap.finish()
    return read


def _read_equivalent(entries: Entries, node: YamlNode) -> Equivalent:
    equivalent = Entries(node, "an entry of equivalent", entries.mistakes)
    read = Equivalent(
        equivalent.text("of"), tuple(equivalent.texts("changes")), equivalent.text("why"), equivalent.place
    )
    equivalent.finish()
    return read
