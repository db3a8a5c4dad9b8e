"""A rule of a call, and the files that list rules: what a rule requires, of whom, why, and what people read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar, Protocol, cast

from mpfcheck.feel.syntax.tree import Boolean
from mpfcheck.frozen import Frozen, frozen, later
from mpfcheck.nearest import did_you_mean
from mpfcheck.packs.entries import (
    NAME,
    DayEntry,
    Entries,
    ExpressionEntry,
    FileTable,
    FlagEntry,
    MapEntry,
    PartEntry,
    PartsEntry,
    PlainEntry,
    Schema,
    SentenceEntry,
    TextEntry,
    WordEntry,
    describe,
)
from mpfcheck.packs.mistake import NO_PLACE, PackError, PackMistake, Place
from mpfcheck.packs.severity import Severity
from mpfcheck.packs.template import Condition, Template
from mpfcheck.packs.yaml_file import YamlFile, YamlList, YamlMap, YamlNode, YamlScalar

__all__ = [
    "AUTHORITY_NOTE",
    "CHANGEABLE",
    "RULES",
    "RULE_ID",
    "STATUSES",
    "Authority",
    "Citation",
    "CitationEntries",
    "Example",
    "Note",
    "Rule",
    "RuleChange",
    "RuleScope",
    "Source",
    "SourceFinder",
    "read_citation",
    "read_rules",
]


class Authority(StrEnum):
    """How far a source may go. Only ``seed`` and ``official`` may carry a blocking rule."""

    SEED = "seed"
    """The conference summary, the primary source."""
    OFFICIAL = "official"
    """A page of the MPF, ICMPD or an EU institution about this call, or an ICMPD-wide rule."""
    FUND = "fund"
    """The fund's own regulation."""
    SECONDARY = "secondary"
    """Grant portals, press."""
    ANALOGY = "analogy"
    """A neighbouring scheme, not shown to apply."""


class RuleScope(StrEnum):
    """What a rule speaks of: one proposal, or the proposals checked together."""

    PROPOSAL = "proposal"
    PORTFOLIO = "portfolio"


class Note(Frozen):
    """Something to say although the rule passes: ``message`` where ``when`` is true."""

    when: Condition
    message: Template


class Citation(Frozen):
    """Where the rule stands: a source of the call by its id, the section, the authority, and what to know about it."""

    beside = frozenset({"place"})
    in_short = ("document", "section")

    document: str
    section: str
    authority: Authority
    note: str = ""
    place: Place = NO_PLACE


class Source(Frozen):
    """A document the rules stand on. ``title`` is what people are shown; ``url`` may be unknown.

    ``date`` is its day, month or year, ``"unknown"`` where somebody looked and found none, and None where nobody says.
    """

    beside = frozenset({"place"})
    in_short = ("id", "title")

    id: str
    title: str
    authority: Authority
    url: str | None = None
    date: str | None = None
    note: str = ""
    place: Place = NO_PLACE

    @property
    def dated(self) -> str:
        """Its date in words, empty where nobody says."""
        return {None: "", "unknown": "date unknown"}.get(self.date, self.date or "")


