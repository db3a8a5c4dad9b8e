"""A document is a proposal, or says everything that is wrong with it; nothing in it raises."""

from __future__ import annotations

import hashlib
import json
import sys
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.checking.report import Severity
from mpfcheck.proposal.answers import json_values
from mpfcheck.proposal.limits import MAX_VALUES
from mpfcheck.reading.careful import read_carefully
from mpfcheck.reading.document import MAX_DOCUMENT_BYTES, Document, read_plain, read_proposal
from tests.data import NAUGHTY_STRINGS
from tests.proposal.strategies import complete_proposals, drafts, json_bytes, mistaken_proposals


def holds_together(document: Document) -> bool:
    """What is true of every document: answers and warnings, or no answers and a blocking problem."""
    blocking = [problem for problem in document.problems if problem.severity is Severity.BLOCKING]
    return (document.answers is None) == bool(blocking) and all(problem.message for problem in document.problems)


@given(complete_proposals | drafts, st.sampled_from([None, 2]))
def test_a_proposal_is_read_without_a_problem(values: object, indent: int | None) -> None:
    document = read_proposal(json_bytes(values, indent))
    assert document.answers is not None
    assert document.problems == ()


@given(mistaken_proposals())
def test_quick_and_careful_reading_agree(values: object) -> None:
    data = json_bytes(values)
    document = read_proposal(data)
    answers, problems, *_ = read_carefully(data, 1)
    assert document.answers == answers
    assert document.problems == problems
    assert holds_together(document)


@given(st.binary(max_size=60))
def test_no_bytes_raise(data: bytes) -> None:
    assert holds_together(read_proposal(data))


@given(drafts, st.data())
def test_no_damaged_file_raises(values: object, data: st.DataObject) -> None:
    whole = json_bytes(values)
    at = data.draw(st.integers(0, len(whole)))
    damaged = whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + data.draw(st.integers(0, 2)) :]
    document = read_proposal(damaged)
    assert holds_together(document)
    for problem in document.problems:
        assert (problem.line is None) == (problem.column is None)
        assert "pydantic" not in problem.message


def test_every_problem_of_a_file_is_told_in_the_order_of_the_file() -> None:
    data = b"""{
  "titel": "x",
  "duration_months": "two",
  "lead": {"country": "UK", "non_profit": yes},
  "budget": {"total": "1.005", "total": "2.00", "lines": [{"amount": -5}]},
  "start_date": "2024-02-30"
}"""
    told = [
        (problem.line, problem.column, problem.pointer, problem.severity) for problem in read_proposal(data).problems
    ]
    assert told == [
        (2, 3, "/titel", "warning"),
        (3, 22, "/duration_months", "blocking"),
        (4, 23, "/lead/country", "blocking"),
        (4, 43, "/lead/non_profit", "blocking"),
        (5, 23, "/budget/total", "blocking"),
        (5, 32, "/budget/total", "blocking"),
        (5, 70, "/budget/lines/0/amount", "blocking"),
        (6, 17, "/start_date", "blocking"),
    ]


def test_an_unknown_field_warns_and_does_no_more() -> None:
    document = read_proposal(b'{"title": "x",\n "co_aplicants": [{"a": 1}]}')
    assert document.answers == {"title": "x"}
    [problem] = document.problems
    assert (problem.severity, problem.pointer, problem.line, problem.column) == ("warning", "/co_aplicants", 2, 2)
    assert problem.hint == "Did you mean `co_applicants`?"


def test_places_are_found_when_asked_for() -> None:
    document = read_proposal(b'{\n  "budget": {"total": "400000.00"},\r\n  "title": "\xc3\xa9", "lead": {}}')
    assert document.place_of("/budget/total") == (2, 23)
    assert document.place_of("/title") == (3, 12)
    assert document.place_of("/lead") == (3, 25)
    assert document.place_of("") == (1, 1)
    assert document.place_of("/lead/country") is None


def test_a_line_of_json_lines_counts_from_its_own_line() -> None:
    document = read_proposal(b'{"title": "x", "titel": 1}', first_line=7)
    assert document.place_of("/title") == (7, 11)
    assert document.problems[0].line == 7


