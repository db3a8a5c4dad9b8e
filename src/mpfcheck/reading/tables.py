"""Tables from other programs: workbooks (.xlsx, .ods), CSV and pasted text, as rows of values with the names of cells.

A workbook comes from anywhere. What is packed into it is measured before it is opened, and it is opened in a process of
its own, with limits on memory and time, by a reader that runs nothing in it. Numbers are exact to the 15 digits that a
spreadsheet program keeps. Text that looks like a formula is text.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Final, TypeAlias
from zipfile import BadZipFile, ZipFile

from mpfcheck.extra import need_libraries
from mpfcheck.frozen import Frozen

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

__all__ = [
    "MAX_COLUMNS",
    "Sheet",
    "TableError",
    "Tables",
    "Value",
    "cell_name",
    "column_name",
    "column_number",
    "read_table_file",
    "read_text_table",
]

Value: TypeAlias = "str | Decimal | bool | date | None"
"""What is in a cell; None for nothing. Blanks around a text are taken away."""

MAX_FILE_BYTES: Final = 10 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 64 * 1024 * 1024
MAX_RATIO: Final = 200
MAX_PARTS: Final = 2000
MAX_ROWS: Final = 5000
"""A budget has some hundred lines."""
MAX_COLUMNS: Final = 200
MAX_MEMORY: Final = 1024 * 1024 * 1024
MAX_SECONDS: Final = 20
FAULT: Final = 1
"""How a process ends that raised what it did not expect."""
DIGITS: Final = 15
"""What spreadsheet programs keep of a number; more digits are the noise of binary fractions."""
CHUNK: Final = 4096
MACROS: Final = ("Basic/", "xl/macrosheets/")
MANIFEST: Final = "META-INF/manifest.xml"
MAX_MANIFEST: Final = 1024 * 1024
LINKED: Final = "It takes values from other files. They were not opened: the values that it stored last were read."
_LINK: Final = re.compile(r"'(file|https?|smb|ftp):|\bDDE\(", re.IGNORECASE)
_CALC_TYPE: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"


class TableError(Exception):
    """A table that cannot be read: what is wrong, and what to do."""


class Sheet(Frozen):
    """A sheet: its rows from the first, each from column A.

    ``unsaved`` names the cells with a formula whose value was never stored; ``hidden_rows`` are counted from 0. Of what
    is pasted the name is empty.
    """

    name: str
    rows: tuple[tuple[Value, ...], ...]
    hidden: bool = False
    unsaved: frozenset[str] = frozenset()
    hidden_rows: frozenset[int] = frozenset()

    def place(self, row: int, column: int) -> str:
        """The name of a cell, for people: ``Budget!H14``."""
        name = cell_name(row, column)
        return f"{self.name}!{name}" if self.name else name


class Tables(Frozen):
    """The sheets of a file, and sentences on what is odd about it."""

    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


def column_name(column: int) -> str:
    """The name of a column, counted from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_number(name: str) -> int:
    """The number of a column, counted from 0, by its name (A to XFD)."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def cell_name(row: int, column: int) -> str:
    """The name of a cell, its row and column counted from 0: H14."""
    return f"{column_name(column)}{row + 1}"


def read_table_file(data: bytes, name: str) -> Tables:
    """Read a workbook, or a text file of a table, by what it is and not by its name.

    ``name`` is the name of the file, for people. Raises :class:`TableError`, and MissingLibraryError where workbooks
    cannot be read here.
    """
    if len(data) > MAX_FILE_BYTES:
        raise TableError(f"{name} is larger than {MAX_FILE_BYTES // 1024**2} MiB. A budget is much smaller.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableError(
            f"{name} has a password or is in an old format (.xls). Save it as .xlsx without a password, and try again."
        )
    if data.startswith(b"PK"):
        need_libraries("A workbook", "xlsx", "python_calamine")
        return _read_apart(data, name)
    if data.startswith((b"%PDF", b"{\\rtf", b"\x89PNG")):
        raise TableError(f"{name} is not a table. Give a workbook (.xlsx, .ods) or a text file (.csv, .tsv).")
    return Tables((read_text_table(_decoded(data, name)),))


def read_text_table(text: str) -> Sheet:
    """The sheet in a text: CSV, or what is copied from a spreadsheet program; raises :class:`TableError`.

    Cells are separated by what separates most of them in the first lines: tabs, semicolons or commas.
    """
    if "\0" in text:
        raise TableError("This is not text. Give a workbook (.xlsx, .ods) or a text file (.csv, .tsv).")
    separator = _separator(text)
    rows: list[tuple[Value, ...]] = []
    limit = csv.field_size_limit()
    try:
        csv.field_size_limit(MAX_FILE_BYTES)
        for row in csv.reader(StringIO(text, newline=""), delimiter=separator):
            if len(rows) >= MAX_ROWS:
                raise _too_long("The table")
            rows.append(tuple(cell.strip() or None for cell in row[:MAX_COLUMNS]))
    except csv.Error:
        raise TableError("The table cannot be read. Save it as CSV in UTF-8, or as a workbook (.xlsx).") from None
    finally:
        csv.field_size_limit(limit)
    return Sheet("", tuple(rows))


def _separator(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()][:5]
    counts = {separator: sum(line.count(separator) for line in lines) for separator in "\t;,"}
    return max(counts, key=lambda separator: (counts[separator], separator == "\t"))


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        if b"\0" in data:
            raise TableError(f"{name} is not a table. Give a workbook (.xlsx, .ods) or a text file (.csv).") from None
        raise TableError(f"{name} is not in UTF-8. Save it as CSV UTF-8 or as .xlsx, and try again.") from None


def _too_long(what: str) -> TableError:
    return TableError(f"{what} has more than {MAX_ROWS} rows. Give a file with only the budget.")


# Workbooks


def _read_apart(data: bytes, name: str) -> Tables:
    """Read a workbook in a process of its own. Raises :class:`TableError`."""
    from multiprocessing import get_context

    _inspect(data, name)
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(theirs, data), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(MAX_SECONDS * 2):
            raise TableError(f"Reading {name} takes too long. Give a file with only the budget.")
        answer = ours.recv()
    except (EOFError, OSError):
        process.join()
        if process.exitcode == FAULT:
            raise RuntimeError("The process that reads workbooks failed. What failed is above.") from None
        # It was ended by its limits.
        raise TableError(f"{name} is too large to be read. Give a file with only the budget.") from None
    finally:
        ours.close()
        process.kill()
        process.join()
    if isinstance(answer, str):
        raise TableError(f"{name} cannot be read. {answer}")
    tables: Tables = answer
    return Tables(tables.sheets, tuple(f"{name}: {note}" for note in tables.notes))


def _inspect(data: bytes, name: str) -> None:
    """Raise :class:`TableError` for a workbook that is not to be opened."""
    try:
        parts = ZipFile(BytesIO(data)).infolist()
    except (BadZipFile, ValueError, NotImplementedError):
        raise TableError(f"{name} is damaged: it cannot be unpacked.") from None
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * max(len(data), 1):
        raise TableError(f"{name} unpacks to far more than a budget needs. It was not opened.")
    if any(part.flag_bits & 1 for part in parts):
        raise TableError(f"{name} has a password. Save it without a password, and try again.")
    names = {part.filename for part in parts}
    if any(part.lower().endswith("vbaproject.bin") or part.startswith(MACROS) for part in names):
        raise TableError(f"{name} contains macros. Save it as .xlsx without macros, and try again.")
    if "xl/workbook.bin" in names:
        # Which of its formulas have no value or an error cannot be seen in this format: amounts would be lost.
        raise TableError(f"{name} is a binary workbook (.xlsb). Save it as .xlsx, and try again.")
    if "xl/workbook.xml" not in names and "content.xml" not in names:
        raise TableError(f"{name} is not a workbook. Give a file of a spreadsheet program (.xlsx, .ods).")


def _child(connection: Connection, data: bytes) -> None:
    """Read a workbook and send its sheets, or a sentence on why it cannot be read."""
    from xml.etree.ElementTree import ParseError
    from zlib import error as ZlibError  # noqa: N812 - an exception by a lower-case name

    from python_calamine import CalamineError

    _limit()
    answer: Tables | str
    try:
        answer = _sheets(data)
    except TableError as error:
        answer = str(error)
    except MemoryError:
        return
    except (CalamineError, ParseError, BadZipFile, ZlibError, EOFError, NotImplementedError, ValueError) as error:
        answer = f"It is damaged ({type(error).__name__})."
    except BaseException as error:
        # The reader of workbooks stopped at something it does not understand. Its class can be imported from nowhere.
        if type(error).__name__ != "PanicException":
            raise
        answer = "It is damaged."
    connection.send(answer)
    connection.close()


def _limit() -> None:
    if sys.platform == "win32":  # there are no such limits; the parent ends what takes too long
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _sheets(data: bytes) -> Tables:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with ZipFile(BytesIO(data)) as packed:
        if MANIFEST in packed.namelist() and b"encryption-data" in packed.open(MANIFEST).read(MAX_MANIFEST):
            raise TableError("It has a password. Save it without a password, and try again.")
        _refuse_entities(packed)
        odd = dict(_odd_cells(packed))
        linked = any(name.startswith("xl/externalLinks/") for name in packed.namelist())
    workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    found = []
    for number, about in enumerate(workbook.sheets_metadata):
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(number)
        first = sheet.start[0] if sheet.start else 0
        if any(row >= MAX_ROWS and any(cells) for row, cells in enumerate(sheet.iter_rows(), first)):
            raise _too_long(f"Its sheet {about.name}")
        rows = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)
        values = tuple(tuple(map(_value, row[:MAX_COLUMNS])) for row in rows)
        hidden = about.visible is not SheetVisibleEnum.Visible
        cells = odd.get(about.name, _Odd())
        found.append(Sheet(about.name, _with_errors(values, cells.errors), hidden, cells.unsaved, cells.hidden_rows))
    linked = linked or any(one.linked for one in odd.values())
    return Tables(tuple(found), (LINKED,) if linked else ())


def _with_errors(rows: tuple[tuple[Value, ...], ...], errors: Mapping[str, str]) -> tuple[tuple[Value, ...], ...]:
    """The rows with what is shown in cells that hold an error; the reader takes those for empty."""
    if not errors:
        return rows
    return tuple(
        tuple(errors.get(cell_name(number, column), value) for column, value in enumerate(row))
        for number, row in enumerate(rows)
    )


def _value(value: object) -> Value:
    match value:
        case bool():
            return value
        case int():
            return Decimal(value)
        case float():
            number = Decimal(f"{value:.{DIGITS}g}")
            return number if number.is_finite() else None
        case datetime():
            return value.date()
        case date():
            return value
        case str():
            return value.strip() or None
    return None if value is None else str(value)


def _refuse_entities(packed: ZipFile) -> None:
    """Refuse XML that declares entities, in whatever encoding: no spreadsheet program writes any."""
    for part in packed.infolist():
        with packed.open(part) as file:
            if _declares(file):
                raise TableError("It contains declarations that no spreadsheet program writes.")


def _declares(file: IO[bytes]) -> bool:
    """Whether there is a document type declaration before the first element; False where a part is not XML."""
    from xml.parsers.expat import ExpatError, ParserCreate

    found: list[bool] = []
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: found.append(True)
    parser.StartElementHandler = lambda *_: found.append(False)
    try:
        while not found and (data := file.read(CHUNK)):
            parser.Parse(data)
    except (ExpatError, ValueError, LookupError):
        pass  # whoever reads this part says what is wrong with it
    return found[:1] == [True]


class _Odd(Frozen):
    """What the values of a sheet do not tell: formulas without a value, errors by what is shown, and links.

    ``linked`` is true where a formula takes its value from another file.
    """

    unsaved: frozenset[str] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    errors: Mapping[str, str] = MappingProxyType({})
    linked: bool = False


def _odd_cells(packed: ZipFile) -> Iterator[tuple[str, _Odd]]:
    """The odd cells of each sheet, by its name."""
    names = set(packed.namelist())
    if "content.xml" in names:
        with packed.open("content.xml") as file:
            yield from _odd_in_ods(file)
    elif {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        for name, part in _sheets_of_xlsx(packed):
            if part in names:
                with packed.open(part) as file:
                    yield name, _odd_in_xlsx(file)


def _sheets_of_xlsx(packed: ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet, and the part that holds it."""
    from xml.etree.ElementTree import parse

    with packed.open("xl/_rels/workbook.xml.rels") as file:
        targets = {one.get("Id"): str(one.get("Target")) for one in parse(file).getroot()}  # noqa: S314 - no entities
    with packed.open("xl/workbook.xml") as file:
        sheets = [one for one in parse(file).iter() if _local(one.tag) == "sheet"]  # noqa: S314 - no entities
    for sheet in sheets:
        target = next((targets.get(value, "") for key, value in sheet.items() if key.endswith("}id")), "")
        yield str(sheet.get("name")), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _odd_in_xlsx(file: IO[bytes]) -> _Odd:
    from xml.etree.ElementTree import iterparse

    unsaved: set[str] = set()
    errors: dict[str, str] = {}
    hidden: set[int] = set()
    formula, value = False, ""
    for _, element in iterparse(file):  # noqa: S314 - no entities
        match _local(element.tag):
            case "f":
                formula = True
            case "v" | "is":
                value = element.text or "text"
            case "c":
                name = str(element.get("r"))
                if formula and not value:
                    unsaved.add(name)
                elif element.get("t") == "e":
                    errors[name] = value
                formula, value = False, ""
            case "row":
                if element.get("hidden") in ("1", "true") and str(element.get("r", "")).isdecimal():
                    hidden.add(int(element.get("r", "0")) - 1)
                element.clear()
    return _Odd(frozenset(unsaved), frozenset(hidden), errors)


