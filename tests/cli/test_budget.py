"""``mpfcheck budget``: a budget goes out as a workbook and comes back, and nothing is guessed, rounded or lost."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.cli.conftest import CALL, EXAMPLES, Cli, Ended

OFFICE = shutil.which("soffice")
LEAD = "State Border Guard Service"
HEADS = ("Costs", "Unit", "# of units", "Unit value (in EUR)", "Total Cost (in EUR)")


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return Path(shutil.copy(EXAMPLES / "eligible-lithuania-moldova.json", tmp_path / "draft.json"))


def answers(draft: Path) -> Any:
    return json.loads(draft.read_text("utf-8"))


def written(cli: Cli, draft: Path) -> Path:
    place = draft.with_name("budget.xlsx")
    ended = cli("budget", "write", draft, "-o", place)
    assert (ended.code, ended.err) == (0, "")
    return place


def table(folder: Path, rows: list[tuple[object, ...]], name: str = "table.xlsx", sheet: str = "Budget") -> Path:
    return tables(folder, {sheet: rows}, name)


def tables(folder: Path, sheets: dict[str, list[tuple[object, ...]]], name: str = "table.xlsx") -> Path:
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved, {"in_memory": True, "strings_to_formulas": False})
    for sheet, rows in sheets.items():
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    book.close()
    place = folder / name
    place.write_bytes(saved.getvalue())
    return place


def read(cli: Cli, file: Path, draft: Path, *options: str) -> Ended:
    return cli("budget", "read", file, draft, *options)


def test_what_was_written_is_read_back_without_a_change(cli: Cli, draft: Path) -> None:
    before = draft.read_bytes()
    ended = read(cli, written(cli, draft), draft)

    assert (ended.code, ended.out) == (0, "8 lines read. The draft has this budget already.\n")
    assert draft.read_bytes() == before


@pytest.mark.skipif(OFFICE is None, reason="there is no LibreOffice here")
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_libreoffice_computes_the_same_and_saves_what_is_read_back(cli: Cli, draft: Path, ending: str) -> None:
    """It works out every formula anew: the sums are those of the draft, and no cell holds an error."""
    written(cli, draft)
    out = draft.parent / "office"
    command = [
        *(str(OFFICE), f"-env:UserInstallation=file://{draft.parent / 'profile'}", "--headless"),
        *("--convert-to", ending, "--outdir", str(out), str(draft.with_name("budget.xlsx"))),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    saved = out / f"budget.{ending}"
    cells = [
        cell
        for name in ("Budget", "By applicant", "Sources of funding")
        for row in CalamineWorkbook.from_path(saved).get_sheet_by_name(name).to_python()
        for cell in row
    ]

    assert {154250.0, 245750.0, 400000.0, 0.95} <= {cell for cell in cells if isinstance(cell, float)}
    assert [cell for cell in cells if isinstance(cell, str) and cell.startswith(("#", "Err:"))] == []
    assert read(cli, saved, draft).out == "8 lines read. The draft has this budget already.\n"


def test_the_template_has_the_headings_of_the_call_and_computes(cli: Cli, tmp_path: Path) -> None:
    place = tmp_path / "t.xlsx"
    assert cli("budget", "template", CALL, "-o", place).code == 0
    book = CalamineWorkbook.from_path(place)
    rows = book.get_sheet_by_name("Budget").to_python(skip_empty_area=False)
    names = [row[1] for row in rows]

    assert "1. Human resources" in names
    assert "8. Indirect costs (usually at most 7 % of the direct costs)" in names
    assert "10. Total costs" in names
    assert book.sheet_names == [
        "Budget",
        "By applicant",
        "Sources of funding",
        "Applicants",
        "How to fill in",
        "mpfcheck",
    ]


def test_the_same_budget_is_the_same_file_whenever_it_is_written(cli: Cli, draft: Path) -> None:
    made = zipfile.ZipFile(written(cli, draft))
    assert b">2000-01-01T00:00:00Z</dcterms:created>" in made.read("docProps/core.xml")
    assert {part.date_time for part in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_formulas_lists_and_locks_are_in_the_file(cli: Cli, draft: Path) -> None:
    with zipfile.ZipFile(written(cli, draft)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()

    assert 'IF(OR(E6="",F6=""),"",ROUND(E6*F6,2))'.replace('"', "&quot;") in sheet or "ROUND(E6*F6,2)" in sheet
    assert "<sheetProtection" in sheet
    assert "<dataValidation" in sheet
    assert 'hidden="1"' in sheet


def test_a_line_that_has_a_name_and_an_applicant_only_is_read(cli: Cli, draft: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("Heading", "Description", "Applicant", "Quantity", "Unit cost", "Amount"),
        ("Travel", "Flights", LEAD, 4, 250, 1000),
        ("Travel", "Flight to come", LEAD, "", "", ""),
    ]
    shown = read(cli, table(draft.parent, rows), draft)

    assert "2 lines read" in shown.out
    assert "Flight to come" in shown.out


def test_text_of_a_draft_is_never_a_formula(cli: Cli, draft: Path) -> None:
    data = answers(draft)
    evil = '=HYPERLINK("http://x.example","y")'
    data["title"] = data["lead"]["name"] = data["budget"]["lines"][0]["description"] = evil
    data["budget"]["lines"][1]["unit"] = "+1+1"
    draft.write_text(json.dumps(data), encoding="utf-8")
    with zipfile.ZipFile(written(cli, draft)) as packed:
        formulas = b"".join(packed.read(name) for name in packed.namelist() if "worksheets/" in name)
    assert b"<f>HYPERLINK" not in formulas
    assert b"<f>1+1" not in formulas
    assert read(cli, draft.with_name("budget.xlsx"), draft).code == 0


def test_a_change_is_shown_first_and_taken_only_then(cli: Cli, draft: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("id", "Heading", "Description", "Applicant", "Unit", "Quantity", "Unit cost", "Amount"),
        ("1.1", "Human resources", "Trainers, State Border Guard Service", LEAD, "month", 24, 6000, 144000),
        ("", "Travel", "Flights", "General Inspectorate of Border Police", "flight", 4, 250.5, 1002),
    ]  # fmt: skip
    file = table(draft.parent, rows)
    before = draft.read_bytes()
    shown = read(cli, file, draft)

    assert shown.code == 1
    assert "Unit cost: EUR 5 000.00 → EUR 6 000.00" in shown.out
    assert "+ 1 Flights" in shown.out
    assert "- 2.1 Study visits to Lithuania" in shown.out
    assert "EUR 400 000.00 → EUR 145 002.00" in shown.out
    assert "--yes" in shown.err
    assert draft.read_bytes() == before

    taken = read(cli, file, draft, "--yes")
    assert taken.code == 0
    lines = answers(draft)["budget"]["lines"]
    assert [(line["id"], line["amount"]) for line in lines] == [("1.1", "144000.00"), ("1", "1002.00")]
    assert answers(draft)["budget"]["total"] == "145002.00"
    assert read(cli, file, draft).code == 0


def test_the_shape_of_eu_budgets_is_read_by_its_headings(cli: Cli, draft: Path) -> None:
    """All years, then year 1 again; numbers before names; sums and empty rows between; indirect costs and reserve."""
    rows: list[tuple[object, ...]] = [
        ("Budget for the Action", "All Years", "", "", "", "Year 1"),
        (*HEADS, *HEADS[1:]),
        ("1. Human Resources",),
        ("1.1 Salaries (gross salaries including social security charges)",),
        ("   1.1.1 Technical", "Per month", 24, 5000, 120000, "Per month", 12, 5000, 60000),
        ("   1.1.2 Administrative/ support staff", "Per month", "", "", 0),
        ("Subtotal Human Resources", "", "", "", 120000),
        ("2. Travel",),
        ("2.1. International travel", "Per flight", 10, 400.25, 4002.5),
        ("Subtotal Travel", "", "", "", 4002.5),
        ("7.  Subtotal direct eligible costs of the Action (1 to 6)", "", "", "", 124002.5),
        ("8. Indirect costs (maximum 7% of 7, subtotal of direct eligible costs)", "", "", "", 8680.17),
        ("9. Total eligible costs of the Action, excluding reserve (7+8)", "", "", "", 132682.67),
        ("10. Provision for contingency reserve (maximum 5% of 7)", "", "", "", 1000),
        ("11. Total eligible costs (9+10)", "", "", "", 133682.67),
    ]
    ended = read(cli, table(draft.parent, rows, sheet="1. Budget"), draft, "--yes")

    assert ended.code == 0, ended
    lines = [
        (line.get("id"), line["heading"], line["description"], line["amount"])
        for line in answers(draft)["budget"]["lines"]
    ]
    assert lines == [
        ("1.1.1", "human_resources", "Technical", "120000.00"),
        ("2.1", "travel", "International travel", "4002.50"),
        ("8", "indirect_costs", "Indirect costs (maximum 7% of 7, subtotal of direct eligible costs)", "8680.17"),
        ("10", "contingency_reserve", "Provision for contingency reserve (maximum 5% of 7)", "1000.00"),
    ]  # fmt: skip
    assert "Not read, because they have no cost: 1. Budget!A6." in " ".join(ended.out.split())
    assert "add up to" not in ended.out


FUNDING: list[tuple[object, ...]] = [
    ("3. Expected sources of funding & summary of estimated costs1",),
    ("Expected sources of funding", "", "Amount", "Percentage of total"),
    ("", "", "(in EUR)", "(%)"),
    ("EU/EDF contribution sought in this application (A)", "", 10, 0.5),
    ("Co-financing2 (Other contributions (Applicant, other Donors etc))", "", 9),
    ("Name", "Conditions"),
    (LEAD, "none", 4),
    ("Ministry of the Interior", "letter", 3.5),
    ("To be inserted if applicable: In-kind contributions",),
    ("A museum", "", 1.5),
    ("Revenue from the Action", "", 1),
    ("Expected TOTAL CONTRIBUTIONS", "", 20),
    ("ESTIMATED COSTS",),
    ("Estimated TOTAL ELIGIBLE COSTS (B)", "", 20),
    ("EU/EDF contribution expressed as a percentage of total eligible costs", "", "", 0.5),
]
OLD_FUNDING: list[tuple[object, ...]] = [
    ("Annex III. Expected sources of funding",),
    ("Source", "Amount", "Percentage"),
    ("Applicant's financial contribution", 4, 0.2),
    ("Commission/EDF contribution sought in this application", 16, 0.8),
    ("Contributions from other organisations",),
    ("TOTAL CONTRIBUTIONS", 20, 1),
]
COSTS: list[tuple[object, ...]] = [HEADS, ("1. Travel",), ("Flight", "flight", 2, 10, 20)]


@pytest.mark.parametrize(
    ("rows", "grant", "sources", "said"),
    [
        (
            FUNDING,
            "10.00",
            [
                {"source": "lead", "kind": "staff_salaries", "amount": "4.00"},
                {"source": "Ministry of the Interior", "amount": "3.50"},
                {"source": "A museum", "amount": "1.50", "kind": "in_kind"},
            ],
            ("3. Funding!C11", "3. Funding!C12 says 20, but the grant and the co-financing add up to 19.00."),
        ),
        (OLD_FUNDING, "16.00", [{"source": "lead", "kind": "staff_salaries", "amount": "4.00"}], ()),
    ],
    ids=["today's model", "the model of 2008"],
)
def test_the_sources_of_funding_of_eu_budgets_are_read_by_their_headings(
    cli: Cli, draft: Path, rows: list[tuple[object, ...]], grant: str, sources: list[object], said: tuple[str, ...]
) -> None:
    """The kind of a source, of which the model says nothing, stays as it is in the draft."""
    ended = read(cli, tables(draft.parent, {"1. Budget": COSTS, "3. Funding": rows}), draft, "--yes")

    assert ended.code == 0, ended
    assert answers(draft)["financing"] == {"grant_requested": grant, "contributions": sources}
    assert all(one in " ".join(ended.out.split()) for one in said)


def test_funding_that_cannot_be_read_is_named_and_asked_for(cli: Cli, draft: Path) -> None:
    before = answers(draft)["financing"]
    ended = read(
        cli, tables(draft.parent, {"Budget": COSTS, "Sources of funding, 2": [("Us", 4), ("EU", 16)]}), draft, "--yes"
    )

    assert '"Sources of funding, 2" was not read. Answer these questions in the form.' in " ".join(ended.out.split())
    assert answers(draft)["financing"] == before


def test_a_whole_budget_closes_its_list_unless_more_may_come(cli: Cli, draft: Path) -> None:
    data = {**answers(draft), "open": ["/budget/lines", "/co_applicants"]}
    draft.write_text(json.dumps(data), encoding="utf-8")
    file = written(cli, draft)
    shown = read(cli, file, draft)

    assert (shown.code, read(cli, file, draft, "--unfinished").code) == (1, 0)
    assert "This list is complete: no more will come." in shown.out
    assert read(cli, file, draft, "--yes").code == 0
    assert answers(draft)["open"] == ["/co_applicants"]
    assert read(cli, file, draft, "--unfinished", "--yes").code == 0
    assert answers(draft)["open"] == ["/co_applicants", "/budget/lines"]


def test_a_number_before_a_name_is_an_id_under_its_heading_only(cli: Cli, draft: Path) -> None:
    """Another table counts in another way: its line 8 is not the draft's, and takes nothing over from it."""
    rows = [HEADS, ("1. Travel",), ("3.1 Flight", "flight", 2, 10, 20)]
    assert read(cli, table(draft.parent, rows), draft, "--yes").code == 0

    (line,) = answers(draft)["budget"]["lines"]
    assert (line["id"], line["description"], line.get("applicant")) == ("3.1", "Flight", None)


