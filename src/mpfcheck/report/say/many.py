"""The blocks about very many proposals: a summary of about a screen; then each in one line; then all figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from mpfcheck.checking.portfolio.summary import PortfolioSummary, RuleFiles, SharedOrganisation, SharedPic
from mpfcheck.checking.problems import main_problem
from mpfcheck.checking.report import Decision, InputReference, ProposalReport, Result, Severity, Status, Verdict
from mpfcheck.checking.wording import field_in_words
from mpfcheck.frozen import changed
from mpfcheck.plain import plain
from mpfcheck.report.blocks import Block, Brief, Code, Headline, Lines, Mark, Say, Section, Table, Tone
from mpfcheck.report.cut import CutNames
from mpfcheck.report.overview import Overview
from mpfcheck.report.paragraph import columns
from mpfcheck.report.say.portfolio import (
    and_more,
    asked_for,
    counted_once,
    figures,
    holder_in_words,
    of_calls,
    ranking_heading,
    ranking_in_words,
    same_proposals,
    together_section,
    without_country,
    worth_saying,
)
from mpfcheck.report.say.proposal import Findings
from mpfcheck.report.say.run import sealed
from mpfcheck.report.spool import Spool
from mpfcheck.report.words import (
    DECISION_WORDS,
    STATUS_WORDS,
    VERDICT_HEADLINE,
    VERDICT_IN_COUNTS,
    Heading,
    counted,
    grouped,
    input_name,
    names,
    not_complete,
    not_known,
    project,
    selected,
    what_if,
)

__all__ = ["ManyProposals", "brief"]

MOST_IDS = 4
MOST_LINES = 10
MOST_IN_SUMMARY = 5
MOST_TOPICS = 2
NAME_SHARES = (30, 45)
"""Percent of a line that the name of a file may take; the second where names are too much alike for the first."""
PROJECT_SHARE = 48
"""Percent that the project may take of what is left."""
VERDICT_MARK = {
    Verdict.INVALID: Mark.BAD,
    Verdict.INELIGIBLE: Mark.BAD,
    Verdict.INCONCLUSIVE: Mark.FAULT,
    Verdict.INCOMPLETE: Mark.OPEN,
    Verdict.REVIEW: Mark.JUDGE,
    Verdict.ELIGIBLE: Mark.GOOD,
}
DETAILS = "To see every proposal in full, add --details."
OLDER = "an older state of the proposal or of the rules"
SEE_ALL = "to see all, add --details"
_BETWEEN = "\x1f"
"""Between the cells of a line that waits: plain text has no control characters."""


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
            problem = main_problem(report.problems)
            parts += problem.message.splitlines()[:1] if problem else []
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
    for words, decided in (
        ("decided not met", [one for one in report.assessments if one.decision is Decision.NOT_MET and not one.older]),
        ("still open", [one for one in report.assessments if one.decision is Decision.OPEN and not one.older]),
        ("decided on an older state", [one for one in report.assessments if one.older]),
    ):
        if decided:
            parts.append(f"{words}: {names([one.rule for one in decided[:MOST_IDS]], len(decided))}")
    if findings.warnings and not (rules or parts):
        parts.append(counted(len(findings.warnings), "warning"))
    if len(rules) == 1 and not parts:
        return f"{rules[0].rule} {rules[0].title}"
    ids = names([one.rule for one in rules[:MOST_IDS]], len(rules))
    return "; ".join(filter(None, (ids, *parts)))


class ManyProposals:
    """Takes very many proposals one by one; gives back a summary, then a line for each by verdict, then all figures.

    What they have in common is counted as they come, and their lines wait in a spool: memory stays the same however
    many there are.
    """

    def __init__(self, text: Callable[[Iterable[Block]], str], room: int) -> None:
        """Start with none; ``text`` lays out blocks, a proposal in one line in three columns of ``room`` together."""
        self._text = text
        self._room = room
        self._lines = {verdict: Spool(str) for verdict in VERDICT_HEADLINE}
        self._listed: Counter[Verdict] = Counter()
        self._widest = {verdict: [0, 0, 0] for verdict in VERDICT_HEADLINE}
        self._place = _CommonPlace()
        self._verdicts: Counter[Verdict] = Counter()
        self._calls: dict[tuple[str, str, str | None], tuple[ProposalReport, int]] = {}
        self._departures: dict[tuple[tuple[str, str], ...], None] = {}
        self._results: Counter[tuple[str, str, Status]] = Counter()
        self._judged: Counter[str] = Counter()
        self._reviewed: Counter[tuple[str, str]] = Counter()
        self._decisions: Counter[Decision] = Counter()
        self._older = 0

    def add(self, report: ProposalReport, *, shown: bool) -> None:
        """Count the next proposal; with ``shown`` it has a line."""
        self._place.add(report.input)
        if shown:
            self._listed[report.verdict] += 1
            line = brief(report)
            cells = [plain(cell) for cell in (line.where, line.project, line.short)]
            self._lines[report.verdict].write(f"{_BETWEEN.join(cells)}\n")
            widest = self._widest[report.verdict]
            widest[:] = map(max, widest, map(columns, cells))
        self._verdicts[report.verdict] += 1
        self._decisions.update(one.decision for one in report.assessments)
        self._older += sum(bool(one.older) for one in report.assessments)
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
            if reviewed := report.reviewed:
                waiting = (one.rule for one in report.results if one.status is Status.REVIEW)
                self._reviewed.update((report.call.id, rule) for rule in waiting if rule in reviewed)

    def write(self, overview: Overview, part: Callable[[str], object], more: Callable[[str], object]) -> None:
        """Write the summary, the lines under their verdicts, and all figures; nothing where no proposal has a line.

        ``part`` takes the start of each part, ``more`` what comes right after it.
        """
        asked = overview.portfolio is not None and worth_saying(overview.portfolio)
        if not (self._listed or overview.run.shown or asked):
            return
        figures = [] if overview.portfolio is None else list(_figures(overview.portfolio))
        part(self._text(self._summary(overview, figures)))
        cut = self._cut_names()
        for verdict in filter(self._listed.__contains__, VERDICT_HEADLINE):
            _, project, short = self._widest[verdict]
            left = self._room - cut.room
            # The project may have what the rest of the line does not need.
            sizes = cut.room, min(project, max(left * PROJECT_SHARE // 100, left - short))
            part(self._text((Headline(verdict, self._number(verdict)),)))
            for where, named, in_short in self._cells(verdict):
                more(self._text((Brief(VERDICT_MARK[verdict], cut(where), named, in_short, sizes),)))
        if figures:
            part(self._text(figures))

    def _cells(self, verdict: Verdict) -> Iterator[list[str]]:
        """The cells of each line of a verdict, the first without what all names have in common."""
        for line in self._lines[verdict].lines():
            where, *others = line.rstrip("\n").split(_BETWEEN)
            yield [self._place.differing(where), *others]

    def _cut_names(self) -> CutNames:
        longest = max(0, max(where for where, *_ in self._widest.values()) - self._place.common)
        rooms = [min(longest, self._room * share // 100) for share in NAME_SHARES]
        return CutNames(lambda: (where for verdict in self._lines for where, *_ in self._cells(verdict)), rooms)

    def _number(self, verdict: Verdict) -> str:
        shown, number = self._listed[verdict], self._verdicts[verdict]
        return counted(number, "proposal") if shown == number else f"{grouped(shown)} of {counted(number, 'proposal')}"

    def _summary(self, overview: Overview, figures: Iterable[Block]) -> Iterator[Block]:
        counts = [(self._verdicts[verdict], words) for verdict, words in VERDICT_IN_COUNTS.items()]
        verdicts = ", ".join(counted(number, words, words) for number, words in counts if number)
        yield Say((f"{counted(self._verdicts.total(), 'proposal')}: {verdicts}.",), Tone.STRONG)
        if selection := selected(overview.run):
            yield Say((selection,), Tone.STRONG)
        if sentences := not_complete(overview.run):
            yield Say((" ".join(sentences),), Tone.ALARM)
        for report, number in self._calls.values():
            yield from self._call(report, number)
        yield from sealed(overview.run)
        for departures in self._departures:
            yield Say((what_if(departures),), Tone.NOTICE)
        if self._decisions:
            decided = [
                f"{grouped(self._decisions[one])} {DECISION_WORDS[one]}" for one in Decision if self._decisions[one]
            ]
            older = f" Of these, {grouped(self._older)} on {OLDER}." if self._older else ""
            yield Say((f"Decisions of persons on manual rules: {', '.join(decided)}.{older}",))
        if overview.portfolio is not None:
            yield from _figures_in_short(overview.portfolio)
        below = [block.heading.partition(" (")[0] for block in figures if isinstance(block, Section)]
        if overview.run.passed_over:
            below.append(Heading.NOT_CHECKED)
        yield Section(
            Heading.BELOW, (Say((f"{'. '.join([self._place.in_words(), '; '.join(below)]).strip('. ')}. {DETAILS}",)),)
        )

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
                rule
                for (of, rule, one), many in self._results.items()
                if (of, one, many) == (call.id, status, judged) and not self._reviewed[of, rule]
            ]
            if shared and judged:
                words = STATUS_WORDS[status]
                yield Say(
                    (f"{words[:1].upper()}{words[1:]} in all {counted(judged, 'proposal')}: {', '.join(shared)}.",)
                )
        done = [
            f"{rule} ({grouped(many)} of {grouped(self._results[of, rule, Status.REVIEW])})"
            for (of, rule), many in self._reviewed.items()
            if of == call.id and many
        ]
        if done:
            yield Say((f"{Heading.ASSESSED}: {', '.join(done)}.",))


class _CommonPlace:
    """What the names of all inputs start with, the one file that holds them or the folder they are in; and end with."""

    def __init__(self) -> None:
        self._file: str | None = None
        self._folder = ""
        self._ending = ""
        self._shortest = 0

    def add(self, input: InputReference) -> None:
        """Take the next input."""
        path = input.path or ""
        lines = path if input.line is not None else ""
        folder = path[: path.rfind("/") + 1]
        if self._file is None:
            self._file, self._folder = lines, folder
            self._ending, self._shortest = "" if lines else f"/{path}", len(path)
            return
        if lines != self._file:
            self._file = ""
        while not folder.startswith(self._folder):
            self._folder = self._folder[: self._folder.rfind("/", 0, -1) + 1]
        self._shortest = min(self._shortest, len(path))
        while self._ending and (lines or not path.endswith(self._ending)):
            self._ending = _inner(self._ending)

    @property
    def start(self) -> str:
        """What each :func:`input_name` starts with; empty where that differs."""
        if self._file:
            return f"{input_name(InputReference(self._file, None, None))}, "
        return self._folder

    @property
    def end(self) -> str:
        """What each name ends with, the names of whole folders and files; each has more between start and end."""
        ending = self._ending
        while ending and len(self._folder) + len(ending) >= self._shortest:
            ending = _inner(ending)
        return ending

    @property
    def common(self) -> int:
        """How many columns start and end take."""
        return columns(plain(self.start)) + columns(plain(self.end))

    def differing(self, name: str) -> str:
        """A name, made plain, without start and end."""
        return name[len(plain(self.start)) : len(name) - len(plain(self.end))]

    def in_words(self) -> str:
        """Where all proposals are, as a sentence without its full stop."""
        name = self.start.removesuffix(", ") if self._file else self.start
        if end := self.end:
            return f"Each proposal in one line, all from {name}…{end}; each line shows the part that differs"
        return f"Each proposal in one line{f', all from {name}' if name else ''}"


def _inner(ending: str) -> str:
    """The end of a path without its first folder; empty where it has no more."""
    return "".join(ending[1:].partition("/")[1:])


def _figures_in_short(summary: PortfolioSummary) -> Iterator[Block]:
    """The few figures that a person looks for first."""
    yield from (Say((sentence,)) for sentence in counted_once(summary))
    if summary.ranking is not None and (unscored := len(summary.ranking.without_score)):
        yield Say((f"{counted(unscored, 'eligible proposal has', 'eligible proposals have')} no score and no rank.",))
    failed = [rule for rule in summary.rules if rule.count(Status.FAIL)]
    if failed:
        shown = failed[:MOST_IN_SUMMARY]
        more = and_more(len(failed) - len(shown), "rule", f'see "{Heading.RULES}" below')
        yield Section(Heading.MOST_FAILED, (_most_failed(shown), *more))
    if summary.nearly_eligible:
        rules = Counter((one.call, one.rule) for one in summary.nearly_eligible)
        first = rules.most_common(MOST_IN_SUMMARY)
        labels = of_calls(call for (call, _), _ in first)
        by_rule = [
            f"{rule}{label} ({grouped(number)})" for ((_, rule), number), label in zip(first, labels, strict=True)
        ]
        number = counted(len(summary.nearly_eligible), "proposal")
        by_rules = names(by_rule, len(rules), "see the table below")
        yield Section(Heading.NEARLY_ELIGIBLE, (Say((f"{number}. By rule: {by_rules}.",)),))
    for together in summary.together:
        yield together_section(together, details=False)
    if summary.ranking is not None:
        for envelope in filter(lambda one: one.proposals, summary.ranking.envelopes):
            yield Section(ranking_heading(summary.ranking, envelope), (Say((ranking_in_words(envelope),)),))


def _most_failed(rules: list[RuleFiles]) -> Table:
    numbers = [grouped(rule.count(Status.FAIL)) for rule in rules]
    rows = []
    for rule, number, call in zip(rules, numbers, of_calls(rule.call for rule in rules), strict=True):
        weight = "" if rule.severity is Severity.BLOCKING else f" ({rule.severity.value})"
        rows.append((number.rjust(max(map(len, numbers))), rule.rule, f"{rule.title}{weight}{call}"))
    return Table(("Proposals", "Rule", "Title"), rows)


def _figures(summary: PortfolioSummary) -> Iterator[Block]:
    """All figures; of groups that can be as many as the proposals the first."""
    yield from asked_for(summary)
    yield from figures(summary)
    if summary.nearly_eligible:
        rules = Counter((one.call, one.rule, one.title) for one in summary.nearly_eligible).most_common()
        labels = of_calls(call for (call, _, _), _ in rules)
        rows = [
            (grouped(number), rule, f"{title}{label}")
            for ((_, rule, title), number), label in zip(rules, labels, strict=True)
        ]
        yield Section(Heading.NEARLY_ELIGIBLE, (Table(("Proposals", "Rule", "Title"), rows),))
    yield from same_proposals(summary, MOST_LINES, SEE_ALL)
    shared = sorted(summary.shared_organisations, key=lambda one: -len(one.appearances))
    if shared or summary.without_country:
        lines = [_organisation(one) for one in shared[:MOST_LINES]]
        more = and_more(len(shared) - len(lines), "organisation", SEE_ALL)
        blocks = (*([Lines(lines)] if lines else []), *more, *without_country(summary))
        yield Section(Heading.SHARED_ORGANISATIONS, blocks)
    if summary.shared_pics:
        lines = [_pic(one) for one in summary.shared_pics[:MOST_LINES]]
        cut = any(len(one.holders) > MOST_IDS for one in summary.shared_pics[:MOST_LINES])
        more = and_more(len(summary.shared_pics) - len(lines), "PIC", SEE_ALL, cut=cut)
        yield Section(Heading.SHARED_PICS, (Lines(lines), *more))


def _organisation(shared: SharedOrganisation) -> str:
    country = f" ({shared.country})" if shared.country else ""
    return f"{shared.name}{country}: {counted(len(shared.appearances), 'time')}"


def _pic(shared: SharedPic) -> str:
    holders = [holder_in_words(holder) for holder in shared.holders[:MOST_IDS]]
    more = len(shared.holders) - len(holders)
    return f"PIC {shared.pic}: {'; '.join(holders)}{f'; and {grouped(more)} more' if more else ''}"
