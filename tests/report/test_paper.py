"""Documents on paper: one model of the page in every format, text that is only ever text, blanks that are seen."""

from __future__ import annotations

import gc
import json
import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import html5lib
import pytest
from docx import Document
from docx.parts.document import DocumentPart
from docx.text.paragraph import Paragraph as WordParagraph
from markdown_it import MarkdownIt

from mpfcheck.checking.report import InputReference, PassedOver, ProposalReport
from mpfcheck.extra import MissingLibraryError
from mpfcheck.report.blocks import (
    Blank,
    Block,
    Code,
    Cover,
    Detail,
    Entry,
    Fact,
    Facts,
    Lines,
    Listing,
    Mark,
    PageBreak,
    Say,
    Section,
    Signature,
    Subject,
    Table,
    Tone,
)
from mpfcheck.report.overview import Overview, RunSummary
from mpfcheck.report.paper.flow import BLANK_IN_TABLE, PADDING, Grid, flow
from mpfcheck.report.paper.formats import FORMATS, write
from mpfcheck.report.paper.paper import Paper
from mpfcheck.report.paper.pdf_reporter import PdfReporter
from tests.data import NAUGHTY_STRINGS
from tests.report.samples import EXCLUSION, GRANT, report

MARKUP = '#let x = 1; *b* _i_ $x$ @ref <b> <script>alert(1)</script> = h `code` \\ [x](y) "quoted" & | {{ }}'
NAMES = ("وزارة الداخلية", "Державна прикордонна служба", "Poliția de Frontieră Ștefan", "Հայաստանի ոստիկանություն")
BLANK = Blank("(not answered)")


def paper(*blocks: Block, title: str = "A title") -> Paper:
    return Paper(title, "An author", "ab12" * 16, "the footer", blocks)


def everything(text: str) -> Paper:
    """A document that shows a text in every kind of block."""
    return paper(
        Cover("Proposal", text, text, [Fact("Label", text), Fact("Sum", Code(text)), Fact("Open", BLANK)], text),
        Section(text, [Say((text, Code(text), BLANK)), Say((text,), Tone.STRONG), Subject(text), Lines([text])]),
        Facts([Fact(text, f"{text}\n{text}")]),
        Table((text, "EUR:"), [(text, "1 000.00"), (text, BLANK)], [("Total", "1 000.00")]),
        PageBreak(),
        Signature(text, text, ["Name", "Signature"]),
        title=text,
    )


def words_of(data: bytes, ending: str) -> str:
    """All that a reader of a document sees, with single blanks."""
    match ending:
        case "docx":
            from docx import Document

            document = Document(BytesIO(data))
            shown = "\n".join(node.text or "" for node in document.element.iter() if node.tag.endswith("}t"))
        case "html":
            tree = html5lib.parse(data, namespaceHTMLElements=False)
            body = tree.find("body")
            shown = " ".join(body.itertext())
        case _:
            shown = data.decode()
    return " ".join(shown.split())


@pytest.mark.parametrize("ending", FORMATS)
def test_markup_in_a_proposal_is_text_in_a_document(ending: str) -> None:
    data = write(everything(MARKUP), ending).data

    if ending in ("html", "md"):
        page = MarkdownIt("commonmark").render(data.decode()) if ending == "md" else data
        tree = html5lib.parse(page, namespaceHTMLElements=False)
        assert list(tree.iter("script")) == [] == list(tree.iter("b"))
    if ending in ("docx", "html"):
        assert words_of(data, ending).count(MARKUP) >= 10


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_names_in_any_script_are_written(ending: str, name: str) -> None:
    written = write(everything(name), ending)

    assert written.warnings == ()
    if ending == "docx":
        parts = [part for part in name.split() if part.isalpha()]
        assert all(part in words_of(written.data, ending) for part in parts)
    elif ending != "pdf":
        assert name in words_of(written.data, ending)


def test_word_is_told_what_runs_from_right_to_left() -> None:
    xml = zipfile.ZipFile(BytesIO(write(paper(Say((f"{NAMES[0]} (Tunisia)",))), "docx").data)).read("word/document.xml")

    runs = re.findall(rb"<w:r>(.*?)</w:r>", xml)
    marked = [b"<w:rtl/>" in run for run in runs]
    assert marked == [True, False]
    assert "وزارة".encode() in runs[0]


PDF_TO_TEXT = shutil.which("pdftotext")


@pytest.mark.skipif(PDF_TO_TEXT is None, reason="there is no pdftotext here")
def test_a_pdf_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """What a screen reader gets: the letters, not their shapes; markup as text; the footer on each page."""
    words = [*NAMES[1:], "#let x = 1; *b* $x$", "EUR 1 000.00"]
    place = tmp_path / "out.pdf"
    place.write_bytes(write(paper(*(Say((word,)) for word in words), PageBreak(), Say((NAMES[0],))), "pdf").data)
    command = [str(PDF_TO_TEXT), "-layout", place, "-"]
    text = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    text = text.replace("\u00a0", " ")

    assert [word for word in words if word not in text] == []
    assert text.count("the footer") == 2
    assert "Page 2 of 2" in text


