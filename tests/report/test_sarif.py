"""SARIF logs: valid by the official schema, and nothing in a message is taken for its syntax."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import Draft7Validator

from mpfcheck.checking.report import (
    CallReference,
    InputReference,
    LeadReference,
    Problem,
    ProposalReport,
    ReadField,
    Severity,
    SourceReference,
)
from mpfcheck.report.sarif import SarifReporter, message_text, path_address, web_address
from tests.data import sarif_schema
from tests.report.samples import ELIGIBLE, EVERY, GRANT, INELIGIBLE, INVALID, WHAT_IF, report, result


def text_of(*reports: ProposalReport, include_all: bool = False) -> str:
    pieces: list[str] = []
    reporter = SarifReporter(pieces.append, version="1.2.3", include_all=include_all)
    for one in reports:
        reporter.add(one)
    reporter.finish()
    return "".join(pieces)


def run_of(*reports: ProposalReport, include_all: bool = False) -> dict[str, Any]:
    (run,) = json.loads(text_of(*reports, include_all=include_all))["runs"]
    found: dict[str, Any] = run
    return found


@pytest.fixture(scope="module")
def validator() -> Draft7Validator:
    return Draft7Validator(sarif_schema(), validate_formats=True)


@pytest.mark.parametrize("include_all", [False, True])
@pytest.mark.parametrize("reports", [(), *((one,) for one in EVERY), EVERY])
def test_every_log_is_valid(
    validator: Draft7Validator, reports: tuple[ProposalReport, ...], *, include_all: bool
) -> None:
    validator.validate(json.loads(text_of(*reports, include_all=include_all)))


def test_a_broken_rule_is_a_result_at_its_first_field() -> None:
    run = run_of(report("ineligible", GRANT))
    (found,) = run["results"]
    grant, total = found.pop("relatedLocations")
    fingerprint = found.pop("partialFingerprints")

    assert run["columnKind"] == "unicodeCodePoints"
    assert found == {
        "ruleId": "GRANT-1",
        "ruleIndex": 0,
        "kind": "fail",
        "level": "error",
        "message": {
            "text": "You ask for EUR 190 000.01, more than EUR 190 000.00.\n"
            "How to fix it: Ask for EUR 190 000.00 or less.\n"
            "Proposal: SAFE-DOCS · State Border Guard Service"
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "proposal.json"},
                    "region": {"startLine": 40, "startColumn": 24},
                },
                "logicalLocations": [{"fullyQualifiedName": "/financing/grant_requested", "kind": "value"}],
            }
        ],
        "properties": {
            "status": "fail",
            "severity": "blocking",
            "missing": [],
            "sentence": {
                "id": "GRANT-1.message",
                "values": [{"financing.grant_requested": "190000.01", "maximum_grant": "190000.00"}],
                "limits": {"maximum_grant_share": "0.95"},
            },
            "title": "Detecting forged documents",
            "acronym": "SAFE-DOCS",
            "lead": "State Border Guard Service",
            "leadCountry": "LT",
        },
    }
    assert (grant["id"], grant["message"]["text"]) == (1, "/financing/grant_requested = 190000.01")
    assert (total["id"], total["message"]["text"]) == (2, "/budget/total = 200000.00")
    assert "region" not in total["physicalLocation"]
    assert re.fullmatch("[0-9a-f]{16}", fingerprint["mpfcheckFinding/v1"])


def test_a_rule_is_described_once_with_its_source() -> None:
    run = run_of(INELIGIBLE, INELIGIBLE)
    descriptors = run["tool"]["driver"]["rules"]

    assert [one["id"] for one in descriptors] == ["GRANT-1", "FUND-2", "BUDGET-3"]
    assert descriptors[0] == {
        "id": "GRANT-1",
        "name": "TitleOfGRANT1",
        "shortDescription": {"text": "Title of GRANT-1"},
        "fullDescription": {
            "text": "Title of GRANT-1. Source: Conference summary, Migration Partnership Facility (primary source)."
        },
        "help": {
            "text": "Title of GRANT-1. Source: Conference summary, Migration Partnership Facility (primary source).",
            "markdown": "Title of GRANT-1.\n\nSource: [Conference summary](<https://example.org/summary>), "
            "Migration Partnership Facility (primary source).",
        },
        "helpUri": "https://example.org/summary",
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "severity": "blocking",
            "authority": "seed",
            "manual": False,
            "call": "mpf-2023-borders-security",
        },
    }
    for one in run["results"]:
        assert descriptors[one["ruleIndex"]]["id"] == one["ruleId"]


def test_rules_of_two_calls_with_one_name_are_two_rules() -> None:
    other = report("ineligible", GRANT, call=CallReference("mpf-2030", "1", "cd" * 32))
    run = run_of(report("ineligible", GRANT), other)

    assert [run["tool"]["driver"]["rules"][one["ruleIndex"]]["properties"]["call"] for one in run["results"]] == [
        "mpf-2023-borders-security",
        "mpf-2030",
    ]


def test_the_level_is_that_of_the_severity() -> None:
    failed = [result(name, "fail", severity=name) for name in ("blocking", "warning", "advice")]

    assert [one["level"] for one in run_of(report("ineligible", *failed))["results"]] == ["error", "warning", "note"]


def test_only_findings_are_told_unless_all_is_asked_for() -> None:
    every = run_of(INELIGIBLE, include_all=True)["results"]

    assert [one["ruleId"] for one in run_of(INELIGIBLE)["results"]] == ["GRANT-1", "FUND-2"]
    assert {one["ruleId"]: (one["kind"], one["level"]) for one in every} == {
        "GRANT-1": ("fail", "error"),
        "EXCL-1": ("open", "none"),
        "FUND-2": ("fail", "warning"),
        "COAPP-5": ("review", "none"),
        "BUDGET-2": ("pass", "none"),
        "LEAD-1": ("pass", "none"),
        "LEAD-2": ("notApplicable", "none"),
    }
    (waiting,) = [one for one in every if one["ruleId"] == "EXCL-1"]
    assert waiting["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == (
        "/declarations/no_exclusion_situation"
    )


def test_a_rule_that_could_not_be_evaluated_is_a_trouble_of_the_run() -> None:
    run = run_of(INELIGIBLE)
    (trouble,) = run["invocations"][0]["toolExecutionNotifications"]

    assert run["invocations"][0]["executionSuccessful"] is False
    assert trouble["level"] == "error"
    assert trouble["associatedRule"] == {"id": "BUDGET-3", "index": 2}
    assert "exitCode" not in run["invocations"][0]


def test_what_is_wrong_at_some_place_in_a_file_is_a_finding() -> None:
    run = run_of(INVALID)
    (found,) = run["results"]

    assert (found["ruleId"], found["level"]) == ("FILE", "error")
    assert found["message"]["text"] == "A comma is missing.\nPut a comma before it."
    assert run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == "FILE"
    assert run["invocations"] == [{"executionSuccessful": True, "stdin": {"index": 0}}]


def test_standard_input_has_no_address() -> None:
    run = run_of(INVALID)

    assert run["artifacts"] == [{"description": {"text": "Standard input"}, "mimeType": "application/json"}]
    assert run["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"index": 0},
        "region": {"startLine": 3, "startColumn": 7},
    }


def test_an_input_that_cannot_be_read_is_a_trouble_of_the_run() -> None:
    gone = Problem("No such file or folder.", "Check the path.")
    run = run_of(report("invalid", problems=(gone,), call=None, input=InputReference("a b.json", None, None)))
    (trouble,) = run["invocations"][0]["toolExecutionNotifications"]

    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is False
    assert trouble["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "a%20b.json"}}}]


def test_a_line_of_json_lines_is_where_its_proposal_is() -> None:
    line = InputReference("batch.jsonl", 7, None)
    unplaced = result("A-1", "fail", message="Broken.")
    physical = run_of(report("ineligible", unplaced, input=line))["results"][0]["locations"][0]["physicalLocation"]

    assert physical == {"artifactLocation": {"uri": "batch.jsonl"}, "region": {"startLine": 7}}


def test_a_proposal_from_no_file_has_fields_but_no_file() -> None:
    run = run_of(report("ineligible", GRANT, input=InputReference(None, None, None)))

    assert list(run["results"][0]["locations"][0]) == ["logicalLocations"]


def test_verdicts_and_changed_parameters_are_told_of_the_run() -> None:
    run = run_of(ELIGIBLE, WHAT_IF, WHAT_IF)

    assert run["properties"]["proposals"] == 3
    assert (run["properties"]["eligible"], run["properties"]["incomplete"]) == (1, 2)
    (change,) = run["invocations"][0]["toolConfigurationNotifications"]
    assert "maximum_grant_share = 0.9" in change["message"]["text"]


def test_fingerprints_do_not_know_lines_or_files() -> None:
    def prints(line: int, path: str) -> object:
        broken = result("A-1", "fail", message=f"At {line}.", fields=(ReadField("/lead/country", "LT", line, 1),))
        return run_of(report("ineligible", broken, input=InputReference(path, None, None)))["results"][0][
            "partialFingerprints"
        ]

    assert prints(1, "a.json") == prints(2, "b.json")


def test_a_result_is_written_before_the_next_report_is_asked_for() -> None:
    pieces: list[str] = []
    SarifReporter(pieces.append, version="1").add(INELIGIBLE)

    assert "GRANT-1" in "".join(pieces)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("examples/a b.json", "examples/a%20b.json"),
        ("a:b#c?d%.json", "a%3Ab%23c%3Fd%25.json"),
        ("Žemė.json", "%C5%BDem%C4%97.json"),
        ("/data/ü.json", "file:///data/%C3%BC.json"),
        ("../a.json", "../a.json"),
        ("\ud800.json", "%5Cud800.json"),
    ],
)
def test_a_path_is_an_address(path: str, address: str) -> None:
    assert path_address(path) == address


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org/a b<c>", "https://example.org/a%20b%3Cc%3E"),
        ("http://example.org/%20?x=[1]", "http://example.org/%20?x=%5B1%5D"),
        ("javascript:alert(1)", None),
        (None, None),
    ],
)
def test_only_the_web_is_linked(url: str | None, address: str | None) -> None:
    assert web_address(url) == address


def read_message(text: str) -> str:
    """A plain text message as a viewer shows it that follows the standard; a placeholder or a link is an error."""
    assert not re.search(r"\]\(", text)
    assert not re.search(r"[{}]", text.replace("{{", "").replace("}}", ""))
    return text.replace("{{", "{").replace("}}", "}")


@pytest.mark.parametrize("text", ["[here](1)", "{0}", "{{0}}", "\\[a](b)", "}{", "{", "a[0] (see b)"])
def test_links_and_placeholders_are_shown_as_text(text: str) -> None:
    assert read_message(message_text(text)) == text.replace("](", "] (")


@given(text=st.text(st.sampled_from("[](){}0\\%:#?/ \n\x00\x1b\u202e\ud800aé\"'<>"), max_size=20))
def test_any_text_is_valid_and_stays_text(validator: Draft7Validator, text: str) -> None:
    source = SourceReference(text, text, f"https://example.org/{text}", text)
    failed = result(text, "fail", title=text, message=text, fix=text, fields=(ReadField(f"/{text}", text),))
    broken = result("B-1", "inconclusive", title=text, message=text, source=source)
    problem = Problem(text, text, f"/{text}", severity=Severity.WARNING)
    reference = InputReference(text or "a", None, None, text, text, LeadReference(text, text))
    one = report("ineligible", failed, broken, problems=(problem,), input=reference, changed={text: text})
    written = text_of(one)

    assert written.replace("\n", "").isprintable()
    validator.validate(json.loads(written))
    run = json.loads(written)["runs"][0]
    for each in run["results"]:
        read_message(each["message"]["text"])
        uri = each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[\w./%~-]+|file:///[\w./%~:-]*", uri, re.ASCII)
        assert "\\ud800" in unquote(uri) if "\ud800" in text else True
