"""The rules of a call as Python functions over answers: the fast path to the statuses of an answered proposal."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from mpfcheck.calls.rule import Condition, Rule, Scope
from mpfcheck.checking.report import Status
from mpfcheck.language.compile import Compiler
from mpfcheck.language.compiled_code import Code, name_of
from mpfcheck.language.errors import NotCompilableError

__all__ = ["Answers", "CompiledRule", "compile_rules"]

Answers = Mapping[str, object]
CompiledRule = Callable[[Answers], Status]


def compile_rules(rules: Sequence[Rule], compiler: Compiler) -> tuple[CompiledRule | None, ...]:
    """A function for each rule, or None for a rule that only the reference evaluator can tell.

    A function leaves by one of :data:`mpfcheck.language.errors.UNREADY` where the reference must be asked.
    """
    functions: list[ast.stmt] = []
    names: list[str | None] = []
    for number, rule in enumerate(rules):
        name = f"rule_{number}"
        try:
            functions.append(compiler.function(name, partial(_body, rule, compiler)))
        except NotCompilableError:
            names.append(None)
        else:
            names.append(name)
    namespace: dict[str, object] = {**compiler.names, **{status.name: status for status in Status}}
    module = ast.fix_missing_locations(ast.Module(body=functions, type_ignores=[]))
    # The module is built from nodes the compiler made, never from the text of a rule file.
    exec(compile(module, "<the rules of a call>", "exec"), namespace)  # noqa: S102
    return tuple(None if name is None else namespace[name] for name in names)  # type: ignore[misc]


def _body(rule: Rule, compiler: Compiler) -> list[ast.stmt]:
    if rule.scope is Scope.PORTFOLIO:
        return [_give(Status.NOT_APPLICABLE)]
    if rule.for_each is None or rule.item is None:
        return _judge_proposal(rule, compiler)
    return _judge_items(rule, rule.for_each, rule.item, compiler)


def _judge_proposal(rule: Rule, compiler: Compiler) -> list[ast.stmt]:
    body: list[ast.stmt] = []
    if rule.when is not None:
        body.append(_if(_not(compiler.condition(rule.when.tree, {})), _give(Status.NOT_APPLICABLE)))
    if rule.require is None:
        return [*body, _give(Status.REVIEW)]
    body.append(_if(compiler.condition(rule.require.tree, {}), _give(Status.PASS)))
    if rule.doubt is not None:
        body.append(_if(compiler.condition(rule.doubt.tree, {}), _give(Status.REVIEW)))
    return [*body, _give(Status.FAIL)]


def _judge_items(rule: Rule, for_each: Condition, item: str, compiler: Compiler) -> list[ast.stmt]:
    """A loop that keeps the worst status so far; a failing item settles it."""
    items, item_type = compiler.items(for_each.tree, {})
    variable = compiler.variable()
    scope = {item: Code(name_of(variable), item_type)}
    with compiler.inside():
        body = _judge_item(rule, compiler, scope)
    loop = ast.For(ast.Name(variable, ast.Store()), items, body, [])
    return [_set(Status.NOT_APPLICABLE), loop, ast.Return(name_of("worst"))]


def _judge_item(rule: Rule, compiler: Compiler, scope: Mapping[str, Code]) -> list[ast.stmt]:
    body: list[ast.stmt] = []
    if rule.when is not None:
        body.append(_if(_not(compiler.condition(rule.when.tree, scope)), ast.Continue()))
    if rule.require is None:
        return [*body, _set(Status.REVIEW)]
    broken: list[ast.stmt] = [_give(Status.FAIL)]
    if rule.doubt is not None:
        broken = [ast.If(compiler.condition(rule.doubt.tree, scope), [_set(Status.REVIEW)], broken)]
    untouched = ast.Compare(name_of("worst"), [ast.Is()], [name_of(Status.NOT_APPLICABLE.name)])
    kept = _if(untouched, _set(Status.PASS))
    return [*body, ast.If(compiler.condition(rule.require.tree, scope), [kept], broken)]


def _if(condition: ast.expr, then: ast.stmt) -> ast.If:
    return ast.If(condition, [then], [])


def _not(condition: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), condition)


def _give(status: Status) -> ast.Return:
    return ast.Return(name_of(status.name))


def _set(status: Status) -> ast.Assign:
    return ast.Assign([ast.Name("worst", ast.Store())], name_of(status.name))
