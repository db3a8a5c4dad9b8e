"""A rule with one thing changed in one of its conditions, or with a condition left out."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.checking.pack_tests.change import Change
from mpfcheck.feel.mutants import mutants
from mpfcheck.feel.tree import Expression
from mpfcheck.frozen import changed
from mpfcheck.packs.call import Call
from mpfcheck.packs.rule import Condition, Rule
from mpfcheck.packs.vocabulary import vocabulary_of

__all__ = ["rule_mutants"]


def rule_mutants(call: Call, rule: Rule) -> Iterator[tuple[Rule, Change]]:
    """Every mutant of a rule of a call, with what was changed."""
    vocabulary = vocabulary_of(call)
    for key, condition in rule.conditions():
        if key in ("when", "doubt", "note"):
            yield changed(rule, **{key: None}), Change(rule.id, key, f'"{key}" left out', condition.place)
        for mutant in mutants(condition.tree, vocabulary.check(rule, condition).type_of):
            change = Change(rule.id, key, mutant.change, condition.place_at(mutant.span.start))
            yield _with(rule, key, condition, mutant.tree), change


def _with(rule: Rule, key: str, condition: Condition, tree: Expression) -> Rule:
    other = Condition(condition.text, tree, condition.place)
    if key == "note" and rule.note:
        return changed(rule, note=changed(rule.note, when=other))
    return changed(rule, **{key.replace(" ", "_"): other})
