"""What one Interreg programme had to add in code, as a pack of rules: the language can say all of it.

The list of the programme's checks is in the pack's clauses.yaml; every entry leads to rules, and none to an excuse.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Status
from mpfcheck.packs.clause import load_clauses
from mpfcheck.packs.lint import lint
from mpfcheck.packs.load import load_pack
from mpfcheck.packs.rule import Example, Rule
from mpfcheck.proposal.answers import answers_from

FOLDER = Path(__file__).parent / "interreg" / "rules" / "interreg-central-europe-2021"
PACK = load_pack(FOLDER)
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}-{example.expect}")
    for rule in PACK.rules
    for number, example in enumerate(rule.examples, 1)
]


def test_lint_finds_nothing() -> None:
    assert [str(finding) for finding in lint(FOLDER)] == []


def test_every_check_of_the_programme_is_a_rule() -> None:
    clauses = load_clauses(PACK)

    assert len(clauses) == 29
    assert [clause.id for clause in clauses if not clause.rules or clause.left_to_people or clause.gaps] == []
    assert not any(rule.manual for rule in PACK.rules)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_rule_says_what_its_example_expects(rule: Rule, example: Example) -> None:
    answers = answers_from(example.given)
    checker = Checker(PACK, example.as_of)
    (result,) = (result for result in checker.report(answers).results if result.rule == rule.id)

    assert result.status == example.expect, result.message
    assert checker.statuses(answers)[PACK.rules.index(rule)] == example.expect


def test_no_rule_of_an_unfinished_proposal_is_a_fault_of_the_rules() -> None:
    """Where the programme's code threw, the rule is decided or waits."""
    halves: list[dict[str, object]] = [
        {},
        {"annex": {"partners": [{}]}},
        {"annex": {"partners": [{"role": "lead", "rate": Decimal("79.5"), "country": "AT"}], "work_packages": [{}]}},
        {"annex": {"partners": [], "work_packages": [], "activities": [], "target_groups": [], "strategies": []}},
    ]
    for answers in halves:
        assert Status.INCONCLUSIVE not in Checker(PACK).statuses(answers_from(answers)), answers