class Example(Frozen):
    """A small proposal and the status the rule must give it. ``as_of`` is None where the call's own day is meant.

    ``given`` is plain data as a proposal file holds it; for a portfolio rule its one entry ``proposals`` lists several.
    ``noted`` says whether the rule's note must be said although it passes; None where the example leaves that open.
    ``likewise`` names an answer and other values of it, with each of which the rule must say the same.
    """

    given: Mapping[str, object]
    expect: str
    place: Place
    title: str = ""
    as_of: date | None = None
    noted: bool | None = None
    likewise: tuple[str, tuple[object, ...]] | None = None

    def variants(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        """Yield what is given, and again with every other value, each with what is other about it in words."""
        yield "", self.given
        path, values = self.likewise or ("", ())
        for value in values:
            yield f"{path}: {value}", cast("Mapping[str, object]", _put(self.given, path.split("."), value))


def _put(given: object, path: list[str], value: object) -> object:
    """The same data with another value at a path, in every item of the lists on the way."""
    if not path:
        return value
    if isinstance(given, list):
        return [_put(item, path, value) for item in given]
    if isinstance(given, Mapping) and path[0] in given:
        return {**given, path[0]: _put(given[path[0]], path[1:], value)}
    return given


class Rule(Frozen):
    """One rule of a call.

    ``for_each`` names the list the rule speaks of item by item, ``item`` the name of one. ``when`` says whether it
    applies, ``require`` what must hold; ``doubt`` turns a failure into ``review`` where it is true. A ``manual`` rule
    has no ``require``: a person judges. Where ``doubt`` is the word ``true``, whatever is not as required is for
    review: such a rule never fails, and says its ``message`` there. A rule of scope ``portfolio`` speaks of proposals
    checked together and is not applicable to one alone. ``changed`` lists the entries of a shared rule that the call
    replaces by its own, which begin at ``changed_at``. The ``examples`` are read when they are first asked for, by
    ``unread``, where no check needs them; that raises PackError if something is wrong with them.
    """

    beside = frozenset({"unread"})

    id: str
    title: str
    severity: Severity
    source: Citation
    message: Template
    place: Place
    why: str = ""
    scope: RuleScope = RuleScope.PROPOSAL
    manual: bool = False
    for_each: Condition | None = None
    item: str | None = None
    when: Condition | None = None
    require: Condition | None = None
    doubt: Condition | None = None
    doubt_message: Template | None = None
    fix: Template | None = None
    note: Note | None = None
    also: tuple[Citation, ...] = ()
    examples: tuple[Example, ...] = later(lambda rule: rule.unread())
    changed: tuple[str, ...] = ()
    changed_at: Place = NO_PLACE
    unread: Callable[[], tuple[Example, ...]] = tuple

    def __getstate__(self) -> dict[str, object]:
        """What another process needs: it has no file to read the examples from."""
        return {**{name: value for name, value in self.__dict__.items() if name != "unread"}, "examples": self.examples}

    @property
    def never_fails(self) -> bool:
        """Whether it can only pass or be for review by its own words: a manual rule, or one with ``doubt: true``."""
        return self.manual or (self.doubt is not None and self.doubt.tree == Boolean(value=True))

    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """Yield its conditions, each with its key: ``for each``, ``when``, ``require``, ``doubt``, ``note``."""
        note = self.note.when if self.note else None
        keys = ("for each", "when", "require", "doubt", "note")
        for key, condition in zip(keys, (self.for_each, self.when, self.require, self.doubt, note), strict=True):
            if condition:
                yield key, condition

    def sentences(self) -> Iterator[tuple[str, Template]]:
        """Yield its sentences, each with its key: ``message``, ``fix``, ``doubt message``, ``note``."""
        note = self.note.message if self.note else None
        keys = ("message", "fix", "doubt message", "note")
        for key, template in zip(keys, (self.message, self.fix, self.doubt_message, note), strict=True):
            if template:
                yield key, template


RULE_ID = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)+")
STATUSES = ("pass", "fail", "not_applicable", "undecided", "review", "inconclusive")
"""What a rule may say of an example: the statuses of the contract."""

CHANGEABLE = ("title", "severity", "why", "message", "doubt message", "fix", "note", "source", "also", "examples")
"""What a call may change in a rule of a shared file: how much it matters, what people read, and its sources.

Not what the rule requires: a rule with another condition is another rule.
"""

AUTHORITY_NOTE = (
    "The authority of a source. seed: the conference summary, the primary source. official: a page of the MPF, ICMPD "
    "or an EU institution about this call. fund: the fund's own regulation. secondary: grant portals, press. analogy: "
    "a neighbouring scheme, not shown to apply. Only seed and official may carry a blocking rule."
)


