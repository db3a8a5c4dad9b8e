"""Sentences of a rule that nobody is ever told, and rules that say what another says already."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.feel.syntax import tree
from mpfcheck.packs.call import Call
from mpfcheck.packs.lint.finding import Finding, error, warning
from mpfcheck.packs.rule import Rule, Scope

__all__ = ["repeated_rules", "unsaid_sentences"]

_Asked = tuple[object, ...]


def unsaid_sentences(call: Call) -> Iterator[Finding]:
    """Find sentences for a status their rule never comes to."""
    for rule in call.rules:
        why = _never_fails(rule)
        if why and rule.fix:
            yield error(rule.fix.place, f'the "fix" of rule {rule.id} is never said: {why}', "leave it out", rule.id)
        if rule.never_fails and not rule.manual and rule.doubt_message:
            message = f'rule {rule.id} has "doubt: true" and a "doubt message"'
            hint = 'say it in "message", and leave "doubt message" out'
            yield error(rule.doubt_message.place, message, hint, rule.id)
        if rule.manual and rule.note:
            message = f"the note of rule {rule.id} is never said: a manual rule never passes"
            yield error(rule.note.message.place, message, 'say it in "message"', rule.id)


def _never_fails(rule: Rule) -> str:
    if rule.manual:
        return "a manual rule never fails"
    if rule.never_fails:
        return 'a rule with "doubt: true" never fails'
    return "a rule about many proposals mends none of them" if rule.scope is Scope.PORTFOLIO else ""


def repeated_rules(call: Call) -> Iterator[Finding]:
    """Find rules that ask just what a rule before them asks."""
    first: dict[_Asked, Rule] = {}
    for rule in call.rules:
        if rule.require is None:
            continue
        before = first.setdefault(_asked(rule), rule)
        if before is not rule:
            message = f"rule {rule.id} asks the same as rule {before.id}"
            yield warning(rule.place, message, "one finding is enough: keep one of the two", rule.id)


def _asked(rule: Rule) -> _Asked:
    trees = [part.tree if part else None for part in (rule.for_each, rule.when, rule.require, rule.doubt)]
    return (rule.scope, rule.item, *(tree.Null() if each is None else each for each in trees))
