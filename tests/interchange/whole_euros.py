"""Proposals in whole euros: their sums are exact in binary floating point too, the only numbers feelin has."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

__all__ = ["in_whole_euros"]


def in_whole_euros(data: bytes) -> dict[str, Any]:
    """A proposal with its amounts rounded to euros, so that what fitted together before still does."""
    proposal: dict[str, Any] = json.loads(data, parse_float=Decimal)
    budget = proposal.get("budget") or {}
    financing = proposal.get("financing") or {}
    lines = budget.get("lines") or []
    added_up = _amounts(lines) is not None and budget.get("total") is not None and lines
    added_up = added_up and sum(_amounts(lines) or ()) == Decimal(budget["total"])
    for line in lines:
        worked_out = all(line.get(name) is not None for name in ("quantity", "unit_cost", "amount")) and (
            abs(Decimal(line["quantity"]) * Decimal(line["unit_cost"]) - Decimal(line["amount"])) < 1
        )
        _round(line, "quantity", "unit_cost", "amount")
        if worked_out:
            line["amount"] = line["quantity"] * line["unit_cost"]
    _round(budget, "total")
    _round(financing, "grant_requested")
    if added_up:
        budget["total"] = sum(_amounts(lines) or ())
    contributions = financing.get("contributions") or []
    for contribution in contributions:
        _round(contribution, "amount")
    total, grant, given = budget.get("total"), financing.get("grant_requested"), _amounts(contributions)
    if contributions and total is not None and grant is not None and given is not None and total > grant:
        contributions[-1]["amount"] = max(total - grant - sum(given[:-1]), Decimal(0))
    return proposal


def _amounts(items: list[dict[str, Any]]) -> list[Decimal] | None:
    """The amounts of all items, None where one has none."""
    found = [item.get("amount") for item in items]
    return None if None in found else [Decimal(str(amount)) for amount in found]


def _round(item: dict[str, Any], *names: str) -> None:
    for name in names:
        if item.get(name) is not None:
            item[name] = Decimal(item[name]).quantize(Decimal(1))
