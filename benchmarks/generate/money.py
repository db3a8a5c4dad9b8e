"""Budgets and financing of generated proposals, exact to the cent. Amounts here are whole cents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any, TypeAlias

__all__ = ["JsonObject", "budget", "cents", "euros", "financing", "line_amount"]

JsonObject: TypeAlias = dict[str, Any]
"""A JSON object under construction."""

CENT = Decimal("0.01")
DIRECT = (
    ("human_resources", "Project manager, seconded", "month", ("24", "12", "5.5")),
    ("human_resources", "Trainers (serving officers)", "month", ("18", "24", "7.5")),
    ("human_resources", "Financial officer, half-time", "month", ("24", "11.5")),
    ("human_resources", "Per diems: participants of the training sessions", "day", ("480", "96.5")),
    ("travel", "Flights of the trainers", "flight", ("36", "48")),
    ("travel", "Study visits, local transport", "visit", ("8", "12")),
    ("travel", "Monitoring missions", "mission", ("6", "4")),
    ("equipment_and_supplies", "Document readers, second line", "piece", ("14", "22")),
    ("equipment_and_supplies", "Reference database, licences", "licence", ("40", "25")),
    ("local_office", "Office and interpreter on the spot", "month", ("24", "22.5")),
    ("other_costs_and_services", "Translation and interpretation", "page", ("1350", "820")),
    ("other_costs_and_services", "Closing conference", "event", ("1",)),
    ("other_costs_and_services", "Expenditure verification", "report", ("1",)),
)
CONTRIBUTION_KINDS = ("staff_salaries", "staff_salaries", "cash", "third_party", "in_kind")


def euros(amount: int) -> str:
    """Cents as an exact amount in EUR."""
    return f"{amount // 100}.{amount % 100:02d}"


def cents(amount: str) -> int:
    """An amount in EUR as cents."""
    return int(Decimal(amount).scaleb(2))


def line_amount(quantity: str, unit_cost: str) -> int:
    """Quantity times unit cost in cents, half up."""
    return int((Decimal(quantity) * Decimal(unit_cost)).quantize(CENT, ROUND_HALF_UP).scaleb(2))


def budget(random: Random, total: int, applicants: Sequence[str]) -> JsonObject:
    """Fifteen lines that reach the total, indirect costs within 7 % and reserve within 5 % of direct costs."""
    indirect_share, reserve_share = random.choice(((70, 50), (70, 0), (random.randrange(71), random.randrange(51))))
    base = total * 1000 // (1000 + indirect_share + reserve_share)
    indirect, reserve = base * indirect_share // 1000, base * reserve_share // 1000
    lines = direct_lines(random, total - indirect - reserve, applicants)
    lines.append(lump(len(lines) + 1, "indirect_costs", "Administrative costs, flat rate", indirect))
    lines.append(lump(len(lines) + 1, "contingency_reserve", "Contingency reserve", reserve))
    return {"currency": "EUR", "lines": lines, "total": euros(total)}


def direct_lines(random: Random, direct: int, applicants: Sequence[str]) -> list[JsonObject]:
    weights = [random.uniform(0.5, 2) for _ in DIRECT]
    lines: list[JsonObject] = []
    for number, ((heading, description, unit, quantities), weight) in enumerate(zip(DIRECT, weights, strict=True), 1):
        quantity = random.choice(quantities)
        if number == len(DIRECT):
            quantity, unit_cost = "1", euros(direct - sum(cents(line["amount"]) for line in lines))
        else:
            share = Decimal(int(direct * weight / sum(weights))) / 100
            unit_cost = str((share / Decimal(quantity)).quantize(CENT))
        lines.append(
            {
                "id": f"{number // 5 + 1}.{number % 5 + 1}",
                "heading": heading,
                "description": description,
                "applicant": random.choice(applicants),
                "unit": unit,
                "quantity": quantity,
                "unit_cost": unit_cost,
                "amount": euros(line_amount(quantity, unit_cost)),
            }
        )
    return lines


def lump(number: int, heading: str, description: str, amount: int) -> JsonObject:
    return {
        "id": f"{number // 5 + 1}.{number % 5 + 1}",
        "heading": heading,
        "description": description,
        "applicant": "lead",
        "unit": "lump sum",
        "quantity": "1",
        "unit_cost": euros(amount),
        "amount": euros(amount),
    }


def financing(random: Random, total: int, grant: int, sources: Sequence[str]) -> JsonObject:
    """A grant and up to three contributions that cover the total together."""
    return {"grant_requested": euros(grant), "contributions": list(contributions(random, total - grant, sources))}


def contributions(random: Random, rest: int, sources: Sequence[str]) -> Iterable[JsonObject]:
    count = random.randint(1, min(3, len(sources)))
    for index, source in enumerate(sources[:count], 1):
        amount = rest if index == count else rest // 2
        rest -= amount
        yield {"source": source, "kind": random.choice(CONTRIBUTION_KINDS), "amount": euros(amount)}
