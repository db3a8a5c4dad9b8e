"""Which lists have at least one item: by what they are made of, or by a condition that says so."""

from __future__ import annotations

from decimal import Decimal

from mpfcheck.calls.call import Call
from mpfcheck.language.check import Checked
from mpfcheck.language.tree import (
    And,
    Compare,
    Expression,
    For,
    If,
    In,
    ListOf,
    Name,
    Number,
    Or,
    Path,
    Quantified,
    Test,
)
from mpfcheck.language.tree import (
    Call as FunctionCall,
)
from mpfcheck.language.types import ListType

__all__ = ["Filled", "filled_where"]

Known = frozenset[Expression]

_NOTHING: Known = frozenset()
_KEEP_ALL = ("distinct values", "reverse", "sort", "union", "concatenate")
"""The functions whose result has an item where one of their lists has."""
_TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_ABOVE_ZERO = {
    ">": lambda number: number >= 0,
    ">=": lambda number: number > 0,
    "=": lambda number: number > 0,
    "!=": lambda number: number == 0,
}
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


class Filled:
    """Tells of the lists in one expression of a call whether they surely have an item."""

    def __init__(self, call: Call, checked: Checked) -> None:
        self._call = call
        self._checked = checked

    def has_an_item(self, tree: Expression, known: Known) -> bool:
        """Whether it surely has one, where these lists have."""
        if tree in known:
            return True
        match tree:
            case ListOf(items):
                return bool(items)
            case Path(Name(name), part) if name in self._call.code_lists:
                return bool(getattr(self._call.code_lists[name], part, ()))
            case Path(base, _):
                return self._is_list(base) and self.has_an_item(base, known)
            case Name(name) if name in self._call.definitions:
                return self.has_an_item(self._call.definitions[name].condition.tree, known)
            case FunctionCall(Name("append"), (first, *items)):
                return bool(items) or self.has_an_item(first, known)
            case FunctionCall(Name(function), lists) if function in _KEEP_ALL:
                return any(self.has_an_item(each, known) for each in lists)
            case For(iterations, _):
                return all(each.end is not None or self.has_an_item(each.domain, known) for each in iterations)
            case If(_, then, otherwise):
                return self.has_an_item(then, known) and self.has_an_item(otherwise, known)
        return False

    def _is_list(self, tree: Expression) -> bool:
        return isinstance(self._checked.type_of(tree), ListType)


def filled_where(condition: Expression, *, truth: bool) -> Known:
    """The lists that surely have an item where a condition is true, or where it is false."""
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
        case Quantified(quantifier, iterations, _) if (quantifier == "some") is truth:
            return frozenset({iterations[0].domain})
        case In(_, (listed,)) if truth and not isinstance(listed, Test):
            return frozenset({listed})
    return _NOTHING


def _counted(counted: Expression, op: str, number: Decimal) -> Known:
    says = _ABOVE_ZERO.get(op)
    return frozenset({counted}) if says is not None and says(number) else _NOTHING
