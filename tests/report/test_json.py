"""The JSON formats are the outward contract, member for member."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

import jsonschema_rs
import pytest
from jsonschema_rs import Draft202012Validator

import mpfcheck.report
from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import InputReference, ProposalReport, ReadField, Result, Sentence
from mpfcheck.engine.portfolio import Portfolio
from mpfcheck.frozen import changed
from mpfcheck.packs.load import load_call
from mpfcheck.report.as_json import JsonLinesReporter, JsonReporter
from mpfcheck.report.overview import Overview
from tests.report.overviews import everything
from tests.report.samples import ELIGIBLE, EVERY, GRANT, INELIGIBLE, WHAT_IF, report, result

SCHEMA = json.loads(Path(mpfcheck.report.__path__[0], "report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, validate_formats=True)
REFERENCE = {
    "path": "proposal.json",
    "line": None,
    "title": "Detecting forged documents",
    "acronym": "SAFE-DOCS",
    "lead": {"name": "State Border Guard Service", "country": "LT"},
}
"""How a list of proposals names one."""
OF_A_LINE = Draft202012Validator({"$ref": "#/$defs/report", "$defs": SCHEMA["$defs"]}, validate_formats=True)


def write(*reports: ProposalReport, lines: bool = False) -> str:
    pieces: list[bytes] = []
    reporter = JsonLinesReporter(pieces.append) if lines else JsonReporter(pieces.append, version="1.2.3")
    for one in reports:
        reporter.add(one)
    reporter.finish()
    return b"".join(pieces).decode()


def test_the_schema_is_a_schema() -> None:
    jsonschema_rs.meta.validate(SCHEMA)


def test_the_object_is_that_of_the_contract() -> None:
    written = json.loads(write(INELIGIBLE))

    assert list(written) == ["format", "tool", "summary", "reports"]
    assert written["format"] == "mpfcheck-report/1"
    assert written["tool"] == {"name": "mpfcheck", "version": "1.2.3"}
    assert written["summary"] == {
        "proposals": 1,
        "eligible": 0,
        "ineligible": 1,
        "incomplete": 0,
        "review": 0,
        "inconclusive": 0,
        "invalid": 0,
        "inputs": 1,
        "passed_over": [],
        "complete": True,
        "interrupted": False,
        "inputs_sha256": sha256(("cd" * 32 + "\n").encode()).hexdigest(),
    }
    (one,) = written["reports"]
    members = ["input", "call", "as_of", "verdict", "outlook", "repair", "assessments", "problems", "results"]
    assert list(one) == members
    assert (one["outlook"], one["repair"], one["assessments"]) == (None, None, [])
    assert one["input"] == {
        "path": "proposal.json",
        "line": None,
        "sha256": "cd" * 32,
        "title": "Detecting forged documents",
        "acronym": "SAFE-DOCS",
        "lead": {"name": "State Border Guard Service", "country": "LT"},
        "grant_requested": "190000.01",
        "total": "200000.00",
    }
    assert one["call"] == {"id": "mpf-2023-borders-security", "version": "2023-12-07", "sha256": "ab" * 32}
    assert one["results"][0] == {
        "rule": "GRANT-1",
        "title": "Title of GRANT-1",
        "severity": "blocking",
        "status": "fail",
        "manual": False,
        "message": "You ask for EUR 190 000.01, more than EUR 190 000.00.",
        "fix": "Ask for EUR 190 000.00 or less.",
        "fields": [
            {"pointer": "/financing/grant_requested", "value": "190000.01", "line": 40, "column": 24},
            {"pointer": "/budget/total", "value": "200000.00", "line": None, "column": None},
        ],
        "missing": [],
        "sentence": {
            "id": "GRANT-1.message",
            "values": [{"financing.grant_requested": "190000.01", "maximum_grant": "190000.00"}],
            "limits": {"maximum_grant_share": "0.95"},
        },
        "source": {
            "document": "Conference summary",
            "section": "Migration Partnership Facility",
            "url": "https://example.org/summary",
            "authority": "seed",
        },
    }


def test_every_kind_of_report_is_valid_by_the_schema() -> None:
    VALIDATOR.validate(json.loads(write(*EVERY)))


def test_no_report_at_all_is_valid_too() -> None:
    written = json.loads(write())

    VALIDATOR.validate(written)
    assert written["reports"] == []


def test_lines_are_the_reports_of_the_object() -> None:
    lines = [json.loads(line) for line in write(*EVERY, lines=True).splitlines()]

    assert lines == json.loads(write(*EVERY))["reports"]
    for line in lines:
        OF_A_LINE.validate(line)


def test_a_line_is_written_before_the_next_report_is_asked_for() -> None:
    pieces: list[bytes] = []
    reporter = JsonLinesReporter(pieces.append)
    reporter.add(ELIGIBLE)

    assert json.loads(b"".join(pieces))["verdict"] == "eligible"


def test_changed_parameters_are_named_only_where_some_were() -> None:
    first, second = json.loads(write(WHAT_IF, ELIGIBLE))["reports"]

    assert first["parameters_changed"] == {"maximum_grant_share": "0.9"}
    assert "parameters_changed" not in second


def test_results_that_look_alike_are_not_mixed_up() -> None:
    """What is remembered of one proposal's silent results is never another's."""
    noted = result("BUDGET-2", "pass", message="One cent off.")
    silent = result("BUDGET-2", "pass")
    of_another = report("eligible", result("BUDGET-2", "pass", title="Another call's rule"), call=None)

    written = json.loads(write(report("eligible", silent), report("eligible", noted), of_another))["reports"]

    assert [one["results"][0]["message"] for one in written] == ["", "One cent off.", ""]
    assert written[2]["results"][0]["title"] == "Another call's rule"


def test_results_that_are_said_by_the_same_are_not_mixed_up() -> None:
    """A checker gives them for other proposals with other fields, and who changes one keeps what says it."""
    said = Result(
        **{name: getattr(GRANT, name) for name in Result.fields_of_class if name not in {"say", "sentence"}},
        say=partial(Sentence, "GRANT-1.message"),
    )
    others = [
        said.with_fields((ReadField("/budget/total", "1"),)),
        changed(said, message="Another message."),
        changed(said, fix="Another fix."),
        changed(said, missing=("/fund",)),
        changed(said, say=partial(Sentence, "GRANT-1.note"), sentence=Sentence("GRANT-1.note")),
    ]
    alone = [write(report("ineligible", one), lines=True) for one in (said, *others)]

    assert len(set(alone)) == len(alone)
    in_turn = [one for other in others for one in (said, other)]
    together = write(*(report("ineligible", one) for one in in_turn), lines=True)
    assert together == "".join(line for other in alone[1:] for line in (alone[0], other))


@pytest.mark.parametrize("name", ["\x1b[2J.json", "\u202egnp.json", "\ud800.json", "\x7f\x9b"])
def test_names_of_files_cannot_act_on_a_terminal(name: str) -> None:
    text = write(report("eligible", input=InputReference(name, None, None)))

    assert json.loads(text)["reports"][0]["input"]["path"] == name
    assert all(character == "\n" or character.isprintable() for character in text)


def test_the_day_is_a_date() -> None:
    assert date.fromisoformat(json.loads(write(ELIGIBLE))["reports"][0]["as_of"])


def test_what_is_known_of_all_together_stands_at_the_end_and_only_if_there_is_any() -> None:
    """By the schema of the report; one proposal alone has no portfolio."""
    portfolio = Portfolio()
    for one in (INELIGIBLE, report("invalid", call=None, as_of=None)):
        portfolio.add(one)
    pieces: list[bytes] = []
    reporter = JsonReporter(pieces.append, version="1.2.3")
    reporter.add(INELIGIBLE)
    reporter.finish(Overview(portfolio.summary(lambda call_id: Checker(load_call(call_id)))))
    written = json.loads(b"".join(pieces))

    VALIDATOR.validate(written)
    assert list(written)[-1] == "portfolio"
    assert written["portfolio"]["verdicts"]["ineligible"] == [REFERENCE]
    assert "portfolio" not in json.loads(write(INELIGIBLE))


def test_what_another_day_or_parameter_would_change_stands_at_the_end_if_it_was_asked_for() -> None:
    pieces: list[bytes] = []
    reporter = JsonReporter(pieces.append, version="1.2.3")
    reporter.add(INELIGIBLE)
    reporter.finish(Overview(what_if=everything(INELIGIBLE, words="WORDS-1").what_if))
    written = json.loads(b"".join(pieces))

    VALIDATOR.validate(written)
    assert written["what_if"]["as_of"] == "2023-06-01"
    assert written["what_if"]["changes"][0]["input"] == REFERENCE
    assert written["what_if"]["changes"][0]["rules"][0]["status_then"] == "fail"
