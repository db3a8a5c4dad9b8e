"""A condition with the values in it, part by part."""

from __future__ import annotations

from decimal import Decimal

from mpfcheck.checking.explain import Explanation
from tests.checking.conftest import Make


def outline(part: Explanation, depth: int = 0) -> list[str]:
    mark = {True: "+", False: "-", None: "?"}[part.holds]
    line = f"{'  ' * depth}{mark} {part.label + ': ' if part.label else ''}{part.text} = {part.value}"
    return [line, *(inner for child in part.parts for inner in outline(child, depth + 1))]


def test_the_parts_of_a_condition_are_shown_with_their_values(rule: Make) -> None:
    checker = rule("""
require: lead.kind = "public_body" and financing.grant_requested <= limit * 2
message: No.
""")
    answers: dict[str, object] = {"lead": {"kind": "ngo"}, "financing": {"grant_requested": Decimal(401)}}
    (part,) = checker.explain(answers, "TRY-1")
    assert outline(part) == [
        '- require: lead.kind = "public_body" and financing.grant_requested <= limit * 2 = no',
        '  - lead.kind = "public_body" = no',
        "    ? lead.kind = Non-governmental organisation (NGO)",
        "  - financing.grant_requested <= limit * 2 = no",
        "    ? financing.grant_requested = EUR 401.00",
        "    ? limit * 2 = EUR 400.00",
        "      ? limit = EUR 200.00",
    ]


def test_only_the_items_that_decide_are_shown(rule: Make) -> None:
    checker = rule("""
require: every partner in co_applicants satisfies partner.country != "US"
message: No.
""")
    answers: dict[str, object] = {"co_applicants": [{"country": "LT"}, {"country": "US"}, {}]}
    (part,) = checker.explain(answers, "TRY-1")
    assert outline(part)[1:] == ['  - partner 2: partner.country != "US" = no', "    ? partner.country = United States"]


def test_what_is_not_answered_is_said(rule: Make) -> None:
    checker = rule("""
require: fund = "ISF"
message: No.
""")
    (part,) = checker.explain({}, "TRY-1")
    assert outline(part) == ['? require: fund = "ISF" = not answered: /fund', "  ? fund = not answered: /fund"]


def test_the_condition_of_an_inner_definition_is_its_value(rule: Make) -> None:
    checker = rule("""
require: contributed > 0
message: No.
""")
    (part,) = checker.explain({"financing": {"contributions": []}}, "TRY-1")
    assert outline(part) == ["- require: contributed > 0 = no", "  ? contributed = EUR 0.00"]
