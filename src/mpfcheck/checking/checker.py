"""A call ready to check proposals: for one day and one set of parameters, with its rules compiled when it pays.

Immutable once made and safe to share between threads: every check has its own names and its own decimal context.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, localcontext
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from mpfcheck.checking.finding import FindingWriter, PlaceOf, ReadFields
from mpfcheck.checking.judgement import Judgement, judge, together, verdict
from mpfcheck.checking.names import CallNames, ProposalNames, with_open_lists
from mpfcheck.checking.parameters import ParameterError, UnknownRuleError, choose, read_parameters, write_parameter
from mpfcheck.checking.problems import as_problem, other_call
from mpfcheck.checking.report import (
    CallReference,
    InputReference,
    Problem,
    ProposalReport,
    Result,
    SentenceValue,
    Severity,
    Status,
    Verdict,
)
from mpfcheck.checking.wording import plain_value
from mpfcheck.feel.errors import NotCompilableError
from mpfcheck.feel.evaluate.builtins.registry import BUILTINS
from mpfcheck.feel.evaluate.evaluator import evaluate
from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.types import ANY, BOOLEAN, DATE, NUMBER, TEXT, ListType, NumberType, RecordType, TextType, Type
from mpfcheck.feel.values.value import ARITHMETIC, Unanswered
from mpfcheck.frozen import FrozenDict, made_once
from mpfcheck.packs.call import Call
from mpfcheck.packs.rule import Rule, RuleScope
from mpfcheck.packs.template import Condition
from mpfcheck.packs.vocabulary import proposal_type_of
from mpfcheck.proposal.doubts import find_doubts
from mpfcheck.proposal.unfinished import OPEN

if TYPE_CHECKING:
    from mpfcheck.checking.compiled import JudgeAll, RuleJudge
    from mpfcheck.checking.explain import Explainer, Explanation
    from mpfcheck.checking.portfolio.rules import FieldTree, PortfolioNames, PortfolioRules
    from mpfcheck.checking.portfolio.summary import Together
    from mpfcheck.checking.sentences import Sentences
    from mpfcheck.feel.compile.compiler import Compiler
    from mpfcheck.feel.compile.fields_read import ReadingCompiler
    from mpfcheck.proposal.annex import Annex

__all__ = ["CallAnnex", "Checker", "ParameterError", "UnknownRuleError", "invalid_report", "plain_type"]


Answers = Mapping[str, object]
_Results: TypeAlias = tuple[Result, ...]
_KnownOfRules: TypeAlias = "tuple[tuple[KnownResults | None, tuple[int, ...]], ...]"
_Judged = TypeVar("_Judged")


class CallAnnex:
    """Reads the annex of answers for a call."""

    __slots__ = ("_annex",)

    def __init__(self, call: Call) -> None:
        self._annex: Annex | None = None
        if call.annex is not None or call.annex_parts:
            # Many calls ask nothing beyond the common fields, and need not load its reader.
            from mpfcheck.proposal.annex import Annex

            self._annex = Annex(call.annex, call.annex_parts)

    def fitted(self, answers: Answers) -> Answers:
        """The answers with the annex as the call reads it; one that does not fit is left out."""
        return answers if self._annex is None else self._annex.fit(answers)[0]

    def looked_at(self, answers: Answers, place_of: PlaceOf) -> tuple[Answers, tuple[Problem, ...]]:
        """The answers so, and what is wrong with the annex: blocking problems, and warnings of unknown fields."""
        if self._annex is None:
            return answers, ()
        answers, mistakes = self._annex.fit(answers)
        if not mistakes:
            return answers, ()
        from mpfcheck.checking.problems import as_problem

        return answers, tuple(as_problem(mistake, place_of(mistake.pointer)) for mistake in mistakes)

    def fits(self, answers: Answers) -> bool:
        """Tell whether the annex is one the call can read."""
        _, problems = self.looked_at(answers, lambda _: None)
        return all(problem.severity is not Severity.BLOCKING for problem in problems)


def plain_type(expression: tree.Expression, names: Mapping[str, Type]) -> Type | None:
    """The type of a literal, a name, a path from a name, or a choice between two such; None for anything else."""
    match expression:
        case tree.Text():
            return TEXT
        case tree.Number():
            return NUMBER
        case tree.Name(name):
            return names.get(name)
        case tree.Path(base, name):
            return _member(plain_type(base, names), name)
        case tree.If(_, then, otherwise):
            one, other = plain_type(then, names), plain_type(otherwise, names)
            return one if one == other else None
        case _:
            return None


def _member(base: Type | None, name: str) -> Type | None:
    if isinstance(base, RecordType) and name in base.fields:
        return base.fields[name].type
    if isinstance(base, ListType) and (item := _member(base.item, name)) is not None:
        return ListType(item)
    return None


COMPILE_AFTER = 3
"""From this many proposals on, compiling the rules costs less than it saves."""

MOST_KNOWN = 256
LONG = 100
"""Of rules on a few short answers, such as the fund, this many results are remembered."""
MOST_STATUSES = 2048
"""Many proposals have the same statuses as another one."""

NO_INPUT = InputReference(None, None, None)

_PASS: Final = Status.PASS
"""To look it up in its class takes many times as long."""


class Checker:
    """Checks proposals against a call as it was on a day, with its parameters or with some of them changed.

    ``as_of`` is the call's own day unless given; ``rules`` are the ids of the rules to check, all unless given. Raises
    :class:`ParameterError` for a parameter the call does not have, :class:`UnknownRuleError` for such a rule.
    """

    def __init__(
        self,
        call: Call,
        as_of: date | None = None,
        parameters: Mapping[str, object] | None = None,
        rules: Iterable[str] | None = None,
    ) -> None:
        whole, call = call, call if rules is None else choose(call, rules)
        self.call = call
        self.chosen = () if call is whole else tuple(rule.id for rule in call.rules)
        self.as_of = as_of or call.as_of
        self._day = self.as_of.isoformat()
        changed = read_parameters(call, parameters or {})
        self.changed: Mapping[str, str] = MappingProxyType(
            {name: write_parameter(value) for name, value in changed.items()}
        )
        self._names = CallNames(call, self.as_of, changed, proposal_type_of(call))
        self._annex = CallAnnex(call)
        self._rule_of = {id(part): rule for rule in call.rules for part in _conditions(rule)}
        self._limits: dict[str, Mapping[str, SentenceValue]] = {}
        self._writer = FindingWriter(call, self.as_of, self._type_of, self._label, self._limits_of)
        self.reference = CallReference(call.id, call.version, call.sha256, tuple(gap.topic for gap in call.gaps))
        self.notice = _notice(call, self.as_of)
        self._checked = 0
        self._known_statuses: dict[tuple[Status, ...], tuple[Verdict, _Results, tuple[int, ...]]] = {}
        self._known_groups: dict[tuple[int, ...], _KnownOfRules] = {}
        self._known_results: dict[tuple[str, ...], KnownResults] = {}

    @property
    def names_for_proofs(self) -> CallNames:
        """The call's constants and definitions on this day, for those that reason about every proposal."""
        return self._names

    def names_of(self, answers: Mapping[str, object], *, prepared: bool = False) -> ProposalNames:
        """The names the call's conditions may use for a proposal's answers, ``prepared`` for many proposals or not."""
        return self._names.of(self._annex.fitted(answers), prepared=prepared)

    def statuses(self, answers: Mapping[str, object]) -> tuple[Status, ...]:
        """What each rule says of a proposal's answers, in the pack's order: the fast path, without explanations."""
        names: ProposalNames | None = None
        answers = self._annex.fitted(answers)

        def reference(rule: Rule) -> Status:
            nonlocal names
            names = names or self._names.of(answers)
            return together(judge(rule, names))

        with localcontext(ARITHMETIC):
            return self._statuses_of(answers, self._marked(answers), reference)

    @made_once
    def _statuses_of(self) -> Callable[[Answers, Answers | None, Callable[[Rule], Status]], tuple[Status, ...]]:
        from mpfcheck.checking.compiled import statuses_of

        return partial(statuses_of, self._judges, self._judge_all)

    @made_once
    def _answered_statuses_of(self) -> Callable[[Answers], tuple[tuple[Status, ...], set[int]]]:
        from mpfcheck.checking.compiled import statuses_of_answered

        return partial(statuses_of_answered, self._judge_all)

    @made_once
    def _judge_all(self) -> JudgeAll:
        from mpfcheck.checking.compiled import compile_rules

        return compile_rules(self.call.rules, self._compiler())

    def verdict(self, answers: Mapping[str, object]) -> Verdict:
        """The verdict on a proposal's answers."""
        if not self._annex.fits(answers):
            return Verdict.INVALID
        return verdict(self.call.rules, self.statuses(answers))

    def bare_report(self, answers: Mapping[str, object], input: InputReference = NO_INPUT) -> ProposalReport:
        """The report with the verdict and the status of every rule, and nothing that takes longer.

        It has no messages, fields and places, and no warnings about the file.
        """
        answers, found = self._annex.looked_at(answers, _no_place)
        if any(problem.severity is Severity.BLOCKING for problem in found):
            return invalid_report(found, input, self.reference, self._day)
        statuses = self.statuses(answers)
        overall, results, _ = self._of_statuses(statuses)
        return ProposalReport(input, self.reference, self._day, overall, (), results, self.changed, self.chosen)

    def report(
        self,
        answers: Mapping[str, object],
        *,
        problems: Sequence[Problem] = (),
        place_of: PlaceOf = lambda _: None,
        place_of_problem: PlaceOf | None = None,
        input: InputReference = NO_INPUT,
        likely: bool = False,
    ) -> ProposalReport:
        """The whole report on a proposal's answers: a result for every rule, with what a person needs to act on it.

        ``problems`` are the warnings of the reader, and ``likely`` says that it found every single value to be likely;
        ``place_of`` finds the place of a JSON Pointer in the file, and ``place_of_problem`` that of something wrong
        with the annex, where it is not the same.
        """
        # The caller's decimal context may be anything, and stays as it is.
        with localcontext(ARITHMETIC):
            answers, found = self._annex.looked_at(answers, place_of_problem or place_of)
            problems = (
                *other_call(answers, self.reference, place_of_problem or place_of),
                *problems,
                *found,
                *((self.notice,) if self.notice else ()),
            )
            if any(problem.severity is Severity.BLOCKING for problem in found):
                return invalid_report(problems, input, self.reference, self._day)
            problems = (*problems, *_doubts(answers, place_of_problem or place_of, likely=likely))
            self._checked += 1
            fields = ReadFields(answers, place_of)
            many = self._checked > COMPILE_AFTER
            if many and not answers.get(OPEN):
                overall, results = self._quick_results(fields)
            else:
                names = self._names.of(answers, prepared=many)
                results = tuple(self._result(rule, names, fields) for rule in self.call.rules)
                overall = verdict(self.call.rules, (result.status for result in results))
            return ProposalReport(
                input, self.reference, self._day, overall, tuple(problems), results, self.changed, self.chosen
            )

    def result(self, answers: Mapping[str, object], rule_id: str) -> Result:
        """What one rule says of a proposal's answers, by the evaluator that explains; a pass too says all it has.

        Raises KeyError for a rule the call does not have.
        """
        names = self.names_of(answers)
        return self._result(self.call.rule(rule_id), names, ReadFields(answers))

    def compiled_status(self, answers: Mapping[str, object], rule_id: str) -> Status | None:
        """What the compiled rule alone says, None where it leaves the answer to the evaluator that explains.

        Raises KeyError for a rule the call does not have.
        """
        answers = self._annex.fitted(answers)
        with localcontext(ARITHMETIC):
            return self._judges[self.call.rules.index(self.call.rule(rule_id))].compiled(answers, self._marked(answers))

    def _marked(self, answers: Answers) -> Answers | None:
        """The answers with the lists that are not finished marked as such, None where all are."""
        return with_open_lists(answers, self._names.proposal) if answers.get(OPEN) else None

    def explain(self, answers: Mapping[str, object], rule_id: str) -> tuple[Explanation, ...]:
        """The conditions of a rule with the proposal's values in them: once, or once for each item it speaks of.

        Raises KeyError for a rule the call does not have.
        """
        # Explanations are asked for rarely, and a quick start is not to pay for them.
        from mpfcheck.checking.explain import Explainer

        rule = self.call.rule(rule_id)
        explainer = Explainer(self._type_of_node, self._label)
        return tuple(
            part
            for number, judgement in enumerate(judge(rule, self.names_of(answers)), 1)
            for part in _explain_one(rule, judgement, explainer, f"{rule.item} {number}" if rule.item else "")
        )

    def together(self, proposals: Sequence[Mapping[str, object]]) -> tuple[Together, ...]:
        """What the portfolio rules of the call say of the answers of proposals, checked together.

        Of each proposal only :attr:`fields_together` need be there.
        """
        count = len(proposals)
        return self._of_portfolio_rules(proposals, lambda judges, rule, names: judges.judge(rule, names, count))

    def amounts_together(self, proposals: Sequence[Mapping[str, object]]) -> tuple[tuple[Decimal | None, ...], ...]:
        """The amounts that :meth:`together` compares with limits, by rule and item; None where it compares none."""
        return self._of_portfolio_rules(proposals, lambda judges, rule, names: judges.amounts(rule, names))

    def _of_portfolio_rules(
        self,
        proposals: Sequence[Mapping[str, object]],
        judge: Callable[[PortfolioRules, Rule, PortfolioNames], _Judged],
    ) -> tuple[_Judged, ...]:
        rules = [rule for rule in self.call.rules if rule.scope is RuleScope.PORTFOLIO]
        if not rules:
            return ()
        proposals = [self._annex.fitted(answers) for answers in proposals]
        from mpfcheck.checking.portfolio.rules import PortfolioNames, PortfolioRules

        names = PortfolioNames(self._names, proposals)
        judges = PortfolioRules(self.call.id, self._writer, self._type_of_node, self._label)
        with localcontext(ARITHMETIC):
            return tuple(judge(judges, rule, names) for rule in rules)

    @made_once
    def fields_together(self) -> FieldTree | None:
        """The fields that the portfolio rules of the call read, None where it has no such rule."""
        from mpfcheck.checking.portfolio.rules import portfolio_fields

        return portfolio_fields(self.call)

    def _result(self, rule: Rule, names: ProposalNames, fields: ReadFields) -> Result:
        judgements = judge(rule, names)
        return self._writer.result(rule, together(judgements), judgements, fields)

    def _quick_results(self, fields: ReadFields) -> tuple[Verdict, _Results]:
        """The verdict, and the same results as one by one by the reference, which is asked where code cannot tell."""
        answers = fields.answers
        made: list[ProposalNames] = []

        def names() -> ProposalNames:
            # Few proposals need them, and all rules of one have the same.
            if not made:
                made.append(self._names.of(answers, prepared=True))
            return made[0]

        statuses, notes = self._answered_statuses_of(answers)
        overall, quiet, loud = self._of_statuses(statuses)
        if notes:
            # A rule that notes an item may have found another one that does not pass.
            loud = (*loud, *[number for number in sorted(notes) if statuses[number] is _PASS])
        if not loud:
            return overall, quiet
        results = list(quiet)
        pointers: Mapping[int, str] | None = None
        as_judged = True
        for known, numbers in self._known_among(loud):
            kept = None if known is None else known.of(answers)
            for number in numbers:
                if kept is not None and number in kept:
                    result, read = kept[number]
                    if read:
                        result = result.with_fields(fields.of(read))
                else:
                    if pointers is None:
                        pointers = self._pointers_of(answers)
                    result = self._loud_result(self._judges[number], statuses[number], names, fields, pointers)
                    if kept is not None:
                        kept[number] = result, tuple([field.pointer for field in result.fields])
                results[number] = result
                if result.status is not statuses[number]:
                    as_judged = False
        if not as_judged:
            overall = verdict(self.call.rules, (result.status for result in results))
        return overall, tuple(results)

    def _loud_result(
        self,
        judge_of_rule: RuleJudge,
        status: Status,
        names: Callable[[], ProposalNames],
        fields: ReadFields,
        pointers: Mapping[int, str],
    ) -> Result:
        """The result of a rule of which there may be something to tell."""
        rule, writer = judge_of_rule.rule, self._writer
        finding = judge_of_rule.causes(fields.answers, status, pointers, names)
        if finding is not None:
            status, causes, read = finding
            if not causes:
                return writer.silent(rule, status)
            fields.values.update(read)
            return writer.written(rule, status, causes, fields, read, sentences=self._sentences)
        status, judgements = judge_of_rule.judgements(fields.answers, names())
        if not judgements:
            return writer.silent(rule, status)
        return writer.result(rule, status, judgements, fields, self._sentences)

    def _of_statuses(self, statuses: tuple[Status, ...]) -> tuple[Verdict, _Results, tuple[int, ...]]:
        """What is the same of all proposals with these statuses: the verdict and the results without explanations.

        Last, the numbers of the rules that there is more to tell of than that.
        """
        known = self._known_statuses.get(statuses)
        if known is None:
            rules = self.call.rules
            results = tuple(map(self._writer.silent, rules, statuses))
            loud = tuple(
                number
                for number, status in enumerate(statuses)
                if status is not Status.NOT_APPLICABLE and status is not Status.PASS
            )
            known = verdict(rules, statuses), results, loud
            if len(self._known_statuses) < MOST_STATUSES:
                self._known_statuses[statuses] = known
        return known

    @made_once
    def _pointers_of(self) -> Callable[[Answers], Mapping[int, str]]:
        from mpfcheck.feel.compile.fields_read import RecordPointers, records_in

        return partial(RecordPointers, records_in(self._names.proposal))

    def _known_among(self, loud: tuple[int, ...]) -> _KnownOfRules:
        """The numbers of these rules, with what is remembered of those that look at a few short answers only."""
        groups = self._known_groups.get(loud)
        if groups is None:
            numbers: dict[tuple[str, ...] | None, list[int]] = {}
            for number in loud:
                numbers.setdefault(self._fields_of_rules[number], []).append(number)
            groups = tuple(
                (None if names is None else self._known_results.setdefault(names, KnownResults(names)), tuple(found))
                for names, found in numbers.items()
            )
            if len(self._known_groups) < MOST_STATUSES:
                self._known_groups[loud] = groups
        return groups

    @made_once
    def _fields_of_rules(self) -> tuple[tuple[str, ...] | None, ...]:
        return tuple(map(self._fields_of, self.call.rules))

    def _limits_of(self, rule: Rule) -> Mapping[str, SentenceValue]:
        """The parameters that the conditions of a rule depend on, with their values on this day."""
        known = self._limits.get(rule.id)
        if known is None:
            names = self._names_in(condition for _, condition in rule.conditions())
            known = self._limits[rule.id] = FrozenDict(
                {
                    one.name: plain_value(
                        self._names.constants[one.name], NumberType("EUR") if one.unit == "EUR" else ANY, self._label
                    )
                    for one in self.call.parameters.values()
                    if one.name in names
                }
            )
        return known

    def _names_in(self, conditions: Iterable[Condition]) -> set[str]:
        """The names in conditions, and in the definitions that these name."""
        waiting = [condition.tree for condition in conditions]
        found: set[str] = set()
        while waiting:
            fresh = names_used(waiting.pop()) - found
            found |= fresh
            waiting += [self.call.definitions[name].condition.tree for name in fresh & self.call.definitions.keys()]
        return found

    def _fields_of(self, rule: Rule) -> tuple[str, ...] | None:
        """The fields that alone make the result of a rule, sentences included; None unless all of them are plain."""
        if rule.for_each is not None or rule.scope is RuleScope.PORTFOLIO:
            return None
        fields: set[str] = set()
        # Its sentences are looked at only where all that its conditions read is plain: most are never said.
        for conditions in ([condition for _, condition in rule.conditions()], _conditions(rule)):
            fields = self._names_in(conditions)
            fields -= self._names.constants.keys() | BUILTINS.keys() | self._names.definitions.keys()
            types = [self._field_types.get(name) for name in fields]
            if not all(isinstance(kind, TextType) or kind in (BOOLEAN, DATE) for kind in types):
                return None
        return tuple(sorted(fields))

    @made_once
    def _judges(self) -> tuple[RuleJudge, ...]:
        # One proposal is checked faster than the compiler is loaded.
        from mpfcheck.checking.compiled import RuleJudge

        return tuple(
            RuleJudge(rule, self._compiler, partial(self._half_filled, number), self._reading_compiler)
            for number, rule in enumerate(self.call.rules)
        )

    def _half_filled(self, number: int) -> Callable[[Answers], Status] | None:
        """Make the code of a rule for answers of which some are missing."""
        # It takes twice as long to make as the other code, and most batches are of answered proposals.
        from mpfcheck.checking.compiled_half_filled import compile_half_filled
        from mpfcheck.feel.compile.half_filled import HalfFilledCompiler

        names = self._names
        compiler = HalfFilledCompiler(names.proposal, names.constants, self._constant, names.definitions)
        return compile_half_filled(self.call.rules[number], compiler)

    def _reading_compiler(self) -> ReadingCompiler:
        # A batch in which all is well names few fields.
        from mpfcheck.feel.compile.fields_read import ReadingCompiler

        return ReadingCompiler(self._names.proposal, self._names.constants, self._constant, self._names.definitions)

    @made_once
    def _sentences(self) -> Sentences:
        from mpfcheck.checking.sentences import Sentences

        return Sentences(self._compiler, self._type_of, self._label)

    def _compiler(self) -> Compiler:
        from mpfcheck.feel.compile.compiler import Compiler

        return Compiler(self._names.proposal, self._names.constants, self._constant, self._names.definitions)

    def _constant(self, expression: tree.Expression) -> object:
        value = evaluate(expression, self._names.constants, strict=True)
        if isinstance(value, Unanswered) or value is None:
            raise NotCompilableError("no value is known")
        return value

    def _label(self, code_list: str, code: str) -> str:
        return self.call.label(code_list, code)

    def _type_of(self, condition: Condition) -> Type:
        return self._type_of_node(condition, condition.tree)

    def _type_of_node(self, condition: Condition, node: tree.Expression) -> Type:
        rule = self._rule_of.get(id(condition))
        if rule is None:
            return ANY
        plain = plain_type(node, self._plain_names(rule))
        if plain is not None:
            return plain
        # Loading the static check takes longer than checking a proposal.
        from mpfcheck.packs.vocabulary import vocabulary_of

        return vocabulary_of(self.call).check(rule, condition).type_of(node)

    def _plain_names(self, rule: Rule) -> Mapping[str, Type]:
        """The types of the proposal's fields and of a rule's item, where that is easily told."""
        fields = self._field_types
        if rule.for_each is None or rule.item is None:
            return fields
        items = plain_type(rule.for_each.tree, fields)
        known = {name: kind for name, kind in fields.items() if name != rule.item}
        return {**known, rule.item: items.item} if isinstance(items, ListType) else known

    @made_once
    def _field_types(self) -> Mapping[str, Type]:
        return {name: field.type for name, field in self._names.proposal.fields.items()}