def test_an_error_in_a_cell_is_not_an_empty_cell(cli: Cli, draft: Path) -> None:
    place = draft.with_name("error.xlsx")
    with xlsxwriter.Workbook(place) as book:
        sheet = book.add_worksheet("Budget")
        for number, row in enumerate(COSTS):
            sheet.write_row(number, 0, row)
        sheet.write_formula("E3", "=1/0", None, "#DIV/0!")
    ended = read(cli, place, draft, "--yes")

    assert ended.code == 3
    assert "Budget!E3 This formula has an error (#DIV/0!)." in " ".join(ended.out.split())


def test_a_long_text_of_the_workbook_has_room_in_its_row(cli: Cli, draft: Path) -> None:
    """LibreOffice keeps the height that a file gives for its rows; a text that wraps would lie over the next row."""
    import re

    data = answers(draft)
    data["title"] = data["lead"]["name"] = data["budget"]["lines"][0]["description"] = "many words " * 30
    draft.write_text(json.dumps(data), encoding="utf-8")
    with zipfile.ZipFile(written(cli, draft)) as packed:
        sheets = [packed.read(f"xl/worksheets/sheet{number}.xml").decode() for number in range(1, 6)]
    heights = [[float(height) for height in re.findall(r' ht="([0-9.]+)"', sheet)] for sheet in sheets]
    budget, by_applicant, funding, applicants, guide = (sorted(one, reverse=True) for one in heights)

    # 330 letters in columns of 30, 18, 40 and 60; a line is at least 12 points high.
    assert budget[0] >= 11 * 12
    assert by_applicant[0] >= 18 * 12
    assert funding[0] >= 8 * 12
    assert applicants[0] >= 5 * 12
    assert guide[0] >= 2 * 12


