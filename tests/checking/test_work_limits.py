"""Rules that would work for hours, or fill the memory, are inconclusive instead; the others still say what they say.

What is counted are steps, so these tests are the same on every machine.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from mpfcheck.checking import names
from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Status
from mpfcheck.feel.errors import LimitExceeded
from mpfcheck.feel.evaluate.evaluator import evaluate
from mpfcheck.feel.limits import Purse, WorkLimits
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.packs.load import load_pack
from mpfcheck.proposal.answers import answers_from

CALL = """\
id: heavy
title: A call with heavy rules
version: "1"
as_of: 2024-01-01
summary: For tests.
sources: {{notice: {{title: Notice, authority: official}}}}
definitions: {definitions}
rules: [rules.yaml]
"""
RULE = """\
- id: HEAVY-{number}
  title: t
  severity: blocking
  require: '{condition}'
  message: m
  source: {{document: notice, section: s}}
"""
ANSWERS = answers_from({"target_countries": ["MD"], "co_applicants": [{"id": "a"}, {"id": "b"}]})
LIGHT = "count(target_countries) = 1"


def pack(tmp_path: Path, *conditions: str, definitions: str = "{}") -> Checker:
    folder = tmp_path / "heavy"
    folder.mkdir()
    (folder / "call.yaml").write_text(CALL.format(definitions=definitions), encoding="utf-8")
    rules = (RULE.format(number=number, condition=one) for number, one in enumerate(conditions, 1))
    (folder / "rules.yaml").write_text("".join(rules), encoding="utf-8")
    return Checker(load_pack(folder))


DIGITS = "0123456789" * 4
DOUBLED = 'for k in 1..17 return if k = 1 then string(i) + "xxxxxxx" else partial[-1] + partial[-1]'


@pytest.mark.parametrize(
    "expression",
    [
        # Time: quantifiers in quantifiers, functions that call themselves twice, lists that double.
        "some a in 1..3000, b in 1..3000 satisfies a = 0 and b = 0",
        "count(for a in 1..90000 return count(for b in 1..90000 return b))",
        "count(flatten(for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]))",
        "count(for i in 1..90000 return sort(for k in 1..9000 return -k))",
        # Time that turns alone do not tell: a long body.
        f"count(for i in 1..99999 return [{', '.join(['i'] * 400)}])",
        # Memory: many long texts, each within the limit of one.
        f"count(for i in 1..9000 return ({DOUBLED})[-1])",
        f'count(for i in 1..90000 return upper case(string join(for k in 1..9 return "{DIGITS}")))',
        f'count(for i in 1..90000 return split(string join(for k in 1..500 return "{DIGITS}"), "9"))',
        "count(for i in 1..90000 return string(for k in 1..900 return k))",
        f'count(for i in 1..90000 return replace("{"a" * 24}", "a", "{DIGITS}"))',
    ],
)
def test_an_expression_beyond_the_limits_is_stopped(expression: str) -> None:
    """A tenth of the usual steps, so that the test is quick: what must be counted is counted, or it would not end."""
    with pytest.raises(LimitExceeded):
        evaluate(parse(expression), {}, limits=WorkLimits(steps=100_000))


def test_texts_and_long_bodies_cost_steps_in_proportion() -> None:
    text = 'string join(for k in 1..100 return "0123456789")'
    short, long = Purse(10_000), Purse(10_000)
    evaluate(parse(text), {}, purse=short)
    evaluate(parse(f"{text} + {text} + {text}"), {}, purse=long)
    body = Purse(10_000)
    evaluate(parse(f"for k in 1..100 return [k{', 0' * 150}]"), {}, purse=body)

    assert long.given - long.steps >= 3 * (short.given - short.steps)
    assert 10_000 - body.steps >= 100 * 8


def test_expressions_that_share_a_purse_stop_together() -> None:
    purse = Purse(150)
    expression = parse("count(for i in 1..100 return i) > 0")
    assert evaluate(expression, {}, purse=purse) is True
    with pytest.raises(LimitExceeded, match="the expressions together take more than 150 steps"):
        evaluate(expression, {}, purse=purse)


def test_heavy_rules_use_up_what_a_proposal_may_cost_and_are_inconclusive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "STEPS_FOR_ALL", 50_000)
    heavy = "every a in 1..10000 satisfies a > count(co_applicants) - 9"
    checker = pack(tmp_path, LIGHT, heavy, heavy, heavy)
    statuses = [result.status for result in checker.report(ANSWERS).results]

    assert statuses == [Status.PASS, Status.PASS, Status.PASS, Status.INCONCLUSIVE]
    # The next proposal has its own.
    assert [result.status for result in checker.report(ANSWERS).results] == statuses


def test_items_of_a_list_share_what_a_proposal_may_cost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "STEPS_FOR_ALL", 30_000)
    pack(tmp_path, LIGHT)
    rules = tmp_path / "heavy" / "rules.yaml"
    heavy = RULE.format(number=1, condition="every a in 1..10000 satisfies one.id != string(a)")
    rules.write_text(heavy.replace("  require", "  for each: co_applicants\n  as: one\n  require"), encoding="utf-8")
    checker = Checker(load_pack(tmp_path / "heavy"))
    one, two = (answers_from({"co_applicants": [{"id": "a"}] * number}) for number in (1, 2))

    assert checker.report(one).results[0].status is Status.PASS
    assert checker.report(two).results[0].status is Status.INCONCLUSIVE


def test_definitions_that_double_are_evaluated_once_each(tmp_path: Path) -> None:
    doubling = ", ".join(f'd{n}: {{title: t, value: "d{n - 1} + d{n - 1}"}}' for n in range(1, 60))
    first = 'd0: {title: t, value: "count(co_applicants)"}'
    checker = pack(tmp_path, "d59 > 1000000", definitions=f"{{{first}, {doubling}}}")

    assert checker.report(ANSWERS).results[0].status is Status.PASS


def test_definitions_that_share_others_are_looked_through_once_each(tmp_path: Path) -> None:
    """What a failing rule has read is told through its definitions; by all paths it would never end."""
    shared = ", ".join(f'd{n}: {{title: t, value: "d{n - 1} + d{n - 2}"}}' for n in range(2, 70))
    first = ", ".join(f'd{n}: {{title: t, value: "count(co_applicants) * {n + 1}"}}' for n in (0, 1))
    checker = pack(tmp_path, "d69 < 0", definitions=f"{{{first}, {shared}}}")
    (result,) = checker.report(ANSWERS).results

    assert result.status is Status.FAIL


def test_a_definition_too_heavy_to_evaluate_spoils_only_the_rules_that_use_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "STEPS_FOR_ALL", 5_000)
    heavy = '{heavy: {title: t, value: "count(for a in 1..10000 return a)"}}'
    checker = pack(tmp_path, LIGHT, "heavy > 1", definitions=heavy)

    for _ in range(5):
        assert checker.statuses(ANSWERS) == (Status.PASS, Status.INCONCLUSIVE)


def test_a_message_too_heavy_to_fill_in_does_not_cost_the_report(tmp_path: Path) -> None:
    checker = pack(tmp_path, "count(target_countries) > 1")
    rules = tmp_path / "heavy" / "rules.yaml"
    heavy = "{count(for a in 1..90000, b in 1..90000 return 1)} of {target_countries}"
    rules.write_text(rules.read_text(encoding="utf-8").replace("message: m", f"message: '{heavy}'"), encoding="utf-8")
    (result,) = Checker(load_pack(tmp_path / "heavy")).report(ANSWERS).results

    assert result.status is Status.FAIL
    assert "the expression makes a list of more than 100000 items" in result.message
    assert checker.call.id == "heavy"
