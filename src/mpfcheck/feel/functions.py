"""Functions written in FEEL, and calls of any function."""

from __future__ import annotations

from mpfcheck.feel.builtins.registry import BUILTINS
from mpfcheck.feel.errors import LimitExceeded
from mpfcheck.feel.kinds import convert, fits
from mpfcheck.feel.limits import Run, turn
from mpfcheck.feel.scope import EVALUATE, Scope
from mpfcheck.feel.tree import (
    Boolean,
    Call,
    Context,
    Expression,
    FunctionLiteral,
    ListOf,
    Name,
    Null,
    Number,
    Temporal,
    Text,
    TypeName,
)
from mpfcheck.feel.values import Unanswered, Value

__all__ = ["FunctionValue"]


class FunctionValue:
    """A function written in FEEL; it sees the names of the place where it was written."""

    __slots__ = ("body", "parameters", "scope", "types")

    def __init__(
        self, parameters: tuple[str, ...], types: tuple[TypeName | None, ...], body: Expression, scope: Scope
    ) -> None:
        self.parameters = parameters
        self.types = types
        self.body = body
        self.scope = scope

    def call(self, arguments: list[Value], run: Run) -> Value:
        """The function's value; null for a wrong number of arguments. One that is not of its type counts as null."""
        if len(arguments) != len(self.parameters):
            return None
        given: dict[str, Value] = {}
        for name, wanted, argument in zip(self.parameters, self.types, arguments, strict=True):
            given[name] = argument if wanted is None else converted(argument, wanted)
        run.spend(turn(*self.body.span))
        if run.depth >= run.limits.depth:
            raise LimitExceeded(f"functions call each other more than {run.limits.depth} levels deep")
        run.depth += 1
        try:
            return EVALUATE[type(self.body)](self.body, Scope(given, self.scope, run))
        finally:
            run.depth -= 1

    def literal_result(self) -> tuple[Value] | None:
        """What the function always gives, where its body is made of literals only; else None."""
        if not _is_literal(self.body):
            return None
        return (EVALUATE[type(self.body)](self.body, self.scope),)

    def call_by_name(self, names: tuple[str, ...], arguments: list[Value], run: Run) -> Value:
        """The same with named arguments; all must be given."""
        given = dict(zip(names, arguments, strict=True))
        if len(given) != len(names) or given.keys() != set(self.parameters):
            return None
        return self.call([given[name] for name in self.parameters], run)


def converted(value: Value, wanted: TypeName) -> Value:
    """The value as one of the wanted type, or null; a type that is not known takes anything."""
    if isinstance(value, Unanswered) or fits(None, wanted) is None:
        return value
    return convert(
        value,
        lambda candidate: fits(candidate, wanted),
        to_list=wanted.name == "list",
        to_date_time=wanted.name == "date and time",
    )


def _is_literal(node: Expression) -> bool:
    if isinstance(node, ListOf):
        return all(map(_is_literal, node.items))
    if isinstance(node, Context):
        return all(_is_literal(value) for _, value in node.entries)
    return isinstance(node, Text | Number | Boolean | Null | Temporal)


def _function(node: FunctionLiteral, scope: Scope) -> Value:
    names, types = zip(*node.parameters, strict=True) if node.parameters else ((), ())
    return FunctionValue(names, types, node.body, scope)


def _call(node: Call, scope: Scope) -> Value:
    evaluate = EVALUATE
    function = evaluate[type(node.function)](node.function, scope)
    if function is None and isinstance(node.function, Name):
        function = BUILTINS.get(node.function.name)
    arguments = [evaluate[type(argument)](argument, scope) for argument in node.arguments]
    if isinstance(function, Unanswered):
        return Unanswered(function.paths)
    call = getattr(function, "call", None)
    if call is None:
        return None
    if node.names is None:
        result: Value = call(arguments, scope.run)
    else:
        result = getattr(function, "call_by_name")(node.names, arguments, scope.run)  # noqa: B009
    return result


EVALUATE[FunctionLiteral] = _function
EVALUATE[Call] = _call