@pytest.mark.skipif(PDF_TO_TEXT is None, reason="there is no pdftotext here")
def test_no_word_runs_off_the_page(tmp_path: Path) -> None:
    word = "wordwithoutanybreaks" * 9
    place = tmp_path / "out.pdf"
    place.write_bytes(write(paper(Say((word,)), Facts([Fact("Label", word)]), Subject(word)), "pdf").data)
    command = [str(PDF_TO_TEXT), "-bbox", place, "-"]
    found = subprocess.run(command, capture_output=True, check=True, text=True).stdout

    ends = [float(end) for end in re.findall(r' xMax="([0-9.]+)"', found)]
    assert len(ends) > 3, "it is on several lines"
    assert max(ends) < 595, "a page is 595 points wide"


def names_of_what_follows(times: int = 1) -> list[Block]:
    """All that names what is under it ("Under"), so many times, at various heights of a page."""
    under = Facts([Fact("Under", "it")])
    entry = Entry(Mark.BAD, "Above, an entry", details=(Detail(("Under it",)),))
    table = Table(("Above, a head", "EUR:"), [("Under it", "1")])
    named: list[list[Block]] = [
        [Section("Above, a heading", [under])],
        [Section("Above, two headings", [Section("Above, the second", [table])])],
        [Section("Above, with an address", [Say(("Under it",))], url="https://above.example")],
        [Subject("Above, a subject"), under],
        [Say(("Above, loud",), Tone.STRONG), table],
        [Listing([entry])],
    ]
    blocks: list[Block] = []
    for number in range(times * len(named)):
        blocks += [Say(("Under, a filler",))] * (number * 5 % 13)
        blocks += named[number % len(named)]
    return blocks


@pytest.mark.skipif(PDF_TO_TEXT is None, reason="there is no pdftotext here")
def test_nothing_that_names_what_follows_is_the_last_on_a_page(tmp_path: Path) -> None:
    place = tmp_path / "out.pdf"
    place.write_bytes(write(paper(*names_of_what_follows(40)), "pdf").data)
    command = [str(PDF_TO_TEXT), "-layout", place, "-"]
    text = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    pages = [[line for line in page.splitlines() if line.strip()] for page in text.split("\f")[:-1]]

    assert len(pages) > 20
    assert {line for page in pages for line in page[-2:-1] if "bove" in line} == set()


def test_word_keeps_what_names_something_on_the_page_of_that() -> None:
    document = Document(BytesIO(write(paper(*names_of_what_follows()), "docx").data))
    above = [one for one in document.paragraphs if "bove" in one.text]

    assert len(above) == 8
    assert [one.text for one in above if not (one.paragraph_format.keep_with_next or _style_keeps(one))] == []


def _style_keeps(paragraph: WordParagraph) -> bool:
    return paragraph.style is not None and bool(paragraph.style.paragraph_format.keep_with_next)


def test_word_begins_a_page_without_a_break_that_may_fall_on_an_empty_one() -> None:
    xml = zipfile.ZipFile(BytesIO(write(everything("Some text"), "docx").data)).read("word/document.xml")

    assert xml.count(b"<w:pageBreakBefore/>") == 2
    assert b'<w:br w:type="page"/>' not in xml


def test_a_pdf_is_tagged_for_everybody() -> None:
    """PDF/UA-1 names itself in the file; it has a language, tags and bookmarks."""
    data = write(everything("Some text"), "pdf").data

    assert data.startswith(b"%PDF-")
    assert b"pdfuaid" in data
    for part in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"/Outlines"):
        assert part in data, part
    assert b"ab12" * 16 in data  # the checksum, among the keywords


