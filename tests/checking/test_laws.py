"""Laws of checking that hold for every proposal."""

from __future__ import annotations

import random
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mpfcheck.checking import compiled_half_filled
from mpfcheck.checking.checker import COMPILE_AFTER, Checker
from mpfcheck.checking.compiled_half_filled import compile_half_filled
from mpfcheck.checking.judgement import judge, together
from mpfcheck.checking.report import Status, Verdict
from mpfcheck.feel.compile.half_filled import HalfFilledCompiler
from mpfcheck.packs.call import Call
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call
from mpfcheck.packs.rule import Rule
from mpfcheck.proposal.reader import Answers
from mpfcheck.reading.document import read_proposal
from tests.checking.proposals import complete, drafts_with_completion, in_any_state, open_drafts_with_completion

EXAMPLES = Path(__file__).parents[2] / "examples"
CALL = load_call("mpf-2023-borders-security")
CHECKER = Checker(CALL)
CHECKERS = [Checker(load_call(call)) for call in list_calls()]
Changes = dict[int, dict[str, Decimal | None]]
DEFINITE = {Status.PASS, Status.FAIL, Status.NOT_APPLICABLE}


def by_rule(checker: Checker, answers: Answers) -> dict[str, Status]:
    return dict(zip((rule.id for rule in checker.call.rules), checker.statuses(answers), strict=True))


def by_reference(answers: Answers, checker: Checker = CHECKER) -> dict[str, Status]:
    names = checker.names_of(answers)
    return {rule.id: together(judge(rule, names)) for rule in checker.call.rules}


@settings(max_examples=120)
@given(drafts_with_completion())
def test_a_definite_result_stays_when_absent_fields_are_filled_in(pair: tuple[Answers, Answers]) -> None:
    draft, whole = pair
    before, after = by_rule(CHECKER, draft), by_rule(CHECKER, whole)
    changed = {rule: (was, after[rule]) for rule, was in before.items() if was in DEFINITE and after[rule] != was}
    assert not changed


@settings(max_examples=120)
@given(open_drafts_with_completion())
def test_a_definite_result_stays_when_items_are_added_to_open_lists_too(pair: tuple[Answers, Answers]) -> None:
    draft, whole = pair
    before, after = by_rule(CHECKER, draft), by_rule(CHECKER, whole)
    assert before == by_reference(draft)
    changed = {rule: (was, after[rule]) for rule, was in before.items() if was in DEFINITE and after[rule] != was}
    assert not changed


@settings(max_examples=120)
@given(in_any_state)
def test_compiled_rules_agree_with_the_reference_on_complete_and_half_filled_proposals(answers: Answers) -> None:
    assert by_rule(CHECKER, answers) == by_reference(answers)


@settings(max_examples=60)
@given(st.sampled_from(CHECKERS), st.one_of(in_any_state, open_drafts_with_completion().map(lambda pair: pair[0])))
def test_the_code_of_the_rules_of_every_call_agrees_with_the_reference(checker: Checker, answers: Answers) -> None:
    assert by_rule(checker, answers) == by_reference(answers, checker)


