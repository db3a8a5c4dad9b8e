"""Mutants: an expression with one small change, like a typing mistake: a sign, a limit, an item of a list.

Tests by examples should notice every mutant: one example at least must give another result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeAlias, cast

from mpfcheck.feel.errors import Span
from mpfcheck.feel.syntax.tree import (
    And,
    Arithmetic,
    Between,
    Boolean,
    Compare,
    Expression,
    Filter,
    FunctionCall,
    If,
    In,
    Iteration,
    ListOf,
    Name,
    Node,
    Number,
    Or,
    Path,
    Quantified,
    RangeOf,
    Temporal,
    Test,
    Text,
    with_parts,
)
from mpfcheck.feel.syntax.unparse import unparse
from mpfcheck.feel.types import BOOLEAN, TextType, Type
from mpfcheck.frozen import Frozen, changed

__all__ = [
    "Mutant",
    "mutants",
    "step_of",
]

TypeOf: TypeAlias = Callable[[Expression], Type]
_Changes: TypeAlias = Iterator[tuple[Node, str]]
"""Nodes to stand in place of one, each with the change in words."""

FEW = 12
"""Of a code list no longer than this, every code that a condition leaves out is put in once."""

_OTHER_SIGNS = {
    "=": ("!=",),
    "!=": ("=",),
    "<": ("<=", ">="),
    "<=": ("<", ">"),
    ">": (">=", "<="),
    ">=": (">", "<"),
}
_OTHER_OPERATIONS = {"+": "-", "-": "+", "*": "/", "/": "*"}
_OTHER_FUNCTIONS = {
    "all": ("any",),
    "any": ("all",),
    "min": ("max",),
    "max": ("min",),
    "floor": ("ceiling",),
    "ceiling": ("floor",),
    "round up": ("round down", "round half up"),
    "round down": ("round up", "round half up"),
    "round half up": ("round half down", "round down", "round up"),
    "round half down": ("round half up", "round down", "round up"),
    "starts with": ("ends with", "contains"),
    "ends with": ("starts with", "contains"),
    "contains": ("starts with", "ends with"),
}
_TOGETHER = ("append", "concatenate", "union")
"""Functions that put lists together: each of their arguments is left out once."""
_ALONE = ("abs", "digits", "distinct values", "not", "plain name", "upper case", "lower case")
"""Functions that are left out, so that their argument stands alone."""
_OTHER_PARTS = {"members": "candidates", "candidates": "members"}
_COUNTED = re.compile(r"\d+")


class Mutant(Frozen):
    """A tree with one change: the part of the text that changed, and the change in words."""

    tree: Expression
    span: Span
    change: str


def mutants(tree: Expression, type_of: TypeOf) -> Iterator[Mutant]:
    """Every mutant of an expression, in the order of the text; ``type_of`` tells the types of its parts."""
    for changed_tree, span, change in _mutants(tree, type_of, tree):
        yield Mutant(cast("Expression", changed_tree), span, change)


def step_of(number: Decimal) -> Decimal:
    """The smallest likely mistake in a number: one unit of its last written place."""
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(1)


def _mutants(node: Node, type_of: TypeOf, whole: Expression) -> Iterator[tuple[Node, Span, str]]:
    for other, change in _changes(node, type_of):
        yield other, cast("Expression", node).span, change
    inside: list[Node] = []
    with_parts(node, lambda part: inside.append(part) or part)  # type: ignore[func-returns-value]
    for part in inside:
        for other, span, change in _mutants(part, type_of, whole):
            yield with_parts(node, lambda each, part=part, other=other: other if each is part else each), span, change  # type: ignore[misc]


def _changes(node: Node, type_of: TypeOf) -> _Changes:
    match node:
        case Compare(op, _, _) | Test(op, _):
            yield from (_become(node, changed(node, op=sign)) for sign in _OTHER_SIGNS[op])
            yield from _other_codes(node, type_of)
        case And(parts) | Or(parts):
            words, other = (("and", "or"), Or(parts)) if isinstance(node, And) else (("or", "and"), And(parts))
            yield other, f"`{words[0]}` becomes `{words[1]}` after `{unparse(parts[0])}`"
            for part in parts:
                rest = tuple(other for other in parts if other is not part)
                yield (rest[0] if len(rest) == 1 else changed(node, parts=rest)), f"`{unparse(part)}` left out"
        case Between(value, low, high):
            above, below = Compare(">=", value, low), Compare("<=", value, high)
            yield And((changed(above, op=">"), below)), f"`{unparse(low)}` no longer included"
            yield And((above, changed(below, op="<"))), f"`{unparse(high)}` no longer included"
            yield _negated(node)
        case In(value, _):
            yield _negated(node)
            yield from _other_lists(node, type_of(value))
        case Quantified(quantifier):
            other_word = "every" if quantifier == "some" else "some"
            yield changed(node, quantifier=other_word), f"`{quantifier}` becomes `{other_word}`"
        case If(condition, then, otherwise):
            yield (
                changed(node, then=otherwise, otherwise=then),
                f"the branches of `if {unparse(condition)}` are swapped",
            )
        case Filter(base, condition):
            if type_of(condition) == BOOLEAN:
                yield base, f"`[{unparse(condition)}]` left out"
        case FunctionCall():
            yield from _other_calls(node)
        case _:
            yield from _other_leaves(node, type_of)


def _other_leaves(node: Node, type_of: TypeOf) -> _Changes:
    match node:
        case Arithmetic(op) if op in _OTHER_OPERATIONS:
            yield _become(node, changed(node, op=_OTHER_OPERATIONS[op]))
        case Number(value):
            step = step_of(value)
            yield from (_become(node, Number(other)) for other in (value + step, value - step))
        case Boolean(value):
            yield _become(node, Boolean(not value))
        case Temporal(text):
            yield from (_become(node, Temporal(other)) for other in _other_moments(text))
        case Path(base, name) if name in _OTHER_PARTS and isinstance(base, Name):
            yield _become(node, Path(base, _OTHER_PARTS[name]))
        case Name() | Path() if type_of(node) == BOOLEAN:
            yield _negated(node)
        case RangeOf(low, high, low_closed, high_closed, None):
            if low is not None:
                yield _become(node, changed(node, low_closed=not low_closed))
            if high is not None:
                yield _become(node, changed(node, high_closed=not high_closed))


def _other_calls(node: FunctionCall) -> _Changes:
    match node:
        case FunctionCall(Name(function), (argument,)) if function in _ALONE:
            yield argument, f"`{unparse(node)}` becomes `{unparse(argument)}`"
        case FunctionCall(Name(function), arguments) if function in _TOGETHER and len(arguments) > 1:
            for argument in arguments:
                rest = tuple(other for other in arguments if other is not argument)
                yield changed(node, arguments=rest), f"`{unparse(argument)}` left out"
        case FunctionCall(Name(function)) if function in _OTHER_FUNCTIONS:
            for other in _OTHER_FUNCTIONS[function]:
                yield _become(node, changed(node, function=Name(other)))


def _other_codes(node: Compare | Test, type_of: TypeOf) -> _Changes:
    """Another text in place of one that a field is compared with: the next code, or an unknown text."""
    if not isinstance(node, Compare):
        return
    for side, other, key in ((node.left, node.right, "right"), (node.right, node.left, "left")):
        if isinstance(other, Text) and not isinstance(side, Text):
            type_ = type_of(side)
            codes = sorted(type_.codes or ()) if isinstance(type_, TextType) else []
            if other.value in codes and len(codes) > 1:
                value = codes[(codes.index(other.value) + 1) % len(codes)]
            else:
                value = f"{other.value}?"
            yield _become(node, changed(node, **{key: Text(value)}))


def _other_lists(node: In, type_: Type) -> _Changes:
    """A list of codes in which one is left out, or that has one more."""
    match node.tests:
        case (ListOf(items),):
            for item in items:
                rest = tuple(other for other in items if other is not item)
                yield changed(node, tests=(ListOf(rest),)), f"{unparse(item)} left out of `{unparse(node)}`"
            listed = {item.value for item in items if isinstance(item, Text)}
            codes = type_.codes if isinstance(type_, TextType) and type_.code_list else None
            if codes is not None and len(codes) <= FEW and len(listed) == len(items):
                for code in sorted(codes - listed):
                    yield changed(node, tests=(ListOf((*items, Text(code))),)), f'"{code}" put into `{unparse(node)}`'


def _other_moments(text: str) -> Iterator[str]:
    """A date a day earlier or later, a duration of one more or less."""
    from datetime import date, timedelta

    try:
        day = date.fromisoformat(text)
    except ValueError:
        found = _COUNTED.search(text) if text.startswith("P") else None
        if found is not None:
            for count in (int(found[0]) + 1, int(found[0]) - 1):
                yield f"{text[: found.start()]}{max(count, 0)}{text[found.end() :]}"
        return
    yield from ((day + timedelta(days)).isoformat() for days in (1, -1))


def _negated(node: Expression) -> tuple[Node, str]:
    negation = FunctionCall(Name("not"), (node,))
    return negation, f"`{unparse(node)}` becomes `{unparse(negation)}`"


def _become(node: Node, other: Node) -> tuple[Node, str]:
    return other, f"`{_shown(node)}` becomes `{_shown(other)}`"


def _shown(node: Node) -> str:
    if isinstance(node, Test):
        return f"{node.op} {unparse(node.operand)}"
    assert not isinstance(node, Iteration)  # noqa: S101 - iterations are changed in their parts only
    return unparse(cast("Expression", node))
