"""Evaluation of everything but loops and functions: literals, names, paths, operators, tests."""

from __future__ import annotations

from mpfcheck.feel.arithmetic import calculate, negative
from mpfcheck.feel.builtins.registry import BUILTINS
from mpfcheck.feel.comparison import Truth, conjunction, disjunction, equal, holds, in_range, ordered, same
from mpfcheck.feel.kinds import fits
from mpfcheck.feel.scope import EVALUATE, Scope
from mpfcheck.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from mpfcheck.feel.temporal_arithmetic import property_of
from mpfcheck.feel.temporal_text import read_temporal
from mpfcheck.feel.tree import (
    And,
    Arithmetic,
    Between,
    Boolean,
    Compare,
    Context,
    Expression,
    If,
    In,
    InstanceOf,
    ListOf,
    Name,
    Negate,
    Null,
    Number,
    Or,
    Path,
    RangeOf,
    Temporal,
    Test,
    Text,
)
from mpfcheck.feel.types import ListType
from mpfcheck.feel.values import Range, Record, Unanswered, Value, join

__all__ = ["member_of"]


def _literal(node: Number | Text | Boolean, _scope: Scope) -> Value:
    return node.value


def _null(_node: Null, _scope: Scope) -> Value:
    return None


def _temporal(node: Temporal, _scope: Scope) -> Value:
    return read_temporal(node.text)


def _name(node: Name, scope: Scope) -> Value:
    name = node.name
    around: Scope | None = scope
    while around is not None:
        if name in around.names:
            return around.names[name]
        around = around.parent
    builtin = BUILTINS.get(name)
    return scope.in_open_item(name) if builtin is None else builtin


def _path(node: Path, scope: Scope) -> Value:
    return member_of(EVALUATE[type(node.base)](node.base, scope), node.name, scope)


def member_of(value: Value, name: str, scope: Scope) -> Value:
    """``value.name``: of a list, that member of every item."""
    if isinstance(value, Record):
        return value.member(name, scope.run.read)
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, list):
        scope.run.spend(len(value))
        return [member_of(item, name, scope) for item in value]
    if isinstance(value, Unanswered):
        if isinstance(value.type, ListType):
            return Unanswered(value.paths)
        return value.member(name, scope.run.read)
    if isinstance(value, Date | Time | DateTime | MonthsDuration | DaysDuration):
        return property_of(value, name)
    if isinstance(value, Range):
        return _member_of_range(value, name)
    return None


def _member_of_range(value: Range, name: str) -> Value:
    if name == "start":
        return value.low
    if name == "end":
        return value.high
    if name in ("start included", "end included"):
        return value.low_closed if name == "start included" else value.high_closed
    return None


def _arithmetic(node: Arithmetic, scope: Scope) -> Value:
    evaluate = EVALUATE
    left = evaluate[type(node.left)](node.left, scope)
    return calculate(node.op, left, evaluate[type(node.right)](node.right, scope), scope.run)


def _negate(node: Negate, scope: Scope) -> Value:
    return negative(EVALUATE[type(node.operand)](node.operand, scope))


def _compare(node: Compare, scope: Scope) -> Value:
    evaluate = EVALUATE
    left = evaluate[type(node.left)](node.left, scope)
    right = evaluate[type(node.right)](node.right, scope)
    if isinstance(node.left, Null) or isinstance(node.right, Null):
        return _against_null(node.op, left, right, scope)
    return holds(node.op, left, right, scope.run)


def _against_null(op: str, left: Value, right: Value, scope: Scope) -> Truth:
    """A comparison with the literal ``null``, the one place where a rule asks whether something is null."""
    if op not in ("=", "!=") or isinstance(left, Unanswered) or isinstance(right, Unanswered):
        return holds(op, left, right, scope.run)
    return (left is right) is (op == "=")


def _between(node: Between, scope: Scope) -> Value:
    evaluate = EVALUATE
    value = evaluate[type(node.value)](node.value, scope)
    low = ordered(">=", value, evaluate[type(node.low)](node.low, scope))
    return conjunction([low, ordered("<=", value, evaluate[type(node.high)](node.high, scope))])


def _and(node: And, scope: Scope) -> Value:
    parts: list[Truth] = []
    for part in node.parts:
        value = EVALUATE[type(part)](part, scope)
        if value is False:
            return False
        parts.append(value if isinstance(value, bool | Unanswered) else None)
    return conjunction(parts)


