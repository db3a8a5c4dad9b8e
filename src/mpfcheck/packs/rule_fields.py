"""Which fields of a proposal each rule of a call reads, found from its conditions before any proposal is seen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from mpfcheck.feel.study.dependencies import fields_read
from mpfcheck.feel.syntax.tree import Expression
from mpfcheck.packs.call import Call
from mpfcheck.packs.proposal_type import proposal_type
from mpfcheck.packs.rule import Condition, Rule, Scope
from mpfcheck.packs.vocabulary import vocabulary_of

__all__ = ["condition_fields", "rule_fields"]

Way = tuple[str, ...]


@lru_cache(maxsize=8)
def rule_fields(call: Call) -> Mapping[str, frozenset[Way]]:
    """The ways to the fields each rule reads, by its id: ``("lead", "country")``, ``("budget", "lines", "amount")``.

    A list or record that is used as a whole is named itself. Rules about many proposals read no field of one.
    """
    return {rule.id: _fields(call, rule) for rule in call.rules}


def condition_fields(call: Call, condition: Condition, items: Mapping[str, Expression]) -> frozenset[Way]:
    """The ways to the fields a condition reads; ``items`` gives the list each name of an item stands for."""
    vocabulary = vocabulary_of(call)
    names = {**vocabulary.names, **vocabulary.item_types(items)}
    definitions = {name: definition.condition.tree for name, definition in call.definitions.items()}
    found = fields_read(condition.tree, names, {**definitions, **items}, fields=proposal_type().fields)
    return frozenset(tuple(path.split(".")) for path in found)


def _fields(call: Call, rule: Rule) -> frozenset[Way]:
    if rule.scope is Scope.PORTFOLIO:
        return frozenset()
    items = {rule.item: rule.for_each.tree} if rule.item and rule.for_each else {}
    ways: set[Way] = set()
    for key, condition in rule.conditions():
        ways |= condition_fields(call, condition, {} if key == "for each" else items)
    return frozenset(ways)