def test_code_for_missing_answers_is_made_for_the_rules_that_meet_some(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def compile_it(rule: Rule, compiler: HalfFilledCompiler) -> object:
        made.append(rule.id)
        return compile_half_filled(rule, compiler)

    monkeypatch.setattr(compiled_half_filled, "compile_half_filled", compile_it)
    checker = Checker(CALL)
    document = read_proposal((EXAMPLES / "eligible-lithuania-moldova.json").read_bytes())
    assert document.answers is not None
    checker.statuses(document.answers)
    # What code cannot tell of an answer that is there (whether these are two funds), the reference tells at once.
    assert by_rule(checker, {**document.answers, "fund": "BMVI and ISF"})["FUND-1"] is Status.REVIEW
    assert made == []
    checker.statuses({**document.answers, "financing": {}})
    some = list(made)
    checker.statuses({})
    assert 0 < len(some) < len(made) == len(set(made))


@settings(max_examples=50)
@given(in_any_state)
def test_a_report_says_the_statuses_and_what_an_undecided_rule_waits_for(answers: Answers) -> None:
    report = CHECKER.report(answers)
    assert tuple(result.status for result in report.results) == CHECKER.statuses(answers)
    for result in report.results:
        assert bool(result.missing) == (result.status is Status.UNDECIDED)
        assert (result.message != "") or result.status in {Status.PASS, Status.NOT_APPLICABLE}


@settings(max_examples=100, derandomize=True)
@given(st.sampled_from(CHECKERS), in_any_state)
def test_a_report_is_the_same_whether_its_rules_were_compiled_or_not(checker: Checker, answers: Answers) -> None:
    """Messages, fields and missing answers too: of a list the reference is asked only of the items that matter."""
    assert in_use(checker).report(answers) == Checker(checker.call).report(answers)


@cache
def in_use(checker: Checker) -> Checker:
    """A checker of the same call that has compiled what it does for many proposals."""
    quick = Checker(checker.call)
    for _ in range(COMPILE_AFTER):
        quick.report({})
    return quick


@settings(max_examples=40)
@given(st.sampled_from(CHECKERS), st.one_of(in_any_state, open_drafts_with_completion().map(lambda pair: pair[0])))
def test_what_is_prepared_for_many_proposals_judges_as_the_reference(checker: Checker, answers: Answers) -> None:
    """Of each item: the status, what it waits for, what was read, and what may still come of it."""
    reference, prepared = (checker.names_of(answers, prepared=prepared) for prepared in (False, True))
    for rule in checker.call.rules:
        expected = [(*one[:1], *one[2:]) for one in judge(rule, reference)]
        assert [(*one[:1], *one[2:]) for one in judge(rule, prepared)] == expected


@pytest.mark.parametrize(
    "broken", [{}, {2: {"amount": Decimal("9.99")}}, {0: {"amount": None}}, {1: {"unit_cost": None}}]
)
@pytest.mark.parametrize("other", [{}, {3: {"amount": Decimal("0.01")}}, {4: {"amount": Decimal("10.01")}}])
def test_items_that_are_broken_open_or_noted_are_told_alike(broken: Changes, other: Changes) -> None:
    lines: list[dict[str, object]] = [
        {"id": str(number), "description": "d", "quantity": Decimal(2), "unit_cost": Decimal(5), "amount": Decimal(10)}
        for number in range(5)
    ]
    for number, change in [*broken.items(), *other.items()]:
        lines[number] = {name: value for name, value in (lines[number] | change).items() if value is not None}
    answers: Answers = {"budget": {"lines": lines, "total": Decimal(50)}}
    checker = Checker(CALL)
    reports = [checker.report(answers) for _ in range(COMPILE_AFTER + 1)]

    assert reports[0] == reports[-1]
    assert checker.statuses(answers) == tuple(result.status for result in reports[0].results)


@settings(max_examples=50)
@given(in_any_state, st.randoms(use_true_random=False))
def test_the_order_of_rules_does_not_matter(answers: Answers, order: random.Random) -> None:
    rules = list(CALL.rules)
    order.shuffle(rules)
    shuffled = Checker(with_rules(CALL, tuple(rules)))
    assert by_rule(shuffled, answers) == by_rule(CHECKER, answers)
    assert shuffled.verdict(answers) is CHECKER.verdict(answers)


@given(st.integers(1, 10**15 - 1), st.integers(0, 10**15 - 1))
def test_the_grant_share_is_exact_to_the_cent(total: int, grant: int) -> None:
    answers: Answers = {"budget": {"total": cents(total)}, "financing": {"grant_requested": cents(grant)}}
    allowed = grant * 100 <= total * 95
    assert by_rule(CHECKER, answers)["GRANT-1"] is (Status.PASS if allowed else Status.FAIL)


@given(st.integers(1, 10**13), st.integers(1, 10**11))
def test_what_would_fix_the_grant_share_fixes_it_and_a_cent_less_does_not(total: int, beyond: int) -> None:
    grant = total * 95 // 100 + beyond
    answers: Answers = {"budget": {"total": cents(total)}, "financing": {"grant_requested": cents(grant)}}
    lower = (cents(total) * Decimal("0.95")).quantize(Decimal("0.01"), ROUND_FLOOR)
    raised = (cents(grant) / Decimal("0.95")).quantize(Decimal("0.01"), ROUND_CEILING)
    fix = next(result.fix for result in CHECKER.report(answers).results if result.rule == "GRANT-1")
    assert f"{lower:,.2f}".replace(",", " ") in fix
    assert f"{raised:,.2f}".replace(",", " ") in fix

    def status(total: Decimal, grant: Decimal) -> Status:
        changed: Answers = {"budget": {"total": total}, "financing": {"grant_requested": grant}}
        return by_rule(CHECKER, changed)["GRANT-1"]

    cent = Decimal("0.01")
    assert status(cents(total), lower) is Status.PASS
    assert status(cents(total), lower + cent) is Status.FAIL
    assert status(raised, cents(grant)) is Status.PASS
    assert status(raised - cent, cents(grant)) is Status.FAIL


@settings(max_examples=60)
@given(complete)
def test_an_empty_draft_is_incomplete_and_a_complete_proposal_never_inconclusive(answers: Answers) -> None:
    assert CHECKER.verdict({}) is Verdict.INCOMPLETE
    assert CHECKER.verdict(answers) is not Verdict.INCONCLUSIVE


def cents(amount: int) -> Decimal:
    return Decimal(amount).scaleb(-2)


def with_rules(call: Call, rules: tuple[object, ...]) -> Call:
    return Call(**{**{name: getattr(call, name) for name in call.fields_of_class}, "rules": rules})


@pytest.mark.parametrize("partners", [29, 31, 100, 1001])
def test_long_lists_get_the_same_answer_however_often_they_are_asked(partners: int) -> None:
    lead = {"name": "L", "country": "LT", "pic": "0"}
    co_applicants = [{"name": f"N{n}", "country": "MD", "pic": str(n + 1)} for n in range(partners)]
    answers: Answers = {"lead": lead, "co_applicants": co_applicants}
    checker = Checker(CALL)
    reports = [checker.report(answers) for _ in range(5)]
    assert len({tuple(result.status for result in report.results) for report in reports}) == 1
    assert checker.statuses(answers) == tuple(result.status for result in reports[0].results)
