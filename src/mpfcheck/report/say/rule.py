"""The blocks about one rule of a call: the reason, the condition, the messages, sources, limits, lists, examples."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.json_codec import json_text
from mpfcheck.packs.call import Call, CodeList, DatedValue, Parameter, value_in_words
from mpfcheck.packs.rule import Citation, Example, Rule, RuleScope
from mpfcheck.report.blocks import Block, Code, Detail, Entry, Listing, Mark, Say, Section, Spans, Title, Tone
from mpfcheck.report.rule_words import condition_in_words
from mpfcheck.report.words import AUTHORITY, Heading, Label

__all__ = ["CONDITIONS", "plain_data", "rule_blocks", "rule_kind"]

CONDITIONS = {
    "for each": "For each {item} of",
    "when": "Applies where",
    "require": "Required",
    "doubt": "In doubt where",
}
"""What each condition of a rule is."""


def rule_blocks(call: Call, rule: Rule) -> Iterator[Block]:
    """All there is to know about a rule."""
    yield Title(rule.id, rule.title)
    place = f"{rule.place.file}, line {rule.place.line}"
    yield Say((f"{rule_kind(rule)}. Call ", Code(call.id), f", {place}."), Tone.QUIET)
    if rule.why:
        yield Section("Why", (Say((rule.why,)),))
    if conditions := list(_conditions(call, rule)):
        yield Section("Condition", conditions)
    yield Section("Messages", _messages(rule))
    yield Section(Heading.SOURCES, (Listing([_source(call, citation) for citation in (rule.source, *rule.also)]),))
    used = _used(call, rule)
    parameters = [_parameter(call, one) for name, one in call.parameters.items() if name in used]
    definitions = [
        _entry(one.name, one.title, ((Code(one.condition.text),), (one.note,)))
        for name, one in call.definitions.items()
        if name in used
    ]
    code_lists = [_code_list(call, one) for name, one in call.code_lists.items() if name in used]
    examples = [_example(example) for example in rule.examples]
    for heading, entries in (
        ("Limits and other parameters, by date", parameters),
        ("Definitions", definitions),
        ("Code lists", code_lists),
        ("Examples (each is a test)", examples),
    ):
        if entries:
            yield Section(heading, (Listing(entries),))


def rule_kind(rule: Rule) -> str:
    """The severity of a rule, whether it needs manual review, and whether it is about proposals together."""
    kind = f"{rule.severity.value.capitalize()} rule" if rule.severity != "advice" else "Advice"
    kind = f"{kind}, always for manual review" if rule.manual else kind
    return f"{kind}, about all eligible proposals together" if rule.scope is RuleScope.PORTFOLIO else kind


def _conditions(call: Call, rule: Rule) -> Iterator[Block]:
    for key, condition in rule.conditions():
        if key in CONDITIONS and not (key == "doubt" and rule.never_fails):
            label = CONDITIONS[key].format(item=(rule.item or "").replace("_", " "))
            yield Say((f"{label}: {condition_in_words(call, rule, condition)}.",))
            yield Say((Code(condition.text.strip()),))


def _messages(rule: Rule) -> Iterator[Block]:
    yield Say((rule.message.text,))
    if rule.never_fails and not rule.manual:
        yield Say(("This rule never fails: where the condition is not met, manual review is needed.",))
    elif rule.doubt_message:
        yield Say((f"In doubt: {rule.doubt_message.text}",))
    if rule.fix:
        yield Say((f"{Label.FIX}: {rule.fix.text}",))
    if rule.note:
        yield Say(("Remark on a rule that is met, where ", Code(rule.note.when.text), f": {rule.note.message.text}"))


def _entry(name: str, title: str, details: tuple[Spans, ...], url: str | None = None) -> Entry:
    shown = tuple(Detail(spans) for spans in details if any(spans))
    return Entry(Mark.APART, name, title, details=shown, url=url)


def _source(call: Call, citation: Citation) -> Entry:
    source = call.sources[citation.document]
    where = f"{citation.section}. {AUTHORITY[citation.authority]}."
    return _entry(source.title, "", ((where,), (citation.note,), (source.note,)), source.url)


def _parameter(call: Call, parameter: Parameter) -> Entry:
    return _entry(
        parameter.name,
        parameter.title,
        tuple((line,) for value in parameter.values for line in _value(call, parameter, value)),
    )


def _value(call: Call, parameter: Parameter, value: DatedValue) -> Iterator[str]:
    source = call.sources[value.source.document]
    yield f"{value_in_words(value.value, parameter.unit)} from {value.since} ({source.title}, {value.source.section})"
    yield value.note
    yield value.source.note


def _code_list(call: Call, code_list: CodeList) -> Entry:
    details = []
    for heading, members in (("Members", code_list.members), ("For manual review", code_list.candidates)):
        alike: dict[tuple[str, str], list[str]] = {}
        for member in members:
            label = member.label or call.label(code_list.of or code_list.id, member.code)
            shown = f"{member.code} ({label})" if label != member.code else label
            alike.setdefault((member.confidence, member.source), []).append(shown)
        for (confidence, source), shown_members in alike.items():
            where = f": {source}" if source else ""
            details.append((f"{heading}: {', '.join(shown_members)} (confidence {confidence}{where})",))
    return _entry(code_list.id, code_list.title, (*details, (code_list.note,)))


def _used(call: Call, rule: Rule) -> frozenset[str]:
    """The names a rule's conditions and sentences use, through definitions too."""
    used: set[str] = set()
    waiting = [condition.tree for _, condition in rule.conditions()]
    waiting += [condition.tree for _, sentence in rule.sentences() for condition in sentence.placeholders()]
    while waiting:
        new = names_used(waiting.pop()) - used
        used |= new
        waiting += [call.definitions[name].condition.tree for name in new if name in call.definitions]
    return frozenset(used)


def _example(example: Example) -> Entry:
    day = f", as of {example.as_of}" if example.as_of else ""
    details: list[Spans] = [(Code(json_text(plain_data(example.given))),)]
    if example.likewise:
        path, values = example.likewise
        listed = ", ".join(json_text(plain_data(value)) for value in values)
        details.append((f"The same with {path}: ", Code(listed)))
    if example.noted is not None:
        details.append(("The remark is shown." if example.noted else "The remark is not shown.",))
    return _entry(f"{example.expect}{day}", example.title or "", tuple(details))


def plain_data(value: object) -> object:
    """Data of a rule file as JSON can write it: its exact numbers as text."""
    if isinstance(value, dict):
        return {str(key): plain_data(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(item) for item in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
