"""A document for Word, with real headings, repeated heads of tables, page numbers and properties."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import groupby
from stat import S_IFREG
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mpfcheck.extra import MissingLibraryError
from mpfcheck.plain import plain
from mpfcheck.report.paper.flow import (
    BLANK_IN_TABLE,
    PADDING,
    CoverPage,
    Grid,
    Heading,
    LabelledLines,
    NewPage,
    Node,
    Paragraph,
    Piece,
    SignaturePlace,
    Style,
    flow,
)
from mpfcheck.report.paper.paper import NO_TIME, Paper

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph as WordParagraph

__all__ = ["docx"]

BLANK_LINE = "_" * 24
LONGEST_PROPERTY = 255
"""Word refuses longer ones."""
FIRST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
DEEPEST_HEADING = 6
FONT = "Arial"
"""Every word processor has it, or one with letters of the same width."""
TWENTIETHS_OF_A_POINT = 56.7
"""In a millimetre."""


def docx(paper: Paper) -> bytes:
    """The document as a .docx file; raises MissingLibraryError."""
    try:
        from docx import Document
    except ModuleNotFoundError:
        raise MissingLibraryError("Word", "paper") from None

    document = Document(BytesIO(_template()))
    _prepare(document, paper)
    new_page = False
    for node in flow(paper.blocks):
        if new_page:
            _write_on_a_new_page(document, node)
        else:
            _write(document, node)
        new_page = isinstance(node, CoverPage | NewPage)
    saved = BytesIO()
    document.save(saved)
    # A Word document is a ring of parts around megabytes that Python's count of objects does not see: of hundreds of
    # letters, each would wait for the collector.
    del document
    gc.collect(0)
    return _without_time(saved)


def _without_time(saved: BytesIO) -> bytes:
    """The file with one date for all its parts, which have the time they were written."""
    repacked = BytesIO()
    with ZipFile(saved) as parts, ZipFile(repacked, "w", ZIP_DEFLATED) as archive:
        for part in parts.infolist():
            entry = ZipInfo(part.filename, FIRST_ZIP_DATE)
            # As on Unix, wherever it is made.
            entry.create_system = 3
            entry.external_attr = (S_IFREG | 0o644) << 16
            archive.writestr(entry, parts.read(part), ZIP_DEFLATED)
    return repacked.getvalue()


@cache
def _template() -> bytes:
    """An empty document with our fonts. To set them takes a third of the time of a letter, and there are thousands."""
    from docx import Document
    from docx.shared import Pt

    document = Document()
    for style in document.styles:
        if getattr(style, "font", None) is not None:
            _set_font(style)
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Footer"].font.size = Pt(8)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _prepare(document: Document, paper: Paper) -> None:
    from docx.shared import Cm

    properties = document.core_properties
    properties.title = plain(paper.title)[:LONGEST_PROPERTY]
    properties.author = plain(paper.author)[:LONGEST_PROPERTY]
    properties.last_modified_by = ""
    properties.comments = ""
    properties.identifier = f"sha256:{paper.identifier}" if paper.identifier else ""
    properties.language = "en"
    properties.created = properties.modified = NO_TIME
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    footer = section.footer.paragraphs[0]
    _add(footer, f"{plain(paper.footer)}    Page ")
    _add_field(footer, "PAGE")
    _add(footer, " of ")
    _add_field(footer, "NUMPAGES")


def _set_font(style: Any) -> None:
    """Name the font itself: the fonts of the theme are not on every computer, and their letters differ in width."""
    from docx.oxml.ns import qn

    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "csTheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:cs"), FONT)


def _write(document: Document, node: Node) -> None:
    match node:
        case Heading(level, text):
            heading = document.add_heading("", min(level, DEEPEST_HEADING))
            _add(heading, text)
        case Paragraph():
            _write_paragraph(document, node)
        case LabelledLines():
            _write_facts(document, node)
        case Grid():
            _write_grid(document, node)
        case CoverPage(kind, title, subtitle, facts, note):
            _add_piece(document.add_paragraph(), Piece(kind.upper(), Style.QUIET))
            _add_piece(document.add_paragraph(style="Title"), title)
            if subtitle:
                _add(document.add_paragraph(style="Subtitle"), subtitle)
            _write_facts(document, facts)
            if note:
                _add_piece(document.add_paragraph(), Piece(note, Style.QUIET))
        case SignaturePlace(name, role, lines):
            first = document.add_paragraph()
            first.paragraph_format.keep_with_next = True
            _add_piece(first, Piece(name, Style.STRONG))
            if role:
                _add(first, f", {role}")
            facts = LabelledLines(tuple((line, (Piece("", Style.BLANK),)) for line in lines))
            _write_facts(document, facts)
        case NewPage():
            pass  # what comes next begins there


def _write_on_a_new_page(document: Document, node: Node) -> None:
    """Write a node whose first paragraph begins a page: a break of its own might fall on an empty page."""
    if not isinstance(node, Heading | Paragraph | SignaturePlace):
        document.add_paragraph().paragraph_format.page_break_before = True
        _write(document, node)
        return
    number = len(document.paragraphs)
    _write(document, node)
    document.paragraphs[number].paragraph_format.page_break_before = True


def _write_paragraph(document: Document, node: Paragraph) -> None:
    from docx.shared import Cm

    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent = Cm(0.6 * (node.indent + bool(node.mark)))
    if node.mark:
        form.first_line_indent = Cm(-0.6)
        _add(paragraph, f"{node.mark}\t")
    form.keep_with_next = node.kept
    for piece in node.pieces:
        _add_piece(paragraph, piece)


def _write_facts(document: Document, facts: LabelledLines) -> None:
    from docx.shared import Pt

    if not facts.facts:
        return
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    for label, lines in facts.facts:
        cells = table.add_row().cells
        _add_piece(cells[0].paragraphs[0], Piece(label, Style.QUIET))
        for number, line in enumerate(lines):
            paragraph = cells[1].paragraphs[0] if number == 0 else cells[1].add_paragraph()
            _add_piece(paragraph, line)
        for cell in cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(3)
    _set_widths(table, (58, 108))
    document.add_paragraph()


def _write_grid(document: Document, grid: Grid) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    table = document.add_table(rows=0, cols=len(grid.heads))
    table.style = "Table Grid"
    table.autofit = False
    _set_padding(table)
    heads = tuple(Piece(head, Style.STRONG) for head in grid.heads)
    strong_foot = [tuple(_strong(cell) for cell in row) for row in grid.foot]
    for number, row in enumerate((heads, *grid.rows, *strong_foot)):
        added = table.add_row()
        _keep_together(added, repeated=number == 0)
        for cell, piece, is_number in zip(added.cells, row, grid.numbers, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            if is_number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _add_piece(paragraph, piece, in_table=True)
            for run in paragraph.runs:
                _set_size(run, round(8.5 * grid.scale, 1))
    _set_widths(table, grid.widths)
    document.add_paragraph()


def _set_widths(table: Table, millimetres: Sequence[float]) -> None:
    """Set the columns of a table. Word takes the widths of cells, LibreOffice those of columns."""
    from docx.shared import Mm

    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _set_padding(table: Table) -> None:
    """Set the blank space at the sides of cells to that for which the widths are worked out."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(PADDING / 2 * TWENTIETHS_OF_A_POINT)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def _strong(piece: Piece) -> Piece:
    return Piece(piece.text, Style.STRONG if piece.style is Style.PLAIN else piece.style)


