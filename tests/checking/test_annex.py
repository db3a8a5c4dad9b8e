"""The annex of a proposal, checked against the call that asks it."""

from __future__ import annotations

import pytest

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import ProposalReport, Severity, Status, Verdict
from mpfcheck.packs.load import load_call
from mpfcheck.reading.document import read_proposal

CHECKER = Checker(load_call("mpf-2016-mp-camm"))


def check(text: str) -> ProposalReport:
    document = read_proposal(text.encode())
    assert document.answers is not None
    return CHECKER.report(document.answers, problems=document.problems, place_of=document.place_of)


def test_an_annex_that_does_not_fit_is_a_problem_with_pointer_and_line() -> None:
    report = check('{\n"call": "mpf-2016-mp-camm",\n"annex": {\n"priority_source": "letter"}}')

    assert report.verdict is Verdict.INVALID
    assert report.results == ()
    (problem,) = report.problems
    assert (problem.pointer, problem.line, problem.column) == ("/annex/priority_source", 4, 20)
    assert problem.severity is Severity.BLOCKING
    assert CHECKER.verdict({"annex": {"priority_source": "letter"}}) is Verdict.INVALID


def test_an_unknown_field_of_the_annex_warns_and_the_rest_is_checked() -> None:
    report = check('{"annex": {"priority_sorce": "scoreboard", "priority_source": "scoreboard"}}')

    assert report.verdict is Verdict.INCOMPLETE
    assert [(problem.pointer, problem.severity) for problem in report.problems] == [
        ("/annex/priority_sorce", Severity.WARNING)
    ]
    assert next(result for result in report.results if result.rule == "SCOPE-4").status is Status.PASS


@pytest.mark.parametrize("text", ["{}", '{"annex": null}', '{"annex": {}}', '{"annex": {"priority_source": null}}'])
def test_an_annex_that_is_not_there_waits(text: str) -> None:
    result = next(result for result in check(text).results if result.rule == "SCOPE-4")

    assert result.status is Status.UNDECIDED
    assert result.missing == ("/annex/priority_source",)


def test_amounts_of_the_annex_are_exact_and_both_evaluators_agree() -> None:
    answers = {"annex": {"subcontracted_amount": "0.10"}, "budget": {"total": 0}}
    number = [rule.id for rule in CHECKER.call.rules].index("SUB-1")

    assert "EUR 0.10" in CHECKER.report(answers).results[number].message
    assert CHECKER.statuses(answers)[number] is Status.REVIEW
    assert CHECKER.compiled_status(answers, "SUB-1") is Status.REVIEW
