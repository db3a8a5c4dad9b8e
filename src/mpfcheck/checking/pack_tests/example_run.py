"""One example of a rule, tried: what both evaluators say of it, against what it expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mpfcheck.checking.annex import CallAnnex
from mpfcheck.checking.checker import Checker
from mpfcheck.checking.explain import Part
from mpfcheck.checking.message import NO_VALUE
from mpfcheck.checking.report import Status
from mpfcheck.frozen import Frozen, changed
from mpfcheck.packs.call import Call
from mpfcheck.packs.rule import Example, Rule, Scope
from mpfcheck.packs.vocabulary import PROPOSALS
from mpfcheck.proposal.answers import MistakenProposalError, answers_from
from mpfcheck.proposal.mistakes import Mistake, find_unknown_fields

__all__ = ["ExampleResult", "ExampleRunner", "answers_of"]

Answers = Mapping[str, object]


class ExampleResult(Frozen):
    """What a rule says of one of its examples, the ``number``-th from 1; ``variant`` says with which other value.

    ``said`` is the status by the evaluator that explains, ``compiled`` that of the compiled rule; each is None where
    there is none to give: ``said`` of an example that is no proposal, ``compiled`` where the compiled rule leaves the
    answer to the other. ``trouble`` says what is wrong beside the status; ``sentences`` what a person would be told;
    ``noted`` whether that is the rule's note.
    """

    rule: Rule
    example: Example
    number: int
    said: Status | None
    compiled: Status | None = None
    trouble: str = ""
    sentences: tuple[str, ...] = ()
    variant: str = ""
    noted: bool = False
    parts: tuple[Part, ...] = ()

    @property
    def agreed(self) -> bool:
        """Whether both evaluators say the same, as far as both say something."""
        return self.compiled is None or self.compiled is self.said

    @property
    def holds(self) -> bool:
        """Whether the rule says of the example what the example expects, and nothing is wrong beside."""
        as_expected = self.said == self.example.expect and self.example.noted in (None, self.noted)
        return as_expected and self.agreed and not self.trouble


class ExampleRunner:
    """Runs the examples of one call; a checker is kept for every day they ask for."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._annex = CallAnnex(call)
        self._checkers: dict[date | None, Checker] = {}

    def run(self, rule: Rule, number: int) -> Iterator[ExampleResult]:
        """Try the ``number``-th example of a rule, from 1: as it is given, and with every other value it names."""
        for variant, given in rule.examples[number - 1].variants():
            yield changed(self._run(rule, number, given), variant=variant)

    def _run(self, rule: Rule, number: int, values: Answers) -> ExampleResult:
        example = rule.examples[number - 1]
        try:
            answers = answers_of(rule, values)
        except MistakenProposalError as error:
            return ExampleResult(rule, example, number, None, trouble=_in_words(error.mistakes))
        checker = self._checker(example.as_of)
        if rule.scope is Scope.PORTFOLIO:
            return self._of_many(rule, number, answers, checker)
        (given,) = answers
        _, annex = self._annex.looked_at(given, lambda _: None)
        if annex:
            said = " ".join(f"{problem.pointer} {problem.message} {problem.hint}".rstrip() for problem in annex)
            return ExampleResult(rule, example, number, None, trouble=f"The example is no proposal. {said}")
        result = checker.result(given, rule.id)
        compiled = checker.compiled_status(given, rule.id)
        sentences = tuple(filter(None, (result.message, result.fix)))
        noted = result.status is Status.PASS and bool(result.message)
        trouble = _trouble_in(sentences)
        found = ExampleResult(rule, example, number, result.status, compiled, trouble, sentences, noted=noted)
        # Why it came out so is of interest only where it should not have.
        return found if found.holds else changed(found, parts=checker.explain(given, rule.id))

    def _of_many(self, rule: Rule, number: int, answers: tuple[Answers, ...], checker: Checker) -> ExampleResult:
        """Try an example of a rule about proposals checked together, which only the one evaluator can tell."""
        (said,) = (one for one in checker.together(answers) if one.rule == rule.id)
        sentences = tuple(item.message for item in said.items if item.message)
        example = rule.examples[number - 1]
        return ExampleResult(rule, example, number, said.status, None, _trouble_in(sentences), sentences)

    def _checker(self, day: date | None) -> Checker:
        if day not in self._checkers:
            self._checkers[day] = Checker(self._call, day)
        return self._checkers[day]


def answers_of(rule: Rule, given: Answers) -> tuple[Answers, ...]:
    """The answers an example of a rule gives: one proposal's, or for a portfolio rule those of several.

    Raises MistakenProposalError for an example that is no proposal, or gives what no proposal has.
    """
    if rule.scope is not Scope.PORTFOLIO:
        return (_answers(given),)
    proposals = given.get(PROPOSALS)
    if not isinstance(proposals, list) or not all(isinstance(one, Mapping) for one in proposals):
        hint = "A portfolio rule speaks of a list of proposals."
        raise MistakenProposalError((Mistake("", f'It must give "{PROPOSALS}", a list.', hint),))
    return tuple(map(_answers, proposals))


def _answers(given: Answers) -> Answers:
    answers = answers_from(given)
    if unknown := find_unknown_fields(given):
        raise MistakenProposalError(tuple(unknown))
    return answers


def _in_words(mistakes: tuple[Mistake, ...]) -> str:
    said = (f"{mistake.pointer} {mistake.message} {mistake.hint}".strip() for mistake in mistakes)
    return f"The example is no proposal. {' '.join(said)}"


def _trouble_in(sentences: tuple[str, ...]) -> str:
    """A sentence that a person could not make sense of is a fault of the rule, whatever its status."""
    for sentence in sentences:
        if NO_VALUE in sentence:
            return f"What a person is told has a placeholder without a value: “{sentence}”"
    return ""
