"""A document as a flow of simple nodes, the same for PDF, Word and HTML: headings, paragraphs, facts, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TypeAlias

from mpfcheck.frozen import Frozen
from mpfcheck.plain import plain, whole_amounts
from mpfcheck.report.blocks import (
    Answer,
    Blank,
    Block,
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
from mpfcheck.report.place import Place
from mpfcheck.report.words import VERDICT_HEADLINE, Label, names

__all__ = [
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

    What is ``loud`` stays on the page of what follows.
    """

    pieces: tuple[Piece, ...]
    mark: str = ""
    indent: int = 0
    loud: bool = False


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
                    yield Paragraph((Piece(_line(url), Style.QUIET),))
                yield from flow(inner, level + 1)
            case Headline(verdict, text):
                yield Heading(level, f"{VERDICT_HEADLINE[verdict].capitalize()}: {_line(text)}")
            case Title(name, text):
                yield Heading(level, f"{_line(name)}: {_line(text)}")
            case Subject(text):
                yield Paragraph((Piece(_line(text), Style.STRONG),), loud=True)
            case Say(spans, tone):
                style = Style.QUIET if tone is Tone.QUIET else Style.PLAIN
                loud = tone in (Tone.STRONG, Tone.NOTICE, Tone.ALARM)
                if pieces := tuple(_pieces(spans, Style.STRONG if loud else style)):
                    yield Paragraph(pieces, loud=loud)
            case Listing(items):
                yield from _listing(items)
            case Quiet():
                if words := block.in_words():
                    yield Paragraph((Piece(words, Style.QUIET),))
            case Lines(lines):
                yield from (Paragraph(tuple(_pieces((line,))), "-") for line in lines)
            case Group(name, note, members):
                said = f" ({_line(note)})" if note else ""
                shown = names([_line(member) for member in members], len(members))
                yield Paragraph((Piece(_line(name), Style.STRONG), Piece(f"{said}: {shown}")), "-")
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
        yield Paragraph((Piece(_line(topic), Style.STRONG),), loud=True)
        for head, cell in zip(block.heads, cells, strict=True):
            if cell:
                yield Paragraph(tuple(_pieces(head[0], Style.QUIET)), indent=1, loud=True)
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
    if isinstance(entry.name, Place):
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
        said = f"{Label.SEE}: {names(places, len(entry.fields.fields))}"
        yield Paragraph((Piece(_line(said), Style.QUIET),), indent=1)
    if source := entry.source:
        said = f"{Label.SOURCE}: {source.document}, {source.section} ({source.authority})"
        yield Paragraph((Piece(_line(said), Style.QUIET),), indent=1)


def _detail(detail: Detail) -> Iterator[Piece]:
    if detail.label:
        yield Piece(f"{detail.label}: ", Style.STRONG)
    yield from _pieces(detail.spans)


def _place(place: Place) -> str:
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
CHARACTER = 1.65
"""Millimetres that a digit in a table needs."""
PADDING = 3.0
WIDEST_COLUMN = 34
NARROWEST_COLUMN = 8
MOST_FOR_NUMBERS = 0.8


def _grid(table: Table) -> Grid:
    """A table with room for every number on one line; its texts share the rest of the page."""
    heads = tuple(_line(head.removesuffix(":")) for head in table.heads)
    numbers = tuple(head.endswith(":") for head in table.heads)
    rows = tuple(tuple(map(_cell, row)) for row in table.rows)
    foot = tuple(tuple(map(_cell, row)) for row in table.foot)
    needed = []
    for number, head in enumerate(heads):
        cells = [row[number].text for row in (*rows, *foot) if row[number].style is not Style.BLANK]
        word = max((len(part) for text in (head, *cells) for part in text.split(" ")), default=0)
        whole = max(map(len, cells), default=0)
        needed.append(max(NARROWEST_COLUMN, min(word, WIDEST_COLUMN), min(whole, WIDEST_COLUMN)))
    fixed = [PADDING + CHARACTER * room if is_number else 0.0 for room, is_number in zip(needed, numbers, strict=True)]
    texts = sum(room for room, is_number in zip(needed, numbers, strict=True) if not is_number)
    shrunk = min(1.0, MOST_FOR_NUMBERS * PAGE_WIDTH / sum(fixed)) if any(fixed) else 1.0
    rest = PAGE_WIDTH - shrunk * sum(fixed)
    widths = tuple(
        round(shrunk * width if is_number else rest * room / texts, 1)
        for width, room, is_number in zip(fixed, needed, numbers, strict=True)
    )
    return Grid(heads, numbers, widths, shrunk, rows, foot)
