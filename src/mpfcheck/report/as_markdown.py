"""Reports as Markdown, for a comment, a wiki or a ticket: all proposals at a glance, then each with its findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from mpfcheck.checking.report import ProposalReport, Verdict
from mpfcheck.frozen import Frozen
from mpfcheck.report.blocks import (
    Answer,
    Blank,
    Block,
    Brief,
    Cell,
    Code,
    Columns,
    Cover,
    Detail,
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
    Spans,
    Strong,
    Subject,
    Table,
    Title,
    Tone,
)
from mpfcheck.report.commonmark import code, link, markdown
from mpfcheck.report.overview import NOTHING_MORE, Overview
from mpfcheck.report.place import FieldPlace
from mpfcheck.report.say.proposal import Findings, opening, sections
from mpfcheck.report.spool import Spool
from mpfcheck.report.words import (
    ALL_IN_JSON,
    DISCLAIMER,
    VERDICT_HEADLINE,
    VERDICT_IN_COUNTS,
    Label,
    cited,
    counted,
    headline,
    input_name,
    names,
    not_complete,
    project,
    selected,
)

if TYPE_CHECKING:
    from mpfcheck.checking.explain import Explanation
    from mpfcheck.report.reporter import OnDemand, Write

__all__ = ["Dialect", "MarkdownReporter", "as_markdown"]

MOST_PLACES = 4
MOST_MEMBERS = 10
BLANK_LINE = r"\_\_\_\_\_\_\_\_"

TABLE = (
    "| Input | Proposal | Verdict | Must change | Information missing | Manual review |",
    "| --- | --- | --- | ---: | ---: | ---: |",
)


class MarkdownReporter:
    """Keeps the text of every report until the end, because the glance at all of them stands before them."""

    def __init__(self, write: Write) -> None:
        """Write to ``write``."""
        self._write = write
        self._verdicts: Counter[Verdict] = Counter()
        self._rows = Spool(str)
        self._texts = Spool(str)

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Take the next report."""
        findings = Findings(report)
        name, verdict = markdown(input_name(report.input)), headline(report).capitalize()
        numbers = (len(findings.must_change), len(findings.missing), len(findings.review))
        self._verdicts[report.verdict] += 1
        self._rows.write(
            f"| {name} | {markdown(project(report.input))} | {verdict} | {' | '.join(map(str, numbers))} |\n"
        )
        blocks = (*opening(report, findings), *sections(report, findings, on_demand))
        self._texts.write(as_markdown(blocks, level=2))

    def count(self, report: ProposalReport) -> None:
        """Count a report that is not shown."""
        self._verdicts[report.verdict] += 1

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Write the document; of the overview all but the comparison, which is a matter of the run."""
        total = self._verdicts.total()
        counts = [(self._verdicts[verdict], words) for verdict, words in VERDICT_IN_COUNTS.items()]
        verdicts = ", ".join(counted(number, words, words) for number, words in counts if number)
        self._write("# Eligibility check\n")
        self._write(f"\n**{counted(total, 'proposal')}{': ' if verdicts else ''}{verdicts}.**\n")
        if line := selected(overview.run):
            self._write(f"\n**{markdown(line)}**\n")
        if sentences := not_complete(overview.run):
            self._write(f"\n**{' '.join(sentences)}**\n")
        if total > 1:
            self._write("".join(f"{line}\n" for line in ("", *TABLE)))
            for rows in self._rows:
                self._write(rows)
        self._write(as_markdown(_of_all(overview)))
        for text in self._texts:
            self._write(text)
        if overview.run.passed_over:
            from mpfcheck.report.say.run import passed_over

            self._write(as_markdown(passed_over(overview.run)))
        if overview.run.inputs_sha256:
            from mpfcheck.report.say.run import sealed

            self._write(as_markdown(sealed(overview.run)))
        if any(verdict is not Verdict.INVALID for verdict in self._verdicts):
            self._write(f"\n*{DISCLAIMER}*\n")


def _of_all(overview: Overview) -> Iterator[Block]:
    if overview.portfolio:
        from mpfcheck.report.say.portfolio import portfolio

        yield from portfolio(overview.portfolio)
    if overview.what_if:
        from mpfcheck.report.say.comparison import what_if_blocks

        yield from what_if_blocks(overview.what_if)


class Dialect(Frozen):
    """How text becomes Markdown: prose, code, links that show it as it is; and the indent of paragraphs in a list."""

    prose: Callable[[str], str]
    code: Callable[[str], str]
    link: Callable[[str, str | None], str]
    indent: str


COMMONMARK = Dialect(markdown, code, link, "  ")


def as_markdown(blocks: Iterable[Block], level: int = 1, dialect: Dialect = COMMONMARK) -> str:
    """Blocks, each after an empty line; headings of sections are one level under ``level``."""
    return "".join(f"\n{text}\n" for text in _Blocks(dialect).texts(blocks, level))


class _Blocks:
    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def texts(self, blocks: Iterable[Block], level: int) -> Iterator[str]:
        for block in blocks:
            match block:
                case Say(spans, tone):
                    loud = tone in (Tone.STRONG, Tone.NOTICE, Tone.ALARM)
                    if text := self._spans(spans):
                        yield f"**{text}**" if loud else text
                case Section(heading, inner, url):
                    yield f"{'#' * (level + 1)} {self._dialect.link(heading, url)}"
                    yield from self.texts(inner, level + 1)
                case Listing(items):
                    yield from self._listing(items)
                case Headline(verdict, text, words):
                    yield f"{'#' * level} {words or VERDICT_HEADLINE[verdict]}: {self._dialect.prose(text)}"
                case Quiet():
                    if words := block.in_words():
                        yield words
                case Title(name, text):
                    yield f"{'#' * level} {self._dialect.prose(name)}: {self._dialect.prose(text)}"
                case Brief(_, where, project_, short, _):
                    line = " · ".join(filter(None, (where, project_)))
                    yield f"- {self._dialect.prose(f'{line}: {short}' if short else line)}"
                case Subject(text):
                    yield f"**{self._dialect.prose(text)}**"
                case Lines(lines):
                    yield "\n".join(f"- {self._spans((line,))}" for line in lines)
                case Group(name, note, members):
                    note = f" ({self._dialect.prose(note)})" if note else ""
                    shown = [self._dialect.prose(member) for member in members[:MOST_MEMBERS]]
                    yield f"- **{self._dialect.prose(name)}**{note}: {names(shown, len(members), ALL_IN_JSON)}"
                case Table():
                    yield self._table(block)
                case Columns():
                    yield self._columns(block)
                case Facts(facts):
                    yield self._facts(facts)
                case Cover():
                    yield from self._cover(block, level)
                case Signature(name, role, lines):
                    yield self._facts([Fact(role, name), *(Fact(line, Blank("")) for line in lines)])
                case PageBreak():
                    yield "---"

    def _facts(self, facts: Sequence[Fact]) -> str:
        return "\n".join(f"- **{self._dialect.prose(fact.label)}:** {self._value(fact.value)}" for fact in facts)

    def _value(self, value: str) -> str:
        """A value, each line of it a line of its own."""
        if isinstance(value, Blank):
            return f"{BLANK_LINE} {self._dialect.prose(value)}".rstrip()
        if isinstance(value, Code):
            return self._dialect.code(value)
        lines = [self._dialect.prose(line) for line in value.splitlines() if line.strip()]
        return f"  \n{self._dialect.indent}".join(lines)

    def _cell(self, value: str) -> str:
        return BLANK_LINE if isinstance(value, Blank) else self._dialect.prose(value)

    def _cover(self, cover: Cover, level: int) -> Iterator[str]:
        yield f"{'#' * level} {self._dialect.prose(cover.kind)}: {self._value(cover.title)}"
        if cover.subtitle:
            yield f"**{self._dialect.prose(cover.subtitle)}**"
        if cover.facts:
            yield self._facts(cover.facts)
        if cover.note:
            yield f"*{self._dialect.prose(cover.note)}*"

    def _listing(self, items: Sequence[Entry | Answer]) -> Iterator[str]:
        answers = [self._answer(item) for item in items if isinstance(item, Answer)]
        if answers:
            yield "\n".join(answers)
        yield from (self._entry(item) for item in items if isinstance(item, Entry))

    def _answer(self, answer: Answer) -> str:
        rules = [
            self._dialect.prose(result.rule) + ("" if result.severity == "blocking" else f" ({result.severity})")
            for result in answer.results
        ]
        needed = f"{Label.NEEDED_BY[0].lower()}{Label.NEEDED_BY[1:]} {', '.join(rules)}"
        return f"- {self._dialect.code(answer.pointer)} {self._dialect.prose(answer.words)}: {needed}"

    def _entry(self, entry: Entry) -> str:
        """An item of a list with its paragraphs."""
        if isinstance(entry.name, FieldPlace):
            first = self._place(entry.name) or "The file"
        else:
            weighs = entry.weight and entry.mark in (Mark.BAD, Mark.LOOK, Mark.FAULT)
            weight = f" ({self._dialect.prose(entry.weight)})" if weighs else ""
            state = f": {entry.state}" if entry.state else ""
            name = self._dialect.link(entry.name, entry.url)
            first = f"**{name}** {self._dialect.prose(entry.title)}".rstrip() + weight + state
        paragraphs = [first, self._dialect.code(entry.place), *map(self._detail, entry.details)]
        if entry.fields:
            places = [self._place(place) for place in entry.fields.places(MOST_PLACES)]
            paragraphs.append(f"*{Label.SEE}:* {names(places, len(entry.fields.fields))}")
        if source := entry.source:
            where = self._dialect.prose(cited(source.section, source.authority))
            paragraphs.append(f"*{Label.SOURCE}:* {self._dialect.link(source.document, source.url)}, {where}")
        paragraphs += map(self._part, entry.parts)
        return "- " + f"\n\n{self._dialect.indent}".join(filter(None, paragraphs))

    def _part(self, part: Explanation, depth: int = 0) -> str:
        """A part of a condition with its value, and its own parts in a list under it."""
        indent = self._dialect.indent * (depth + 1)
        label = f"{self._dialect.prose(part.label)}: " if part.label else ""
        line = f"{'- ' if depth else ''}{label}{self._dialect.code(part.text)} → {self._dialect.prose(part.value)}"
        return "\n".join([line, *(f"{indent}{self._part(inner, depth + 1)}" for inner in part.parts)])

    def _detail(self, detail: Detail) -> str:
        text = self._spans(detail.spans)
        return f"*{detail.label}:* {text}" if detail.label and text else text

    def _spans(self, spans: Spans) -> str:
        return "".join(map(self._span, spans))

    def _span(self, span: str) -> str:
        match span:
            case Blank():
                return self._value(span)
            case Code():
                return self._dialect.code(span)
            case Strong():
                return f"**{self._dialect.prose(span)}**"
        return self._prose(span)

    def _prose(self, text: str) -> str:
        """Text with the blanks at its ends, which Markdown of a whole line would not keep."""
        inner = self._dialect.prose(text)
        before, after = " " if text[:1] == " " else "", " " if text[-1:] == " " else ""
        return f"{before}{inner}{after}" if inner else ""

    def _place(self, place: FieldPlace) -> str:
        shown, at = self._dialect.code(place.pointer), place.in_words()
        return f"{shown} ({at})" if shown and at else shown or at

    def _table(self, table: Table) -> str:
        lines = [
            " | ".join(self._dialect.prose(head.removesuffix(":")) for head in table.heads),
            " | ".join("---:" if head.endswith(":") else "---" for head in table.heads),
            *(" | ".join(map(self._cell, row)) for row in table.rows),
            *(" | ".join(f"**{cell}**" if cell else "" for cell in map(self._cell, row)) for row in table.foot),
        ]
        return "\n".join(f"| {line} |" for line in lines)

    def _columns(self, block: Columns) -> str:
        heads = [self._paragraphs(head) for head in block.heads]
        rows = [(self._dialect.prose(topic), *map(self._paragraphs, cells)) for topic, cells in block.rows]
        lines = [(self._dialect.prose(block.corner), *heads), ("---",) * (len(heads) + 1), *rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def _paragraphs(self, cell: Cell) -> str:
        return "<br>".join(map(self._spans, cell))
