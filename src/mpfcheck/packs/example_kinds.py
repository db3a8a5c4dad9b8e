"""Which kinds of example a rule needs: one for every status the rule can come to by its own words."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.feel.study.dependencies import fields_read
from mpfcheck.feel.types import ListType, RecordType, Type
from mpfcheck.packs.call import Call
from mpfcheck.packs.filled import Filled
from mpfcheck.packs.rule import Rule, RuleScope
from mpfcheck.packs.vocabulary import PROPOSALS, Vocabulary, proposal_type_of, vocabulary_of

__all__ = ["kinds_lacking", "kinds_required"]


def kinds_lacking(call: Call, rule: Rule) -> tuple[str, ...]:
    """The statuses that no example of a rule expects, though the rule can come to them."""
    shown = {example.expect for example in rule.examples}
    return tuple(kind for kind in kinds_required(call, rule) if kind not in shown)


def kinds_required(call: Call, rule: Rule) -> tuple[str, ...]:
    """The statuses a rule must show by example.

    ``pass`` and ``fail``, or ``review`` for a manual rule, and ``review`` where there is a doubt, in place of ``fail``
    where the doubt is ``true``; ``not_applicable``
    where the rule has a condition for when it applies, or speaks of each item of a list the applicant gives;
    ``undecided`` where it reads an answer that may still be missing.
    """
    return tuple(_kinds(call, rule))


def _kinds(call: Call, rule: Rule) -> Iterator[str]:
    read = _answers_read(call, rule)
    if not rule.manual:
        yield "pass"
    if not rule.never_fails:
        yield "fail"
    if rule.when or (rule.for_each and _reads_answers(call, rule)):
        yield "not_applicable"
    if any(_may_be_missing(path, rule, call) for path in read):
        yield "undecided"
    if rule.manual or rule.doubt:
        yield "review"


def _reads_answers(call: Call, rule: Rule) -> bool:
    """Whether the list a rule goes through is the applicant's, and may be empty."""
    if rule.for_each is None:
        return False
    vocabulary = vocabulary_of(call)
    filled = Filled(call, vocabulary.check(rule, rule.for_each)).has_an_item(rule.for_each.tree, frozenset())
    return not filled and bool(_fields(vocabulary, call, rule, "for each"))


def _answers_read(call: Call, rule: Rule) -> frozenset[str]:
    vocabulary = vocabulary_of(call)
    return frozenset[str]().union(
        *(_fields(vocabulary, call, rule, key) for key, _ in rule.conditions() if key != "note")
    )


def _fields(vocabulary: Vocabulary, call: Call, rule: Rule, key: str) -> frozenset[str]:
    """The answers one condition of a rule reads, as dotted paths from the proposal."""
    condition = dict(rule.conditions())[key]
    names = vocabulary.outer_names(rule) if key == "for each" else vocabulary.names_for(rule)
    meaning = {name: definition.condition.tree for name, definition in call.definitions.items()}
    if rule.item and rule.for_each and key != "for each":
        meaning[rule.item] = rule.for_each.tree
    fields = [PROPOSALS] if rule.scope is RuleScope.PORTFOLIO else list(proposal_type_of(call).fields)
    return fields_read(condition.tree, names, meaning, fields=fields)


def _may_be_missing(path: str, rule: Rule, call: Call) -> bool:
    """Whether an answer may be absent without that being an answer: an absent list of budget lines is an empty one."""
    steps = path.split(".")
    if rule.scope is RuleScope.PORTFOLIO:
        steps = steps[1:]
    type_: Type = proposal_type_of(call)
    for number, step in enumerate(steps, 1):
        while isinstance(type_, ListType):
            type_ = type_.item
        if not isinstance(type_, RecordType) or step not in type_.fields:
            return True
        field = type_.fields[step]
        if number == len(steps):
            return field.absent != "empty"
        type_ = field.type
    return False