class CitationEntries(Entries):
    """The entries of a citation."""

    definition = "citation"
    about = "A place in a source."
    document = TextEntry("The id of a source of the call.")
    section = TextEntry("Where in the document: a section, article or heading.")
    authority = WordEntry(
        Authority,
        f"The authority of this citation, if it is lower than that of its source. {AUTHORITY_NOTE}",
        optional=True,
    )
    note = TextEntry("Notes on it: doubts, contradictions, inferences.", optional=True)


class _NoteEntries(Entries):
    """The entries of a note."""

    when = ExpressionEntry("When it is shown.")
    message = SentenceEntry("The sentence.")


class _LikewiseEntry(MapEntry[tuple[str, tuple[object, ...]] | None]):
    """The other values of one answer: a dotted path to something that is given, and a list; None if missing."""

    __slots__ = ()

    def absent(self) -> tuple[str, tuple[object, ...]] | None:
        """Return no values."""
        return None

    def read(self, entries: Entries, node: YamlNode) -> tuple[str, tuple[object, ...]] | None:
        """Read the path and the values."""
        if not isinstance(node, YamlMap):
            entries.mistake(node, f'"{self.key}" must be entries of the form key: value, not {describe(node)}')
            return None
        if len(node.entries) != 1:
            entries.mistake(node, f'"{self.key}" must name one answer', "write an example for each")
        if not node.entries:
            return None
        path, values = next(iter(node.entries.items()))
        if not isinstance(values, YamlList):
            hint = "write them in [ ]"
            entries.mistake(values, f'"{path}" must list the other values, not {describe(values)}', hint)
            return None
        if not values.items:
            entries.mistake(values, f'"{path}" lists no other values', f'list one, or leave "{self.key}" out')
        given = entries.written("given")
        if given and not _gives(given, path.split(".")):
            message = f'"{self.key}" names "{path}", for which "given" has no value'
            entries.mistake(node.keys[path], message, "give a value there, and list the other values here")
        return path, tuple(frozen(item.plain()) for item in values.items)

    def holds(self, definitions: Schema) -> Schema:
        """Describe one path with a list."""
        values = {"type": "array", "minItems": 1}
        return {"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": values}


def _gives(node: YamlNode, path: list[str]) -> bool:
    if not path:
        return True
    if isinstance(node, YamlList):
        return bool(node.items) and all(_gives(item, path) for item in node.items)
    return isinstance(node, YamlMap) and path[0] in node.entries and _gives(node.entries[path[0]], path[1:])


class _ExampleEntries(Entries):
    """The entries of an example."""

    definition = "example"
    about = "A small proposal, and the result that the rule must have."
    given = PlainEntry(
        "The answers of a proposal, as in a proposal file. What is missing is not answered. For a portfolio rule: "
        "proposals, a list of proposals."
    )
    expect = TextEntry("The result that the rule must have.", words=STATUSES)
    title = TextEntry("What the example shows.", optional=True)
    as_of = DayEntry("The check date, if it is not that of the call.", optional=True)
    noted = FlagEntry("Whether the note of the rule is shown. If this is missing, both are accepted.", optional=True)
    likewise = _LikewiseEntry(
        "The dotted name of an answer in given, and other values for it. The rule must have the same result with each.",
        optional=True,
    )


class _Companion(Frozen):
    """An entry that needs another, and what that is; not where its value is one of ``unless``."""

    key: str
    other: str
    why: str
    unless: tuple[object, ...] = ()


