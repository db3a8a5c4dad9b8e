"""A generated proposal that meets every rule a program can judge, often just so."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from benchmarks.generate.money import JsonObject, budget, financing
from benchmarks.generate.organisations import (
    LEADS,
    OPERATORS,
    OTHER_PARTNERS,
    PUBLIC_PARTNERS,
    Organisation,
    contact,
    pic,
)
from benchmarks.generate.texts import ACRONYMS, TITLES, activity, summary

__all__ = ["set_money", "sound_proposal"]

LEAST_TOTAL = 200_000_00
EARLIEST_START = date(2023, 12, 7)
POTS = {"BMVI": 3_900_000_00, "ISF": 10_000_000_00}
INSIDE = ("MD", "UA", "GE", "AM", "AL", "BA", "XK", "RS", "MA", "TN", "SN", "NG", "KE", "ET", "PK", "UZ", "KG")


def sound_proposal(random: Random) -> JsonObject:
    """A complete proposal of about 6 kB of JSON: 15 budget lines, 3 co-applicants, 4 activities."""
    lead = random.choice(LEADS if random.random() < 0.8 else OPERATORS)
    state = lead.mandated_by or lead.country
    public = [partner for partner in PUBLIC_PARTNERS if partner.country != state]
    partners = [*random.sample(public, 2), random.choice(OTHER_PARTNERS)]
    start = EARLIEST_START + timedelta(days=random.randrange(300))
    proposal: JsonObject = {
        "format": "mpfcheck-proposal/1",
        "call": "mpf-2023-borders-security",
        "title": random.choice(TITLES),
        "acronym": random.choice(ACRONYMS),
        "summary": summary(random),
        "fund": random.choice(("BMVI", "ISF")),
        "activities": [activity(random) for _ in range(4)],
        "target_countries": random.sample(INSIDE, random.randint(1, 3)),
        "start_date": start.isoformat(),
        "duration_months": random.randint(12, 36),
        "lead": applicant(random, "lead", lead),
        "co_applicants": [applicant(random, f"co-{number}", partner) for number, partner in enumerate(partners, 1)],
        "documents": [*papers(random, lead)],
        "declarations": {"no_exclusion_situation": True, "no_double_funding": True, "not_started": True},
        "consultation": {"held": True, "date": "2023-06-01"},
    }
    set_money(random, proposal, total_amount(random))
    return proposal


def total_amount(random: Random) -> int:
    """A total in cents: every tenth one is the least allowed, the others up to EUR 4 million, small ones oftener."""
    return LEAST_TOTAL if random.random() < 0.1 else int(LEAST_TOTAL * 20 ** random.random())


def set_money(random: Random, proposal: JsonObject, total: int, grant: int | None = None) -> None:
    """Give the proposal a budget and a financing; a grant not given is at most 95 %, a third of the time just that."""
    most = min(total * 95 // 100, POTS.get(proposal["fund"], total))
    if grant is None:
        grant = most if random.random() < 1 / 3 else most * random.randrange(80, 100) // 100
    identities = ["lead", *(partner["id"] for partner in proposal["co_applicants"])]
    proposal["budget"] = budget(random, total, identities)
    proposal["financing"] = financing(random, total, grant, identities)


def applicant(random: Random, identity: str, organisation: Organisation) -> JsonObject:
    public = organisation.kind in ("public_body", "mandated_operator")
    fields: JsonObject = {
        "id": identity,
        "name": organisation.name,
        "country": organisation.country,
        "kind": organisation.kind,
        "level": "central" if public else None,
        "legal_person": True,
        "non_profit": True,
        "mandate": None,
        "pic": pic(organisation),
        "contact": contact(random, organisation.country) if identity == "lead" else None,
    }
    if organisation.mandated_by is not None:
        fields["mandate"] = {
            "body": "Ministry of the Interior",
            "country": organisation.mandated_by,
            "document": "mandate.pdf",
        }
    return {name: value for name, value in fields.items() if value is not None}


def papers(random: Random, lead: Organisation) -> list[JsonObject]:
    documents: list[JsonObject] = [
        {"kind": "declaration_on_honour", "applicant": "lead", "date": "2023-11-02", "file": "declaration.pdf"},
        {"kind": "logframe", "applicant": "lead", "file": "logframe.xlsx"},
    ]
    if lead.mandated_by is not None:
        documents.append(
            {
                "kind": "mandate",
                "applicant": "lead",
                "issuer": "Ministry of the Interior",
                "issuer_country": lead.mandated_by,
                "issuer_level": "central",
                "date": "2023-05-01",
                "file": "mandate.pdf",
            }
        )
    random.shuffle(documents)
    return documents
