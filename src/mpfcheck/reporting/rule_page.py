"""One rule of a call as a page for people: what it demands, why, in what words, and where that stands."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.calls.call import Call, CodeList, DatedValue, Parameter, ParameterValue
from mpfcheck.calls.rule import Citation, Condition, Example, Rule, Scope
from mpfcheck.language.depend import names_used
from mpfcheck.reporting.encoding import json_text
from mpfcheck.reporting.page import Page
from mpfcheck.reporting.wording import AUTHORITY

__all__ = ["write_rule"]


def write_rule(page: Page, call: Call, rule: Rule) -> None:
    """Write all there is to know of a rule."""
    page.lead(rule.id, "bold", rule.title)
    page.say(f"{_kind(rule)} of the call {call.id}, {rule.place.file} line {rule.place.line}.", style="dim")
    if rule.why:
        page.heading("Why")
        page.say(rule.why, indent="  ")
    _conditions(page, rule)
    _sentences(page, rule)
    page.heading("Sources")
    for citation in (rule.source, *rule.also):
        _source(page, call, citation)
    _names(page, call, rule)
    if rule.examples:
        page.heading("Examples, each of them a test")
        for example in rule.examples:
            _example(page, example)


def _kind(rule: Rule) -> str:
    kind = f"A {rule.severity} rule" if rule.severity != "advice" else "Advice"
    if rule.manual:
        kind = f"{kind}, for a person to judge,"
    return f"{kind} on proposals checked together" if rule.scope is Scope.PORTFOLIO else kind


def _conditions(page: Page, rule: Rule) -> None:
    each = f"{rule.item}, of each of" if rule.item else ""
    parts = [
        (each, rule.for_each),
        ("when", rule.when),
        ("require", rule.require),
        ("in doubt where", rule.doubt),
    ]
    said = [(label, condition) for label, condition in parts if condition is not None]
    if said:
        page.heading("Condition")
    for label, condition in said:
        page.say(f"{label}: {condition.text}", indent="  ", hang="    ")


def _sentences(page: Page, rule: Rule) -> None:
    page.heading("What a person is told")
    page.say(rule.message.text, indent="  ")
    if rule.doubt_message:
        page.say(f"In doubt: {rule.doubt_message.text}", indent="  ", hang="  ")
    if rule.fix:
        page.say(f"To mend it: {rule.fix.text}", indent="  ", hang="  ")
    if rule.note:
        page.say(f"Though it passes, where {rule.note.when.text}: {rule.note.message.text}", indent="  ", hang="  ")


def _source(page: Page, call: Call, citation: Citation) -> None:
    source = call.sources[citation.document]
    page.entry("-", "", source.title, "")
    page.detail(f"{citation.section}. {AUTHORITY[citation.authority]}.")
    if source.url:
        page.detail(source.url)
    for note in (citation.note, source.note):
        if note:
            page.detail(note)


def _names(page: Page, call: Call, rule: Rule) -> None:
    used = _used(call, rule)
    if parameters := [parameter for name, parameter in call.parameters.items() if name in used]:
        page.heading("Parameters, by date")
        for parameter in parameters:
            page.entry("-", "", parameter.name, parameter.title)
            for value in parameter.values:
                _value(page, call, parameter, value)
    if definitions := [definition for name, definition in call.definitions.items() if name in used]:
        page.heading("Definitions")
        for definition in definitions:
            page.entry("-", "", definition.name, definition.title)
            page.detail(definition.condition.text)
            if definition.note:
                page.detail(definition.note)
    if code_lists := [code_list for name, code_list in call.code_lists.items() if name in used]:
        page.heading("Code lists")
        for code_list in code_lists:
            _code_list(page, call, code_list)


def _value(page: Page, call: Call, parameter: Parameter, value: DatedValue) -> None:
    source = call.sources[value.source.document]
    page.detail(f"{_written(value.value, parameter.unit)} from {value.since} ({source.title}, {value.source.section})")
    for note in (value.note, value.source.note):
        if note:
            page.say(note, indent=" " * 8)


def _written(value: ParameterValue, unit: str | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{unit} {value}" if unit == "EUR" else f"{value} months" if unit == "months" else str(value)


def _code_list(page: Page, call: Call, code_list: CodeList) -> None:
    page.entry("-", "", code_list.id, code_list.title)
    groups = (("Members", code_list.members), ("Candidates, for a person to judge", code_list.candidates))
    for heading, members in groups:
        by_confidence: dict[str, list[str]] = {}
        for member in members:
            label = member.label or call.label(code_list.of or code_list.id, member.code)
            by_confidence.setdefault(member.confidence, []).append(
                f"{member.code} ({label})" if label != member.code else label
            )
        for confidence, labels in by_confidence.items():
            page.detail(", ".join(labels), label=f"{heading} (confidence {confidence})")
    if code_list.note:
        page.detail(code_list.note)


def _used(call: Call, rule: Rule) -> frozenset[str]:
    """The names a rule's conditions and sentences use, through definitions too."""
    used: set[str] = set()
    waiting = [condition.tree for condition in _all_conditions(rule)]
    while waiting:
        new = names_used(waiting.pop()) - used
        used |= new
        waiting += [call.definitions[name].condition.tree for name in new if name in call.definitions]
    return frozenset(used)


def _all_conditions(rule: Rule) -> Iterator[Condition]:
    note = rule.note
    alone = (rule.for_each, rule.when, rule.require, rule.doubt, note.when if note else None)
    yield from (condition for condition in alone if condition is not None)
    for template in (rule.message, rule.fix, rule.doubt_message, note.message if note else None):
        if template is not None:
            yield from (part for part in template.parts if isinstance(part, Condition))


def _example(page: Page, example: Example) -> None:
    day = f", as of {example.as_of}" if example.as_of else ""
    title = f": {example.title}" if example.title else ""
    page.entry("-", "", f"{example.expect}{title}{day}", "")
    page.detail(json_text(_plain_data(example.given)))


def _plain_data(value: object) -> object:
    """Data of a rule file as JSON can write it: its exact numbers as text."""
    if isinstance(value, dict):
        return {str(key): _plain_data(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_data(item) for item in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
