"""The codes a proposal is written with. What they are called is for the code lists to say."""

from __future__ import annotations

__all__ = [
    "APPLICANT_KINDS",
    "COMMENTS",
    "CONTRIBUTION_KINDS",
    "COUNTRIES",
    "CURRENCIES",
    "DOCUMENT_KINDS",
    "FORMAT",
    "HEADINGS",
    "LEVELS",
    "MISTAKEN_CODES",
    "PART_FORMAT",
]


FORMAT = "mpfcheck-proposal/1"

COMMENTS = "comments"
"""The field of a record that holds what people noted about its answers. Nothing reads it but the front ends."""

PART_FORMAT = "mpfcheck-part/1"
"""The format of what a partner fills in: some of the fields of a proposal. It is not a proposal."""

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


_ASSIGNED = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW
BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI
FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN
IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME
MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF
PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK
YE YT ZA ZM ZW
"""

COUNTRIES = tuple(_ASSIGNED.split())
"""ISO 3166-1 alpha-2 as officially assigned, and ``XK``, the code in general use for Kosovo."""

MISTAKEN_CODES = {"EL": "GR", "UK": "GB"}
"""Codes the EU institutions use, or used, for two countries, which are not their ISO codes."""
