"""The figures of a page in words: what share of a whole a part is, and sums by what they are for."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from mpfcheck.drafting.figures import BarFigure, Figure, SumsFigure
from mpfcheck.prompts.talk import Talk
from mpfcheck.proposal.values import format_money

__all__ = ["tell_figures"]


def tell_figures(figures: Iterable[Figure], talk: Talk) -> None:
    """Say the figures of which something is known."""
    lines = [line for figure in figures for line in (_bar(figure) if isinstance(figure, BarFigure) else _sums(figure))]
    if lines:
        talk.heading("In figures:")
    for line in lines:
        talk.say(line, indent="  ", hang="    ")


def _bar(figure: BarFigure) -> Iterable[str]:
    if figure.part is None or figure.whole is None:
        return
    share = f", which is {figure.percent}" if figure.share is not None else ""
    most = _percent(figure.limit)
    allowed = f"; at most {most} is allowed" if figure.limit != 1 else ""
    limit = f", more than the {most} there may be" if figure.over else allowed
    yield f"{figure.title}: {format_money(figure.part)} of {format_money(figure.whole)}{share}{limit}."


def _sums(figure: SumsFigure) -> Iterable[str]:
    if figure.sums:
        parts = "; ".join(f"{name}: {format_money(amount)}" for name, amount in figure.sums)
        yield f"{figure.title}: {parts}. Together: {format_money(figure.total)}."


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f} %"