def test_a_total_that_differs_from_the_lines_is_said(cli: Cli, draft: Path) -> None:
    rows: list[tuple[object, ...]] = [HEADS, ("1. Travel",), ("Flight", "flight", 1, 10, 10), ("Total", "", "", "", 11)]
    ended = read(cli, table(draft.parent, rows), draft)

    assert "Budget!E4 says 11, but the lines that were read add up to 10.00." in " ".join(ended.out.split())


@pytest.mark.parametrize(
    ("cell", "place", "said"),
    [
        (5501.815, "Budget!E3", "5501.815 has more than two decimals"),
        (-5, "Budget!E3", "negative"),
        ("about 500", "Budget!E3", "about 500"),
        ("400.000", "Budget!E3", "400.000"),
    ],
)
def test_what_cannot_be_taken_names_its_cell_and_changes_nothing(
    cli: Cli, draft: Path, cell: object, place: str, said: str
) -> None:
    before = draft.read_bytes()
    rows: list[tuple[object, ...]] = [HEADS, ("1. Travel",), ("Flight", "flight", "", "", cell)]
    ended = read(cli, table(draft.parent, rows), draft, "--yes")

    assert ended.code == 3
    assert "NOT READ" in ended.out
    assert place in ended.out
    assert said in " ".join(ended.out.split())
    assert draft.read_bytes() == before


