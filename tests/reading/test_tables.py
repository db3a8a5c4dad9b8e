"""Tables from other programs: what they hold, exactly; and nothing that a hostile file can do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from multiprocessing.connection import Connection

import pytest
import xlsxwriter

from mpfcheck.reading import tables
from mpfcheck.reading.tables import MAX_ROWS, Sheet, TableError, Tables, cell_name, read_table_file, read_text_table

Fill = Callable[[xlsxwriter.Workbook], None]


def workbook(fill: Fill) -> bytes:
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved, {"in_memory": True})
    fill(book)
    book.close()
    return saved.getvalue()


def one_cell(book: xlsxwriter.Workbook) -> None:
    book.add_worksheet("Budget").write("B2", "text")


def rezipped(data: bytes, change: dict[str, bytes]) -> bytes:
    """A workbook with some of its parts replaced or added."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, content in change.items():
            new.writestr(name, content)
    return saved.getvalue()


def only(tables: Tables) -> Sheet:
    (sheet,) = tables.sheets
    return sheet


def refused(data: bytes, name: str = "budget.xlsx") -> str:
    with pytest.raises(TableError) as error:
        read_table_file(data, name)
    return str(error.value)


def test_values_are_exact_to_the_digits_a_spreadsheet_keeps() -> None:
    """0.1 + 0.2 is 0.3 to whoever sees it, and 1000.1 * 3 is 3000.3."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Budget")
        for column, value in enumerate((0.1 + 0.2, 1000.1 * 3, 5501.815, 24, " text ", True)):
            sheet.write(0, column, value)
        sheet.write_datetime(0, 6, date(2024, 3, 1), book.add_format({"num_format": "yyyy-mm-dd"}))

    row = only(read_table_file(workbook(fill), "b.xlsx")).rows[0]

    expected = (Decimal("0.3"), Decimal("3000.3"), Decimal("5501.815"), Decimal(24), "text", True, date(2024, 3, 1))
    assert row == expected


def test_cells_are_named_as_in_the_program() -> None:
    sheet = only(read_table_file(workbook(one_cell), "b.xlsx"))

    assert sheet.rows[1][1] == "text"
    assert sheet.place(1, 1) == "Budget!B2"
    assert [cell_name(row, column) for row, column in ((0, 0), (13, 7), (0, 25), (0, 26), (1, 701), (1, 702))] == [
        *("A1", "H14", "Z1", "AA1", "ZZ2", "AAA2")
    ]


def test_a_formula_without_a_stored_value_is_known() -> None:
    part = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        b'<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>2+2</f></c><c r="C1" t="inlineStr"><is><t>x</t></is></c>'
        b"</row></sheetData></worksheet>"
    )
    sheet = only(read_table_file(rezipped(workbook(one_cell), {"xl/worksheets/sheet1.xml": part}), "b.xlsx"))

    assert sheet.unsaved == {"B1"}
    assert sheet.rows[0][0] == Decimal(2)


def test_text_that_looks_like_a_formula_is_text() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet().write_string(0, 0, '=HYPERLINK("http://x","y")')

    assert only(read_table_file(workbook(fill), "b.xlsx")).rows[0][0] == '=HYPERLINK("http://x","y")'


def test_a_zip_bomb_is_not_opened() -> None:
    bomb = rezipped(workbook(one_cell), {"xl/worksheets/sheet1.xml": b"0" * (70 * 1024 * 1024)})

    assert len(bomb) < 200_000
    assert "unpacks to far more" in refused(bomb)


def test_a_zip_bomb_that_lies_about_its_size_ends_in_its_own_process() -> None:
    """The sizes in the directory of an archive are what its author says they are."""
    data = bytearray(rezipped(workbook(one_cell), {"xl/worksheets/sheet1.xml": b"<x>" + b"0" * (30 * 1024 * 1024)}))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")

    assert "budget.xlsx" in refused(bytes(data))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_entities_are_refused_in_whatever_encoding_and_behind_whatever_comment(part: str, encoding: str) -> None:
    comment = f"<!--{'x' * 10_000}-->"
    laughs = f"{comment}<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b '&a;&a;'>]><x>&b;</x>"

    assert "declarations" in refused(rezipped(workbook(one_cell), {part: laughs.encode(encoding)}))


def test_macros_are_refused() -> None:
    for part in ("xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "Basic/Standard/Module1.xml"):
        assert "contains macros" in refused(rezipped(workbook(one_cell), {part: b"x"}), "budget.xlsm")


def test_a_binary_workbook_is_refused_because_its_errors_cannot_be_seen() -> None:
    assert "Save it as .xlsx" in refused(rezipped(workbook(one_cell), {"xl/workbook.bin": b"x"}), "budget.xlsb")


def test_a_password_is_named() -> None:
    assert "has a password or is in an old format" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    encrypted = bytearray(workbook(one_cell))
    at = encrypted.index(b"PK\x01\x02")
    encrypted[at + 8] |= 1
    assert "has a password" in refused(bytes(encrypted))
    manifest = b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    assert "has a password" in refused(rezipped(ods(""), {"META-INF/manifest.xml": manifest}))


def ods(*rows: str) -> bytes:
    """A workbook of LibreOffice's kind with these rows on its one sheet."""
    spaces = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    inside = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    content = (
        f"<office:document-content {declared}><office:body><office:spreadsheet>"
        f'<table:table table:name="Budget">{inside}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<x/>")
        packed.writestr("content.xml", content)
    return saved.getvalue()


EMPTY = '<table:table-cell table:number-columns-repeated="2"/>'
LINK = (
    """<table:table-cell table:formula="of:=['file:///shares/prices.ods'#$Sheet1.A1]" """
    'office:value-type="float" office:value="7"/>'
)


@pytest.mark.parametrize(
    "data",
    [rezipped(workbook(one_cell), {"xl/externalLinks/externalLink1.xml": b"<x/>"}), ods(LINK)],
    ids=["xlsx", "ods"],
)
def test_links_to_other_files_are_said_and_never_followed(data: bytes) -> None:
    (note,) = read_table_file(data, "b.xlsx").notes

    assert note.startswith("b.xlsx: It takes values from other files. They were not opened")


def test_formulas_without_a_value_and_errors_of_both_kinds_of_workbooks_are_known() -> None:
    """Their readers take an error for an empty cell; nobody would know that an amount is missing."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Budget")
        sheet.write_formula("D2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("D3", "=1+1", None, 2)

    error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    saved = '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
    rows = ("", f"{EMPTY}<table:table-cell/>{error}", f"{EMPTY}<table:table-cell/>{saved}")
    for data in (workbook(fill), ods(*rows)):
        sheet = only(read_table_file(data, "b"))
        assert sheet.rows[1][3:] == ("#DIV/0!",)
        assert sheet.rows[2][3:] == (Decimal(2),)
    unsaved = only(read_table_file(ods(f'{EMPTY}<table:table-cell table:formula="of:=1+1"/>'), "b.ods"))
    assert unsaved.unsaved == {"C1"}


def test_hidden_rows_of_both_kinds_of_workbooks_are_known() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ("first", "second"))
        sheet.set_row(1, None, None, {"hidden": True})

    assert only(read_table_file(workbook(fill), "b.xlsx")).hidden_rows == {1}
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    hidden = f'</table:table-row><table:table-row table:visibility="collapse">{cell}'
    assert only(read_table_file(ods(f"{cell}{hidden}"), "b.ods")).hidden_rows == {1}


def test_a_cell_in_the_last_row_of_all_is_too_far_down() -> None:
    """1 048 576 rows take neither the memory nor the time of whoever reads them."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "first")
        sheet.write(1_048_575, 16_383, "last")

    message = refused(workbook(fill))
    assert "rows" in message or "too large" in message


def test_rows_that_hold_only_a_format_are_no_rows() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "first")
        sheet.write_blank(100_000, 0, None, book.add_format({"bold": True}))

    assert only(read_table_file(workbook(fill), "b.xlsx")).rows[0][0] == "first"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"%PDF-1.7", "is not a table"),
        (b"\x00\x01\x02\x03" * 10, "is not text"),
        (b"a;b\n\xe9;1", "not in UTF-8"),
        (b"x" * (11 * 1024 * 1024), "larger than"),
    ],
)
def test_what_is_no_table_is_named(data: bytes, said: str) -> None:
    assert said in refused(data)


