"""What is kept of all proposals until the overview before them can be written: a line each, and some sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import IntEnum
from typing import Generic, TypeVar

from mpfcheck.checking.report import CallReference, ProposalReport, Result, Severity, Status, Verdict
from mpfcheck.report.as_html.marks import RuleOutcome, outcome_of
from mpfcheck.report.words import input_name, project

__all__ = ["FEW", "MOST", "CallTally", "Interest", "ProposalLine", "RuleTally", "SectionShelf", "Tally", "interest_of"]


class ProposalLine:
    """One proposal: its number in input order from 1, its verdict, and an :class:`RuleOutcome` letter a rule.

    ``name`` is that of the input, ``project`` says which project it is.
    """

    __slots__ = ("name", "number", "outcomes", "project", "verdict")

    def __init__(self, number: int, name: str, project: str, verdict: Verdict, outcomes: str) -> None:
        """Keep it."""
        self.number = number
        self.name = name
        self.project = project
        self.verdict = verdict
        self.outcomes = outcomes


class RuleTally:
    """A rule, and how often it came out how."""

    __slots__ = ("counts", "id", "manual", "severity", "title")

    def __init__(self, rule: Result) -> None:
        """Start at nothing, with a rule as one of its results tells it."""
        self.id = rule.rule
        self.title = rule.title
        self.severity = rule.severity
        self.manual = rule.manual
        self.counts: Counter[RuleOutcome] = Counter()

    @property
    def broken(self) -> int:
        """How many proposals break it, whether it blocks or not."""
        return self.counts[RuleOutcome.BROKEN] + self.counts[RuleOutcome.LOOK]


class CallTally:
    """The proposals checked against one call; ``places`` is the column of each rule, in the pack's order.

    ``counted`` is how many of them the figures are about: copies count once.
    """

    def __init__(self, call: CallReference) -> None:
        """Start at nothing."""
        self.call = call
        self.places: dict[str, int] = {}
        self.rules: list[RuleTally] = []
        self.lines: list[ProposalLine] = []
        self.counted = 0
        self._same: dict[str, str] = {}

    def outcomes(self, report: ProposalReport) -> str:
        """Count the results of a report, and give them as letters in the order of the columns."""
        letters = [RuleOutcome.UNKNOWN] * len(self.rules)
        reviewed = report.reviewed
        for result in report.results:
            place = self.places.setdefault(result.rule, len(self.rules))
            if place == len(self.rules):
                self.rules.append(RuleTally(result))
                letters.append(RuleOutcome.UNKNOWN)
            letters[place] = outcome_of(result, reviewed)
            self.rules[place].counts[letters[place]] += 1
        text = "".join(letters)
        return self._same.setdefault(text, text)

    def talked_of(self) -> list[RuleTally]:
        """The rules that ask something of somebody, those with the most failures first."""
        keys = {
            rule.id: (-rule.broken, -rule.counts[RuleOutcome.OPEN], -rule.counts[RuleOutcome.JUDGE])
            for rule in self.rules
        }
        asking = [
            rule
            for rule in self.rules
            if sum(rule.counts.values()) > rule.counts[RuleOutcome.PASSED] + rule.counts[RuleOutcome.APART]
        ]
        return sorted(asking, key=lambda rule: keys[rule.id])


class Tally:
    """All proposals. Holds a short line each: some hundred bytes."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.lines: list[ProposalLine] = []
        self.calls: dict[str, CallTally] = {}
        self.basis: Counter[tuple[str, str, str]] = Counter()
        self.changed: dict[str, None] = {}
        self._verdicts: Counter[Verdict] = Counter()
        self._copies: Counter[Verdict] = Counter()

    def add(self, report: ProposalReport) -> ProposalLine:
        """Count a report."""
        number, call = len(self.lines) + 1, report.call
        outcomes = ""
        if call and report.results:
            of_call = self.calls.get(call.sha256) or self.calls.setdefault(call.sha256, CallTally(call))
            outcomes = of_call.outcomes(report)
        line = ProposalLine(number, input_name(report.input), project(report.input), report.verdict, outcomes)
        self.lines.append(line)
        self._verdicts[report.verdict] += 1
        if call and report.results:
            self.calls[call.sha256].lines.append(line)
            self.calls[call.sha256].counted += 1
        if call:
            self.basis[call.id, call.version, report.as_of or ""] += 1
        self.changed.update(dict.fromkeys(f"{name} = {value}" for name, value in report.departures))
        return line

    def place(self, report: ProposalReport, rule: str) -> int:
        """The column of a rule in the matrix of the report's call."""
        return self.calls[report.call.sha256].places[rule] if report.call else 0

    def count(self, verdict: Verdict) -> int:
        """How many proposals have this verdict."""
        return self._verdicts[verdict]

    def count_once(self, copies: Iterable[int]) -> None:
        """Leave the proposals of these numbers out of all figures but :meth:`count`: they repeat others."""
        again = set(copies)
        for call in self.calls.values():
            repeated = [line for line in call.lines if line.number in again]
            call.counted -= len(repeated)
            for line in repeated:
                for rule, letter in zip(call.rules, line.outcomes, strict=False):
                    rule.counts[RuleOutcome(letter)] -= 1
        for line in self.lines:
            if line.number in again:
                self._copies[line.verdict] += 1

    def distinct(self, verdict: Verdict) -> int:
        """How many different proposals have this verdict."""
        return self._verdicts[verdict] - self._copies[verdict]

    def checked(self) -> int:
        """How many could be read, and were checked."""
        return len(self.lines) - self._verdicts[Verdict.INVALID]

    def without(self, numbers: Iterable[int]) -> list[ProposalLine]:
        """The proposals that are not among these."""
        shown = set(numbers)
        return [line for line in self.lines if line.number not in shown]


