"""The fields of proposals that rules about many of them read: nothing else of a proposal need be kept for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from mpfcheck.feel.depend import fields_read
from mpfcheck.packs.call import Call
from mpfcheck.packs.rule import Rule, Scope
from mpfcheck.packs.vocabulary import PROPOSALS, rule_names

__all__ = ["Wanted", "only", "wanted_fields"]

Wanted: TypeAlias = "Mapping[str, Wanted]"
"""Fields by name, each with those wanted inside it; where none is named, all of it is wanted."""


def wanted_fields(call: Call) -> Wanted | None:
    """The fields the portfolio rules of a call read, None where there is no such rule."""
    rules = [rule for rule in call.rules if rule.scope is Scope.PORTFOLIO]
    paths = {path for rule in rules for path in _read(rule, call)}
    return _tree(paths) if rules else None


def only(answers: Mapping[str, object], wanted: Wanted) -> Mapping[str, object]:
    """The answers without what is not wanted."""
    if not wanted:
        return answers
    return {name: _inside(answers[name], inner) for name, inner in wanted.items() if name in answers}


def _inside(value: object, wanted: Wanted) -> object:
    if isinstance(value, dict):
        return only(value, wanted)
    return [_inside(item, wanted) for item in value] if isinstance(value, list) else value


def _read(rule: Rule, call: Call) -> Iterator[str]:
    """The dotted paths of the fields of a proposal that a rule reads; an empty one for all of a proposal."""
    names = rule_names(call, rule)
    placeholders = [part for _, sentence in rule.sentences() for part in sentence.placeholders()]
    for condition in [*(condition for _, condition in rule.conditions()), *placeholders]:
        for path in fields_read(condition.tree, names):
            name, _, field = path.partition(".")
            if name == PROPOSALS:
                # What becomes of the items of a list by another name is not followed.
                yield "" if condition is rule.for_each else field


def _tree(paths: set[str]) -> Wanted:
    if "" in paths:
        return {}
    inside: dict[str, set[str]] = {}
    for path in paths:
        name, _, rest = path.partition(".")
        inside.setdefault(name, set()).add(rest)
    return {name: _tree(rest) for name, rest in inside.items()}
