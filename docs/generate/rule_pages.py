"""One page for each rule of a call: why, condition, what people are told, sources and their authority, examples."""

from __future__ import annotations

from collections.abc import Iterator

from docs.generate.text import code, link, shown
from mpfcheck.packs.call import Call
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call
from mpfcheck.packs.rule import Rule
from mpfcheck.report.as_markdown import Dialect, as_markdown
from mpfcheck.report.say.rule import rule_blocks, rule_kind

__all__ = ["rule_pages"]

SITE = Dialect(shown, code, link, "    ")
"""Markdown as the builder of the site reads it."""


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
    yield "The rules of each call, generated from the rule files.\n"
    yield "| Call | Version | Rules |\n| --- | --- | --- |"
    for call in calls:
        yield f"| [{shown(call.title)}]({call.id}/index.md) | {call.version} | {len(call.rules)} |"
    yield ""


def _call(call: Call) -> Iterator[str]:
    yield f"# {shown(call.title)}\n"
    yield f"Call {code(call.id)}, rules version {call.version}, as of {call.as_of}.\n"
    yield f"{shown(call.summary)}\n"
    yield "| Rule | Requirement | Kind |\n| --- | --- | --- |"
    for rule in call.rules:
        yield f"| [{rule.id}]({rule.id}.md) | {shown(rule.title)} | {rule_kind(rule)} |"
    if call.gaps:
        yield "\n## Not known about this call\n"
        for gap in call.gaps:
            yield f"- **{shown(gap.topic)}**: {shown(gap.text)}"
    yield ""


def _rule(call: Call, rule: Rule) -> Iterator[str]:
    yield as_markdown(rule_blocks(call, rule), dialect=SITE).lstrip()
