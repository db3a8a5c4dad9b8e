"""A rule of a call, and the files that list rules: what a rule requires, of whom, why, and what people read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Protocol, cast

from mpfcheck.feel.syntax.tree import Boolean
from mpfcheck.frozen import Frozen, frozen
from mpfcheck.packs.entries import NAME, Entries, describe
from mpfcheck.packs.mistake import NO_PLACE, PackMistake, Place, nearest
from mpfcheck.packs.severity import Severity
from mpfcheck.packs.template import Condition, Template
from mpfcheck.packs.yaml_file import YamlFile, YamlList, YamlMap, YamlNode, YamlScalar

__all__ = [
    "CHANGEABLE",
    "RULE_ID",
    "STATUSES",
    "Authority",
    "Citation",
    "Example",
    "Note",
    "Rule",
    "Scope",
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


class Scope(StrEnum):
    """What a rule speaks of: one proposal, or the proposals checked together."""

    PROPOSAL = "proposal"
    PORTFOLIO = "portfolio"


class Note(Frozen):
    """Something to say although the rule passes: ``message`` where ``when`` is true."""

    when: Condition
    message: Template


class Citation(Frozen):
    """Where the rule stands: a source of the call by its id, the section, the authority, and what to know about it."""

    document: str
    section: str
    authority: Authority
    note: str = ""
    place: Place = NO_PLACE


class Source(Frozen):
    """A document the rules stand on. ``title`` is what people are shown; ``url`` may be unknown.

    ``date`` is its day, month or year, ``"unknown"`` where somebody looked and found none, and None where nobody says.
    """

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
    replaces by its own, which begin at ``changed_at``.
    """

    id: str
    title: str
    severity: Severity
    source: Citation
    message: Template
    place: Place
    why: str = ""
    scope: Scope = Scope.PROPOSAL
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
    examples: tuple[Example, ...] = ()
    changed: tuple[str, ...] = ()
    changed_at: Place = NO_PLACE

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

CHANGEABLE = (*("title", "severity", "why", "message", "doubt message", "fix", "note", "source", "also", "examples"),)
"""What a call may change in a rule of a shared file: how much it matters, what people read, and its sources.

Not what the rule requires: a rule with another condition is another rule.
"""

SEVERITIES = {word.value: word for word in Severity}
SCOPES = {word.value: word for word in Scope}
AUTHORITIES = {word.value: word for word in Authority}


class SourceFinder(Protocol):
    """Finds the sources that rules cite, by their ids."""

    def get(self, name: str) -> Source | None:
        """Find a source; None where there is none."""

    def __iter__(self) -> Iterator[str]:
        """Iterate over the known ids."""


def read_rules(
    file: YamlFile, sources: SourceFinder, mistakes: list[PackMistake], changes: YamlMap | None = None
) -> list[Rule]:
    """Read the rules of a file, adding what is wrong to ``mistakes``.

    ``changes`` are the entries that a call replaces in the rules of a shared file, by the id of the rule.
    """
    if not isinstance(file.root, YamlList):
        hint = 'each rule begins with "- id: …"'
        message = f"this file must be a list of rules, not {describe(file.root)}"
        mistakes.append(PackMistake(file.root.place, message, hint))
        return []
    changed = _changes(file.root, changes, mistakes) if changes else {}
    return [_read_rule(node, sources, mistakes, changed.get(_id_of(node))) for node in file.root.items]


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
            hint = nearest(rule_id, known) or f"it has {', '.join(known)}"
            mistakes.append(PackMistake(changes.keys[rule_id].place, message, hint))
            continue
        entries = Entries(node, f"the change of {rule_id}", mistakes)
        for key in CHANGEABLE:
            entries.node(key, required=False)
        for key in ("id", "manual", "scope", "for each", "as", "when", "require", "doubt"):
            if entries.has(key):
                entries.node(key, required=False)
                hint = f"a call can change {', '.join(CHANGEABLE)}; for another condition, write your own rule"
                entries.mistake(entries.key_place(key), f'a call cannot change "{key}" of a shared rule', hint)
        entries.finish()
        if isinstance(node, YamlMap):
            if not node.entries:
                entries.mistake(node, f"the change of {rule_id} is empty", "name what changes, or remove the line")
            found[rule_id] = node
    return found


def _merged(rule: YamlMap, change: YamlMap) -> YamlMap:
    merged = YamlMap(rule.file, rule.line, rule.column)
    merged.entries = {**rule.entries, **change.entries}
    merged.keys = {**rule.keys, **change.keys}
    return merged


def _read_rule(
    node: YamlNode, sources: SourceFinder, mistakes: list[PackMistake], change: YamlMap | None = None
) -> Rule:
    if change is not None and isinstance(node, YamlMap):
        node = _merged(node, change)
    entries = Entries(node, "the rule", mistakes)
    rule_id = entries.text("id", pattern=RULE_ID, example="LEAD-1")
    if rule_id:
        entries.what = f"rule {rule_id}"
    manual = entries.flag("manual")
    rule = Rule(
        id=rule_id,
        title=entries.text("title"),
        severity=entries.word("severity", SEVERITIES),
        source=read_citation(entries, sources),
        message=entries.template("message", required=True) or Template("", (), NO_PLACE),
        place=entries.place,
        why=entries.optional_text("why"),
        scope=entries.word("scope", SCOPES, Scope.PROPOSAL),
        manual=manual,
        for_each=entries.condition("for each"),
        item=entries.text("as", pattern=NAME, example="partner") if entries.has("as") else None,
        when=entries.condition("when"),
        require=entries.condition("require", required=not manual),
        doubt=entries.condition("doubt"),
        doubt_message=entries.template("doubt message"),
        fix=entries.template("fix"),
        note=_read_note(entries),
        also=_read_also(entries, sources),
        examples=tuple(_read_example(entries, item) for item in entries.list("examples", required=False)),
        changed=tuple(change.entries) if change else (),
        changed_at=change.place if change else NO_PLACE,
    )
    # "as" may be missing; it is known all the same.
    entries.node("as", required=False)
    _look_at_pairs(entries, rule)
    entries.finish()
    return rule


