"""Country codes and the call's country groups, as a program that carries its rules in its code would hold them.

Codes are ISO 3166-1 alpha-2 plus ``XK``. The groups are read from the EU's usual lists (as of
2023-12-31): members of a region count, candidates are counted in by some sources only, so a person must judge.
"""

from __future__ import annotations

from typing import Literal

__all__ = ["CANDIDATES", "MEMBER_STATES", "PARTNERS", "UNCERTAIN", "Country"]

# fmt: off
Country = Literal[
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA", "BB", "BD",
    "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV", "BW", "BY", "BZ", "CA",
    "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE",
    "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA",
    "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK",
    "HM", "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP",
    "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT",
    "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS",
    "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ",
    "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS",
    "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST",
    "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW",
    "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI", "VN", "VU", "WF", "WS", "XK", "YE", "YT",
    "ZA", "ZM", "ZW",
]

MEMBER_STATES: frozenset[str] = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})
EASTERN_PARTNERSHIP = frozenset({"AM", "AZ", "BY", "GE", "MD", "UA"})
WESTERN_BALKANS = frozenset({"AL", "BA", "ME", "MK", "RS", "XK"})
SOUTHERN_NEIGHBOURHOOD = frozenset({"DZ", "EG", "IL", "JO", "LB", "LY", "MA", "PS", "SY", "TN"})
WEST_AFRICA = frozenset({
    "BF", "BJ", "CI", "CV", "GH", "GM", "GN", "GW", "LR", "ML", "MR", "NE", "NG", "SL", "SN", "TG",
})
HORN_OF_AFRICA = frozenset({"DJ", "ER", "ET", "KE", "SD", "SO", "SS", "UG"})
SILK_ROUTES = frozenset({"AF", "BD", "IQ", "IR", "PK"})
CENTRAL_ASIA = frozenset({"KG", "KZ", "TJ", "TM", "UZ"})
# fmt: on

PARTNERS: frozenset[str] = (
    EASTERN_PARTNERSHIP
    | WESTERN_BALKANS
    | SOUTHERN_NEIGHBOURHOOD
    | WEST_AFRICA
    | HORN_OF_AFRICA
    | SILK_ROUTES
    | CENTRAL_ASIA
)
"""The countries of the call's seven regions."""

CANDIDATES: frozenset[str] = frozenset({"CN", "IN", "LK", "SH", "ST", "TZ"})
"""In one of the seven regions for some sources only; those already in another region (EG, LY, TN) are partners."""

UNCERTAIN: frozenset[str] = frozenset({"BY", "MR", "SY"})
"""Partners with whom work may not be open."""
