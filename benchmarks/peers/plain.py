"""Complete proposals in the plain form other rule engines take: only the fields the rules read, money as whole cents.

Neither engine has decimals: CEL has doubles and 64-bit integers, ZEN hands its decimals back as floats and takes none.
So amounts, quantities and unit costs are hundredths; finer ones cannot be said. Types, codes and unknown fields are not
checked here, which spares the engines work that mpfcheck and the baseline do.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeAlias

import jiter

__all__ = ["Plain", "plain"]

Plain: TypeAlias = dict[str, Any]


def plain(data: bytes) -> Plain:
    """Read a complete proposal; raises KeyError where an answer the rules need is missing."""
    proposal = jiter.from_json(data, float_mode="decimal")
    lead = proposal["lead"]
    mandate = lead.get("mandate") or {}
    budget = proposal["budget"]
    financing = proposal["financing"]
    declared = proposal["declarations"]
    return {
        "fund": proposal["fund"],
        "lead": {
            "name": lead["name"],
            "country": lead["country"],
            "kind": lead["kind"],
            "pic": lead["pic"],
            "mandating": mandate.get("country", ""),
            "mandate": mandate.get("document", ""),
        },
        "partners": [
            {
                "name": partner["name"],
                "country": partner["country"],
                "kind": partner["kind"],
                "pic": partner["pic"],
                "non_profit": partner["non_profit"],
            }
            for partner in proposal["co_applicants"]
        ],
        "total": hundredths(budget["total"]),
        "lines": [
            {
                "heading": line["heading"],
                "quantity": hundredths(line["quantity"]),
                "unit_cost": hundredths(line["unit_cost"]),
                "amount": hundredths(line["amount"]),
            }
            for line in budget["lines"]
        ],
        "grant": hundredths(financing["grant_requested"]),
        "contributions": [
            {"kind": contribution["kind"], "amount": hundredths(contribution["amount"])}
            for contribution in financing["contributions"]
        ],
        "papers": [document["kind"] for document in proposal["documents"]],
        "targets": proposal["target_countries"],
        "start": proposal["start_date"],
        "not_excluded": declared["no_exclusion_situation"],
        "not_double": declared["no_double_funding"],
        "not_started": declared["not_started"],
        "consulted": proposal["consultation"]["held"],
    }


def hundredths(amount: str | int | Decimal) -> int:
    """An amount as a whole number of hundredths."""
    return int(Decimal(amount) * 100)