class KnownResults:
    """The results of the rules that look at the same few ``fields``, by the values of these: most proposals share them.

    With each are the pointers of its fields, which are at other places in another proposal.
    """

    __slots__ = ("_fields", "_results")

    def __init__(self, fields: tuple[str, ...]) -> None:
        self._fields = fields
        self._results: dict[tuple[object, ...], dict[int, tuple[Result, tuple[str, ...]]]] = {}

    def of(self, answers: Answers) -> dict[int, tuple[Result, tuple[str, ...]]] | None:
        """What is remembered of answers with the same values, by the numbers of the rules: more may be added.

        None where nothing is to be remembered, since there are very many values or long ones.
        """
        values = tuple(map(answers.get, self._fields))
        kept = self._results.get(values)
        room = len(self._results) < MOST_KNOWN
        if kept is None and room and all(not isinstance(value, str) or len(value) < LONG for value in values):
            kept = self._results[values] = {}
        return kept


def _no_place(_pointer: str) -> None:
    return None


def _notice(call: Call, day: date) -> Problem | None:
    """What to say of a date for which the call's figures are not known; None for any other."""
    if day == call.as_of:
        return None
    known = [value.since for parameter in call.parameters.values() for value in parameter.values]
    first = call.published or min([call.as_of, *known])
    last = max([call.as_of, *known])
    if day < first:
        why = f"{day} is before {first}, the first date that the rules of {call.id} describe."
    elif day > last:
        why = f"{day} is after {last}, the last date that the rules of {call.id} describe. Figures may have changed."
    else:
        return None
    return Problem(why, "Check the dates of the call before you rely on this result.", severity=Severity.WARNING)