def _add_piece(paragraph: WordParagraph, piece: Piece, *, in_table: bool = False) -> None:
    from docx.shared import RGBColor

    if piece.style is Style.BLANK:
        _add(paragraph, BLANK_IN_TABLE if in_table else f"{BLANK_LINE} {piece.text}".rstrip())
        return
    for run in _add(paragraph, piece.text):
        match piece.style:
            case Style.STRONG:
                run.bold = True
            case Style.QUIET:
                _set_size(run, 9)
                run.font.color.rgb = RGBColor(0x50, 0x50, 0x50)
            case Style.CODE:
                _set_size(run, 8.5)
                run.font.name = "Consolas"


def _add(paragraph: WordParagraph, text: str) -> list[Any]:
    """Add text; where it runs from right to left, Word must be told, or it shows the letters in the wrong order."""
    from docx.oxml import OxmlElement

    runs = []
    for from_right, part in _by_direction(text):
        run = paragraph.add_run(part)
        if from_right:
            run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))
        runs.append(run)
    return runs


def _set_size(run: Any, points: float) -> None:
    """Set the size of letters (points); those that run from right to left have a size of their own."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run.font.size = Pt(points)
    properties = run._r.rPr
    if properties.find(qn("w:rtl")) is not None:
        for size in properties.findall(qn("w:szCs")):
            properties.remove(size)
        size = OxmlElement("w:szCs")
        size.set(qn("w:val"), str(round(points * 2)))
        properties.find(qn("w:sz")).addnext(size)


def _by_direction(text: str) -> Iterator[tuple[bool, str]]:
    """The parts of a text that run from right to left, and those that do not; blanks go with what is before them."""
    marked = []
    from_right = False
    for character in text:
        direction = bidirectional(character)
        if direction in ("R", "AL", "L"):
            from_right = direction != "L"
        marked.append((from_right, character))
    for direction_, part in groupby(marked, key=lambda one: one[0]):
        yield direction_, "".join(character for _, character in part)


def _add_field(paragraph: WordParagraph, name: str) -> None:
    """Add a field that Word works out, such as the number of the page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), name)
    paragraph._p.append(element)


def _keep_together(row: Any, *, repeated: bool) -> None:
    """Keep a row on one page; the head comes again on every page."""
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    names: Iterable[str] = ("w:cantSplit", "w:tblHeader") if repeated else ("w:cantSplit",)
    for name in names:
        properties.append(OxmlElement(name))
