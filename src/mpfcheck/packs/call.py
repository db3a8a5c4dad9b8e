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
from mpfcheck.packs.entries import (
    NAME,
    DayEntry,
    Entries,
    ExpressionEntry,
    FileTable,
    KeyedEntry,
    MapEntry,
    NamesEntry,
    PartEntry,
    PartsEntry,
    Schema,
    TextEntry,
    WordEntry,
    describe,
    number_hint,
    read_day,
)
from mpfcheck.packs.find import CALL_ID
from mpfcheck.packs.mistake import NO_PLACE, PackMistake, Place
from mpfcheck.packs.rule import (
    AUTHORITY_NOTE,
    RULE_ID,
    Authority,
    Citation,
    CitationEntries,
    Rule,
    RuleChange,
    Source,
    SourceFinder,
    read_citation,
)
from mpfcheck.packs.template import Condition
from mpfcheck.packs.yaml_file import YamlFile, YamlList, YamlMap, YamlNode, YamlScalar
from mpfcheck.proposal.values import format_money, format_months

if TYPE_CHECKING:
    from mpfcheck.proposal.fields import Record

__all__ = [
    "CALL",
    "SHARED",
    "SOURCES",
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
    "NextStep",
    "NextSteps",
    "Parameter",
    "ParameterValue",
    "read_call_file",
    "read_shared_sources",
    "value_in_words",
]


ParameterValue = Decimal | str | bool | date


