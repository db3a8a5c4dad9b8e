"""The rules that come with mpfcheck: without a finding of lint, and true to every one of their own examples."""

from __future__ import annotations

import pytest

from mpfcheck.checking.pack_tests.coverage import cover
from mpfcheck.checking.pack_tests.mutation import mutate
from mpfcheck.checking.pack_tests.pack_test import run_examples
from mpfcheck.checking.report import Severity
from mpfcheck.packs.call import Call
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.lint import lint
from mpfcheck.packs.load import load_call

CALLS = [load_call(call_id) for call_id in list_calls()]
by_call = pytest.mark.parametrize("call", CALLS, ids=lambda call: call.id)


@by_call
def test_lint_finds_nothing(call: Call) -> None:
    assert call.folder is not None
    assert [str(finding) for finding in lint(call.folder)] == []


@by_call
def test_rules_say_of_their_examples_what_these_expect(call: Call) -> None:
    """By the evaluator that explains, and by the compiled rules that large batches use."""
    test = run_examples(call)
    failed = [
        f"{result.rule.id} {result.number} {result.variant}: {result.status}/{result.compiled} {result.trouble}"
        for result in test.failed
    ]

    assert failed == []
    assert len(test.results) >= sum(len(rule.examples) for rule in call.rules) > 0
    assert test.compiled > len(test.results) / 2, "the compiled rules leave too much to the other evaluator"


@by_call
def test_examples_decide_every_part_of_every_condition_both_ways(call: Call) -> None:
    """``mpfcheck rules test --coverage`` says where to look."""
    undecided = cover(call).undecided
    assert [f"{part.rule or part.definition} {part.key}: {part.text} {part.never}" for part in undecided] == []


@by_call
def test_examples_notice_every_small_change(call: Call) -> None:
    """``mpfcheck rules test --mutate`` says where to look; of changes that change nothing, the call says why."""
    mutation = mutate(call)
    assert [f"{change.owner} {change.key}: {change.words}" for change in mutation.unnoticed] == []
    assert [f"{one.equivalent.of}: {one.words}" for one in mutation.outdated] == []
    assert mutation.noticed > 10 * len(mutation.equivalent), "too much is said to change nothing"


@by_call
def test_every_rule_has_every_kind_of_example(call: Call) -> None:
    assert [(one.rule.id, one.kinds) for one in run_examples(call).lacking] == []


@by_call
def test_a_title_says_must_where_the_rule_blocks_and_should_where_it_does_not(call: Call) -> None:
    """People who read only the titles would be misled by a duty that is no duty, or by advice that is one."""
    wrong_words = {Severity.BLOCKING: {"should"}, Severity.WARNING: {"must", "may"}, Severity.ADVICE: {"must", "may"}}
    wrong = {rule.id: rule.title for rule in call.rules if wrong_words[rule.severity] & set(rule.title.split())}
    assert wrong == {}
