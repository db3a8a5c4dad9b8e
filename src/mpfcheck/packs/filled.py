"""How many items lists surely have, and what else a condition settles: by what they are made of, or where it holds.

What is known at a place is a set of expressions: a list that has an item; `list[i]` that is there; and conditions that
hold there, of the forms `count(list) >= 2`, `number != 0` and `value != null`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import ceil

from mpfcheck.feel.check.expression import CheckedExpression
from mpfcheck.feel.syntax.tree import (
    And,
    Compare,
    Expression,
    For,
    FunctionCall,
    If,
    In,
    ListOf,
    Name,
    Null,
    Number,
    Or,
    Path,
    Quantified,
    Test,
)
from mpfcheck.feel.types import ListType
from mpfcheck.packs.call import Call

__all__ = ["Filled", "Known", "filled_where", "not_null", "not_zero"]

Known = frozenset[Expression]
"""What is known at a place."""

_NOTHING: Known = frozenset()
_TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_NOT_ZERO = {
    ">": lambda number: number >= 0,
    ">=": lambda number: number > 0,
    "=": lambda number: number != 0,
    "!=": lambda number: number == 0,
    "<": lambda number: number <= 0,
    "<=": lambda number: number < 0,
}
"""Of a value compared so with a number: whether it is surely not zero."""
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


class Filled:
    """Tells of the lists in one expression of a call whether they surely have an item."""

    def __init__(self, call: Call, checked: CheckedExpression) -> None:
        self._call = call
        self._checked = checked

    def has_an_item(self, tree: Expression, known: Known) -> bool:
        """Whether it surely has one, where this is known."""
        return self.least(tree, known) > 0

    def least(self, tree: Expression, known: Known) -> int:
        """How many items it has at least, where this is known."""
        return max(self._made(tree, known), int(tree in known), *_counts(tree, known))

    def _made(self, tree: Expression, known: Known) -> int:
        """How many items it has at least, by what it is made of."""
        match tree:
            case ListOf(items):
                return len(items)
            case Path(Name(name), part) if name in self._call.code_lists:
                return len(getattr(self._call.code_lists[name], part, ()))
            case Path(base, _):
                return self.least(base, known) if self._is_list(base) else 0
            case Name(name) if name in self._call.definitions:
                return self.least(self._call.definitions[name].condition.tree, known)
            case FunctionCall(Name("append"), (first, *items)):
                return len(items) + self.least(first, known)
            case FunctionCall(Name("concatenate"), lists):
                return sum(self.least(each, known) for each in lists)
            case FunctionCall(Name("reverse" | "sort"), (listed, *_)):
                return self.least(listed, known)
            case FunctionCall(Name("distinct values" | "union"), lists):
                return int(any(self.has_an_item(each, known) for each in lists))
            case For(iterations, _):
                # A count from one number to another is at least one turn: it runs down where the end is less.
                return min(1 if each.end is not None else self.least(each.domain, known) for each in iterations)
            case If(_, then, otherwise):
                return min(self.least(then, known), self.least(otherwise, known))
        return 0

    def _is_list(self, tree: Expression) -> bool:
        return isinstance(self._checked.type_of(tree), ListType)


def filled_where(condition: Expression, *, truth: bool) -> Known:
    """What is known where a condition is true, or where it is false."""
    match condition:
        case And(parts) | Or(parts) if isinstance(condition, And) is truth:
            # True settles every part of an `and`, false every part of an `or`.
            return _NOTHING.union(*(filled_where(part, truth=truth) for part in parts))
        case FunctionCall(Name("not"), (negand,)):
            return filled_where(negand, truth=not truth)
        case Compare(op, FunctionCall(Name("count"), (counted,)), Number(number)):
            return _counted(counted, op if truth else _OPPOSITE[op], number)
        case Compare(op, Number(number), FunctionCall(Name("count"), (counted,))):
            return _counted(counted, _TURNED[op if truth else _OPPOSITE[op]], number)
        case Compare("!=" | "=" as op, listed, ListOf(())):
            return frozenset({listed}) if (op == "!=") is truth else _NOTHING
        case Compare("!=" | "=" as op, value, Null()) | Compare("!=" | "=" as op, Null(), value):
            return frozenset({not_null(value)}) if (op == "!=") is truth else _NOTHING
        case Compare(op, value, Number(number)):
            return _number(value, op if truth else _OPPOSITE[op], number)
        case Compare(op, Number(number), value):
            return _number(value, _TURNED[op if truth else _OPPOSITE[op]], number)
        case FunctionCall(Name("matches"), (text, *_)) if truth:
            return frozenset({not_null(text)})
        case Quantified(quantifier, iterations, _) if (quantifier == "some") is truth:
            return frozenset({iterations[0].domain})
        case In(_, (listed,)) if truth and not isinstance(listed, Test):
            return frozenset({listed})
    return _NOTHING


def _counted(counted: Expression, op: str, number: Decimal) -> Known:
    if op == "!=" and number == 0:
        op, number = ">=", Decimal(1)
    least = {">": int(number) + 1, ">=": ceil(number), "=": int(number)}.get(op, 0)
    fact = Compare(">=", FunctionCall(Name("count"), (counted,)), Number(Decimal(least)))
    return frozenset({counted, fact}) if least > 0 else _NOTHING


def _counts(listed: Expression, known: Known) -> Iterator[int]:
    """What is known of how many items a list has at least."""
    counted = FunctionCall(Name("count"), (listed,))
    for fact in known:
        match fact:
            case Compare(">=", count, Number(least)) if count == counted:
                yield int(least)


def _number(value: Expression, op: str, number: Decimal) -> Known:
    return frozenset({not_zero(value)}) if _NOT_ZERO[op](number) else _NOTHING


def not_zero(value: Expression) -> Expression:
    """The fact that a number is not zero."""
    return Compare("!=", value, Number(Decimal(0)))


def not_null(value: Expression) -> Expression:
    """The fact that a value is there, or that a text has the form a condition asks for."""
    return Compare("!=", value, Null())