def test_the_checksum_is_that_of_the_file() -> None:
    data = b'\xef\xbb\xbf{"title": "x"}'
    assert read_proposal(data).sha256 == hashlib.sha256(data).hexdigest()
    assert read_proposal(b"").sha256 == hashlib.sha256(b"").hexdigest()


def test_a_byte_order_mark_is_no_problem_and_no_column() -> None:
    document = read_proposal(b'\xef\xbb\xbf{"title": "x"}')
    assert document.answers == {"title": "x"}
    assert document.place_of("") == (1, 1)
    assert read_proposal(b'\xef\xbb\xbf{"titel": "x"}').problems[0].column == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (b" \n\t\r\n", "The file is empty."),
        (b"[]", "This is a list, not one proposal."),
        (b'[{"title": "x"}]', "This is a list, not one proposal."),
        (b"5", "This should be a proposal in braces, not the number 5."),
        (b'"x"', 'This should be a proposal in braces, not the text "x".'),
        (b"null", "This should be a proposal in braces, not null."),
        (b"true", "This should be a proposal in braces, not true."),
        (b"%PDF-1.7\n", "This is a PDF document, not a JSON file."),
        (b"PK\x03\x04xxxx", "This is a zip archive, or a Word or Excel document, not a JSON file."),
        (b"PAR1xxxx", "This is a Parquet table, not a JSON file."),
        (b"\x1f\x8b\x08xxxx", "This is compressed with gzip, not a JSON file."),
        (b"<html>", "This is an XML or HTML document, not a JSON file."),
        (b"# A draft\nformat: mpfcheck-proposal/1\nlead:\n  country: LT\n", "This looks like YAML, not JSON."),
        (b"---\ntitle: x\n", "This looks like YAML, not JSON."),
        (b"- title: x\n", "This looks like YAML, not JSON."),
        (b'title = "x"\n', "This looks like TOML, not JSON."),
        (b"[lead]\ncountry = 'LT'\n", "This looks like TOML, not JSON."),
        (b"title,fund\nx,BMVI\n", "This looks like a table (CSV), not JSON."),
        (b'"title";"fund"\n"x";"BMVI"\n', "This looks like a table (CSV), not JSON."),
        (b"heading\tquantity\tamount", "This looks like a table (CSV), not JSON."),
        (b"proposals/safe docs.json", "This looks like the name of a file, not JSON."),
        (b"C:\\drafts\\one.json", "This looks like the name of a file, not JSON."),
        (b"Dear colleagues,\nour proposal follows.\n", "This looks like plain text, not JSON."),
        (b'"title": "x",\n"fund": "BMVI"\n', "The braces around the proposal are missing."),
        ('{"title": "é"}'.encode("utf-16"), "The file is saved as UTF-16, not UTF-8."),
        ('{"title": "é"}'.encode("utf-16-le"), "The file is saved as UTF-16, not UTF-8."),
        ('{"title": "é"}'.encode("utf-16-be"), "The file is saved as UTF-16, not UTF-8."),
        ('{"title": "é"}'.encode("utf-32"), "The file is saved as UTF-32, not UTF-8."),
        ('{"title": "é"}'.encode("latin-1"), "The byte 0xE9 is not UTF-8."),
        (b'{"title": "\xed\xa0\x80"}', "The byte 0xED is not UTF-8."),
        (b'{"title": "\xc0\x80"}', "The byte 0xC0 is not UTF-8."),
        (b'{"title": "x', "The closing quote of this text is missing."),
        (b"\x00" * 40, "This is a file of zero bytes, not a JSON file."),
        (b"[" * 100_000, "This is a list, not one proposal."),
        (
            b'{"annex": ' + b'{"a":' * 150 + b"1" + b"}" * 151,
            "Lists and objects are nested deeper than 100 levels here.",
        ),
        (b'{"x": ' + b"[" * 150 + b"]" * 150 + b"}", "Lists and objects are nested deeper than 100 levels here."),
        (
            b'{"title": "a", "title": "b"}',
            'The field "title" is here a second time. The first is in line 1, column 2.',
        ),
        (b'{"x": 1e400}', "This number has more than 100 places."),
    ],
)
def test_what_is_no_proposal_is_said_to_be_what_it_is(data: bytes, said: str) -> None:
    document = read_proposal(data)
    assert document.answers is None
    assert said in [problem.message for problem in document.problems]