class RuleEntries(Entries):
    """The entries of a rule."""

    definition = "rule"
    about = "A rule."
    id = TextEntry(
        "The permanent id of the rule, to which reports and people refer: capital letters and digits, such as LEAD-1.",
        pattern=RULE_ID,
        example="LEAD-1",
    )
    title = TextEntry("What the rule requires, in one line.")
    severity = WordEntry(
        Severity,
        "blocking: if the rule fails, the proposal is ineligible. warning and advice never make it ineligible.",
    )
    manual = FlagEntry(
        "true: the rule needs manual review. It has no require, and never changes the verdict.", optional=True
    )
    scope = WordEntry(
        RuleScope,
        "proposal (the default): the rule is about one proposal. portfolio: it is about all proposals that are checked "
        "together, under the name proposals.",
        default=RuleScope.PROPOSAL,
    )
    why = TextEntry("The reason for the rule.", optional=True)
    for_each = ExpressionEntry(
        "The list that the rule checks item by item, such as co_applicants. Needs as.", key="for each", optional=True
    )
    item = TextEntry(
        "The name of one item of the list in the conditions.", key="as", optional=True, pattern=NAME, example="partner"
    )
    when = ExpressionEntry("Whether the rule applies. If it is false, the rule is not_applicable.", optional=True)
    require = ExpressionEntry("What must be true.", optional=True)
    doubt = ExpressionEntry(
        "If this is true, a failure becomes review, because the sources leave the case open. Needs doubt message. The "
        "word true: the rule never fails, and message says why a review is needed.",
        optional=True,
    )
    doubt_message = SentenceEntry("What people read if doubt is true.", key="doubt message", optional=True)
    message = SentenceEntry("What people read if the rule fails. For a manual rule: what the reviewer must decide.")
    fix = SentenceEntry("How to fix it: the smallest change with which the rule passes.", optional=True)
    note = PartEntry(
        _NoteEntries, "the note of {of}", "A sentence that is shown although the rule passes.", optional=True
    )
    source = PartEntry(CitationEntries, "the source of {of}", "The source of the rule.")
    also = PartsEntry(CitationEntries, "a further source of {of}", "Further sources.", optional=True)
    examples = PartsEntry(
        _ExampleEntries,
        "an example of {of}",
        "Small proposals with their expected results: at least one pass and one fail. For a manual rule: one review.",
        optional=True,
    )

    companions: ClassVar = (
        _Companion("for each", "as", "the name of one item in the conditions"),
        _Companion("as", "for each", "the list whose items it names"),
        # A rule with "doubt: true" says its one "message" where it is in doubt.
        _Companion("doubt", "doubt message", "what people read if it is true", unless=(True, "true")),
        _Companion("doubt message", "doubt", "the condition under which it is shown"),
    )
    of_a_checked_rule: ClassVar = ("require", "doubt")
    """What a rule that a person judges cannot have. Another rule needs the first."""

    def check_pairs(self) -> None:
        """Note entries that need each other, or exclude each other."""
        refused = self.of_a_checked_rule if self.manual else ()
        for one in self.companions:
            written = self.written(one.key)
            if written is None or self.has(one.other) or one.key in refused or written.plain() in one.unless:
                continue
            self.mistake(written, f'{self.what} has "{one.key}" but no "{one.other}"', f"add {one.why}")
        for key in refused:
            if self.has(key):
                hint = 'remove "manual", or the condition'
                self.mistake(self.place_of(key), f'{self.what} is manual and has "{key}"', hint)

    @classmethod
    def schema(cls, definitions: Schema) -> Schema:
        """Describe a rule, with the entries that need or exclude each other."""
        always = [one for one in cls.companions if not one.unless]
        needs = [
            {
                "if": {"not": {"properties": {one.key: {"enum": list(one.unless)}}}},
                "then": {"dependentRequired": {one.key: [one.other]}},
            }
            for one in cls.companions
            if one.unless
        ]
        return {
            **super().schema(definitions),
            "dependentRequired": {one.key: [one.other] for one in always},
            "allOf": needs,
            "if": {"properties": {"manual": {"const": True}}, "required": ["manual"]},
            "then": {"properties": dict.fromkeys(cls.of_a_checked_rule, False)},
            "else": {"required": [cls.of_a_checked_rule[0]]},
        }


