"""The example proposals get the verdicts their README promises, for the reasons it names."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from mpfcheck.checking.checker import Checker, invalid_report
from mpfcheck.checking.report import ProposalReport, Severity, Status
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call
from mpfcheck.reading.document import read_proposal

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ROW = re.compile(r"\| `(?P<file>[a-z0-9-]+\.json)` \|[^|]*\| (?P<verdict>[a-z]+)(?:: (?P<rules>[A-Z0-9, -]+))? \|")
FOLDERS = (".", "other-calls")
PROMISES = {
    str(Path(folder) / row["file"]): (row["verdict"], row["rules"].split(", ") if row["rules"] else [])
    for folder in FOLDERS
    for row in ROW.finditer((EXAMPLES / folder / "README.md").read_text(encoding="utf-8"))
}


@cache
def checker(call_id: str) -> Checker:
    return Checker(load_call(call_id))


def check(data: bytes) -> ProposalReport:
    document = read_proposal(data)
    if document.answers is None:
        return invalid_report(document.problems)
    asked = checker(str(document.answers["call"]))
    return asked.report(document.answers, problems=document.problems, place_of=document.place_of)


def test_the_readme_speaks_of_every_example() -> None:
    found = {str(path.relative_to(EXAMPLES)) for folder in FOLDERS for path in (EXAMPLES / folder).glob("*.json")}

    assert PROMISES.keys() == found


def test_every_call_has_an_eligible_example() -> None:
    calls = {
        json.loads((EXAMPLES / name).read_bytes())["call"] for name, (said, _) in PROMISES.items() if said == "eligible"
    }

    assert calls == set(list_calls())


@pytest.mark.parametrize("name", PROMISES)
def test_an_example_gets_its_verdict_for_the_reasons_named(name: str) -> None:
    verdict, rules = PROMISES[name]

    report = check((EXAMPLES / name).read_bytes())

    blocking = [result.rule for result in report.failed if result.severity is Severity.BLOCKING]
    assert (report.verdict.value, blocking) == (verdict, rules)


@pytest.mark.parametrize("name", [name for name in PROMISES if "broken" not in name])
def test_an_example_that_can_be_read_is_read_without_a_warning(name: str) -> None:
    assert read_proposal((EXAMPLES / name).read_bytes()).problems == ()


@pytest.mark.parametrize("name", [name for name in PROMISES if "broken" not in name])
def test_no_rule_is_inconclusive_on_an_example(name: str) -> None:
    report = check((EXAMPLES / name).read_bytes())

    assert [result.rule for result in report.results if result.status is Status.INCONCLUSIVE] == []


def test_every_slip_of_the_example_with_many_is_found() -> None:
    report = check((EXAMPLES / "ineligible-many-things.json").read_bytes())

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
