"""A proposal in which everything is answered and nothing is wrong, made up for the features."""

from __future__ import annotations

COMPLETE: dict[str, object] = {
    "format": "mpfcheck-proposal/1",
    "call": "mpf-2023-borders-security",
    "title": "An invented project",
    "fund": "BMVI",
    "activities": [{"title": "Training on identity documents", "category": "training"}],
    "target_countries": ["MD"],
    "start_date": "2024-03-01",
    "duration_months": 24,
    "lead": {
        "id": "lead",
        "name": "Border Guard",
        "country": "LT",
        "kind": "public_body",
        "level": "central",
        "pic": "999999991",
    },
    "co_applicants": [
        {"id": "bp-md", "name": "Border Police", "country": "MD", "kind": "public_body", "pic": "999999992"},
        {
            "id": "ngo-md",
            "name": "Legal Aid Centre",
            "country": "MD",
            "kind": "ngo",
            "non_profit": True,
            "pic": "999999993",
        },
    ],
    "budget": {
        "currency": "EUR",
        "lines": [
            {
                "id": "1.1",
                "heading": "human_resources",
                "quantity": "24",
                "unit_cost": "10000.00",
                "amount": "240000.00",
            },
            {
                "id": "3.1",
                "heading": "equipment_and_supplies",
                "quantity": "1",
                "unit_cost": "140000",
                "amount": "140000",
            },
            {"id": "8", "heading": "indirect_costs", "quantity": "1", "unit_cost": "20000", "amount": "20000.00"},
        ],
        "total": "400000.00",
    },
    "financing": {
        "grant_requested": "380000.00",
        "contributions": [{"source": "lead", "kind": "staff_salaries", "amount": "20000.00"}],
    },
    "documents": [{"kind": "statutes", "applicant": "ngo-md"}],
    "declarations": {"no_exclusion_situation": True, "no_double_funding": True, "not_started": True},
    "consultation": {"held": True},
}
