"""What is kept of all proposals for the overview: a short line each, not its report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from mpfcheck.checking.report import CallReference, ProposalReport, Result, Verdict
from mpfcheck.report.as_html.marks import Outcome, outcome_of
from mpfcheck.report.words import input_name, project

__all__ = ["CallTally", "Line", "RuleTally", "Tally"]


class Line:
    """One proposal: its number in input order from 1, its verdict, and an :class:`Outcome` letter a rule.

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
        self.counts: Counter[Outcome] = Counter()

    @property
    def broken(self) -> int:
        """How many proposals break it, whether it blocks or not."""
        return self.counts[Outcome.BROKEN] + self.counts[Outcome.LOOK]


class CallTally:
    """The proposals checked against one call; ``places`` is the column of each rule, in the pack's order.

    ``counted`` is how many of them the figures are about: copies count once.
    """

    def __init__(self, call: CallReference) -> None:
        """Start at nothing."""
        self.call = call
        self.places: dict[str, int] = {}
        self.rules: list[RuleTally] = []
        self.lines: list[Line] = []
        self.counted = 0
        self._same: dict[str, str] = {}

    def outcomes(self, report: ProposalReport) -> str:
        """Count the results of a report, and give them as letters in the order of the columns."""
        letters = [Outcome.UNKNOWN] * len(self.rules)
        for result in report.results:
            place = self.places.setdefault(result.rule, len(self.rules))
            if place == len(self.rules):
                self.rules.append(RuleTally(result))
                letters.append(Outcome.UNKNOWN)
            letters[place] = outcome_of(result)
            self.rules[place].counts[letters[place]] += 1
        text = "".join(letters)
        return self._same.setdefault(text, text)

    def talked_of(self) -> list[RuleTally]:
        """The rules that ask something of somebody, those with the most failures first."""
        keys = {rule.id: (-rule.broken, -rule.counts[Outcome.OPEN], -rule.counts[Outcome.JUDGE]) for rule in self.rules}
        asking = [
            rule
            for rule in self.rules
            if sum(rule.counts.values()) > rule.counts[Outcome.PASSED] + rule.counts[Outcome.APART]
        ]
        return sorted(asking, key=lambda rule: keys[rule.id])


class Tally:
    """All proposals. Holds a short line each: some hundred bytes."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.lines: list[Line] = []
        self.calls: dict[str, CallTally] = {}
        self.basis: Counter[tuple[str, str, str]] = Counter()
        self.changed: dict[str, None] = {}
        self._verdicts: Counter[Verdict] = Counter()
        self._copies: Counter[Verdict] = Counter()

    def add(self, report: ProposalReport) -> Line:
        """Count a report."""
        number, call = len(self.lines) + 1, report.call
        outcomes = ""
        if call and report.results:
            of_call = self.calls.get(call.sha256) or self.calls.setdefault(call.sha256, CallTally(call))
            outcomes = of_call.outcomes(report)
        line = Line(number, input_name(report.input), project(report.input), report.verdict, outcomes)
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
                    rule.counts[Outcome(letter)] -= 1
        for line in self.lines:
            if line.number in again:
                self._copies[line.verdict] += 1

    def distinct(self, verdict: Verdict) -> int:
        """How many different proposals have this verdict."""
        return self._verdicts[verdict] - self._copies[verdict]

    def checked(self) -> int:
        """How many could be read, and were checked."""
        return len(self.lines) - self._verdicts[Verdict.INVALID]

    def without(self, numbers: Iterable[int]) -> list[Line]:
        """The proposals that are not among these."""
        shown = set(numbers)
        return [line for line in self.lines if line.number not in shown]
