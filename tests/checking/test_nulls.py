"""A null never decides a rule, and a rule that does not apply never waits for the list it speaks of."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from mpfcheck.checking.checker import COMPILE_AFTER, Checker
from mpfcheck.checking.judgement import judge, together
from mpfcheck.checking.report import Status
from mpfcheck.proposal.reader import Answers

if TYPE_CHECKING:
    from tests.checking.conftest import Make

NULL = "(budget.total / duration_months)"
"""Null where the duration is 0."""
NULL_FOR_FALSE = [
    f"count(co_applicants[{NULL} > 1]) = 0",
    f"count(co_applicants[{NULL} = 1]) = 0",
    f"if {NULL} > 1 then false else true",
    f"{NULL} != 1",
    f"not({NULL} = 1)",
    f"not({NULL} in [1, 2])",
    f"not({NULL} in (1, 2))",
    f"not(list contains([1, 2], {NULL}))",
    f"count(index of([1, 2], {NULL})) = 0",
    f"count(distinct values([1, {NULL}])) = 2",
    f"not(is({NULL}, 1))",
    f"not([{NULL}] = [2])",
    f"not(3 in [1..{NULL}])",
]
ZERO: Answers = {"budget": {"total": Decimal(5)}, "duration_months": 0, "co_applicants": [{"name": "A"}]}


def all_ways(checker: Checker, answers: Answers) -> set[Status]:
    """What the reference, the compiled code and the report say of the one rule of a call."""
    found = {checker.statuses(answers)[0], together(judge(checker.call.rules[0], checker.names_of(answers)))}
    return found | {checker.report(answers).results[0].status for _ in range(COMPILE_AFTER + 1)}


@pytest.mark.parametrize("condition", NULL_FOR_FALSE)
@pytest.mark.parametrize("key", ["require", "when"])
def test_a_null_that_would_count_as_false_makes_the_rule_inconclusive(rule: Make, condition: str, key: str) -> None:
    requires = "" if key == "require" else "require: 1 = 1\n"
    checker = rule(f"{key}: {condition}\n{requires}message: m")
    assert all_ways(checker, ZERO) == {Status.INCONCLUSIVE}


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        (f"{NULL} = null", Status.PASS),
        (f"{NULL} != null", Status.FAIL),
        (f"{NULL} in (null, 1)", Status.PASS),
        (f"{NULL} > 1 or duration_months = 0", Status.PASS),
        (f"{NULL} > 1 and duration_months != 0", Status.FAIL),
        (f"if {NULL} > 1 then true else true", Status.PASS),
    ],
)
def test_a_rule_may_ask_for_null_and_one_that_is_decided_without_it_is_decided(
    rule: Make, condition: str, status: Status
) -> None:
    assert all_ways(rule(f"require: {condition}\nmessage: m"), ZERO) == {status}


@pytest.mark.parametrize(
    ("when", "answers", "status", "missing"),
    [
        ('strand = "E"', {"strand": "D"}, Status.NOT_APPLICABLE, ()),
        ('strand = "E" and co.kind = "ngo"', {"strand": "D"}, Status.NOT_APPLICABLE, ()),
        ('not(strand = "D" or co.kind = "ngo")', {"strand": "D"}, Status.NOT_APPLICABLE, ()),
        ('strand = "E"', {}, Status.UNDECIDED, ("/strand",)),
        ('strand = "E" and co.kind = "ngo"', {}, Status.UNDECIDED, ("/strand",)),
        ('strand = "E"', {"strand": "E"}, Status.UNDECIDED, ("/co_applicants",)),
        ('strand = "E" and co.kind = "ngo"', {"strand": "E"}, Status.UNDECIDED, ("/co_applicants",)),
        ('co.kind = "ngo"', {"strand": "E"}, Status.UNDECIDED, ("/co_applicants",)),
    ],
)
def test_when_is_asked_before_an_absent_list(
    rule: Make, when: str, answers: Answers, status: Status, missing: tuple[str, ...]
) -> None:
    text = f"for each: co_applicants\nas: co\nwhen: {when}\nrequire: co.non_profit\nmessage: m"
    checker = rule(text)
    assert all_ways(checker, answers) == {status}
    assert checker.report(answers).results[0].missing == missing