def _odd_in_ods(file: IO[bytes]) -> Iterator[tuple[str, _Odd]]:
    from xml.etree.ElementTree import iterparse

    unsaved: set[str] = set()
    errors: dict[str, str] = {}
    hidden: set[int] = set()
    name, row, column, linked = "", 0, 0, False
    for event, element in iterparse(file, events=("start", "end")):  # noqa: S314 - no entities
        kind = _local(element.tag)
        about = {_local(key): value for key, value in element.items()} if kind.startswith(("table", "covered")) else {}
        if event == "start" and kind == "table":
            name, row = about.get("name", ""), 0
        elif event == "start" and kind == "table-row":
            column = 0
        elif event == "end" and kind in ("table-cell", "covered-table-cell"):
            if "formula" in about:
                linked = linked or _LINK.search(about["formula"]) is not None
                shown = "".join(element.itertext())
                if element.get(_CALC_TYPE) == "error":
                    errors[cell_name(row, column)] = shown
                elif not (
                    about.keys() & {"value", "string-value", "boolean-value", "date-value", "time-value"} or shown
                ):
                    unsaved.add(cell_name(row, column))
            column += int(about.get("number-columns-repeated", "1"))
        elif event == "end" and kind == "table-row":
            if about.get("visibility", "visible") != "visible":
                hidden.update(range(row, min(row + int(about.get("number-rows-repeated", "1")), MAX_ROWS)))
            row += int(about.get("number-rows-repeated", "1"))
            element.clear()
        elif event == "end" and kind == "table":
            yield name, _Odd(frozenset(unsaved), frozenset(hidden), errors, linked)
            unsaved, hidden, errors, linked = set(), set(), {}, False


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
