"""Arithmetic on types: what an operation gives, and which operations make no sense."""

from __future__ import annotations

from mpfcheck.feel.agreement import common, is_open
from mpfcheck.feel.description import describe
from mpfcheck.feel.mistakes import Mistake
from mpfcheck.feel.tree import Arithmetic, Call, Expression, If, ListOf, Name, Negate, Number, RangeOf
from mpfcheck.feel.types import (
    ANY,
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    MONTHS,
    MONTHS_DURATION,
    NUMBER,
    TEXT,
    TIME,
    NumberType,
    TextType,
    Type,
)
from mpfcheck.feel.unparse import unparse

__all__ = ["check_arithmetic", "check_negation", "takes_any_unit", "units_agree"]

_DURATIONS = (DAYS_DURATION, MONTHS_DURATION)
_DAYS = (DATE, DATE_TIME)
_VERBS = {
    "+": "added to",
    "-": "subtracted from",
    "*": "multiplied by",
    "/": "divided by",
    "**": "raised to the power of",
}
_ROUNDINGS = ("ceiling", "decimal", "floor", "round down", "round half down", "round half up", "round up")
_KEEP_UNIT = frozenset(("abs", "max", "mean", "median", "min", "modulo", "sum", *_ROUNDINGS))


def takes_any_unit(tree: Expression) -> bool:
    """Whether a plain number was written down here: it may as well be meant in EUR or months."""
    match tree:
        case Number():
            return True
        case Negate(operand):
            return takes_any_unit(operand)
        case Arithmetic("*", left, right):
            return takes_any_unit(left) or takes_any_unit(right)
        case Arithmetic("+" | "-", left, right):
            return takes_any_unit(left) and takes_any_unit(right)
        case Arithmetic(_, left, _):
            return takes_any_unit(left)
        case If(_, then, otherwise):
            return takes_any_unit(then) and takes_any_unit(otherwise)
        case ListOf(items):
            return all(map(takes_any_unit, items))
        case RangeOf(low, high):
            return all(takes_any_unit(end) for end in (low, high) if end is not None)
        case Call(Name(name), (first, *_)) if name in _KEEP_UNIT:
            return takes_any_unit(first)
    return False


def units_agree(left: Expression, left_type: NumberType, right: Expression, right_type: NumberType) -> bool:
    """Whether two numbers may be compared, added or subtracted."""
    if left_type.unit == right_type.unit:
        return True
    return (left_type.unit is None and takes_any_unit(left)) or (right_type.unit is None and takes_any_unit(right))


def check_negation(tree: Negate, operand: Type, mistakes: list[Mistake]) -> Type:
    """The type of ``-operand``."""
    if is_open(operand):
        return ANY
    if isinstance(operand, NumberType) or operand in _DURATIONS:
        return operand
    mistakes.append(
        Mistake(f"`{unparse(tree.operand)}` is {describe(operand)}: it cannot be made negative.", tree.span)
    )
    return ANY


def check_arithmetic(tree: Arithmetic, left: Type, right: Type, mistakes: list[Mistake]) -> Type:
    """The type of ``left op right``; adds a mistake where the operation makes no sense."""
    if isinstance(left, NumberType) and isinstance(right, NumberType):
        return _numbers(tree, left, right, mistakes)
    if tree.op == "+" and isinstance(left, TextType) and isinstance(right, TextType):
        return TEXT
    if is_open(left) or is_open(right):
        return ANY
    result = _times(tree.op, left, right)
    if result is None:
        mistakes.append(Mistake(_senseless(tree, left, right), tree.span, _hint(tree.op, left, right)))
        return ANY
    return result


def _numbers(tree: Arithmetic, left: NumberType, right: NumberType, mistakes: list[Mistake]) -> Type:
    if tree.op in ("+", "-"):
        if units_agree(tree.left, left, tree.right, right):
            return common(left, right) or NUMBER
        hint = (
            "" if left.unit and right.unit else "If the number is meant to have that unit, give its parameter the unit."
        )
        mistakes.append(Mistake(_senseless(tree, left, right), tree.span, hint))
        return left if left.unit else right
    result = _scaled(tree, left, right)
    if result is None:
        mistakes.append(Mistake(_senseless(tree, left, right), tree.span, _scaling_hint(tree.op, left, right)))
        return left if left.unit else right
    return result


def _scaled(tree: Arithmetic, left: NumberType, right: NumberType) -> NumberType | None:
    """Multiplication, division and powers of numbers with units; None where the result has no meaning."""
    if left.unit is None and right.unit is None:
        return NUMBER
    units = {left.unit, right.unit}
    if tree.op == "*":
        # So many EUR a month for so many months are EUR.
        return None if left.unit == right.unit else NumberType("EUR" if "EUR" in units else "months")
    if tree.op == "/":
        if left.unit == right.unit or (left.unit is None and takes_any_unit(tree.left)):
            return NUMBER
        # A whole amount over so many months is an amount for each.
        return left if right.unit is None or (left.unit == "EUR" and right.unit == "months") else None
    return None


def _times(op: str, left: Type, right: Type) -> Type | None:
    """Dates, times and durations; None where the operation makes no sense."""
    if left in _DURATIONS and isinstance(right, NumberType) and op in ("*", "/"):
        return left
    if right in _DURATIONS and isinstance(left, NumberType) and op == "*":
        return right
    if left in _DURATIONS and left == right:
        return left if op in ("+", "-") else NUMBER if op == "/" else None
    if op == "+" and left in _DURATIONS:
        left, right = right, left
    if op in ("+", "-") and right in _DURATIONS:
        return left if left in _DAYS or (left == TIME and right == DAYS_DURATION) else None
    if op == "-" and left == right and left in (*_DAYS, TIME):
        return DAYS_DURATION
    return None


def _senseless(tree: Arithmetic, left: Type, right: Type) -> str:
    first, second = f"`{unparse(tree.left)}` ({describe(left)})", f"`{unparse(tree.right)}` ({describe(right)})"
    if tree.op in ("+", "-"):
        first, second = second, first
    return f"{first} cannot be {_VERBS[tree.op]} {second}."


def _scaling_hint(op: str, left: NumberType, right: NumberType) -> str:
    if op == "*" and left.unit == right.unit == "EUR":
        return "Multiply the amount by a plain number, such as 0.95 for 95 %."
    return ""


def _hint(op: str, left: Type, right: Type) -> str:
    if op in ("+", "-") and left in _DAYS and isinstance(right, NumberType):
        if right == MONTHS:
            return 'Turn the number of months into a duration: `@"P1M" * …`.'
        return 'Say what the number counts: `@"P1D" * …` for days, `@"P1M" * …` for months.'
    if op == "+" and TEXT in (TextType() if isinstance(each, TextType) else each for each in (left, right)):
        return "Turn the other one into a text with `string(…)`."
    return ""
