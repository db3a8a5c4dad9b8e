"""The changes between two versions of a pack, in words: rules, limits, lists, sources, clauses, form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.feel.syntax.tree import Boolean
from mpfcheck.frozen import Frozen
from mpfcheck.packs.call import Call, CodeList, Member, Parameter, value_in_words
from mpfcheck.packs.clause import Clause
from mpfcheck.packs.rule import Citation, Example, Rule, Source
from mpfcheck.packs.severity import Severity
from mpfcheck.packs.template import Condition
from mpfcheck.report.rule_words import condition_in_words
from mpfcheck.report.words import authority_in_short, cited, counted

__all__ = [
    "Kind",
    "Topic",
    "VersionChange",
    "by_name",
    "call_changes",
    "clause_changes",
    "form_changes",
    "rule_changes",
    "words",
]

Item = TypeVar("Item")


class Topic(StrEnum):
    """Where a change belongs, in the order people ask for them."""

    RULES = "Rules"
    LIMITS = "Limits"
    LISTS = "Lists and definitions"
    WORDING = "Wording"
    SOURCES = "Sources"
    GAPS = "Not known"
    CALL = "The call"
    CLAUSES = "Clauses"
    FORM = "The form"
    EXAMPLES = "Examples"


class Kind(StrEnum):
    """What happened to it; the value is the mark before it."""

    ADDED = "+"
    REMOVED = "-"
    CHANGED = "~"


class VersionChange(Frozen):
    """One change: of what (``subject``, with its ``title``), in a sentence, and both sides where there are two.

    ``before`` and ``after`` are empty where the sentence says it all.
    """

    in_short = ("kind", "subject", "sentence")

    topic: Topic
    kind: Kind
    subject: str
    title: str
    sentence: str
    before: str = ""
    after: str = ""


def by_name(
    old: Mapping[str, Item], new: Mapping[str, Item]
) -> tuple[list[Item], list[Item], Iterator[tuple[Item, Item]]]:
    """Pair two mappings: what was added, what was removed, and what is in both."""
    added = [item for name, item in new.items() if name not in old]
    removed = [item for name, item in old.items() if name not in new]
    return added, removed, ((item, new[name]) for name, item in old.items() if name in new)


def words(text: str) -> str:
    """The words of a text: how its lines are broken does not matter."""
    return " ".join(text.split())


DEMANDS = {
    "for each": ("checks each of", "What it checks", "It checks the proposal as a whole."),
    "when": ("applies where", "Where it applies", "It applies always."),
    "require": ("requires", "What it requires", "It requires nothing; it needs manual review."),
    "doubt": ("is in doubt where", "Where it is in doubt", "It is never in doubt."),
    "note": ("has a remark where", "Where it has a remark", "It has no remark."),
}
"""What a condition of a rule says, what it is, and what it means if there is none."""

ALWAYS = {
    "doubt": "It never fails: where it is not met, manual review is needed.",
    "note": "It always has a remark.",
}
"""What a condition means that is true for every proposal."""

WORDING = {"message": "says", "fix": "advises", "doubt message": "says in doubt", "note": "remarks"}
NOTHING = "(nothing)"


def rule_changes(old: Call, new: Call) -> Iterator[VersionChange]:
    """List the changes of the rules, in the order of the newer version."""
    added, removed, both = by_name({rule.id: rule for rule in old.rules}, {rule.id: rule for rule in new.rules})
    for rule in added:
        sentence = f"A new rule ({_weight(rule)}). {_demands(new, rule)}"
        yield VersionChange(Topic.RULES, Kind.ADDED, rule.id, rule.title, sentence)
    for rule in removed:
        sentence = f"The rule was removed. It was {_weight(rule)}. {_demands(old, rule)}"
        yield VersionChange(Topic.RULES, Kind.REMOVED, rule.id, rule.title, sentence)
    for before, after in both:
        yield from _severity(before, after)
        yield from _conditions(old, before, new, after)
        yield from _wording(before, after)
        yield from _rule_sources(old, before, new, after)
        yield from _examples(before, after)


def _changed(topic: Topic, rule: Rule, sentence: str, before: str = "", after: str = "") -> VersionChange:
    return VersionChange(topic, Kind.CHANGED, rule.id, rule.title, sentence, before, after)


def _weight(rule: Rule) -> str:
    return "for manual review" if rule.manual else rule.severity.value


def _demands(call: Call, rule: Rule) -> str:
    demands = [
        _always(key, one) or f"It {DEMANDS[key][0]}: {condition_in_words(call, rule, one)}."
        for key, one in rule.conditions()
    ]
    return " ".join(demands) or "It has no condition."


def _always(key: str, condition: Condition) -> str:
    return ALWAYS.get(key, "") if condition.tree == Boolean(value=True) else ""


def _severity(before: Rule, after: Rule) -> Iterator[VersionChange]:
    if before.severity is not after.severity:
        blocks = Severity.BLOCKING in (before.severity, after.severity)
        no_longer = "" if after.severity is Severity.BLOCKING else "no longer "
        effect = f" Failing it {no_longer}makes a proposal ineligible." if blocks else ""
        sentence = f"It is {after.severity} now, and was {before.severity}.{effect}"
        yield _changed(Topic.RULES, after, sentence)
    if before.manual is not after.manual:
        yield _changed(Topic.RULES, after, f"It now needs {'manual review' if after.manual else 'no manual review'}.")
    if before.scope is not after.scope:
        yield _changed(Topic.RULES, after, f"It now checks a {after.scope}; before, it checked a {before.scope}.")


def _conditions(old: Call, before: Rule, new: Call, after: Rule) -> Iterator[VersionChange]:
    had, has = dict(before.conditions()), dict(after.conditions())
    for key, (_, what, without) in DEMANDS.items():
        one, other = had.get(key), has.get(key)
        if _text(one) == _text(other):
            continue
        yield _changed(
            Topic.RULES,
            after,
            f"{what} has changed.",
            _condition_in_words(old, before, key, one, without),
            _condition_in_words(new, after, key, other, without),
        )


def _text(condition: Condition | None) -> str | None:
    return None if condition is None else words(condition.text)


def _condition_in_words(call: Call, rule: Rule, key: str, condition: Condition | None, without: str) -> str:
    """A condition in words and as it is written, since words alone may hide a change."""
    if condition is None:
        return without
    return f"{_always(key, condition) or condition_in_words(call, rule, condition)} [{words(condition.text)}]"


def _wording(before: Rule, after: Rule) -> Iterator[VersionChange]:
    had, has = ({key: words(one.text) for key, one in rule.sentences()} for rule in (before, after))
    for key, says in WORDING.items():
        if had.get(key) != has.get(key):
            sentence = f"What it {says} has new wording."
            yield _changed(Topic.WORDING, after, sentence, had.get(key, NOTHING), has.get(key, NOTHING))
    if before.title != after.title:
        yield _changed(Topic.WORDING, after, "It has a new title.", before.title, after.title)
    if words(before.why) != words(after.why):
        sentence = "The reason it gives has new wording."
        yield _changed(Topic.WORDING, after, sentence, words(before.why) or NOTHING, words(after.why) or NOTHING)


def _rule_sources(old: Call, before: Rule, new: Call, after: Rule) -> Iterator[VersionChange]:
    had = _rule_cited(old, (before.source, *before.also))
    has = _rule_cited(new, (after.source, *after.also))
    if had != has:
        gone, come = [one for one in had if one not in has], [one for one in has if one not in had]
        sentence = (
            "Its sources or the notes on them have changed."
            if gone or come
            else "The order of its sources has changed."
        )
        yield _changed(Topic.SOURCES, after, sentence, "; ".join(gone) or NOTHING, "; ".join(come) or NOTHING)


def _rule_cited(call: Call, citations: Sequence[Citation]) -> list[str]:
    return [
        f"{call.sources[one.document].title}, {cited(one.section, one.authority)}"
        + (f": {words(one.note)}" if one.note else "")
        for one in citations
    ]


def _examples(before: Rule, after: Rule) -> Iterator[VersionChange]:
    had, has = map(_tried, (before.examples, after.examples))
    come, gone = [one for one in has if one not in had], [one for one in had if one not in has]
    if come or gone:
        yield _changed(Topic.EXAMPLES, after, f"{counted(len(come), 'example')} added, {len(gone)} removed.")


def _tried(examples: Sequence[Example]) -> list[tuple[object, str, object]]:
    """What each example tries; how it is titled does not matter."""
    return [(dict(example.given), example.expect, example.as_of) for example in examples]


def call_changes(old: Call, new: Call) -> Iterator[VersionChange]:
    """List the changes of the call beside its rules."""
    yield from _parameters(old, new)
    yield from _code_lists(old, new)
    yield from _definitions(old, new)
    yield from _sources(old.sources, new.sources)
    yield from _texts(
        Topic.GAPS, "gap", {gap.topic: gap.text for gap in old.gaps}, {gap.topic: gap.text for gap in new.gaps}
    )
    yield from _texts(Topic.CALL, "next step", _next_steps(old), _next_steps(new))
    yield from _texts(Topic.CALL, "entry", _head(old), _head(new))


def clause_changes(old: Sequence[Clause], new: Sequence[Clause]) -> Iterator[VersionChange]:
    """List the changes of the clauses: their words, and where they lead."""
    yield from _texts(
        Topic.CLAUSES, "clause", {one.id: _led_to(one) for one in old}, {one.id: _led_to(one) for one in new}
    )


def form_changes(old: Mapping[str, object] | None, new: Mapping[str, object] | None) -> Iterator[VersionChange]:
    """List the changes of the form: pages, questions, their words and when they are shown.

    Both are the data of a form file, None where the version has none.
    """
    if old is None or new is None:
        if old is not new:
            kind = Kind.ADDED if old is None else Kind.REMOVED
            sentence = (
                "This version has a form. The form of the older version was not stored."
                if old is None
                else "This version no longer has a form."
            )
            yield VersionChange(Topic.FORM, kind, "form", "", sentence)
        return
    before, after = _form_parts(old), _form_parts(new)
    yield from _texts(Topic.FORM, "part", before, after)
    kept = [name for name in after if name in before]
    if [name for name in before if name in after] != kept:
        yield VersionChange(Topic.FORM, Kind.CHANGED, "form", "", "The order of the questions has changed.")


def _form_parts(form: Mapping[str, object]) -> dict[str, str]:
    """The parts of a form by what they ask for, each with all that is written of it."""
    parts: dict[str, str] = {}

    def look(node: Mapping[str, object], where: str) -> None:
        own = node.get("field") or node.get("group") or node.get("id") or "form"
        name = f"{where}.{own}" if where else str(own)
        inner = {key: node[key] for key in ("pages", "questions") if isinstance(node.get(key), list)}
        parts[name] = "; ".join(f"{key}: {_in_line(value)}" for key, value in node.items() if key not in inner)
        for listed in inner.values():
            for part in listed if isinstance(listed, list) else ():
                if isinstance(part, Mapping):
                    look(part, name if "group" in node else "")

    look(form, "")
    return parts


def _in_line(value: object) -> str:
    """The data of a form file on one line."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_in_line(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(map(_in_line, value))
    return {True: "true", False: "false"}.get(value, "") if isinstance(value, bool) else str(value)


