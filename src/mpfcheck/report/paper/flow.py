"""A document as a flow of simple nodes, the same for PDF, Word and HTML: headings, paragraphs, facts, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TypeAlias
from unicodedata import east_asian_width

from mpfcheck.frozen import Frozen, changed
from mpfcheck.plain import plain, whole_amounts
from mpfcheck.report.blocks import (
    Answer,
    Blank,
    Block,
    Brief,
    Code,
    Columns,
    Cover,
    Detail,
    Entry,
    Facts,
    Group,
    Headline,
    Lines,
    Listing,
    Mark,
    PageBreak,
    Quiet,
    Say,
    Section,
    Signature,
    Spans,
    Strong,
    Subject,
    Table,
    Title,
    Tone,
)
from mpfcheck.report.place import FieldPlace
from mpfcheck.report.words import VERDICT_HEADLINE, Label, cited, names

__all__ = [
    "BLANK_IN_TABLE",
    "PADDING",
    "CoverPage",
    "Flow",
    "Grid",
    "Heading",
    "LabelledLines",
    "NewPage",
    "Node",
    "Paragraph",
    "Piece",
    "SignaturePlace",
    "Style",
    "flow",
]

MOST_PLACES = 6
MARKS = {
    Mark.BAD: "✗",
    Mark.LOOK: "!",
    Mark.FAULT: "!",
    Mark.OPEN: "?",
    Mark.JUDGE: "•",
    Mark.GOOD: "✓",
    Mark.APART: "-",
    Mark.ADDED: "+",
    Mark.REMOVED: "-",
    Mark.CHANGED: "~",
}


class Style(StrEnum):
    """What a piece of text is."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    CODE = "code"
    BLANK = "blank"


SPAN_STYLES = {Blank: Style.BLANK, Code: Style.CODE, Strong: Style.STRONG}


class Piece(Frozen):
    """Text on one line, with nothing in it that is not shown as itself."""

    text: str
    style: Style = Style.PLAIN


class Heading(Frozen):
    """A heading; ``level`` counts from 1."""

    level: int
    text: str


class Paragraph(Frozen):
    """A paragraph. ``mark`` hangs before it; ``indent`` counts steps to the right.

    What is ``kept`` with what follows is never the last on a page.
    """

    pieces: tuple[Piece, ...]
    mark: str = ""
    indent: int = 0
    kept: bool = False


class LabelledLines(Frozen):
    """Labels, each with its lines."""

    facts: tuple[tuple[str, tuple[Piece, ...]], ...]


class Grid(Frozen):
    """A table. ``numbers`` tells which columns hold numbers; ``widths`` are in millimetres.

    ``scale`` is below 1 where the numbers have room only in smaller letters.
    """

    heads: tuple[str, ...]
    numbers: tuple[bool, ...]
    widths: tuple[float, ...]
    scale: float
    rows: tuple[tuple[Piece, ...], ...]
    foot: tuple[tuple[Piece, ...], ...]


class CoverPage(Frozen):
    """The title page."""

    kind: str
    title: Piece
    subtitle: str
    facts: LabelledLines
    note: str


class SignaturePlace(Frozen):
    """The place where somebody signs."""

    name: str
    role: str
    lines: tuple[str, ...]


class NewPage(Frozen):
    """The next node starts a page."""


Node: TypeAlias = Heading | Paragraph | LabelledLines | Grid | CoverPage | SignaturePlace | NewPage
Flow: TypeAlias = Iterator[Node]


