"""Values that can be null: a rule that ends in null is inconclusive, whoever's slip it was.

Sums of lists that may be empty, items that may not be there, counts that may run down, divisions by what may be zero,
and conversions of free text.
"""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.feel.check.expression import CheckedExpression
from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.feel.syntax.tree import (
    And,
    Arithmetic,
    Compare,
    Expression,
    Filter,
    For,
    FunctionCall,
    If,
    In,
    Iteration,
    Name,
    Negate,
    Null,
    Number,
    Or,
    Quantified,
    RangeOf,
    Temporal,
    Test,
    Text,
    parts,
)
from mpfcheck.feel.syntax.unparse import unparse
from mpfcheck.feel.types import ANY, ListType, NumberType, TextType
from mpfcheck.packs.call import Call
from mpfcheck.packs.filled import Filled, Known, filled_where, not_null, not_zero
from mpfcheck.packs.lint.finding import LintFinding, warning
from mpfcheck.packs.rule import Rule
from mpfcheck.packs.template import Condition
from mpfcheck.packs.vocabulary import vocabulary_of

__all__ = ["nulls"]

NULL_OF_NONE = ("sum", "product", "min", "max", "mean", "median", "stddev")
"""The functions that give null for an empty list."""

_TYPES = {
    "number": "a number of the proposal format, such as Quantity,",
    "date": '`"format": "date"`',
    "time": "a question for it",
    "date and time": '`"format": "date-time"`',
    "duration": "a number of months or days",
}
"""The functions that read a text, each with the way to ask for such a value instead."""

_NOTHING: Known = frozenset()
_LOW_FIRST = "write the lower end first"


def nulls(call: Call) -> Iterator[LintFinding]:
    """Find what can be null where it is worked out."""
    yield from dict.fromkeys(_of_call(call))


def _of_call(call: Call) -> Iterator[LintFinding]:
    vocabulary = vocabulary_of(call)
    for name, definition in call.definitions.items():
        checked = vocabulary.definitions.get(name)
        if checked is not None:
            yield from _Walk(call, checked, definition.condition, None).findings(_NOTHING)
    for rule in call.rules:
        for condition, known in _places(rule):
            yield from _Walk(call, vocabulary.check(rule, condition), condition, rule.id).findings(known)


def _places(rule: Rule) -> Iterator[tuple[Condition, Known]]:
    """The expressions of a rule, each with the lists that have an item wherever it is worked out."""
    started = frozenset({rule.for_each.tree}) if rule.for_each else _NOTHING
    applies = started | (filled_where(rule.when.tree, truth=True) if rule.when else _NOTHING)
    holds, fails = (
        applies | (filled_where(rule.require.tree, truth=truth) if rule.require else _NOTHING)
        for truth in (True, False)
    )
    for key, condition in rule.conditions():
        at_first = _NOTHING if key == "for each" else started
        yield condition, {"require": applies, "doubt": fails, "note": holds}.get(key, at_first)
    noted = holds | (filled_where(rule.note.when.tree, truth=True) if rule.note else _NOTHING)
    doubted = fails | (filled_where(rule.doubt.tree, truth=True) if rule.doubt else _NOTHING)
    filled_by_key = {"message": fails, "fix": fails, "doubt message": doubted, "note": noted}
    for key, sentence in rule.sentences():
        for placeholder in sentence.placeholders():
            yield placeholder, filled_by_key[key]