def test_an_archive_of_something_else_is_no_workbook() -> None:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "is not a workbook" in refused(saved.getvalue(), "x.zip")


def test_a_damaged_sheet_is_the_fault_of_the_file() -> None:
    damaged = rezipped(workbook(one_cell), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row r='"})

    assert "cannot be read" in refused(damaged)


def at_fault(connection: Connection, data: bytes) -> None:
    raise AttributeError("a mistake of ours")


def test_a_mistake_of_ours_is_not_the_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_child", at_fault)

    with pytest.raises(RuntimeError, match="failed"):
        read_table_file(workbook(one_cell), "budget.xlsx")


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("a\tb\tc\n1\t2,5\t3", ("1", "2,5", "3")),
        ("a;b;c\n1;2,5;3", ("1", "2,5", "3")),
        ('a,b,c\n1,"2,5",3', ("1", "2,5", "3")),
        ('a\tb\tc\n"two\nlines"\t\t 3 ', ("two\nlines", None, "3")),
    ],
)
def test_text_is_parted_by_what_parts_most_of_it(text: str, row: tuple[str | None, ...]) -> None:
    assert read_text_table(text).rows[1] == row


def test_text_with_a_mark_or_in_utf_16_is_read() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        assert only(read_table_file("é\tb\n".encode(encoding), "x.csv")).rows == (("é", "b"),)


def test_a_text_with_too_many_rows_is_refused() -> None:
    with pytest.raises(TableError, match="more than 5000 rows"):
        read_text_table("a\tb\n" * (MAX_ROWS + 1))
