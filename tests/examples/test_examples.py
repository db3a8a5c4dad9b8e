"""The example proposals get the verdicts their README promises, for the reasons it names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mpfcheck.calls.load import load_call
from mpfcheck.checking.checker import Checker, invalid_report
from mpfcheck.checking.report import ProposalReport, Severity, Status
from mpfcheck.reading.document import read_proposal

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ROW = re.compile(r"\| `(?P<file>[a-z0-9-]+\.json)` \|[^|]*\| (?P<verdict>[a-z]+)(?:: (?P<rules>[A-Z0-9, -]+))? \|")
PROMISES = {
    row["file"]: (row["verdict"], row["rules"].split(", ") if row["rules"] else [])
    for row in ROW.finditer((EXAMPLES / "README.md").read_text(encoding="utf-8"))
}


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(load_call("mpf-2023-borders-security"))


def check(checker: Checker, data: bytes) -> ProposalReport:
    document = read_proposal(data)
    if document.answers is None:
        return invalid_report(document.problems)
    return checker.report(document.answers, problems=document.problems, place_of=document.place_of)


def test_the_readme_speaks_of_every_example() -> None:
    assert PROMISES.keys() == {path.name for path in EXAMPLES.glob("*.json")}


@pytest.mark.parametrize("name", PROMISES)
def test_an_example_gets_its_verdict_for_the_reasons_named(checker: Checker, name: str) -> None:
    verdict, rules = PROMISES[name]

    report = check(checker, (EXAMPLES / name).read_bytes())

    blocking = [result.rule for result in report.failed if result.severity is Severity.BLOCKING]
    assert (report.verdict.value, blocking) == (verdict, rules)


@pytest.mark.parametrize("name", [name for name in PROMISES if not name.startswith("broken")])
def test_an_example_that_can_be_read_is_read_without_a_warning(name: str) -> None:
    assert read_proposal((EXAMPLES / name).read_bytes()).problems == ()


@pytest.mark.parametrize("name", [name for name in PROMISES if not name.startswith("broken")])
def test_no_rule_is_inconclusive_on_an_example(checker: Checker, name: str) -> None:
    report = check(checker, (EXAMPLES / name).read_bytes())

    assert [result.rule for result in report.results if result.status is Status.INCONCLUSIVE] == []


def test_every_slip_of_the_example_with_many_is_found(checker: Checker) -> None:
    report = check(checker, (EXAMPLES / "ineligible-many-things.json").read_bytes())

    assert [result.rule for result in report.failed] == [
        "FUND-2",
        "COAPP-2",
        "COAPP-4",
        "DUP-1",
        "BUDGET-2",
        "BUDGET-3",
        "BUDGET-4",
        "GRANT-1",
        "COFIN-3",
        "SCOPE-2",
        "TIME-1",
        "ASK-1",
    ]


def test_the_lines_of_the_batch_are_the_examples() -> None:
    proposals = [json.loads(path.read_bytes()) for path in EXAMPLES.glob("[eir]*.json")]

    for line in (EXAMPLES / "batch.jsonl").read_text(encoding="utf-8").splitlines():
        assert json.loads(line) in proposals
