"""What a checker says of lists that are not finished, and of answers that are not needed to decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from mpfcheck.checking.checker import COMPILE_AFTER, Checker
from mpfcheck.checking.report import Result, Status
from mpfcheck.packs.load import load_call
from mpfcheck.proposal.answers import answers_from

NOW = Checker(load_call("mpf-2023-borders-security"))
FIRST = Checker(load_call("mpf-2016-mp-camm"))


def result(draft: Mapping[str, object], rule: str, checker: Checker = NOW) -> Result:
    return next(result for result in checker.report(answers_from(draft)).results if result.rule == rule)


def lines(*amounts: str) -> list[dict[str, str]]:
    return [{"heading": "travel", "amount": amount} for amount in amounts]


def budget(*amounts: str, total: str = "300000.00") -> dict[str, Any]:
    return {"budget": {"lines": lines(*amounts), "total": total}, "open": ["/budget/lines"]}


@pytest.mark.parametrize(
    ("draft", "rule", "status"),
    [
        (budget("200000.00"), "BUDGET-3", Status.UNDECIDED),
        (budget("300000.00"), "BUDGET-3", Status.UNDECIDED),
        (budget("200000.00", "100000.01"), "BUDGET-3", Status.FAIL),
        (budget("300000.00") | {"open": []}, "BUDGET-3", Status.PASS),
        ({"budget": {"total": "1.00"}, "open": ["/budget/lines"]}, "BUDGET-3", Status.UNDECIDED),
        ({"budget": {"total": "1.00"}}, "BUDGET-3", Status.NOT_APPLICABLE),
        ({"budget": {"total": "200000.00"}, "financing": {"grant_requested": "200000.01"}}, "COFIN-2", Status.FAIL),
        ({"budget": {"total": "200000.00"}, "financing": {"grant_requested": "200000.00"}}, "COFIN-1", Status.PASS),
        ({"co_applicants": [{"kind": "ngo", "non_profit": True}, {"non_profit": True}]}, "COAPP-4", Status.PASS),
        ({"co_applicants": [{"non_profit": True}]}, "COAPP-4", Status.UNDECIDED),
        ({"fund": "ISF", "lead": {"country": "FI", "mandate": {"country": "FR"}}}, "FUND-2", Status.PASS),
        ({"fund": "ISF", "lead": {"country": "DK", "mandate": {"country": "FR"}}}, "FUND-2", Status.UNDECIDED),
        ({"target_countries": ["MD"], "open": ["/target_countries"]}, "SCOPE-1", Status.PASS),
        ({"target_countries": ["US"], "open": ["/target_countries"]}, "SCOPE-1", Status.UNDECIDED),
        ({"target_countries": ["MD", "US"], "open": ["/target_countries"]}, "SCOPE-2", Status.FAIL),
        ({"co_applicants": [{"kind": "natural_person"}], "open": ["/co_applicants"]}, "COAPP-1", Status.FAIL),
        ({"co_applicants": [{"kind": "ngo"}], "open": ["/co_applicants"]}, "COAPP-1", Status.UNDECIDED),
        ({"co_applicants": [{"kind": "ngo"}]}, "COAPP-1", Status.PASS),
        ({"fund": "BMVI", "financing": {"grant_requested": "12000000.00"}}, "POT-1", Status.FAIL),
    ],
)
def test_a_rule_says_what_no_further_answer_or_item_can_change(
    draft: Mapping[str, object], rule: str, status: Status
) -> None:
    assert result(draft, rule).status is status


def test_a_project_that_begins_after_the_last_day_ends_after_it_whatever_its_length() -> None:
    assert result({"start_date": "2024-02-29"}, "TIME-2", FIRST).status is Status.FAIL
    assert result({"start_date": "2017-02-28"}, "TIME-2", FIRST).status is Status.UNDECIDED
    assert result({"start_date": "2024-02-29", "duration_months": 999_999_999}, "TIME-2", FIRST).status is Status.FAIL


def test_what_waits_for_an_open_list_says_that_the_list_may_not_be_finished() -> None:
    waiting = result({"co_applicants": [{"kind": "ngo"}], "open": ["/co_applicants"]}, "COAPP-1")
    assert waiting.message == "Information missing: co-applicants (this list may not be finished)."
    assert waiting.missing == ("/co_applicants",)


def test_a_list_that_is_not_answered_is_not_said_to_be_unfinished() -> None:
    assert result({}, "COAPP-1").message == "Information missing: co-applicants."


def test_a_finding_about_an_open_list_says_what_its_sum_is_at_least() -> None:
    found = result(budget("200000.00", "100000.01"), "BUDGET-3")
    assert "at least EUR 300 000.01" in found.message + found.fix


def test_a_finding_about_a_missing_length_says_when_the_project_ends_at_the_earliest() -> None:
    assert "ends on 2024-02-28 or later" in result({"start_date": "2024-02-29"}, "TIME-2", FIRST).message


def test_explaining_says_what_is_certain_and_which_list_is_not_finished() -> None:
    parts = NOW.explain(answers_from(budget("200000.00")), "BUDGET-3")
    values = [inner.value for part in parts for inner in part.parts]
    assert "at least EUR 200 000.00; not finished: /budget/lines" in values


def test_open_lists_are_told_alike_however_many_proposals_were_checked() -> None:
    answers = answers_from(budget("200000.00") | {"co_applicants": [{"kind": "ngo"}]})
    checker = Checker(NOW.call)
    reports = [checker.report(answers) for _ in range(COMPILE_AFTER + 2)]
    assert reports[0] == reports[-1]
    assert checker.statuses(answers) == tuple(result.status for result in reports[0].results)


def test_an_open_list_leaves_the_sum_of_several_proposals_at_least_what_it_is() -> None:
    """Which lists are open stays known where proposals are judged together."""
    asked = [answers_from({"fund": "BMVI", "financing": {"grant_requested": "3900000.00"}}), answers_from({})]
    (together,) = NOW.together(asked)
    statuses = {item.item: item.status for item in together.items}
    assert statuses["BMVI"] is Status.UNDECIDED
    asked[0]["financing"] = answers_from({"financing": {"grant_requested": "3900000.01"}})["financing"]
    (together,) = NOW.together(asked)
    assert {item.item: item.status for item in together.items}["BMVI"] is Status.FAIL
