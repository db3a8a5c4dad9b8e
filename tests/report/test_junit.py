"""JUnit XML: well-formed whatever is in it, with counts that add up, and no failure that is none."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.checking.report import (
    InputReference,
    LeadReference,
    Problem,
    ProposalReport,
    ReadField,
    Severity,
    Verdict,
)
from mpfcheck.report.junit import JunitReporter
from tests.report.samples import ELIGIBLE, EVERY, INELIGIBLE, INVALID, WHAT_IF, report, result

Element = ElementTree.Element

CHILDREN = {"failure", "error", "skipped", "system-out"}


def text_of(*reports: ProposalReport) -> str:
    pieces: list[str] = []
    reporter = JunitReporter(pieces.append)
    for one in reports:
        reporter.add(one)
    reporter.finish()
    return "".join(pieces)


def suites(*reports: ProposalReport) -> list[Element]:
    root = ElementTree.fromstring(text_of(*reports).encode("utf-8"))  # noqa: S314 - our own text
    assert root.tag == "testsuites"
    assert {suite.tag for suite in root} <= {"testsuite"}
    for suite in root:
        assert_shape(suite)
    return list(root)


def assert_shape(suite: Element) -> None:
    """What the readers of the format agree on: the counts are right, and a case has one outcome at most."""
    assert [child.tag for child in suite] == ["properties"] + ["testcase"] * (len(suite) - 1)
    cases = suite.findall("testcase")
    for case in cases:
        assert case.get("name")
        assert case.get("classname")
        assert len(case) <= 1
        assert {child.tag for child in case} <= CHILDREN
    for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(suite.get(count, "")) == len([case for case in cases if case.find(tag) is not None])
    assert int(suite.get("tests", "")) == len(cases)


def case(suite: Element, rule: str) -> Element:
    (found,) = [case for case in suite.findall("testcase") if case.get("name", "").split(":")[0] == rule]
    return found


def test_a_suite_is_a_proposal_and_a_case_a_rule() -> None:
    first, second = suites(INELIGIBLE, ELIGIBLE)

    assert first.get("name") == "proposal.json · SAFE-DOCS · State Border Guard Service"
    assert second.get("name") == "batch.jsonl, line 3 · Mobile posts"
    assert [one.get("name") for one in second.findall("testcase")] == [
        "COAPP-5: Title of COAPP-5",
        "LEAD-1: Title of LEAD-1",
        "LEAD-2: Title of LEAD-2",
    ]
    assert {one.get("classname") for one in first.findall("testcase")} == {"mpf-2023-borders-security.proposal_json"}
    assert {one.get("file") for one in first.findall("testcase")} == {"proposal.json"}
    assert {one.get("name"): one.get("value") for one in first.iter("property")} == {
        "title": "Detecting forged documents",
        "acronym": "SAFE-DOCS",
        "lead": "State Border Guard Service",
        "lead_country": "LT",
        "grant_requested": "190000.01",
        "total": "200000.00",
        "verdict": "ineligible",
        "call": "mpf-2023-borders-security",
        "rules": "2023-12-07",
        "as_of": "2023-12-07",
    }


def test_every_status_has_its_outcome() -> None:
    (suite,) = suites(INELIGIBLE)
    outcomes = {
        one.get("name", "").split(":")[0]: next(iter([child.tag for child in one]), "")
        for one in suite.iter("testcase")
    }

    assert outcomes == {
        "GRANT-1": "failure",
        "EXCL-1": "skipped",
        "FUND-2": "system-out",
        "COAPP-5": "skipped",
        "BUDGET-3": "error",
        "BUDGET-2": "system-out",
        "LEAD-1": "",
        "LEAD-2": "skipped",
    }


def test_a_failure_tells_all_that_is_known() -> None:
    failure = case(suites(INELIGIBLE)[0], "GRANT-1")[0]

    assert failure.attrib == {"message": "You ask for EUR 190 000.01, more than EUR 190 000.00.", "type": "blocking"}
    assert failure.text == (
        "You ask for EUR 190 000.01, more than EUR 190 000.00.\n"
        "How to fix it: Ask for EUR 190 000.00 or less.\n"
        "See: /financing/grant_requested = 190000.01 (line 40, column 24)\n"
        "See: /budget/total = 200000.00\n"
        "Source: Conference summary, Migration Partnership Facility (primary source)"
    )


def test_what_is_skipped_says_why() -> None:
    (suite,) = suites(INELIGIBLE)

    assert case(suite, "EXCL-1")[0].get("message") == "Information missing: Not decided yet."
    assert case(suite, "COAPP-5")[0].get("message") == "Manual review needed: Judge whether IOM counts."
    assert case(suite, "LEAD-2")[0].get("message") == "Not applicable"


def test_a_file_that_is_no_proposal_is_an_error() -> None:
    (suite,) = suites(INVALID)
    (only,) = suite.findall("testcase")

    assert suite.get("errors") == "1"
    assert only.get("name") == "file"
    assert only[0].tag == "error"
    assert only[0].get("message") == "A comma is missing."
    assert only[0].text == "line 3, column 7: A comma is missing. Put a comma before it."


def test_rules_that_cannot_be_used_are_an_error() -> None:
    broken = Problem("The rules of the call x cannot be used.", "Correct the rule pack first.")
    (suite,) = suites(ProposalReport(InputReference("a.json", None, None), None, None, Verdict.INCONCLUSIVE, (broken,)))

    assert suite.get("errors") == "1"


def test_an_error_names_what_blocks_and_marks_the_warnings_beside_it() -> None:
    unknown = Problem("There is no field titel.", "", "/titel", severity=Severity.WARNING)
    (suite,) = suites(report("invalid", problems=(unknown, Problem("Not a number."))))
    error = case(suite, "file")[0]

    assert error.get("message") == "Not a number."
    assert error.text == "Warning: /titel: There is no field titel.\nNot a number."


def test_what_only_stands_out_in_a_file_is_no_error() -> None:
    unknown = Problem("There is no field co_aplicants.", "", "/co_aplicants", 4, 3, Severity.WARNING)
    (suite,) = suites(report("eligible", problems=(unknown,)))

    assert suite.get("errors") == "0"
    assert case(suite, "file")[0].text == "Warning: /co_aplicants line 4, column 3: There is no field co_aplicants."


def test_a_changed_parameter_is_a_property() -> None:
    (suite,) = suites(WHAT_IF)

    assert {one.get("name"): one.get("value") for one in suite.iter("property")}["what_if.maximum_grant_share"] == "0.9"


def test_nothing_at_all_is_a_document() -> None:
    assert suites() == []


def test_a_suite_is_written_before_the_next_report_is_asked_for() -> None:
    pieces: list[str] = []
    JunitReporter(pieces.append).add(ELIGIBLE)

    assert "</testsuite>" in "".join(pieces)


def test_every_kind_of_report_has_the_shape() -> None:
    assert len(suites(*EVERY)) == len(EVERY)


@given(st.text(st.sampled_from("<>&'\"]]>\n\r\t\x00\x0b\x1b\x7f\x85\u2028\ufffe\uffff\ud800\U0001ffff;a"), max_size=20))
def test_any_text_is_well_formed_and_adds_nothing(text: str) -> None:
    fields = (ReadField(f"/{text}", text),)
    naughty = result(f"A-{text}", "fail", title=text, message=text, fix=text, fields=fields)
    also = result("B", "review", title=text, message=text)
    problem = Problem(text, text, f"/{text}")
    one = report(
        "ineligible",
        naughty,
        also,
        problems=(problem,),
        input=InputReference(text, 1, None, text, text, LeadReference(text, text), text, text),
        changed={text: text},
    )
    (suite,) = suites(one)

    assert [len(found) for found in suite.findall("testcase")] == [1, 1, 1]
    assert [found.tag for found in suite.iter() if found is not suite].count("testcase") == 3
