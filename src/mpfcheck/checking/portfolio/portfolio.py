"""A portfolio being collected: proposals come one by one, and a few words of each are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, localcontext

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.portfolio.entry import Entry, entry
from mpfcheck.checking.portfolio.organisations import Organisations
from mpfcheck.checking.portfolio.same_proposal import SameProposals
from mpfcheck.checking.portfolio.summary import LeadCountry, NearlyEligible, PortfolioSummary, RuleFiles
from mpfcheck.checking.report import InputReference, ProposalReport, Status, Verdict
from mpfcheck.feel.values import ARITHMETIC
from mpfcheck.frozen import changed

__all__ = ["Portfolio"]


class Portfolio:
    """Collects proposals of any calls; says at the end what is known of them together."""

    def __init__(self) -> None:
        """Start without proposals."""
        self._number = 0
        self._calls: dict[str, _OfCall] = {}
        self._verdicts: dict[Verdict, list[tuple[int, InputReference]]] = {verdict: [] for verdict in Verdict}
        self._distinct: Counter[Verdict] = Counter()
        self._copies: list[int] = []
        self._nearly: dict[bytes | int, tuple[str, str, str, InputReference]] = {}
        self._nearly_again: Counter[bytes | int] = Counter()
        self._countries: dict[str | None, _OfCountry] = {}
        self._same = SameProposals()
        self._organisations = Organisations()

    def add(
        self,
        report: ProposalReport,
        answers: Mapping[str, object] | None = None,
        checker: Checker | None = None,
    ) -> None:
        """Take the next proposal: its report, and the answers and the checker it was made from, if there were any."""
        self.add_entry(entry(report, answers, checker))

    def add_entry(self, one: Entry) -> None:
        """Take what another process kept of the next proposal."""
        self._number += 1
        self._verdicts[one.verdict].append((len(one.obstacles), one.input))
        copy = one.facts is not None and not self._same.add(one.input, one.facts)
        if copy:
            self._copies.append(self._number)
        else:
            self._distinct[one.verdict] += 1
        if one.call is not None:
            self._calls.setdefault(one.call, _OfCall()).add(one, copy=copy)
        if one.call is not None and one.fix is not None and one.verdict is Verdict.INELIGIBLE:
            content = one.facts.content if one.facts else self._number
            if copy:
                self._nearly_again[content] += 1
            else:
                self._nearly[content] = one.call, one.obstacles[0], one.fix, one.input
        if one.facts is None:
            return
        self._countries.setdefault(one.facts.country, _OfCountry()).add(one, copy=copy)
        if not copy:
            self._organisations.add(one.input, one.facts.organisations)

    def summary(self, checker_of: Callable[[str], Checker]) -> PortfolioSummary:
        """What is known of all so far; ``checker_of`` finds the checker of a call that a proposal was checked with."""
        checkers = {call_id: checker_of(call_id) for call_id in self._calls}
        rules = (rules for call_id, call in self._calls.items() for rules in call.rules(checkers[call_id]))
        return PortfolioSummary(
            proposals=sum(map(len, self._verdicts.values())),
            verdicts={verdict: _nearest_first(counted) for verdict, counted in self._verdicts.items()},
            nearly_eligible=tuple(
                NearlyEligible(
                    input, call_id, rule, checkers[call_id].call.rule(rule).title, fix, self._nearly_again[content]
                )
                for content, (call_id, rule, fix, input) in self._nearly.items()
            ),
            rules=tuple(sorted(rules, key=_most_failures_first)),
            together=tuple(
                changed(said, copies=call.copies)
                for call_id, call in self._calls.items()
                for said in checkers[call_id].together(call.eligible)
            ),
            lead_countries=tuple(sorted(self._lead_countries(checkers), key=_most_proposals_first)),
            same_proposals=self._same.found(),
            shared_organisations=self._organisations.found(),
            shared_pics=self._organisations.shared_pics(),
            distinct={verdict: self._distinct[verdict] for verdict in Verdict},
            copies=tuple(self._copies),
        )

    def _lead_countries(self, checkers: Mapping[str, Checker]) -> Iterator[LeadCountry]:
        call = next((checker.call for checker in checkers.values()), None)
        for code, found in self._countries.items():
            name = call.label("countries", code) if call and code else code or ""
            yield LeadCountry(code, name, found.proposals, found.eligible, found.requested, found.copies)


class _OfCall:
    """The proposals of one call; ``copies`` counts those among the eligible that are not in ``eligible`` again."""

    __slots__ = ("_distinct", "_said", "copies", "eligible")

    def __init__(self) -> None:
        self._said: dict[str, dict[Status, list[InputReference]]] = {}
        self._distinct: dict[str, Counter[Status]] = {}
        self.eligible: list[Mapping[str, object]] = []
        self.copies = 0

    def add(self, one: Entry, *, copy: bool) -> None:
        for rule, status in one.said:
            self._said.setdefault(rule, {}).setdefault(status, []).append(one.input)
            self._distinct.setdefault(rule, Counter())[status] += not copy
        if one.verdict is Verdict.ELIGIBLE and one.facts is not None:
            if copy:
                self.copies += 1
            else:
                self.eligible.append(one.facts.together)

    def rules(self, checker: Checker) -> Iterator[RuleFiles]:
        for rule in checker.call.rules:
            if rule.id in self._said:
                inputs = {status: tuple(found) for status, found in self._said[rule.id].items()}
                yield RuleFiles(
                    checker.call.id, rule.id, rule.title, rule.severity, rule.manual, inputs, self._distinct[rule.id]
                )


class _OfCountry:
    """The proposals whose lead applicant is in one country."""

    __slots__ = ("copies", "eligible", "proposals", "requested")

    def __init__(self) -> None:
        self.copies = 0
        self.proposals = 0
        self.eligible = 0
        self.requested = Decimal(0)

    def add(self, one: Entry, *, copy: bool) -> None:
        if copy:
            self.copies += 1
            return
        self.proposals += 1
        if one.verdict is Verdict.ELIGIBLE:
            self.eligible += 1
            if one.facts is not None and one.facts.requested is not None:
                with localcontext(ARITHMETIC):
                    self.requested += one.facts.requested


def _nearest_first(counted: list[tuple[int, InputReference]]) -> tuple[InputReference, ...]:
    """The inputs by how many rules stand between them and being eligible, otherwise as they came."""
    return tuple(input for _, input in sorted(counted, key=lambda one: one[0]))


def _most_failures_first(rule: RuleFiles) -> tuple[int, ...]:
    order = (Status.FAIL, Status.UNDECIDED, Status.REVIEW, Status.INCONCLUSIVE)
    return tuple(-rule.count(status) for status in order)


def _most_proposals_first(country: LeadCountry) -> tuple[int, bool, str]:
    return -country.proposals, country.code is None, country.name
