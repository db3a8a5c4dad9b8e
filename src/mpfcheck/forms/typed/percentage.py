"""Typed percentages: a share of an amount where EUR are wanted, the share itself where a share is wanted."""

from __future__ import annotations

from decimal import ROUND_DOWN, Context, Decimal

from mpfcheck.forms.typed.answer import AskedBack, Reading, Understood
from mpfcheck.forms.typed.figure import ways_to_read
from mpfcheck.forms.typed.number_field import NumberField, example, fitting, wanted
from mpfcheck.forms.typed.written_number import WrittenNumber
from mpfcheck.proposal.fields import Exact
from mpfcheck.proposal.values import MAX_WHOLE, format_money, shown

__all__ = ["read_percentage"]

_EXACTLY = Context(prec=500)
"""Wide enough for every product of numbers that can be typed, so that nothing is rounded but at the cent."""
_CENT = Decimal("0.01")


def read_percentage(text: str, written: WrittenNumber, field: NumberField, percent_of: Decimal | None) -> Reading:
    """What a number with a percent sign means in this field."""
    ways = ways_to_read(written.figure)
    if not ways or written.zeros != 0:
        return AskedBack(f"{shown(text)} is not a share that can be read without guessing.", example(field))
    if field.unit == "EUR":
        return _in_eur(text, ways, field, percent_of)
    if not isinstance(field, Exact) or field.unit is not None:
        return AskedBack(f"{shown(text)} is a share, and {wanted(field)} is wanted.", example(field))
    return _as_share(text, ways, field, alone=not written.words)


def _in_eur(text: str, ways: tuple[str, ...], field: NumberField, percent_of: Decimal | None) -> AskedBack:
    if percent_of is None:
        return AskedBack(f"{shown(text)} is a share, and {wanted(field)} is wanted.", example(field))
    if not percent_of.is_finite() or not 0 <= percent_of <= MAX_WHOLE:
        hint = f"Answer that first, or type the amount here. {example(field)}"
        return AskedBack(f"{shown(text)} is a share of an amount that is not known yet.", hint)
    shares = [(way, _share(Decimal(way), percent_of)) for way in ways if Decimal(way) <= 100]
    if not shares:
        return AskedBack(f"{shown(text)} is more than the whole of {format_money(percent_of)}.", example(field))
    whole = format_money(percent_of)
    said = "; ".join(f"{way} % of {whole} is {format_money(share)}" for way, share in shares)
    suggestions = fitting([f"{share:f}" for _, share in shares], field)
    return AskedBack(f"{said}.", "Take that amount, or type another in EUR.", suggestions)


def _share(percent: Decimal, whole: Decimal) -> Decimal:
    """So many percent of an amount, to the cent, rounded down: a grant must not be larger than its share allows."""
    share = _EXACTLY.scaleb(_EXACTLY.multiply(percent, whole), -2)
    return share.quantize(_CENT, rounding=ROUND_DOWN, context=_EXACTLY)


def _as_share(text: str, ways: tuple[str, ...], field: Exact, *, alone: bool) -> Reading:
    shares = [
        Understood(share.value, f"{share.shown} ({way} %)")
        for way in ways
        for share in fitting([f"{_EXACTLY.scaleb(Decimal(way), -2):f}"], field)
    ]
    if not shares:
        return AskedBack(f"{shown(text)} has more digits than fit here.", example(field))
    if len(ways) == 1 and alone:
        return shares[0]
    return AskedBack(f"{shown(text)} is not clear.", "Type the share alone, such as 95 % or 0.95.", tuple(shares))