class _Walk:
    """One walk over one expression, which keeps in mind what is known of lists at each place."""

    def __init__(self, call: Call, checked: CheckedExpression, condition: Condition, rule_id: str | None) -> None:
        self._checked = checked
        self._condition = condition
        self._rule_id = rule_id
        self._filled = Filled(call, checked)
        self._pack = call

    def findings(self, known: Known) -> Iterator[LintFinding]:
        yield from self._nulls_in(self._condition.tree, known)

    def _nulls_in(self, node: Expression | Test | Iteration, known: Known) -> Iterator[LintFinding]:
        match node:
            case And(inside) | Or(inside):
                for part in inside:
                    yield from self._nulls_in(part, known)
                    # The next part only counts where this one has not settled the whole.
                    known |= filled_where(part, truth=isinstance(node, And))
            case If(condition, then, otherwise):
                yield from self._silent(condition, known)
                yield from self._nulls_in(condition, known)
                yield from self._nulls_in(then, known | filled_where(condition, truth=True))
                yield from self._nulls_in(otherwise, known | filled_where(condition, truth=False))
            case For(iterations, body) | Quantified(_, iterations, body):
                for each in iterations:
                    yield from self._nulls_in(each, known)
                    yield from self._count(each, known)
                    known |= {each.domain} | _indexed(each, known)
                yield from self._nulls_in(body, known)
            case Filter(base, condition):
                yield from self._nulls_in(base, known)
                yield from self._item(node, known)
                yield from self._silent(condition, known)
                yield from self._nulls_in(condition, known | {base})
            case _:
                yield from self._of_node(node, known)
                for inner in parts(node):
                    yield from self._nulls_in(inner, known)

    def _of_node(self, node: Expression | Test | Iteration, known: Known) -> Iterator[LintFinding]:
        match node:
            case FunctionCall():
                yield from self._call(node, known)
            case Arithmetic("/", _, divisor) if not self._never_zero(divisor, known):
                message = f"`{unparse(node)}` is null, no value, where `{unparse(divisor)}` is 0"
                yield self._found(node, message, f"ask first whether it is: `{unparse(divisor)} != 0 and …`")
            case Compare("=" | "!=", left, right) if Null() not in (left, right):
                yield from self._silent(left, known)
                yield from self._silent(right, known)
            case In(value, _):
                yield from self._silent(value, known)
            case RangeOf(Number(low), Number(high)) if low > high:
                yield self._found(node, f"`{unparse(node)}` runs down, and such a range is null", _LOW_FIRST)

    def _found(self, node: Expression | Iteration, message: str, hint: str) -> LintFinding:
        return warning(self._condition.place_at(node.span.start), message, hint, self._rule_id)

    def _silent(self, node: Expression, known: Known) -> Iterator[LintFinding]:
        """Find nulls that are written down, where the standard would take them for false."""
        if self._gives_null(node):
            shown = unparse(node)
            message = f"`{shown}` can be null, and what is compared or chosen by a null is not known"
            yield self._found(
                node, message, "say what holds instead of null, or ask first whether it is: `… != null and …`"
            )
            return
        if isinstance(node, Compare | Arithmetic | And | Or) and Null() not in parts(node):
            for inner in parts(node):
                if not isinstance(inner, Test | Iteration) and not_null(inner) not in known:
                    yield from self._silent(inner, known)

    def _gives_null(self, node: Expression) -> bool:
        match node:
            case If(_, then, otherwise):
                return Null() in (then, otherwise) or self._gives_null(then) or self._gives_null(otherwise)
            case Name(name) if name in self._pack.definitions:
                return self._gives_null(self._pack.definitions[name].condition.tree)
        return False

    def _never_zero(self, divisor: Expression, known: Known) -> bool:
        if not_zero(divisor) in known:
            return True
        match divisor:
            case Number(value):
                return value != 0
            case Temporal():
                return True
            case Name(name) if name in self._pack.parameters:
                return all(held.value != 0 for held in self._pack.parameters[name].values)
            case FunctionCall(Name("count"), (counted,)):
                return self._filled.has_an_item(counted, known)
        return False

    def _item(self, node: Filter, known: Known) -> Iterator[LintFinding]:
        """Find an item by its position that may not be there."""
        condition = node.condition
        if node in known or not isinstance(self._checked.type_of(condition), NumberType):
            return
        match condition:
            case Number(position) | Negate(Number(position)):
                least = int(abs(position))
            case _:
                least = 0
        if 0 < least <= self._filled.least(node.base, known):
            return
        shown = unparse(node.base)
        message = f"`{unparse(node)}` is null, no value, where `{shown}` has no such item"
        yield self._found(node, message, f"ask first how many there are: `count({shown}) >= {least or 1} and …`")

    def _count(self, each: Iteration, known: Known) -> Iterator[LintFinding]:
        """Find a count that may run down: FEEL's `1..0` is 1 and 0, and not nothing."""
        end = each.end
        if end is None or not isinstance(each.domain, Number):
            return
        start = each.domain.value
        if isinstance(end, Number) and start > end.value:
            message = f"`{start}..{end.value}` counts down, from {start} to {end.value}"
            yield self._found(each, message, _LOW_FIRST)
        counted = _counted_in(end)
        if counted is not None and self._filled.least(counted, known) - _beyond(end) < start:
            shown = unparse(counted)
            message = (
                f"`{start}..{unparse(end)}` counts down where `{shown}` has too few items: of an empty list, "
                f"`1..count(…)` is 1 and 0, and not nothing"
            )
            hint = (
                f"go over the items: `every x in {shown} satisfies …`; or ask first: "
                f"`count({shown}) >= {int(start) + _beyond(end)} and …`"
            )
            yield self._found(each, message, hint)

    def _call(self, node: FunctionCall, known: Known) -> Iterator[LintFinding]:
        match node:
            case FunctionCall(Name(function), (argument,)) if function in _TYPES:
                free = isinstance(self._checked.type_of(argument), TextType) or self._checked.type_of(argument) == ANY
                settled = {not_null(argument), not_null(node)} & known
                if free and not settled and not isinstance(argument, Text):
                    message = f"`{unparse(node)}` is null, no value, where the text is not a {function}"
                    typed = _TYPES[function]
                    hint = f"let the form ask for it: {typed} in annex.schema.json; or ask first: `matches(…) and …`"
                    yield self._found(node, message, hint)
            case FunctionCall(Name(function), (argument,)) if function in NULL_OF_NONE:
                if isinstance(self._checked.type_of(argument), ListType) and not self._filled.has_an_item(
                    argument, known
                ):
                    shown = unparse(argument)
                    message = f"`{shown}` may be empty, and the `{function}` of an empty list is null, no value"
                    hint = f"ask first whether there is one: `count({shown}) > 0 and …`"
                    if function == "sum":
                        hint = f"put a zero into it: `sum(append({shown}, 0))`"
                    place = self._condition.place_at(node.span.start)
                    yield warning(place, message, hint, self._rule_id)


def _counted_in(end: Expression) -> Expression | None:
    """The list whose items the end of a count counts, as in ``1..count(list)`` or ``1..count(list) - 1``."""
    match end:
        case FunctionCall(Name("count"), (counted,)):
            return counted
        case Arithmetic("+" | "-", FunctionCall(Name("count"), (counted,)), Number()):
            return counted
    return None


def _beyond(end: Expression) -> int:
    """How many items fewer than the list has the count goes to."""
    match end:
        case Arithmetic("-", _, Number(number)):
            return int(number)
        case Arithmetic("+", _, Number(number)):
            return -int(number)
    return 0


def _indexed(each: Iteration, known: Known) -> Known:
    """The items that are there at a counted place: ``list[i]`` for ``i in 1..count(list)``, or up to such an i."""
    if each.end is None:
        return _NOTHING
    counted = _counted_in(each.end)
    lists = set() if counted is None else {counted}
    used = names_used(each.end)
    for fact in known:
        match fact:
            case Filter(base, Name(name)) if name in used:
                lists.add(base)
    return frozenset(Filter(base, Name(each.name)) for base in lists)
