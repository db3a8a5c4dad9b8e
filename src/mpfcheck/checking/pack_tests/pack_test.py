"""The whole test of a rule pack: every example of every rule, and the kinds of example a rule lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from mpfcheck.checking.checker import CallAnnex, Checker
from mpfcheck.checking.explain import Explanation
from mpfcheck.checking.pack_tests.bench import answers_of
from mpfcheck.checking.pack_tests.coverage import Coverage
from mpfcheck.checking.pack_tests.mutation import Mutation
from mpfcheck.checking.report import Status
from mpfcheck.checking.wording import NO_VALUE
from mpfcheck.frozen import Frozen, changed
from mpfcheck.packs.call import Call
from mpfcheck.packs.example_kinds import kinds_lacking
from mpfcheck.packs.rule import Example, Rule, RuleScope
from mpfcheck.proposal.answers import MistakenProposalError
from mpfcheck.proposal.mistakes import Mistake

__all__ = ["ExampleResult", "ExampleRunner", "Lacking", "PackTest", "run_examples"]


Answers = Mapping[str, object]


class ExampleResult(Frozen):
    """The result of a rule for one of its examples, the ``number``-th from 1; ``variant`` says with which other value.

    ``status`` is the one of the evaluator that explains, ``compiled`` that of the compiled rule. ``status`` is None for
    an example that is not a proposal, ``compiled`` where the compiled rule leaves the answer to the other. ``trouble``
    says what is wrong beside the status, ``sentences`` what people would read, and ``noted`` whether that is the note
    of the rule.
    """

    rule: Rule
    example: Example
    number: int
    status: Status | None
    compiled: Status | None = None
    trouble: str = ""
    sentences: tuple[str, ...] = ()
    variant: str = ""
    noted: bool = False
    parts: tuple[Explanation, ...] = ()

    @property
    def agreed(self) -> bool:
        """Whether both evaluators say the same, as far as both say something."""
        return self.compiled is None or self.compiled is self.status

    @property
    def holds(self) -> bool:
        """Whether the rule says of the example what the example expects, and nothing is wrong beside."""
        as_expected = self.status == self.example.expect and self.example.noted in (None, self.noted)
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
        if rule.scope is RuleScope.PORTFOLIO:
            return self._of_many(rule, number, answers, checker)
        (given,) = answers
        _, annex = self._annex.looked_at(given, lambda _: None)
        if annex:
            words = " ".join(f"{problem.pointer} {problem.message} {problem.hint}".rstrip() for problem in annex)
            return ExampleResult(rule, example, number, None, trouble=f"The example is not a proposal. {words}")
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
        (result,) = (one for one in checker.together(answers) if one.rule == rule.id)
        sentences = tuple(item.message for item in result.items if item.message)
        example = rule.examples[number - 1]
        return ExampleResult(rule, example, number, result.status, None, _trouble_in(sentences), sentences)

    def _checker(self, day: date | None) -> Checker:
        if day not in self._checkers:
            self._checkers[day] = Checker(self._call, day)
        return self._checkers[day]


def _in_words(mistakes: tuple[Mistake, ...]) -> str:
    sentences = (f"{mistake.pointer} {mistake.message} {mistake.hint}".strip() for mistake in mistakes)
    return f"The example is not a proposal. {' '.join(sentences)}"


def _trouble_in(sentences: tuple[str, ...]) -> str:
    """A sentence that a person could not make sense of is a fault of the rule, whatever its status."""
    for sentence in sentences:
        if NO_VALUE in sentence:
            return f"A message has a placeholder without a value: “{sentence}”"
    return ""


class Lacking(Frozen):
    """A rule and the statuses that none of its examples shows, though the rule can come to them."""

    rule: Rule
    kinds: tuple[str, ...]


class PackTest(Frozen):
    """What the examples of a call's rules showed; coverage and mutation where they were asked for."""

    call: Call
    results: tuple[ExampleResult, ...]
    lacking: tuple[Lacking, ...]
    coverage: Coverage | None = None
    mutation: Mutation | None = None

    @property
    def failed(self) -> tuple[ExampleResult, ...]:
        """The examples of which a rule does not say what they expect, or of which something else is wrong."""
        return tuple(result for result in self.results if not result.holds)

    @property
    def compiled(self) -> int:
        """How many examples the compiled rules answered themselves."""
        return sum(result.compiled is not None for result in self.results)


def run_examples(call: Call, rules: Collection[str] = ()) -> PackTest:
    """Run the examples of a call's rules, or of those of these ids; what is wrong with them is in the result."""
    chosen = [rule for rule in call.rules if not rules or rule.id in rules]
    runner = ExampleRunner(call)
    results = (
        result for rule in chosen for number in range(1, len(rule.examples) + 1) for result in runner.run(rule, number)
    )
    lacking = (Lacking(rule, kinds_lacking(call, rule)) for rule in chosen)
    return PackTest(call, tuple(results), tuple(one for one in lacking if one.kinds))
