"""Reports as Markdown, for a comment, a wiki or a ticket: all proposals at a glance, then each with its findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mpfcheck.checking.report import Problem, ProposalReport, Result, Severity, Status, Verdict
from mpfcheck.checking.wording import field_in_words
from mpfcheck.report.commonmark import code, link, markdown
from mpfcheck.report.overview import NOTHING_MORE, Overview, Run
from mpfcheck.report.place import in_words, place_of
from mpfcheck.report.sections import Sections
from mpfcheck.report.spool import Spool
from mpfcheck.report.words import (
    DISCLAIMER,
    VERDICT_HEADLINE,
    VERDICT_IN_COUNTS,
    VERDICT_MEANING,
    counted,
    input_name,
    names,
    not_complete,
    not_known,
    passed_over_by_reason,
    project,
    project_in_full,
)

if TYPE_CHECKING:
    from mpfcheck.report.reporter import OnDemand, Write

__all__ = ["MarkdownReporter"]

MOST_PLACES = 4

TABLE = (
    "| Input | Proposal | Verdict | Broken | Waiting | To judge |",
    "| --- | --- | --- | ---: | ---: | ---: |",
)


class MarkdownReporter:
    """Keeps the text of every report until the end, because the glance at all of them stands before them."""

    def __init__(self, write: Write) -> None:
        """Write to ``write``."""
        self._write = write
        self._verdicts: Counter[Verdict] = Counter()
        self._rows = Spool()
        self._texts = Spool()

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Take the next report."""
        sections = Sections(report)
        name, verdict = markdown(input_name(report.input)), VERDICT_HEADLINE[report.verdict].capitalize()
        numbers = (len(sections.must_change), len(sections.missing), len(sections.to_judge))
        self._verdicts[report.verdict] += 1
        self._rows.write(
            f"| {name} | {markdown(project(report.input))} | {verdict} | {' | '.join(map(str, numbers))} |\n"
        )
        blocks = _Blocks(report, sections, on_demand).blocks()
        self._texts.write("".join(f"\n{block}\n" for block in blocks))

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Write the document; of the overview all but the comparison, which is a matter of the run."""
        total = self._verdicts.total()
        counts = [(self._verdicts[verdict], words) for verdict, words in VERDICT_IN_COUNTS.items()]
        verdicts = ", ".join(counted(number, words, words) for number, words in counts if number)
        self._write("# Eligibility check\n")
        self._write(f"\n**{counted(total, 'proposal')}{': ' if verdicts else ''}{verdicts}.**\n")
        if sentences := not_complete(overview.run):
            self._write(f"\n**{' '.join(sentences)}**\n")
        if total > 1:
            self._write("".join(f"{line}\n" for line in ("", *TABLE)))
            for rows in self._rows:
                self._write(rows)
        for block in _of_all(overview):
            self._write(f"\n{block}\n")
        for text in self._texts:
            self._write(text)
        for block in _passed_over(overview.run):
            self._write(f"\n{block}\n")
        if any(verdict is not Verdict.INVALID for verdict in self._verdicts):
            self._write(f"\n*{DISCLAIMER}*\n")


def _passed_over(run: Run) -> Iterator[str]:
    if run.passed_over:
        yield "## Not checked"
    for why, paths in passed_over_by_reason(run).items():
        yield "\n".join([f"- {markdown(why)}", *(f"  - {code(path)}" for path in paths)])


def _of_all(overview: Overview) -> Iterator[str]:
    from mpfcheck.report.portfolio_markdown import portfolio_blocks, supposition_blocks

    if overview.portfolio:
        yield from portfolio_blocks(overview.portfolio)
    if overview.supposition:
        yield from supposition_blocks(overview.supposition)


class _Blocks:
    """One report as blocks of Markdown."""

    def __init__(self, report: ProposalReport, sections: Sections, on_demand: OnDemand | None) -> None:
        self._report = report
        self._sections = sections
        self._on_demand = on_demand

    def blocks(self) -> list[str]:
        """The blocks in order, to stand with an empty line between them."""
        report, sections = self._report, self._sections
        invalid = report.verdict is Verdict.INVALID
        return [
            f"## {VERDICT_HEADLINE[report.verdict]}: {markdown(input_name(report.input))}",
            *self._project(),
            *self._introduction(),
            *(self._problems("What is wrong with the file") if invalid else ()),
            *self._findings("What must change", sections.must_change),
            *self._findings("What could not be evaluated: a fault of the rules, not yours", sections.broken),
            *self._answers(),
            *self._findings("What to look at again, though it does not block", sections.look_again),
            *(() if invalid else self._problems("What stands out in the file")),
            *self._findings("What a person will judge", sections.to_judge),
            *self._passed(),
        ]

    def _project(self) -> Iterable[str]:
        if said := markdown(project_in_full(self._report.input)):
            yield f"**{said}**"

    def _introduction(self) -> Iterable[str]:
        report = self._report
        if said := " ".join(filter(None, (VERDICT_MEANING.get(report.verdict), self._sections.counts()))):
            yield said
        if report.call:
            day = f", as of {markdown(report.as_of)}" if report.as_of else ""
            yield f"Call {code(report.call.id)}, rules of {markdown(report.call.version)}{day}."
        if open_parts := not_known(report):
            yield markdown(open_parts)
        if report.departures:
            changes = ", ".join(f"{name} = {value}" for name, value in report.departures)
            yield f"**What if: checked with {markdown(changes)}, which is not what the call says.**"

    def _findings(self, heading: str, results: Iterable[Result]) -> list[str]:
        entries = [self._finding(result) for result in results]
        return [f"### {heading}", *entries] if entries else []

    def _finding(self, result: Result) -> str:
        told = result.status is Status.FAIL and result.severity is not Severity.BLOCKING
        paragraphs = [f"**{markdown(result.rule)}** {markdown(result.title)}{f' ({result.severity})' if told else ''}"]
        paragraphs += _paragraphs(result.message)
        paragraphs += [f"*To mend it:* {sentence}" for sentence in _paragraphs(result.fix)]
        if result.status in (Status.FAIL, Status.INCONCLUSIVE) and result.fields:
            shown = result.fields[:MOST_PLACES]
            places = [_place(field.pointer, place_of(field, self._on_demand)[0], None) for field in shown]
            paragraphs.append(f"*See:* {names(places, len(result.fields))}")
        source = result.source
        if result.status is not Status.PASS:
            section = f"{markdown(source.section)} ({markdown(source.authority)})"
            paragraphs.append(f"*Source:* {link(source.document, source.url)}, {section}")
        return _entry(paragraphs)

    def _problems(self, heading: str) -> list[str]:
        entries = [self._problem(problem) for problem in self._report.problems]
        return [f"### {heading}", *entries] if entries else []

    def _problem(self, problem: Problem) -> str:
        place = _place(problem.pointer, problem.line, problem.column) or "The file"
        return _entry([place, *_paragraphs(problem.message), *_paragraphs(problem.hint)])

    def _answers(self) -> list[str]:
        """What is missing, by answer, since one often decides several rules."""
        entries = []
        for pointer, results in self._sections.answers().items():
            words = markdown(field_in_words(pointer))
            blocking = Severity.BLOCKING
            rules = [
                markdown(result.rule) + ("" if result.severity is blocking else f" ({result.severity})")
                for result in results
            ]
            entries.append(f"- {code(pointer)} {words[:1].upper()}{words[1:]}: needed by {', '.join(rules)}")
        unnamed = [self._finding(result) for result in self._sections.missing if not result.missing]
        listed = ["\n".join(entries)] if entries else []
        return ["### What is missing", *listed, *unnamed] if listed or unnamed else []

    def _passed(self) -> Iterable[str]:
        passed, apart = self._sections.passed, self._sections.apart
        yield from self._findings("Passed, with a remark", [result for result in passed if result.message])
        parts = [f"Passed: {counted(len(passed), 'rule')}."] if passed else []
        parts += [f"Not applicable: {len(apart)}."] if apart else []
        if parts:
            yield " ".join(parts)


def _paragraphs(text: str) -> list[str]:
    return [paragraph for line in text.splitlines() if (paragraph := markdown(line))]


def _entry(paragraphs: list[str]) -> str:
    """An item of a list with its paragraphs."""
    return "- " + "\n\n  ".join(paragraphs)


def _place(pointer: str, line: int | None, column: int | None) -> str:
    shown, at = code(pointer), in_words(line, column)
    return f"{shown} ({at})" if shown and at else shown or at
