"""The rules of all calls, proven: each can be met, each can fail alone, none excludes another."""

from __future__ import annotations

import pytest

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Status, Verdict
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call
from mpfcheck.proposal.answers import answers_from
from mpfcheck.proving.proofs import Outcome, compare, prove, witnesses

CALL = "mpf-2023-borders-security"

KNOWN = {
    # The sources ask for a letter from "a relevant central body", and do not say which one. Who meets LETTER-2
    # has a central body of a target country, which may be that one: then LETTER-1 is for manual review, never failed.
    # So it stays, and its reason says so.
    ("mpf-2024-migration-partnerships", "LETTER-1"),
}
"""Rules that are never the only one that is not met, and why they stay."""


@pytest.mark.parametrize("call_id", list_calls())
def test_the_rules_of_a_call_are_proven(call_id: str) -> None:
    proofs = list(prove(Checker(load_call(call_id))))

    eligible, *others = proofs
    assert eligible.outcome is Outcome.GOOD
    assert eligible.example is not None
    bad = [proof for proof in others if proof.outcome is Outcome.BAD]
    assert {(call_id, proof.rules[0]) for proof in bad} <= KNOWN, [proof.message for proof in bad]


def test_a_stricter_limit_takes_from_some_and_gives_to_none() -> None:
    call = load_call(CALL)
    lose, win = compare(Checker(call), Checker(call, parameters={"maximum_grant_share": "0.9"}))

    assert lose.outcome is Outcome.BAD
    assert lose.rules == ("GRANT-1",)
    assert lose.example is not None
    assert Checker(call).verdict(answers_from(lose.example)) is Verdict.ELIGIBLE
    assert (win.outcome, win.example) == (Outcome.GOOD, None)


def test_who_loses_is_shown_with_no_more_items_than_it_takes() -> None:
    """Shortening one list must not lengthen another that was short already."""
    lose, win = compare(Checker(load_call(CALL)), Checker(load_call("mpf-2022-amif")))

    for proof in (lose, win):
        example = answers_from(proof.example or {})
        assert len(example["financing"]["contributions"]) <= 1
        assert len(example["target_countries"]) == 1


@pytest.mark.parametrize(("rule", "pointer"), [("BUDGET-1", "budget, total"), ("GRANT-1", None)])
def test_witnesses_stand_on_both_sides_of_a_boundary(rule: str, pointer: str | None) -> None:
    inside, outside = witnesses(Checker(load_call(CALL)), rule)

    assert (inside.status, outside.status) == (Status.PASS, Status.FAIL)
    if pointer:
        assert pointer in inside.title
        assert inside.proposal == {"budget": {"total": "200000.00"}}
        assert outside.proposal == {"budget": {"total": "199999.99"}}


def test_witnesses_of_a_rule_without_numbers_show_each_case() -> None:
    cases = {case.title: case.status for case in witnesses(Checker(load_call(CALL)), "LEAD-1")}
    assert cases["met"] is Status.PASS
    assert cases["not met"] is Status.FAIL


def test_a_rule_nobody_can_encode_says_why() -> None:
    call = load_call(CALL)
    manual = next(rule.id for rule in call.rules if rule.manual)
    with pytest.raises(LookupError, match="manual review is needed for this rule"):
        witnesses(Checker(call), manual)
    with pytest.raises(KeyError):
        witnesses(Checker(call), "NO-1")
