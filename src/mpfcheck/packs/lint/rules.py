"""What a good rule has beyond its form: examples, a source that may carry it, its own id, sentences that are used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.feel.syntax import tree
from mpfcheck.packs.call import Call
from mpfcheck.packs.lint.finding import LintFinding, error, warning
from mpfcheck.packs.rule import Authority, Citation, Rule, RuleScope
from mpfcheck.packs.severity import Severity

__all__ = ["overlapping_ids", "repeated_rules", "rule_habits", "unreachable_sentences"]


MAY_BLOCK = (Authority.SEED, Authority.OFFICIAL)
STRENGTH = {authority: strength for strength, authority in enumerate(reversed(Authority))}


def rule_habits(call: Call) -> Iterator[LintFinding]:
    """Look at every rule by itself."""
    for rule in call.rules:
        yield from _examples(rule)
        yield from _authority(call, rule)
        yield from _date(call, rule)
        yield from _item(rule)


def _examples(rule: Rule) -> Iterator[LintFinding]:
    statuses = ("pass", *(() if rule.never_fails else ("fail",)), *(("review",) if rule.doubt else ()))
    statuses = ("review",) if rule.manual else statuses
    shown = {example.expect for example in rule.examples}
    for status in statuses:
        if status not in shown:
            message = f'rule {rule.id} has no example that expects "{status}"'
            yield error(rule.place, message, "add a small proposal that shows it", rule.id)


def _authority(call: Call, rule: Rule) -> Iterator[LintFinding]:
    if rule.severity is Severity.BLOCKING and rule.source.authority not in MAY_BLOCK:
        message = f'rule {rule.id} is blocking, but its source has only the authority "{rule.source.authority}"'
        hint = "only seed and official may block: make it a warning, or cite a source that may"
        yield error(rule.source.place, message, hint, rule.id)
    for citation in (rule.source, *rule.also):
        yield from _claim(call, citation, rule.id)


def _date(call: Call, rule: Rule) -> Iterator[LintFinding]:
    """Find a rule that makes proposals ineligible by a document of which nobody can tell how old it is."""
    source = call.sources[rule.source.document]
    blocks = rule.severity is Severity.BLOCKING and not rule.manual and rule.source.authority in MAY_BLOCK
    if blocks and source.date in (None, "unknown") and not (source.date and source.note):
        message = f'rule {rule.id} is blocking, but its source "{source.id}" has no date'
        hint = 'write its date in call.yaml, or "date: unknown" and a note on how old the copy is'
        yield warning(rule.source.place, message, hint, rule.id)


def _claim(call: Call, citation: Citation, rule_id: str) -> Iterator[LintFinding]:
    source = call.sources[citation.document]
    if STRENGTH[citation.authority] > STRENGTH[source.authority]:
        message = f'"{citation.authority}" is claimed for a source that is "{source.authority}"'
        yield error(citation.place, message, "a citation may say less than its source, never more", rule_id)


def _item(rule: Rule) -> Iterator[LintFinding]:
    """Find a rule that goes over a list and never speaks of what is in it."""
    if rule.item is None:
        return
    used: set[str] = set()
    for _, condition in rule.conditions():
        used |= names_used(condition.tree)
    if rule.item not in used and not rule.manual:
        message = f'rule {rule.id} goes over a list, but no condition speaks of "{rule.item}"'
        yield warning(rule.place, message, 'name the item in a condition, or leave out "for each"', rule.id)


_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
_ALIKE = str.maketrans({"O": "0", "I": "1"})


def overlapping_ids(call: Call) -> Iterator[LintFinding]:
    """Find ids that differ only in leading zeros, hyphens, or letters that look like digits."""
    first: dict[str, Rule] = {}
    for rule in call.rules:
        before = first.setdefault(_as_heard(rule.id), rule)
        if before.id != rule.id:
            message = f"the id {rule.id} is easily taken for {before.id}"
            hint = f"the other is at {before.place.file}:{before.place.line}; give this one an id of its own"
            yield warning(rule.place, message, hint, rule.id)


def _as_heard(rule_id: str) -> str:
    return _ZEROS.sub("", rule_id.translate(_ALIKE)).replace("-", "")


_Requirement = tuple[object, ...]


def unreachable_sentences(call: Call) -> Iterator[LintFinding]:
    """Find sentences for a status their rule never comes to."""
    for rule in call.rules:
        why = _never_fails(rule)
        if why and rule.fix:
            yield error(rule.fix.place, f'the "fix" of rule {rule.id} is never shown: {why}', "remove it", rule.id)
        if rule.never_fails and not rule.manual and rule.doubt_message:
            message = f'rule {rule.id} has "doubt: true" and a "doubt message"'
            hint = 'say it in "message", and leave "doubt message" out'
            yield error(rule.doubt_message.place, message, hint, rule.id)
        if rule.manual and rule.note:
            message = f"the note of rule {rule.id} is never shown: a manual rule never passes"
            yield error(rule.note.message.place, message, 'say it in "message"', rule.id)


def _never_fails(rule: Rule) -> str:
    if rule.manual:
        return "a manual rule never fails"
    if rule.never_fails:
        return 'a rule with "doubt: true" never fails'
    return "a rule about many proposals mends none of them" if rule.scope is RuleScope.PORTFOLIO else ""


def repeated_rules(call: Call) -> Iterator[LintFinding]:
    """Find rules that ask just what a rule before them asks."""
    first: dict[_Requirement, Rule] = {}
    for rule in call.rules:
        if rule.require is None:
            continue
        before = first.setdefault(_requirement(rule), rule)
        if before is not rule:
            message = f"rule {rule.id} asks the same as rule {before.id}"
            yield warning(rule.place, message, "one finding is enough: keep one of them", rule.id)


def _requirement(rule: Rule) -> _Requirement:
    trees = [part.tree if part else None for part in (rule.for_each, rule.when, rule.require, rule.doubt)]
    return (rule.scope, rule.item, *(tree.Null() if each is None else each for each in trees))