def invalid_report(
    problems: Sequence[Problem],
    input: InputReference = NO_INPUT,
    call: CallReference | None = None,
    as_of: str | None = None,
) -> ProposalReport:
    """The report on a file that is no proposal: what is wrong with it, and no result of any rule."""
    return ProposalReport(input, call, as_of, Verdict.INVALID, tuple(problems))


def _doubts(answers: Mapping[str, object], place_of: PlaceOf, *, likely: bool) -> tuple[Problem, ...]:
    """The warnings about values that fit their fields."""
    return tuple(as_problem(doubt, place_of(doubt.pointer)) for doubt in find_doubts(answers, likely=likely))


def _conditions(rule: Rule) -> list[Condition]:
    """Every condition of a rule, those inside its sentences included."""
    alone = [condition for _, condition in rule.conditions()]
    return alone + [part for _, sentence in rule.sentences() for part in sentence.placeholders()]


def _explain_one(rule: Rule, judgement: Judgement, explainer: Explainer, item: str) -> list[Explanation]:
    prefix = f"{item}, " if item else ""
    parts = []
    if rule.when is not None:
        parts.append(explainer.part(rule.when, judgement.names, f"{prefix}when"))
    if rule.require is not None and judgement.status is not Status.NOT_APPLICABLE:
        parts.append(explainer.part(rule.require, judgement.names, f"{prefix}require"))
    return parts
