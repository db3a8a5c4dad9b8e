"""The rules that come with mpfcheck: without a finding of lint, and true to every one of their own examples."""

from __future__ import annotations

import pytest

from mpfcheck.calls.call import Call
from mpfcheck.calls.lint import lint
from mpfcheck.calls.load import list_calls, load_call
from mpfcheck.calls.rule import Example, Rule, Scope
from mpfcheck.checking.checker import Checker
from mpfcheck.reading.document import read_mapping

CALLS = [load_call(call_id) for call_id in list_calls()]
EXAMPLES = [
    pytest.param(call, rule, example, id=f"{rule.id}-{number}-{example.expect}")
    for call in CALLS
    for rule in call.rules
    if rule.scope is Scope.PROPOSAL
    for number, example in enumerate(rule.examples, 1)
]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.id)
def test_lint_finds_nothing(call: Call) -> None:
    assert call.folder is not None
    assert [str(finding) for finding in lint(call.folder)] == []


@pytest.mark.parametrize(("call", "rule", "example"), EXAMPLES)
def test_a_rule_says_of_its_example_what_the_example_expects(call: Call, rule: Rule, example: Example) -> None:
    """By the evaluator that explains, and by the compiled rules that large batches use."""
    document = read_mapping(example.given)
    assert document.answers is not None, document.problems
    checker = Checker(call, example.as_of)
    (result,) = (result for result in checker.report(document.answers).results if result.rule == rule.id)

    assert result.status == example.expect, result.message
    assert checker.statuses(document.answers)[call.rules.index(rule)] == example.expect
