"""The exported decision model: valid DMN 1.5, and deciding as mpfcheck does, whoever evaluates it.

Two evaluate it. feelin shares nothing with mpfcheck but has binary numbers, so it gets amounts they hold. Our own
evaluator has exact numbers, and shows that the rewriting keeps the meaning to the cent.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
import xmlschema

from benchmarks.generate import Mix, proposals
from mpfcheck.checking.checker import Checker
from mpfcheck.feel.evaluate.evaluator import evaluate
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.types import ANY
from mpfcheck.feel.values.value import Value, lift
from mpfcheck.interchange.decision import variable_of
from mpfcheck.interchange.dmn import NotExpressibleError, dmn_text
from mpfcheck.packs.call import Call
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call
from mpfcheck.packs.rule import Example, Rule, RuleScope
from mpfcheck.proposal.answers import answers_from
from mpfcheck.reading.document import read_proposal
from tests.data import DMN_SCHEMA
from tests.interchange.decision_model import NODE, Model
from tests.interchange.whole_euros import in_whole_euros

BORDERS = "mpf-2023-borders-security"

BINARY = {BORDERS: {("BUDGET-2", "one cent off upwards"), ("BUDGET-2", "less than half a cent is rounded down")}}
"""Examples that binary numbers decide otherwise: 5501.83 - 5501.82 is more than 0.01 to them, and so is 100 - 99.99."""

DURATIONS = re.compile(r"\* @\"P|\* duration\(")
"""The standard multiplies durations, feelin does not: it knows no value of what is worked out so."""

FRACTION = re.compile(r"\d\.\d*[1-9]")
"""Numbers that binary ones may miss."""

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="there is no node to run feelin with")


@pytest.fixture(scope="module", params=list_calls())
def call(request: pytest.FixtureRequest) -> Call:
    return load_call(request.param)


@pytest.fixture(scope="module")
def model(call: Call) -> Model:
    return Model(dmn_text(call))


@pytest.fixture(scope="module")
def feelin(model: Model) -> Model:
    assert (NODE / "node_modules" / "feelin").is_dir(), "feelin is not installed: run make .venv/.installed-node"
    return model


def test_it_is_valid_by_the_published_schema(call: Call) -> None:
    xmlschema.XMLSchema(DMN_SCHEMA).validate(dmn_text(call))


def test_every_rule_is_a_decision_with_its_feel_and_its_sources(call: Call, model: Model) -> None:
    by_name = {decision.name: decision for decision in model.decisions}
    assert {variable_of(rule) for rule in call.rules} - by_name.keys() == NOT_IN_STANDARD_FEEL
    for rule in call.rules:
        element = model.by_id[f"rule-{rule.id}"]
        hrefs = {part.get("href") for part in element.iter() if part.get("href")}
        assert {f"#source-{citation.document}" for citation in (rule.source, *rule.also)} <= hrefs
    for element in model.root.iter():
        href = element.get("href")
        assert href is None or href.removeprefix("#") in model.by_id


NOT_IN_STANDARD_FEEL = {"DUP_1"}
"""It compares names as people read them."""


def expected_of(call: Call, answers: Mapping[str, object]) -> dict[str, object]:
    """What the model must decide of a proposal: null stands for undecided."""
    checker = Checker(call)
    rules = [rule for rule in call.rules if rule.scope is RuleScope.PROPOSAL]
    statuses = dict(zip((rule.id for rule in call.rules), checker.statuses(answers), strict=True))
    decided: dict[str, object] = {variable_of(rule): statuses[rule.id].value for rule in rules}
    decided = {name: status for name, status in decided.items() if name not in NOT_IN_STANDARD_FEEL}
    verdict = checker.verdict(answers).value
    return {name: None if status == "undecided" else status for name, status in decided.items()} | {"verdict": verdict}


def agrees(expected: Mapping[str, object], decided: Mapping[str, object]) -> bool:
    """Whether the decisions are those of mpfcheck, or wait where mpfcheck knows already: it carries along more."""
    return all(
        decided.get(name) in (value, "incomplete" if name == "verdict" else None) for name, value in expected.items()
    )


def decided_of(expected: Mapping[str, object], decided: Mapping[str, object]) -> dict[str, object]:
    return {name: decided.get(name) for name in expected}


@needs_node
@pytest.mark.parametrize("mix", [Mix.COMPLETE, Mix.HALF_FILLED])
def test_feelin_decides_generated_proposals_as_mpfcheck_does(mix: Mix) -> None:
    call = load_call(BORDERS)
    given = [answers_from(in_whole_euros(data)) for data in proposals(30, 6, mix)]
    expected = [expected_of(call, answers) for answers in given]

    decided = Model(dmn_text(call)).evaluate([{**answers, "as_of": call.as_of} for answers in given])

    for one, other in zip(expected, decided, strict=True):
        assert agrees(one, other)
        assert mix is Mix.HALF_FILLED or decided_of(one, other) == one
    verdicts = {str(each["verdict"]) for each in expected}
    assert verdicts >= ({"eligible", "ineligible"} if mix is Mix.COMPLETE else {"incomplete", "ineligible"})


def examples(call: Call, scope: RuleScope) -> Iterator[tuple[Rule, Example]]:
    return ((rule, example) for rule in call.rules if rule.scope is scope for example in rule.examples)


@needs_node
def test_feelin_decides_every_example_of_the_rules_as_they_say(call: Call, feelin: Model) -> None:
    cases = [*examples(call, RuleScope.PROPOSAL), *examples(call, RuleScope.PORTFOLIO)]
    beyond = set(_with_durations(feelin))
    cases = [(rule, example) for rule, example in cases if variable_of(rule) not in beyond | NOT_IN_STANDARD_FEEL]
    given = [{**_answers(example.given), "as_of": example.as_of or call.as_of} for _, example in cases]

    wrong = wrongly_decided(cases, feelin.evaluate(given, [[variable_of(rule)] for rule, _ in cases]))

    assert all(FRACTION.search(str(_example(cases, rule, title).given)) for rule, title, *_ in wrong), wrong
    assert {(rule, title) for rule, title, *_ in wrong} == BINARY.get(call.id, {(each[0], each[1]) for each in wrong})


def test_exact_numbers_decide_every_example_as_the_rules_say(call: Call, model: Model) -> None:
    cases = [*examples(call, RuleScope.PROPOSAL), *examples(call, RuleScope.PORTFOLIO)]
    cases = [(rule, example) for rule, example in cases if variable_of(rule) not in NOT_IN_STANDARD_FEEL]
    given = [{**_answers(example.given), "as_of": example.as_of or call.as_of} for _, example in cases]

    assert wrongly_decided(cases, exactly(model, given)) == []


def _example(cases: Iterable[tuple[Rule, Example]], rule_id: str, title: str) -> Example:
    return next(example for rule, example in cases if (rule.id, example.title) == (rule_id, title))


def wrongly_decided(
    cases: Sequence[tuple[Rule, Example]], decided: Iterable[Mapping[str, object]]
) -> list[tuple[str, str, str, object]]:
    return [
        (rule.id, example.title, example.expect, each[variable_of(rule)])
        for (rule, example), each in zip(cases, decided, strict=True)
        if each[variable_of(rule)] not in _possible(rule, example)
    ]


def exactly(model: Model, proposals: Iterable[Mapping[str, object]]) -> Iterator[dict[str, Value]]:
    """The decisions on proposals by our own evaluator, with null in the place of what is unanswered."""
    functions: dict[str, Value] = {each.name: evaluate(parse(each.text), {}) for each in model.functions}
    trees = [(each.name, parse(each.text)) for each in model.decisions]
    for proposal in proposals:
        known = {**dict.fromkeys(model.inputs), **functions, **{name: _value(each) for name, each in proposal.items()}}
        for name, tree in trees:
            known[name] = evaluate(tree, known)
        yield known


def _with_durations(model: Model) -> Iterator[str]:
    """The decisions that multiply durations, and those that need them."""
    found: set[str] = set()
    for decision in model.decisions:
        if DURATIONS.search(decision.text) or found & set(decision.needs):
            found.add(decision.name)
            yield decision.name


def _answers(given: Mapping[str, object]) -> Mapping[str, object]:
    if "proposals" in given:
        several: Any = given["proposals"]
        return {"proposals": [answers_from(each) for each in several]}
    return answers_from(given)


def _possible(rule: Rule, example: Example) -> Sequence[object]:
    """What a decision may say: null where the rule waits for answers, or for a parameter nothing is known of."""
    if example.expect == "undecided":
        return (None,)
    return (example.expect, None) if example.expect == "review" and not rule.doubt else (example.expect,)


@pytest.mark.parametrize("mix", [Mix.COMPLETE, Mix.HALF_FILLED])
def test_exact_numbers_decide_to_the_cent(mix: Mix) -> None:
    """Amounts as they come, at their boundaries, by our own evaluator: null in the place of what is unanswered."""
    call = load_call(BORDERS)
    given = [read_proposal(data).answers or {} for data in proposals(30, 16, mix)]

    for answers, decided in zip(
        given, exactly(Model(dmn_text(call)), [{**each, "as_of": call.as_of} for each in given]), strict=True
    ):
        expected = expected_of(call, answers)
        assert agrees(expected, decided)
        assert mix is Mix.HALF_FILLED or decided_of(expected, decided) == expected


def _value(answer: object) -> Value:
    """An answer as a value that knows no unanswered."""
    match answer:
        case dict():
            return {name: _value(member) for name, member in answer.items()}
        case list() | tuple():
            return [_value(item) for item in answer]
    return lift(answer, ANY, "")


@needs_node
def test_a_decision_on_a_day_nothing_is_known_of_is_open(feelin: Model, call: Call) -> None:
    given = {"as_of": call.as_of.replace(year=1999), "budget": {"total": Decimal(1)}}
    (decided,) = feelin.evaluate([given], [list(call.parameters)])
    parameters = [decided[name] for name in call.parameters]
    assert parameters == [None] * len(parameters)


def test_a_name_the_export_needs_is_refused() -> None:
    call = load_call(BORDERS)
    renamed = {("verdict" if name == "pot" else name): each for name, each in call.definitions.items()}
    with pytest.raises(NotExpressibleError, match="verdict"):
        dmn_text(type(call)(**{**vars(call), "definitions": renamed}))


def _rule_with(call: Call, require: str) -> Iterable[str]:
    from mpfcheck.packs.template import Condition

    rule = call.rule("BUDGET-1")
    condition = Condition(require, parse(require), rule.place)
    changed = type(rule)(**{**vars(rule), "require": condition})
    text = dmn_text(type(call)(**{**vars(call), "rules": (changed,)}))
    return [each.text for each in Model(text).decisions if each.name == "BUDGET_1"]


@pytest.mark.parametrize(
    "require",
    ['string join(target_countries, ",") = "MD"', "budget.total instance of number", "budget.total in [1..2]"],
)
def test_what_would_mean_something_else_for_drafts_is_left_out_and_said(require: str) -> None:
    assert _rule_with(load_call(BORDERS), require) == []
