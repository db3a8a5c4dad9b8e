"""The format ``xlsx``: a workbook for officers, to filter and to sort: proposals, findings, envelopes, organisations.

All text is written as text: nothing in it is a formula or a link, whatever it looks like.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mpfcheck.checking.report import Problem, ProposalReport, Result, Status
from mpfcheck.checking.wording import field_in_words
from mpfcheck.plain import plain
from mpfcheck.proposal.values import format_money
from mpfcheck.report.overview import NOTHING_MORE, Overview
from mpfcheck.report.paper.paper import NO_TIME
from mpfcheck.report.place import first_place
from mpfcheck.report.say.portfolio import (
    FITS,
    ROLE,
    compared_in_words,
    counted_once,
    sent_again_in_words,
    without_country_in_words,
)
from mpfcheck.report.say.proposal import Findings
from mpfcheck.report.words import (
    DISCLAIMER,
    INPUTS_CHECKSUM,
    NOT_ANSWERED,
    STATUS_WORDS,
    VERDICT_IN_COUNTS,
    Heading,
    assessed,
    certificate,
    cited,
    counted,
    headline,
    input_name,
    not_complete,
    passed_over_by_reason,
    project,
    project_name,
    selected,
    what_if,
)

if TYPE_CHECKING:
    from mpfcheck.checking.portfolio.summary import PortfolioSummary, Ranking
    from mpfcheck.report.reporter import OnDemand, WriteBytes

__all__ = ["WorkbookReporter"]

MOST_ROWS = 1_000_000
"""A sheet has 1 048 576 rows at most."""
LONGEST_TEXT = 32_000
"""Characters: a cell has room for 32 767."""
A3 = 8
PAGE_WIDTH = 350
"""In characters. A table that is wider goes over several pages: on one, it would be too small to read."""
LINE_HEIGHT, MOST_LINES = 15, 27
"""Of a row, in points and in lines: higher than 409 points no row can be."""
QUIET = (Status.PASS, Status.NOT_APPLICABLE)

PROPOSALS = (
    ("Input", 34), ("Line", 6), ("Title", 40), ("Acronym", 14), ("Lead applicant", 32), ("Country", 9), ("Fund", 8),
    ("Total (EUR)", 15), ("Grant (EUR)", 15), ("Share", 8), ("Verdict", 22), ("Findings", 10), ("Must change", 9),
    ("Information missing", 12), ("Manual review", 9), ("Missing answers", 50), ("Call", 28), ("As of", 11),
)  # fmt: skip
FINDINGS = (
    ("Input", 34), ("Line", 6), ("Project", 40), ("Verdict", 18), ("Rule", 12), ("Title", 45), ("Severity", 10),
    ("Status", 20), ("Message", 70), ("How to fix it", 60), ("Field", 30), ("Line of the field", 9), ("Source", 40),
    ("Decision", 40),
)  # fmt: skip
ENVELOPES = (
    ("Call", 28), ("Rule", 12), ("Title", 50), ("Envelope", 40), ("Status", 20), ("Amounts", 40), ("Message", 70),
    ("Eligible proposals of the call", 12),
)  # fmt: skip
RANKING = (
    ("Call", 28), ("Envelope", 40), ("Rank", 7), ("Score", 9), ("Input", 34), ("Line", 6), ("Project", 40),
    ("Requested (EUR)", 16), ("Together (EUR)", 16), ("Result", 22), ("Tie", 6),
)  # fmt: skip
ORGANISATIONS = (("Organisation", 45), ("Country", 9), ("PICs", 20), ("Appearances", 11), ("Input", 40), ("Role", 14))
_MONEY, _SHARE = "money", "share"


class WorkbookReporter:
    """Writes a row at once to the sheets whose rows stand by themselves; the rest, and the file, at the end."""

    def __init__(self, write: WriteBytes, *, version: str) -> None:
        """Write to ``write``; ``version`` is that of mpfcheck, which the workbook names."""
        from xlsxwriter import Workbook

        self._write = write
        self._version = version
        self._saved = BytesIO()
        # Rows go to temporary files as they come: the memory stays the same however many proposals there are.
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = Workbook(self._saved, {**options, "strings_to_numbers": False})
        self._book.set_properties(
            {"title": "Eligibility check", "comments": f"Written by mpfcheck {version}", "created": NO_TIME}
        )
        text = {"text_wrap": True, "valign": "top"}
        self._formats = {
            "": None,
            "head": self._book.add_format({**text, "bold": True, "bg_color": "#E7E6E6"}),
            "wrap": self._book.add_format(text),
            "count": self._book.add_format({"align": "center", "valign": "top"}),
            "bold": self._book.add_format({"bold": True}),
            _MONEY: self._book.add_format({"num_format": "#,##0.00", "valign": "top"}),
            _SHARE: self._book.add_format({"num_format": "0.00%", "valign": "top"}),
        }
        self._proposals = _Sheet(self._book, "Proposals", PROPOSALS, self._formats)
        self._findings = _Sheet(self._book, "Findings", FINDINGS, self._formats)
        self._statuses: list[tuple[str, str, dict[tuple[str, str], Status]]] = []
        self._rules: dict[tuple[str, str], str] = {}
        self._departures: dict[str, None] = {}
        self._not_shown = 0

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Write the rows of the next report."""
        found = Findings(report)
        reference = report.input
        lead = reference.lead
        total, grant = _amount(reference.total), _amount(reference.grant_requested)
        listed = [one for one in report.results if one.status not in QUIET or one.rule in found.decisions]
        verdict = headline(report).capitalize()
        self._proposals.add(
            (
                *(reference.path or input_name(reference), reference.line, reference.title, reference.acronym),
                *(lead.name if lead else None, lead.country if lead else None, reference.fund, total, grant),
                grant / total if grant is not None and total else None,
                verdict,
                sum(result.status not in QUIET for result in listed) + len(report.problems),
                *(len(found.must_change), len(found.missing), len(found.review)),
                "; ".join(_in_words(pointer) for pointer in found.answers()),
                report.call.id if report.call else None,
                report.as_of,
            ),
            {7: _MONEY, 8: _MONEY, 9: _SHARE},
        )
        about = (reference.path or input_name(reference), reference.line, project(reference), verdict)
        for problem in report.problems:
            self._findings.add((*about, *_problem(problem)))
        for result in listed:
            decision = found.decisions.get(result.rule)
            in_words = None if decision is None else assessed(decision)
            self._findings.add((*about, *_result(result, on_demand), in_words))
        call = report.call.id if report.call else ""
        statuses = {(call, one.rule): one.status for one in report.results}
        self._statuses.append((input_name(reference), verdict, statuses))
        for result in report.results:
            self._rules.setdefault((call, result.rule), result.title)
        if report.departures:
            self._departures[what_if(report.departures)] = None

    def count(self, report: ProposalReport) -> None:
        """Count a report that is not shown."""
        self._not_shown += 1

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Write the other sheets and the file; of the overview all but the comparison and the what-if check."""
        if overview.portfolio is not None:
            self._together(overview.portfolio)
        self._matrix()
        self._about(overview)
        self._proposals.close()
        self._findings.close()
        self._book.close()
        self._write(self._saved.getvalue())

    def _together(self, summary: PortfolioSummary) -> None:
        envelopes = _Sheet(self._book, "Envelopes", ENVELOPES, self._formats)
        for one in summary.together:
            for item in one.items:
                envelopes.add(
                    (
                        *(one.call, one.rule, one.title, item.label or item.item or "All", STATUS_WORDS[item.status]),
                        compared_in_words(item.compared) if item.compared else None,
                        *(item.message, one.proposals),
                    )
                )
        envelopes.close()
        if summary.ranking is not None:
            self._ranking(summary.ranking)
        organisations = _Sheet(self._book, "Organisations", ORGANISATIONS, self._formats)
        for shared in summary.shared_organisations:
            for place in shared.appearances:
                pics = ", ".join(shared.pics)
                row = (shared.name, shared.country, pics, len(shared.appearances), project_name(place.input))
                organisations.add((*row, ROLE[place.role]))
        organisations.close()

    def _ranking(self, found: Ranking) -> None:
        sheet = _Sheet(self._book, "Ranking", RANKING, self._formats)
        for envelope in found.envelopes:
            for one in envelope.proposals:
                place = (envelope.call, envelope.label or envelope.item, one.rank, one.score)
                named = (one.input.path, one.input.line, project(one.input))
                result = (one.amount, one.sum, FITS[one.fits], "tie" if one.tied else None)
                sheet.add((*place, *named, *result), {7: _MONEY, 8: _MONEY})
        for input in found.without_score:
            sheet.add((*[None] * 4, input.path, input.line, project(input), None, None, "no score"))
        sheet.close()

    def _matrix(self) -> None:
        """A row for each proposal and a column for each rule; the title of a rule stands under its id."""
        several = len({call for call, _ in self._rules}) > 1
        rules = list(self._rules)
        heads = [(f"{rule} [{call}]" if several else rule, 14) for call, rule in rules]
        sheet = _Sheet(self._book, "Rules", (("Input", 34), ("Verdict", 18), *heads), self._formats, first_row=2)
        sheet.add((None, None, *self._rules.values()))
        for name, verdict, statuses in self._statuses:
            sheet.add((name, verdict, *(STATUS_WORDS[statuses[one]] if one in statuses else None for one in rules)))
        sheet.close()

    def _about(self, overview: Overview) -> None:
        sheet = self._book.add_worksheet("About")
        sheet.set_column(0, 0, 110)
        _print(sheet)
        for row, (text, form) in enumerate(self._sentences(overview)):
            sheet.write_string(row, 0, _text(text), self._formats[form])

    def _sentences(self, overview: Overview) -> Iterator[tuple[str, str]]:
        yield "Eligibility check", "bold"
        yield f"{counted(len(self._statuses) + self._not_shown, 'proposal')}. Written by mpfcheck {self._version}.", ""
        yield DISCLAIMER, "wrap"
        if selection := selected(overview.run):
            yield selection, "bold"
        yield from ((sentence, "bold") for sentence in not_complete(overview.run))
        if overview.run.inputs_sha256:
            yield f"{certificate(overview.run)} {INPUTS_CHECKSUM}: {overview.run.inputs_sha256}", "wrap"
        yield from ((sentence, "bold") for sentence in self._departures)
        for why, paths in passed_over_by_reason(overview.run).items():
            yield f"Not checked: {why}", "bold"
            yield from ((path, "") for path in paths)
        for sheet in (self._proposals, self._findings):
            if sheet.left_out:
                yield f"The sheet {sheet.name} has no room for {counted(sheet.left_out, 'more row')}.", "bold"
        if overview.portfolio is not None:
            verdicts = overview.portfolio.verdicts
            for verdict, words in VERDICT_IN_COUNTS.items():
                if verdicts[verdict]:
                    yield f"{words[:1].upper()}{words[1:]}: {len(verdicts[verdict])}", ""
            yield from ((sentence, "wrap") for sentence in counted_once(overview.portfolio))
            if overview.portfolio.without_country:
                yield f"{Heading.SHARED_ORGANISATIONS}: {without_country_in_words(overview.portfolio)}", "wrap"
            if overview.portfolio.resubmissions:
                for group in overview.portfolio.resubmissions.groups:
                    yield f"Sent in again: {sent_again_in_words(group)}", "wrap"
            for country in overview.portfolio.lead_countries:
                of = f"{counted(country.proposals, 'proposal')}, {country.eligible} eligible"
                yield f"{country.name or NOT_ANSWERED}: {of}, {format_money(country.requested)} requested", ""


class _Sheet:
    """A sheet with heads, filters and rows; a text is never anything but text.

    The rows above ``first_row`` stay in view and come again on every printed page, and so does the first column. Long
    texts go over several lines; each row has the height for them, which not every program finds by itself.
    """

    def __init__(
        self, book: Any, name: str, columns: Sequence[tuple[str, int]], formats: dict[str, Any], *, first_row: int = 1
    ) -> None:
        self.name = name
        self.left_out = 0
        self._sheet = book.add_worksheet(name)
        self._formats = formats
        self._widths = [width for _, width in columns]
        self._first_row = first_row
        self._rows = 1
        self._fit(0, [head for head, _ in columns])
        for column, (head, width) in enumerate(columns):
            self._sheet.set_column(column, column, width)
            self._sheet.write_string(0, column, _text(head), formats["head"])
        self._sheet.freeze_panes(first_row, 1)
        _print(self._sheet, pages=-(-sum(self._widths) // PAGE_WIDTH))
        self._sheet.repeat_rows(0, first_row - 1)
        self._sheet.repeat_columns(0)

    def add(self, row: Iterable[object], forms: dict[int, str] | None = None) -> None:
        """Write a row: numbers as numbers, everything else as text."""
        if self._rows > MOST_ROWS:
            self.left_out += 1
            return
        values = list(row)
        self._fit(self._rows, values)
        for column, value in enumerate(values):
            if value is None or value == "":
                continue
            form = self._formats[(forms or {}).get(column, "wrap" if isinstance(value, str) else "count")]
            if isinstance(value, int | Decimal) and not isinstance(value, bool):
                self._sheet.write_number(self._rows, column, float(value), form)
            else:
                self._sheet.write_string(self._rows, column, _text(str(value)), form)
        self._rows += 1

    def _fit(self, row: int, values: Sequence[object]) -> None:
        """Make a row as high as its texts need, before they are written."""
        texts = ((value, width) for value, width in zip(values, self._widths, strict=False) if isinstance(value, str))
        lines = max((_lines(text, width) for text, width in texts if len(text) >= width or "\n" in text), default=1)
        if lines > 1:
            self._sheet.set_row(row, LINE_HEIGHT * min(lines, MOST_LINES))

    def close(self) -> None:
        """Add the filters."""
        self._sheet.autofilter(self._first_row - 1, 0, max(self._rows - 1, 1), len(self._widths) - 1)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes at most in a column: words are not broken where that can be avoided."""
    return sum(1 + len(line) // width for line in text.split("\n"))


def _print(sheet: Any, *, pages: int = 1) -> None:
    """Set the pages of a sheet for a printer: across, ``pages`` wide, with the name of the sheet and the page."""
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_header("&L&A")
    sheet.set_footer("&R&P / &N")
    sheet.fit_to_pages(pages, 0)


def _text(text: str) -> str:
    """Text for a cell: line by line without what has no shape, and no longer than a cell takes."""
    text = "\n".join(plain(line) for line in text.splitlines())
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}… ({len(text) - LONGEST_TEXT} more characters)"


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _in_words(pointer: str) -> str:
    words = field_in_words(pointer)
    return words[:1].upper() + words[1:]


def _problem(problem: Problem) -> tuple[object, ...]:
    severity = problem.severity.value
    return "FILE", "", severity, "problem", problem.message, problem.hint, problem.pointer, problem.line, None


def _result(result: Result, on_demand: OnDemand | None) -> tuple[object, ...]:
    place = first_place(result.fields, on_demand) if result.fields else None
    field = place.pointer if place else ", ".join(result.missing)
    source = f"{result.source.document}, {cited(result.source.section, result.source.authority)}"
    status = STATUS_WORDS[result.status]
    line = place.line if place else None
    return result.rule, result.title, result.severity.value, status, result.message, result.fix, field, line, source