def _or(node: Or, scope: Scope) -> Value:
    parts: list[Truth] = []
    for part in node.parts:
        value = EVALUATE[type(part)](part, scope)
        if value is True:
            return True
        parts.append(value if isinstance(value, bool | Unanswered) else None)
    return disjunction(parts)


def _if(node: If, scope: Scope) -> Value:
    condition = EVALUATE[type(node.condition)](node.condition, scope)
    if condition is True:
        return EVALUATE[type(node.then)](node.then, scope)
    open_or_null = isinstance(condition, Unanswered) or (scope.run.strict and condition is not False)
    if not open_or_null:
        return EVALUATE[type(node.otherwise)](node.otherwise, scope)
    then = EVALUATE[type(node.then)](node.then, scope)
    otherwise = EVALUATE[type(node.otherwise)](node.otherwise, scope)
    if same(then, otherwise):
        return then
    return join((condition, then, otherwise)) if isinstance(condition, Unanswered) else None


def _in(node: In, scope: Scope) -> Value:
    value = EVALUATE[type(node.value)](node.value, scope)
    inner = scope.inner({"?": value})
    found: list[Truth] = []
    for test in node.tests:
        truth = _passes(value, test, inner)
        if truth is True:
            return True
        found.append(truth)
    return disjunction(found)


def _passes(value: Value, test: Expression | Test, scope: Scope) -> Truth:
    if isinstance(test, Test):
        operand = EVALUATE[type(test.operand)](test.operand, scope)
        if isinstance(test.operand, Null):
            return _against_null(test.op, value, operand, scope)
        return holds(test.op, value, operand, scope.run)
    if isinstance(test, Null):
        return _against_null("=", value, None, scope)
    wanted = EVALUATE[type(test)](test, scope)
    if isinstance(wanted, Range):
        return in_range(value, wanted, scope.run)
    if isinstance(wanted, list):
        return _in_list(value, wanted, scope)
    if isinstance(wanted, bool) and not isinstance(value, bool | Unanswered) and value is not None:
        return wanted
    return equal(value, wanted, scope.run)


def _in_list(value: Value, wanted: list[Value], scope: Scope) -> Truth:
    """Whether one of the items is the value or a range that holds it; a list is also in itself."""
    if type(value) is str and value in wanted:
        return True
    found: list[Truth] = [equal(value, wanted, scope.run)] if isinstance(value, list | Unanswered) else []
    for item in wanted:
        truth = (
            in_range(value, item, scope.run)
            if isinstance(item, Range) and not isinstance(value, Range)
            else equal(value, item, scope.run)
        )
        if truth is True:
            return True
        # Something of another kind is simply not the value: the list may hold whatever it likes.
        found.append(False if truth is None and not scope.run.is_null(value, item) else truth)
    scope.run.spend(len(wanted))
    return disjunction(found)


def _instance_of(node: InstanceOf, scope: Scope) -> Value:
    value = EVALUATE[type(node.value)](node.value, scope)
    return value if isinstance(value, Unanswered) else fits(value, node.type)


def _list(node: ListOf, scope: Scope) -> Value:
    evaluate = EVALUATE
    return [evaluate[type(item)](item, scope) for item in node.items]


def _context(node: Context, scope: Scope) -> Value:
    entries: dict[str, Value] = {}
    inner = scope.inner(entries)
    for name, value in node.entries:
        entries[name] = EVALUATE[type(value)](value, inner)
    return entries


def _range(node: RangeOf, scope: Scope) -> Value:
    low = None if node.low is None else EVALUATE[type(node.low)](node.low, scope)
    high = None if node.high is None else EVALUATE[type(node.high)](node.high, scope)
    if isinstance(low, Unanswered) or isinstance(high, Unanswered):
        return join((low, high))
    if ordered(">", low, high) is True:
        return None
    return Range(low, high, low_closed=node.low_closed, high_closed=node.high_closed, op=node.op)


EVALUATE.update(
    {
        Number: _literal,
        Text: _literal,
        Boolean: _literal,
        Null: _null,
        Temporal: _temporal,
        Name: _name,
        Path: _path,
        Arithmetic: _arithmetic,
        Negate: _negate,
        Compare: _compare,
        Between: _between,
        And: _and,
        Or: _or,
        If: _if,
        In: _in,
        InstanceOf: _instance_of,
        ListOf: _list,
        Context: _context,
        RangeOf: _range,
    }
)
