"""Sums of lists that may be empty: of an empty list FEEL makes null, and a rule that ends in null is inconclusive."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.calls.call import Call
from mpfcheck.calls.lint.filled import Filled, filled_where
from mpfcheck.calls.lint.finding import Finding, warning
from mpfcheck.calls.rule import Condition, Rule
from mpfcheck.calls.vocabulary import vocabulary_of
from mpfcheck.language.check import Checked
from mpfcheck.language.depend import parts
from mpfcheck.language.tree import (
    And,
    Expression,
    Filter,
    For,
    If,
    Iteration,
    Name,
    Or,
    Quantified,
    Test,
)
from mpfcheck.language.tree import (
    Call as FunctionCall,
)
from mpfcheck.language.types import ListType
from mpfcheck.language.unparse import unparse

__all__ = ["sums_of_nothing"]

NULL_OF_NONE = ("sum", "product", "min", "max", "mean", "median", "stddev")
"""The functions that give null for an empty list."""

Known = frozenset[Expression]
"""Lists that have an item at this place."""

_NOTHING: Known = frozenset()


def sums_of_nothing(call: Call) -> Iterator[Finding]:
    """Find sums, least and greatest values and averages of lists that may be empty where they are worked out."""
    vocabulary = vocabulary_of(call)
    for name, definition in call.definitions.items():
        checked = vocabulary.definitions.get(name)
        if checked is not None:
            yield from _Walk(call, checked, definition.condition, None).findings(_NOTHING)
    for rule in call.rules:
        for condition, known in _places(rule):
            yield from _Walk(call, vocabulary.check(rule, condition), condition, rule.id).findings(known)


def _places(rule: Rule) -> Iterator[tuple[Condition, Known]]:
    """The expressions of a rule, each with the lists that have an item wherever it is worked out."""
    started = frozenset({rule.for_each.tree}) if rule.for_each else _NOTHING
    applies = started | (filled_where(rule.when.tree, truth=True) if rule.when else _NOTHING)
    holds, fails = (
        applies | (filled_where(rule.require.tree, truth=truth) if rule.require else _NOTHING)
        for truth in (True, False)
    )
    for key, condition in rule.conditions():
        at_first = _NOTHING if key == "for each" else started
        yield condition, {"require": applies, "doubt": fails, "note": holds}.get(key, at_first)
    noted = holds | (filled_where(rule.note.when.tree, truth=True) if rule.note else _NOTHING)
    doubted = fails | (filled_where(rule.doubt.tree, truth=True) if rule.doubt else _NOTHING)
    said = {"message": fails, "fix": fails, "doubt message": doubted, "note": noted}
    for key, sentence in rule.sentences():
        for placeholder in sentence.placeholders():
            yield placeholder, said[key]


class _Walk:
    """One walk over one expression, which keeps in mind what is known of lists at each place."""

    def __init__(self, call: Call, checked: Checked, condition: Condition, rule_id: str | None) -> None:
        self._checked = checked
        self._condition = condition
        self._rule_id = rule_id
        self._filled = Filled(call, checked)

    def findings(self, known: Known) -> Iterator[Finding]:
        yield from self._look(self._condition.tree, known)

    def _look(self, node: Expression | Test | Iteration, known: Known) -> Iterator[Finding]:
        match node:
            case And(inside) | Or(inside):
                for part in inside:
                    yield from self._look(part, known)
                    # The next part only counts where this one has not settled the whole.
                    known |= filled_where(part, truth=isinstance(node, And))
            case If(condition, then, otherwise):
                yield from self._look(condition, known)
                yield from self._look(then, known | filled_where(condition, truth=True))
                yield from self._look(otherwise, known | filled_where(condition, truth=False))
            case For(iterations, body) | Quantified(_, iterations, body):
                for each in iterations:
                    yield from self._look(each, known)
                    known |= {each.domain}
                yield from self._look(body, known)
            case Filter(base, condition):
                yield from self._look(base, known)
                yield from self._look(condition, known | {base})
            case _:
                if isinstance(node, FunctionCall):
                    yield from self._call(node, known)
                for inner in parts(node):
                    yield from self._look(inner, known)

    def _call(self, node: FunctionCall, known: Known) -> Iterator[Finding]:
        match node:
            case FunctionCall(Name(function), (argument,)) if function in NULL_OF_NONE:
                if isinstance(self._checked.type_of(argument), ListType) and not self._filled.has_an_item(
                    argument, known
                ):
                    shown = unparse(argument)
                    message = f"`{shown}` may be empty, and the `{function}` of an empty list is null, no value"
                    hint = f"ask first whether there is one: `count({shown}) > 0 and …`"
                    if function == "sum":
                        hint = f"put a zero into it: `sum(append({shown}, 0))`"
                    place = self._condition.place_at(node.span.start)
                    yield warning(place, message, hint, self._rule_id)
