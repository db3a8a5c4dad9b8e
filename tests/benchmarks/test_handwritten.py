"""The hand-written rules keep to the call's boundary cases, one by one."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from benchmarks.handwritten import statuses


def lead(kind: str, country: str | None = None, *, by: str | None = None, paper: str | None = None) -> dict[str, Any]:
    return {"lead": {"kind": kind, "country": country, "mandate": {"country": by, "document": paper}}}


def partners(*partners: dict[str, Any], state: str | None = "LT") -> dict[str, Any]:
    return {"lead": {"kind": "public_body", "country": state}, "co_applicants": list(partners)}


def money(total: str, grant: str | None = None, *contributions: str) -> dict[str, Any]:
    return {
        "budget": {"total": total},
        "financing": {"grant_requested": grant, "contributions": [{"amount": amount} for amount in contributions]},
    }


def line(quantity: str, unit_cost: str, amount: str, heading: str = "travel") -> dict[str, Any]:
    return {"heading": heading, "quantity": quantity, "unit_cost": unit_cost, "amount": amount}


def lines(*lines: dict[str, Any], total: str | None = None) -> dict[str, Any]:
    return {"budget": {"lines": list(lines), "total": total}}


def pot(fund: str, grant: str) -> dict[str, Any]:
    return {"fund": fund, "financing": {"grant_requested": grant}}


CASES: list[tuple[str, dict[str, Any], str]] = [
    ("FUND-1", {}, "undecided"),
    ("FUND-1", {"fund": "BMVI"}, "pass"),
    ("FUND-1", {"fund": "AMIF"}, "fail"),
    ("FUND-1", {"fund": "ISF-Police"}, "fail"),
    ("FUND-2", {"fund": "BMVI"} | lead("public_body", "IE"), "fail"),
    ("FUND-2", {"fund": "ISF"} | lead("public_body", "IE"), "pass"),
    ("FUND-2", {"fund": "BMVI"} | lead("public_body", "DK"), "pass"),
    ("FUND-2", {"fund": "ISF"} | lead("public_body", "DK"), "fail"),
    ("FUND-2", {"fund": "ISF"} | lead("mandated_operator", "LT", by="DK"), "fail"),
    ("FUND-2", {"fund": "AMIF"}, "not_applicable"),
    ("FUND-2", {"fund": "ISF"}, "undecided"),
    ("LEAD-1", lead("public_body", "LT"), "pass"),
    ("LEAD-1", lead("public_body", "MD"), "fail"),
    ("LEAD-1", lead("public_body", "GB"), "fail"),
    ("LEAD-1", lead("public_body", "CH"), "fail"),
    ("LEAD-1", lead("ngo", "LT"), "fail"),
    ("LEAD-1", lead("international_organisation", "AT"), "fail"),
    ("LEAD-1", lead("mandated_operator", "CH", by="FR"), "pass"),
    ("LEAD-1", lead("mandated_operator", "FR", by="TR"), "fail"),
    ("LEAD-1", lead("mandated_operator", "FR"), "undecided"),
    ("LEAD-1", {"lead": {"country": "MD"}}, "undecided"),
    ("LEAD-1", {"lead": {"country": "MD", "mandate": {"country": "TR"}}}, "fail"),
    ("LEAD-2", lead("public_body", "LT"), "not_applicable"),
    ("LEAD-2", lead("mandated_operator", by="FR", paper="mandate.pdf"), "pass"),
    ("LEAD-2", lead("mandated_operator", by="FR") | {"documents": [{"kind": "mandate"}]}, "pass"),
    ("LEAD-2", lead("mandated_operator", by="FR", paper="") | {"documents": []}, "fail"),
    ("LEAD-2", lead("mandated_operator", by="FR") | {"documents": []}, "undecided"),
    ("COAPP-1", partners({"kind": "natural_person"}, {}), "fail"),
    ("COAPP-1", partners({"kind": "mandated_operator"}), "fail"),
    ("COAPP-1", partners({"kind": "ngo"}, {}), "undecided"),
    ("COAPP-1", partners(), "not_applicable"),
    ("COAPP-2", partners({"kind": "public_body", "country": "LT"}), "fail"),
    ("COAPP-2", partners({"kind": "public_body", "country": "PL"}), "pass"),
    ("COAPP-2", partners({"kind": "public_body", "country": "PL"}, state=None), "undecided"),
    ("COAPP-2", partners({"kind": "public_body", "country": "MD"}, state=None), "pass"),
    ("COAPP-2", partners({"kind": "public_body", "country": "GB"}), "fail"),
    ("COAPP-2", partners({"kind": "public_body", "country": "TR"}), "fail"),
    ("COAPP-2", partners({"kind": "public_body", "country": "LK"}), "review"),
    (
        "COAPP-2",
        lead("mandated_operator", "BE", by="FR") | {"co_applicants": [{"kind": "public_body", "country": "FR"}]},
        "review",
    ),
    (
        "COAPP-2",
        lead("mandated_operator", "BE", by="FR") | {"co_applicants": [{"kind": "public_body", "country": "BE"}]},
        "review",
    ),
    (
        "COAPP-2",
        lead("mandated_operator", "FR", by="FR") | {"co_applicants": [{"kind": "public_body", "country": "FR"}]},
        "fail",
    ),
    ("COAPP-3", partners({"kind": "ngo", "country": "CH"}), "fail"),
    ("COAPP-3", partners({"kind": "private_law_body", "country": "US"}), "fail"),
    ("COAPP-3", partners({"kind": "ngo", "country": "LT"}), "pass"),
    ("COAPP-3", partners({"kind": "ngo", "country": "ST"}), "review"),
    ("COAPP-4", partners({"kind": "ngo", "non_profit": False}), "fail"),
    ("COAPP-4", partners({"kind": "ngo"}), "undecided"),
    ("COAPP-5", partners({"kind": "ngo"}), "not_applicable"),
    ("COAPP-5", partners({"kind": "international_organisation"}), "review"),
    ("BUDGET-1", money("199999.99"), "fail"),
    ("BUDGET-1", money("200000.00"), "pass"),
    ("BUDGET-1", money("900000000"), "pass"),
    ("GRANT-1", money("200000.00", "190000.00"), "pass"),
    ("GRANT-1", money("200000.00", "190000.01"), "fail"),
    ("GRANT-1", money("178512.92", "169587.27"), "pass"),
    ("GRANT-1", money("178512.92", "169587.28"), "fail"),
    ("COFIN-1", money("200000.00", "190000.00", "9999.99"), "fail"),
    ("COFIN-1", money("200000.00", "190000.00", "5000.00", "5000.00"), "pass"),
    ("COFIN-2", money("200000.00", "190000.00", "10000.01"), "fail"),
    ("COFIN-2", money("200000.00", "190000.00", "10000.00"), "pass"),
    ("COFIN-3", {"financing": {"contributions": [{"kind": "other_eu_funding"}, {}]}}, "fail"),
    ("COFIN-3", {"financing": {"contributions": [{"kind": "cash"}, {}]}}, "undecided"),
    ("POT-1", pot("BMVI", "3900000.00"), "pass"),
    ("POT-1", pot("BMVI", "3900000.01"), "fail"),
    ("POT-1", pot("ISF", "3900000.01"), "pass"),
    ("POT-2", pot("BMVI", "3900000.01"), "not_applicable"),
    ("SCOPE-1", {"target_countries": ["TR"]}, "fail"),
    ("SCOPE-1", {"target_countries": ["IN"]}, "review"),
    ("SCOPE-1", {"target_countries": ["IN", "MD"]}, "pass"),
    ("SCOPE-2", {"target_countries": ["MD", "TR"]}, "fail"),
    ("SCOPE-2", {"target_countries": ["MD"]}, "pass"),
    ("SCOPE-2", {"target_countries": ["MD", "IN"]}, "review"),
    ("SCOPE-2", {"target_countries": ["TR"]}, "not_applicable"),
    ("SCOPE-3", {"fund": "BMVI"}, "review"),
    ("SCOPE-3", {}, "undecided"),
    ("SCOPE-4", {"fund": "ISF"}, "review"),
    ("SCOPE-4", {"fund": "AMIF"}, "not_applicable"),
    ("SCOPE-6", {"fund": "BMVI"}, "review"),
    ("DATE-1", {}, "pass"),
    ("DATE-2", {}, "pass"),
    ("SCOPE-5", {"target_countries": ["UA", "BY"]}, "fail"),
    ("SCOPE-5", {"target_countries": ["UA"]}, "pass"),
    ("EXCL-1", {"declarations": {"no_exclusion_situation": False}}, "fail"),
    ("EXCL-1", {"declarations": {}}, "undecided"),
    ("EXCL-2", {"declarations": {"no_double_funding": True}}, "pass"),
    ("TIME-1", {"start_date": "2023-12-07"}, "pass"),
    ("TIME-1", {"start_date": "2023-12-06"}, "undecided"),
    ("TIME-1", {"start_date": "2023-12-06", "declarations": {"not_started": False}}, "fail"),
    ("BUDGET-2", lines(line("5.5", "1000.33", "5501.82")), "pass"),
    ("BUDGET-2", lines(line("5.5", "1000.33", "5501.81")), "pass"),
    ("BUDGET-2", lines(line("5.5", "1000.33", "5501.80")), "fail"),
    ("BUDGET-2", {}, "not_applicable"),
    ("BUDGET-3", {}, "not_applicable"),
    ("BUDGET-3", lines(line("1", "10", "10"), line("1", "5", "5"), total="15.00"), "pass"),
    ("BUDGET-3", lines(line("1", "10", "10"), line("1", "5", "5"), total="15.01"), "fail"),
    ("BUDGET-4", lines(line("1", "100", "100"), line("1", "7", "7.00", "indirect_costs")), "pass"),
    ("BUDGET-4", lines(line("1", "100", "100"), line("1", "7.01", "7.01", "indirect_costs")), "fail"),
    ("BUDGET-4", lines(line("1", "100", "100"), line("1", "5.01", "5.01", "contingency_reserve")), "fail"),
    ("DUP-1", {"lead": {"pic": "1"}, "co_applicants": [{"pic": "1"}, {"pic": "2"}]}, "fail"),
    ("DUP-1", {"lead": {"name": "A", "country": "LT"}, "co_applicants": [{"name": "A", "country": "LT"}]}, "fail"),
    ("DUP-1", {"lead": {"pic": "1", "name": "A"}, "co_applicants": [{"pic": "2", "name": "B"}]}, "pass"),
    ("DUP-1", {"lead": {"pic": "1", "name": "A"}, "co_applicants": [{"name": "B"}]}, "undecided"),
    ("DUP-1", {"lead": {"pic": "", "name": "A"}, "co_applicants": [{"pic": "", "name": "B"}]}, "pass"),
    ("DUP-1", {"co_applicants": [{"pic": "1"}, {"pic": "1"}, {}]}, "fail"),
    ("DUP-1", {"co_applicants": []}, "not_applicable"),
    ("ASK-1", {"consultation": {"held": False}}, "fail"),
]


@pytest.mark.parametrize(("rule", "proposal", "status"), CASES)
def test_a_rule_says_what_the_call_says(rule: str, proposal: dict[str, Any], status: str) -> None:
    assert statuses(json.dumps(proposal).encode())[rule] == status


def test_before_december_2023_only_the_overall_envelope_is_known() -> None:
    data = json.dumps(pot("BMVI", "3900000.01")).encode()
    assert statuses(data, as_of=date(2023, 6, 1))["POT-1"] == "pass"
    assert statuses(data, as_of=date(2023, 12, 7))["POT-1"] == "fail"


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b'{"fund":',
        b'{"lead": {"country": "ZZ"}}',
        b'{"budget": {"total": "1.001"}}',
        b'{"lead": {"kind": "club"}}',
    ],
)
def test_what_is_no_proposal_is_refused(data: bytes) -> None:
    with pytest.raises(ValidationError):
        statuses(data)
