"""The rules of a call as Python functions over answers: the fast path to the statuses of an answered proposal."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from mpfcheck.checking.judgement import Judgement, judge, judge_items, together
from mpfcheck.checking.names import ProposalNames
from mpfcheck.checking.report import Status
from mpfcheck.feel.compile.compiler import Code, Compiler, call, functions_of, name_of
from mpfcheck.feel.compile.half_filled import HalfFilledCompiler
from mpfcheck.feel.compile.half_filled_runtime import ANYTHING, FURTHER, UNKNOWN
from mpfcheck.feel.errors import UNREADY, NotCompilableError, UnreadyError
from mpfcheck.feel.types import RecordType
from mpfcheck.feel.values.knowledge import items_of
from mpfcheck.frozen import Frozen
from mpfcheck.packs.rule import Rule, RuleScope

__all__ = ["Answers", "CompiledRule", "RuleJudge", "compile_rules"]


Answers = Mapping[str, object]


class CompiledRule(Frozen):
    """The functions of one rule. Each leaves by one of ``errors.UNREADY`` where the reference must be asked.

    ``status`` is what the rule says of answers, all of which it needs, and ``half_filled`` what it says where some are
    missing or lists are open, marked as such. ``items`` says it of each item of the list the rule speaks of, None of
    an item that only the reference can tell; ``noted`` says of answers the rule holds for whether its note applies to
    each of them. Each is None where there is no such thing, or no code for it.
    """

    status: Callable[[Answers], Status] | None = None
    half_filled: Callable[[Answers], Status] | None = None
    items: Callable[[Answers], list[Status | None]] | None = None
    noted: Callable[[Answers], list[bool]] | None = None


def compile_rules(
    rules: Sequence[Rule], compiler: Compiler, half_filled: HalfFilledCompiler
) -> tuple[CompiledRule, ...]:
    """The functions of each rule; none for a rule that only the reference evaluator can tell."""
    functions: list[ast.stmt] = []
    of_half_filled: list[ast.stmt] = []
    for number, rule in enumerate(rules):
        for part, body in _bodies(rule):
            # The reference evaluator stands in for whatever has no code.
            with suppress(NotCompilableError):
                functions.append(compiler.function(f"{part}_{number}", partial(body, rule, compiler)))
        with suppress(NotCompilableError):
            of_half_filled.append(half_filled.function(f"status_{number}", partial(_half_filled, rule, half_filled)))
    names = {"UNREADY": UNREADY, "UnreadyError": UnreadyError, **{status.name: status for status in Status}}
    made = functions_of(functions, {**compiler.names, **names}).get
    names |= {"no_items": _no_items, "of_no_items": _of_no_items, "of_items": _of_items, **_SAID}
    partly = functions_of(of_half_filled, {**half_filled.names, **names}).get
    return tuple(
        CompiledRule(
            made(f"status_{number}"), partly(f"status_{number}"), made(f"items_{number}"), made(f"noted_{number}")
        )
        for number in range(len(rules))
    )


_Body: TypeAlias = Callable[[Rule, Compiler], list[ast.stmt]]


def _bodies(rule: Rule) -> Iterator[tuple[str, _Body]]:
    if rule.scope is RuleScope.PORTFOLIO:
        yield "status", lambda _rule, _compiler: [_give(Status.NOT_APPLICABLE)]
        return
    if rule.for_each is None:
        yield "status", _judge_proposal
    else:
        yield "status", _judge_list
        yield "items", _judge_items
    if rule.note is not None:
        yield "noted", _noted


def _judge_proposal(rule: Rule, compiler: Compiler) -> list[ast.stmt]:
    return _judge(rule, compiler, {}, lambda status: [_give(status)])


def _judge_list(rule: Rule, compiler: Compiler) -> list[ast.stmt]:
    """A loop that keeps the worst status so far; a failing item settles it."""

    def keep(status: Status) -> list[ast.stmt]:
        if status is Status.NOT_APPLICABLE:
            return [ast.Pass()]
        if status is Status.PASS:
            untouched = ast.Compare(name_of("worst"), [ast.Is()], [name_of(Status.NOT_APPLICABLE.name)])
            return [ast.If(untouched, [_set("worst", status)], [])]
        return [_give(status) if status is Status.FAIL else _set("worst", status)]

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

    said = body({}) if rule.for_each is None else [_loop(rule, compiler, body)]
    return [_collection(), *said, ast.Return(name_of("found"))]


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


class _ItemJudgement(NamedTuple):
    """What the code says of an item, and all that may come of it where that is undecided."""

    status: Status
    may_be: frozenset[Status] = frozenset()
    may_fail: bool = False
    """Whether it is undecided, and nothing but a failure of another item can settle the status of the list."""


# Half-filled proposals


_PASS_OR_FAIL = frozenset({Status.PASS, Status.FAIL})
_SAID: Mapping[str, _ItemJudgement] = {
    **{f"SAID_{status.name}": _ItemJudgement(status) for status in Status},
    "SAID_UNDECIDED": _ItemJudgement(Status.UNDECIDED, may_fail=True),
    "MAY_FAIL": _ItemJudgement(Status.UNDECIDED, _PASS_OR_FAIL, may_fail=True),
    "MAY_FAIL_IF": _ItemJudgement(Status.UNDECIDED, _PASS_OR_FAIL | {Status.NOT_APPLICABLE}, may_fail=True),
    "PASS_IF": _ItemJudgement(Status.UNDECIDED, frozenset({Status.PASS, Status.NOT_APPLICABLE})),
    "REVIEW_IF": _ItemJudgement(Status.UNDECIDED, frozenset({Status.REVIEW, Status.NOT_APPLICABLE})),
}
"""What code says of an item, by its name in the code; ``…_IF`` of one to which the rule may not apply."""


def _half_filled(rule: Rule, compiler: HalfFilledCompiler) -> list[ast.stmt]:
    """What a rule says where answers are missing: of the proposal, or together of the items of a list."""
    if rule.scope is RuleScope.PORTFOLIO:
        return [_give(Status.NOT_APPLICABLE)]
    if rule.for_each is None or rule.item is None:
        return _say(rule, compiler, {}, lambda name: ast.Return(name_of(Status[name.removeprefix("SAID_")].name)))
    items, item_type = compiler.items(rule.for_each.tree, {})
    listed, item = compiler.variable(), compiler.variable()
    body = [*compiler.hoisted(), ast.Assign([ast.Name(listed, ast.Store())], items)]
    scope = {rule.item: Code(name_of(item), item_type, sure=False)}
    with compiler.inside():
        applies = ast.Constant(value=True) if rule.when is None else compiler.truth(rule.when.tree, scope).node
        body += [*compiler.hoisted(), compiler.inner("may_apply", item, [ast.Return(applies)])]
        # Definitions that are of no use for an empty list are not worked out for one.
        record = ast.Constant(value=isinstance(item_type, RecordType))
        empty = call(name_of("of_no_items"), name_of(listed), name_of("may_apply"), record)
        body.append(ast.If(call(name_of("no_items"), name_of(listed)), [ast.Return(empty)], []))
        of_item = _say(rule, compiler, scope, lambda name: ast.Return(name_of(name)))
        body += [*compiler.hoisted(), compiler.inner("of_item", item, of_item)]
    return [*body, ast.Return(call(name_of("of_items"), name_of(listed), name_of("of_item"), record))]


def _say(
    rule: Rule, compiler: HalfFilledCompiler, scope: Mapping[str, Code], end: Callable[[str], ast.stmt]
) -> list[ast.stmt]:
    """What a rule says, once, by the names of ``_SAID``; it may not be answered."""
    one = bool(scope)
    statements: list[ast.stmt] = []
    if rule.when is not None:
        applies = _keep(compiler, compiler.truth(rule.when.tree, scope), statements, nested=one)
        may_be = [end("SAID_UNDECIDED")]
        if one and rule.require is None:
            may_be = [_if_truth(applies, end("REVIEW_IF"), end("SAID_UNDECIDED"))]
        elif one and rule.require is not None:
            may_be = []
            met = _keep(compiler, compiler.truth(rule.require.tree, scope), may_be, nested=one)
            fails = (
                end("SAID_UNDECIDED")
                if rule.doubt is not None
                else _if_truth(met, end("MAY_FAIL_IF"), end("SAID_UNDECIDED"))
            )
            may_be.append(ast.If(_same(met, truth=True), [end("PASS_IF")], [fails]))
            may_be = [ast.If(_is_truth(applies), may_be, [end("SAID_UNDECIDED")])]
        statements.append(ast.If(_same(applies, truth=False), [end("SAID_NOT_APPLICABLE")], []))
        statements.append(ast.If(ast.UnaryOp(ast.Not(), _same(applies, truth=True)), may_be, []))
    if rule.require is None:
        return [*statements, end("SAID_REVIEW")]
    met = _keep(compiler, compiler.truth(rule.require.tree, scope), statements, nested=one)
    statements.append(ast.If(_same(met, truth=True), [end("SAID_PASS")], []))
    undecided = end("SAID_UNDECIDED")
    if one and rule.doubt is None:
        undecided = _if_truth(met, end("MAY_FAIL"), end("SAID_UNDECIDED"))
    statements.append(ast.If(ast.UnaryOp(ast.Not(), _same(met, truth=False)), [undecided], []))
    if rule.doubt is None:
        return [*statements, end("SAID_FAIL")]
    try:
        doubtful = _keep(compiler, compiler.truth(rule.doubt.tree, scope), statements, nested=one)
    except NotCompilableError:
        # Mostly the rule is met, and nobody asks whether it is in doubt.
        return [*statements, ast.Raise(name_of("UnreadyError"))]
    statements.append(ast.If(_same(doubtful, truth=True), [end("SAID_REVIEW")], []))
    return [*statements, ast.If(_same(doubtful, truth=False), [end("SAID_FAIL")], [end("SAID_UNDECIDED")])]


def _keep(compiler: HalfFilledCompiler, code: Code, statements: list[ast.stmt], *, nested: bool) -> str:
    """Add an assignment of what the code gives to a new variable, and name it."""
    variable = compiler.variable()
    if not nested:
        statements += compiler.hoisted()
    statements.append(ast.Assign([ast.Name(variable, ast.Store())], code.node))
    return variable


def _same(variable: str, *, truth: bool) -> ast.expr:
    return ast.Compare(name_of(variable), [ast.Is()], [ast.Constant(value=truth)])


def _is_truth(variable: str) -> ast.expr:
    return call(name_of("is_truth"), name_of(variable))


def _if_truth(variable: str, then: ast.stmt, otherwise: ast.stmt) -> ast.stmt:
    return ast.If(_is_truth(variable), [then], [otherwise])


def _no_items(items: Any) -> bool:
    if type(items) is list:
        return not items
    known = items_of(items)
    return known is None or not known.items


def _of_no_items(items: Any, may_apply: Callable[[Any], Any], record: bool) -> Status:
    """What a rule says of a list of which no item is there, as :func:`mpfcheck.checking.judgement.judge` does."""
    if type(items) is list:
        return Status.NOT_APPLICABLE
    applies = may_apply(UNKNOWN if record else ANYTHING)
    return Status.NOT_APPLICABLE if applies is False else Status.UNDECIDED


def _of_items(items: Any, of_item: Callable[[Any], _ItemJudgement], record: bool) -> Status:
    """What a rule says of a list, as ``judge`` and ``together`` do."""
    judgements: list[_ItemJudgement] = []
    if type(items) is list:
        undecided = False
        last = None
        for item in items:
            found = of_item(item)
            if found is last:
                continue
            last = found
            if found.may_fail:
                undecided = True
            elif found.status is Status.FAIL:
                return Status.FAIL
            else:
                judgements.append(found)
        return Status.UNDECIDED if undecided else together(judgements)
    known = items_of(items)
    if known is None:
        raise UnreadyError
    judgements = [of_item(item) for item in known.items]
    if known.most != 0:
        further = of_item(FURTHER if record else known.further)
        if further.status is not Status.NOT_APPLICABLE:
            may_be = further.may_be if further.status is Status.UNDECIDED else frozenset({further.status})
            judgements.append(_ItemJudgement(Status.UNDECIDED, may_be | {Status.NOT_APPLICABLE} if may_be else may_be))
    return together(judgements)


def _give(status: Status) -> ast.Return:
    return ast.Return(name_of(status.name))


def _set(variable: str, status: Status) -> ast.Assign:
    return ast.Assign([ast.Name(variable, ast.Store())], name_of(status.name))


def _of_all(known: Sequence[Status | None], asked: Mapping[int, Judgement]) -> Status:
    """What a rule says of a list of which the code knows these items, and the reference these."""
    return together([*(_ItemJudgement(status) for status in known if status is not None), *asked.values()])


class RuleJudge:
    """Judges proposals by one rule.

    Decimal arithmetic must be that of the language wherever these are called: compiled code does not see to it.
    """

    __slots__ = ("_code", "rule")

    def __init__(self, rule: Rule, compiled: CompiledRule) -> None:
        """Judge by ``rule``, of which ``compiled`` is the code."""
        self.rule = rule
        self._code = compiled

    def compiled(self, answers: Answers, marked: Answers | None = None) -> Status | None:
        """What the compiled code says, None where only the reference can tell.

        ``marked`` are the answers with their open lists marked as such, None where all lists are finished.
        """
        code = self._code
        if marked is None and code.status is not None:
            try:
                return code.status(answers)
            except UNREADY:
                pass
        if code.half_filled is not None:
            try:
                return code.half_filled(answers if marked is None else marked)
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
