"""The rules of a call as Python functions over answers: the fast path to the statuses of an answered proposal."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import NamedTuple, TypeAlias

from mpfcheck.checking.judgement import Judgement, judge, judge_items, together
from mpfcheck.checking.names import ProposalNames
from mpfcheck.checking.report import Status
from mpfcheck.feel.compile.compiler import Code, Compiler, call, functions_of, name_of
from mpfcheck.feel.errors import UNREADY, NotCompilableError, UnreadyError
from mpfcheck.frozen import Frozen
from mpfcheck.packs.rule import Rule, RuleScope

__all__ = ["Answers", "CompiledJudgement", "CompiledRule", "RuleJudge", "compile_rules", "give", "statuses_of"]


Answers = Mapping[str, object]


class CompiledRule(Frozen):
    """The functions of one rule. Each leaves by one of ``errors.UNREADY`` where the reference must be asked.

    ``status`` is what the rule says of answers, all of which it needs. ``items`` says it of each item of the list the
    rule speaks of, None of an item that only the reference can tell; ``noted`` says of answers the rule holds for
    whether its note applies to each of them. Each is None where there is no such thing, or no code for it.
    """

    status: Callable[[Answers], Status] | None = None
    items: Callable[[Answers], list[Status | None]] | None = None
    noted: Callable[[Answers], list[bool]] | None = None


def compile_rules(rules: Sequence[Rule], compiler: Compiler) -> tuple[CompiledRule, ...]:
    """The functions of each rule; none for a rule that only the reference evaluator can tell."""
    functions: list[ast.stmt] = []
    for number, rule in enumerate(rules):
        for part, body in _bodies(rule):
            # The reference evaluator stands in for whatever has no code.
            with suppress(NotCompilableError):
                functions.append(compiler.function(f"{part}_{number}", partial(body, rule, compiler)))
    names = {"UNREADY": UNREADY, "UnreadyError": UnreadyError, **{status.name: status for status in Status}}
    made = functions_of(functions, {**compiler.names, **names}).get
    return tuple(
        CompiledRule(made(f"status_{number}"), made(f"items_{number}"), made(f"noted_{number}"))
        for number in range(len(rules))
    )


_Body: TypeAlias = Callable[[Rule, Compiler], list[ast.stmt]]


def _bodies(rule: Rule) -> Iterator[tuple[str, _Body]]:
    if rule.scope is RuleScope.PORTFOLIO:
        yield "status", lambda _rule, _compiler: [give(Status.NOT_APPLICABLE)]
        return
    if rule.for_each is None:
        yield "status", _judge_proposal
    else:
        yield "status", _judge_list
        yield "items", _judge_items
    if rule.note is not None:
        yield "noted", _noted


def _judge_proposal(rule: Rule, compiler: Compiler) -> list[ast.stmt]:
    return _judge(rule, compiler, {}, lambda status: [give(status)])


def _judge_list(rule: Rule, compiler: Compiler) -> list[ast.stmt]:
    """A loop that keeps the worst status so far; a failing item settles it."""

    def keep(status: Status) -> list[ast.stmt]:
        if status is Status.NOT_APPLICABLE:
            return [ast.Pass()]
        if status is Status.PASS:
            untouched = ast.Compare(name_of("worst"), [ast.Is()], [name_of(Status.NOT_APPLICABLE.name)])
            return [ast.If(untouched, [_set("worst", status)], [])]
        return [give(status) if status is Status.FAIL else _set("worst", status)]

    def body(scope: Mapping[str, Code]) -> list[ast.stmt]:
        return _judge(rule, compiler, scope, keep)

    return [_set("worst", Status.NOT_APPLICABLE), _loop(rule, compiler, body), ast.Return(name_of("worst"))]


def _judge_items(rule: Rule, compiler: Compiler) -> list[ast.stmt]:
    """A loop that collects what the rule says of each item, and None where an item leaves the code."""

    def body(scope: Mapping[str, Code]) -> list[ast.stmt]:
        judged = _judge(rule, compiler, scope, lambda status: _collect(name_of(status.name)))
        unready = ast.ExceptHandler(name_of("UNREADY"), None, _collect(ast.Constant(None)))
        return [ast.Try(judged, [unready], [], [])]

    return [_collection(), _loop(rule, compiler, body), ast.Return(name_of("found"))]


def _noted(rule: Rule, compiler: Compiler) -> list[ast.stmt]:
    """Whether the note applies to each item, or to the proposal, of answers the rule passes."""
    note = rule.note
    if note is None:
        raise NotCompilableError("no note")
    yes, no = (_collect(ast.Constant(value=applies)) for applies in (True, False))

    def body(scope: Mapping[str, Code]) -> list[ast.stmt]:
        found: list[ast.stmt] = [ast.If(compiler.condition(note.when.tree, scope), yes, no)]
        return found if rule.when is None else [ast.If(compiler.condition(rule.when.tree, scope), found, no)]

    statements = body({}) if rule.for_each is None else [_loop(rule, compiler, body)]
    return [_collection(), *statements, ast.Return(name_of("found"))]


def _collection() -> ast.stmt:
    return ast.Assign([ast.Name("found", ast.Store())], ast.List([], ast.Load()))


def _collect(item: ast.expr) -> list[ast.stmt]:
    return [ast.Expr(call(ast.Attribute(name_of("found"), "append", ast.Load()), item))]


def _loop(rule: Rule, compiler: Compiler, body: Callable[[Mapping[str, Code]], list[ast.stmt]]) -> ast.stmt:
    """``for`` each item the rule speaks of, with the statements of ``body``."""
    if rule.for_each is None or rule.item is None:
        raise NotCompilableError("no list")
    items, item_type = compiler.items(rule.for_each.tree, {})
    variable = compiler.variable()
    with compiler.inside():
        statements = body({rule.item: Code(name_of(variable), item_type)})
    return ast.For(ast.Name(variable, ast.Store()), items, statements, [])


def _judge(
    rule: Rule, compiler: Compiler, scope: Mapping[str, Code], end: Callable[[Status], list[ast.stmt]]
) -> list[ast.stmt]:
    """What a rule says, once; ``end`` is what to do about it."""
    if rule.require is None:
        judged = end(Status.REVIEW)
    else:
        broken = end(Status.FAIL)
        if rule.doubt is not None:
            try:
                broken = [ast.If(compiler.condition(rule.doubt.tree, scope), end(Status.REVIEW), broken)]
            except NotCompilableError:
                # Mostly the rule is met, and nobody asks whether it is in doubt.
                broken = [ast.Raise(name_of("UnreadyError"))]
        judged = [ast.If(compiler.condition(rule.require.tree, scope), end(Status.PASS), broken)]
    if rule.when is None:
        return judged
    return [ast.If(compiler.condition(rule.when.tree, scope), judged, end(Status.NOT_APPLICABLE))]


class CompiledJudgement(NamedTuple):
    """What code says of an item, and all that may come of it where that is undecided."""

    status: Status
    may_be: frozenset[Status] = frozenset()


def give(status: Status) -> ast.Return:
    """The statement that ends code with this status."""
    return ast.Return(name_of(status.name))


def _set(variable: str, status: Status) -> ast.Assign:
    return ast.Assign([ast.Name(variable, ast.Store())], name_of(status.name))


def _of_all(known: Sequence[Status | None], judged: Mapping[int, Judgement]) -> Status:
    """What a rule says of a list of which the code knows these items, and the reference these."""
    return together([*(CompiledJudgement(status) for status in known if status is not None), *judged.values()])


def statuses_of(
    judges: Sequence[RuleJudge], answers: Answers, marked: Answers | None, reference: Callable[[Rule], Status]
) -> tuple[Status, ...]:
    """What each rule says: :meth:`RuleJudge.compiled` sooner, and ``reference`` where only that can tell.

    From the first rule on that needs what is not answered, the code for such proposals is run first where it is made.
    """
    statuses: list[Status] = []
    given, half_filled = (answers, False) if marked is None else (marked, True)
    for judge_of_rule in judges:
        code = judge_of_rule.half_filled if half_filled else judge_of_rule.answered
        if code is not None:
            try:
                statuses.append(code(given))
                continue
            except UNREADY:
                half_filled = True
        status = judge_of_rule.compiled(answers, marked)
        statuses.append(reference(judge_of_rule.rule) if status is None else status)
    return tuple(statuses)


class RuleJudge:
    """Judges proposals by one rule.

    Decimal arithmetic must be that of the language wherever these are called: compiled code does not see to it.
    """

    __slots__ = ("_code", "_make", "answered", "half_filled", "rule")

    def __init__(
        self, rule: Rule, compiled: CompiledRule, half_filled: Callable[[], Callable[[Answers], Status] | None]
    ) -> None:
        """Judge by ``rule``; ``compiled`` is its code, and ``half_filled`` makes that for answers that are missing."""
        self.rule = rule
        self._code = compiled
        self.answered = compiled.status
        self.half_filled: Callable[[Answers], Status] | None = None
        """The code for answers that are missing: None until the first proposal asks for it, and where there is none."""
        self._make: Callable[[], Callable[[Answers], Status] | None] | None = half_filled

    def compiled(self, answers: Answers, marked: Answers | None = None) -> Status | None:
        """What the compiled code says, None where only the reference can tell.

        ``marked`` are the answers with their open lists marked as such, None where all lists are finished.
        """
        if marked is None and self.answered is not None:
            try:
                return self.answered(answers)
            except UNREADY:
                pass
        make = self._make
        if make is not None:
            self.half_filled = make()
            self._make = None
        if self.half_filled is not None:
            try:
                return self.half_filled(answers if marked is None else marked)
            except UNREADY:
                pass
        return None

    def judgements(self, answers: Mapping[str, object], names: ProposalNames) -> tuple[Status, Sequence[Judgement]]:
        """What the rule says, and the judgements that make it so; of what is silent there need be none.

        Ask :meth:`compiled` and :meth:`has_note` first: they tell what is silent.
        """
        known = self._items(answers)
        if known is None:
            judgements = judge(self.rule, names)
            return together(judgements), judgements
        return self._of_items(answers, names, known)

    def _of_items(
        self, answers: Mapping[str, object], names: ProposalNames, known: Sequence[Status | None]
    ) -> tuple[Status, Sequence[Judgement]]:
        unsure = self._ask(known, None, names)
        if unsure is not None:
            status = _of_all(known, unsure)
            if status is Status.NOT_APPLICABLE or (status is Status.PASS and self.rule.note is None):
                return status, ()
            if status is Status.PASS and (notes := self._notes(answers)) is not None:
                # Of what passes, nothing is told but what is noted.
                places = [place for place, noted in enumerate(notes) if noted and known[place] is status]
                more = judge_items(self.rule, names, places, len(known))
            else:
                more = self._ask(known, status, names)
            if more is not None:
                return status, [judgement for _, judgement in sorted((unsure | more).items())]
        judgements = judge(self.rule, names)
        return together(judgements), judgements

    def _ask(
        self, known: Sequence[Status | None], status: Status | None, names: ProposalNames
    ) -> dict[int, Judgement] | None:
        """What the reference says of the items of which this is known, by their places; None if it has no such list."""
        places = [place for place, of_item in enumerate(known) if of_item is status]
        return judge_items(self.rule, names, places, len(known))

    def _items(self, answers: Mapping[str, object]) -> Sequence[Status | None] | None:
        if self._code.items is not None:
            try:
                return self._code.items(answers)
            except UNREADY:
                pass
        return None

    def has_note(self, answers: Mapping[str, object]) -> bool:
        """Whether the rule has something to note of answers it passes, as far as the code can tell."""
        if self.rule.note is None:
            return False
        notes = self._notes(answers)
        return notes is None or True in notes

    def _notes(self, answers: Mapping[str, object]) -> Sequence[bool] | None:
        """Whether there is something to note of each item, or of the proposal; None where the reference must tell."""
        if self._code.noted is not None:
            try:
                return self._code.noted(answers)
            except UNREADY:
                pass
        return None
