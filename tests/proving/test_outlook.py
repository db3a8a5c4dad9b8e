"""What is certain of a draft: never against what check says, and proven with proposals that check agrees on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import z3

from benchmarks.generate import Mix, proposals
from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Change, Severity, Status, Verdict
from mpfcheck.packs.load import load_call
from mpfcheck.proposal.answers import answers_from
from mpfcheck.proposal.pointer import split
from mpfcheck.proving.encoding import DEFAULT_BOUNDS
from mpfcheck.proving.outlook import outlook_of
from mpfcheck.proving.prover import Prover, plain_answers
from mpfcheck.proving.repair import repair_of
from mpfcheck.reading.document import read_proposal

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CALL = "mpf-2023-borders-security"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(load_call(CALL))


def prover(checker: Checker, draft: Mapping[str, object]) -> Prover:
    return Prover(checker, answers_from(draft), timeout=60_000)


@pytest.mark.slow
@pytest.mark.parametrize("mix", [Mix.COMPLETE, Mix.HALF_FILLED])
def test_what_the_solver_holds_possible_never_contradicts_check(checker: Checker, mix: Mix) -> None:
    """A status that check finds is possible, and one that check calls certain is the only possible one."""
    compared = 0
    for data in proposals(12, 20240229, mix):
        answers = read_proposal(data).answers
        assert answers is not None
        statuses = dict(zip((rule.id for rule in checker.call.rules), checker.statuses(answers), strict=True))
        found = Prover(checker, answers, timeout=60_000, only_blocking=False)
        solver = found.solver()
        lines_free = "/budget/lines" in found.encoder.lengths
        for name, rule in found.rules.items():
            possible = {
                status
                for status, condition in (
                    (Status.FAIL, rule.fails),
                    (Status.REVIEW, rule.review),
                    (Status.PASS, z3.And(rule.applies, rule.passes)),
                    (Status.NOT_APPLICABLE, z3.Not(rule.applies)),
                )
                if solver.check(condition) == z3.sat
            }
            if statuses[name] is Status.UNDECIDED:
                assert possible, name
            elif lines_free and name.startswith("BUDGET-"):
                assert statuses[name] in possible, name  # No breakdown counts as none; the solver may give one.
            else:
                assert possible == {statuses[name]}, name
            compared += 1
    assert compared > 200


@pytest.mark.parametrize(
    ("draft", "because"),
    [
        ({"financing": {"grant_requested": "12000000.00"}}, {"FUND-1", "POT-1"}),
        (
            {"budget": {"total": "12000000.00"}, "financing": {"grant_requested": "11000000.00"}},
            {"FUND-1", "POT-1"},
        ),
        ({"fund": "BMVI", "financing": {"grant_requested": "3900000.01"}}, {"POT-1"}),
        ({"lead": {"kind": "ngo"}}, {"LEAD-1"}),
        ({"budget": {"total": "150000.00"}}, {"BUDGET-1"}),
    ],
)
def test_a_draft_that_can_never_be_eligible_says_which_rules_rule_it_out(
    checker: Checker, draft: Mapping[str, object], because: set[str]
) -> None:
    outlook = outlook_of(prover(checker, draft))

    assert outlook.eligible_possible is False
    assert set(outlook.because) == because
    assert outlook.message.startswith("Whatever else you answer, this proposal cannot become eligible.")
    assert all(answer.value in outlook.message for answer in outlook.answers)


def test_a_draft_with_nothing_answered_can_become_eligible_and_names_what_decides(checker: Checker) -> None:
    outlook = outlook_of(prover(checker, {}))

    assert outlook.eligible_possible is True
    deciding = dict(outlook.deciding)
    assert "BUDGET-1" in deciding["/budget/total"]
    counts = [len(rules) for _, rules in outlook.deciding]
    assert counts == sorted(counts, reverse=True)
    assert dict(outlook.bounds)["/co_applicants"] >= 2


@pytest.mark.slow
def test_what_is_certain_of_an_example_is_what_check_says(checker: Checker) -> None:
    for path in sorted(EXAMPLES.glob("*.json")):
        if path.name.startswith("broken"):
            continue
        answers = read_proposal(path.read_bytes()).answers
        assert answers is not None
        outlook = outlook_of(Prover(checker, answers, timeout=60_000))
        verdict = checker.verdict(answers)
        assert verdict is not Verdict.ELIGIBLE or outlook.eligible_possible is True, path.name
        assert verdict not in (Verdict.INELIGIBLE, Verdict.REVIEW) or outlook.eligible_possible is False, path.name


@pytest.mark.parametrize(
    ("draft", "changed"),
    [
        ({"financing": {"grant_requested": "11000000.00"}}, {"/financing/grant_requested": "10000000.00"}),
        (
            {"budget": {"total": "150000.00"}, "financing": {"grant_requested": "100000.00"}},
            {"/budget/total": "200000.00"},
        ),
        ({"fund": "AMIF"}, {"/fund": "BMVI"}),
    ],
)
def test_the_smallest_change_is_found_and_does(
    checker: Checker, draft: Mapping[str, object], changed: dict[str, str]
) -> None:
    repair = repair_of(prover(checker, draft))

    assert repair is not None
    assert repair.minimal
    assert {change.pointer for change in repair.changes} == changed.keys()
    if "/fund" not in changed:
        assert {change.pointer: change.new for change in repair.changes} == changed


def test_what_an_organisation_is_is_never_changed(checker: Checker) -> None:
    repair = repair_of(prover(checker, {"lead": {"kind": "ngo", "country": "LT"}}))

    assert repair is not None
    assert repair.changes == ()
    assert "No possible change" in repair.message


def test_nothing_is_changed_where_nothing_must(checker: Checker) -> None:
    assert repair_of(prover(checker, {"fund": "ISF"})) is None


def test_a_question_that_takes_too_long_is_not_known(checker: Checker) -> None:
    found = Prover(checker, answers_from({"financing": {"grant_requested": "12000000.00"}}), timeout=1)
    outlook = outlook_of(found)
    # A very fast computer may know all the same; it must never say that the draft can become eligible.
    assert outlook.eligible_possible is not True


def test_every_blocking_rule_of_the_call_is_looked_at(checker: Checker) -> None:
    found = prover(checker, {})
    blocking = {rule.id for rule in checker.call.rules if rule.severity is Severity.BLOCKING and not rule.manual}

    assert blocking <= found.rules.keys()


def test_a_list_that_must_be_longer_than_the_first_bound_is_looked_at_again(checker: Checker) -> None:
    """What only short lists exclude is never said to be impossible."""
    found = outlook_of(Prover(checker, answers_from({}), bounds={"target_countries": 0, "": 0}, timeout=60_000))
    assert found.eligible_possible is not False


def test_an_open_list_is_free_beyond_its_items(checker: Checker) -> None:
    """What the items exclude is excluded; what only a further item can bring is still possible."""
    alone = {"target_countries": ["TR"]}
    partner = {"co_applicants": [{"kind": "ngo", "non_profit": False}]}

    assert outlook_of(prover(checker, alone)).eligible_possible is False
    begun = outlook_of(prover(checker, alone | {"open": ["/target_countries"]}))
    assert begun.eligible_possible is True
    assert begun.bounds["/target_countries"] == 1 + DEFAULT_BOUNDS["target_countries"]
    for draft in (partner, partner | {"open": ["/co_applicants"]}):
        assert outlook_of(prover(checker, draft)).because == ("COAPP-4",)


def test_a_further_line_of_a_budget_makes_up_what_is_missing(checker: Checker) -> None:
    begun = {
        "budget": {"total": "400000.00", "lines": [{"heading": "travel", "amount": "1000.00"}]},
        "open": ["/budget/lines"],
    }
    too_much = {"budget": {"total": "200000.00", "lines": [{"heading": "travel", "amount": "200000.01"}]}}

    assert outlook_of(prover(checker, begun)).eligible_possible is True
    assert outlook_of(prover(checker, {**too_much, "open": ["/budget/lines"]})).because == ("BUDGET-3",)


@pytest.mark.slow
def test_the_smallest_change_does_and_none_of_its_parts_can_be_left_out(checker: Checker) -> None:
    """For complete proposals whose money is wrong: many lines, whose amounts depend on each other."""
    looked_at = 0
    rules = [rule.id for rule in checker.call.rules]
    for data in proposals(40, 1, Mix.COMPLETE):
        answers = read_proposal(data).answers
        assert answers is not None
        failed = {rule for rule, status in zip(rules, checker.statuses(answers), strict=True) if status is Status.FAIL}
        if not failed or any(not rule.startswith(("BUDGET", "COFIN", "GRANT", "POT")) for rule in failed):
            continue
        looked_at += 1
        repair = repair_of(prover(checker, answers))
        assert repair is not None
        assert repair.minimal, repair.message
        assert checker.verdict(answers_from(_changed(answers, repair.changes))) is Verdict.ELIGIBLE
        for left_out in repair.changes:
            fewer = [change for change in repair.changes if change is not left_out]
            assert checker.verdict(answers_from(_changed(answers, fewer))) is not Verdict.ELIGIBLE
    assert looked_at >= 3


def test_an_answer_with_many_decimals_can_stay_as_it_is(checker: Checker) -> None:
    """A quantity as the draft answers it may have many decimals; a new one has two at most."""
    line = {"heading": "travel", "quantity": "0.3333", "unit_cost": "3000.00", "amount": "999.90"}
    draft = {"budget": {"total": "150000.00", "lines": [line]}, "open": ["/budget/lines"]}

    repair = repair_of(prover(checker, draft))

    assert repair is not None
    assert [(change.pointer, change.new) for change in repair.changes] == [("/budget/total", "200000.00")]
    assert repair.minimal


def _changed(answers: Mapping[str, object], changes: Sequence[Change]) -> dict[str, Any]:
    whole: dict[str, Any] = plain_answers(answers)
    for change in changes:
        *above, last = split(change.pointer)
        at: Any = whole
        for part in above:
            at = at[int(part)] if isinstance(at, list) else at[part]
        at[last] = change.new
    return whole
