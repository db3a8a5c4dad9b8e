"""Static checking: the type of an expression and everything that is wrong with it, before any proposal is seen.

FEEL itself answers null where types do not go together, and a rule that ends in null is inconclusive for everyone.
This walk goes from the names in scope up to the type of every node, and finds such places while the rule is written:
names, fields, functions and codes that do not exist, values that cannot be compared or added. It goes on after a
mistake, with a type that goes with everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from mpfcheck.feel.check.calls import check_builtin, check_function_value, unknown_function
from mpfcheck.feel.check.mistake import ExpressionMistake
from mpfcheck.feel.check.operators import (
    check_arithmetic,
    check_equality,
    check_membership,
    check_negation,
    check_order,
)
from mpfcheck.feel.check.paths import check_member, check_name, name_a_part
from mpfcheck.feel.check.signatures import SIGNATURES
from mpfcheck.feel.check.type_names import describe, type_named, type_of_moment
from mpfcheck.feel.syntax.tree import (
    And,
    Arithmetic,
    Between,
    Boolean,
    Compare,
    Context,
    Expression,
    Filter,
    For,
    FunctionCall,
    FunctionLiteral,
    If,
    In,
    InstanceOf,
    Iteration,
    ListOf,
    Name,
    Negate,
    Null,
    Number,
    Or,
    Path,
    Quantified,
    RangeOf,
    Temporal,
    Test,
    Text,
)
from mpfcheck.feel.syntax.unparse import quoted, unparse
from mpfcheck.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    NULL,
    NUMBER,
    ContextType,
    FunctionType,
    ListType,
    NumberType,
    RangeType,
    TextType,
    Type,
    common,
    common_of,
    fits,
    is_open,
    members,
)
from mpfcheck.frozen import Frozen

__all__ = [
    "CheckedExpression",
    "ExpressionMistake",
    "Walk",
    "check",
]

TypesOfNames: TypeAlias = Mapping[str, Type]
"""The types of the names in scope."""


class Walk:
    """One walk over one tree: the mistakes found so far, and the types of the nodes by their identity."""

    def __init__(self) -> None:
        self.mistakes: list[ExpressionMistake] = []
        self.types: dict[int, Type] = {}

    def type_of(self, tree: Expression, scope: TypesOfNames) -> Type:
        """The type of a node whose names mean this; goes through everything inside it."""
        found = self._leaf(tree, scope) or self._condition(tree, scope) or self._value(tree, scope)
        self.types[id(tree)] = found
        return found

    def report(self, message: str, tree: Expression | Iteration, hint: str = "") -> None:
        """Add a mistake, at a node."""
        self.mistakes.append(ExpressionMistake(message, tree.span, hint))

    def _leaf(self, tree: Expression, scope: TypesOfNames) -> Type | None:
        match tree:
            case Number():
                return NUMBER
            case Text(value):
                return TextType(codes=frozenset((value,)))
            case Boolean():
                return BOOLEAN
            case Null():
                return NULL
            case Name():
                return check_name(tree, scope, self.mistakes)
            case Temporal(text):
                found = type_of_moment(text)
                if found is None:
                    hint = 'Write a date as @"2024-03-01" and a duration of 24 months as @"P24M".'
                    self.report(f"{quoted(text)} is not a date, time or duration.", tree, hint)
                return found or ANY
        return None

    def _condition(self, tree: Expression, scope: TypesOfNames) -> Type | None:
        """The forms that are true or false."""
        match tree:
            case And(parts):
                self._parts(parts, scope, "and")
            case Or(parts):
                self._parts(parts, scope, "or")
            case Compare(op, left, right):
                self._compare(op, left, right, scope, tree)
            case Between(value, low, high):
                types = [self.type_of(part, scope) for part in (value, low, high)]
                check_order(value, types[0], low, types[1], tree.span, self.mistakes)
                check_order(value, types[0], high, types[2], tree.span, self.mistakes)
            case In(value, tests):
                value_type = self.type_of(value, scope)
                for test in tests:
                    self._test(value, value_type, test, tree, scope)
            case Quantified(quantifier, iterations, condition):
                self._boolean(condition, self._iterate(iterations, scope), f"{quantifier} … satisfies")
            case InstanceOf(value, type_):
                self.type_of(value, scope)
                type_named(type_, self.mistakes)
            case _:
                return None
        return BOOLEAN

    def _value(self, tree: Expression, scope: TypesOfNames) -> Type:
        match tree:
            case Path(base, _):
                return check_member(tree, self.type_of(base, scope), self.mistakes)
            case Filter():
                return self._filter(tree, scope)
            case Arithmetic(_, left, right):
                return check_arithmetic(tree, self.type_of(left, scope), self.type_of(right, scope), self.mistakes)
            case Negate(operand):
                return check_negation(tree, self.type_of(operand, scope), self.mistakes)
            case If():
                return self._if(tree, scope)
            case For(iterations, result):
                inner = self._iterate(iterations, scope)
                return ListType(self.type_of(result, {**inner, "partial": ListType(ANY)}))
            case FunctionCall():
                return self._call(tree, scope)
            case ListOf(items):
                return ListType(common_of([self.type_of(item, scope) for item in items]))
            case Context(entries):
                known: dict[str, Type] = {}
                for name, value in entries:
                    known[name] = self.type_of(value, {**scope, **known})
                return ContextType(known)
            case RangeOf():
                return self._range(tree, scope)
            case FunctionLiteral():
                return self._function(tree, scope, ())
        raise AssertionError(tree)

    def _parts(self, parts: tuple[Expression, ...], scope: TypesOfNames, where: str) -> None:
        """The parts of a chain; a text after a comparison was most likely meant to be compared as well."""
        before: Expression | None = None
        for part in parts:
            hint = ""
            if isinstance(part, Text) and isinstance(before, Compare) and isinstance(before.right, Text):
                values = f"[{unparse(before.right)}, {unparse(part)}]"
                listed = f"{unparse(before.left)} in {values}"
                hint = f"To compare with several values, write `{listed if before.op == '=' else f'not({listed})'}`."
            self._boolean(part, scope, where, hint)
            before = part if isinstance(part, Compare) else before

    def _boolean(self, tree: Expression, scope: TypesOfNames, where: str, hint: str = "") -> None:
        found = self.type_of(tree, scope)
        if not fits(found, BOOLEAN):
            self.report(f"`{where}` takes conditions, but `{unparse(tree)}` is {describe(found)}.", tree, hint)

    def _compare(self, op: str, left: Expression, right: Expression, scope: TypesOfNames, tree: Expression) -> None:
        left_type, right_type = self.type_of(left, scope), self.type_of(right, scope)
        rule = check_equality if op in ("=", "!=") else check_order
        rule(left, left_type, right, right_type, tree.span, self.mistakes)

    def _test(
        self, value: Expression, value_type: Type, test: Expression | Test, tree: Expression, scope: TypesOfNames
    ) -> None:
        if isinstance(test, Test):
            rule = check_equality if test.op in ("=", "!=") else check_order
            rule(value, value_type, test.operand, self.type_of(test.operand, scope), tree.span, self.mistakes)
            return
        test_type = self.type_of(test, scope)
        parts = [(test, test_type)]
        if isinstance(test, ListOf) and not isinstance(value_type, ListType):
            parts = [(item, self.types[id(item)]) for item in test.items]
        for part, part_type in parts:
            check_membership(value, value_type, part, part_type, tree.span, self.mistakes)

    def _filter(self, tree: Filter, scope: TypesOfNames) -> Type:
        base = self.type_of(tree.base, scope)
        item = base.item if isinstance(base, ListType) else ANY if is_open(base) else base
        if not isinstance(base, ListType) and not is_open(base):
            self.report(f"Only a list can be filtered, but `{unparse(tree.base)}` is {describe(base)}.", tree.base)
        # The fields of the item come before the names outside, as the standard has it.
        condition = self.type_of(tree.condition, {**scope, "item": item, **(members(item) or {})})
        if isinstance(condition, NumberType):
            if tree.condition == Number(Decimal(0)):
                self.report("List positions start at 1; there is no item 0.", tree.condition)
            return item
        if not fits(condition, BOOLEAN):
            what = f"`{unparse(tree.condition)}` is {describe(condition)}"
            self.report(f"A filter takes a condition or a position, but {what}.", tree.condition)
        return ANY if is_open(condition) else ListType(item)

    def _if(self, tree: If, scope: TypesOfNames) -> Type:
        self._boolean(tree.condition, scope, "if")
        then, otherwise = self.type_of(tree.then, scope), self.type_of(tree.otherwise, scope)
        found = common(then, otherwise)
        if found is None:
            what = f"`{unparse(tree.then)}` is {describe(then)}, `{unparse(tree.otherwise)}` is {describe(otherwise)}"
            self.report(f"The two branches of `if` must be of the same kind: {what}.", tree)
        return found or ANY

    def _iterate(self, iterations: tuple[Iteration, ...], scope: TypesOfNames) -> TypesOfNames:
        for each in iterations:
            scope = {**scope, each.name: self._item(each, scope)}
        return scope

    def _item(self, iteration: Iteration, scope: TypesOfNames) -> Type:
        domain = self.type_of(iteration.domain, scope)
        if iteration.end is not None:
            end = self.type_of(iteration.end, scope)
            for part, found in ((iteration.domain, domain), (iteration.end, end)):
                if not (fits(found, NUMBER) or fits(found, DATE)):
                    self.report(f"`..` needs numbers or dates, but `{unparse(part)}` is {describe(found)}.", part)
            return common(domain, end) or ANY
        if isinstance(domain, ListType | RangeType):
            return domain.item
        if not is_open(domain):
            what = f"`{unparse(iteration.domain)}` is {describe(domain)}"
            hint = name_a_part(iteration.domain, domain)
            self.report(f"`{iteration.name} in …` needs a list, but {what}.", iteration.domain, hint)
        return ANY

    def _range(self, tree: RangeOf, scope: TypesOfNames) -> Type:
        ends = [(end, self.type_of(end, scope)) for end in (tree.low, tree.high) if end is not None]
        if len(ends) == 2:
            check_order(*ends[0], *ends[1], tree.span, self.mistakes)
        return RangeType(common_of([type_ for _, type_ in ends]))

    def _call(self, tree: FunctionCall, scope: TypesOfNames) -> Type:
        name = tree.function.name if isinstance(tree.function, Name) else None
        builtin = name if name in SIGNATURES and name not in scope else None
        if name is not None and builtin is None and name not in scope:
            for argument in tree.arguments:
                self.type_of(argument, scope)
            functions = [known for known, type_ in scope.items() if isinstance(type_, FunctionType)]
            self.mistakes.append(unknown_function(tree, name, functions))
            return ANY
        if builtin is not None:
            self.types[id(tree.function)] = FunctionType()
            return check_builtin(tree, builtin, self._arguments(tree, builtin, scope), self.mistakes)
        function = self.type_of(tree.function, scope)
        arguments = tuple(self.type_of(argument, scope) for argument in tree.arguments)
        if isinstance(function, FunctionType):
            check_function_value(tree, function, arguments, self.mistakes)
            return function.result or ANY
        if not is_open(function):
            what = f"`{unparse(tree.function)}` is {describe(function)}"
            self.report(f"{what}, not a function.", tree.function)
        return ANY

    def _arguments(self, tree: FunctionCall, builtin: str, scope: TypesOfNames) -> tuple[Type, ...]:
        types: list[Type] = []
        for argument in tree.arguments:
            if isinstance(argument, FunctionLiteral) and builtin in ("sort", "list replace") and types:
                first = types[0]
                items = (first.item if isinstance(first, ListType) else ANY,) * len(argument.parameters)
                types.append(self._function(argument, scope, items))
                self.types[id(argument)] = types[-1]
            else:
                types.append(self.type_of(argument, scope))
        return tuple(types)

    def _function(self, tree: FunctionLiteral, scope: TypesOfNames, given: tuple[Type, ...]) -> Type:
        """A function; ``given`` are the types of its arguments where the place it stands in tells them."""
        parameters = [
            type_named(declared, self.mistakes) if declared is not None else given[i] if i < len(given) else ANY
            for i, (_, declared) in enumerate(tree.parameters)
        ]
        names = (name for name, _ in tree.parameters)
        body = self.type_of(tree.body, {**scope, **dict(zip(names, parameters, strict=True))})
        return FunctionType(tuple(parameters), body)


class CheckedExpression(Frozen):
    """What is known of an expression: its type, its mistakes in the order of the text, the type of every part."""

    in_short = ("tree", "type", "mistakes")

    tree: Expression
    type: Type
    mistakes: tuple[ExpressionMistake, ...]
    _types: Mapping[int, Type]

    def type_of(self, node: Expression) -> Type:
        """The type of a part of the tree (that very object, not one equal to it)."""
        return self._types.get(id(node), ANY)


def check(tree: Expression, names: Mapping[str, Type], *, wanted: Type = ANY) -> CheckedExpression:
    """Check an expression that may use these names, beside FEEL's built-in functions.

    ``wanted`` is the type it must have, such as BOOLEAN for the condition of a rule.
    """
    walk = Walk()
    found = walk.type_of(tree, names)
    if not fits(found, wanted):
        message = f"`{unparse(tree)}` is {describe(found)}, but this must be {describe(wanted)}."
        walk.mistakes.append(ExpressionMistake(message, tree.span))
    mistakes = tuple(sorted(dict.fromkeys(walk.mistakes), key=lambda mistake: mistake.span))
    return CheckedExpression(tree, found, mistakes, walk.types)
