"""Boolean functions: ``not``, ``is``, ``all``, ``any``."""

from __future__ import annotations

from mpfcheck.feel.evaluate.builtins.builtin import Family
from mpfcheck.feel.limits import Run
from mpfcheck.feel.values.comparison import Truth, conjunction, disjunction, same
from mpfcheck.feel.values.temporal import DateTime, Time
from mpfcheck.feel.values.value import Unanswered, Value, join

__all__ = [
    "LOGIC",
]

LOGIC = Family()


@LOGIC.add("not", "negand: boolean")
def negation(_run: Run, negand: bool) -> Value:
    """The other truth value; null for what is none."""
    return not negand


@LOGIC.add("is", "value1: any", "value2: any")
def identical(run: Run, one: Value, other: Value) -> Value:
    """Whether both are the same value of the same kind; times must also be of the same zone."""
    if run.is_null(one, other):
        return None
    if isinstance(one, Time) and isinstance(other, Time):
        return (one.seconds, one.nanosecond, one.zone) == (other.seconds, other.nanosecond, other.zone)
    if isinstance(one, DateTime) and isinstance(other, DateTime):
        return one.local == other.local and one.instant == other.instant and one.zone == other.zone
    return same(one, other)


def _truths(values: list[Value]) -> list[Truth]:
    return [value if isinstance(value, (bool, Unanswered)) else None for value in values]


@LOGIC.add("all", "list: list", lenient=True)
def all_true(_run: Run, values: list[Value]) -> Value:
    """False if an item is, else null if one is neither true nor false, else true."""
    return conjunction(_truths(values))


@LOGIC.add("any", "list: list", lenient=True)
def any_true(_run: Run, values: list[Value]) -> Value:
    """True if an item is, else null if one is neither true nor false, else false."""
    return disjunction(_truths(values))


@LOGIC.add("all", "b: any", variadic=True)
def all_arguments(_run: Run, *values: Value) -> Value:
    """The same of the arguments themselves."""
    return conjunction(_truths(list(values))) if len(values) > 1 else _single(values)


@LOGIC.add("any", "b: any", variadic=True)
def any_argument(_run: Run, *values: Value) -> Value:
    """The same of the arguments themselves."""
    return disjunction(_truths(list(values))) if len(values) > 1 else _single(values)


def _single(values: tuple[Value, ...]) -> Value:
    value = values[0]
    return join(values) if isinstance(value, Unanswered) else value if isinstance(value, bool) else None
