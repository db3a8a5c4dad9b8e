"""The portfolio rules of a call: the fields they read, the names they may use, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from decimal import Decimal
from typing import Final, TypeAlias

from mpfcheck.checking.finding import FindingWriter, ReadFields
from mpfcheck.checking.judgement import Judgement, judge_portfolio, together
from mpfcheck.checking.names import CallNames, ProposalNames, with_open_lists
from mpfcheck.checking.portfolio.summary import Compared, Together, TogetherItem
from mpfcheck.checking.report import Status
from mpfcheck.checking.wording import Label, write_value
from mpfcheck.feel.errors import LanguageError
from mpfcheck.feel.evaluate.evaluator import WorkLimits, evaluate
from mpfcheck.feel.limits import Run
from mpfcheck.feel.study.dependencies import fields_read
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.syntax.tree import Compare, Expression
from mpfcheck.feel.types import ANY, Field, ListType, NumberType, RecordType, Type
from mpfcheck.feel.values.comparison import holds
from mpfcheck.feel.values.value import Value
from mpfcheck.packs.call import Call
from mpfcheck.packs.rule import Rule, RuleScope
from mpfcheck.packs.template import Condition
from mpfcheck.packs.vocabulary import PROPOSALS, rule_names
from mpfcheck.proposal.unfinished import OPEN

__all__ = ["FieldTree", "PortfolioNames", "PortfolioRules", "only", "portfolio_fields"]


_ABSENT: Final = object()
"""Is no value: of a list of which no item is there."""

FieldTree: TypeAlias = "Mapping[str, FieldTree]"
"""Fields by name, each with those wanted inside it; where none is named, all of it is wanted."""


def portfolio_fields(call: Call) -> FieldTree | None:
    """The fields the portfolio rules of a call read, None where there is no such rule."""
    rules = [rule for rule in call.rules if rule.scope is RuleScope.PORTFOLIO]
    paths = {path for rule in rules for path in _read(rule, call)}
    return _tree(paths) if rules else None


def only(answers: Mapping[str, object], fields: FieldTree) -> Mapping[str, object]:
    """The answers without what is not wanted; which lists are not finished is always wanted."""
    if not fields:
        return answers
    kept = {name: _inside(answers[name], inner) for name, inner in fields.items() if name in answers}
    return kept | {OPEN: answers[OPEN]} if answers.get(OPEN) else kept


def _inside(value: object, fields: FieldTree) -> object:
    if isinstance(value, dict):
        return only(value, fields)
    return [_inside(item, fields) for item in value] if isinstance(value, list) else value


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


def _tree(paths: set[str]) -> FieldTree:
    if "" in paths:
        return {}
    inside: dict[str, set[str]] = {}
    for path in paths:
        name, _, rest = path.partition(".")
        inside.setdefault(name, set()).add(rest)
    return {name: _tree(rest) for name, rest in inside.items()}


STEPS_PER_PROPOSAL = 1_000
"""How much work a condition may do for each proposal, beyond what any condition may do."""


class PortfolioNames(ProposalNames):
    """The names for proposals checked together. The more there are, the more work a condition may do.

    Values are remembered: going through all proposals takes long, and the sides of a comparison are asked for twice.
    """

    def __init__(self, names: CallNames, proposals: Sequence[Mapping[str, object]]) -> None:
        """Take the answers of proposals, as far as the rules read them."""
        together = copy(names)
        together.proposal = RecordType(PROPOSALS, {PROPOSALS: Field(ListType(names.proposal))})
        together.definitions = {}
        super().__init__(together, {PROPOSALS: [with_open_lists(answers, names.proposal) for answers in proposals]})
        usual = WorkLimits()
        self._limits = WorkLimits(
            steps=usual.steps + STEPS_PER_PROPOSAL * len(proposals),
            items=usual.items + len(proposals),
        )
        self._found: dict[int, Value] = {}

    def with_item(self, name: str, value: Value) -> PortfolioNames:
        """The same names and one more, for an item of the list a rule speaks of."""
        inner = copy(self)
        inner._item = {**self._item, name: value}
        inner._found = {}
        return inner

    def value(self, expression: tree.Expression, read: set[str] | None = None) -> Value:
        """The value of an expression of the call. What it reads is not collected: it would be every proposal."""
        if id(expression) not in self._found:
            self._found[id(expression)] = self._value(expression)
        return self._found[id(expression)]

    def _value(self, expression: tree.Expression) -> Value:
        if type(expression) is tree.Compare:  # one that is watched is left to the evaluator
            left, right = self.value(expression.left), self.value(expression.right)
            if tree.Null not in (type(expression.left), type(expression.right)):
                return holds(expression.op, left, right, Run(self._limits, strict=True))
        return evaluate(expression, self, limits=self._limits, record=self._record, strict=True)


class PortfolioRules:
    """Judges proposals together by the portfolio rules of one call; ``type_of`` and ``label`` decide how values read.

    The numbers a rule compares are not named anywhere but in its condition: where ``require`` is a comparison, they are
    its two sides.
    """

    def __init__(
        self,
        call_id: str,
        writer: FindingWriter,
        type_of: Callable[[Condition, Expression], Type],
        label: Label,
    ) -> None:
        """Write messages with ``writer``."""
        self._call_id = call_id
        self._writer = writer
        self._type_of = type_of
        self._label = label

    def judge(self, rule: Rule, names: PortfolioNames, proposals: int) -> Together:
        """What one rule says."""
        judgements = judge_portfolio(rule, names)
        items = tuple(self._item(rule, judgement) for judgement in judgements)
        return Together(self._call_id, rule.id, rule.title, rule.severity, together(judgements), proposals, items)

    def amounts(self, rule: Rule, names: PortfolioNames) -> tuple[Decimal | None, ...]:
        """What one rule compares with its limit, item by item, as :meth:`judge` has it; no sentence is written."""
        compared = (self._compared(rule, judgement) for judgement in judge_portfolio(rule, names))
        return tuple(None if one is None else one.amount for one in compared)

    def _item(self, rule: Rule, judgement: Judgement) -> TogetherItem:
        item, label = self._named(rule, judgement)
        return TogetherItem(
            item, label, judgement.status, self._message(rule, judgement), self._compared(rule, judgement)
        )

    def _named(self, rule: Rule, judgement: Judgement) -> tuple[str | None, str]:
        """The item a judgement is about: as it is, and as people call it."""
        value = None if rule.item is None else judgement.names.get(rule.item, _ABSENT)
        if rule.item is None or value is _ABSENT or rule.for_each is None:
            return None, ""
        listed = self._type_of(rule.for_each, rule.for_each.tree)
        kind = listed.item if isinstance(listed, ListType) else ANY
        return write_value(value, ANY, self._label), write_value(value, kind, self._label)

    def _message(self, rule: Rule, judgement: Judgement) -> str:
        silent = judgement.status is Status.NOT_APPLICABLE or (judgement.status is Status.PASS and not judgement.noted)
        if silent:
            return ""
        return self._writer.result(rule, judgement.status, [judgement], ReadFields({})).message

    def _compared(self, rule: Rule, judgement: Judgement) -> Compared | None:
        if rule.require is None or judgement.status is Status.NOT_APPLICABLE:
            return None
        match rule.require.tree:
            case Compare(operator, left, right):
                try:
                    amount, limit = judgement.names.value(left), judgement.names.value(right)
                except LanguageError:
                    return None
                if isinstance(amount, Decimal) and isinstance(limit, Decimal):
                    kind = self._type_of(rule.require, left)
                    return Compared(amount, operator, limit, kind.unit if isinstance(kind, NumberType) else None)
        return None
