"""Ways to make a sound proposal break a rule, or come as near as one cent to it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TypeAlias

from benchmarks.generate.money import JsonObject, cents, euros, line_amount
from benchmarks.generate.sound import set_money

__all__ = ["spoil"]

Breach: TypeAlias = Callable[[Random, JsonObject], None]


def budget_below_least(random: Random, proposal: JsonObject) -> None:
    set_money(random, proposal, 199_999_99)


def budget_very_large(random: Random, proposal: JsonObject) -> None:
    set_money(random, proposal, 900_000_000_00)


def shift_money(proposal: JsonObject, *, grant: int = 0, rest: int = 0) -> None:
    """Add cents to the grant and to the first contribution."""
    financing = proposal["financing"]
    first = financing["contributions"][0]
    financing["grant_requested"] = euros(cents(financing["grant_requested"]) + grant)
    first["amount"] = euros(max(0, cents(first["amount"]) + rest))


def grant_above_share(random: Random, proposal: JsonObject) -> None:
    total = random.choice((200_000_00, 178_512_92, 295_655_25, 493_165_00))
    set_money(random, proposal, total, total * 95 // 100)
    shift_money(proposal, grant=1, rest=-1)


def one_cent_short(_random: Random, proposal: JsonObject) -> None:
    shift_money(proposal, rest=-1)


def one_cent_too_much(_random: Random, proposal: JsonObject) -> None:
    shift_money(proposal, rest=1)


def pot_just_full(random: Random, proposal: JsonObject) -> None:
    set_money(random, proposal, 4_200_000_00, 3_900_000_00)


def pot_one_cent_over(random: Random, proposal: JsonObject) -> None:
    set_money(random, proposal, 4_200_000_00, 3_900_000_01)


def line_off(cents_off: int) -> Breach:
    """A budget line whose amount is some cents away from quantity times unit cost; the lines still reach the total."""

    def breach(random: Random, proposal: JsonObject) -> None:
        lines = proposal["budget"]["lines"]
        line, balance = random.choice(lines[:12]), lines[12]
        exact = line_amount(line["quantity"], line["unit_cost"])
        line["amount"] = euros(exact + cents_off)
        balance["unit_cost"] = balance["amount"] = euros(cents(balance["amount"]) - cents_off)

    return breach


def half_cent_line(random: Random, proposal: JsonObject) -> None:
    amount = random.choice(("5501.80", "5501.81", "5501.82", "5501.83", "5501.84"))
    proposal["budget"]["lines"][0] |= {"quantity": "5.5", "unit_cost": "1000.33", "amount": amount}


def total_one_cent_off(random: Random, proposal: JsonObject) -> None:
    budget = proposal["budget"]
    budget["total"] = euros(cents(budget["total"]) + random.choice((-1, 1)))


def no_breakdown(_random: Random, proposal: JsonObject) -> None:
    proposal["budget"]["lines"] = []


def indirect_above_share(_random: Random, proposal: JsonObject) -> None:
    lines = proposal["budget"]["lines"]
    direct = sum(cents(line["amount"]) for line in lines[:13])
    lines[13]["unit_cost"] = lines[13]["amount"] = euros(direct * 7 // 100 + 1)


def lead_outside(random: Random, proposal: JsonObject) -> None:
    proposal["lead"] |= {"kind": "public_body", "country": random.choice(("MD", "GB", "CH", "TR"))}


def lead_of_other_kind(random: Random, proposal: JsonObject) -> None:
    proposal["lead"]["kind"] = random.choice(("ngo", "international_organisation", "natural_person"))


def operator(state: str, seat: str = "BE", document: str = "mandate.pdf") -> Breach:
    """A lead that is an operator mandated by a state, with no mandate among the documents."""

    def breach(_random: Random, proposal: JsonObject) -> None:
        mandate = {"body": "Ministry of the Interior", "country": state, "document": document}
        proposal["lead"] |= {"kind": "mandated_operator", "country": seat, "mandate": mandate}
        proposal["documents"] = [paper for paper in proposal["documents"] if paper["kind"] != "mandate"]

    return breach


def lead_from(country: str, fund: str) -> Breach:
    """A public body of a state whose part in the fund is special."""

    def breach(_random: Random, proposal: JsonObject) -> None:
        proposal["lead"] |= {"kind": "public_body", "country": country}
        proposal["fund"] = fund

    return breach


def partner(**fields: object) -> Breach:
    """A co-applicant of another sort."""

    def breach(random: Random, proposal: JsonObject) -> None:
        random.choice(proposal["co_applicants"]).update(fields)

    return breach


def operators_authority(random: Random, proposal: JsonObject) -> None:
    """Beside an operator with its seat in one state and its mandate from another, a public body of one of the two."""
    operator("FR", seat="BE")(random, proposal)
    proposal["co_applicants"][0] |= {"kind": "public_body", "country": random.choice(("FR", "BE"))}


def partner_of_own_state(_random: Random, proposal: JsonObject) -> None:
    proposal["co_applicants"][0] |= {"kind": "public_body", "country": proposal["lead"]["country"]}


def same_organisation(random: Random, proposal: JsonObject) -> None:
    one, other = random.sample([proposal["lead"], *proposal["co_applicants"]], 2)
    fields = random.choice((("pic",), ("name", "country"), ("name",)))
    other |= {field: one[field] for field in fields}


def without_pic(random: Random, proposal: JsonObject) -> None:
    for applicant in random.sample([proposal["lead"], *proposal["co_applicants"]], 2):
        applicant["pic"] = ""


def alone(_random: Random, proposal: JsonObject) -> None:
    proposal["co_applicants"] = []


def targets(*countries: str) -> Breach:
    """Target countries in or out of the call's regions."""

    def breach(_random: Random, proposal: JsonObject) -> None:
        proposal["target_countries"] = list(countries)

    return breach


