"""Operators on types: what arithmetic gives, which values can be equal or in order, codes that are in no code list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mpfcheck.feel.check.mistake import ExpressionMistake
from mpfcheck.feel.check.paths import name_a_part
from mpfcheck.feel.check.type_names import describe
from mpfcheck.feel.errors import Span
from mpfcheck.feel.syntax.tree import (
    Arithmetic,
    Compare,
    Expression,
    Filter,
    FunctionCall,
    If,
    ListOf,
    Name,
    Negate,
    Null,
    Number,
    Path,
    RangeOf,
    Text,
)
from mpfcheck.feel.syntax.unparse import quoted, unparse
from mpfcheck.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    MONTHS,
    MONTHS_DURATION,
    NULL,
    NUMBER,
    TEXT,
    TIME,
    ListType,
    NumberType,
    RangeType,
    TextType,
    Type,
    common,
    fits,
    is_open,
    is_ordered,
)
from mpfcheck.nearest import did_you_mean

__all__ = [
    "check_arithmetic",
    "check_equality",
    "check_membership",
    "check_negation",
    "check_order",
    "takes_any_unit",
    "units_agree",
]

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
    """Whether this is a written plain number, which may also mean EUR or months."""
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
        case FunctionCall(Name(name), (first, *_)) if name in _KEEP_UNIT:
            return takes_any_unit(first)
    return False


def units_agree(left: Expression, left_type: NumberType, right: Expression, right_type: NumberType) -> bool:
    """Whether two numbers may be compared, added or subtracted."""
    if left_type.unit == right_type.unit:
        return True
    return (left_type.unit is None and takes_any_unit(left)) or (right_type.unit is None and takes_any_unit(right))


def check_negation(tree: Negate, operand: Type, mistakes: list[ExpressionMistake]) -> Type:
    """The type of ``-operand``."""
    if is_open(operand):
        return ANY
    if isinstance(operand, NumberType) or operand in _DURATIONS:
        return operand
    mistakes.append(
        ExpressionMistake(
            f"`-` needs a number or a duration, but `{unparse(tree.operand)}` is {describe(operand)}.", tree.span
        )
    )
    return ANY


def check_arithmetic(tree: Arithmetic, left: Type, right: Type, mistakes: list[ExpressionMistake]) -> Type:
    """The type of ``left op right``; adds a mistake where the operation makes no sense."""
    if isinstance(left, NumberType) and isinstance(right, NumberType):
        return _numbers(tree, left, right, mistakes)
    if tree.op == "+" and isinstance(left, TextType) and isinstance(right, TextType):
        return TEXT
    if is_open(left) or is_open(right):
        return ANY
    result = _times(tree.op, left, right)
    if result is None:
        mistakes.append(ExpressionMistake(_senseless(tree, left, right), tree.span, _hint(tree.op, left, right)))
        return ANY
    return result


def _numbers(tree: Arithmetic, left: NumberType, right: NumberType, mistakes: list[ExpressionMistake]) -> Type:
    if tree.op in ("+", "-"):
        if units_agree(tree.left, left, tree.right, right):
            return common(left, right) or NUMBER
        hint = "" if left.unit and right.unit else "If the number has that unit, give its parameter the unit."
        mistakes.append(ExpressionMistake(_senseless(tree, left, right), tree.span, hint))
        return left if left.unit else right
    result = _scaled(tree, left, right)
    if result is None:
        mistakes.append(
            ExpressionMistake(_senseless(tree, left, right), tree.span, _scaling_hint(tree.op, left, right))
        )
        return left if left.unit else right
    return result


def _scaled(tree: Arithmetic, left: NumberType, right: NumberType) -> NumberType | None:
    """Multiplication, division and powers of numbers with units; None where the result has no meaning."""
    if left.unit is None and right.unit is None:
        return NUMBER
    units = {left.unit, right.unit}
    if tree.op == "*":
        # EUR per month, times months, is EUR.
        return None if left.unit == right.unit else NumberType("EUR" if "EUR" in units else "months")
    if tree.op == "/":
        if left.unit == right.unit or (left.unit is None and takes_any_unit(tree.left)):
            return NUMBER
        # An amount divided by months is an amount per month.
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
            return 'Convert the number of months to a duration: `@"P1M" * …`.'
        return 'Write `@"P1D" * …` for days or `@"P1M" * …` for months.'
    if op == "+" and TEXT in (TextType() if isinstance(each, TextType) else each for each in (left, right)):
        return "Convert the other value to a text with `string(…)`."
    return ""


_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")

_ASKS_WHETHER_ANSWERED = "A rule cannot ask whether {} is answered: a missing answer is not null."


def check_equality(
    left: Expression,
    left_type: Type,
    right: Expression,
    right_type: Type,
    span: Span,
    mistakes: list[ExpressionMistake],
) -> None:
    """Whether ``left = right`` can be true at all."""
    for side, other, other_type in ((left, right, right_type), (right, left, left_type)):
        if isinstance(side, Null) and other_type != NULL and isinstance(other, Name | Path | Filter):
            # What explains mistakes is loaded where there is one.
            from mpfcheck.feel.syntax.habits import AS_IF_ANSWERED

            mistakes.append(
                ExpressionMistake(_ASKS_WHETHER_ANSWERED.format(f"`{unparse(other)}`"), span, AS_IF_ANSWERED)
            )
            return
    if not fits(left_type, right_type) or _units_differ(left, left_type, right, right_type):
        mistakes.append(_not_comparable(left, left_type, right, right_type, span))
    else:
        _check_codes(left, left_type, right, right_type, span, mistakes)


def check_order(
    left: Expression,
    left_type: Type,
    right: Expression,
    right_type: Type,
    span: Span,
    mistakes: list[ExpressionMistake],
) -> None:
    """Whether ``left < right`` makes sense."""
    for side, side_type in ((left, left_type), (right, right_type)):
        if not is_ordered(side_type):
            mistakes.append(_without_order(side, side_type, span))
            return
    if not fits(left_type, right_type) or _units_differ(left, left_type, right, right_type):
        mistakes.append(_not_comparable(left, left_type, right, right_type, span))


def check_membership(
    value: Expression,
    value_type: Type,
    test: Expression,
    test_type: Type,
    span: Span,
    mistakes: list[ExpressionMistake],
) -> None:
    """Whether ``value in test`` can be true at all: the test is a list, a range, or a value to be equal to."""
    item = _tested(value_type, test_type)
    if item is None:
        check_equality(value, value_type, test, test_type, span, mistakes)
    elif not fits(value_type, item) or _units_differ(value, value_type, test, item):
        message = (
            f"`{unparse(value)}` ({describe(value_type)}) can never be in `{unparse(test)}` ({describe(test_type)})."
        )
        mistakes.append(ExpressionMistake(message, span, _hint_for_member(value, value_type, test, item)))
    elif isinstance(test_type, RangeType):
        check_order(value, value_type, test, item, span, mistakes)
    else:
        _check_codes(value, value_type, test, item, span, mistakes)


def _tested(value: Type, test: Type) -> Type | None:
    """What a value is compared with when it is tested against a list or range; None where it is the whole test."""
    if isinstance(test, RangeType):
        return None if isinstance(value, RangeType) else test.item
    if not isinstance(test, ListType):
        return None
    if isinstance(test.item, RangeType) and not isinstance(value, RangeType):
        return test.item.item
    return test.item


def _literals(tree: Expression) -> Iterator[Text]:
    """The text literals an expression may stand for: itself, the items of a list, the branches of an ``if``."""
    match tree:
        case Text():
            yield tree
        case ListOf(items):
            for item in items:
                yield from _literals(item)
        case If(_, then, otherwise):
            yield from _literals(then)
            yield from _literals(otherwise)


def _units_differ(left: Expression, left_type: Type, right: Expression, right_type: Type) -> bool:
    return (
        isinstance(left_type, NumberType)
        and isinstance(right_type, NumberType)
        and not units_agree(left, left_type, right, right_type)
    )


def _check_codes(
    left: Expression,
    left_type: Type,
    right: Expression,
    right_type: Type,
    span: Span,
    mistakes: list[ExpressionMistake],
) -> None:
    """Whether the texts, or the texts in the lists, can be the same code."""
    while isinstance(left_type, ListType) and isinstance(right_type, ListType):
        left_type, right_type = left_type.item, right_type.item
    if not (isinstance(left_type, TextType) and isinstance(right_type, TextType)):
        return
    if left_type.code_list is None:
        left, left_type, right, right_type = right, right_type, left, left_type
    if left_type.code_list is None or left_type.codes is None:
        return
    if right_type.code_list is not None:
        if left_type.code_list != right_type.code_list:
            mistakes.append(
                ExpressionMistake(
                    f"`{unparse(left)}` (codes of the list `{left_type.code_list}`) can never be equal to "
                    f"`{unparse(right)}` (codes of the list `{right_type.code_list}`).",
                    span,
                )
            )
        return
    places = {literal.value: literal.span for literal in _literals(right)}
    unknown = sorted((right_type.codes or frozenset()) - left_type.codes)
    mistakes.extend(_unknown_code(code, left_type, places.get(code, span)) for code in unknown)


def _unknown_code(code: str, wanted: TextType, span: Span) -> ExpressionMistake:
    known = sorted(wanted.codes or ())
    hint = did_you_mean(code, known)
    if not hint and len(known) <= 10:
        hint = f"The codes are {', '.join(map(quoted, known))}."
    return ExpressionMistake(f"The code list `{wanted.code_list}` has no code {quoted(code)}.", span, hint)


def _not_comparable(
    left: Expression, left_type: Type, right: Expression, right_type: Type, span: Span
) -> ExpressionMistake:
    first, second = f"`{unparse(left)}` ({describe(left_type)})", f"`{unparse(right)}` ({describe(right_type)})"
    message = f"{first} cannot be compared with {second}."
    hint = name_a_part(left, left_type) or name_a_part(right, right_type)
    hint = hint or _hint_for_literal(left_type, right) or _hint_for_literal(right_type, left)
    hint = hint or _hint_for_lists(left, left_type, right, right_type)
    if isinstance(left_type, NumberType) and isinstance(right_type, NumberType) and not hint:
        hint = _hint_for_units(left, left_type, right, right_type)
    return ExpressionMistake(message, span, hint)


def _hint_for_literal(wanted: Type, literal: Expression) -> str:
    match literal:
        case Arithmetic("-", Arithmetic("-", Number(year), Number(month)), Number(day)) if wanted == DATE:
            return f'Write a date as @"{year:04f}-{month:02f}-{day:02f}".'
    if not isinstance(literal, Text):
        return ""
    text = literal.value
    if wanted == DATE and _DATE.fullmatch(text):
        return f'Write a date as @"{text}".'
    if isinstance(wanted, NumberType) and _NUMBER.fullmatch(text):
        return f"Write a number without quotation marks: {text}."
    if wanted == BOOLEAN and text.lower() in ("true", "false", "yes", "no"):
        return f"Write {'true' if text.lower() in ('true', 'yes') else 'false'} without quotation marks."
    return ""


def _without_order(side: Expression, side_type: Type, span: Span) -> ExpressionMistake:
    if isinstance(side, Compare):
        low, value = unparse(side), unparse(side.right)
        return ExpressionMistake(
            "Comparisons cannot be chained.", span, f"Write both comparisons: `{low} and {value} …`."
        )
    if side_type == BOOLEAN:
        return ExpressionMistake("True and false have no order.", span, 'To compare them, use "=" or "!=".')
    hint = f"To count the items, write `count({unparse(side)})`." if isinstance(side_type, ListType) else ""
    hint = hint or name_a_part(side, side_type)
    return ExpressionMistake(f"`{unparse(side)}` is {describe(side_type)} and has no order.", span, hint)


def _hint_for_lists(left: Expression, left_type: Type, right: Expression, right_type: Type) -> str:
    if isinstance(right_type, ListType):
        left, left_type, right, right_type = right, right_type, left, left_type
    if not isinstance(left_type, ListType) or isinstance(right_type, ListType):
        return ""
    if isinstance(right_type, NumberType) and not isinstance(left_type.item, NumberType):
        return f"To count the items, write `count({unparse(left)})`."
    if fits(left_type.item, right_type) and left_type.item != ANY:
        return f"To check whether the value is in the list, write `{unparse(right)} in {unparse(left)}`."
    return ""


def _hint_for_member(value: Expression, value_type: Type, test: Expression, item: Type) -> str:
    if isinstance(value_type, ListType) and fits(value_type.item, item):
        return f"To check the items one by one, write `some x in {unparse(value)} satisfies x in {unparse(test)}`."
    return _hint_for_literal(item, value)


def _hint_for_units(left: Expression, left_type: NumberType, right: Expression, right_type: NumberType) -> str:
    if left_type.unit and right_type.unit:
        return ""
    plain, unit = (right, left_type.unit) if left_type.unit else (left, right_type.unit)
    if isinstance(plain, Name) and not takes_any_unit(plain):
        return f"If `{plain.name}` is in {unit}, give it the unit {unit}."
    return ""