def test_the_same_document_is_the_same_file() -> None:
    for ending in ("pdf", "html", "md"):
        assert write(everything("Some text"), ending).data == write(everything("Some text"), ending).data
    with zipfile.ZipFile(BytesIO(write(everything("Some text"), "docx").data)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_word_document_that_was_written_takes_no_memory() -> None:
    """Of thousands of letters, none waits for the collector of rings of objects."""

    def documents() -> int:
        return sum(isinstance(one, DocumentPart) for one in gc.get_objects())

    gc.collect()
    before = documents()
    gc.disable()
    try:
        write(everything("Some text"), "docx")
        after = documents()
    finally:
        gc.enable()

    assert after == before


def test_characters_that_no_font_has_are_named_and_cost_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    written = write(paper(Say(("A \U0001f0aa card",))), "pdf")

    assert written.data.startswith(b"%PDF-")
    if written.warnings:  # a font of the computer may have it
        assert "\U0001f0aa" in written.warnings[0]
        assert "Install a font" in written.warnings[0]


@pytest.mark.parametrize("ending", FORMATS)
def test_no_text_breaks_a_document(ending: str) -> None:
    """Control characters, overrides, combining marks and what else breaks programs, all on one document."""
    blocks = [block for text in NAUGHTY_STRINGS for block in (Say((text,)), Facts([Fact(text, text or BLANK)]))]

    assert write(paper(*blocks, title="".join(NAUGHTY_STRINGS)[:2000]), ending).data


@pytest.mark.parametrize("ending", FORMATS)
def test_a_blank_is_seen(ending: str) -> None:
    data = write(paper(Facts([Fact("Title", BLANK)])), ending).data

    if ending == "html":
        assert b'class="blank"' in data
    elif ending != "pdf":
        assert "____" in words_of(data, ending).replace("\\", "")


@pytest.mark.parametrize("number", [1, 6, 14])
def test_every_column_of_numbers_has_room_for_them(number: int) -> None:
    """However many applicants there are, the table is as wide as the page, and no number is broken."""
    heads = ("Heading", "Unit", *(f"A long name of an applicant {place}:" for place in range(number)))
    row = ("Human resources", BLANK, *("999 999 999.99",) * number)
    (grid,) = flow([Table(heads, [row])])

    assert isinstance(grid, Grid)
    assert sum(grid.widths) == pytest.approx(166, abs=1)
    # In Word, a digit of Arial at 8.5 points is 1.67 mm wide; in PDF, letters are narrower.
    assert all(width - PADDING >= len(row[2]) * 1.67 * grid.scale for width in grid.widths[2:])
    # Words of usual length are whole too, and a blank is.
    assert grid.widths[0] - PADDING >= len("resources") * 1.67 * grid.scale
    assert grid.widths[1] - PADDING >= len(BLANK_IN_TABLE) * 1.67 * grid.scale


def test_word_has_the_room_in_its_cells_that_widths_are_worked_out_for() -> None:
    from docx import Document
    from docx.oxml.ns import qn

    document = Document(BytesIO(write(paper(Table(("Heading", "EUR:"), [("Travel", "1.00")])), "docx").data))
    margins = document.tables[0]._tbl.tblPr.find(qn("w:tblCellMar"))
    assert sum(int(margin.get(qn("w:w"))) for margin in margins) / 56.7 <= PADDING + 0.1
    assert document.styles["Normal"].font.name == "Arial"


@pytest.mark.parametrize(("ending", "library"), [("pdf", "typst"), ("docx", "docx")])
def test_a_missing_library_is_named(ending: str, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingLibraryError, match=r'pip install "\.\[paper\]"'):
        write(paper(), ending)


def test_there_is_no_other_format() -> None:
    with pytest.raises(KeyError):
        write(paper(), "odt")


def test_the_font_that_comes_along_has_its_licence() -> None:
    import mpfcheck.report.paper.as_pdf as module

    folder = Path(module.__file__).with_name("fonts")
    fonts = {path.stem for path in folder.glob("*.ttf")}
    assert {path.name.split(".")[0] for path in folder.glob("*.LICENSE.txt")} == fonts


def set_document(monkeypatch: pytest.MonkeyPatch, *reports: ProposalReport, overview: Overview | None = None) -> str:
    """All that a report as PDF says, as the typesetter is told it."""
    import typst

    told: list[str] = []

    def compile(page: Path, *, sys_inputs: dict[str, str], **_: object) -> bytes:
        told.append(sys_inputs["document"])
        return b"%PDF-"

    monkeypatch.setattr(typst, "compile", compile)
    reporter = PdfReporter(lambda _: None, version="1", warn=told.append)
    for one in reports:
        reporter.add(one)
    reporter.finish(*([overview] if overview else []))
    (document,) = told
    texts: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, dict):
            for inner in value.values():
                collect(inner)
        elif isinstance(value, list):
            for inner in value:
                collect(inner)
        elif isinstance(value, str):
            texts.append(value)

    collect(json.loads(document))
    return "\n".join(texts)


def test_a_report_as_pdf_says_what_the_other_formats_say(monkeypatch: pytest.MonkeyPatch) -> None:
    said = set_document(monkeypatch, report("ineligible", GRANT), report("incomplete", EXCLUSION))

    for part in ("2 proposals checked", "1 not eligible, 1 not complete", GRANT.title, GRANT.message, GRANT.fix):
        assert part in said.replace("\u00a0", " "), part


def test_a_report_as_pdf_on_one_proposal_begins_with_its_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    said = set_document(monkeypatch, report("ineligible", GRANT))

    assert said.startswith("Not eligible: ")
    assert "Proposals\n" not in said


def test_a_report_as_pdf_says_that_it_is_not_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    run = RunSummary(2, (PassedOver("a.json", "it cannot be read", True),), complete=False)
    said = set_document(monkeypatch, report("ineligible", GRANT), overview=Overview(run=run))

    assert "This report is not complete." in said
    assert "a.json" in said


def test_a_report_as_pdf_on_very_many_has_all_of_them_in_its_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only some have a section of their own; how many have none is said."""
    number = 160
    inputs = [InputReference(f"{place}.json", None, None) for place in range(number)]
    said = set_document(monkeypatch, *(report("ineligible", GRANT, input=one) for one in inputs))

    assert all(f"{place}.json" in said for place in range(number))
    assert said.count("Not eligible: ") == 150
    assert "Without a section of their own: 10 proposals." in said