RULES = FileTable(
    "rules",
    PartsEntry(RuleEntries, "the rule"),
    title="Rules of a call",
    about="A file of a rule pack with the rules of one topic.",
    wanted="a list of rules",
    hint='each rule begins with "- id: …"',
)


class RuleChange(Entries):
    """What a call changes in one rule of a shared file."""

    definition = "change"
    about = "The entries of a shared rule that this call replaces. The conditions of the rule stay."
    table: ClassVar = {key: RuleEntries.table[key] for key in CHANGEABLE}

    @classmethod
    def schema(cls, definitions: Schema) -> Schema:
        """Describe the entries, of which none must be there but one or more."""
        whole = super().schema(definitions)
        del whole["required"]
        return {**whole, "minProperties": 1}


class SourceFinder(Protocol):
    """Finds the sources that rules cite, by their ids."""

    def get(self, name: str) -> Source | None:
        """Find a source; None where there is none."""

    def __iter__(self) -> Iterator[str]:
        """Iterate over the known ids."""


def read_rules(
    file: YamlFile,
    sources: SourceFinder,
    mistakes: list[PackMistake],
    changes: YamlMap | None = None,
    *,
    whole: Callable[[], YamlFile] | None = None,
) -> list[Rule]:
    """Read the rules of a file, adding what is wrong to ``mistakes``.

    ``changes`` are the entries that a call replaces in the rules of a shared file, by the id of the rule. With
    ``whole``, which gives the file with its examples, these are read from there when they are first asked for.
    """
    if not isinstance(file.root, YamlList):
        RULES.refuse(file.root, mistakes)
        return []
    changed = _changes(file.root, changes, mistakes) if changes else {}
    return [
        _read_rule(node, sources, mistakes, changed.get(_id_of(node)), whole and partial(_rule_in, whole, number))
        for number, node in enumerate(file.root.items)
    ]


def _rule_in(whole: Callable[[], YamlFile], number: int) -> YamlNode:
    return cast("YamlList", whole().root).items[number]


def _id_of(node: YamlNode) -> str:
    written = node.entries.get("id") if isinstance(node, YamlMap) else None
    return written.value if isinstance(written, YamlScalar) and isinstance(written.value, str) else ""


def _changes(rules: YamlList, changes: YamlMap, mistakes: list[PackMistake]) -> dict[str, YamlMap]:
    """Find what a call changes in each rule of a shared file, adding what it cannot change to ``mistakes``."""
    known = [rule_id for rule_id in map(_id_of, rules.items) if rule_id]
    found: dict[str, YamlMap] = {}
    for rule_id, node in changes.entries.items():
        if rule_id not in known:
            message = f'{rules.file.name} does not have a rule "{rule_id}"'
            hint = did_you_mean(rule_id, known) or f"it has {', '.join(known)}"
            mistakes.append(PackMistake(changes.keys[rule_id].place, message, hint))
            continue
        change = RuleChange(node, f"the change of {rule_id}", mistakes)
        for key in RuleEntries.table:
            if key not in CHANGEABLE and change.has(key):
                change.node(key, required=False)
                hint = f"a call can change {', '.join(CHANGEABLE)}; for another condition, write your own rule"
                change.mistake(change.key_place(key), f'a call cannot change "{key}" of a shared rule', hint)
        change.refuse_unknown()
        if isinstance(node, YamlMap):
            if not node.entries:
                change.mistake(node, f"the change of {rule_id} is empty", "name what changes, or remove the line")
            found[rule_id] = node
    return found


def _merged(rule: YamlNode, change: YamlMap | None) -> YamlNode:
    if change is None or not isinstance(rule, YamlMap):
        return rule
    merged = YamlMap(rule.file, rule.line, rule.column)
    merged.entries = {**rule.entries, **change.entries}
    merged.keys = {**rule.keys, **change.keys}
    return merged


