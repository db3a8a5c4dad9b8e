"""Reports as text for a terminal: blocks laid out in a width, with marks and colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from mpfcheck.checking.report import ProposalReport, Verdict
from mpfcheck.frozen import changed
from mpfcheck.plain import plain
from mpfcheck.report.blocks import (
    Answer,
    Blank,
    Block,
    Brief,
    Code,
    Columns,
    Cover,
    Entry,
    Fact,
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
    Subject,
    Table,
    Title,
    Tone,
)
from mpfcheck.report.overview import NOTHING_MORE, Overview
from mpfcheck.report.page import BODY, BRIEF_FRAME, LinePage
from mpfcheck.report.paragraph import columns
from mpfcheck.report.place import FieldPlace
from mpfcheck.report.say.proposal import Findings, opening, sections
from mpfcheck.report.style import Style
from mpfcheck.report.words import (
    ALL_IN_JSON,
    DISCLAIMER,
    SCORE,
    VERDICT_HEADLINE,
    VERDICT_STYLE,
    Heading,
    Label,
    cited,
    counted,
    grouped,
    names,
    selected,
)

if TYPE_CHECKING:
    from mpfcheck.checking.explain import Explanation
    from mpfcheck.report.reporter import OnDemand, Write
    from mpfcheck.report.say.many import ManyProposals

__all__ = ["MARKS", "TextReporter", "explanation", "write_blocks"]

FEW = 20
"""So many proposals are shown in full, one after the other."""
MOST_PLACES = 4
MOST_TOPICS = 5
MOST_MEMBERS = 10
BLANK_LINE = "_" * 12
MOST_ITEMS = {"problem": 20, "answer": 30}
"""Longer lists of these are cut; the other formats have all of them."""

MARKS = {
    Mark.BAD: ("✗", "red"),
    Mark.LOOK: ("!", "yellow"),
    Mark.FAULT: ("!", "red"),
    Mark.OPEN: ("?", "yellow"),
    Mark.JUDGE: ("•", "cyan"),
    Mark.GOOD: ("✓", "green"),
    Mark.APART: ("-", "dim"),
    Mark.ADDED: ("+", "green"),
    Mark.REMOVED: ("-", "red"),
    Mark.CHANGED: ("~", "yellow"),
}
STYLES = {
    Tone.PLAIN: "",
    Tone.QUIET: "dim",
    Tone.STRONG: "bold",
    Tone.GOOD: "green",
    Tone.NOTICE: "yellow",
    Tone.ALARM: "bold red",
}

NARROWEST_COLUMN = 24
"""Narrower columns are harder to read than one thing below the other."""
BETWEEN_COLUMNS = 2
NOTHING = "nothing"

DEEPEST = 12
"""Deeper parts of a condition are not indented further, so that the text keeps room to stand in."""
PART_STYLES = {True: "green", False: "red", None: ""}


class TextReporter:
    """Writes one report after the other, and at the end what there is to say of all of them."""

    def __init__(
        self,
        write: Write,
        *,
        style: Style | None = None,
        width: int = 80,
        only_trouble: bool = False,
        explain: bool = False,
        details: bool = False,
        widest: int = 80,
    ) -> None:
        """Write to ``write``; with ``only_trouble`` eligible proposals are left out.

        With ``explain`` every rule is shown with its condition and the values in it. Of more than :data:`FEW` proposals
        there is a summary and a line for each, as wide as ``widest``, but with ``details`` and ``explain``. Until it is
        known how many there are, nothing is written: the summary comes first.
        """
        self._write = write
        self._style = style or Style()
        self._width = width
        self._only_trouble = only_trouble
        self._explain = explain
        self._written = False
        self._checked = False
        self._widest = max(width, widest)
        self._details = details or explain
        self._held: list[tuple[ProposalReport, str]] = []
        self._many: ManyProposals | None = None

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Take the next report. The fields that a finding is about have their lines."""
        self._add(report, on_demand, shown=not (self._only_trouble and report.verdict is Verdict.ELIGIBLE))

    def count(self, report: ProposalReport) -> None:
        """Count a report that is not shown."""
        self._add(report, None, shown=False)

    def _add(self, report: ProposalReport, on_demand: OnDemand | None, *, shown: bool) -> None:
        self._checked |= report.verdict is not Verdict.INVALID
        if self._many is not None:
            self._many.add(report, shown=shown)
            return
        page = self._full(report, on_demand) if shown else ""
        if self._details:
            self._put(page)
            return
        self._held.append((report, page))
        if len(self._held) > FEW:
            # A few proposals are not to wait for this import.
            from mpfcheck.report.say.many import ManyProposals

            self._many = ManyProposals(partial(self._text, width=self._widest), self._widest - BRIEF_FRAME)
            for held, page in self._held:
                self._many.add(held, shown=bool(page))
            self._held.clear()

    def _full(self, report: ProposalReport, on_demand: OnDemand | None) -> str:
        findings = Findings(report)
        head = opening(report, findings, MOST_TOPICS)
        return self._text((*head, *sections(report, findings, on_demand, explain=self._explain)))

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Write the overview, and what no check can promise.

        With ``only_trouble`` the end about all proposals is left out where no proposal had anything to report.
        """
        for _, page in self._held:
            self._put(page)
        if self._many is not None:
            self._many.write(overview, self._put, self._write)
        elif selection := selected(overview.run):
            self._page((Say((selection,), Tone.STRONG),))
        for blocks in self._overview(overview):
            self._page(blocks)
        if self._written and self._checked:
            self._page((Say((DISCLAIMER,), Tone.QUIET),))

    def _page(self, blocks: Iterable[Block]) -> None:
        self._put(self._text(blocks))

    def _text(self, blocks: Iterable[Block], width: int = 0) -> str:
        page = LinePage(width or self._width, self._style)
        write_blocks(page, blocks)
        return page.text()

    def _put(self, text: str) -> None:
        if text:
            self._write(("\n" if self._written else "") + text)
            self._written = True

    def _overview(self, overview: Overview) -> Iterator[Iterable[Block]]:
        # One proposal alone has none of these, and is not to wait for their imports.
        if overview.portfolio and self._many is None:
            from mpfcheck.report.say.portfolio import portfolio, totals, worth_saying

            if self._written or worth_saying(overview.portfolio):
                # The names of those that are not shown are not listed either.
                some = overview.run.shown is not None
                yield (*islice(totals(overview.portfolio), 1 if some else None), *portfolio(overview.portfolio))
        if overview.what_if:
            from mpfcheck.report.say.comparison import what_if_blocks

            yield what_if_blocks(overview.what_if)
        if overview.comparison:
            from mpfcheck.report.say.comparison import comparison

            yield (Section(Heading.SINCE, comparison(overview.comparison)),)
        if overview.run.passed_over or not overview.run.complete or overview.run.inputs_sha256:
            from mpfcheck.report.say.run import run

            # The summary of many has the checksum already.
            yield run(overview.run if self._many is None else changed(overview.run, inputs_sha256=None))


def write_blocks(page: LinePage, blocks: Iterable[Block]) -> None:
    """Write blocks, and then the documents they name, each once: their titles are long."""
    writer = _Blocks(page)
    writer.write(blocks)
    writer.sources()


class _Blocks:
    def __init__(self, page: LinePage) -> None:
        self._page = page
        self._sources: dict[tuple[str, str | None], int] = {}

    def write(self, blocks: Iterable[Block]) -> None:
        page = self._page
        for block in blocks:
            match block:
                case Say(spans, tone):
                    literal = all(isinstance(span, Code) for span in spans)
                    page.say("".join(spans), indent="    " if literal else "", style=STYLES[tone])
                case Section(heading, inner, url):
                    page.heading(heading)
                    if url:
                        page.link(url)
                    self.write(inner)
                case Listing():
                    self._listing(block)
                case Headline(verdict, text, words):
                    page.lead(words or VERDICT_HEADLINE[verdict], VERDICT_STYLE[verdict], text)
                case Quiet(met):
                    if words := block.in_words():
                        page.blank()
                        page.say(f"✓ {words}" if met else words, style="green" if met else "")
                case Title(name, text, tone):
                    page.lead(name, STYLES[tone], text)
                case Brief(mark, where, project, short, sizes):
                    page.brief(*MARKS[mark], where, project, short, sizes)
                case Subject(text):
                    page.say(text, indent="  ", hang="  ", style="bold")
                case Lines(lines):
                    for line in lines:
                        page.say(line, indent="  ", hang="  ")
                case Group():
                    self._group(block)
                case Table():
                    self._table(block)
                case Columns():
                    self._columns(block)
                case Facts(facts):
                    self._facts(facts)
                case Cover(kind, title, subtitle, facts, note):
                    page.lead(kind, "bold", title)
                    self.write([Say((line,)) for line in (subtitle,) if line])
                    self._facts(facts)
                    self.write([Say((line,), Tone.QUIET) for line in (note,) if line])
                case Signature(name, role, lines):
                    page.say(f"{name} ({role})", style="bold")
                    self._facts([Fact(line, Blank("")) for line in lines])
                case PageBreak():
                    page.blank()

    def _facts(self, facts: Sequence[Fact]) -> None:
        for fact in facts:
            value = f"{BLANK_LINE} {fact.value}" if isinstance(fact.value, Blank) else fact.value
            self._page.say(f"{fact.label}: {value}", indent="  ", hang="  ")

    def _listing(self, listing: Listing) -> None:
        most = MOST_ITEMS.get(listing.unit, len(listing.items))
        for item in listing.items[:most]:
            if isinstance(item, Answer):
                self._answer(item)
            else:
                self._entry(item)
        if len(listing.items) > most:
            more = counted(len(listing.items) - most, f"more {listing.unit}")
            self._page.say(f"… and {more}.", indent="  ")

    def _answer(self, answer: Answer) -> None:
        mark, colour = MARKS[Mark.OPEN]
        self._page.entry(mark, colour, answer.pointer, answer.words)
        rules = [
            result.rule if result.severity == "blocking" else f"{result.rule} ({result.severity})"
            for result in answer.results
        ]
        self._page.detail(", ".join(rules), label=Label.NEEDED_BY, style="dim")

    def _entry(self, entry: Entry) -> None:
        page = self._page
        mark, colour = MARKS[entry.mark]
        name = _place(entry.name) or "The file" if isinstance(entry.name, FieldPlace) else entry.name
        weighs = entry.weight and entry.mark in (Mark.BAD, Mark.LOOK, Mark.FAULT)
        page.entry(mark, colour, name, f"{entry.title} ({entry.weight})".lstrip() if weighs else entry.title)
        for address in filter(None, (entry.url, entry.place)):
            page.link(address)
        for detail in entry.details:
            page.detail("".join(detail.spans), label=detail.label)
        if entry.fields:
            places = [_place(place) for place in entry.fields.places(MOST_PLACES)]
            page.detail(names(places, len(entry.fields.fields)), label=Label.SEE, style="dim")
        if source := entry.source:
            number = self._sources.setdefault((source.document, source.url), len(self._sources) + 1)
            page.detail(f"[{number}] {cited(source.section, source.authority)}", label=Label.SOURCE, style="dim")
        explanation(page, entry.parts)

    def _group(self, group: Group) -> None:
        note = f" ({group.note})" if group.note else ""
        self._page.say(f"{group.name}{note}", indent="  ", hang="  ", style="bold")
        for member in group.members[:MOST_MEMBERS]:
            self._page.say(member, indent="    ", hang="  ")
        if len(group.members) > MOST_MEMBERS:
            more = grouped(len(group.members) - MOST_MEMBERS)
            self._page.say(f"… and {more} more ({ALL_IN_JSON})", indent="    ", hang="  ")

    def _table(self, table: Table) -> None:
        """A row a paragraph: its name, then what there is under each head but zeros. Rows of words are aligned."""
        if not any(head.endswith(":") for head in table.heads):
            widths = [max(columns(row[place]) for row in table.rows) for place in range(len(table.heads) - 1)]
            for *cells, last in table.rows:
                first = "".join(
                    f"  {plain(cell)}{' ' * (width - columns(cell))}" for cell, width in zip(cells, widths, strict=True)
                )
                self._page.row(f"{first}  ", last)
            return
        for name, *cells in (*table.rows, *table.foot):
            filled = [
                f"score {cell}" if head == SCORE else f"{cell} {head.removesuffix(':').lower()}"
                for head, cell in zip(table.heads[1:], cells, strict=True)
                if cell not in ("", "0")
            ]
            self._page.say(f"{name}: {', '.join(filled)}" if filled else name, indent="  ", hang="  ")

    def _columns(self, block: Columns) -> None:
        """Side by side where the page is wide enough, otherwise one thing below the other under each topic."""
        page, number = self._page, len(block.heads)
        width = (page.width - BETWEEN_COLUMNS * (number - 1)) // max(number, 1)
        beside = width >= NARROWEST_COLUMN and number > 1
        if beside:
            for line in zip_longest(*block.heads, fillvalue=()):
                page.beside([["".join(spans)] for spans in line], width, BETWEEN_COLUMNS)
        else:
            for name, *others in block.heads:
                page.say("".join(name), style="bold")
                for spans in others:
                    page.say("".join(spans), indent="  ")
        for topic, cells in block.rows:
            page.heading(topic)
            if beside:
                page.beside([list(map("".join, cell)) for cell in cells], width, BETWEEN_COLUMNS, hang="  ")
                continue
            for head, cell in zip(block.heads, cells, strict=True):
                if number > 1:
                    page.say("".join(head[0]), indent="  ", style="bold")
                for spans in cell or ((NOTHING,),):
                    page.say("".join(spans), indent="    ", hang="  ", style="" if cell else "dim")

    def sources(self) -> None:
        if self._sources:
            self._page.heading(Heading.SOURCES)
        for (document, url), number in self._sources.items():
            self._page.row(f"  [{number}] ", document)
            if url:
                self._page.link(url)


def explanation(page: LinePage, parts: Iterable[Explanation], depth: int = 0) -> None:
    """Write each part of a condition with its value, and its own parts under it."""
    for part in parts:
        label = f"{part.label}: " if part.label else ""
        indent = BODY + "  " * min(depth, DEEPEST)
        page.say(f"{label}{part.text} → {part.value}", indent=indent, hang="    ", style=PART_STYLES[part.holds])
        explanation(page, part.parts, depth + 1)


def _place(place: FieldPlace) -> str:
    at = place.in_words()
    return f"{place.pointer} ({at})" if place.pointer and at else place.pointer or at
