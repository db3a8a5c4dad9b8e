"""Proposals whose outcome was written down from the sources, before the rules were run on them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Severity, Status
from mpfcheck.packs.load import load_call
from mpfcheck.reading.document import read_proposal

PREDICTIONS = Path(__file__).parent / "predictions"

# The file, the check date where it is not the call's own, the verdict, and the rules that decide it or stand out.
PREDICTED = [
    ("p01", None, "review", {"LEAD-1"}),
    ("p02", None, "eligible", {"FUND-2"}),
    ("p03", None, "ineligible", {"TIME-2"}),
    ("p04", None, "ineligible", {"COAPP-1"}),
    ("p05", None, "eligible", {"FUND-2", "FUND-3"}),
    ("p06", None, "ineligible", {"SCOPE-3"}),
    ("p07", None, "review", {"COAPP-1"}),
    ("p08", date(2020, 6, 15), "review", {"LEAD-1"}),
    ("p09", None, "review", {"SCOPE-1"}),
    ("p10", None, "review", {"LEAD-2"}),
    ("p10b", None, "review", {"LEAD-2"}),
    ("p10c", None, "review", {"LEAD-2"}),
    ("p11", None, "eligible", set()),
    ("p12", None, "review", {"LETTER-1"}),
    ("p13", None, "eligible", set()),
    ("p14", None, "eligible", {"GRANT-2"}),
    ("p15", None, "review", {"SCOPE-5"}),
    ("p16", None, "review", {"SCOPE-6"}),
    ("p17", date(2020, 6, 1), "review", {"LEAD-1"}),
    ("p18", date(2020, 1, 15), "eligible", set()),
    ("p19", None, "ineligible", {"LEAD-3"}),
    ("p20", None, "review", {"LETTER-2"}),
    ("p21", None, "eligible", {"SCOPE-5"}),
    ("p22", None, "ineligible", {"COAPP-2"}),
]


@pytest.mark.parametrize(("name", "day", "verdict", "rules"), PREDICTED, ids=[one[0] for one in PREDICTED])
def test_a_proposal_comes_out_as_predicted(name: str, day: date | None, verdict: str, rules: set[str]) -> None:
    answers = read_proposal((PREDICTIONS / f"{name}.json").read_bytes()).answers
    assert answers is not None
    report = Checker(load_call(str(answers["call"])), as_of=day).report(answers)

    found = {
        result.rule
        for result in report.results
        if result.status is Status.FAIL
        or (result.status is Status.REVIEW and result.severity is Severity.BLOCKING and not result.manual)
    }
    assert report.verdict == verdict, {result.rule: result.status for result in report.results}
    assert rules <= found


def test_every_proposal_has_a_prediction() -> None:
    assert {path.stem for path in PREDICTIONS.glob("*.json")} == {one[0] for one in PREDICTED}
