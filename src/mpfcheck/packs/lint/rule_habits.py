"""What a good rule has beyond its right form: examples of both sides, and a source that may carry it."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.packs.call import Call
from mpfcheck.packs.lint.finding import Finding, error, warning
from mpfcheck.packs.rule import Authority, Citation, Rule, Severity

__all__ = ["rule_habits"]

MAY_BLOCK = (Authority.SEED, Authority.OFFICIAL)
STRENGTH = {authority: strength for strength, authority in enumerate(reversed(Authority))}


def rule_habits(call: Call) -> Iterator[Finding]:
    """Look at every rule by itself."""
    for rule in call.rules:
        yield from _examples(rule)
        yield from _authority(call, rule)
        yield from _date(call, rule)
        yield from _item(rule)


def _examples(rule: Rule) -> Iterator[Finding]:
    wanted = ("pass", *(() if rule.never_fails else ("fail",)), *(("review",) if rule.doubt else ()))
    wanted = ("review",) if rule.manual else wanted
    shown = {example.expect for example in rule.examples}
    for status in wanted:
        if status not in shown:
            message = f'rule {rule.id} has no example that expects "{status}"'
            yield error(rule.place, message, "add a small proposal that shows it", rule.id)


def _authority(call: Call, rule: Rule) -> Iterator[Finding]:
    if rule.severity is Severity.BLOCKING and rule.source.authority not in MAY_BLOCK:
        message = f'rule {rule.id} is blocking, but its source has only the authority "{rule.source.authority}"'
        hint = "only seed and official may block: make it a warning, or cite a source that may"
        yield error(rule.source.place, message, hint, rule.id)
    for citation in (rule.source, *rule.also):
        yield from _claim(call, citation, rule.id)


def _date(call: Call, rule: Rule) -> Iterator[Finding]:
    """Find a rule that makes proposals ineligible by a document of which nobody can tell how old it is."""
    source = call.sources[rule.source.document]
    blocks = rule.severity is Severity.BLOCKING and not rule.manual and rule.source.authority in MAY_BLOCK
    if blocks and source.date is None:
        message = f'rule {rule.id} is blocking, but its source "{source.id}" has no date'
        hint = 'write its date in call.yaml, or "date: unknown" and a note on how old the copy is'
        yield warning(rule.source.place, message, hint, rule.id)


def _claim(call: Call, citation: Citation, rule_id: str) -> Iterator[Finding]:
    source = call.sources[citation.document]
    if STRENGTH[citation.authority] > STRENGTH[source.authority]:
        message = f'"{citation.authority}" is claimed for a source that is "{source.authority}"'
        yield error(citation.place, message, "a citation may say less than its source, never more", rule_id)


def _item(rule: Rule) -> Iterator[Finding]:
    """Find a rule that goes over a list and never speaks of what is in it."""
    if rule.item is None:
        return
    used: set[str] = set()
    for _, condition in rule.conditions():
        used |= names_used(condition.tree)
    if rule.item not in used and not rule.manual:
        message = f'rule {rule.id} goes over a list, but no condition speaks of "{rule.item}"'
        yield warning(rule.place, message, 'name the item in a condition, or leave out "for each"', rule.id)
