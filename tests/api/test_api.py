"""mpfcheck as a library, as the outward contract shows it."""

from __future__ import annotations

import datetime
import json
import threading
from pathlib import Path

import pytest

import mpfcheck

CALL_ID = "mpf-2023-borders-security"
EXAMPLES = Path(__file__).parents[2] / "examples"
ELIGIBLE = EXAMPLES / "eligible-lithuania-moldova.json"


@pytest.fixture(scope="module")
def call() -> mpfcheck.Call:
    return mpfcheck.load_call(CALL_ID)


def test_a_dict_of_a_few_answers_is_incomplete(call: mpfcheck.Call) -> None:
    report = call.check({"fund": "BMVI", "lead": {"country": "LT"}})
    assert report.verdict is mpfcheck.Verdict.INCOMPLETE
    assert report.failed == ()


def test_the_same_proposal_gives_the_same_results_in_every_form(call: mpfcheck.Call) -> None:
    data = ELIGIBLE.read_bytes()
    forms = [json.loads(data), data, data.decode(), bytearray(data), ELIGIBLE, mpfcheck.Proposal.from_json(data)]
    for report in mpfcheck.check_many(call, forms):
        assert report.verdict is mpfcheck.Verdict.ELIGIBLE
        assert [(result.rule, result.status) for result in report.results] == [
            (result.rule, result.status) for result in call.check(data).results
        ]


def test_what_fails_is_listed_with_message_and_place(call: mpfcheck.Call) -> None:
    report = call.check(EXAMPLES / "ineligible-romania-moldova-2016.json")
    (result,) = [result for result in report.failed if result.severity is mpfcheck.Severity.BLOCKING]
    assert result.rule == "BUDGET-1"
    assert "EUR 178 512.92" in result.message
    assert result.fields[0].line is not None
    assert report.input.sha256 is not None


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"budget": {"total": 1.005}}', b"\xff\xfe"])
def test_bad_data_is_a_problem_in_the_report_and_never_raised(call: mpfcheck.Call, data: bytes) -> None:
    report = call.check(data)
    assert report.verdict is mpfcheck.Verdict.INVALID
    assert report.problems


def test_a_file_that_is_not_there_is_a_problem(call: mpfcheck.Call, tmp_path: Path) -> None:
    assert call.check(tmp_path / "none.json").verdict is mpfcheck.Verdict.INVALID


def test_a_float_is_refused_because_money_is_exact(call: mpfcheck.Call) -> None:
    report = call.check({"budget": {"total": 0.1}})
    assert report.verdict is mpfcheck.Verdict.INVALID
    assert report.problems[0].pointer == "/budget/total"


def test_a_day_and_parameters_can_be_changed(call: mpfcheck.Call) -> None:
    proposal = {"fund": "BMVI", "financing": {"grant_requested": "3900000.01"}}
    status = {result.rule: result.status for result in call.check(proposal).results}
    assert status["POT-1"] is mpfcheck.Status.FAIL
    before = call.check(proposal, as_of=datetime.date(2023, 6, 1))
    assert {result.rule: result.status for result in before.results}["POT-1"] is mpfcheck.Status.PASS
    what_if = call.check(proposal, parameters={"bmvi_pot": 4_000_000})
    assert {result.rule: result.status for result in what_if.results}["POT-1"] is mpfcheck.Status.PASS
    assert what_if.changed == {"bmvi_pot": "4000000"}
    with pytest.raises(mpfcheck.ParameterError, match="bmvi_pot"):
        call.check(proposal, parameters={"bmvi_pott": 1})


def test_what_it_is_given_stays_as_it_is(call: mpfcheck.Call) -> None:
    proposal = {"fund": "BMVI", "budget": {"total": "400000.00", "lines": None}}
    before = json.dumps(proposal)
    call.check(proposal)
    assert json.dumps(proposal) == before


def test_one_call_serves_many_threads(call: mpfcheck.Call) -> None:
    files = sorted(EXAMPLES.glob("*.json"))
    expected = [call.check(file) for file in files]
    failures: list[Path] = []

    def check_all() -> None:
        failures.extend(file for file, report in zip(files, expected, strict=True) if call.check(file) != report)

    threads = [threading.Thread(target=check_all) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_what_no_proposal_can_be_is_refused_by_name(call: mpfcheck.Call) -> None:
    with pytest.raises(TypeError, match="not null"):
        call.check(None)  # type: ignore[arg-type]


def test_a_float_is_no_parameter_even_after_its_text_was_one(call: mpfcheck.Call) -> None:
    call.check({}, parameters={"maximum_grant_share": "0.9"})
    with pytest.raises(mpfcheck.ParameterError):
        call.check({}, parameters={"maximum_grant_share": 0.9})


def test_what_was_changed_cannot_be_changed_in_the_report(call: mpfcheck.Call) -> None:
    with pytest.raises(TypeError):
        call.check({}, parameters={"maximum_grant_share": "0.9"}).changed["x"] = "1"  # type: ignore[index]


def test_an_unknown_call_is_named_with_the_nearest_one() -> None:
    with pytest.raises(LookupError, match=CALL_ID):
        mpfcheck.load_call("mpf-2023-border-security")


def test_every_public_name_is_there() -> None:
    for name in mpfcheck.__all__:
        assert getattr(mpfcheck, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        mpfcheck.nonsense  # noqa: B018
