"""Rules that are settled before any proposal is seen: that can never apply, never hold or never fail."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.calls.call import Call
from mpfcheck.calls.lint.finding import Finding, error
from mpfcheck.calls.proposal_type import proposal_type
from mpfcheck.calls.rule import Rule
from mpfcheck.calls.vocabulary import vocabulary_of
from mpfcheck.language.certainty import always

__all__ = ["settled"]

SETTLED = {
    ("when", True): ("applies always", 'leave out "when"'),
    ("when", False): ("can never apply", "look at the codes and numbers it compares"),
    ("require", True): ("can never fail", "a rule that asks nothing is no rule"),
    ("require", False): ("can never hold", "look at the codes and numbers it compares"),
    ("doubt", True): ("can never fail: its doubt is always true", "make the doubt narrower, or the rule manual"),
    ("doubt", False): ("has a doubt that is never true", 'leave out "doubt"'),
    ("note", False): ("has a note that is never said", "leave it out"),
}
"""What it means where a condition of a rule can only be true, or only false."""


def settled(call: Call) -> Iterator[Finding]:
    """Find the rules of a call whose conditions can only come out one way, where that can be told."""
    for rule in call.rules:
        yield from _of_rule(call, rule)


def _of_rule(call: Call, rule: Rule) -> Iterator[Finding]:
    names = vocabulary_of(call).names_for(rule)
    answers = {*proposal_type().fields, *([rule.item] if rule.item else [])}
    for key, condition in rule.conditions():
        outcome = None if key == "for each" else always(condition.tree, names, fields=answers)
        if outcome is not None and (key, outcome) in SETTLED:
            message, hint = SETTLED[key, outcome]
            yield error(condition.place, f"rule {rule.id} {message}", hint, rule.id)
