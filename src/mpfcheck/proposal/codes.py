"""The codes a proposal is written with. What they are called is for the code lists to say."""

from __future__ import annotations

__all__ = ["APPLICANT_KINDS", "CONTRIBUTION_KINDS", "CURRENCIES", "DOCUMENT_KINDS", "FORMAT", "HEADINGS", "LEVELS"]

FORMAT = "mpfcheck-proposal/1"

APPLICANT_KINDS = (
    "public_body",
    "mandated_operator",
    "international_organisation",
    "ngo",
    "private_law_body",
    "natural_person",
)

LEVELS = ("central", "regional", "local")

HEADINGS = (
    "human_resources",
    "travel",
    "equipment_and_supplies",
    "local_office",
    "other_costs_and_services",
    "other",
    "indirect_costs",
    "contingency_reserve",
)

CONTRIBUTION_KINDS = ("staff_salaries", "cash", "third_party", "other_eu_funding", "in_kind")

DOCUMENT_KINDS = (
    "mandate",
    "letter_of_support",
    "declaration_on_honour",
    "statutes",
    "budget",
    "logframe",
    "other",
)

CURRENCIES = ("EUR",)
