"""What the portfolio rules of a call say of proposals checked together."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from mpfcheck.checking.finding import FindingWriter
from mpfcheck.checking.judgement import Judgement, judge_portfolio, together
from mpfcheck.checking.message import Label, write_value
from mpfcheck.checking.portfolio.names import PortfolioNames
from mpfcheck.checking.portfolio.summary import Compared, Together, TogetherItem
from mpfcheck.checking.report import Status
from mpfcheck.feel.errors import LanguageError
from mpfcheck.feel.tree import Compare, Expression
from mpfcheck.feel.types import ANY, ListType, NumberType, Type
from mpfcheck.packs.rule import Condition, Rule

__all__ = ["PortfolioRules"]


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

    def _item(self, rule: Rule, judgement: Judgement) -> TogetherItem:
        item, label = self._named(rule, judgement)
        return TogetherItem(
            item, label, judgement.status, self._message(rule, judgement), self._compared(rule, judgement)
        )

    def _named(self, rule: Rule, judgement: Judgement) -> tuple[str | None, str]:
        """The item a judgement is about: as it is, and as people call it."""
        if rule.item is None or rule.item not in judgement.names or rule.for_each is None:
            return None, ""
        value = judgement.names[rule.item]
        listed = self._type_of(rule.for_each, rule.for_each.tree)
        kind = listed.item if isinstance(listed, ListType) else ANY
        return write_value(value, ANY, self._label), write_value(value, kind, self._label)

    def _message(self, rule: Rule, judgement: Judgement) -> str:
        silent = judgement.status is Status.NOT_APPLICABLE or (judgement.status is Status.PASS and not judgement.noted)
        if silent:
            return ""
        return self._writer.result(rule, judgement.status, [judgement], judgement.names, {}, lambda _: None).message

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