FEW = 100
"""Up to this many proposals, every one has its section."""
MOST = 500
"""More sections than this no browser shows at ease, and no person reads."""


class Interest(IntEnum):
    """How much a proposal's own section is worth a reader's time; the smaller the more."""

    NOT_ELIGIBLE = 0
    SOMETHING_TO_SEE = 1
    SIMPLY_ELIGIBLE = 2


def interest_of(report: ProposalReport) -> Interest:
    """A proposal is simply eligible where it breaks and misses nothing but advice, and its file has nothing odd.

    What a person judges does not count: that is asked of nearly all. What a person decided does.
    """
    if report.verdict is not Verdict.ELIGIBLE:
        return Interest.NOT_ELIGIBLE
    quiet = (Status.PASS, Status.NOT_APPLICABLE, Status.REVIEW)
    seen = (
        report.problems
        or report.assessments
        or any(result.status not in quiet and result.severity is not Severity.ADVICE for result in report.results)
    )
    return Interest.SOMETHING_TO_SEE if seen else Interest.SIMPLY_ELIGIBLE


Text = TypeVar("Text", bound=str)


class SectionShelf(Generic[Text]):
    """Holds at most ``most`` sections: those of most interest, the first of them where they are alike.

    Once there are more than ``few`` proposals, those that are simply eligible lose theirs.
    """

    def __init__(self, few: int = FEW, most: int = MOST) -> None:
        """Start empty."""
        self._few = few
        self._most = most
        self._kept: dict[Interest, dict[int, Text]] = {interest: {} for interest in Interest}

    def wants(self, number: int, interest: Interest) -> bool:
        """Whether to write the section of the ``number``-th proposal at all; asked of each in turn."""
        if number > self._few:
            self._kept[Interest.SIMPLY_ELIGIBLE].clear()
            if interest is Interest.SIMPLY_ELIGIBLE:
                return False
        return len(self) < self._most or any(self._kept[other] for other in Interest if other > interest)

    def add(self, number: int, interest: Interest, section: Text) -> None:
        """Keep a section, in the place of one of less interest where there is no room."""
        self._kept[interest][number] = section
        if len(self) > self._most:
            least = max(other for other in Interest if self._kept[other])
            self._kept[least].popitem()

    def sections(self) -> dict[int, Text]:
        """The sections by the number of their proposal, in input order."""
        return dict(sorted((number, text) for kept in self._kept.values() for number, text in kept.items()))

    def __len__(self) -> int:
        return sum(map(len, self._kept.values()))
