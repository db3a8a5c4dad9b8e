"""A table that spreadsheets and programs read alike, and that no spreadsheet calculates with."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.checking.report import InputReference, LeadReference, Problem, ProposalReport, ReadField, Severity
from mpfcheck.report.cell import cell
from mpfcheck.report.csv import COLUMNS, CsvReporter
from tests.report.samples import ELIGIBLE, EVERY, HELD, INELIGIBLE, INVALID, WHAT_IF, report, result

CALCULATED = "=+-@＝＋－＠﹦﹢﹣﹫"  # noqa: RUF001 - the signs in every width


def write(*reports: ProposalReport, byte_order_mark: bool = False) -> str:
    pieces: list[str] = []
    reporter = CsvReporter(pieces.append, byte_order_mark=byte_order_mark)
    for one in reports:
        reporter.add(one)
    reporter.finish()
    return "".join(pieces)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


def is_harmless(text: str) -> bool:
    """No line, and no part a spreadsheet with semicolons would make a cell of, starts like a formula."""
    starts = (part.lstrip(' "\u200c\u200d') for part in re.split("[;\n]", text))
    return not any(len(start.rstrip()) > 1 and start[0] in CALCULATED for start in starts)


def test_a_finding_is_a_row_with_all_that_is_known_of_it() -> None:
    first = rows(write(INELIGIBLE))[0]

    assert first == {
        "input": "proposal.json",
        "input_line": "",
        "proposal_title": "Detecting forged documents",
        "proposal_acronym": "SAFE-DOCS",
        "lead_name": "State Border Guard Service",
        "lead_country": "LT",
        "grant_requested": "190000.01",
        "total": "200000.00",
        "call": "mpf-2023-borders-security",
        "what_if": "",
        "verdict": "ineligible",
        "rule": "GRANT-1",
        "title": "Title of GRANT-1",
        "severity": "blocking",
        "status": "fail",
        "manual": "false",
        "message": "You ask for EUR 190 000.01, more than EUR 190 000.00.",
        "fix": "Ask for EUR 190 000.00 or less.",
        "fields": "/financing/grant_requested=190000.01\n/budget/total=200000.00",
        "missing": "",
        "document": "Conference summary",
        "section": "Migration Partnership Facility",
        "authority": "seed",
        "line": "40",
        "column": "24",
        "decision": "",
        "decided_by": "",
        "decided_on": "",
        "decision_note": "",
        "decision_older": "",
        "sentence": "GRANT-1.message",
        "values": "financing.grant_requested=190000.01\nmaximum_grant=190000.00",
        "limits": "maximum_grant_share=0.95",
    }


def test_what_passed_or_does_not_apply_is_no_finding() -> None:
    found = [(row["rule"], row["status"]) for row in rows(write(INELIGIBLE))]

    assert found == [
        ("GRANT-1", "fail"),
        ("EXCL-1", "undecided"),
        ("FUND-2", "fail"),
        ("COAPP-5", "review"),
        ("BUDGET-3", "inconclusive"),
    ]


def test_no_proposal_is_lost() -> None:
    (row,) = rows(write(report("eligible", HELD, input=InputReference("batch.jsonl", 3, None))))

    assert (row["input"], row["input_line"], row["verdict"], row["rule"]) == ("batch.jsonl", "3", "eligible", "")


def test_a_problem_of_the_file_is_a_row() -> None:
    (row,) = rows(write(INVALID))

    assert (row["input"], row["verdict"], row["rule"], row["status"]) == ("-", "invalid", "FILE", "problem")
    assert (row["message"], row["fix"], row["line"], row["column"]) == (
        "A comma is missing.",
        "Put a comma before it.",
        "3",
        "7",
    )


def test_a_changed_parameter_is_told_in_every_row() -> None:
    assert {row["what_if"] for row in rows(write(WHAT_IF))} == {"maximum_grant_share=0.9"}


def test_lines_end_as_the_standard_says_and_each_has_every_column() -> None:
    text = write(*EVERY)
    table = list(csv.reader(StringIO(text, newline="")))

    assert text.endswith("\r\n")
    assert table[0] == list(COLUMNS)
    assert {len(row) for row in table} == {len(COLUMNS)}


def test_the_columns_are_named_even_where_there_is_nothing() -> None:
    assert write() == ",".join(COLUMNS) + "\r\n"


def test_a_byte_order_mark_stands_first_where_one_is_asked_for() -> None:
    assert write(ELIGIBLE, byte_order_mark=True) == "\ufeff" + write(ELIGIBLE)


def test_rows_are_written_before_the_next_report_is_asked_for() -> None:
    pieces: list[str] = []
    CsvReporter(pieces.append).add(ELIGIBLE)

    assert "batch.jsonl" in "".join(pieces)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+370 5 123", "'+370 5 123"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r=1", "'\n'=1"),
        ("  =1", "'  =1"),
        ('"=1', "'\"=1"),
        ("＝1", "'＝1"),  # noqa: RUF001 - the wide sign
        ("a;=1", "a;'=1"),
        ('a; "=1', "a;' \"=1"),
        ("a\n=1", "a\n'=1"),
        ("-\n=1", "'-\n'=1"),
        ("\x00=1", "\\x00=1"),
        ("-", "-"),
        ("a=1, b-2", "a=1, b-2"),
        ("/budget/total=-5", "/budget/total=-5"),
    ],
)
def test_nothing_is_left_to_calculate(text: str, written: str) -> None:
    assert cell(text) == written


@given(st.text(st.sampled_from("=+-@＝﹣;\n\r\t \"',|aA1\u200c\x00\x1b\u2028\ud800"), max_size=12) | st.text())  # noqa: RUF001
def test_no_text_is_a_formula_or_breaks_the_table(text: str) -> None:
    naughty = result("LEAD-1", "fail", title=text, message=text, fields=(ReadField(f"/{text}", text),))
    problem = Problem(text, text, f"/{text}", severity=Severity.WARNING)
    written = write(
        report(
            "ineligible",
            naughty,
            problems=(problem,),
            input=InputReference(text, None, None, text, text, LeadReference(text, text), text, text),
        )
    )

    table = rows(written)
    written.encode("utf-8")
    assert [row["rule"] for row in table] == ["FILE", "LEAD-1"]
    for row in table:
        assert set(row) == set(COLUMNS)
        for value in row.values():
            assert is_harmless(value), value
            assert value.replace("\n", "").replace("\u200c", "").replace("\u200d", "").isprintable()