def _look_at_pairs(entries: Entries, rule: Rule) -> None:
    """Note entries that need each other, or exclude each other."""
    for one, other, why in (
        ("for each", "as", "the name the conditions call one item by"),
        ("as", "for each", "the list whose items it names"),
        ("doubt", "doubt message", "what people are told where it is true"),
        ("doubt message", "doubt", "the condition under which it is said"),
    ):
        # A rule with "doubt: true" says its one "message" where it is in doubt.
        alone = one == "doubt" and rule.never_fails
        if entries.has(one) and not entries.has(other) and not alone:
            entries.mistake(entries.place_of(one), f'{entries.what} has "{one}" but no "{other}"', f"add {why}")
    if rule.manual:
        for key in ("require", "doubt"):
            if entries.has(key):
                hint = 'leave out "manual", or the condition'
                entries.mistake(entries.place_of(key), f'{entries.what} is manual and has "{key}"', hint)


def _read_note(entries: Entries) -> Note | None:
    if not entries.has("note"):
        entries.node("note", required=False)
        return None
    note = entries.entries("note", f"the note of {entries.what}")
    if note is None:
        return None
    when, message = note.condition("when", required=True), note.template("message", required=True)
    note.finish()
    return Note(when, message) if when and message else None


def read_citation(entries: Entries, sources: SourceFinder, key: str = "source") -> Citation:
    """Read where something stands: a source of the call by its id, and the section."""
    node = entries.node(key)
    return _citation(entries, node, f"the source of {entries.what}", sources) if node else _NO_CITATION


def _read_also(entries: Entries, sources: SourceFinder) -> tuple[Citation, ...]:
    what = f"a further source of {entries.what}"
    return tuple(_citation(entries, node, what, sources) for node in entries.list("also", required=False))


def _citation(entries: Entries, node: YamlNode, what: str, sources: SourceFinder) -> Citation:
    cited = Entries(node, what, entries.mistakes)
    document = cited.text("document")
    source = sources.get(document)
    if document and source is None:
        hint = nearest(document, sources) or "add it to the sources in call.yaml"
        cited.mistake(cited.place_of("document"), f'there is no source "{document}"', hint)
    citation = Citation(
        document=document,
        section=cited.text("section"),
        authority=cited.word("authority", AUTHORITIES, source.authority if source else Authority.ANALOGY),
        note=cited.optional_text("note"),
        place=cited.place,
    )
    cited.finish()
    return citation


def _read_example(entries: Entries, node: YamlNode) -> Example:
    example = Entries(node, f"an example of {entries.what}", entries.mistakes)
    given = example.node("given")
    if given and not isinstance(given, YamlMap):
        example.mistake(given, f'"given" must be the entries of a proposal, not {describe(given)}')
    expect = example.text("expect")
    if expect and expect not in STATUSES:
        hint = nearest(expect, STATUSES) or f"it is one of {', '.join(STATUSES)}"
        example.mistake(example.place_of("expect"), f'"expect" cannot be "{expect}"', hint)
    read = Example(
        given=cast("Mapping[str, object]", frozen(given.plain())) if isinstance(given, YamlMap) else {},
        expect=expect,
        place=example.place,
        title=example.optional_text("title"),
        as_of=example.day("as_of", required=False),
        noted=example.flag("noted") if example.has("noted") else None,
        likewise=_read_likewise(example),
    )
    example.node("noted", required=False)
    if read.noted is not None and not entries.has("note"):
        message = f'{example.what} says "noted", but the rule has no note'
        example.mistake(example.place_of("noted"), message, 'leave it out, or add a "note" to the rule')
    elif read.noted and expect != "pass":
        example.mistake(example.place_of("noted"), "a note is only said where the rule passes", 'leave "noted" out')
    example.finish()
    return read


def _read_likewise(example: Entries) -> tuple[str, tuple[object, ...]] | None:
    """Read the other values of one answer: a dotted path to something that is given, and a list."""
    entries = example.map("likewise", required=False)
    if not entries:
        return None
    if len(entries) > 1:
        example.mistake(example.place_of("likewise"), '"likewise" must name one answer', "write an example for each")
    (path, (key, node)) = next(iter(entries.items()))
    if not isinstance(node, YamlList):
        example.mistake(node, f'"{path}" must list the other values, not {describe(node)}', "write them in [ ]")
        return None
    given = example.node("given", required=False)
    if given and not _gives(given, path.split(".")):
        message = f'"likewise" names "{path}", for which "given" has no value'
        example.mistake(key, message, "give one there; here stand the others")
    return path, tuple(frozen(item.plain()) for item in node.items)


def _gives(node: YamlNode, path: list[str]) -> bool:
    if not path:
        return True
    if isinstance(node, YamlList):
        return bool(node.items) and all(_gives(item, path) for item in node.items)
    return isinstance(node, YamlMap) and path[0] in node.entries and _gives(node.entries[path[0]], path[1:])


_NO_CITATION = Citation("", "", Authority.ANALOGY)