HOTEL = ("Travel", "Hotel", 2, 50, 100)
PLAIN = ("Heading", "Description", "Quantity", "Unit cost", "Amount")


@pytest.mark.parametrize(
    ("sheets", "code", "said"),
    [
        ({"A": [PLAIN, HOTEL], "B": [PLAIN, HOTEL]}, 1, "These sheets look like the budget: A, B. A was read."),
        ({"A": [(*PLAIN, "Total cost"), (*HOTEL, 300)]}, 1, "There are larger amounts under the same head: F."),
        ({"A": [(*PLAIN, "Total cost"), (*HOTEL, 50)]}, 1, "1 line read."),
        ({"A": [PLAIN, (*HOTEL[:4], 0)]}, 1, "not the quantity multiplied by the unit cost: A!E2."),
        ({"A": [PLAIN, HOTEL, ("", "Sum travel", "", "", 100), ("Zwischensumme", "", "", "", 100)]}, 1, "1 line read."),
        ({"A": [(*PLAIN[:4], "Amount (kEUR)"), HOTEL]}, 3, 'A!E1 "Amount (kEUR)" is not in EUR.'),
        ({"A": [(*PLAIN[:4], "Amount (EUR 000)"), HOTEL]}, 3, "is not in EUR."),
        ({"A": [(*PLAIN[:3], "Unit cost (prices of 2000)", "Amount"), HOTEL]}, 1, "1 line read."),
        (
            {"A": [(*PLAIN[:3], "Unit cost (USD)", "Amount"), HOTEL]},
            3,
            "is in another currency.",
        ),
    ],
)
def test_what_would_mislead_in_a_table_of_others_is_said_or_refused(
    cli: Cli, draft: Path, sheets: dict[str, list[tuple[object, ...]]], code: int, said: str
) -> None:
    ended = read(cli, tables(draft.parent, sheets), draft)

    assert ended.code == code
    assert said in " ".join(ended.out.split())
    assert ("larger" in ended.out) == ("larger" in said)


