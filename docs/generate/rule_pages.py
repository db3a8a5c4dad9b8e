"""One page for each rule of a call: why, condition, what people are told, sources and their authority, examples."""

from __future__ import annotations

from collections.abc import Iterator

from docs.generate.text import code, link, shown
from mpfcheck.packs.call import Call
from mpfcheck.packs.load import list_calls, load_call
from mpfcheck.packs.rule import Citation, Example, Rule
from mpfcheck.report.json_codec import json_text
from mpfcheck.report.rule_page import plain_data
from mpfcheck.report.rule_words import condition_in_words
from mpfcheck.report.words import AUTHORITY

__all__ = ["rule_pages"]

LABELS = {
    "for each": "For each {item} of",
    "when": "Applies where",
    "require": "Must hold",
    "doubt": "In doubt where",
}


def rule_pages() -> Iterator[tuple[str, str]]:
    """The pages by their paths: an index of the calls, one page a call, one page a rule."""
    calls = [load_call(call_id) for call_id in list_calls()]
    yield "reference/rules/index.md", "\n".join(_index(calls))
    for call in calls:
        yield f"reference/rules/{call.id}/index.md", "\n".join(_call(call))
        for rule in call.rules:
            yield f"reference/rules/{call.id}/{rule.id}.md", "\n".join(_rule(call, rule))


def _index(calls: list[Call]) -> Iterator[str]:
    yield "# Rules by call\n"
    yield "What each call asks, rule by rule, made from the rule files themselves.\n"
    yield "| Call | Version | Rules |\n| --- | --- | --- |"
    for call in calls:
        yield f"| [{shown(call.title)}]({call.id}/index.md) | {call.version} | {len(call.rules)} |"
    yield ""


def _call(call: Call) -> Iterator[str]:
    yield f"# {shown(call.title)}\n"
    yield f"Call {code(call.id)}, rules of version {call.version}, as of {call.as_of}.\n"
    yield f"{shown(call.summary)}\n"
    yield "| Rule | What it demands | Severity |\n| --- | --- | --- |"
    for rule in call.rules:
        yield f"| [{rule.id}]({rule.id}.md) | {shown(rule.title)} | {_kind(rule)} |"
    if call.gaps:
        yield "\n## Not known\n"
        for gap in call.gaps:
            yield f"- **{shown(gap.topic)}**: {shown(gap.text)}"
    yield ""


def _rule(call: Call, rule: Rule) -> Iterator[str]:
    yield f"# {rule.id}: {shown(rule.title)}\n"
    yield f"{_kind(rule).capitalize()}, of the call [{shown(call.title)}](index.md).\n"
    if rule.why:
        yield f"## Why\n\n{shown(rule.why)}\n"
    conditions = [(key, condition) for key, condition in rule.conditions() if key in LABELS]
    if conditions:
        yield "## Condition\n"
        for key, condition in conditions:
            label = LABELS[key].format(item=(rule.item or "").replace("_", " "))
            yield f"{label}: {shown(condition_in_words(call, rule, condition))}.\n"
            yield f"```text\n{condition.text.strip()}\n```\n"
    yield "## What people are told\n"
    yield f"{shown(rule.message.text)}\n"
    for label, sentence in (("In doubt", rule.doubt_message), ("To mend it", rule.fix)):
        if sentence:
            yield f"{label}: {shown(sentence.text)}\n"
    if rule.note:
        yield f"Although it passes, where {code(rule.note.when.text)}: {shown(rule.note.message.text)}\n"
    yield "## Sources\n"
    for citation in (rule.source, *rule.also):
        yield from _source(call, citation)
    if rule.examples:
        yield "\n## Examples\n\nEach of them is a test.\n"
        for example in rule.examples:
            yield from _example(example)
    yield ""


def _kind(rule: Rule) -> str:
    return f"{rule.severity}, for a person to judge" if rule.manual else str(rule.severity)


def _source(call: Call, citation: Citation) -> Iterator[str]:
    source = call.sources[citation.document]
    authority = shown(AUTHORITY[citation.authority])
    yield f"- {link(source.title, source.url)}, {shown(citation.section)}. {authority}."
    for note in (citation.note, source.note):
        if note:
            yield f"  {shown(note)}"


def _example(example: Example) -> Iterator[str]:
    title = f", {shown(example.title)}" if example.title else ""
    day = f", as of {example.as_of}" if example.as_of else ""
    yield f"- {code(example.expect)}{title}{day}: {code(json_text(plain_data(example.given)))}"