def flow(blocks: Iterable[Block], level: int = 1) -> Flow:
    """The nodes of blocks; headings of sections are at ``level``."""
    for block in blocks:
        match block:
            case Section(heading, inner, url):
                yield Heading(level, _line(heading))
                if url:
                    yield Paragraph((Piece(_line(url), Style.QUIET),), kept=True)
                yield from flow(inner, level + 1)
            case Headline(verdict, text, words):
                yield Heading(level, f"{(words or VERDICT_HEADLINE[verdict]).capitalize()}: {_line(text)}")
            case Title(name, text):
                yield Heading(level, f"{_line(name)}: {_line(text)}")
            case Brief(mark, where, project, short, _):
                title = " · ".join(filter(None, (_line(where), _line(project))))
                yield Paragraph((Piece(title, Style.STRONG), Piece(f" {_line(short)}")), MARKS[mark])
            case Subject(text):
                yield Paragraph((Piece(_line(text), Style.STRONG),), kept=True)
            case Say(spans, tone):
                style = Style.QUIET if tone is Tone.QUIET else Style.PLAIN
                loud = tone in (Tone.STRONG, Tone.NOTICE, Tone.ALARM)
                if pieces := tuple(_pieces(spans, Style.STRONG if loud else style)):
                    yield Paragraph(pieces, kept=loud)
            case Listing(items):
                yield from _listing(items)
            case Quiet():
                if words := block.in_words():
                    yield Paragraph((Piece(words, Style.QUIET),))
            case Lines(lines):
                yield from (Paragraph(tuple(_pieces((line,))), "-") for line in lines)
            case Group(name, note, members):
                remark = f" ({_line(note)})" if note else ""
                shown = names([_line(member) for member in members], len(members))
                yield Paragraph((Piece(_line(name), Style.STRONG), Piece(f"{remark}: {shown}")), "-")
            case Table():
                yield _grid(block)
            case Columns():
                yield from _columns(block)
            case Facts(facts):
                yield LabelledLines(tuple((_line(fact.label), _value(fact.value)) for fact in facts))
            case Cover(kind, title, subtitle, facts, note):
                shown_facts = LabelledLines(tuple((_line(fact.label), _value(fact.value)) for fact in facts))
                yield CoverPage(_line(kind), _cell(title), _line(subtitle), shown_facts, _line(note))
            case Signature(name, role, lines):
                yield SignaturePlace(_line(name), _line(role), tuple(_line(line) for line in lines))
            case PageBreak():
                yield NewPage()


def _columns(block: Columns) -> Iterator[Paragraph]:
    """The things below each other under each topic: columns of paragraphs would be too narrow on a page."""
    for topic, cells in block.rows:
        yield Paragraph((Piece(_line(topic), Style.STRONG),), kept=True)
        for head, cell in zip(block.heads, cells, strict=True):
            if cell:
                yield Paragraph(tuple(_pieces(head[0], Style.QUIET)), indent=1, kept=True)
            for spans in cell:
                yield Paragraph(tuple(_pieces(spans)), indent=2)


def _listing(items: Sequence[Entry | Answer]) -> Iterator[Paragraph]:
    for item in items:
        if isinstance(item, Answer):
            rules = ", ".join(
                result.rule if result.severity == "blocking" else f"{result.rule} ({result.severity})"
                for result in item.results
            )
            needed = Piece(f" {Label.NEEDED_BY}: {_line(rules)}", Style.QUIET)
            name = Piece(_line(item.words), Style.STRONG)
            yield Paragraph((name, Piece(f" {item.pointer}", Style.CODE), needed), "?")
            continue
        yield from _entry(item)


def _entry(entry: Entry) -> Iterator[Paragraph]:
    """What an entry is about, kept with the first line under it, and these lines."""
    first, *others = _lines_of_entry(entry)
    yield changed(first, kept=bool(others))
    yield from others


def _lines_of_entry(entry: Entry) -> Iterator[Paragraph]:
    if isinstance(entry.name, FieldPlace):
        first = [Piece(_place(entry.name) or "The file", Style.STRONG)]
    else:
        weighs = entry.weight and entry.mark in (Mark.BAD, Mark.LOOK, Mark.FAULT)
        weight = f" ({entry.weight})" if weighs else ""
        state = f": {entry.state}" if entry.state else ""
        first = [Piece(_line(entry.name), Style.STRONG), Piece(f" {_line(entry.title)}{weight}{state}")]
    yield Paragraph(tuple(first), MARKS[entry.mark])
    for address in filter(None, (entry.url, entry.place)):
        yield Paragraph((Piece(_line(address), Style.QUIET),), indent=1)
    for detail in entry.details:
        if pieces := tuple(_detail(detail)):
            yield Paragraph(pieces, indent=1)
    if entry.fields:
        places = [_place(place) for place in entry.fields.places(MOST_PLACES)]
        line = f"{Label.SEE}: {names(places, len(entry.fields.fields))}"
        yield Paragraph((Piece(_line(line), Style.QUIET),), indent=1)
    if source := entry.source:
        line = f"{Label.SOURCE}: {source.document}, {cited(source.section, source.authority)}"
        yield Paragraph((Piece(_line(line), Style.QUIET),), indent=1)


