"""What is said of very many proposals: what they have in common, once; then each in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from mpfcheck.checking.portfolio.summary import PortfolioSummary, SharedOrganisation, SharedPic
from mpfcheck.checking.report import Decision, ProposalReport, Result, Severity, Status, Verdict
from mpfcheck.checking.wording import field_in_words
from mpfcheck.frozen import changed
from mpfcheck.report.blocks import Block, Brief, Code, Headline, Lines, Mark, Say, Section, Tone
from mpfcheck.report.overview import Overview
from mpfcheck.report.say.portfolio import and_more, asked_for, copies_in_words, figures, holder_in_words, same_proposals
from mpfcheck.report.say.proposal import Findings
from mpfcheck.report.spool import Spool
from mpfcheck.report.words import (
    STATUS_WORDS,
    VERDICT_HEADLINE,
    VERDICT_IN_COUNTS,
    Heading,
    counted,
    input_name,
    names,
    not_complete,
    not_known,
    project,
    selected,
    what_if,
)

__all__ = ["Many", "brief"]

MOST_IDS = 4
MOST_LINES = 10
MOST_TOPICS = 5
VERDICT_MARK = {
    Verdict.INVALID: Mark.BAD,
    Verdict.INELIGIBLE: Mark.BAD,
    Verdict.INCONCLUSIVE: Mark.FAULT,
    Verdict.INCOMPLETE: Mark.OPEN,
    Verdict.REVIEW: Mark.JUDGE,
    Verdict.ELIGIBLE: Mark.GOOD,
}
DETAILS = "To see every proposal in full, add --details."


def brief(report: ProposalReport) -> Brief:
    """A proposal in one line: which it is, and in short what keeps it from being eligible."""
    return Brief(
        VERDICT_MARK[report.verdict],
        input_name(report.input),
        project(report.input),
        _in_short(report, Findings(report)),
    )


def _in_short(report: ProposalReport, findings: Findings) -> str:
    """The rules that decide the verdict, one by its title too; then what is missing, and what a person decided."""
    rules: list[Result] = []
    parts = []
    match report.verdict:
        case Verdict.INVALID:
            parts += [problem.message.splitlines()[0] for problem in report.problems[:1] if problem.message]
        case Verdict.INELIGIBLE:
            rules = findings.must_change
        case Verdict.INCONCLUSIVE:
            rules = findings.not_evaluated
        case Verdict.REVIEW:
            rules = [one for one in findings.review if one.severity is Severity.BLOCKING and not one.manual]
    needed = [place for place, needing in findings.answers().items() if needing[0].severity is Severity.BLOCKING]
    if needed and report.verdict is Verdict.INCOMPLETE:
        parts.append(f"{len(needed)} missing: {names([field_in_words(place) for place in needed[:1]], len(needed))}")
    elif needed:
        parts.append(f"{len(needed)} missing")
    refused = [one.rule for one in report.assessments if one.decision is Decision.NOT_MET and not one.older]
    if refused:
        parts.append(f"decided not met: {names(refused[:MOST_IDS], len(refused))}")
    if findings.warnings and not (rules or parts):
        parts.append(counted(len(findings.warnings), "warning"))
    if len(rules) == 1 and not parts:
        return f"{rules[0].rule} {rules[0].title}"
    ids = names([one.rule for one in rules[:MOST_IDS]], len(rules))
    return "; ".join(filter(None, (ids, *parts)))


class Many:
    """Takes very many proposals one by one; gives back what they have in common, then a line for each, by verdict.

    What they have in common is counted as they come, and their lines wait in a spool: memory stays the same however
    many there are.
    """

    def __init__(self, text: Callable[[Iterable[Block]], str]) -> None:
        """Start with none; ``text`` lays out blocks."""
        self._text = text
        self._lines = {verdict: Spool() for verdict in VERDICT_HEADLINE}
        self._listed: Counter[Verdict] = Counter()
        self._verdicts: Counter[Verdict] = Counter()
        self._calls: dict[tuple[str, str, str | None], tuple[ProposalReport, int]] = {}
        self._departures: dict[tuple[tuple[str, str], ...], None] = {}
        self._results: Counter[tuple[str, str, Status]] = Counter()
        self._judged: Counter[str] = Counter()

    def add(self, report: ProposalReport, *, shown: bool) -> None:
        """Count the next proposal; with ``shown`` it has a line."""
        if shown:
            self._listed[report.verdict] += 1
            self._lines[report.verdict].write(self._text((brief(report),)))
        self._verdicts[report.verdict] += 1
        if report.call is None or report.verdict is Verdict.INVALID:
            return
        key = (report.call.id, report.call.version, report.as_of)
        first, number = self._calls.get(key, (changed(report, results=()), 0))
        self._calls[key] = (first, number + 1)
        if report.departures:
            self._departures[report.departures] = None
        if report.results:
            self._judged[report.call.id] += 1
            self._results.update((report.call.id, one.rule, one.status) for one in report.results)

    def write(self, overview: Overview, part: Callable[[str], object], more: Callable[[str], object]) -> None:
        """Write the summary, then the lines under their verdicts; nothing where no proposal has a line.

        ``part`` takes the start of each part, ``more`` what comes right after it.
        """
        if self._listed or overview.run.shown:
            part(self._text(self._summary(overview)))
        for verdict in filter(self._listed.__contains__, VERDICT_HEADLINE):
            part(self._text((Headline(verdict, self._number(verdict)),)))
            for lines in self._lines[verdict]:
                more(lines)

    def _number(self, verdict: Verdict) -> str:
        shown, number = self._listed[verdict], self._verdicts[verdict]
        return counted(number, "proposal") if shown == number else f"{shown} of {counted(number, 'proposal')}"

    def _summary(self, overview: Overview) -> Iterator[Block]:
        counts = [(self._verdicts[verdict], words) for verdict, words in VERDICT_IN_COUNTS.items()]
        verdicts = ", ".join(counted(number, words, words) for number, words in counts if number)
        yield Say((f"{counted(self._verdicts.total(), 'proposal')}: {verdicts}.",), Tone.STRONG)
        if said := selected(overview.run):
            yield Say((said,), Tone.STRONG)
        if sentences := not_complete(overview.run):
            yield Say((" ".join(sentences),), Tone.ALARM)
        for report, number in self._calls.values():
            yield from self._call(report, number)
        for departures in self._departures:
            yield Say((what_if(departures),), Tone.NOTICE)
        if overview.portfolio is not None:
            yield from _figures(overview.portfolio)
        yield Say((DETAILS,), Tone.QUIET)

    def _call(self, report: ProposalReport, number: int) -> Iterator[Block]:
        call = report.call
        if call is None:
            return
        several = f": {counted(number, 'proposal')}" if len(self._calls) > 1 else ""
        day = f", as of {report.as_of}" if report.as_of else ""
        yield Say(("Call ", Code(call.id), f", rules of {call.version}{day}{several}."), Tone.QUIET)
        if topics := not_known(report, MOST_TOPICS):
            yield Say((topics,), Tone.QUIET)
        judged = self._judged[call.id]
        for status in (Status.REVIEW, Status.FAIL, Status.UNDECIDED, Status.INCONCLUSIVE):
            shared = [
                rule for (of, rule, one), many in self._results.items() if (of, one, many) == (call.id, status, judged)
            ]
            if shared and judged:
                words = STATUS_WORDS[status]
                yield Say(
                    (f"{words[:1].upper()}{words[1:]} in all {counted(judged, 'proposal')}: {', '.join(shared)}.",)
                )


def _figures(summary: PortfolioSummary) -> Iterator[Block]:
    if summary.copies:
        yield Say((copies_in_words(summary),))
    if summary.nearly_eligible:
        rules = Counter(one.rule for one in summary.nearly_eligible)
        by_rule = [f"{rule} ({number})" for rule, number in rules.most_common(MOST_LINES)]
        number = counted(len(summary.nearly_eligible), "proposal")
        yield Section(Heading.NEARLY_ELIGIBLE, (Say((f"{number}. By rule: {names(by_rule, len(rules))}.",)),))
    yield from figures(summary)
    yield from same_proposals(summary, MOST_LINES)
    yield from asked_for(summary)
    if shared := sorted(summary.shared_organisations, key=lambda one: -len(one.appearances)):
        lines = [_organisation(one) for one in shared[:MOST_LINES]]
        more = and_more(len(shared) - len(lines), "organisation")
        yield Section(Heading.SHARED_ORGANISATIONS, (Lines(lines), *more))
    if summary.shared_pics:
        lines = [_pic(one) for one in summary.shared_pics[:MOST_LINES]]
        more = and_more(len(summary.shared_pics) - len(lines), "PIC")
        yield Section(Heading.SHARED_PICS, (Lines(lines), *more))


def _organisation(shared: SharedOrganisation) -> str:
    country = f" ({shared.country})" if shared.country else ""
    return f"{shared.name}{country}: {counted(len(shared.appearances), 'time')}"


def _pic(shared: SharedPic) -> str:
    holders = [holder_in_words(holder) for holder in shared.holders[:MOST_IDS]]
    return f"PIC {shared.pic}: {names(holders, len(shared.holders))}"
