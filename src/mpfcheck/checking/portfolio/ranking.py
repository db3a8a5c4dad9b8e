"""Eligible proposals by a score from people, against the envelopes of their call: where the money ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import groupby
from operator import le, lt
from os.path import basename
from typing import Protocol, TypeAlias

from mpfcheck.checking.portfolio.resubmissions import value_of
from mpfcheck.checking.portfolio.summary import Ranked, RankedEnvelope, Together, TogetherItem
from mpfcheck.checking.report import InputReference
from mpfcheck.frozen import Frozen

__all__ = ["RankBy", "ScoreRow", "Scored", "ranked_envelopes"]

ScoreRow: TypeAlias = tuple[str | None, int | None]
"""What a row of a table of scores is about: a path or the name of a file, and a line of it."""

Scored: TypeAlias = "tuple[InputReference, Mapping[str, object], Decimal | None]"
"""An eligible proposal with its score."""


class RankBy(Frozen):
    """Where scores come from: the field or the column of this name, and the scores themselves where a table has them.

    ``scores`` has them by path and line of the proposals; None where ``name`` is a field of the proposals. With
    ``by_file_name`` a row may also have the name of the file alone.
    """

    name: str
    scores: Mapping[ScoreRow, Decimal] | None = None
    by_file_name: bool = True

    def row(self, input: InputReference) -> ScoreRow | None:
        """The row of the table that is about a proposal; None where there is none."""
        # A table that people keep often has the names of the files only.
        paths = (input.path, basename(input.path or "")) if self.by_file_name else (input.path,)
        return next((row for path in paths if (row := (path, input.line)) in (self.scores or ())), None)

    def score(self, answers: Mapping[str, object], input: InputReference) -> Decimal | None:
        """The score of a proposal; None without one."""
        if self.scores is not None:
            row = self.row(input)
            return None if row is None else self.scores[row]
        value = value_of(answers, self.name)
        if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
            return None
        try:
            score = Decimal(value)
        except InvalidOperation:
            return None
        return score if score.is_finite() else None


class PortfolioJudge(Protocol):
    """What judges proposals by the portfolio rules of their call."""

    def together(self, proposals: Sequence[Mapping[str, object]]) -> Sequence[Together]:
        """What the rules say of the answers of proposals."""

    def amounts_together(self, proposals: Sequence[Mapping[str, object]]) -> Sequence[Sequence[Decimal | None]]:
        """The amounts they compare with limits, by rule and item."""


def ranked_envelopes(proposals: Sequence[Scored], judge: PortfolioJudge) -> Iterator[RankedEnvelope]:
    """Rank the proposals of one call, by its portfolio rules.

    An envelope is an item of a portfolio rule that compares an amount in EUR with a limit. What each proposal requests
    from it is what the rule says of the proposal alone; a rule whose amounts do not add up has no ranking.
    """
    scored = [(input, answers, score) for input, answers, score in proposals if score is not None]
    rules = judge.together([answers for _, answers, _ in scored])
    if not any(_limit(item)[0] is not None for rule in rules for item in rule.items):
        return
    alone = [judge.amounts_together([answers]) for _, answers, _ in scored]
    for place, rule in enumerate(rules):
        if any(len(one[place]) != len(rule.items) for one in alone):
            # The items are found among the proposals, so that one alone has others.
            continue
        for number, item in enumerate(rule.items):
            limit, below = _limit(item)
            amounts = [one[place][number] for one in alone]
            known = [amount for amount in amounts if amount is not None]
            if limit is None or len(known) < len(amounts) or sum(known, Decimal(0)) != _amount(item):
                continue
            lines = [
                (score, input, amount)
                for (input, _, score), amount in zip(scored, known, strict=True)
                if amount > 0 and score is not None
            ]
            label = item.label or item.item or ""
            yield RankedEnvelope(rule.call, rule.rule, item.item, label, limit, tuple(_ranked(lines, limit, below)))


def _ranked(
    lines: list[tuple[Decimal, InputReference, Decimal]], limit: Decimal, below: Callable[[Decimal, Decimal], bool]
) -> Iterator[Ranked]:
    lines.sort(key=lambda line: -line[0])
    total = Decimal(0)
    place, ended = 1, False
    for score, group in groupby(lines, key=lambda line: line[0]):
        same = list(group)
        whole = total + sum((amount for _, _, amount in same), Decimal(0))
        some = not ended and any(below(total + amount, limit) for _, _, amount in same)
        fits = True if not ended and below(whole, limit) else None if some and len(same) > 1 else False
        for _, input, amount in same:
            total += amount
            yield Ranked(place, input, score, amount, total, fits, tied=len(same) > 1)
        place += len(same)
        ended = ended or fits is not True


def _limit(item: TogetherItem) -> tuple[Decimal | None, Callable[[Decimal, Decimal], bool]]:
    """The limit of an envelope, and how amounts keep to it; None where the item is not one."""
    compared = item.compared
    if compared is None or compared.unit != "EUR" or compared.operator not in ("<", "<="):
        return None, le
    return compared.limit, lt if compared.operator == "<" else le


def _amount(item: TogetherItem) -> Decimal | None:
    return item.compared.amount if item.compared else None
