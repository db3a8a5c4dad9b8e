"""The blocks about one proposal: the verdict, what must change, what is missing, what needs manual review, the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mpfcheck.checking.report import Assessment, Decision, Problem, ProposalReport, Result, Severity, Status, Verdict
from mpfcheck.checking.wording import change_in_words, field_in_words
from mpfcheck.report.blocks import (
    Answer,
    Block,
    Code,
    Detail,
    Entry,
    Fields,
    Headline,
    Lines,
    Listing,
    Mark,
    Quiet,
    Say,
    Section,
    Tone,
)
from mpfcheck.report.place import FieldPlace
from mpfcheck.report.words import (
    STATUS_WORDS,
    VERDICT_HEADLINE,
    VERDICT_MEANING,
    Heading,
    Label,
    assessed,
    counted,
    headline,
    input_name,
    list_bounds,
    not_known,
    project_in_full,
    what_if,
)

if TYPE_CHECKING:
    from mpfcheck.report.reporter import OnDemand

__all__ = ["Findings", "introduction", "opening", "sections", "words_of"]


_MARKS = {
    Heading.MUST_CHANGE: Mark.BAD,
    Heading.NOT_EVALUATED: Mark.FAULT,
    Heading.WARNINGS: Mark.LOOK,
    Heading.REVIEW: Mark.JUDGE,
    Heading.MET: Mark.GOOD,
    Heading.NOT_APPLICABLE: Mark.APART,
}
"""The mark of the results under a heading, where all have the same."""

DECIDED = {Decision.MET: Mark.GOOD, Decision.NOT_MET: Mark.LOOK}
"""The mark of a manual rule that a person decided on; it never makes a proposal ineligible."""


class Findings:
    """The results of one report, by what they ask of a person; each list is in the pack's order."""

    def __init__(self, report: ProposalReport) -> None:
        """Sort the results."""
        self._results = report.results
        self.must_change = [result for result in report.failed if result.severity is Severity.BLOCKING]
        self.warnings = [result for result in report.failed if result.severity is not Severity.BLOCKING]
        self.not_evaluated = self._with(Status.INCONCLUSIVE)
        self.missing = self._with(Status.UNDECIDED)
        self.decisions = {one.rule: one for one in report.assessments}
        review = self._with(Status.REVIEW)
        self.assessed = [result for result in review if result.rule in report.reviewed]
        self.review = [result for result in review if result.rule not in report.reviewed]
        self.met = self._with(Status.PASS)
        self.not_applicable = self._with(Status.NOT_APPLICABLE)

    def _with(self, status: Status) -> list[Result]:
        return [result for result in self._results if result.status is status]

    def by_heading(self) -> tuple[tuple[Heading, list[Result]], ...]:
        """The results under the headings of a report, those that ask most of a person first."""
        return (
            (Heading.MUST_CHANGE, self.must_change),
            (Heading.NOT_EVALUATED, self.not_evaluated),
            (Heading.MISSING, self.missing),
            (Heading.WARNINGS, self.warnings),
            (Heading.REVIEW, self.review),
            (Heading.ASSESSED, self.assessed),
            (Heading.MET, self.met),
            (Heading.NOT_APPLICABLE, self.not_applicable),
        )

    def idle_decisions(self) -> list[str]:
        """The decisions on rules that ask nothing of a person now, in words."""
        in_review = {result.rule for result in self._with(Status.REVIEW)}
        statuses = {result.rule: STATUS_WORDS[result.status] for result in self._results}
        return [
            f"{rule} ({statuses[rule]}): {assessed(one)}"
            for rule, one in self.decisions.items()
            if rule not in in_review
        ]

    def answers(self) -> dict[str, list[Result]]:
        """The rules that need each missing answer, by its pointer; answers that keep the verdict open come first."""
        needed: dict[str, list[Result]] = {}
        for result in sorted(self.missing, key=lambda result: result.severity is not Severity.BLOCKING):
            for pointer in result.missing:
                needed.setdefault(pointer, []).append(result)
        return needed

    def counts(self) -> str:
        """How many rules ask something of a person, as a sentence; empty where none does."""
        counts = (
            (len(self.must_change), "blocking rule is not met", "blocking rules are not met"),
            (len(self.missing), "rule cannot be checked yet", "rules cannot be checked yet"),
            (len(self.review), "rule needs manual review", "rules need manual review"),
            (len(self.assessed), "rule was reviewed manually", "rules were reviewed manually"),
        )
        phrases = [counted(number, one, many) for number, one, many in counts if number]
        return f"{', '.join(phrases)}." if phrases else ""


def introduction(report: ProposalReport, findings: Findings) -> str:
    """What the verdict means, and how many rules ask something of a person."""
    if headline(report) != VERDICT_HEADLINE[report.verdict]:
        return ""
    meaning = VERDICT_MEANING.get(report.verdict, "")
    if report.verdict is Verdict.INCOMPLETE and findings.warnings:
        meaning = meaning.replace("No rule", "No blocking rule")
    return " ".join(filter(None, (meaning, findings.counts())))


