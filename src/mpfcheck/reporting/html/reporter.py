"""The format ``html``: takes reports one by one, and writes the page when the last is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from mpfcheck.checking.report import ProposalReport
from mpfcheck.reporting.html.charts import grouped, rules_tables, verdicts_figure
from mpfcheck.reporting.html.markup import Markup, element, outside
from mpfcheck.reporting.html.matrix import legend, matrix
from mpfcheck.reporting.html.page import head_of_many, head_of_one, left_out, page_end, page_start
from mpfcheck.reporting.html.pots import Pot, pots_section
from mpfcheck.reporting.html.proposal import ProposalSection, verdict_words
from mpfcheck.reporting.html.shelf import MOST, Shelf, interest_of
from mpfcheck.reporting.html.sources import Sources
from mpfcheck.reporting.html.tally import CallTally, Line, Tally
from mpfcheck.reporting.wording import counted

if TYPE_CHECKING:
    from mpfcheck.reporting.reporter import OnDemand, Write

__all__ = ["HtmlReporter"]


def _no_pots() -> Sequence[Pot]:
    return ()


class HtmlReporter:
    """Holds a short line of every proposal, and the finished sections of at most some hundred, until the end.

    The overview with its totals stands before the sections, so nothing can be written earlier; ten thousand proposals
    take some ten megabytes. ``pots`` is asked at the end, when all proposals are known. ``version`` is that of the
    program, which the page names. With ``explain`` every rule is shown with its condition and the values in it.
    """

    def __init__(
        self,
        write: Write,
        *,
        version: str,
        pots: Callable[[], Sequence[Pot]] = _no_pots,
        explain: bool = False,
    ) -> None:
        """Write to ``write``."""
        self._write = write
        self._version = version
        self._pots = pots
        self._explain = explain
        self._tally = Tally()
        self._shelf = Shelf()
        self._sources = Sources()
        self._first: tuple[ProposalReport, Line, OnDemand | None] | None = None

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Take the next report. The first waits for the second: alone, it gets a page of another kind."""
        line = self._tally.add(report)
        if line.number == 1:
            self._first = report, line, on_demand
            return
        if self._first:
            self._shelve(*self._first)
            self._first = None
        self._shelve(report, line, on_demand)

    def finish(self) -> None:
        """Write the page."""
        pieces = self._of_one(*self._first) if self._first else self._of_many()
        for piece in pieces:
            self._write(piece)
        self._write(page_end(self._version, checked=self._tally.checked() > 0))

    def _shelve(self, report: ProposalReport, line: Line, on_demand: OnDemand | None) -> None:
        interest = interest_of(report)
        if self._shelf.wants(line.number, interest):
            section = self._section(report, line, on_demand, level=4)
            self._shelf.add(line.number, interest, section.article(line.name))

    def _section(
        self, report: ProposalReport, line: Line, on_demand: OnDemand | None, *, level: int, alone: bool = False
    ) -> ProposalSection:
        return ProposalSection(
            report,
            line.number,
            partial(self._tally.place, report),
            level=level,
            alone=alone,
            explain=self._explain,
            sources=self._sources,
            on_demand=on_demand,
        )

    def _of_one(self, report: ProposalReport, line: Line, on_demand: OnDemand | None) -> Iterator[Markup]:
        section = self._section(report, line, on_demand, level=2, alone=True)
        yield page_start(f"{verdict_words(report.verdict)}: {line.name}", self._version)
        yield head_of_one(report, line.name, section, self._version)
        yield element("div", section.body(), id="findings", class_="proposal alone")
        yield self._sources.section() or Markup()

    def _of_many(self) -> Iterator[Markup]:
        tally, sections = self._tally, self._shelf.sections()
        yield page_start(f"{counted(len(tally.lines), 'proposal')} checked", self._version)
        pots = pots_section(self._pots())
        sources = self._sources.section()
        parts = (
            ("verdicts", "Verdicts", bool(tally.lines)),
            ("rules", "Rules", bool(tally.calls)),
            ("pots", "Pots", pots is not None),
            ("matrix", "Matrix", bool(tally.calls)),
            ("findings", "Proposals", bool(tally.lines)),
            ("sources", "Sources", sources is not None),
        )
        yield head_of_many(tally, self._version, [(anchor, words) for anchor, words, there in parts if there])
        if tally.lines:
            yield _section("verdicts", "Verdicts", verdicts_figure(tally))
            yield from self._rules()
            yield pots or Markup()
            yield from self._matrix(set(sections))
            yield Markup('<section id="findings" aria-labelledby="findings-title">')
            yield element("h2", "Proposals", id="findings-title")
            yield left_out(tally.without(sections), MOST) or Markup()
            yield from sections.values()
            yield Markup("</section>")
        yield sources or Markup()

    def _rules(self) -> Iterator[Markup]:
        if not self._tally.calls:
            return
        tables = [
            element("div", self._call_heading(call), rules_tables(call, number))
            for number, call in enumerate(self._tally.calls.values(), 1)
        ]
        yield _section("rules", "Rules by failures", *tables)

    def _matrix(self, sections: set[int]) -> Iterator[Markup]:
        if not self._tally.calls:
            return
        yield Markup('<section id="matrix" aria-labelledby="matrix-title">')
        yield element("h2", "Proposals and rules", id="matrix-title")
        yield legend()
        for number, call in enumerate(self._tally.calls.values(), 1):
            yield self._call_heading(call) or Markup()
            shown = sum(line.number in sections for line in call.lines)
            if shown < len(call.lines):
                said = f"{grouped(shown)} of {counted(len(call.lines), 'proposal')}: those with a section on this page."
                yield element("p", said)
            if shown:
                yield from matrix(call, sections, f"matrix-{number}")
        unread = len(self._tally.lines) - sum(len(call.lines) for call in self._tally.calls.values())
        if unread:
            said = f"No row: {counted(unread, 'proposal')} that could not be checked against any rule."
            yield element("p", said)
        yield Markup("</section>")

    def _call_heading(self, call: CallTally) -> Markup | None:
        if len(self._tally.calls) < 2:
            return None
        return element("h3", outside(call.call.id), f", rules of {call.call.version}")


def _section(anchor: str, title: str, *children: Markup) -> Markup:
    heading = element("h2", title, id=f"{anchor}-title")
    return element("section", heading, *children, id=anchor, aria_labelledby=f"{anchor}-title")
