"""Comparison of types: which values can be equal, which can be put in order, and codes that are in no code list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mpfcheck.feel.agreement import fits, is_ordered
from mpfcheck.feel.check_arithmetic import takes_any_unit, units_agree
from mpfcheck.feel.check_paths import name_a_part
from mpfcheck.feel.description import describe
from mpfcheck.feel.mistakes import Mistake, did_you_mean
from mpfcheck.feel.tree import (
    Arithmetic,
    Compare,
    Expression,
    Filter,
    If,
    ListOf,
    Name,
    Null,
    Number,
    Path,
    Span,
    Text,
)
from mpfcheck.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    NULL,
    ListType,
    NumberType,
    RangeType,
    TextType,
    Type,
)
from mpfcheck.feel.unparse import quoted, unparse

__all__ = ["check_equality", "check_membership", "check_order"]

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")

_ASKS_WHETHER_ANSWERED = "There is no way to ask whether {} is answered: an absent answer is not null."
_WHY_NOT_ASK = (
    "Write the rule as if every answer were there. While one is missing that it depends on, the result is undecided."
)


def check_equality(
    left: Expression, left_type: Type, right: Expression, right_type: Type, span: Span, mistakes: list[Mistake]
) -> None:
    """Whether ``left = right`` can be true at all."""
    for side, other, other_type in ((left, right, right_type), (right, left, left_type)):
        if isinstance(side, Null) and other_type != NULL and isinstance(other, Name | Path | Filter):
            mistakes.append(Mistake(_ASKS_WHETHER_ANSWERED.format(f"`{unparse(other)}`"), span, _WHY_NOT_ASK))
            return
    if not fits(left_type, right_type) or _units_differ(left, left_type, right, right_type):
        mistakes.append(_not_comparable(left, left_type, right, right_type, span))
    else:
        _check_codes(left, left_type, right, right_type, span, mistakes)


def check_order(
    left: Expression, left_type: Type, right: Expression, right_type: Type, span: Span, mistakes: list[Mistake]
) -> None:
    """Whether ``left < right`` makes sense."""
    for side, side_type in ((left, left_type), (right, right_type)):
        if not is_ordered(side_type):
            mistakes.append(_without_order(side, side_type, span))
            return
    if not fits(left_type, right_type) or _units_differ(left, left_type, right, right_type):
        mistakes.append(_not_comparable(left, left_type, right, right_type, span))


def check_membership(
    value: Expression, value_type: Type, test: Expression, test_type: Type, span: Span, mistakes: list[Mistake]
) -> None:
    """Whether ``value in test`` can be true at all: the test is a list, a range, or a value to be equal to."""
    item = _tested(value_type, test_type)
    if item is None:
        check_equality(value, value_type, test, test_type, span, mistakes)
    elif not fits(value_type, item) or _units_differ(value, value_type, test, item):
        message = (
            f"`{unparse(value)}` is {describe(value_type)}, `{unparse(test)}` is {describe(test_type)}: "
            "it can never be in there."
        )
        mistakes.append(Mistake(message, span, _hint_for_member(value, value_type, test, item)))
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
    left: Expression, left_type: Type, right: Expression, right_type: Type, span: Span, mistakes: list[Mistake]
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
                Mistake(
                    f"`{unparse(left)}` holds codes of the list `{left_type.code_list}`, "
                    f"`{unparse(right)}` codes of the list `{right_type.code_list}`: they are never the same.",
                    span,
                )
            )
        return
    places = {literal.value: literal.span for literal in _literals(right)}
    unknown = sorted((right_type.codes or frozenset()) - left_type.codes)
    mistakes.extend(_unknown_code(code, left_type, places.get(code, span)) for code in unknown)


def _unknown_code(code: str, wanted: TextType, span: Span) -> Mistake:
    known = sorted(wanted.codes or ())
    hint = did_you_mean(code, known, '"')
    if not hint and len(known) <= 10:
        hint = f"The codes are {', '.join(map(quoted, known))}."
    return Mistake(f"The code list `{wanted.code_list}` has no code {quoted(code)}.", span, hint)


def _not_comparable(left: Expression, left_type: Type, right: Expression, right_type: Type, span: Span) -> Mistake:
    message = (
        f"`{unparse(left)}` is {describe(left_type)}, `{unparse(right)}` is {describe(right_type)}: "
        "they cannot be compared."
    )
    hint = name_a_part(left, left_type) or name_a_part(right, right_type)
    hint = hint or _hint_for_literal(left_type, right) or _hint_for_literal(right_type, left)
    hint = hint or _hint_for_lists(left, left_type, right, right_type)
    if isinstance(left_type, NumberType) and isinstance(right_type, NumberType) and not hint:
        hint = _hint_for_units(left, left_type, right, right_type)
    return Mistake(message, span, hint)


def _hint_for_literal(wanted: Type, literal: Expression) -> str:
    match literal:
        case Arithmetic("-", Arithmetic("-", Number(year), Number(month)), Number(day)) if wanted == DATE:
            return f'A date is written @"{year:04f}-{month:02f}-{day:02f}".'
    if not isinstance(literal, Text):
        return ""
    text = literal.value
    if wanted == DATE and _DATE.fullmatch(text):
        return f'A date is written @"{text}".'
    if isinstance(wanted, NumberType) and _NUMBER.fullmatch(text):
        return f"A number is written without quotation marks: {text}."
    if wanted == BOOLEAN and text.lower() in ("true", "false", "yes", "no"):
        return f"Write {'true' if text.lower() in ('true', 'yes') else 'false'} without quotation marks."
    return ""


def _without_order(side: Expression, side_type: Type, span: Span) -> Mistake:
    if isinstance(side, Compare):
        low, value = unparse(side), unparse(side.right)
        return Mistake("A comparison has no order.", span, f"Say both halves: `{low} and {value} …`.")
    if side_type == BOOLEAN:
        return Mistake("True and false have no order.", span, 'To compare them, use "=" or "!=".')
    hint = f"To count its items: `count({unparse(side)})`." if isinstance(side_type, ListType) else ""
    hint = hint or name_a_part(side, side_type)
    return Mistake(f"`{unparse(side)}` is {describe(side_type)} and has no order.", span, hint)


def _hint_for_lists(left: Expression, left_type: Type, right: Expression, right_type: Type) -> str:
    if isinstance(right_type, ListType):
        left, left_type, right, right_type = right, right_type, left, left_type
    if not isinstance(left_type, ListType) or isinstance(right_type, ListType):
        return ""
    if isinstance(right_type, NumberType) and not isinstance(left_type.item, NumberType):
        return f"To count the items of the list: `count({unparse(left)})`."
    if fits(left_type.item, right_type) and left_type.item != ANY:
        return f"To ask whether it is in the list: `{unparse(right)} in {unparse(left)}`."
    return ""


def _hint_for_member(value: Expression, value_type: Type, test: Expression, item: Type) -> str:
    if isinstance(value_type, ListType) and fits(value_type.item, item):
        return f"For one of its items: `some x in {unparse(value)} satisfies x in {unparse(test)}`."
    return _hint_for_literal(item, value)


def _hint_for_units(left: Expression, left_type: NumberType, right: Expression, right_type: NumberType) -> str:
    if left_type.unit and right_type.unit:
        return ""
    plain, unit = (right, left_type.unit) if left_type.unit else (left, right_type.unit)
    if isinstance(plain, Name) and not takes_any_unit(plain):
        return f"If `{plain.name}` is meant to be in {unit}, give it the unit {unit}."
    return ""
