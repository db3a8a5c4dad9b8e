"""What another day or another parameter would change, and which rules would make it so."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from mpfcheck.checking.checker import Checker, ParameterError
from mpfcheck.checking.report import InputReference, Status, Verdict
from mpfcheck.checking.what_if import StatusChange, WhatIf, counted_statuses, status_changes
from mpfcheck.packs.load import load_call
from mpfcheck.proposal.answers import json_values
from mpfcheck.reading.document import read_plain
from tests.checking.proposals import in_any_state

CALL = load_call("mpf-2023-borders-security")
CHECKER = Checker(CALL)
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "eligible-lithuania-moldova.json"
HALF = WhatIf(changes={"maximum_grant_share": "0.5"})
WITH_HALF = Checker(CALL, parameters={"maximum_grant_share": "0.5"})
INPUT = InputReference("a", None, None)


@pytest.fixture
def answers() -> dict[str, Any]:
    found = read_plain(*json_values(json.loads(EXAMPLE.read_text(encoding="utf-8")))).answers
    assert found is not None
    return found


def test_another_parameter_names_the_rule_that_would_fail(answers: dict[str, Any]) -> None:
    change = WhatIf(changes={"maximum_grant_share": "0.9"}).change(CHECKER, answers, INPUT)

    assert change is not None
    assert (change.before, change.after) == (Verdict.ELIGIBLE, Verdict.INELIGIBLE)
    (rule,) = change.rules
    assert rule == StatusChange("GRANT-1", CALL.rule("GRANT-1").title, Status.PASS, Status.FAIL)


def test_another_day_names_the_rules_of_which_nothing_was_known_then(answers: dict[str, Any]) -> None:
    change = WhatIf(date(2023, 3, 9)).change(CHECKER, answers, INPUT)

    assert change is not None
    assert change.after is Verdict.REVIEW
    assert {"BUDGET-1", "GRANT-1", "POT-1"} <= {rule.rule for rule in change.rules}


def test_what_makes_no_difference_is_no_change(answers: dict[str, Any]) -> None:
    assert WhatIf(changes={"maximum_grant_share": "0.99"}).change(CHECKER, answers, INPUT) is None
    assert WhatIf().change(CHECKER, answers, INPUT) is None


def test_parameters_that_are_changed_already_stay_so(answers: dict[str, Any]) -> None:
    strict = Checker(CALL, parameters={"maximum_grant_share": "0.9"})

    assert WhatIf(date(2024, 1, 1)).change(strict, answers, INPUT) is None
    mended = WhatIf(changes={"maximum_grant_share": "0.95"}).change(strict, answers, INPUT)
    assert mended is not None
    assert mended.after is Verdict.ELIGIBLE


def test_a_parameter_the_call_does_not_have_is_refused(answers: dict[str, Any]) -> None:
    with pytest.raises(ParameterError, match="maximum_grant_share"):
        WhatIf(changes={"maximum_grant_shar": "1"}).change(CHECKER, answers, INPUT)


@given(answers=in_any_state)
def test_a_change_says_what_the_two_reports_say(answers: dict[str, Any]) -> None:
    """By the fast path as by whole reports; and no verdict changes without a rule that does."""
    change = HALF.change(CHECKER, answers, INPUT)
    before, after = CHECKER.report(answers), WITH_HALF.report(answers)

    if change is None:
        assert before.verdict is after.verdict
    else:
        assert (change.before, change.after) == (before.verdict, after.verdict)
        assert change.rules == status_changes(counted_statuses(before.results), counted_statuses(after.results)) != ()