def _next_steps(call: Call) -> dict[str, str]:
    steps = call.next_steps
    named = {"submit": steps.submit, "ask": steps.ask, "deadline": steps.deadline, "attach": steps.attach}
    return {name: " ".join(step.text for step in found) for name, found in named.items() if found}


def _head(call: Call) -> dict[str, str]:
    published = {"published": str(call.published)} if call.published else {}
    return {"title": call.title, "summary": call.summary, "as_of": str(call.as_of), **published}


def _led_to(clause: Clause) -> str:
    ends = (*clause.rules, *clause.gaps, clause.left_to_people, clause.nothing_to_check)
    return f"“{words(clause.text)}” → {', '.join(end for end in ends if end)}"


def _texts(topic: Topic, what: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[VersionChange]:
    """Compare texts by their names."""
    for name in dict.fromkeys((*old, *new)):
        before, after = words(old.get(name, "")), words(new.get(name, ""))
        if name not in old:
            yield VersionChange(topic, Kind.ADDED, name, "", f"A new {what}: {after}")
        elif name not in new:
            yield VersionChange(topic, Kind.REMOVED, name, "", f"The {what} was removed: {before}")
        elif before != after:
            yield VersionChange(topic, Kind.CHANGED, name, "", f"The {what} has changed.", before, after)


def _parameters(old: Call, new: Call) -> Iterator[VersionChange]:
    added, removed, both = by_name(old.parameters, new.parameters)
    for one in added:
        yield VersionChange(
            Topic.LIMITS, Kind.ADDED, one.name, one.title, f"New: {_course(one)}.{_used_by(new, one.name)}"
        )
    for one in removed:
        yield VersionChange(Topic.LIMITS, Kind.REMOVED, one.name, one.title, f"Removed. It was {_course(one)}.")
    for before, after in both:
        name, title = after.name, after.title
        if _course(before) != _course(after):
            sentence = f"The value has changed.{_used_by(new, name)}"
            yield VersionChange(Topic.LIMITS, Kind.CHANGED, name, title, sentence, _course(before), _course(after))
        if _cited(old, before) != _cited(new, after):
            gone, come = _apart(_cited(old, before), _cited(new, after))
            sentence = "The sources of the value or the notes on them have changed."
            yield VersionChange(Topic.SOURCES, Kind.CHANGED, name, title, sentence, gone, come)
        if before.title != after.title:
            yield VersionChange(
                Topic.WORDING, Kind.CHANGED, name, title, "It has a new title.", before.title, after.title
            )


def _course(parameter: Parameter) -> str:
    """What a parameter was, from day to day."""
    return ", ".join(f"{value_in_words(value.value, parameter.unit)} from {value.since}" for value in parameter.values)


def _cited(call: Call, parameter: Parameter) -> list[str]:
    citations = []
    for value in parameter.values:
        title = call.sources[value.source.document].title
        notes = "; ".join(words(note) for note in (value.source.note, value.note) if note)
        citations.append(f"{value.since}: {title}, {value.source.section}{f' ({notes})' if notes else ''}")
    return citations


def _used_by(call: Call, name: str) -> str:
    """The rules whose conditions need a name, through definitions too."""
    users = []
    for rule in call.rules:
        waiting = [condition.tree for _, condition in rule.conditions()]
        used: set[str] = set()
        while waiting:
            fresh = names_used(waiting.pop()) - used
            used |= fresh
            waiting += [call.definitions[one].condition.tree for one in fresh & call.definitions.keys()]
        if name in used:
            users.append(rule.id)
    return f" It decides {', '.join(users)}." if users else ""


def _definitions(old: Call, new: Call) -> Iterator[VersionChange]:
    added, removed, both = by_name(old.definitions, new.definitions)
    for one in added:
        yield VersionChange(
            Topic.LISTS, Kind.ADDED, one.name, one.title, f"A new definition: {words(one.condition.text)}"
        )
    for one in removed:
        yield VersionChange(Topic.LISTS, Kind.REMOVED, one.name, one.title, "The definition was removed.")
    for before, after in both:
        texts = words(before.condition.text), words(after.condition.text)
        if texts[0] != texts[1]:
            sentence = f"Its meaning has changed.{_used_by(new, after.name)}"
            yield VersionChange(Topic.LISTS, Kind.CHANGED, after.name, after.title, sentence, *texts)
        notes = f"{before.title}. {words(before.note)}", f"{after.title}. {words(after.note)}"
        if notes[0] != notes[1]:
            sentence = "Its title or its note has changed."
            yield VersionChange(Topic.WORDING, Kind.CHANGED, after.name, after.title, sentence, *notes)


def _code_lists(old: Call, new: Call) -> Iterator[VersionChange]:
    added, removed, both = by_name(old.code_lists, new.code_lists)
    for one in added:
        sentence = f"A new list: {_codes(new, one, one.members)}."
        yield VersionChange(Topic.LISTS, Kind.ADDED, one.id, one.title, sentence)
    for one in removed:
        yield VersionChange(Topic.LISTS, Kind.REMOVED, one.id, one.title, "The list was removed.")
    for before, after in both:
        yield from _members(old, before, new, after)


def _members(old: Call, before: CodeList, new: Call, after: CodeList) -> Iterator[VersionChange]:
    for had, has, what in (
        (before.members, after.members, "counted in"),
        (before.candidates, after.candidates, "for manual review"),
    ):
        was, now = {one.code: one for one in had}, {one.code: one for one in has}
        come, gone, both = by_name(was, now)
        if come or gone:
            sides = [f"{_codes(new, after, come)} now {what}" if come else ""]
            sides.append(f"{_codes(old, before, gone)} no longer {what}" if gone else "")
            sentence = f"{'; '.join(filter(None, sides))}.{_used_by(new, after.id)}"
            yield VersionChange(Topic.LISTS, Kind.CHANGED, after.id, after.title, sentence)
        for one, other in both:
            if _standing(one) != _standing(other):
                sentence = f"{_codes(new, after, [other])}: its source or its confidence has changed."
                sides = [_standing(one), _standing(other)]
                yield VersionChange(Topic.SOURCES, Kind.CHANGED, after.id, after.title, sentence, *sides)


def _codes(call: Call, code_list: CodeList, members: Iterable[Member]) -> str:
    of = code_list.of or code_list.id
    return ", ".join(one.label or call.label(of, one.code) for one in members) or "nothing"


def _standing(member: Member) -> str:
    parts = (f"confidence {member.confidence}", words(member.source), words(member.note))
    return "; ".join(filter(None, parts))


def _sources(old: Mapping[str, Source], new: Mapping[str, Source]) -> Iterator[VersionChange]:
    yield from _texts(
        Topic.SOURCES,
        "source",
        {name: _source(source) for name, source in old.items()},
        {name: _source(source) for name, source in new.items()},
    )


def _source(source: Source) -> str:
    beside = "; ".join(filter(None, (source.dated, source.url, words(source.note))))
    return f"{source.title} ({authority_in_short(source.authority)})" + (f"; {beside}" if beside else "")


def _apart(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """What is only in the one, and only in the other."""
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    return "; ".join(gone) or NOTHING, "; ".join(come) or NOTHING
