"""A proposal as pydantic models: what a competent developer would write to read one and refuse what is malformed.

A field left at None is not answered; the rules must not take it for false or zero.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from benchmarks.handwritten.countries import Country

__all__ = [
    "FUNDS",
    "Applicant",
    "Budget",
    "Consultation",
    "Contribution",
    "Declarations",
    "Document",
    "Financing",
    "Line",
    "Mandate",
    "Proposal",
]

Amount = Annotated[Decimal, Field(max_digits=15, decimal_places=2, ge=0)]
Quantity = Annotated[Decimal, Field(max_digits=15, ge=0)]
Kind = Literal[
    "public_body", "mandated_operator", "international_organisation", "ngo", "private_law_body", "natural_person"
]
Level = Literal["central", "regional", "local"]
Heading = Literal[
    "human_resources",
    "travel",
    "equipment_and_supplies",
    "local_office",
    "other_costs_and_services",
    "other",
    "indirect_costs",
    "contingency_reserve",
]
ContributionKind = Literal["staff_salaries", "cash", "third_party", "other_eu_funding", "in_kind"]
DocumentKind = Literal[
    "mandate", "letter_of_support", "declaration_on_honour", "statutes", "budget", "logframe", "other"
]


FUNDS = frozenset({"BMVI", "ISF"})
"""The funds of this call. A proposal may name any fund: that it is the wrong one is for a rule to say."""


class Part(BaseModel):
    """A part of a proposal: immutable, JSON types taken strictly (a Decimal from text or number, a date from text)."""

    model_config = ConfigDict(strict=True, frozen=True)


class Mandate(Part):
    """The act by which a public body charges an operator."""

    body: str | None = None
    country: Country | None = None
    document: str | None = None


class Contact(Part):
    """A person to write to."""

    name: str | None = None
    email: str | None = None


class Applicant(Part):
    """The lead or a co-applicant."""

    id: str | None = None
    name: str | None = None
    country: Country | None = None
    kind: Kind | None = None
    level: Level | None = None
    legal_person: bool | None = None
    non_profit: bool | None = None
    mandate: Mandate | None = None
    pic: str | None = None
    contact: Contact | None = None


class Activity(Part):
    """One strand of work."""

    title: str | None = None
    category: str | None = None
    description: str | None = None


class Line(Part):
    """A budget line; amounts in EUR."""

    id: str | None = None
    heading: Heading | None = None
    description: str | None = None
    applicant: str | None = None
    unit: str | None = None
    quantity: Quantity | None = None
    unit_cost: Quantity | None = None
    amount: Amount | None = None


class Budget(Part):
    """What the action costs. No lines means that no breakdown is given."""

    currency: str | None = None
    lines: list[Line] | None = None
    total: Amount | None = None


class Contribution(Part):
    """Money or work that the grant does not cover."""

    source: str | None = None
    kind: ContributionKind | None = None
    amount: Amount | None = None


class Financing(Part):
    """Who pays."""

    grant_requested: Amount | None = None
    contributions: list[Contribution] | None = None


class Document(Part):
    """A paper handed in with the proposal."""

    kind: DocumentKind | None = None
    applicant: str | None = None
    issuer: str | None = None
    issuer_country: Country | None = None
    issuer_level: Level | None = None
    date: datetime.date | None = None
    file: str | None = None


class Declarations(Part):
    """What the applicants declare."""

    no_exclusion_situation: bool | None = None
    no_double_funding: bool | None = None
    not_started: bool | None = None


class Consultation(Part):
    """Talks with the facility before the application."""

    held: bool | None = None
    date: datetime.date | None = None


class Proposal(Part):
    """A whole proposal, or as much of it as is written."""

    format: str | None = None
    call: str | None = None
    title: str | None = None
    acronym: str | None = None
    summary: str | None = None
    fund: str | None = None
    strand: str | None = None
    activities: list[Activity] | None = None
    target_countries: list[Country] | None = None
    start_date: datetime.date | None = None
    duration_months: Annotated[int, Field(ge=0)] | None = None
    lead: Applicant | None = None
    co_applicants: list[Applicant] | None = None
    budget: Budget | None = None
    financing: Financing | None = None
    documents: list[Document] | None = None
    declarations: Declarations | None = None
    consultation: Consultation | None = None
    annex: dict[str, JsonValue] | None = None
