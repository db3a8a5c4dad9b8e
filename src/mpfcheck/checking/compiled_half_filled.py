"""A rule as a Python function over answers of which some are missing, or whose lists are open.

A rule is compiled when the first proposal asks for it: most batches are of answered proposals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from mpfcheck.checking.compiled import Answers, CompiledJudgement, give
from mpfcheck.checking.judgement import together
from mpfcheck.checking.report import Status
from mpfcheck.feel.compile.compiler import Code, call, functions_of, name_of
from mpfcheck.feel.compile.half_filled import HalfFilledCompiler
from mpfcheck.feel.compile.half_filled_runtime import ANYTHING, FURTHER, UNKNOWN
from mpfcheck.feel.compile.nodes import STORE
from mpfcheck.feel.errors import UNREADY, NotCompilableError, UnreadyError
from mpfcheck.feel.types import RecordType
from mpfcheck.feel.values.knowledge import items_of
from mpfcheck.packs.rule import Rule, RuleScope

if TYPE_CHECKING:
    import ast
else:
    from mpfcheck.feel.compile import nodes as ast

__all__ = ["compile_half_filled"]


def compile_half_filled(rule: Rule, compiler: HalfFilledCompiler) -> Callable[[Answers], Status] | None:
    """The function of a rule, None where only the reference evaluator can tell; the compiler is of no more use.

    It says what the rule says of answers, of which open lists are marked as such, and leaves by one of
    ``errors.UNREADY`` where the reference must be asked.
    """
    try:
        function = compiler.function("status", partial(_half_filled, rule, compiler))
    except NotCompilableError:
        return None
    names = {"UNREADY": UNREADY, "UnreadyError": UnreadyError, **{status.name: status for status in Status}}
    names |= {"no_items": _no_items, "of_no_items": _of_no_items, "of_items": _of_items}
    made: Callable[[Answers], Status] = functions_of([function], {**compiler.names, **names})["status"]
    return made


_PASS_OR_FAIL = frozenset({Status.PASS, Status.FAIL})
_OF_ITEM: Mapping[str, CompiledJudgement] = {
    **{status.name: CompiledJudgement(status) for status in Status},
    "MAY_FAIL": CompiledJudgement(Status.UNDECIDED, _PASS_OR_FAIL),
    "MAY_FAIL_IF": CompiledJudgement(Status.UNDECIDED, _PASS_OR_FAIL | {Status.NOT_APPLICABLE}),
    "PASS_IF": CompiledJudgement(Status.UNDECIDED, frozenset({Status.PASS, Status.NOT_APPLICABLE})),
    "REVIEW_IF": CompiledJudgement(Status.UNDECIDED, frozenset({Status.REVIEW, Status.NOT_APPLICABLE})),
}
"""What a rule may find of an item, by name; ``…_IF`` of one to which the rule may not apply."""
_BIT: Mapping[str, int] = {name: 1 << place for place, name in enumerate(_OF_ITEM)}
"""What code gives for each of these, so that those of all items go into one number."""


def _half_filled(rule: Rule, compiler: HalfFilledCompiler) -> list[ast.stmt]:
    """What a rule says where answers are missing: of the proposal, or together of the items of a list."""
    if rule.scope is RuleScope.PORTFOLIO:
        return [give(Status.NOT_APPLICABLE)]
    if rule.for_each is None or rule.item is None:
        return _judge_once(rule, compiler, {}, lambda name: ast.Return(name_of(name)))
    items, item_type = compiler.items(rule.for_each.tree, {})
    listed, item = compiler.variable(), compiler.variable()
    body = [*compiler.hoisted(), ast.Assign([ast.Name(listed, STORE)], items)]
    scope = {rule.item: Code(name_of(item), item_type, sure=False)}
    with compiler.inside():
        applies = ast.Constant(value=True) if rule.when is None else compiler.truth(rule.when.tree, scope).node
        body += [*compiler.hoisted(), compiler.inner("may_apply", [item], [ast.Return(applies)])]
        # Definitions that are of no use for an empty list are not worked out for one.
        record = ast.Constant(value=isinstance(item_type, RecordType))
        empty = call(name_of("of_no_items"), name_of(listed), name_of("may_apply"), record)
        body.append(ast.If(call(name_of("no_items"), name_of(listed)), [ast.Return(empty)], []))
        of_item = _judge_once(rule, compiler, scope, lambda name: ast.Return(ast.Constant(_BIT[name])))
        body += [*compiler.hoisted(), compiler.inner("of_item", [item], of_item)]
    return [*body, ast.Return(call(name_of("of_items"), name_of(listed), name_of("of_item"), record))]


def _judge_once(
    rule: Rule, compiler: HalfFilledCompiler, scope: Mapping[str, Code], end: Callable[[str], ast.stmt]
) -> list[ast.stmt]:
    """What a rule says, once, by the names of ``_OF_ITEM``; it may not be answered."""
    one = bool(scope)
    statements: list[ast.stmt] = []
    if rule.when is not None:
        applies = _keep(compiler, compiler.truth(rule.when.tree, scope), statements, nested=one)
        may_be = [end("UNDECIDED")]
        if one and rule.require is None:
            may_be = [_if_truth(applies, end("REVIEW_IF"), end("UNDECIDED"))]
        elif one and rule.require is not None:
            may_be = []
            met = _keep(compiler, compiler.truth(rule.require.tree, scope), may_be, nested=one)
            fails = end("UNDECIDED") if rule.doubt is not None else _if_truth(met, end("MAY_FAIL_IF"), end("UNDECIDED"))
            may_be.append(ast.If(_same(met, truth=True), [end("PASS_IF")], [fails]))
            may_be = [ast.If(_is_truth(applies), may_be, [end("UNDECIDED")])]
        statements.append(ast.If(_same(applies, truth=False), [end("NOT_APPLICABLE")], []))
        statements.append(ast.If(ast.UnaryOp(ast.Not(), _same(applies, truth=True)), may_be, []))
    if rule.require is None:
        return [*statements, end("REVIEW")]
    met = _keep(compiler, compiler.truth(rule.require.tree, scope), statements, nested=one)
    statements.append(ast.If(_same(met, truth=True), [end("PASS")], []))
    undecided = end("UNDECIDED")
    if one and rule.doubt is None:
        undecided = _if_truth(met, end("MAY_FAIL"), end("UNDECIDED"))
    statements.append(ast.If(ast.UnaryOp(ast.Not(), _same(met, truth=False)), [undecided], []))
    if rule.doubt is None:
        return [*statements, end("FAIL")]
    try:
        doubtful = _keep(compiler, compiler.truth(rule.doubt.tree, scope), statements, nested=one)
    except NotCompilableError:
        # Mostly the rule is met, and nobody asks whether it is in doubt.
        return [*statements, ast.Raise(name_of("UnreadyError"))]
    statements.append(ast.If(_same(doubtful, truth=True), [end("REVIEW")], []))
    return [*statements, ast.If(_same(doubtful, truth=False), [end("FAIL")], [end("UNDECIDED")])]


def _keep(compiler: HalfFilledCompiler, code: Code, statements: list[ast.stmt], *, nested: bool) -> str:
    """Add an assignment of what the code gives to a new variable, and name it."""
    variable = compiler.variable()
    if not nested:
        statements += compiler.hoisted()
    statements.append(ast.Assign([ast.Name(variable, STORE)], code.node))
    return variable


def _same(variable: str, *, truth: bool) -> ast.expr:
    return ast.Compare(name_of(variable), [ast.Is()], [ast.Constant(value=truth)])


def _is_truth(variable: str) -> ast.expr:
    one = ast.Compare(name_of(variable), [ast.Is()], [name_of("TRUTH")])
    return ast.BoolOp(ast.Or(), [one, call(name_of("is_truth"), name_of(variable))])


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


def _of_items(items: Any, of_item: Callable[[Any], int], record: bool) -> Status:
    """What a rule says of a list, as ``judge`` and ``together`` do."""
    found = 0
    if type(items) is list:
        for item in items:
            found |= of_item(item)
            if found & _FAILS:
                return Status.FAIL
        return _of_all(found)
    known = items_of(items)
    if known is None:
        raise UnreadyError
    for item in known.items:
        found |= of_item(item)
    return _of_all(found, 0 if known.most == 0 else of_item(FURTHER if record else known.further))


_FAILS = _BIT["FAIL"]


@cache
def _of_all(found: int, further: int = 0) -> Status:
    """What a rule says of a list, from what it finds of all its items and of those that may still come (0: none)."""
    judgements = [one for name, one in _OF_ITEM.items() if found & _BIT[name]]
    for name, one in _OF_ITEM.items():
        if further & _BIT[name] and one.status is not Status.NOT_APPLICABLE:
            may_be = one.may_be if one.status is Status.UNDECIDED else frozenset({one.status})
            judgements.append(CompiledJudgement(Status.UNDECIDED, may_be and may_be | {Status.NOT_APPLICABLE}))
    return together(judgements)
