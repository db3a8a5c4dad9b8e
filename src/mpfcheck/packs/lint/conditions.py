"""Conditions, or parts of them, that are always true or always false."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from mpfcheck.feel.study.certainty import always
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.syntax.tree import parts
from mpfcheck.feel.syntax.unparse import unparse
from mpfcheck.feel.types import Type
from mpfcheck.packs.call import Call
from mpfcheck.packs.lint.finding import LintFinding, error, warning
from mpfcheck.packs.rule import Rule
from mpfcheck.packs.template import Condition
from mpfcheck.packs.vocabulary import proposal_type, vocabulary_of

__all__ = ["dead_branches", "settled"]


ALONE = {
    ("when", True): ("applies always", 'remove "when"'),
    ("when", False): ("can never apply", "look at the codes and numbers it compares"),
    ("require", True): ("can never fail", "a rule that requires nothing is not a rule"),
    ("require", False): ("can never hold", "look at the codes and numbers it compares"),
    ("doubt", True): (
        "can never fail: its doubt is always true",
        'make the doubt narrower, write "doubt: true", or make the rule manual',
    ),
    ("doubt", False): ("has a doubt that is never true", 'remove "doubt"'),
    ("note", False): ("has a note that is never shown", "remove it"),
}
"""What it means where a condition of a rule can only be true, or only false."""

TOGETHER = (
    (
        ("when", "not require"),
        "require",
        "can never fail: wherever it applies, what it requires is true",
        'look at "when" and "require"',
    ),
    (
        ("when", "require"),
        "require",
        "can never hold: wherever it applies, what it requires is false",
        'look at "when" and "require"',
    ),
    (
        ("when", "not require", "doubt"),
        "doubt",
        "has a doubt that is never shown: where the rule would fail, it is false",
        'remove "doubt", or look at what it names',
    ),
    (
        ("when", "not require", "not doubt"),
        "doubt",
        "can never fail: where it would, its doubt is true",
        'make the doubt narrower, write "doubt: true", or make the rule manual',
    ),
    (
        ("when", "require", "note"),
        "note",
        "has a note that is never shown: where the rule passes, its condition is false",
        "remove it, or look at what it names",
    ),
)
"""Conditions of a rule that must be able to be true together; the key of the one to look at; what it means if not."""


def settled(call: Call) -> Iterator[LintFinding]:
    """Find the rules of a call whose conditions can only come out one way, where that can be told."""
    for rule in call.rules:
        names = vocabulary_of(call).names_for(rule)
        answers = {*proposal_type().fields, *([rule.item] if rule.item else [])}
        found = list(_alone(rule, names, answers))
        # What is wrong with one condition makes others look wrong that are not.
        yield from found or _together(rule, names, answers)


def _alone(rule: Rule, names: Mapping[str, Type], answers: Collection[str]) -> Iterator[LintFinding]:
    for key, condition in rule.conditions():
        intended = key == "for each" or (key == "doubt" and rule.never_fails)
        outcome = None if intended else always(condition.tree, names, fields=answers)
        if outcome is not None and (key, outcome) in ALONE:
            message, hint = ALONE[key, outcome]
            yield error(condition.place, f"rule {rule.id} {message}", hint, rule.id)


def _together(rule: Rule, names: Mapping[str, Type], answers: Collection[str]) -> Iterator[LintFinding]:
    """Find the first of the conditions that can never be true together with those before it."""
    conditions = dict(rule.conditions())
    for together, key, message, hint in TOGETHER:
        there = [part for part in together if part.removeprefix("not ") in conditions]
        if len(there) < 2 or key not in conditions or not set(together) - set(there) <= {"when"}:
            continue
        if rule.never_fails and key == "doubt":
            continue
        all_of_them = tree.And(tuple(_conjunct(part, conditions[part.removeprefix("not ")].tree) for part in there))
        if always(all_of_them, names, fields=answers) is False:
            yield error(conditions[key].place, f"rule {rule.id} {message}", hint, rule.id)
            return


def _conjunct(part: str, condition: tree.Expression) -> tree.Expression:
    return tree.FunctionCall(tree.Name("not"), (condition,)) if part.startswith("not ") else condition


_SENTENCE_CONDITIONS = {
    "message": ("when", "not require", "not doubt"),
    "fix": ("when", "not require", "not doubt"),
    "doubt message": ("when", "not require", "doubt"),
    "note": ("when", "require", "note"),
}
"""What is true where a sentence is said, as far as the rule has these conditions."""

_Trees = tuple[tree.Expression, ...]


def dead_branches(call: Call) -> Iterator[LintFinding]:
    """Find the branches that are never said, where that can be told."""
    for rule in call.rules:
        for key, sentence in rule.sentences():
            known = _known(rule, key)
            for placeholder in sentence.placeholders():
                for node, around in _choices(placeholder.tree, known):
                    yield from _of_choice(call, rule, key, placeholder, node, around)


def _known(rule: Rule, key: str) -> _Trees:
    conditions = dict(rule.conditions())
    return tuple(
        _not(conditions[name].tree) if part.startswith("not ") else conditions[name].tree
        for part in _SENTENCE_CONDITIONS["doubt message" if key == "message" and rule.never_fails else key]
        if (name := part.removeprefix("not ")) in conditions
    )


def _choices(node: tree.Expression | tree.Test | tree.Iteration, known: _Trees) -> Iterator[tuple[tree.If, _Trees]]:
    """Every ``if`` in an expression, with what is true where it is asked."""
    if isinstance(node, tree.If):
        yield node, known
        yield from _choices(node.condition, known)
        yield from _choices(node.then, (*known, node.condition))
        yield from _choices(node.otherwise, (*known, _not(node.condition)))
        return
    for part in parts(node):
        yield from _choices(part, known)


def _of_choice(
    call: Call, rule: Rule, key: str, placeholder: Condition, node: tree.If, known: _Trees
) -> Iterator[LintFinding]:
    names = vocabulary_of(call).names_for(rule)
    answers = {*proposal_type().fields, *([rule.item] if rule.item else [])}
    for word, branch in (("then", node.condition), ("else", _not(node.condition))):
        together = tree.And((*known, branch)) if known else branch
        if always(together, names, fields=answers) is False:
            message = (
                f'in the {key} of rule {rule.id}, what stands after "{word}" is never shown: '
                f"`{unparse(node.condition)}` is {'false' if word == 'then' else 'true'} wherever it is asked"
            )
            place = placeholder.place_at(node.span.start)
            yield warning(place, message, "say the other words alone, or look at the condition", rule.id)


def _not(condition: tree.Expression) -> tree.Expression:
    return tree.FunctionCall(tree.Name("not"), (condition,))
