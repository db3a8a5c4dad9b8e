"""The names a rule about many proposals may use: ``proposals``, and what means the same for every proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy

from mpfcheck.checking.names import CallNames, ProposalNames
from mpfcheck.feel import tree
from mpfcheck.feel.comparison import holds
from mpfcheck.feel.evaluate import Limits, evaluate
from mpfcheck.feel.limits import Run
from mpfcheck.feel.types import Field, ListType, RecordType
from mpfcheck.feel.values import Value
from mpfcheck.packs.vocabulary import PROPOSALS

__all__ = ["PortfolioNames"]

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
        super().__init__(together, {PROPOSALS: proposals})
        usual = Limits()
        self._limits = Limits(
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
        names: Mapping[str, Value] = self  # type: ignore[assignment]  # only looked up
        return evaluate(expression, names, limits=self._limits, record=self._record, strict=True)
