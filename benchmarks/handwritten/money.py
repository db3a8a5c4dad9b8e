"""The rules on the budget, the grant and the co-financing, by hand. All amounts are in EUR."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from benchmarks.handwritten.answers import Status, Truth, both, of_all, verdict
from benchmarks.handwritten.models import Budget, Contribution, Financing, Line, Proposal

__all__ = ["money_rules"]

CENT = Decimal("0.01")
ZERO = Decimal(0)
LEAST_BUDGET = Decimal(200_000)
GRANT_SHARE = Decimal("0.95")
INDIRECT_SHARE = Decimal("0.07")
RESERVE_SHARE = Decimal("0.05")
POTS_SINCE = date(2023, 12, 7)
POTS = {"BMVI": Decimal(3_900_000), "ISF": Decimal(10_000_000)}
OVERALL = Decimal(11_000_000)
"""What was known of the money before that: one figure for both funds."""

EXACT = Context(prec=40, rounding=ROUND_HALF_UP)
"""Wide enough for the product of two numbers of 15 digits."""

NO_BUDGET = Budget()
NO_FINANCING = Financing()


def money_rules(proposal: Proposal, as_of: date) -> dict[str, Status]:
    """BUDGET-*, GRANT-1, COFIN-* and POT-*."""
    budget = proposal.budget or NO_BUDGET
    financing = proposal.financing or NO_FINANCING
    lines = budget.lines or []
    total = budget.total
    grant = financing.grant_requested
    covered = added([grant, *contributed(financing)])
    return {
        "BUDGET-1": verdict(None if total is None else total >= LEAST_BUDGET),
        "GRANT-1": verdict(None if total is None or grant is None else grant <= GRANT_SHARE * total),
        "COFIN-1": verdict(None if total is None or covered is None else covered >= total),
        "COFIN-2": verdict(None if total is None or covered is None else covered <= total),
        "COFIN-3": of_all(financing.contributions, from_applicants),
        "POT-1": within_pot(proposal.fund, grant, as_of),
        "POT-2": "not_applicable",
        "BUDGET-2": of_all(lines, line_adds_up),
        "BUDGET-3": lines_reach_total(lines, total),
        "BUDGET-4": flat_rates(lines),
    }


def added(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum, if every amount is answered."""
    total = ZERO
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def contributed(financing: Financing) -> list[Decimal | None]:
    if financing.contributions is None:
        return [None]
    return [contribution.amount for contribution in financing.contributions]


def from_applicants(contribution: Contribution) -> Status:
    return verdict(None if contribution.kind is None else contribution.kind != "other_eu_funding")


def within_pot(fund: str | None, grant: Decimal | None, as_of: date) -> Status:
    if fund is None:
        return "undecided"
    if fund not in POTS:
        return "not_applicable"
    limit = POTS[fund] if as_of >= POTS_SINCE else OVERALL
    return verdict(None if grant is None else grant <= limit)


def line_adds_up(line: Line) -> Status:
    if line.quantity is None or line.unit_cost is None or line.amount is None:
        return "undecided"
    product = EXACT.quantize(EXACT.multiply(line.quantity, line.unit_cost), CENT)
    return verdict(abs(line.amount - product) <= CENT)


def lines_reach_total(lines: list[Line], total: Decimal | None) -> Status:
    if not lines:
        return "not_applicable"
    reached = added(line.amount for line in lines)
    return verdict(None if reached is None or total is None else reached == total)


def flat_rates(lines: list[Line]) -> Status:
    """Indirect costs and reserve, both as a share of the direct costs (everything else)."""
    if not lines:
        return "not_applicable"
    if any(line.heading is None for line in lines):
        return "undecided"
    indirect = added(line.amount for line in lines if line.heading == "indirect_costs")
    reserve = added(line.amount for line in lines if line.heading == "contingency_reserve")
    direct = added(line.amount for line in lines if line.heading not in ("indirect_costs", "contingency_reserve"))
    return verdict(both(at_most(indirect, INDIRECT_SHARE, direct), at_most(reserve, RESERVE_SHARE, direct)))


def at_most(part: Decimal | None, share: Decimal, whole: Decimal | None) -> Truth:
    return None if part is None or whole is None else part <= share * whole