def test_hidden_rows_are_read_and_named(cli: Cli, draft: Path) -> None:
    """A program that opens the table does not show them, but its totals count them."""
    place = draft.with_name("hidden.xlsx")
    with xlsxwriter.Workbook(place) as book:
        sheet = book.add_worksheet("Budget")
        for number, row in enumerate((PLAIN, HOTEL, HOTEL)):
            sheet.write_row(number, 0, row)
        sheet.set_row(2, None, None, {"hidden": True})
    assert "These rows are hidden, and were read too: Budget!A3." in " ".join(read(cli, place, draft).out.split())


def test_a_formula_without_a_value_says_what_to_do(cli: Cli, draft: Path) -> None:
    file = table(draft.parent, [HEADS, ("1. Travel",), ("Flight", "flight", 2, 10, 20)])
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b'<c r="E3"><v>20</v></c>', b'<c r="E3"><f>C3*D3</f></c>')
    assert b"C3*D3" in sheet
    with zipfile.ZipFile(file, "w") as packed:
        for name, part in {**parts, "xl/worksheets/sheet1.xml": sheet}.items():
            packed.writestr(name, part)
    ended = read(cli, file, draft)

    assert ended.code == 3
    assert "Budget!E3" in ended.out
    assert "Open the file in your spreadsheet program, save it" in " ".join(ended.out.split())


