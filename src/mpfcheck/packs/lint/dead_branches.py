"""Words in a sentence that nobody is ever told: a branch of an ``if`` that never comes up where it is said."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.feel.study.certainty import always
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.syntax.tree import parts
from mpfcheck.feel.syntax.unparse import unparse
from mpfcheck.packs.call import Call
from mpfcheck.packs.lint.finding import Finding, warning
from mpfcheck.packs.proposal_type import proposal_type
from mpfcheck.packs.rule import Condition, Rule
from mpfcheck.packs.vocabulary import vocabulary_of

__all__ = ["dead_branches"]

_SAID_WHERE = {
    "message": ("when", "not require", "not doubt"),
    "fix": ("when", "not require", "not doubt"),
    "doubt message": ("when", "not require", "doubt"),
    "note": ("when", "require", "note"),
}
"""What is true where a sentence is said, as far as the rule has these conditions."""

_Trees = tuple[tree.Expression, ...]


def dead_branches(call: Call) -> Iterator[Finding]:
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
        for part in (_SAID_WHERE["doubt message"] if key == "message" and rule.never_fails else _SAID_WHERE[key])
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
) -> Iterator[Finding]:
    names = vocabulary_of(call).names_for(rule)
    answers = {*proposal_type().fields, *([rule.item] if rule.item else [])}
    for word, asked in (("then", node.condition), ("else", _not(node.condition))):
        together = tree.And((*known, asked)) if known else asked
        if always(together, names, fields=answers) is False:
            message = (
                f'in the {key} of rule {rule.id}, what stands after "{word}" is never said: '
                f"`{unparse(node.condition)}` is {'false' if word == 'then' else 'true'} wherever it is asked"
            )
            place = placeholder.place_at(node.span.start)
            yield warning(place, message, "say the other words alone, or look at the condition", rule.id)


def _not(condition: tree.Expression) -> tree.Expression:
    return tree.Call(tree.Name("not"), (condition,))