def _read_rule(
    node: YamlNode,
    sources: SourceFinder,
    mistakes: list[PackMistake],
    change: YamlMap | None,
    whole: Callable[[], YamlNode] | None,
) -> Rule:
    entries = RuleEntries(_merged(node, change), "the rule", mistakes)
    if entries.id:
        entries.what = f"rule {entries.id}"
    if whole is None:
        examples: dict[str, Any] = {"examples": _read_examples(entries)}
    else:
        examples = {"unread": partial(_read_later, whole, change, entries.what)}
        # Where the key is there it is known; its value is read later.
        entries.node("examples", required=False)
    rule = Rule(
        id=entries.id,
        title=entries.title,
        severity=entries.severity,
        source=read_citation(entries.source, sources),
        message=entries.message or Template("", (), NO_PLACE),
        place=entries.place,
        why=entries.why,
        scope=entries.scope,
        manual=entries.manual,
        for_each=entries.for_each,
        item=entries.item or None,
        when=entries.when,
        require=entries.require,
        doubt=entries.doubt,
        doubt_message=entries.doubt_message,
        fix=entries.fix,
        note=_read_note(entries.note),
        also=tuple(read_citation(cited, sources) for cited in entries.also),
        changed=tuple(change.entries) if change else (),
        changed_at=change.place if change else NO_PLACE,
        **examples,
    )
    if not rule.manual and not entries.has("require"):
        entries.miss("require")
    entries.check_pairs()
    entries.finish()
    return rule


def _read_note(note: _NoteEntries | None) -> Note | None:
    if note is None:
        return None
    when, message = note.when, note.message
    note.finish()
    return Note(when, message) if when and message else None


def read_citation(cited: CitationEntries | None, sources: SourceFinder) -> Citation:
    """Read where something stands: a source of the call by its id, and the section."""
    if cited is None:
        return _NO_CITATION
    document = cited.document
    source = sources.get(document)
    if document and source is None:
        hint = did_you_mean(document, sources) or "add it to the sources in call.yaml"
        cited.mistake(cited.place_of("document"), f'there is no source "{document}"', hint)
    of_source = source.authority if source else Authority.ANALOGY
    authority = cited.authority if cited.has("authority") else of_source
    citation = Citation(document, cited.section, authority, cited.note, cited.place)
    cited.finish()
    return citation


def _read_examples(rule: RuleEntries) -> tuple[Example, ...]:
    return tuple(_read_example(rule, example) for example in rule.examples)


def _read_later(whole: Callable[[], YamlNode], change: YamlMap | None, what: str) -> tuple[Example, ...]:
    """Read the examples of a rule that has been read without them; raises PackError."""
    mistakes: list[PackMistake] = []
    examples = _read_examples(RuleEntries(_merged(whole(), change), what, mistakes))
    if mistakes:
        raise PackError(mistakes)
    return examples


def _read_example(rule: RuleEntries, example: _ExampleEntries) -> Example:
    given = cast("Mapping[str, object]", frozen(example.given.plain())) if example.given else {}
    if example.has_only("given", "expect"):
        # Most examples: the rest need not be looked for, in packs that have hundreds.
        return Example(given, example.expect, example.place)
    read = Example(
        given=given,
        expect=example.expect,
        place=example.place,
        title=example.title,
        as_of=example.as_of,
        noted=example.noted if example.has("noted") else None,
        likewise=example.likewise,
    )
    if read.noted is not None and not rule.has("note"):
        message = f'{example.what} says "noted", but the rule has no note'
        example.mistake(example.place_of("noted"), message, 'remove it, or add a "note" to the rule')
    elif read.noted and read.expect != "pass":
        example.mistake(example.place_of("noted"), "a note is only shown if the rule passes", 'remove "noted"')
    example.finish()
    return read


_NO_CITATION = Citation("", "", Authority.ANALOGY)
