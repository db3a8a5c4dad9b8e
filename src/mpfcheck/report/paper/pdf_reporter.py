"""The format ``pdf``: the report of Markdown on paper, with a title page and at most some hundred proposals in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from mpfcheck.checking.report import ProposalReport, Verdict
from mpfcheck.report.as_html.tally import SectionShelf, interest_of
from mpfcheck.report.blocks import Block, Code, Cover, Fact, PageBreak, Say, Section, Table, Tone
from mpfcheck.report.overview import NOTHING_MORE, Overview
from mpfcheck.report.paper.as_pdf import nodes_as_json, typeset
from mpfcheck.report.paper.paper import Paper
from mpfcheck.report.say.proposal import Findings, opening, sections
from mpfcheck.report.words import (
    DISCLAIMER,
    INPUTS_CHECKSUM,
    VERDICT_IN_COUNTS,
    Heading,
    certificate,
    counted,
    headline,
    input_name,
    not_complete,
    project,
    project_in_full,
    selected,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from mpfcheck.report.reporter import OnDemand, WriteBytes

__all__ = ["PdfReporter"]

MOST = 150
"""A document with more proposals in full has a thousand pages, and takes minutes to set."""
HEADS = ("Input", "Proposal", "Verdict", "Must change:", "Information missing:", "Manual review:")


class PdfReporter:
    """Holds the rows of all proposals and the sections of some until the end; then it sets the document.

    ``warn`` is told what could not be shown as it is.
    """

    def __init__(self, write: WriteBytes, *, version: str, warn: Callable[[str], object]) -> None:
        """Write to ``write``."""
        self._write = write
        self._version = version
        self._warn = warn
        self._verdicts: Counter[Verdict] = Counter()
        self._basis: dict[str, None] = {}
        self._rows: list[tuple[str, ...]] = []
        self._shelf = SectionShelf[str](most=MOST)
        self._first: ProposalReport | None = None

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Take the next report."""
        findings = Findings(report)
        self._first = self._first or report
        self._verdicts[report.verdict] += 1
        if report.call:
            day = f", as of {report.as_of}" if report.as_of else ""
            self._basis[f"{report.call.id}, rules of {report.call.version}{day}"] = None
        numbers = (len(findings.must_change), len(findings.missing), len(findings.review))
        verdict = headline(report).capitalize()
        self._rows.append((input_name(report.input), project(report.input), verdict, *map(str, numbers)))
        number, interest = len(self._rows), interest_of(report)
        if self._shelf.wants(number, interest):
            start, *rest = opening(report, findings)
            blocks = (start, *rest, *sections(report, findings, on_demand))
            self._shelf.add(number, interest, nodes_as_json((PageBreak(), *blocks), level=2))

    def count(self, report: ProposalReport) -> None:
        """Count a report that is not shown."""
        self._verdicts[report.verdict] += 1

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Set the document and write it; of the overview all but the comparison, which is a matter of the run.

        Raises MissingLibraryError.
        """
        shown = self._shelf.sections()
        total = self._verdicts.total()
        title = self._title(total)
        paper = Paper(title, f"mpfcheck {self._version}", "", f"Eligibility check · mpfcheck {self._version}", ())
        before = nodes_as_json((self._cover(title, overview), *self._of_all(overview, len(shown))), level=1)
        after = nodes_as_json(self._end(overview), level=1)
        written = typeset(paper, chain([before], shown.values(), [after]))
        for warning in written.warnings:
            self._warn(warning)
        self._write(written.data)

    def _title(self, total: int) -> str:
        if total == 1 and self._first is not None:
            name = project(self._first.input) or input_name(self._first.input)
            return f"{headline(self._first).capitalize()}: {name}"
        return f"{counted(total, 'proposal')} checked" if total else "Nothing was checked"

    def _cover(self, title: str, overview: Overview) -> Cover:
        counts = [(self._verdicts[verdict], words) for verdict, words in VERDICT_IN_COUNTS.items()]
        verdicts = ", ".join(counted(number, words, words) for number, words in counts if number)
        facts = [Fact("Call", basis) for basis in self._basis]
        if self._first is not None and self._verdicts.total() == 1:
            subtitle = project_in_full(self._first.input)
            if self._first.input.sha256:
                facts.append(Fact("Checksum of the file (SHA-256)", Code(self._first.input.sha256)))
        else:
            subtitle = f"{verdicts[:1].upper()}{verdicts[1:]}"
        facts.append(Fact("Checked with", f"mpfcheck {self._version}"))
        if selection := selected(overview.run):
            facts.append(Fact("Selection", selection))
        if overview.run.inputs_sha256:
            facts.append(Fact("Inputs", certificate(overview.run)))
            facts.append(Fact(INPUTS_CHECKSUM, Code(overview.run.inputs_sha256)))
        if sentences := not_complete(overview.run):
            facts.append(Fact("Not complete", " ".join(sentences)))
        return Cover("Eligibility check", title, subtitle, facts, DISCLAIMER if self._basis else "")

    def _of_all(self, overview: Overview, shown: int) -> Iterator[Block]:
        if self._rows and self._verdicts.total() > 1:
            left = len(self._rows) - shown
            more = f"Without a section of their own: {counted(left, 'proposal')}." if left else ""
            yield Section("Proposals", (Table(HEADS, self._rows), Say((more,), Tone.QUIET)))
        if overview.portfolio:
            from mpfcheck.report.say.portfolio import portfolio

            yield from portfolio(overview.portfolio)
        if overview.what_if:
            from mpfcheck.report.say.comparison import what_if_blocks

            yield from what_if_blocks(overview.what_if)

    def _end(self, overview: Overview) -> Iterator[Block]:
        if overview.run.passed_over:
            from mpfcheck.report.say.run import passed_over

            yield PageBreak()
            yield Section(Heading.NOT_CHECKED, tuple(passed_over(overview.run)))