def fund(name: str) -> Breach:
    """A fund the call does not have."""

    def breach(_random: Random, proposal: JsonObject) -> None:
        proposal["fund"] = name

    return breach


def declared_false(field: str) -> Breach:
    """A declaration that is denied."""

    def breach(_random: Random, proposal: JsonObject) -> None:
        proposal["declarations"][field] = False

    return breach


def started(random: Random, proposal: JsonObject) -> None:
    proposal["declarations"]["not_started"] = False
    proposal["start_date"] = random.choice(("2023-12-06", "2023-12-07", "2022-01-15"))


def not_consulted(_random: Random, proposal: JsonObject) -> None:
    proposal["consultation"] = {"held": False}


def other_eu_money(random: Random, proposal: JsonObject) -> None:
    random.choice(proposal["financing"]["contributions"])["kind"] = "other_eu_funding"


EMPTYING: tuple[Breach, ...] = (alone, no_breakdown)
"""Taking away what others change: these come last."""

BREACHES: tuple[Breach, ...] = (
    budget_below_least,
    budget_very_large,
    grant_above_share,
    one_cent_short,
    one_cent_too_much,
    pot_just_full,
    pot_one_cent_over,
    line_off(1),
    line_off(-1),
    line_off(2),
    line_off(-2),
    half_cent_line,
    total_one_cent_off,
    indirect_above_share,
    lead_outside,
    lead_of_other_kind,
    operator("FR"),
    operator("TR"),
    operator("DK", document=""),
    lead_from("IE", "BMVI"),
    lead_from("IE", "ISF"),
    lead_from("DK", "BMVI"),
    lead_from("DK", "ISF"),
    partner(kind="natural_person"),
    partner(kind="mandated_operator"),
    partner(kind="public_body", country="GB"),
    partner(kind="public_body", country="IN"),
    partner(kind="public_body", country="TR"),
    partner(kind="ngo", country="CH"),
    partner(kind="private_law_body", country="ST"),
    partner(kind="private_law_body", non_profit=False),
    partner_of_own_state,
    operators_authority,
    same_organisation,
    without_pic,
    targets("TR"),
    targets("IN"),
    targets("TR", "LK"),
    targets("BY", "TZ"),
    targets("MD", "TR"),
    targets("MD", "CN"),
    targets(),
    fund("AMIF"),
    fund("ISF-Police"),
    declared_false("no_exclusion_situation"),
    declared_false("no_double_funding"),
    started,
    not_consulted,
    other_eu_money,
    *EMPTYING,
)
"""Some stay on the right side of the boundary on purpose."""


def spoil(random: Random, proposal: JsonObject) -> None:
    """Let one thing go wrong, or two at once."""
    chosen = random.sample(BREACHES, random.choice((1, 1, 2)))
    for breach in sorted(chosen, key=lambda breach: breach in EMPTYING):
        breach(random, proposal)
