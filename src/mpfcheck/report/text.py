"""The report for people: the verdict first, then what must change, what is missing, what a person will judge.

What passed is folded to one line; it unfolds where the conditions are explained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mpfcheck.checking.report import Problem, ProposalReport, ReadField, Result, Severity, Status, Verdict
from mpfcheck.checking.wording import field_in_words
from mpfcheck.report.overview import NOTHING_MORE, Overview, Run
from mpfcheck.report.page import Page
from mpfcheck.report.style import Style
from mpfcheck.report.words import (
    DISCLAIMER,
    VERDICT_HEADLINE,
    VERDICT_MEANING,
    VERDICT_STYLE,
    counted,
    input_name,
    names,
    not_complete,
    not_known,
    passed_over_by_reason,
    project_in_full,
)

if TYPE_CHECKING:
    from mpfcheck.report.reporter import OnDemand, Write

__all__ = ["TextReporter"]

MOST_PROBLEMS = 20
MOST_ANSWERS = 30
MOST_PLACES = 4
MOST_TOPICS = 5


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
    ) -> None:
        """Write to ``write``; with ``only_trouble`` nothing is said of proposals that are eligible.

        With ``explain`` every rule is shown with its condition and the values in it.
        """
        self._write = write
        self._style = style or Style()
        self._width = width
        self._only_trouble = only_trouble
        self._explain = explain
        self._written = False
        self._checked = False

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Write the next report. What broken rules stand on is told with its place."""
        if not (self._only_trouble and report.verdict is Verdict.ELIGIBLE):
            page = Page(self._width, self._style)
            _Sections(page, report, on_demand, explain=self._explain).write()
            self._write(("\n" if self._written else "") + page.text())
            self._written = True
        self._checked |= report.verdict is not Verdict.INVALID

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Write the overview, and what no check can promise.

        With ``only_trouble`` nothing is said of all proposals together where nothing was said of any.
        """
        for page in self._overview(overview):
            self._write(("\n" if self._written else "") + page.text())
            self._written = True
        if self._written and self._checked:
            page = Page(self._width, self._style)
            page.say(DISCLAIMER, style="dim")
            self._write(f"\n{page.text()}")

    def _overview(self, overview: Overview) -> Iterator[Page]:
        # One proposal alone has none of these, and is not to wait for their imports.
        if overview.portfolio and self._written:
            from mpfcheck.report.portfolio_text import write_portfolio

            page = Page(self._width, self._style)
            write_portfolio(page, overview.portfolio)
            yield page
        if overview.supposition:
            from mpfcheck.report.comparison_text import write_supposition

            page = Page(self._width, self._style)
            write_supposition(page, overview.supposition)
            yield page
        if overview.comparison:
            from mpfcheck.report.comparison_text import write_comparison

            page = Page(self._width, self._style)
            page.heading("Since the older run")
            write_comparison(page, overview.comparison)
            yield page
        if overview.run.passed_over or not overview.run.complete:
            page = Page(self._width, self._style)
            _write_run(page, overview.run)
            yield page


class _Sections:
    """One report, laid out."""

    def __init__(self, page: Page, report: ProposalReport, on_demand: OnDemand | None, *, explain: bool) -> None:
        self._page = page
        self._report = report
        self._on_demand = on_demand
        self._explain = explain
        blocking, rest = Severity.BLOCKING, (Severity.WARNING, Severity.ADVICE)
        self._must = [result for result in report.failed if result.severity is blocking]
        self._broken = self._of(Status.INCONCLUSIVE)
        self._missing = self._of(Status.UNDECIDED)
        self._look = [result for result in report.failed if result.severity in rest]
        self._judge = self._of(Status.REVIEW)
        self._passed = self._of(Status.PASS)
        self._apart = self._of(Status.NOT_APPLICABLE)
        self._sources: dict[tuple[str, str | None], int] = {}

    def _of(self, status: Status) -> list[Result]:
        return [result for result in self._report.results if result.status is status]

    def write(self) -> None:
        page, report = self._page, self._report
        page.lead(VERDICT_HEADLINE[report.verdict], VERDICT_STYLE[report.verdict], input_name(report.input))
        if project := project_in_full(report.input):
            page.say(project, style="bold")
        self._introduce()
        invalid = report.verdict is Verdict.INVALID
        if invalid:
            self._problems("What is wrong with the file")
        self._entries("What must change", self._must, "✗", "red")
        self._entries("What could not be evaluated: a fault of the rules, not yours", self._broken, "!", "red")
        self._answers()
        self._entries("What to look at again, though it does not block", self._look, "!", "yellow")
        if not invalid:
            self._problems("What stands out in the file")
        self._entries("What a person will judge", self._judge, "•", "cyan")
        self._folded()
        self._footnotes()

    def _introduce(self) -> None:
        page, report = self._page, self._report
        said = [VERDICT_MEANING[report.verdict]] if report.verdict in VERDICT_MEANING else []
        counts = [
            (len(self._must), "rule is broken", "rules are broken"),
            (len(self._missing), "rule waits for answers", "rules wait for answers"),
            (len(self._judge), "rule is for a person to judge", "rules are for a person to judge"),
        ]
        if phrases := [counted(number, one, many) for number, one, many in counts if number]:
            said.append(f"{', '.join(phrases)}.")
        if said:
            page.say(" ".join(said))
        if report.call:
            day = f", as of {report.as_of}" if report.as_of else ""
            page.say(f"Call {report.call.id}, rules of {report.call.version}{day}.", style="dim")
        if open_parts := not_known(report, MOST_TOPICS):
            page.say(open_parts, style="dim")
        if report.departures:
            changes = ", ".join(f"{name} = {value}" for name, value in report.departures)
            page.say(f"What if: checked with {changes}, which is not what the call says.", style="yellow")

    def _problems(self, heading: str) -> None:
        problems = self._report.problems
        if not problems:
            return
        self._page.heading(heading)
        for problem in problems[:MOST_PROBLEMS]:
            self._problem(problem)
        if len(problems) > MOST_PROBLEMS:
            self._page.say(f"… and {counted(len(problems) - MOST_PROBLEMS, 'more problem')}.", indent="  ")

    def _problem(self, problem: Problem) -> None:
        blocking = problem.severity is Severity.BLOCKING
        place = _place(problem.pointer, problem.line, problem.column)
        self._page.entry("✗" if blocking else "!", "red" if blocking else "yellow", place or "The file", "")
        self._page.detail(problem.message)
        if problem.hint:
            self._page.detail(problem.hint)

    def _entries(self, heading: str, results: Iterable[Result], mark: str, colour: str) -> None:
        results = list(results)
        if results:
            self._page.heading(heading)
        for result in results:
            self._entry(result, mark, colour)

    def _entry(self, result: Result, mark: str, colour: str) -> None:
        page = self._page
        told = result.status is Status.FAIL and result.severity is not Severity.BLOCKING
        page.entry(mark, colour, result.rule, f"{result.title} ({result.severity})" if told else result.title)
        for sentence in filter(None, result.message.split("\n")):
            page.detail(sentence)
        for sentence in filter(None, result.fix.split("\n")):
            page.detail(sentence, label="To mend it")
        if result.status in (Status.FAIL, Status.INCONCLUSIVE) and result.fields:
            places = [self._place(field) for field in result.fields[:MOST_PLACES]]
            page.detail(names(places, len(result.fields)), label="See", style="dim")
        if result.status not in (Status.PASS, Status.NOT_APPLICABLE):
            number = self._sources.setdefault((result.source.document, result.source.url), len(self._sources) + 1)
            section = f"[{number}] {result.source.section} ({result.source.authority})"
            page.detail(section, label="Source", style="dim")
        if self._explain and self._on_demand:
            # Few ask for it, and everybody would wait for this import.
            from mpfcheck.report.explanation import write_explanation

            write_explanation(page, self._on_demand.explain(result.rule))

    def _answers(self) -> None:
        """What is missing, by answer, since one often decides several rules; those first that keep the verdict open."""
        if not self._missing:
            return
        self._page.heading("What is missing")
        waiting: dict[str, list[str]] = {}
        for result in sorted(self._missing, key=lambda result: result.severity is not Severity.BLOCKING):
            told = "" if result.severity is Severity.BLOCKING else f" ({result.severity})"
            for pointer in result.missing:
                waiting.setdefault(pointer, []).append(f"{result.rule}{told}")
        for pointer, rules in list(waiting.items())[:MOST_ANSWERS]:
            words = field_in_words(pointer)
            self._page.entry("?", "yellow", pointer, words[:1].upper() + words[1:])
            self._page.detail(", ".join(rules), label="Needed by", style="dim")
        if len(waiting) > MOST_ANSWERS:
            self._page.say(f"… and {counted(len(waiting) - MOST_ANSWERS, 'more answer')}.", indent="  ")
        for result in self._missing:
            if self._explain or not result.missing:
                self._entry(result, "?", "yellow")

    def _folded(self) -> None:
        page = self._page
        if self._explain:
            self._entries("What passed", self._passed, "✓", "green")
            self._entries("What does not apply here", self._apart, "-", "dim")
            return
        self._entries("Passed, with a remark", [result for result in self._passed if result.message], "✓", "green")
        parts = [f"Passed: {counted(len(self._passed), 'rule')}."] if self._passed else []
        if self._apart:
            parts.append(f"Not applicable: {len(self._apart)}.")
        if parts:
            page.blank()
            page.say(f"✓ {' '.join(parts)}" if self._passed else " ".join(parts), style="green" if self._passed else "")

    def _place(self, field: ReadField) -> str:
        if field.line is None and self._on_demand:
            line, _ = self._on_demand.place_of(field.pointer) or (None, None)
            return _place(field.pointer, line, None)
        return _place(field.pointer, field.line, None)

    def _footnotes(self) -> None:
        """The documents the findings stand on, each once: their titles are long."""
        if self._sources:
            self._page.heading("Sources")
        for (document, url), number in self._sources.items():
            self._page.row(f"  [{number}] ", document)
            if url:
                self._page.link(url)


def _write_run(page: Page, run: Run) -> None:
    """Write what was not checked, and why."""
    if sentences := not_complete(run):
        page.say(" ".join(sentences), style="bold red")
    for why, paths in passed_over_by_reason(run).items():
        page.heading(f"Not checked: {why}")
        for path in paths:
            page.say(path, indent="  ", hang="  ")


def _place(pointer: str, line: int | None, column: int | None) -> str:
    """Where something stands, for a person with the file open: its line, and its JSON Pointer."""
    at = "" if line is None else f"line {line}" if column is None else f"line {line}, column {column}"
    return f"{pointer} ({at})" if pointer and at else pointer or at
