"""What a result says is there for programs too: an id, the values in the sentences, and the limits of the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from decimal import Decimal, InvalidOperation
from multiprocessing import get_context

import pytest

import mpfcheck
from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Result, Sentence, Status
from mpfcheck.packs.call import Call
from mpfcheck.packs.rule import Rule, RuleScope
from mpfcheck.packs.template import Template
from mpfcheck.proposal.answers import MistakenProposalError, answers_from
from mpfcheck.proposal.values import format_money

CALLS = [mpfcheck.load_call(call_id).data for call_id in mpfcheck.list_calls()]
every_call = pytest.mark.parametrize("call", CALLS, ids=lambda call: call.id)
TEMPLATES = {"message": "message", "doubt_message": "doubt message", "note": "note"}


def examples(call: Call) -> Iterator[tuple[Rule, Mapping[str, object], Checker]]:
    """The answers in the examples of the rules about one proposal, and what checks on their day."""
    checkers: dict[date | None, Checker] = {}
    for rule in call.rules:
        for example in rule.examples if rule.scope is RuleScope.PROPOSAL else ():
            try:
                answers = answers_from(example.given)
            except MistakenProposalError:
                continue
            day = example.as_of
            yield rule, answers, checkers.get(day) or checkers.setdefault(day, Checker(call, day))


def templates(rule: Rule, result: Result, sentence: Sentence) -> list[Template]:
    """The sentences of the rule that the result says."""
    key = sentence.id.removeprefix(f"{rule.id}.")
    said = [dict(rule.sentences())[TEMPLATES[key]]] if key in TEMPLATES else []
    return [*said, rule.fix] if rule.fix and result.fix else said


@every_call
def test_every_rule_that_says_something_says_it_for_programs(call: Call) -> None:
    spoken = set()
    for rule, answers, checker in examples(call):
        result = checker.result(answers, rule.id)
        sentence = result.sentence
        assert (sentence is None) == (not result.message), result
        if sentence is None:
            continue
        spoken.add(rule.id)
        assert re.fullmatch(r"[A-Z0-9-]+\.(message|doubt_message|note|undecided|not_known|inconclusive)", sentence.id)
        assert (result.status is Status.UNDECIDED) == sentence.id.endswith(".undecided")
        parts = [part.text for template in templates(rule, result, sentence) for part in template.placeholders()]
        for values in sentence.values:
            # A choice between texts of the rule is named by its condition, which the expression holds.
            assert all(name in parts or any(name in part for part in parts) for name in values), (rule.id, values)
            assert all(part in values or any(name in part for name in values) for part in parts), (rule.id, values)
        assert bool(parts) == bool(sentence.values)
        assert all(said_in(result, value) for values in sentence.values for value in values.values()), result
    silent = {rule.id for rule in call.rules if rule.scope is RuleScope.PROPOSAL} - spoken
    assert not silent


def said_in(result: Result, value: object) -> bool:
    """Whether a value is in the sentences; codes, truths and what is not answered are there in other words."""
    text = f"{result.message} {result.fix}"
    if not isinstance(value, str):
        return True
    try:
        number = Decimal(value)
    except InvalidOperation:
        return True
    return any(way in text for way in (value, format_money(number), f"{number:.1f}"))


@every_call
def test_the_limits_are_the_parameters_of_the_conditions_on_the_day(call: Call) -> None:
    checker = Checker(call)
    found: dict[str, Mapping[str, object]] = {}
    for rule, answers, _ in examples(call):
        if sentence := checker.result(answers, rule.id).sentence:
            found[rule.id] = sentence.limits
    for rule in call.rules:
        texts = " ".join(condition.text for _, condition in rule.conditions())
        direct = {name for name in call.parameters if re.search(rf"\b{name}\b", texts)}
        assert rule.id not in found or direct <= found[rule.id].keys()
    for limits in found.values():
        for name, value in limits.items():
            held = call.parameters[name].at(checker.as_of)
            if held is None:
                assert value is None
            elif isinstance(held.value, Decimal):
                assert isinstance(value, str)
                assert Decimal(value) == held.value
            else:
                assert str(value) == str(held.value)


def test_a_sentence_is_there_in_another_process_too() -> None:
    call = CALLS[-1]
    results = [checker.result(answers, rule.id) for rule, answers, checker in examples(call)]
    with ProcessPoolExecutor(1, get_context("fork")) as pool:
        there = list(pool.map(_as_it_is, results))
    assert there == results
    assert any(one.sentence and one.sentence.values for one in there)


def _as_it_is(result: Result) -> Result:
    return result


def test_a_changed_limit_and_another_day_are_told() -> None:
    call = mpfcheck.load_call("mpf-2023-borders-security")
    proposal = {"fund": "BMVI", "financing": {"grant_requested": "12000000.00"}}

    def limits(**terms: object) -> Mapping[str, object]:
        results = call.check(proposal, **terms).results  # type: ignore[arg-type]
        return next(one.sentence.limits for one in results if one.rule == "POT-1" and one.sentence)

    assert limits()["bmvi_pot"] == "3900000.00"
    assert limits(parameters={"bmvi_pot": 1})["bmvi_pot"] == "1.00"


def test_proposals_with_the_same_answers_to_a_rule_share_what_it_says() -> None:
    """The sentence is made once; the fields stand at places of their own."""
    checker = Checker(mpfcheck.load_call("mpf-2023-borders-security").data)
    answers = [{"fund": fund, "project": {"title": str(number)}} for number in range(8) for fund in ("BMVI", "ISF")]
    reports = [checker.report(one, place_of=lambda _, line=number: (line, 1)) for number, one in enumerate(answers)]
    results = [next(result for result in report.results if result.rule == "SCOPE-3") for report in reports]
    *_, bmvi, isf, bmvi_again, isf_again = results
    assert bmvi.sentence is bmvi_again.sentence != isf.sentence is isf_again.sentence
    assert [[field.line for field in result.fields] for result in results] == [[n] for n in range(len(answers))]
    alone = Checker(checker.call)
    for one, result in zip(answers, results, strict=True):
        assert result.sentence == alone.result(one, "SCOPE-3").sentence