@pytest.mark.parametrize("length", [100, 300, 5000])
@pytest.mark.parametrize("seed", range(5))
def test_bytes_that_are_no_text_get_no_advice_on_json(seed: int, length: int) -> None:
    data = b"\xff{" + Random(seed).randbytes(length)  # noqa: S311 - not for secrets
    document = read_proposal(data)

    assert document.answers is None
    assert [(one.message, one.hint) for one in document.problems] == [
        ("This is not a text file.", "Give the proposal as a JSON file.")
    ]


@pytest.mark.parametrize(
    "text", ["[null, 5]", "[lead]", "# no comment in JSON\n{}", "{title: x,\nfund: y}", "true", "x"]
)
def test_what_may_be_meant_as_json_is_read_as_json(text: str) -> None:
    assert not any("looks like" in problem.message for problem in read_proposal(text.encode()).problems)


def test_the_other_problems_of_a_wrongly_encoded_file_are_told_with_the_first() -> None:
    document = read_proposal('{"title": "é",\n "fund": 5}'.encode("latin-1"))
    assert [(problem.line, problem.column) for problem in document.problems] == [(1, 12), (2, 10)]


def test_a_document_that_is_too_large_is_not_read() -> None:
    document = read_proposal(b'{"title": "' + b"x" * MAX_DOCUMENT_BYTES + b'"}')
    assert document.answers is None
    assert "larger than 10 MiB" in document.problems[0].message


def test_a_document_of_the_largest_size_is_read() -> None:
    data = b'{"title": "' + b"x" * (MAX_DOCUMENT_BYTES - 13) + b'"}'
    assert len(data) == MAX_DOCUMENT_BYTES
    assert read_proposal(data).problems == ()


def test_too_many_values_are_refused_however_good_they_are() -> None:
    document = read_proposal(b'{"target_countries": [' + b'"LT",' * MAX_VALUES + b'"LT"]}')
    assert f"There are more than {MAX_VALUES} values." in [problem.message for problem in document.problems]


def test_very_many_mistakes_are_counted_not_listed() -> None:
    document = read_proposal(b'{"target_countries": [' + b'"??",' * 50_000 + b'"LT"]}')
    assert len(document.problems) < 250


def test_naughty_strings_are_text_like_any_other() -> None:
    for naughty in NAUGHTY_STRINGS:
        values = {"title": naughty, "lead": {"name": naughty}, "activities": [{"description": naughty}]}
        assert read_proposal(json.dumps(values).encode()).answers == values
        assert read_plain(*json_values(values)).answers == values
        for field in ("start_date", "lead", "budget", "target_countries"):
            assert holds_together(read_proposal(json.dumps({field: naughty, naughty: 1}).encode()))
        assert holds_together(read_proposal(naughty.encode()))


@given(complete_proposals)
def test_a_programs_values_are_read_like_a_file(values: dict[str, object]) -> None:
    document = read_plain(*json_values(values))
    assert document.answers == read_proposal(json_bytes(values)).answers
    assert document.sha256 is None
    assert document.place_of("/title") is None


def test_a_programs_mistakes_are_problems_too() -> None:
    document = read_plain(*json_values({"budget": {"total": 0.1}, "titel": "x"}))
    assert document.answers is None
    assert {problem.pointer: problem.severity for problem in document.problems} == {
        "/budget/total": "blocking",
        "/titel": "warning",
    }


def test_numbers_are_exact() -> None:
    document = read_proposal(b'{"budget": {"total": 9999999999999.99, "lines": [{"unit_cost": 0.1}]}}')
    assert document.answers == {
        "budget": {"total": Decimal("9999999999999.99"), "lines": [{"unit_cost": Decimal("0.1")}]}
    }


def test_a_good_file_needs_neither_pydantic_nor_the_careful_reader() -> None:
    import subprocess

    code = (
        "import sys\n"
        "from mpfcheck.reading.document import read_proposal\n"
        'document = read_proposal(b\'{"title": "x"}\')\n'
        "assert document.answers and document.place_of('/title')\n"
        "late = {'pydantic', 'pydantic_core', 'jsonschema', 'yaml', 'click', 'difflib', 'typing_extensions'}\n"
        "assert not late & set(sys.modules), late & set(sys.modules)\n"
    )
    # The command is this test's own.
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path)})
