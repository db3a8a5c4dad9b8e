"""One rule of a call as a page for people: what it demands, why, in what words, and where that stands."""

from __future__ import annotations

from decimal import Decimal

from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.packs.call import Call, CodeList, DatedValue, Parameter, ParameterValue
from mpfcheck.packs.rule import Citation, Example, Rule, Scope
from mpfcheck.proposal.values import format_money
from mpfcheck.report.json_codec import json_text
from mpfcheck.report.page import Page
from mpfcheck.report.rule_words import condition_in_words
from mpfcheck.report.words import AUTHORITY

__all__ = ["plain_data", "write_rule"]


def write_rule(page: Page, call: Call, rule: Rule) -> None:
    """Write all there is to know of a rule."""
    page.lead(rule.id, "bold", rule.title)
    page.say(f"{_kind(rule)} of the call {call.id}, {rule.place.file} line {rule.place.line}.", style="dim")
    if rule.changed:
        keys = ", ".join(rule.changed)
        page.say(f"The call changes: {keys} ({rule.changed_at.file} line {rule.changed_at.line}).", style="dim")
    if rule.why:
        page.heading("Why")
        page.say(rule.why, indent="  ")
    _conditions(page, call, rule)
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


def _conditions(page: Page, call: Call, rule: Rule) -> None:
    labels = {
        "for each": f"For each {(rule.item or '').replace('_', ' ')} of",
        "when": "Applies where",
        "require": "Must hold",
        "doubt": "In doubt where",
    }
    if rule.never_fails:
        del labels["doubt"]
    said = [(labels[key], condition) for key, condition in rule.conditions() if key in labels]
    if not said:
        return
    page.heading("Condition, in FEEL")
    for label, condition in said:
        page.say(f"{label}: {condition.text}", indent="  ", hang="    ")
    page.heading("In words")
    for label, condition in said:
        page.say(f"{label}: {condition_in_words(call, rule, condition)}.", indent="  ", hang="    ")


def _sentences(page: Page, rule: Rule) -> None:
    page.heading("What a person is told")
    page.say(rule.message.text, indent="  ")
    if rule.never_fails and not rule.manual:
        page.say("This rule never fails: where the condition is not met, manual review is needed.", indent="  ")
    elif rule.doubt_message:
        page.say(f"In doubt: {rule.doubt_message.text}", indent="  ", hang="  ")
    if rule.fix:
        page.say(f"To mend it: {rule.fix.text}", indent="  ", hang="  ")
    if rule.note:
        page.say(f"Though it passes, where {rule.note.when.text}: {rule.note.message.text}", indent="  ", hang="  ")


def _source(page: Page, call: Call, citation: Citation) -> None:
    source = call.sources[citation.document]
    page.say(f"- {source.title}", indent="  ", hang="    ", style="bold")
    page.detail(f"{citation.section}. {AUTHORITY[citation.authority]}.")
    if source.url:
        page.link(source.url)
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
    if unit == "EUR" and isinstance(value, Decimal):
        return format_money(value)
    return f"{value} months" if unit == "months" else str(value)


def _code_list(page: Page, call: Call, code_list: CodeList) -> None:
    page.entry("-", "", code_list.id, code_list.title)
    groups = (("Members", code_list.members), ("For a person to judge", code_list.candidates))
    for heading, members in groups:
        alike: dict[tuple[str, str], list[str]] = {}
        for member in members:
            label = member.label or call.label(code_list.of or code_list.id, member.code)
            shown = f"{member.code} ({label})" if label != member.code else label
            alike.setdefault((member.confidence, member.source), []).append(shown)
        for (confidence, source), shown_members in alike.items():
            where = f": {source}" if source else ""
            page.detail(f"{', '.join(shown_members)} (confidence {confidence}{where})", label=heading)
    if code_list.note:
        page.detail(code_list.note)


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


def _example(page: Page, example: Example) -> None:
    day = f", as of {example.as_of}" if example.as_of else ""
    title = f": {example.title}" if example.title else ""
    page.entry("-", "", f"{example.expect}{title}{day}", "")
    page.detail(json_text(plain_data(example.given)))
    if example.likewise:
        path, values = example.likewise
        page.detail(f"Likewise with {path}: {', '.join(json_text(plain_data(value)) for value in values)}")
    if example.noted is not None:
        page.detail("The note is said." if example.noted else "The note is not said.")


def plain_data(value: object) -> object:
    """Data of a rule file as JSON can write it: its exact numbers as text."""
    if isinstance(value, dict):
        return {str(key): plain_data(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(item) for item in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