def opening(report: ProposalReport, findings: Findings, most_topics: int | None = None) -> Iterator[Block]:
    """The head of a report: verdict, project, meaning, call; at most ``most_topics`` of what is not known about it."""
    yield Headline(report.verdict, input_name(report.input), headline(report))
    if project := project_in_full(report.input):
        yield Say((project,), Tone.STRONG)
    if meaning := introduction(report, findings):
        yield Say((meaning,))
    if report.call:
        day = f", as of {report.as_of}" if report.as_of else ""
        yield Say(("Call ", Code(report.call.id), f", rules of {report.call.version}{day}."), Tone.QUIET)
    if topics := not_known(report, most_topics):
        yield Say((topics,), Tone.QUIET)
    if report.departures:
        yield Say((what_if(report.departures),), Tone.NOTICE)


def sections(
    report: ProposalReport, findings: Findings, on_demand: OnDemand | None = None, *, explain: bool = False
) -> Iterator[Block]:
    """The sections of a report, those that ask most of a person first.

    With ``explain`` every rule has an entry, with its condition and the values in it.
    """

    def entry(result: Result, mark: Mark) -> Entry:
        return _finding(result, mark, on_demand, findings.decisions.get(result.rule), explain=explain)

    invalid = report.verdict is Verdict.INVALID
    errors = [problem for problem in report.problems if invalid and problem.severity is Severity.BLOCKING]
    yield from _problems(Heading.FILE_ERRORS, errors)
    yield from _outlook(report)
    for heading, results in findings.by_heading():
        if heading is Heading.MISSING and results:
            # One answer often decides several rules. A rule has an entry of its own only where it names no answer.
            answers = [Answer(place, words_of(place), tuple(rules)) for place, rules in findings.answers().items()]
            alone = [entry(result, Mark.OPEN) for result in results if explain or not result.missing]
            yield Section(heading, (Listing(answers, "answer"), Listing(alone, "rule")))
        elif heading is Heading.ASSESSED and results:
            decided = [entry(result, DECIDED[findings.decisions[result.rule].decision]) for result in results]
            yield Section(heading, (Listing(decided, "rule"),))
        elif results and (explain or heading not in (Heading.MET, Heading.NOT_APPLICABLE)):
            yield Section(heading, (Listing([entry(result, _MARKS[heading]) for result in results], "rule"),))
        if heading is Heading.WARNINGS:
            yield from _problems(Heading.FILE_WARNINGS, [one for one in report.problems if one not in errors])
        elif heading is Heading.ASSESSED and (idle := findings.idle_decisions()):
            yield Section(Heading.IDLE_DECISIONS, (Lines(idle),))
    if not explain:
        if remarks := [entry(result, Mark.GOOD) for result in findings.met if result.message]:
            yield Section(Heading.REMARKS, (Listing(remarks, "rule"),))
        yield Quiet(findings.met, findings.not_applicable)


def _outlook(report: ProposalReport) -> Iterator[Section]:
    """What is certain of the proposal already, and what would make it eligible; nothing where nobody asked for it."""
    if report.outlook is None:
        return
    blocks: list[Block] = [Say((report.outlook.message,))]
    if report.repair:
        minimal = all(change.minimal for change in report.repair)
        blocks.append(Say((f"{Label.SMALLEST_CHANGE if minimal else Label.ENOUGH_CHANGE}:",)))
        blocks.append(Lines([change_in_words(change) for change in report.repair]))
    if report.outlook.bounds and report.outlook.eligible_possible is not True:
        blocks.append(Say((list_bounds(report.outlook.bounds),), Tone.QUIET))
    yield Section(Heading.OUTLOOK, blocks)


def _finding(
    result: Result, mark: Mark, on_demand: OnDemand | None, decision: Assessment | None, *, explain: bool
) -> Entry:
    failed = result.status in (Status.FAIL, Status.INCONCLUSIVE)
    details = [Detail((line,)) for line in result.message.splitlines() if line.strip()]
    details += [Detail((line,), Label.FIX, fix=True) for line in result.fix.splitlines() if line.strip()]
    if decision is not None:
        details.append(Detail((assessed(decision),), Label.DECISION))
    return Entry(
        mark,
        result.rule,
        result.title,
        weight="" if result.severity is Severity.BLOCKING else result.severity.value,
        details=tuple(details),
        fields=Fields(result.fields, on_demand) if failed and result.fields else None,
        source=None if result.status in (Status.PASS, Status.NOT_APPLICABLE) else result.source,
        parts=on_demand.explain(result.rule) if explain and on_demand else (),
    )


def _problems(heading: Heading, problems: Iterable[Problem]) -> Iterator[Section]:
    items = [
        Entry(
            Mark.BAD if problem.severity is Severity.BLOCKING else Mark.LOOK,
            FieldPlace(problem.pointer, problem.line, problem.column),
            details=(
                *(Detail((line,)) for line in problem.message.splitlines() if line.strip()),
                *(Detail((line,), fix=True) for line in problem.hint.splitlines() if line.strip()),
            ),
        )
        for problem in problems
    ]
    if items:
        yield Section(heading, (Listing(items, "problem"),))


def words_of(pointer: str) -> str:
    """A field in words, as they start a line."""
    words = field_in_words(pointer)
    return words[:1].upper() + words[1:]
