"""The examples of rules, run by both evaluators: what is said of those that do not hold, and which are lacking."""

from __future__ import annotations

import pytest

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.pack_tests.pack_test import run_examples
from mpfcheck.checking.report import Status
from mpfcheck.packs.call import Call
from mpfcheck.packs.example_kinds import kinds_required
from tests.checking.pack_tests.conftest import MakeCall

RULE = """\
- id: MONEY-1
  title: Large enough
  severity: blocking
  require: budget.total >= least_total
  message: "Only {budget.total}."
  examples:
"""


def test_examples_that_hold_are_counted_with_those_the_compiled_rule_answers(make_call: MakeCall) -> None:
    test = run_examples(
        make_call(
            RULE
            + "    - {given: {budget: {total: 1000}}, expect: pass}\n"
            + "    - {given: {budget: {total: 999.99}}, expect: fail}\n"
            + "    - {given: {}, expect: undecided}\n"
            + "    - {given: {budget: {total: 1000}}, as_of: 2022-12-31, expect: review}\n"
        )
    )
    assert [result.status for result in test.results] == [Status.PASS, Status.FAIL, Status.UNDECIDED, Status.REVIEW]
    # A parameter that is not known the compiled rule leaves to the other evaluator.
    assert [result.compiled for result in test.results] == [Status.PASS, Status.FAIL, Status.UNDECIDED, None]
    assert (test.failed, test.lacking, test.compiled) == ((), (), 3)


def test_an_example_that_does_not_hold_comes_with_its_reasons(make_call: MakeCall) -> None:
    test = run_examples(make_call(RULE + "    - {given: {budget: {total: 999}}, expect: pass}\n"))
    (failed,) = test.failed
    assert (failed.rule.id, failed.number, failed.status, failed.compiled) == ("MONEY-1", 1, Status.FAIL, Status.FAIL)
    assert failed.sentences == ("Only EUR 999.00.",)
    assert [(part.text, part.value) for part in failed.parts] == [("budget.total >= least_total", "no")]
    ((rule, kinds),) = [(one.rule.id, one.kinds) for one in test.lacking]
    assert (rule, kinds) == ("MONEY-1", ("fail", "undecided"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("{budget: {total: many}}", "/budget/total"),
        ("{budget: {totl: 5}}", '"totl"'),
        ("{lead: {country: ZZ}}", "/lead/country"),
    ],
)
def test_an_example_that_is_no_proposal_does_not_hold(make_call: MakeCall, given: str, said: str) -> None:
    (result,) = run_examples(make_call(RULE + f"    - {{given: {given}, expect: undecided}}\n")).results
    assert (result.status, result.holds) == (None, False)
    assert said in result.trouble


def test_a_sentence_without_a_value_is_a_fault_though_the_status_is_right(make_call: MakeCall) -> None:
    rule = RULE.replace("{budget.total}", "{sum(budget.lines.amount)}")
    (result,) = run_examples(make_call(rule + "    - {given: {budget: {total: 1}}, expect: fail}\n")).results
    assert (result.status, result.holds) == (Status.FAIL, False)
    assert "Only (no value)." in result.trouble


def test_evaluators_that_disagree_are_told_apart(make_call: MakeCall, monkeypatch: pytest.MonkeyPatch) -> None:
    call = make_call(RULE + "    - {given: {budget: {total: 1000}}, expect: pass}\n")
    monkeypatch.setattr(Checker, "compiled_status", lambda *_: Status.FAIL)
    (result,) = run_examples(call).results
    assert (result.status, result.compiled) == (Status.PASS, Status.FAIL)
    assert not result.agreed
    assert not result.holds


PORTFOLIO = """\
- id: POT-1
  title: All fit
  severity: advice
  scope: portfolio
  require: sum(append(proposals.budget.total, 0)) <= least_total
  message: "They ask for {sum(append(proposals.budget.total, 0))}."
  examples:
"""


def test_examples_of_rules_about_many_proposals_are_run_too(make_call: MakeCall) -> None:
    test = run_examples(
        make_call(
            PORTFOLIO
            + "    - {given: {proposals: [{budget: {total: 400}}, {budget: {total: 600}}]}, expect: pass}\n"
            + "    - {given: {proposals: [{budget: {total: 400}}, {budget: {total: 601}}]}, expect: pass}\n"
            + "    - {given: {budget: {total: 400}}, expect: pass}\n"
        )
    )
    assert [result.status for result in test.results] == [Status.PASS, Status.FAIL, None]
    assert test.results[1].sentences == ("They ask for EUR 1 001.00.",)
    assert "a list of proposals" in test.results[2].trouble


def test_only_the_rules_asked_for_are_run(make_call: MakeCall) -> None:
    call = make_call(RULE + "    - {given: {}, expect: undecided}\n" + RULE.replace("MONEY-1", "MONEY-2") + "    []\n")
    assert {result.rule.id for result in run_examples(call, {"MONEY-1"}).results} == {"MONEY-1"}
    assert {one.rule.id for one in run_examples(call, {"MONEY-2"}).lacking} == {"MONEY-2"}


@pytest.mark.parametrize(
    ("conditions", "wanted"),
    [
        ("  require: budget.total > 1", {"pass", "fail", "undecided"}),
        ('  when: lead.kind = "ngo"\n  require: budget.total > 1', {"pass", "fail", "not_applicable", "undecided"}),
        (
            "  for each: co_applicants\n  as: one\n  require: one.non_profit",
            {"pass", "fail", "not_applicable", "undecided"},
        ),
        ("  for each: trial_regions.members\n  as: one\n  require: one != fund", {"pass", "fail", "undecided"}),
        # A list that always has an item cannot make the rule not applicable.
        (
            "  for each: concatenate([lead], co_applicants)\n  as: one\n  require: one.non_profit",
            {"pass", "fail", "undecided"},
        ),
        (
            "  for each: distinct values(concatenate([lead], co_applicants).country)\n  as: one\n"
            '  require: one != "LT"',
            {"pass", "fail", "undecided"},
        ),
        # An absent list of budget lines is an empty one, so there is nothing to wait for.
        ("  require: count(budget.lines) < 9", {"pass", "fail"}),
        ("  require: work < 9", {"pass", "fail", "undecided"}),
        ('  require: as_of < @"2025-01-01"', {"pass", "fail"}),
        ('  require: fund != "A"\n  doubt: fund = "B"\n  doubt message: Hm.', {"pass", "fail", "undecided", "review"}),
        ("  manual: true", {"review"}),
        ('  manual: true\n  when: fund = "A"', {"review", "not_applicable", "undecided"}),
    ],
)
def test_a_rule_needs_an_example_of_every_status_it_can_come_to(
    make_call: MakeCall, conditions: str, wanted: set[str]
) -> None:
    call: Call = make_call(f"- id: ONE-1\n  title: One\n  severity: warning\n{conditions}\n  message: No.\n")
    assert set(kinds_required(call, call.rules[0])) == wanted
