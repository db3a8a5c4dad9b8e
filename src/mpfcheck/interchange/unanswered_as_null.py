"""Conditions for engines that have only null, and no unanswered value.

In standard FEEL, null is equal to nothing and in no list, and an ``if`` whose condition is null takes ``else``. A
draft would fail for what is only missing yet. Here conditions are rewritten so that null takes the part
of *unanswered*: the result is true, false, or null for "it depends on what is missing". They need a few functions
(:data:`FUNCTIONS`) that any FEEL engine can be given.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from mpfcheck.feel.check.expression import CheckedExpression
from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.syntax.tree import Expression
from mpfcheck.feel.types import ListType, NumberType, RecordType, Type
from mpfcheck.frozen import Frozen

__all__ = ["FUNCTIONS", "HelperFunction", "NotExpressibleError", "Rewriting"]


class NotExpressibleError(ValueError):
    """A condition that cannot be written in standard FEEL without changing its meaning for drafts."""


class HelperFunction(Frozen):
    """A function the rewritten conditions call: its parameters, its body in FEEL, and what it is for."""

    name: str
    parameters: tuple[str, ...]
    body: str
    meaning: str


FUNCTIONS: Final = {
    function.name: function
    for function in (
        HelperFunction(
            "same",
            ("one", "other"),
            "if one = null or other = null then null else one = other",
            "Whether two values are equal; null if one of them is missing.",
        ),
        HelperFunction(
            "among",
            ("value", "values"),
            "if value = null or values = null then null else if list contains(values, value) then true"
            " else if list contains(values, null) then null else false",
            "Whether a value is in a list; null if the value is missing, or if a missing item could be the value.",
        ),
        HelperFunction(
            "kept",
            ("values", "marks"),
            "if values = null or marks = null or list contains(marks, null) then null"
            " else for position in index of(marks, true) return values[position]",
            "The values marked true; null if a mark is missing.",
        ),
        HelperFunction(
            "either",
            ("condition", "yes", "no"),
            "if condition then yes else if condition = false or yes = no then no else null",
            "One of two values; null if the condition is missing, unless both values are the same.",
        ),
        HelperFunction(
            "added",
            ("values", "value"),
            "if values = null then null else append(values, value)",
            "A list and one more value; null if the list is missing.",
        ),
        HelperFunction(
            "listed",
            ("values",),
            "if values = null then [] else values",
            "The list; an empty list if it is missing.",
        ),
        HelperFunction(
            "judged",
            ("applies", "holds", "doubtful"),
            'if applies = false then "not_applicable" else if applies = null or holds = null then null'
            ' else if holds then "pass" else if doubtful = null then null else if doubtful then "review" else "fail"',
            "The status of a rule: whether it applies, whether it is met and, if not, whether that is in doubt;"
            " null means undecided.",
        ),
        HelperFunction(
            "worst",
            ("statuses",),
            'if statuses = null then null else if list contains(statuses, "fail") then "fail"'
            ' else if list contains(statuses, null) then null else if list contains(statuses, "review") then "review"'
            ' else if list contains(statuses, "pass") then "pass" else "not_applicable"',
            "The status of a rule for a list, from its status for each item.",
        ),
    )
}
"""By name. They call no function but those of the standard."""

STRICT: Final = frozenset(
    {"abs", "ceiling", "contains", "count", "date", "decimal", "ends with", "floor", "lower case", "matches", "max"}
    | {"mean", "min", "modulo", "not", "round down", "round half down", "round half up", "round up", "sqrt"}
    | {"starts with", "string length", "substring", "sum", "upper case", "years and months duration", "all", "any"}
)
"""Functions of the standard that are null where an argument, or an item of it, is null: as unanswered needs it."""

_NULL: Final = tree.Null()


class Rewriting:
    """Rewrites the conditions of one call. ``used`` collects the functions of :data:`FUNCTIONS` they need."""

    def __init__(self, checked: CheckedExpression, constants: Collection[str]) -> None:
        """Take what is known of an expression; ``constants`` are the names whose values hold no null."""
        self._checked = checked
        self._constants = constants
        self.used: set[str] = set()

    def of(self, expression: Expression, members: Collection[str] = ()) -> Expression:
        """The expression rewritten; ``members`` are names that mean a member of ``item``, inside a filter.

        Raises :class:`NotExpressibleError`.
        """
        match expression:
            case tree.Number() | tree.Text() | tree.Boolean() | tree.Temporal():
                return expression
            case tree.Name(name):
                return tree.Path(tree.Name("item"), name) if name in members else expression
            case tree.Path():
                return self._path(expression, members)
            case tree.Filter():
                return self._filter(expression, members)
            case tree.Arithmetic(op, left, right):
                return tree.Arithmetic(op, self.of(left, members), self.of(right, members))
            case tree.Negate(operand):
                return tree.Negate(self.of(operand, members))
            case tree.Compare(op, left, right):
                return self._compare(op, self.of(left, members), self.of(right, members))
            case tree.Between(value, low, high):
                return tree.Between(self.of(value, members), self.of(low, members), self.of(high, members))
            case tree.In():
                return self._in(expression, members)
            case tree.And(parts):
                return tree.And(tuple(self.of(part, members) for part in parts))
            case tree.Or(parts):
                return tree.Or(tuple(self.of(part, members) for part in parts))
            case tree.If(condition, then, otherwise):
                parts = (condition, then, otherwise)
                return self._help("either", *(self.of(part, members) for part in parts))
            case tree.Quantified(quantifier, iterations, condition):
                every = tree.For(self._iterations(iterations, members), self._inside(iterations, condition, members))
                return tree.FunctionCall(tree.Name("all" if quantifier == "every" else "any"), (every,))
            case tree.For(iterations, result):
                return tree.For(self._iterations(iterations, members), self._inside(iterations, result, members))
            case tree.FunctionCall():
                return self._call(expression, members)
            case tree.ListOf(items):
                return tree.ListOf(tuple(self.of(item, members) for item in items))
        raise NotExpressibleError(f"{type(expression).__name__} has no equivalent in standard FEEL for drafts.")

    def _help(self, name: str, *arguments: Expression) -> Expression:
        self.used.add(name)
        return tree.FunctionCall(tree.Name(name), arguments)

    def _path(self, path: tree.Path, members: Collection[str]) -> Expression:
        base = self._checked.type_of(path.base)
        rewritten = tree.Path(self.of(path.base, members), path.name)
        field = base.fields.get(path.name) if isinstance(base, RecordType) else None
        return self._help("listed", rewritten) if field and field.absent == "empty" else rewritten

    def _filter(self, expression: tree.Filter, members: Collection[str]) -> Expression:
        base = self.of(expression.base, members)
        condition_type = self._checked.type_of(expression.condition)
        if isinstance(condition_type, NumberType):
            return tree.Filter(base, self.of(expression.condition, members))
        inner = _members_of(self._checked.type_of(expression.base))
        marks = tree.For((tree.Iteration("item", base),), self.of(expression.condition, inner))
        return self._help("kept", base, marks)

    def _compare(self, op: str, left: Expression, right: Expression) -> Expression:
        if op == "=":
            return self._help("same", left, right)
        if op == "!=":
            return tree.FunctionCall(tree.Name("not"), (self._help("same", left, right),))
        return tree.Compare(op, left, right)  # type: ignore[arg-type]  # one of the other four

    def _in(self, expression: tree.In, members: Collection[str]) -> Expression:
        value = self.of(expression.value, members)
        tests = expression.tests
        if len(tests) == 1 and isinstance(tests[0], Expression) and self._is_list(tests[0]):
            return self._help("among", value, self.of(tests[0], members))
        if all(isinstance(test, tree.Text | tree.Number) for test in tests):
            return self._help("among", value, tree.ListOf(tests))  # type: ignore[arg-type]  # literals all
        raise NotExpressibleError("Only lists and literals are allowed after “in”.")

    def _is_list(self, test: Expression) -> bool:
        return isinstance(test, tree.ListOf) or isinstance(self._checked.type_of(test), ListType)

    def _call(self, call: tree.FunctionCall, members: Collection[str]) -> Expression:
        if not isinstance(call.function, tree.Name) or call.names is not None:
            raise NotExpressibleError("Only calls of a named function, with arguments in order, are allowed.")
        name = call.function.name
        arguments = tuple(self.of(argument, members) for argument in call.arguments)
        if name == "list contains":
            return self._help("among", arguments[1], arguments[0])
        plain = tree.FunctionCall(call.function, arguments)
        if name in STRICT or names_used(call) - {name} <= set(self._constants):
            return plain
        # A list that is not there is not an empty one; an item that is not there is still an item.
        if name == "append" and len(arguments) == 2:
            return self._help("added", *arguments)
        if name == "concatenate":
            return _null_where_null([each for each in arguments if not self._is_there(each)], plain)
        raise NotExpressibleError(f"The result of “{name}” for missing answers is not known.")

    def _is_there(self, expression: Expression) -> bool:
        """Whether a list is there in any draft."""
        match expression:
            case tree.ListOf():
                return True
            case tree.Path(base, _):
                return self._is_there(base)
            case tree.Name(name):
                return name in self._constants
        return False

    def _iterations(
        self, iterations: tuple[tree.Iteration, ...], members: Collection[str]
    ) -> tuple[tree.Iteration, ...]:
        done = []
        for number, each in enumerate(iterations):
            known = _without(members, iterations[:number])
            end = None if each.end is None else self.of(each.end, known)
            done.append(tree.Iteration(each.name, self.of(each.domain, known), end))
        return tuple(done)

    def _inside(self, iterations: tuple[tree.Iteration, ...], body: Expression, members: Collection[str]) -> Expression:
        return self.of(body, _without(members, iterations))


def _without(members: Collection[str], iterations: tuple[tree.Iteration, ...]) -> frozenset[str]:
    return frozenset(members) - {each.name for each in iterations}


def _members_of(list_type: Type) -> Collection[str]:
    item = list_type.item if isinstance(list_type, ListType) else None
    return item.fields if isinstance(item, RecordType) else ()


def _null_where_null(values: Sequence[Expression], result: Expression) -> Expression:
    if not values:
        return result
    nulls = tuple(tree.Compare("=", value, _NULL) for value in values)
    return tree.If(nulls[0] if len(nulls) == 1 else tree.Or(nulls), _NULL, result)
