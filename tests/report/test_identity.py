"""Which project it is: every format says so, wherever it names an input, and reads it back."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO

import pytest

import mpfcheck
from mpfcheck.checking.report import InputReference, LeadReference, ProposalReport
from mpfcheck.proposal.answers import json_values
from mpfcheck.reading.document import read_plain, read_proposal
from mpfcheck.report.as_text import write_blocks
from mpfcheck.report.comparison import compare
from mpfcheck.report.formats import reporter_of
from mpfcheck.report.overview import Overview
from mpfcheck.report.page import LinePage
from mpfcheck.report.read_back import read_back
from mpfcheck.report.say.comparison import comparison, what_if_blocks
from mpfcheck.report.style import Style
from mpfcheck.report.words import LONGEST_NAME, project, project_in_full, project_name
from tests.report.overviews import everything
from tests.report.samples import BROKEN, EXCLUSION, GRANT, PERSON, report

FORMATS = ("text", "json", "jsonl", "csv", "html", "markdown", "junit", "sarif")
LEAD = LeadReference("Border Guard", "LV")
WHOLE = InputReference("a.jsonl", 4, None, "Detecting forged documents", "SAFE-DOCS", LEAD, "380000.00", "400000.00")
REPORTS = [
    report("ineligible", GRANT, input=WHOLE),
    report("inconclusive", BROKEN, input=WHOLE),
    report("incomplete", EXCLUSION, GRANT, input=WHOLE),
    report("review", PERSON, GRANT, input=WHOLE),
]


def write(format_name: str, *reports: ProposalReport, overview: Overview | None = None) -> str:
    pieces: list[str] = []
    reporter = reporter_of(format_name, pieces.append, version="1")
    for one in reports:
        reporter.add(one)
    reporter.finish(*([overview] if overview else []))
    return "".join(pieces)


@pytest.mark.parametrize("one", REPORTS, ids=lambda one: one.verdict.value)
@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("number", [1, 2])
def test_every_format_names_the_project_of_every_proposal(format_name: str, one: ProposalReport, number: int) -> None:
    """Alone on its page and among others."""
    text = write(format_name, *[one] * number).replace("\\-", "-")

    assert text.count("SAFE-DOCS") >= number
    assert text.count("Border Guard") >= number


@pytest.mark.parametrize("format_name", FORMATS)
def test_without_an_acronym_the_title_names_it(format_name: str) -> None:
    nameless = InputReference("a.json", None, None, "Detecting forged documents", " ", None)

    assert "Detecting forged documents" in write(format_name, report("ineligible", GRANT, input=nameless))


@pytest.mark.parametrize("format_name", FORMATS)
def test_what_names_nothing_leaves_no_empty_marks(format_name: str) -> None:
    for empty in (InputReference("a", None, None), InputReference("a", None, None, "", " ", LeadReference("", None))):
        assert "·" not in re.sub(
            r"</?\w[^>]*>|\\u00b7", "", write(format_name, report("ineligible", GRANT, input=empty))
        )
        assert project(empty) == project_in_full(empty) == ""
        assert project_name(empty) == "a"


def test_in_lists_a_long_name_is_cut_and_in_the_head_of_a_report_it_is_whole() -> None:
    long = InputReference("a", None, None, "word " * 100, None, LeadReference("x" * 500, "LV"))

    assert all(len(part) <= LONGEST_NAME for part in project(long).split(" · "))
    assert project(long).count("…") == 2
    assert ("word " * 100).strip() in project_in_full(long)


def test_every_list_of_proposals_names_the_project_beside_the_path() -> None:
    """What they say together, what another day would change, and how they differ from an older run."""
    other = InputReference("b.json", None, None, "Mobile posts", None, LEAD)
    one, two = report("ineligible", GRANT, input=WHOLE), report("ineligible", GRANT, input=other)
    of_all = everything(one, two)
    page = LinePage(80, Style())
    assert of_all.what_if is not None
    write_blocks(page, what_if_blocks(of_all.what_if))
    write_blocks(page, comparison(compare([one], [two, report("eligible", input=WHOLE)])))
    write_blocks(page, comparison(compare([one, two], [one])))
    text = page.text() + write("text", one, two, overview=of_all)

    for line in text.splitlines():
        if line.strip().startswith("a.jsonl, line 4"):
            assert "a.jsonl, line 4 · SAFE-DOCS · Border Guard" in line or line.endswith("; b.json"), line
        if line.strip().startswith("b.json"):
            assert "b.json · Mobile posts · Border Guard" in line, line
    assert text.count("· Mobile posts · Border Guard") > 5


def test_the_table_has_columns_for_project_and_money() -> None:
    (row,) = csv.DictReader(StringIO(write("csv", report("ineligible", GRANT, input=WHOLE)), newline=""), strict=True)

    names = ("proposal_title", "proposal_acronym", "lead_name", "lead_country", "grant_requested", "total")
    assert [row[name] for name in names] == [
        *("Detecting forged documents", "SAFE-DOCS", "Border Guard", "LV", "380000.00", "400000.00")
    ]


ANSWERS = {
    "title": " Two\nlines ",
    "acronym": "X",
    "lead": {"name": "Border Guard", "country": "LV"},
    "financing": {"grant_requested": 200000},
    "budget": {"total": "400000.5"},
}


def test_what_was_answered_is_in_the_report_as_it_was_answered() -> None:
    for document in (read_plain(*json_values(ANSWERS)), read_proposal(json.dumps(ANSWERS).encode())):
        assert document.reference("p", 3, checksum=False) == InputReference(
            "p", 3, None, " Two\nlines ", "X", LEAD, "200000", "400000.5"
        )


@pytest.mark.parametrize(
    ("more", "left_out"),
    [
        ({"duration_months": "two"}, {}),
        ({"budget": {"total": "400.000,00"}}, {"total": None}),
        ({"financing": {"grant_requested": [1]}}, {"grant_requested": None}),
        ({"lead": "Border Guard"}, {"lead": None}),
        ({"lead": {"name": 3, "country": "LV"}}, {"lead": LeadReference(None, "LV")}),
        ({"title": {"text": "x"}}, {"title": None}),
    ],
)
def test_a_file_that_is_no_proposal_is_named_by_what_can_be_read_of_it(
    more: dict[str, object], left_out: dict[str, object]
) -> None:
    wrong = {**ANSWERS, **more}
    whole = {"title": " Two\nlines ", "acronym": "X", "lead": LEAD, "grant_requested": "200000", "total": "400000.5"}
    for document in (read_plain(*json_values(wrong)), read_proposal(json.dumps(wrong).encode())):
        assert document.answers is None
        reference = document.reference(None, None)
        assert {name: getattr(reference, name) for name in whole} == {**whole, **left_out}


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff\xfe\x00", b"nonsense", b'"title"', b'{"title": "a", "title": "b"'])
def test_what_is_no_object_at_all_names_nothing_it_did_not_read(data: bytes) -> None:
    reference = read_proposal(data).reference("p", None)

    assert reference.lead is None
    assert reference.title in (None, "a", "b")


def test_a_report_of_an_earlier_version_is_still_read() -> None:
    """Those that it wrote do not say which project it was."""
    written = json.loads(write("json", report("ineligible", GRANT, input=WHOLE)))
    (one,) = written["reports"]
    one["input"] = {name: one["input"][name] for name in ("path", "line", "sha256")}
    for name in ("outlook", "repair", "assessments"):
        del one[name]

    (found,) = read_back(json.dumps(written).encode())
    assert found == report("ineligible", GRANT, input=InputReference("a.jsonl", 4, None))
    (found,) = mpfcheck.read_reports(json.dumps(one))
    assert found.input == InputReference("a.jsonl", 4, None)


@pytest.mark.parametrize("format_name", ["json", "jsonl"])
def test_it_is_read_back_as_it_was_written(format_name: str) -> None:
    some = [report("ineligible", GRANT, input=WHOLE), report("eligible", input=InputReference("b", None, None))]

    assert read_back(write(format_name, *some).encode()) == tuple(some)