def _detail(detail: Detail) -> Iterator[Piece]:
    if detail.label:
        yield Piece(f"{detail.label}: ", Style.STRONG)
    yield from _pieces(detail.spans)


def _place(place: FieldPlace) -> str:
    at = place.in_words()
    return f"{place.pointer} ({at})" if place.pointer and at else place.pointer or at


def _pieces(spans: Spans, style: Style = Style.PLAIN) -> Iterator[Piece]:
    for span in spans:
        if span:
            own = next((kind for name, kind in SPAN_STYLES.items() if isinstance(span, name)), style)
            yield Piece(whole_amounts(plain(span)), own)


def _value(value: str) -> tuple[Piece, ...]:
    """A value line by line."""
    if isinstance(value, Blank):
        return (Piece(_line(value), Style.BLANK),)
    if isinstance(value, Code):
        return (Piece(_line(value), Style.CODE),)
    return tuple(Piece(whole_amounts(_line(line))) for line in value.splitlines() if line.strip())


def _cell(value: str) -> Piece:
    if isinstance(value, Blank):
        return Piece(_line(value), Style.BLANK)
    return Piece(whole_amounts(_line(value)))


def _line(text: str) -> str:
    return " ".join(plain(text).split(" ")).strip()


PAGE_WIDTH = 166.0
"""Millimetres between the margins of a page (A4)."""
CHARACTER = 1.7
"""Millimetres that a digit in a table needs, in the widest of the fonts that a document is set in."""
PADDING = 3.0
BLANK_IN_TABLE = "_" * 8
WORDS = (34, 18, 11)
"""The longest word that is kept on one line, in digits; where the page is too narrow for that, a shorter one."""
LONGEST_TEXT = 60
"""A text that is longer wants no wider column."""


def _grid(table: Table) -> Grid:
    """A table with room for every number and every usual word on one line; its texts share the rest of the page.

    Where even that does not fit, the letters are smaller: an amount is never broken.
    """
    heads = tuple(_line(head.removesuffix(":")) for head in table.heads)
    numbers = tuple(head.endswith(":") for head in table.heads)
    rows = tuple(tuple(map(_cell, row)) for row in table.rows)
    foot = tuple(tuple(map(_cell, row)) for row in table.foot)
    columns = [
        (head, is_number, [_room(row[at]) for row in (*rows, *foot)])
        for at, (head, is_number) in enumerate(zip(heads, numbers, strict=True))
    ]
    room = PAGE_WIDTH - PADDING * len(columns)
    for longest in WORDS:
        least = [_needed(*column, longest) for column in columns]
        if sum(least) <= room:
            break
    scale = min(1.0, room / sum(least))
    left = room - scale * sum(least)
    wished = [
        0.0 if is_number else max(0.0, _wished(head, cells) - width)
        for (head, is_number, cells), width in zip(columns, least, strict=True)
    ]
    shares = [width / sum(wished) for width in wished] if sum(wished) else [1 / len(columns)] * len(columns)
    widths = tuple(round(PADDING + scale * width + left * share, 1) for width, share in zip(least, shares, strict=True))
    return Grid(heads, numbers, widths, scale, rows, foot)


def _room(piece: Piece) -> str:
    return BLANK_IN_TABLE if piece.style is Style.BLANK else piece.text


def _needed(head: str, is_number: bool, cells: Sequence[str], longest: int) -> float:
    """The millimetres the letters of a column need; numbers are whole, and of words no more than ``longest`` digits."""
    words = [part for text in (head, *(() if is_number else cells)) for part in text.split(" ")]
    word = min(max(map(_digits, words), default=0.0), longest)
    whole = max(map(_digits, cells), default=0.0) if is_number else 0.0
    return CHARACTER * max(word, whole, 1.0)


def _wished(head: str, cells: Sequence[str]) -> float:
    """The millimetres of a column of texts that would have each of them on one line."""
    return CHARACTER * min(max(map(_digits, (head, *cells))), LONGEST_TEXT)


def _digits(text: str) -> float:
    """The width of a text, in digits; capital letters and those of East Asia are wider."""
    return sum(
        2.0 if east_asian_width(one) in "WF" else 1.3 if one.isupper() or one in "%mwMW@" else 1.0 for one in text
    )
