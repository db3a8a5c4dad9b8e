"""``for``, ``some``, ``every`` and filters."""

from __future__ import annotations

from decimal import Decimal

from mpfcheck.feel.comparison import Truth, conjunction, disjunction
from mpfcheck.feel.limits import turn
from mpfcheck.feel.scope import EVALUATE, Scope
from mpfcheck.feel.temporal import Date
from mpfcheck.feel.tree import (
    And,
    Between,
    Boolean,
    Compare,
    Expression,
    Filter,
    For,
    In,
    InstanceOf,
    Iteration,
    Negate,
    Number,
    Or,
    Quantified,
)
from mpfcheck.feel.types import BOOLEAN
from mpfcheck.feel.values import Range, Unanswered, Value, join

__all__: list[str] = []


def _for(node: For, scope: Scope) -> Value:
    results: list[Value] = []
    broken = _each(node.iterations, 0, scope.inner({"partial": results}), node.result, results)
    if isinstance(broken, Unanswered):
        return broken
    return None if broken is _BROKEN else results


class _Broken:
    """The mark of a domain that is none."""


_BROKEN = _Broken()


def _each(
    iterations: tuple[Iteration, ...], index: int, scope: Scope, body: Expression, results: list[Value]
) -> Unanswered | _Broken | None:
    """Evaluate the body for every combination of items; gives what kept it from that, or None."""
    domain = _domain(iterations[index], scope)
    if domain is None or isinstance(domain, Unanswered):
        return _BROKEN if domain is None else domain
    run = scope.run
    last = index == len(iterations) - 1
    evaluate = EVALUATE[type(body)]
    steps = turn(*body.span) if last else 1
    for item in domain:
        run.spend(steps)
        # A function made in the body keeps its scope, so every turn has one of its own.
        inner = scope.inner({iterations[index].name: item})
        if last:
            results.append(evaluate(body, inner))
            run.check_items(len(results))
        else:
            broken = _each(iterations, index + 1, inner, body, results)
            if broken is not None:
                return broken
    return None


def _domain(iteration: Iteration, scope: Scope) -> list[Value] | Unanswered | None:
    """What the loop goes over; None where there is nothing to go over."""
    start = EVALUATE[type(iteration.domain)](iteration.domain, scope)
    if iteration.end is None:
        if isinstance(start, Unanswered):
            return start
        if isinstance(start, Range):
            return _between(start.low, start.high, scope, start)
        return start if isinstance(start, list) else None if start is None else [start]
    end = EVALUATE[type(iteration.end)](iteration.end, scope)
    if isinstance(start, Unanswered) or isinstance(end, Unanswered):
        return join((start, end))
    return _between(start, end, scope)


def _between(start: Value, end: Value, scope: Scope, extent: Range | None = None) -> list[Value] | None:
    """The whole numbers, or the days, from the one to the other, up or down."""
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        if start != start.to_integral_value() or end != end.to_integral_value():
            return None
        first, last = int(start), int(end)
    elif isinstance(start, Date) and isinstance(end, Date):
        first, last = start.days, end.days
    else:
        return None
    step = 1 if last >= first else -1
    if extent is not None:
        first, last = first + (not extent.low_closed) * step, last - (not extent.high_closed) * step
    scope.run.check_items(abs(last - first) + 1)
    counted = range(first, last + step, step)
    return [Date.from_days(days) for days in counted] if isinstance(start, Date) else [Decimal(n) for n in counted]


def _quantified(node: Quantified, scope: Scope) -> Value:
    results: list[Value] = []
    broken = _each(node.iterations, 0, scope, node.condition, results)
    if isinstance(broken, Unanswered):
        return broken
    if broken is _BROKEN:
        return None
    parts: list[Truth] = [value if isinstance(value, bool | Unanswered) else None for value in results]
    return disjunction(parts) if node.quantifier == "some" else conjunction(parts)


def _filter(node: Filter, scope: Scope) -> Value:
    base = EVALUATE[type(node.base)](node.base, scope)
    if isinstance(base, Unanswered):
        return Unanswered(base.paths)
    if base is None:
        return None
    items: list[Value] = base if isinstance(base, list) else [base]
    condition = node.condition
    if isinstance(condition, Number | Negate):
        return _item(items, EVALUATE[type(condition)](condition, scope))
    evaluate = EVALUATE[type(condition)]
    if not items:
        return _of_none(condition, scope)
    kept: list[Value] = []
    waiting: list[Value] = []
    refused = False
    steps = turn(*condition.span)
    for item in items:
        scope.run.spend(steps)
        found = evaluate(condition, scope.of_item(item))
        if found is True:
            kept.append(item)
        elif isinstance(found, Unanswered):
            waiting.append(found)
        elif isinstance(found, Decimal):
            return join(waiting) if waiting else _item(items, found)
        elif found is not False:
            # The standard leaves out the items of which a condition is null, and filters by nothing but conditions.
            refused = refused or scope.run.strict or found is not None
    return join(waiting) if waiting else None if refused else kept


_NEVER_A_POSITION = (And, Between, Boolean, Compare, In, InstanceOf, Or, Quantified)


def _of_none(condition: Expression, scope: Scope) -> Value:
    """A filter of an empty list: null where the condition is a position, else no items."""
    if isinstance(condition, _NEVER_A_POSITION):
        return []
    found = EVALUATE[type(condition)](condition, scope)
    if isinstance(found, Unanswered) and found.type != BOOLEAN:
        return Unanswered(found.paths)
    return None if isinstance(found, Decimal | str | list | dict | Range) else []


def _item(items: list[Value], position: Value) -> Value:
    """The item at a position, from 1, or from the end if it is negative; null beyond the ends."""
    if isinstance(position, Unanswered):
        return position
    if not isinstance(position, Decimal) or position != position.to_integral_value():
        return None
    index = int(position)
    if not 1 <= abs(index) <= len(items):
        return None
    return items[index - 1] if index > 0 else items[index]


EVALUATE[For] = _for
EVALUATE[Quantified] = _quantified
EVALUATE[Filter] = _filter
