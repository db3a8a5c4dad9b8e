"""Some of a call's rules: the report has these and says so, in every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import mpfcheck
from mpfcheck.cli.main import mpfcheck as program

EXAMPLES = Path(__file__).parents[2] / "examples"
BROKEN = EXAMPLES / "ineligible-romania-moldova-2016.json"


@pytest.fixture(scope="module")
def call() -> mpfcheck.Call:
    return mpfcheck.load_call("mpf-2023-borders-security")


def test_the_report_has_the_chosen_rules_in_the_order_of_the_call(call: mpfcheck.Call) -> None:
    report = call.check(BROKEN, rules=["GRANT-1", "FUND-1"])
    whole = {result.rule: result for result in call.check(BROKEN).results}

    assert [result.rule for result in report.results] == ["FUND-1", "GRANT-1"]
    assert list(report.results) == [whole["FUND-1"], whole["GRANT-1"]]
    assert report.chosen == ("FUND-1", "GRANT-1")
    assert report.verdict is mpfcheck.Verdict.ELIGIBLE
    assert call.check(BROKEN).verdict is mpfcheck.Verdict.INELIGIBLE


def test_the_verdict_of_every_rule_alone_is_what_it_says_of_the_whole(call: mpfcheck.Call) -> None:
    for result in call.check(BROKEN).results:
        assert call.check(BROKEN, rules=[result.rule]).results == (result,)


def test_all_rules_are_no_choice(call: mpfcheck.Call) -> None:
    assert call.check(BROKEN, rules=call.rules) == call.check(BROKEN)


@pytest.mark.parametrize("format", ["text", "json", "jsonl", "csv", "html", "markdown", "junit", "sarif"])
def test_every_format_says_so(call: mpfcheck.Call, format: str) -> None:
    text = call.check(BROKEN, rules=["BUDGET-1"]).render(format)  # type: ignore[arg-type]
    whole = call.check(BROKEN).render(format)  # type: ignore[arg-type]
    marks = ("only BUDGET-1", "rules_chosen")

    assert any(mark in " ".join(text.split()) for mark in marks)
    assert not any(mark in whole for mark in marks)


def test_reports_by_different_choices_stand_on_one_page(call: mpfcheck.Call) -> None:
    mixed = [call.check(BROKEN, rules=["GRANT-1"]), call.check(BROKEN), call.check(BROKEN, rules=["BUDGET-1"])]
    for format in ("html", "text", "csv", "markdown"):
        assert "only GRANT-1" in mpfcheck.render(mixed, format)  # type: ignore[arg-type]


def test_many_are_checked_by_a_choice_given_once(call: mpfcheck.Call) -> None:
    rules = iter(["BUDGET-1"])
    for report in mpfcheck.check_many(call, [BROKEN, BROKEN], rules=rules):
        assert report.chosen == ("BUDGET-1",)


def test_a_rule_that_is_not_there_is_told_with_the_nearest(call: mpfcheck.Call) -> None:
    with pytest.raises(mpfcheck.UnknownRuleError, match=r"BUDGET-11.*Did you mean .BUDGET-1"):
        call.check({}, rules=["BUDGET-11"])
    with pytest.raises(ValueError, match="at least one"):
        call.check({}, rules=[])
    with pytest.raises(TypeError, match=r'\["BUDGET-1"\]'):
        call.check({}, rules="BUDGET-1")


def test_verify_says_that_it_cannot_make_such_a_report_anew(call: mpfcheck.Call, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text(call.check(BROKEN, rules=["BUDGET-1"]).render("json"), encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8"))["reports"][0]["rules_chosen"] == ["BUDGET-1"]

    run = CliRunner().invoke(program, ["verify", str(file), str(BROKEN)])

    assert run.exit_code != 0
    assert "only the rules BUDGET-1" in " ".join(run.output.split())
