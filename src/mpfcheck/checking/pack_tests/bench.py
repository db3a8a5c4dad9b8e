"""The examples of a call on the bench: what its rules say of them, and what they would say if the call were another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import localcontext

from mpfcheck.checking.checker import CallAnnex
from mpfcheck.checking.judgement import judge, judge_portfolio, together
from mpfcheck.checking.names import CallNames, ProposalNames
from mpfcheck.checking.portfolio.rules import PortfolioNames
from mpfcheck.checking.report import Status
from mpfcheck.feel.values.value import ARITHMETIC
from mpfcheck.frozen import Frozen
from mpfcheck.packs.call import Call
from mpfcheck.packs.rule import Rule, RuleScope
from mpfcheck.packs.vocabulary import PROPOSALS, proposal_type_of
from mpfcheck.proposal.answers import MistakenProposalError, answers_from
from mpfcheck.proposal.mistakes import Mistake, find_unknown_fields

__all__ = ["Bench", "Case", "answers_of", "cases"]

Answers = Mapping[str, object]


class Case(Frozen):
    """An example whose answers are read: the ``number``-th of its rule from 1, with the ``variant`` of an answer.

    ``day`` is the day it is checked for.
    """

    rule: str
    number: int
    variant: str
    day: date
    answers: tuple[Mapping[str, object], ...]
    expect: str
    noted: bool | None


def cases(call: Call, rule: Rule) -> Iterator[Case]:
    """The examples of a rule that are proposals; those that are none have no say."""
    for number, example in enumerate(rule.examples, 1):
        for variant, given in example.variants():
            try:
                answers = answers_of(rule, given)
            except MistakenProposalError:
                continue
            day = example.as_of or call.as_of
            yield Case(rule.id, number, variant, day, answers, example.expect, example.noted)


def answers_of(rule: Rule, given: Answers) -> tuple[Answers, ...]:
    """The answers an example of a rule gives: one proposal's, or for a portfolio rule those of several.

    Raises MistakenProposalError for an example that is no proposal, or gives what no proposal has.
    """
    if rule.scope is not RuleScope.PORTFOLIO:
        return (_answers(given),)
    proposals = given.get(PROPOSALS)
    if not isinstance(proposals, list) or not all(isinstance(one, Mapping) for one in proposals):
        hint = "A portfolio rule is about a list of proposals."
        raise MistakenProposalError((Mistake("", f'It must give "{PROPOSALS}", a list.', hint),))
    return tuple(map(_answers, proposals))


def _answers(given: Answers) -> Answers:
    answers = answers_from(given)
    if unknown := find_unknown_fields(given):
        raise MistakenProposalError(tuple(unknown))
    return answers


class Bench:
    """A call, and the names its conditions see for each case, which are worked out once."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._annex = CallAnnex(call)
        self._days: dict[date, CallNames] = {}
        self._names: dict[tuple[str, int, str], ProposalNames] = {}

    def holds(self, rule: Rule, case: Case) -> bool:
        """Whether a rule, which need not be one of the call, says of a case what the case expects."""
        with localcontext(ARITHMETIC):
            names = self._names_of(rule, case)
            judge_by = judge_portfolio if rule.scope is RuleScope.PORTFOLIO else judge
            judgements = judge_by(rule, names)
        if together(judgements) != case.expect:
            return False
        if case.noted is None:
            return True
        return case.noted is any(one.noted for one in judgements if one.status is Status.PASS)

    def noticed_by(self, rules: Sequence[tuple[Rule, Sequence[Case]]]) -> Case | None:
        """The first case of which a rule does not say what it expects, None where all hold."""
        for rule, own in rules:
            for case in own:
                if not self.holds(rule, case):
                    return case
        return None

    def _names_of(self, rule: Rule, case: Case) -> ProposalNames:
        key = (case.rule, case.number, case.variant)
        if key not in self._names:
            if case.day not in self._days:
                self._days[case.day] = CallNames(self._call, case.day, {}, proposal_type_of(self._call))
            of_call = self._days[case.day]
            if rule.scope is RuleScope.PORTFOLIO:
                # These remember the values of conditions, and may only be asked about rules that stay.
                return PortfolioNames(of_call, case.answers)
            self._names[key] = of_call.of(self._annex.fitted(case.answers[0]))
        return self._names[key]
