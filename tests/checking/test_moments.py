"""A call may ask for a moment: an applicant's slip is a problem of the file, and what fits is compared exactly."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mpfcheck.checking.checker import COMPILE_AFTER, Checker
from mpfcheck.checking.report import Status, Verdict
from mpfcheck.packs.load import load_pack
from tests.checking.conftest import HEAD, RULE_HEAD

ANNEX = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "title": "The annex",
    "properties": {
        "sent": {"title": "Sent", "description": "When it was sent.", "type": "string", "format": "date-time"},
        "signed": {"title": "Signed", "description": "The day.", "type": "string", "format": "date"},
    },
}


@pytest.fixture
def checker(tmp_path: Path) -> Checker:
    folder = tmp_path / "try-out"
    folder.mkdir()
    deadline = "  deadline: {title: The deadline, value: 'date and time(\"2018-11-14T12:00:00@Europe/London\")'}\n"
    head = HEAD.replace("definitions:\n", f"definitions:\n{deadline}")
    (folder / "call.yaml").write_text(head, encoding="utf-8")
    (folder / "annex.schema.json").write_text(json.dumps(ANNEX), encoding="utf-8")
    condition = 'annex.sent <= deadline and annex.signed <= @"2018-11-14"'
    body = f'  require: {condition}\n  message: "Sent {{annex.sent}}, {{deadline}}."\n'
    (folder / "rules.yaml").write_text(RULE_HEAD + body, encoding="utf-8")
    return Checker(load_pack(folder))


def report_of(checker: Checker, sent: object) -> tuple[Verdict, Status | None, str]:
    """The verdict, and the status and message of the rule or the words of the problem; alike compiled or not."""
    reports = [checker.report({"annex": {"sent": sent, "signed": "2018-11-14"}}) for _ in range(COMPILE_AFTER + 1)]
    assert all(report == reports[0] for report in reports)
    report = reports[0]
    if report.problems:
        return report.verdict, None, report.problems[0].message
    return report.verdict, report.results[0].status, report.results[0].message


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("2018-11-14T12:00:00Z", Status.PASS),
        ("2018-11-14T12:00:00@Europe/London", Status.PASS),
        ("2018-11-14t13:00:00+01:00", Status.PASS),
        ("2018-11-14T12:30@Europe/Brussels", Status.PASS),
        ("2018-11-14T12:00:00.000001Z", Status.FAIL),
        ("2018-11-14T12:00:01Z", Status.FAIL),
        ("2018-11-14T11:30:00-01:00", Status.FAIL),
        (datetime(2018, 11, 14, 12, 0, 1, tzinfo=UTC), Status.FAIL),
        (None, Status.UNDECIDED),
    ],
)
def test_a_moment_is_compared_across_time_zones(checker: Checker, sent: object, status: Status) -> None:
    assert report_of(checker, sent)[1] is status


def test_a_moment_is_written_for_people(checker: Checker) -> None:
    message = report_of(checker, "2018-11-14T12:00:01@Europe/London")[2]
    assert message == "Sent 2018-11-14, 12:00:01 (Europe/London), 2018-11-14, 12:00 (Europe/London)."


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("14 November 2018", "is not a date and time"),
        ("2018-11-14", "is not a date and time"),
        ("2018-11-14T12:00:00", "does not say its time zone"),
        ("2018-02-30T12:00:00Z", "is not a date and time of the calendar"),
        ("2018-11-14T25:00:00Z", "is not a date and time of the calendar"),
        ("2018-11-14T12:00:00@Mars/Base", "names an unknown time zone"),
        ("2018-11-14T12:00:00+99:00", "names an unknown time zone"),
        (20181114, "This should be a date and time"),
        (True, "This should be a date and time"),
        (["2018-11-14T12:00:00Z"], "This should be a date and time"),
        (datetime(2018, 11, 14, 12, 0, 1), "This moment has no time zone"),
    ],
)
def test_a_slip_is_a_problem_of_the_file_and_never_of_the_rules(checker: Checker, sent: object, said: str) -> None:
    verdict, status, message = report_of(checker, sent)
    assert (verdict, status) == (Verdict.INVALID, None)
    assert said in message