def test_an_applicant_that_is_not_there_is_named(cli: Cli, draft: Path) -> None:
    rows: list[tuple[object, ...]] = [("Costs", "Partner", "Total"), ("Flight", "Nobody Ltd", 10)]
    ended = read(cli, table(draft.parent, rows), draft)

    assert ended.code == 3
    assert "Budget!B2" in ended.out


@pytest.mark.parametrize(
    "text",
    [
        "Heading\tDescription\tQuantity\tUnit cost\tAmount\nTravel\tFlight\t2\t10,50\t21,00\n",
        "Heading;Description;Quantity;Unit cost;Amount\nTravel;Flight;2;10,50;21,00\n",
    ],
    ids=["tabs", "semicolons"],
)
def test_a_plain_table_of_text_is_read(cli: Cli, draft: Path, text: str) -> None:
    file = draft.with_name("table.csv")
    file.write_text(text, encoding="utf-8")
    assert read(cli, file, draft, "--yes").code == 0

    (line,) = answers(draft)["budget"]["lines"]
    assert (line["heading"], line["quantity"], line["unit_cost"], line["amount"]) == ("travel", "2", "10.50", "21.00")


def test_columns_that_are_not_known_are_asked_for_in_words(cli: Cli, draft: Path) -> None:
    file = draft.with_name("table.csv")
    file.write_text("Was;Preis\nFlug;1000\n", encoding="utf-8")
    asked = read(cli, file, draft)

    assert asked.code == 2
    assert 'The columns are: A "Was", B "Preis".' in asked.err
    assert "--column description=A --column amount=B" in asked.err
    assert read(cli, file, draft, "--column", "description=A", "--column", "amount=B", "--yes").code == 0
    assert answers(draft)["budget"]["lines"][0]["amount"] == "1000.00"


def test_a_table_without_lines_does_not_empty_a_budget(cli: Cli, draft: Path) -> None:
    place = draft.with_name("t.xlsx")
    cli("budget", "template", CALL, "-o", place)
    before = draft.read_bytes()
    ended = read(cli, place, draft, "--yes")

    assert (ended.code, draft.read_bytes()) == (3, before)
    assert "no line with a cost" in ended.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("write", "draft.json", "-o", "x.ods"), 2, "Its name must end in .xlsx."),
        (("write", "none.json", "-o", "x.xlsx"), 3, "There is no draft"),
        (("template", "no-call", "-o", "x.xlsx"), 2, "There is no call no-call."),
        (("read", "none.xlsx", "draft.json"), 3, "cannot be read"),
        (("read", "draft.json", "draft.json", "--column", "total=A"), 2, "A budget line has no field total."),
        (("read", "draft.json", "draft.json", "--column", "amount"), 2, "is not of the form"),
    ],
)
def test_errors_are_in_words(cli: Cli, draft: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    os.chdir(draft.parent)
    ended = cli("budget", *arguments)

    assert ended.code == code
    assert said in " ".join(ended.err.split())
    assert "Traceback" not in ended.err


def test_a_terminal_is_asked_which_column_is_what(cli: Cli, draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Question by question of the form; a column that is not there is asked again."""
    file = draft.with_name("table.csv")
    file.write_text("Was;Preis\nFlug;1000\n", encoding="utf-8")
    typed = iter(["", "a", "", "", "", "", "z", "B"])
    asked: list[str] = []

    def prompt(words: str, **_: object) -> str:
        asked.append(words)
        return next(typed)

    monkeypatch.setattr("click.prompt", prompt)
    monkeypatch.setattr("mpfcheck.cli.budget._at_a_terminal", lambda: True)
    ended = read(cli, file, draft, "--yes")

    assert ended.code == 0
    assert asked[-2:] == ["Amount", "Amount (A, B)"]
    assert answers(draft)["budget"]["lines"][0]["amount"] == "1000.00"
