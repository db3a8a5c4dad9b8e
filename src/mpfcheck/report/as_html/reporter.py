"""The format ``html``: takes reports one by one, and writes the page when the last is there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from mpfcheck.checking.report import ProposalReport
from mpfcheck.report.as_html.blocks import Blocks
from mpfcheck.report.as_html.charts import rules_tables, verdicts_figure
from mpfcheck.report.as_html.markup import Markup, element, outside
from mpfcheck.report.as_html.matrix import legend, matrix
from mpfcheck.report.as_html.overview import (
    ProposalLinks,
    countries_section,
    envelopes_section,
    nearly_section,
    repeated_section,
    what_if_section,
)
from mpfcheck.report.as_html.page import head_of_many, head_of_one, left_out, page_end, page_start, run_section
from mpfcheck.report.as_html.proposal import ProposalSection
from mpfcheck.report.as_html.sources import Sources
from mpfcheck.report.as_html.tally import MOST, CallTally, ProposalLine, SectionShelf, Tally, interest_of
from mpfcheck.report.overview import NOTHING_MORE, Overview
from mpfcheck.report.say.portfolio import counted_once, ranking, sent_again
from mpfcheck.report.words import Heading, counted, grouped, headline, selected

if TYPE_CHECKING:
    from mpfcheck.checking.portfolio.resubmissions import Resubmissions
    from mpfcheck.checking.portfolio.summary import Ranking
    from mpfcheck.report.reporter import OnDemand, Write

__all__ = ["HtmlReporter"]


class HtmlReporter:
    """Holds a short line of every proposal, and the finished sections of at most some hundred, until the end.

    The overview with its totals stands before the sections, so nothing can be written earlier; ten thousand proposals
    take some ten megabytes. ``version`` is that of the program, which the page names. With ``explain`` every rule is
    shown with its condition and the values in it.
    """

    def __init__(
        self,
        write: Write,
        *,
        version: str,
        explain: bool = False,
    ) -> None:
        """Write to ``write``."""
        self._write = write
        self._version = version
        self._explain = explain
        self._tally = Tally()
        self._shelf = SectionShelf[Markup]()
        self._sources = Sources()
        self._hidden: set[int] = set()
        self._first: tuple[ProposalReport, ProposalLine, OnDemand | None] | None = None

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

    def count(self, report: ProposalReport) -> None:
        """Count a report that is not shown."""
        if self._first:
            self._shelve(*self._first)
            self._first = None
        self._hidden.add(self._tally.add(report).number)

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Write the page; of the overview all but the comparison, for which the page has no place."""
        pieces = self._of_one(*self._first, overview) if self._first else self._of_many(overview)
        for piece in pieces:
            self._write(piece)
        self._write(page_end(self._version, checked=self._tally.checked() > 0))

    def _shelve(self, report: ProposalReport, line: ProposalLine, on_demand: OnDemand | None) -> None:
        interest = interest_of(report)
        if self._shelf.wants(line.number, interest):
            section = self._section(report, line, on_demand, level=4)
            self._shelf.add(line.number, interest, section.article(line.name))

    def _section(
        self, report: ProposalReport, line: ProposalLine, on_demand: OnDemand | None, *, level: int, alone: bool = False
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

    def _of_one(
        self, report: ProposalReport, line: ProposalLine, on_demand: OnDemand | None, overview: Overview
    ) -> Iterator[Markup]:
        section = self._section(report, line, on_demand, level=2, alone=True)
        yield page_start(f"{headline(report).capitalize()}: {line.name}", self._version)
        yield head_of_one(report, line.name, section, self._version)
        yield run_section(overview.run) or Markup()
        yield element("div", section.body(), id="findings", class_="proposal alone")
        if overview.what_if:
            yield what_if_section(overview.what_if, ProposalLinks((), ()))
        yield self._sources.section() or Markup()

    def _of_many(self, overview: Overview) -> Iterator[Markup]:
        tally, sections = self._tally, self._shelf.sections()
        links = ProposalLinks(tally.lines, sections)
        of_all, what_if = overview.portfolio, overview.what_if
        copies = " ".join(counted_once(of_all)) if of_all else None
        if of_all:
            tally.count_once((*of_all.copies, *(of_all.resubmissions.older if of_all.resubmissions else ())))
        before = [
            ("run", Heading.NOT_CHECKED, run_section(overview.run)),
            ("verdicts", "Verdicts", _section("verdicts", "Verdicts", verdicts_figure(tally)) if tally.lines else None),
            ("nearly", Heading.NEARLY_ELIGIBLE, nearly_section(of_all.nearly_eligible, links) if of_all else None),
            ("pots", "Envelopes", envelopes_section(of_all.together) if of_all else None),
            ("ranking", Heading.RANKING, _ranking(of_all.ranking if of_all else None)),
            ("supposed", Heading.WHAT_IF, what_if_section(what_if, links) if what_if else None),
            ("rules", "Rules", self._rules()),
            ("countries", "Countries", countries_section(of_all.lead_countries) if of_all else None),
            ("repeated", "Repeated", repeated_section(of_all, links) if of_all else None),
            ("again", "Sent in again", _sent_again(of_all.resubmissions if of_all else None)),
        ]
        sources = self._sources.section()
        after = (
            ("matrix", "Matrix", bool(tally.calls)),
            ("findings", "Proposals", bool(tally.lines)),
            ("sources", Heading.SOURCES, sources is not None),
        )
        contents = [(anchor, words) for anchor, words, part in (*before, *after) if part]
        yield page_start(f"{counted(len(tally.lines), 'proposal')} checked", self._version)
        yield head_of_many(tally, self._version, contents, copies, overview.run)
        if selection := selected(overview.run):
            yield element("p", element("strong", selection), class_="what-if")
        for _, _, part in before:
            yield part or Markup()
        if tally.lines:
            yield from self._matrix(set(sections))
            yield Markup('<section id="findings" aria-labelledby="findings-title">')
            yield element("h2", "Proposals", id="findings-title")
            yield left_out(tally.without({*sections, *self._hidden}), MOST) or Markup()
            yield from sections.values()
            yield Markup("</section>")
        yield sources or Markup()

    def _rules(self) -> Markup | None:
        if not self._tally.calls:
            return None
        tables = [
            element("div", self._call_heading(call), rules_tables(call, number))
            for number, call in enumerate(self._tally.calls.values(), 1)
        ]
        return _section("rules", Heading.RULES, *tables)

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
                words = f"Shown: {grouped(shown)} of {counted(len(call.lines), 'proposal')}, those with a section here."
                yield element("p", words)
            if shown:
                yield from matrix(call, sections, f"matrix-{number}")
        unread = len(self._tally.lines) - sum(len(call.lines) for call in self._tally.calls.values())
        if unread:
            words = f"No row: {counted(unread, 'proposal')} that could not be checked against any rule."
            yield element("p", words)
        yield Markup("</section>")

    def _call_heading(self, call: CallTally) -> Markup | None:
        if len(self._tally.calls) < 2:
            return None
        return element("h3", outside(call.call.id), f", rules of {call.call.version}")


def _ranking(found: Ranking | None) -> Markup | None:
    blocks = () if found is None else tuple(ranking(found))
    return _section("ranking", Heading.RANKING, Blocks(3).markup(blocks)) if blocks else None


def _sent_again(found: Resubmissions | None) -> Markup | None:
    groups = () if found is None else found.groups
    if found is None or not groups:
        return None
    return _section("again", "Sent in again", Blocks(3).markup(sent_again(found)))


def _section(anchor: str, title: str, *children: Markup) -> Markup:
    heading = element("h2", title, id=f"{anchor}-title")
    return element("section", heading, *children, id=anchor, aria_labelledby=f"{anchor}-title")