def value_in_words(value: ParameterValue, unit: str | None) -> str:
    """A value of a parameter as people write it: ``EUR 1 000.00``, ``95 %``, ``24 months``, ``yes``."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Decimal() if unit == "EUR":
            return format_money(value)
        case Decimal() if unit == "share":
            return f"{(value * 100).normalize():f} %"
        case Decimal() if unit == "months":
            return format_months(value)
        case Decimal():
            return f"{value:f}"
    return str(value)


class DatedValue(Frozen):
    """What a parameter was from a day on, and where that is said."""

    beside = frozenset({"place"})
    in_short = ("since", "value")

    since: date
    value: ParameterValue
    source: Citation
    note: str = ""
    place: Place = NO_PLACE


class Parameter(Frozen):
    """A number, text, date or yes/no of the call that may change with time. ``unit``: EUR, months, share or None."""

    beside = frozenset({"place"})
    in_short = ("name", "title")

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

    in_short = ("topic",)

    topic: str
    text: str


class NextStep(Frozen):
    """What an applicant does after the proposal is written, and where that is said."""

    text: str
    source: Citation


class NextSteps(Frozen):
    """What the sources say of the way on. Where there is nothing, it is not known.

    ``submit`` says where and how to submit, ``ask`` whom to ask or consult, ``deadline`` the deadline or that there is
    none, ``attach`` which documents to attach.
    """

    submit: tuple[NextStep, ...] = ()
    ask: tuple[NextStep, ...] = ()
    deadline: tuple[NextStep, ...] = ()
    attach: tuple[NextStep, ...] = ()


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
    next_steps: NextSteps = NextSteps()
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
_RULE_FILE = r"[A-Za-z0-9_][A-Za-z0-9._-]*\.yaml"


class _Unit(StrEnum):
    """What a number counts."""

    EUR = "EUR"
    MONTHS = "months"
    SHARE = "share"


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


class _SourceEntries(Entries):
    """The entries of a source."""

    definition = "source"
    about = "A document that rules cite."
    title = TextEntry("The title that people know.")
    authority = WordEntry(Authority, AUTHORITY_NOTE)
    url = TextEntry("Its address.", optional=True)
    date = TextEntry(
        "Its year, month or date; unknown if it has none. The source of a blocking rule must say one of these.",
        optional=True,
        pattern=_SOURCE_DATE,
        example="2023-12-07",
    )
    note = TextEntry("Notes on it.", optional=True)


class _ValueEntry(MapEntry[ParameterValue | None]):
    """The value of a parameter; None if missing."""

    __slots__ = ()

    def absent(self) -> ParameterValue | None:
        """Return no value."""
        return None

    def read(self, entries: Entries, node: YamlNode) -> ParameterValue | None:
        """Read the value."""
        value = node.value if isinstance(node, YamlScalar) else None
        if isinstance(value, bool):
            return value
        if isinstance(value, int | Decimal):
            return Decimal(value)
        if isinstance(value, str):
            return read_day(value) or value
        entries.mistake(node, f'"{self.key}" must be a number, a text, a date, true or false, not {describe(node)}')
        return None

    def holds(self, definitions: Schema) -> Schema:
        """Describe a single value."""
        return {"type": ["number", "string", "boolean"]}


class _DatedValueEntries(Entries):
    """The entries of a value of a parameter."""

    since = DayEntry("The first date on which the value was in force.", key="from")
    value = _ValueEntry("A number, a text, a date, true or false; the same kind in every value.")
    source = PartEntry(CitationEntries, "the source of {of}", "The source of the value.")
    note = TextEntry("Notes on it.", optional=True)


class _ParameterEntries(Entries):
    """The entries of a parameter."""

    definition = "parameter"
    about = "A number, text or date of the call that may change with time."
    title = TextEntry("What it is.")
    unit = WordEntry(_Unit, "The unit of the number: EUR, months, or share (such as 0.95).", optional=True)
    values = PartsEntry(
        _DatedValueEntries,
        "a value of {of}",
        "The values, each with the date from which it is in force, in the order of the dates.",
        empty=("{of} has no value", ""),
    )


class _DefinitionEntries(Entries):
    """The entries of a definition."""

    definition = "definition"
    about = "An expression with a name."
    title = TextEntry("What it means.")
    value = ExpressionEntry()
    note = TextEntry("Notes on it.", optional=True)


class _GapEntries(Entries):
    """The entries of a gap."""

    topic = TextEntry("The topic.")
    text = TextEntry("What we do not know, and whom to ask.")


class _NextStepEntries(Entries):
    """The entries of a next step."""

    definition = "next_step"
    about = "What an applicant does after the proposal is written."
    text = TextEntry("What to do, in a sentence or two.")
    source = PartEntry(CitationEntries, "the source of {of}", "The source of the step.")


class _NextStepsEntries(Entries):
    """The entries of the next steps."""

    definition = "next_steps"
    about = "What the sources say about the next steps. What is left out is shown as not known."
    submit = PartsEntry(_NextStepEntries, "a step of submit", "Where and how to submit.", optional=True)
    ask = PartsEntry(_NextStepEntries, "a step of ask", "Whom to ask or consult.", optional=True)
    deadline = PartsEntry(_NextStepEntries, "a step of deadline", "The deadline, or that there is none.", optional=True)
    attach = PartsEntry(_NextStepEntries, "a step of attach", "Which documents to attach.", optional=True)


class _EquivalentEntries(Entries):
    """The entries of changes that change nothing."""

    of = TextEntry("The rule, definition, parameter or code list that is changed.")
    changes = NamesEntry("The changes, in the words of rules test --mutate.", minimum=1)
    why = TextEntry("Why the result is the same for every proposal.")


class _ChangesEntry(KeyedEntry[RuleChange]):
    """What changes in the rules of a shared file, by their ids; ``read_rules`` reads it with the rules."""

    __slots__ = ()

    def read(self, entries: Entries, node: YamlNode) -> dict[str, tuple[YamlScalar, RuleChange]]:
        """Look whether these are rules by their ids."""
        if not isinstance(node, YamlMap):
            message = f'"{self.key}" must list rules by their ids, not {describe(node)}'
            entries.mistake(
                node, message, 'write the id of each rule with what changes in it: "BUDGET-2: {severity: blocking}"'
            )
        elif not node.entries:
            entries.mistake(node, f'"{self.key}" names no rule', "list the name of the file alone")
        return {}

    def holds(self, definitions: Schema) -> Schema:
        """Describe one rule or more."""
        return {**super().holds(definitions), "minProperties": 1}


class _ChangedFileEntries(Entries):
    """The entries of a shared file of rules in which a call changes something."""

    definition = "changed"
    about = "A shared file of rules, and what this call changes in its rules."
    file = TextEntry("The shared file.")
    change = _ChangesEntry(
        RuleChange,
        "the change of {name}",
        "The changes, by the id of the rule.",
        pattern=RULE_ID,
        refusal="cannot be the id of a rule",
        hint='write it like "LEAD-1"',
    )

    @classmethod
    def schema(cls, definitions: Schema) -> Schema:
        """Describe it; only a shared file can be changed."""
        whole = super().schema(definitions)
        whole["properties"]["file"]["pattern"] = f"^{SHARED}/{_RULE_FILE}$"
        return whole


class _RuleFilesEntry(MapEntry[dict[str, ListedRules]]):
    """The list of rule files: names, and for shared files with what the call changes in them."""

    __slots__ = ()

    def absent(self) -> dict[str, ListedRules]:
        """Return no files."""
        return {}

    def read(self, entries: Entries, node: YamlNode) -> dict[str, ListedRules]:
        """Read the files by their names."""
        found: dict[str, ListedRules] = {}
        for item in entries.items(self.key, node):
            changes = None
            if isinstance(item, YamlMap):
                listed = _ChangedFileEntries(item, "a rule file", entries.mistakes)
                name, written = listed.file, listed.written("change")
                listed.finish()
                changes = written if isinstance(written, YamlMap) else None
                if changes and name and not name.startswith(f"{SHARED}/"):
                    hint = f"change the rules in {name} itself"
                    listed.mistake(listed.key_place("change"), f"{name} is not a shared file of rules", hint)
            elif isinstance(item, YamlScalar) and isinstance(item.value, str) and item.value:
                name = item.value
            else:
                entries.mistake(item, f'"{self.key}" must list the names of files, not {describe(item)}')
                continue
            if name in found:
                entries.mistake(item, f'"{name}" occurs twice', "keep one of them")
            elif name:
                found[name] = ListedRules(item, changes)
        if isinstance(node, YamlList):
            entries.refuse_empty(self.key, node)
        return found

    def holds(self, definitions: Schema) -> Schema:
        """Describe the list."""
        name = {"type": "string", "pattern": f"^({SHARED}/)?{_RULE_FILE}$"}
        items = {"anyOf": [name, _ChangedFileEntries.reference(definitions)]}
        return {"type": "array", "items": items, "uniqueItems": True, "minItems": 1}


_NAME_HINT = "small letters, digits and _, such as min_total_budget"
_SOURCES_BY_ID = KeyedEntry(
    _SourceEntries,
    'the source "{name}"',
    "The documents that the rules cite, by id. A source that the call cites and does not list is taken from "
    "shared/sources.yaml.",
    optional=True,
    pattern=CALL_ID,
    refusal="cannot name a source",
    hint='write it like "conference-summary"',
)


class _CallEntries(Entries):
    """The entries of ``call.yaml``."""

    id = TextEntry(
        "The id of the call. Its folder has the same name.", pattern=CALL_ID, example="mpf-2023-borders-security"
    )
    title = TextEntry("The title of the call.")
    version = TextEntry("The version of these rules. Reports name it.")
    as_of = DayEntry("The check date that is used if no other is given.")
    published = DayEntry("The date of publication.", optional=True)
    summary = TextEntry("The call in a few sentences.")
    sources = _SOURCES_BY_ID
    parameters = KeyedEntry(
        _ParameterEntries,
        'the parameter "{name}"',
        "Numbers, texts and dates of the call that may change with time, by name.",
        optional=True,
        pattern=NAME,
        refusal="cannot be a name",
        hint=_NAME_HINT,
    )
    definitions = KeyedEntry(
        _DefinitionEntries,
        'the definition "{name}"',
        "Expressions with a name. Rules and other definitions can use them.",
        optional=True,
        pattern=NAME,
        refusal="cannot be a name",
        hint=_NAME_HINT,
    )
    code_lists = NamesEntry("The ids of the code lists that conditions name.", optional=True, pattern=NAME)
    rules = _RuleFilesEntry(
        "The files with the rules, in the order of the report. shared/NAME.yaml is a file that several calls use. With "
        "file and change, the call replaces single entries of its rules."
    )
    gaps = PartsEntry(_GapEntries, "a gap", "What we do not know about the call.", optional=True)
    next_steps = PartEntry(
        _NextStepsEntries,
        "the next steps",
        "What an applicant does after the proposal is written: where to submit, whom to ask, by when, what to attach.",
        optional=True,
    )
    equivalent = PartsEntry(
        _EquivalentEntries,
        "an entry of equivalent",
        "Changes that rules test --mutate tries and that change no result, so that no example can notice them.",
        optional=True,
    )


CALL = FileTable(
    "call",
    _CallEntries,
    title="A call for proposals",
    about="call.yaml: the call, its sources, dated parameters and definitions, and the names of its rule files.",
)
SOURCES = FileTable(
    "sources",
    _SOURCES_BY_ID,
    title="Sources that calls share",
    about="The documents that several calls cite, by id, in the file shared/sources.yaml beside the calls.",
    wanted="sources by their ids",
    hint="write them as in call.yaml",
)


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
    next_steps: NextSteps
    equivalent: tuple[Equivalent, ...]


def read_call_file(
    file: YamlFile, folder: str, shared: Callable[[], Mapping[str, Source]], mistakes: list[PackMistake]
) -> CallFile:
    """Read the ``call.yaml`` of the folder with this name, adding what is wrong to ``mistakes``.

    ``shared`` reads the list of sources that calls share.
    """
    entries = _CallEntries(file.root, "the call", mistakes)
    if entries.id and entries.id != folder:
        hint = "a call must have the name of its folder"
        entries.mistake(entries.place_of("id"), f'the call "{entries.id}" is in a folder named "{folder}"', hint)
    sources = CallSources(_read_sources(entries.sources), shared)
    call = CallFile(
        id=entries.id,
        title=entries.title,
        version=entries.version,
        as_of=entries.as_of or date.min,
        published=entries.published,
        summary=entries.summary,
        sources=sources,
        parameters={
            name: _read_parameter(name, key, parameter, sources)
            for name, (key, parameter) in entries.parameters.items()
        },
        definitions={
            name: read
            for name, (key, definition) in entries.definitions.items()
            if (read := _read_definition(name, key, definition))
        },
        code_lists=entries.code_lists,
        rules=entries.rules,
        gaps=tuple(map(_read_gap, entries.gaps)),
        next_steps=_read_next_steps(entries.next_steps, sources),
        equivalent=tuple(map(_read_equivalent, entries.equivalent)),
    )
    entries.finish()
    return call


def read_shared_sources(file: YamlFile, mistakes: list[PackMistake]) -> dict[str, Source]:
    """Read the list of sources that calls share, adding what is wrong to ``mistakes``."""
    if not isinstance(file.root, YamlMap):
        SOURCES.refuse(file.root, mistakes)
        return {}
    return _read_sources(_SOURCES_BY_ID.parts(file.root, mistakes))


def _read_sources(listed: Mapping[str, tuple[YamlScalar, _SourceEntries]]) -> dict[str, Source]:
    return {name: _read_source(name, key, source) for name, (key, source) in listed.items()}


def _read_source(name: str, key: YamlScalar, source: _SourceEntries) -> Source:
    read = Source(
        id=name,
        title=source.title,
        authority=source.authority,
        url=source.url or None,
        date=source.date or None,
        note=source.note,
        place=key.place,
    )
    source.finish()
    return read


def _read_parameter(name: str, key: YamlScalar, parameter: _ParameterEntries, sources: SourceFinder) -> Parameter:
    title = parameter.title
    unit = parameter.unit if parameter.has("unit") else None
    values: list[DatedValue] = []
    for dated in parameter.values:
        since, value = dated.since, dated.value
        source, note = read_citation(dated.source, sources), dated.note
        dated.finish()
        if since is None or value is None:
            continue
        if unit and not isinstance(value, Decimal):
            hint = number_hint(value) if isinstance(value, str) else ""
            dated.mistake(dated.place_of("value"), f'"{name}" is in {unit}, so its value must be a number', hint)
        elif not unit and values and type(values[0].value) is not type(value):
            hint = "all values of a parameter are numbers, or all texts, dates or true and false"
            dated.mistake(dated.place_of("value"), f'"{name}" has values of different kinds', hint)
        values.append(DatedValue(since, value, source, note, dated.place))
    parameter.finish()
    return Parameter(name, title, unit.value if unit else None, tuple(values), key.place)


def _read_definition(name: str, key: YamlScalar, definition: _DefinitionEntries) -> Definition | None:
    title, note = definition.title, definition.note
    condition = definition.value
    definition.finish()
    return Definition(name, title, condition, note, key.place) if condition else None


def _read_gap(gap: _GapEntries) -> Gap:
    read = Gap(gap.topic, gap.text)
    gap.finish()
    return read


def _read_next_steps(steps: _NextStepsEntries | None, sources: SourceFinder) -> NextSteps:
    if steps is None:
        return NextSteps()

    def read(listed: list[_NextStepEntries]) -> tuple[NextStep, ...]:
        found = []
        for step in listed:
            found.append(NextStep(step.text, read_citation(step.source, sources)))
            step.finish()
        return tuple(found)

    read_steps = NextSteps(read(steps.submit), read(steps.ask), read(steps.deadline), read(steps.attach))
    steps.finish()
    return read_steps


def _read_equivalent(equivalent: _EquivalentEntries) -> Equivalent:
    read = Equivalent(equivalent.of, tuple(equivalent.changes), equivalent.why, equivalent.place)
    equivalent.finish()
    return read
