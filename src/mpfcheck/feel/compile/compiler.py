"""Compilation: trees to Python code for answered proposals, several times faster than walking the tree.

The code is made of :mod:`ast` nodes, never of text: nothing from a rule file reaches Python's parser. It covers the
part of the language where every value is there and has the type the static check promised. Wherever that is not so (an
absent field, an empty sum, a very long list, a division by zero) the code leaves by one of ``errors.UNREADY``, and the
caller asks the reference evaluator instead; what it does answer, the reference evaluator answers alike.

Compiled code sees *answers*: dicts without nulls, lists, str, bool, int, Decimal and datetime.date. A missing key is an
unanswered field: ``answers["lead"]["country"]`` leaves by KeyError exactly when the reference would be unanswered.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from mpfcheck.feel.compile import runtime
from mpfcheck.feel.compile.nodes import LOAD, STORE, definition
from mpfcheck.feel.compile.runtime import alike, comparable, to_python, type_of_constant
from mpfcheck.feel.errors import NotCompilableError
from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.types import (
    ANY,
    BOOLEAN,
    MONTHS,
    NUMBER,
    TEXT,
    ListType,
    NumberType,
    RecordType,
    TextType,
    Type,
)

if TYPE_CHECKING:
    import ast
else:
    from mpfcheck.feel.compile import nodes as ast

__all__ = [
    "COMPARISONS",
    "OF_ONE_TEXT",
    "OPERATORS",
    "Code",
    "Compiler",
    "appended",
    "call",
    "functions_of",
    "generator",
    "name_of",
    "require_short",
    "share_first",
    "value_of",
]

COMPARISONS: Mapping[str, type[ast.cmpop]] = {
    "=": ast.Eq,
    "!=": ast.NotEq,
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
}
OPERATORS: Mapping[str, type[ast.operator]] = {"+": ast.Add, "-": ast.Sub, "*": ast.Mult, "/": ast.Div}
OF_ONE_TEXT = ("plain name", "digits")
"""The functions of one text that give another one."""

LARGEST_WHOLE = 10**9
"""Below it whole numbers are ints in compiled code where one counts something: sums of few have all their digits."""


def functions_of(definitions: list[ast.stmt], names: Mapping[str, object]) -> dict[str, Any]:
    """The functions that the definitions make, by name; they see ``names``."""
    namespace = dict(names)
    # The module is built from nodes the compiler made, never from the text of a rule file.
    module = ast.Module(body=definitions, type_ignores=[])
    exec(compile(module, "<the rules of a call>", "exec"), namespace)  # noqa: S102
    return namespace


class Code(NamedTuple):
    """A piece of Python and the type of what it gives.

    ``whole`` marks a number that is an int, not a Decimal; ``place`` one that counts up from 1 or more. In the code for
    half-filled proposals, what is not ``sure`` may be unanswered. Then a number may have ``leaves``: variables, with
    the code of their values. ``quick`` is its code where all of these are there, ``kept`` where some are not.
    """

    node: ast.expr
    type: Type
    whole: bool = False
    place: bool = False
    sure: bool = True
    quick: ast.expr | None = None
    kept: ast.expr | None = None
    leaves: tuple[tuple[str, ast.expr], ...] = ()

    def exact(self) -> ast.expr:
        """The code of a number as a Decimal, so that FEEL's arithmetic applies."""
        return call(name_of("Decimal"), self.node) if self.whole else self.node


@lru_cache(maxsize=1024)
def name_of(identifier: str) -> ast.Name:
    """The Python variable of that name, read: one node for all, for rules read the same few again and again."""
    return ast.Name(identifier, LOAD)


def value_of(base: ast.expr, key: str) -> ast.Subscript:
    """``base["key"]``, which raises KeyError where the field is unanswered."""
    return ast.Subscript(base, ast.Constant(key), LOAD)


def call(function: ast.expr, *arguments: ast.expr) -> ast.Call:
    """``function(arguments…)``."""
    return ast.Call(function, list(arguments), [])


def generator(variable: str, domain: ast.expr) -> ast.comprehension:
    """``for variable in domain``, inside a comprehension."""
    return ast.comprehension(ast.Name(variable, STORE), domain, [], 0)


def share_first(condition: ast.expr, later: ast.expr, variable: str) -> tuple[ast.expr, ast.expr]:
    """Two conditions, with the part that both look at first worked out once and kept in the ``variable``.

    ``later`` is only looked at after the other. Conditions that look at different parts first stay as they are.
    """
    first, again = _first_of(condition), _first_of(later)
    if not (isinstance(first, ast.Compare) and _same_code(first, again)):
        return condition, later
    kept = ast.NamedExpr(ast.Name(variable, ast.Store()), first)
    return _with_first(condition, kept), _with_first(later, name_of(variable))


def _same_code(one: object, other: object) -> bool:
    """Whether two parts of code are written alike; told at the first difference, and without writing them down."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, ast.AST):
        return all(_same_code(getattr(one, field), getattr(other, field)) for field in one._fields)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same_code, one, other))
    return one == other


def _first_of(condition: ast.expr) -> ast.expr:
    """The part of a condition that is looked at first, whatever the answers are."""
    match condition:
        case ast.BoolOp(_, [part, *_]) | ast.UnaryOp(ast.Not(), part):
            return _first_of(part)
    return condition


def _with_first(condition: ast.expr, first: ast.expr) -> ast.expr:
    """The condition with this in place of the part that is looked at first; a new one, for others may use its parts."""
    match condition:
        case ast.BoolOp(operator, [part, *parts]):
            return ast.BoolOp(operator, [_with_first(part, first), *parts])
        case ast.UnaryOp(ast.Not() as negation, part):
            return ast.UnaryOp(negation, _with_first(part, first))
    return first


class Compiler:
    """Compiles the expressions of one call for one day and one set of parameters.

    ``record`` describes the answers, whose variable in the code is ``answers``. ``constant`` evaluates a tree that
    reads no answer, made of ``constants`` and literals, and raises :class:`NotCompilableError` where it has no plain
    value. ``definitions`` are the named expressions that do read answers. ``names`` collects what the code needs in
    its global namespace.
    """

    def __init__(
        self,
        record: RecordType,
        constants: Collection[str],
        constant: Callable[[tree.Expression], object],
        definitions: Mapping[str, tree.Expression],
    ) -> None:
        self._record = record
        self._constants = constants
        self._constant = constant
        self._definitions = definitions
        self._variables = 0
        self._depth = 0
        self._hoisted: dict[str, Code] = {}
        self._assignments: list[ast.stmt] = []
        # The variables of lists that have been found short enough for a loop.
        self._short: set[str] = set()
        self.names: dict[str, object] = dict(runtime.NAMESPACE)

    def function(self, name: str, body: Callable[[], list[ast.stmt]], *others: str) -> ast.FunctionDef:
        """``def name(answers, *others)`` with the statements of ``body``; definitions come first."""
        self._hoisted = {}
        return self.inner(name, ["answers", *others], self.statements(body))

    def statements(self, body: Callable[[], list[ast.stmt]]) -> list[ast.stmt]:
        """The statements of ``body``, after those for the definitions that nothing in the function has needed before.

        Where ``body`` raises :class:`NotCompilableError`, nothing of it is left.
        """
        self._assignments, known = [], dict(self._hoisted)
        try:
            statements = body()
        except NotCompilableError:
            self._hoisted = known
            raise
        return [*self._assignments, *statements]

    def apart(self, body: Callable[[], ast.expr]) -> tuple[list[ast.stmt], ast.expr]:
        """The code of ``body``, and the statements for the definitions that nothing before has needed.

        Nothing after may use these, so that they need not be run.
        """
        assignments, known = self._assignments, dict(self._hoisted)
        self._assignments = []
        try:
            code = body()
            return self._assignments, code
        finally:
            self._assignments, self._hoisted = assignments, known

    @staticmethod
    def inner(name: str, variables: Sequence[str], body: list[ast.stmt]) -> ast.FunctionDef:
        """``def name(variables)`` with these statements, inside another function or beside it."""
        return definition(name, [ast.arg(variable) for variable in variables], body)

    def condition(self, expression: tree.Expression, scope: Mapping[str, Code]) -> ast.expr:
        """The code of an expression that must be boolean; raises :class:`NotCompilableError`."""
        code = self.expression(expression, scope)
        if code.type != BOOLEAN:
            raise NotCompilableError("not known to be true or false")
        return code.node

    def items(self, expression: tree.Expression, scope: Mapping[str, Code]) -> tuple[ast.expr, Type]:
        """The code of a list to walk over, refused at run time where it is very long, and the type of its items."""
        code = self.expression(expression, scope)
        if not isinstance(code.type, ListType):
            raise NotCompilableError("not known to be a list")
        return self._bounded(code.node), code.type.item

    def list_of(self, expression: tree.Expression) -> tuple[ast.expr, Type]:
        """The same of a list that the code walks over in any case: a field of answers is looked up once for all."""
        items, item = self.items(expression, {})
        key = self._list_key(expression, {})
        if key is None or isinstance(items, ast.Name):
            return items, item
        variable = self.variable()
        self._assignments.append(ast.Assign([ast.Name(variable, STORE)], items))
        self._hoisted[key] = Code(name_of(variable), ListType(item))
        self._short.add(variable)
        return name_of(variable), item

    def _list_key(self, expression: tree.Expression, scope: Mapping[str, Code]) -> str | None:
        """What a list is kept by that is a field of answers, or of a record in them; None for any other."""
        match expression:
            case tree.Name(first) | tree.Path(tree.Name(first), _):
                if first not in scope and first not in self._definitions and first in self._record.fields:
                    return f"list {first} {'' if isinstance(expression, tree.Name) else expression.name}"
        return None

    @contextmanager
    def inside(self) -> Iterator[None]:
        """What is compiled in here runs once for every item of a list."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def _bounded(self, node: ast.expr) -> ast.expr:
        """A list, or a way out where it is so long that the reference might refuse the work."""
        if self._depth == 0 and isinstance(node, ast.Name) and node.id in self._short:
            return node
        return call(name_of("bounded"), node, self._longest())

    def _longest(self) -> ast.Constant:
        if self._depth >= len(runtime.LONGEST_LISTS):
            raise NotCompilableError("loops in loops in loops")
        return ast.Constant(runtime.LONGEST_LISTS[self._depth])

    def variable(self) -> str:
        """A new Python variable."""
        self._variables += 1
        return f"v{self._variables}"

    def expression(self, expression: tree.Expression, scope: Mapping[str, Code]) -> Code:
        """The code of an expression, with the iteration variables of ``scope``; raises :class:`NotCompilableError`."""
        if self._is_constant(expression, scope):
            return self._keep(self._constant(expression))
        kept = self._hoisted.get(self._list_key(expression, scope) or "")
        if kept is not None:
            return kept
        method = _BY_NODE.get(type(expression))
        if method is None:
            raise NotCompilableError(type(expression).__name__)
        code: Code = getattr(self, method.__name__)(expression, scope)
        return code

    def _keep(self, value: object) -> Code:
        """A constant, small ones in the code itself, others by a global name."""
        python = to_python(value)
        kind = type_of_constant(value)
        if isinstance(python, str | bool):
            return Code(ast.Constant(python), kind)
        name = f"K{len(self.names)}"
        self.names[name] = python
        return Code(name_of(name), kind)

    def _is_constant(self, expression: tree.Expression, scope: Mapping[str, Code]) -> bool:
        match expression:
            case tree.Number() | tree.Text() | tree.Boolean() | tree.Temporal():
                return True
            case tree.Name(name):
                return name not in scope and name in self._constants
            case tree.Path(base, _) | tree.Negate(base):
                return self._is_constant(base, scope)
            case tree.ListOf(items):
                return all(self._is_constant(item, scope) for item in items)
            case tree.Arithmetic(_, left, right):
                return self._is_constant(left, scope) and self._is_constant(right, scope)
            case tree.FunctionCall(tree.Name(), arguments, None):
                return bool(arguments) and all(self._is_constant(item, scope) for item in arguments)
            case _:
                return False

    def _name(self, expression: tree.Name, scope: Mapping[str, Code]) -> Code:
        name = expression.name
        if name in scope:
            return scope[name]
        if name in self._definitions:
            return self._definition(name)
        if name in self._record.fields:
            return self._field(name_of("answers"), self._record, name)
        raise NotCompilableError(name)

    def _definition(self, name: str) -> Code:
        if name not in self._hoisted:
            depth, self._depth = self._depth, 0
            try:
                code = self.expression(self._definitions[name], {})
            finally:
                self._depth = depth
            variable = self.variable()
            self._assignments.append(ast.Assign([ast.Name(variable, STORE)], code.node))
            self._hoisted[name] = code._replace(node=name_of(variable), quick=None, kept=None, leaves=())
        return self._hoisted[name]

    def _field(self, base: ast.expr, record: RecordType, name: str) -> Code:
        field = record.fields.get(name)
        if field is None:
            raise NotCompilableError(name)
        if field.absent == "empty":
            return Code(call(name_of("list_or_empty"), base, ast.Constant(name)), field.type)
        node: ast.expr = value_of(base, name)
        if field.type == MONTHS:
            node = call(name_of("Decimal"), node)
        return Code(node, field.type)

    def _path(self, expression: tree.Path, scope: Mapping[str, Code]) -> Code:
        field = self._empty_list_below_absent(expression, scope)
        if field is not None:
            return field
        base = self.expression(expression.base, scope)
        if isinstance(base.type, RecordType):
            return self._field(base.node, base.type, expression.name)
        if isinstance(base.type, ListType) and isinstance(base.type.item, RecordType):
            variable = self.variable()
            if isinstance(base.node, ast.ListComp) and isinstance(base.node.elt, ast.Name):
                # The items of a filter: no list is made of what is only looked into.
                item = self._field(base.node.elt, base.type.item, expression.name)
                return Code(ast.ListComp(item.node, base.node.generators), ListType(item.type))
            item = self._field(name_of(variable), base.type.item, expression.name)
            items = self._bounded(base.node) if self._depth else base.node
            return Code(ast.ListComp(item.node, [generator(variable, items)]), ListType(item.type))
        raise NotCompilableError("path")

    def _empty_list_below_absent(self, expression: tree.Path, scope: Mapping[str, Code]) -> Code | None:
        """``budget.lines``: empty also where ``budget`` itself is absent."""
        base = expression.base
        if not (isinstance(base, tree.Name) and base.name not in scope and base.name in self._record.fields):
            return None
        record = self._record.fields[base.name].type
        if not isinstance(record, RecordType) or expression.name not in record.fields:
            return None
        field = record.fields[expression.name]
        if field.absent != "empty":
            return None
        keys = ast.Constant(base.name), ast.Constant(expression.name)
        return Code(call(name_of("list_or_empty_below"), name_of("answers"), *keys), field.type)

    def _filter(self, expression: tree.Filter, scope: Mapping[str, Code]) -> Code:
        position = scope.get(expression.condition.name) if isinstance(expression.condition, tree.Name) else None
        if position is not None and position.place:
            return self._item_at_place(expression.base, position, scope)
        domain, item = self.items(expression.base, scope)
        variable = self.variable()
        inner = dict(scope)
        inner["item"] = Code(name_of(variable), item)
        if isinstance(item, RecordType):
            inner.update({name: self._field(name_of(variable), item, name) for name in item.fields})
        require_short(expression.condition)
        with self.inside():
            condition = self.expression(expression.condition, inner)
        if isinstance(condition.type, NumberType):
            if names_used(expression.condition) & (inner.keys() - scope.keys()):
                raise NotCompilableError("a position that depends on the item")
            return Code(call(name_of("item_at"), domain, condition.node), item)
        if condition.type != BOOLEAN:
            raise NotCompilableError("a filter that is neither condition nor position")
        chosen = ast.comprehension(ast.Name(variable, STORE), domain, [condition.node], 0)
        return Code(ast.ListComp(name_of(variable), [chosen]), ListType(item))

    def _item_at_place(self, base: tree.Expression, place: Code, scope: Mapping[str, Code]) -> Code:
        """The item at a counted place: beyond the end, Python's IndexError leads to the reference."""
        items = self.expression(base, scope)
        if not isinstance(items.type, ListType):
            raise NotCompilableError("not known to be a list")
        index = ast.BinOp(place.node, ast.Sub(), ast.Constant(1))
        return Code(ast.Subscript(items.node, index, LOAD), items.type.item)

    def _arithmetic(self, expression: tree.Arithmetic, scope: Mapping[str, Code]) -> Code:
        left, right = self.expression(expression.left, scope), self.expression(expression.right, scope)
        if not (isinstance(left.type, NumberType) and isinstance(right.type, NumberType)):
            raise NotCompilableError("arithmetic on other than numbers")
        operator = OPERATORS.get(expression.op)
        if operator is None:
            raise NotCompilableError(expression.op)
        if expression.op in ("+", "-") and (whole := self._whole(left, right)) is not None:
            return Code(ast.BinOp(whole[0], operator(), whole[1]), NUMBER, whole=True)
        return Code(ast.BinOp(left.exact(), operator(), right.exact()), NUMBER)

    def _negate(self, expression: tree.Negate, scope: Mapping[str, Code]) -> Code:
        operand = self.expression(expression.operand, scope)
        if not isinstance(operand.type, NumberType):
            raise NotCompilableError("minus on other than a number")
        return Code(ast.UnaryOp(ast.USub(), operand.exact()), NUMBER)

    def _compare(self, expression: tree.Compare, scope: Mapping[str, Code]) -> Code:
        left, right = self.expression(expression.left, scope), self.expression(expression.right, scope)
        code = self._comparison(expression.op, left, right)
        equal = self._equal_unrounded(expression, right, scope) if code.sure else None
        if equal is None:
            return code
        if expression.op == "!=":
            return Code(ast.BoolOp(ast.And(), [ast.UnaryOp(ast.Not(), equal), code.node]), BOOLEAN)
        return Code(ast.BoolOp(ast.Or(), [equal, code.node]), BOOLEAN)

    def _equal_unrounded(self, expression: tree.Compare, right: Code, scope: Mapping[str, Code]) -> ast.expr | None:
        """What decides ``answer = rounded``, or ``abs(answer - rounded) <= limit``, mostly, without the rounding.

        An answer that has no more decimals, and that is the number before it is rounded, is the rounded number too. To
        round takes longer than all else in such a comparison.
        """
        match expression:
            case tree.Compare(
                "<=", tree.FunctionCall(tree.Name("abs"), (tree.Arithmetic("-", answer, rounded),), None), _
            ):
                limit = self.names.get(right.node.id) if isinstance(right.node, ast.Name) else None
                if not (isinstance(limit, Decimal) and limit >= 0):
                    return None
            case tree.Compare("=" | "!=", answer, rounded):
                pass
            case _:
                return None
        match rounded:
            case tree.FunctionCall(tree.Name(name), (unrounded, tree.Number(scale)), None):
                if name not in runtime.FUNCTIONS or not runtime.FUNCTIONS[name].rounding:
                    return None
            case _:
                return None
        one = self.expression(answer, scope)
        if not (isinstance(one.type, NumberType) and one.type.within and one.type.decimals is not None):
            return None
        if one.type.decimals > scale or max(one.type.within) >= 10 ** (runtime.MOST_DIGITS - int(scale)):
            return None
        return self._comparison("=", one, self.expression(unrounded, scope)).node

    def _comparison(self, op: str, left: Code, right: Code) -> Code:
        if not comparable(left.type, right.type, ordered=op not in ("=", "!=")):
            raise NotCompilableError("comparison")
        one, other = self._whole(left, right) or (left.node, right.node)
        return Code(ast.Compare(one, [COMPARISONS[op]()], [other]), BOOLEAN)

    def _whole(self, *numbers: Code) -> list[ast.expr] | None:
        """The code of numbers as ints where one of them counts something; None where one may be no small whole number.

        Python takes several times as long with an int and a Decimal.
        """
        if not any(number.whole for number in numbers):
            return None
        found: list[ast.expr] = []
        for number in numbers:
            value = self.names.get(number.node.id) if isinstance(number.node, ast.Name) else None
            if number.whole:
                found.append(number.node)
            elif isinstance(value, Decimal) and abs(value) < LARGEST_WHOLE and value.as_tuple().exponent == 0:
                found.append(ast.Constant(int(value)))
            else:
                return None
        return found

    def _between(self, expression: tree.Between, scope: Mapping[str, Code]) -> Code:
        value, low, high = (
            self.expression(part, scope) for part in (expression.value, expression.low, expression.high)
        )
        if not (comparable(value.type, low.type, ordered=True) and comparable(value.type, high.type, ordered=True)):
            raise NotCompilableError("between")
        return Code(self._within(low.node, value.node, high.node), BOOLEAN)

    def _within(self, low: ast.expr, value: ast.expr, high: ast.expr) -> ast.expr:
        return ast.Compare(low, [ast.LtE(), ast.LtE()], [value, high])

    def _in(self, expression: tree.In, scope: Mapping[str, Code]) -> Code:
        value = self.expression(expression.value, scope)
        tests = [self._test(value, test, scope) for test in expression.tests]
        return Code(tests[0] if len(tests) == 1 else ast.BoolOp(ast.Or(), tests), BOOLEAN)

    def _test(self, value: Code, test: tree.Expression | tree.Test, scope: Mapping[str, Code]) -> ast.expr:
        if isinstance(test, tree.Test):
            return self._comparison(test.op, value, self.expression(test.operand, scope)).node
        if isinstance(test, tree.RangeOf):
            return self._range_test(value, test, scope)
        code = self.expression(test, scope)
        if not isinstance(code.type, ListType):
            return self._comparison("=", value, code).node
        if code.type.item != ANY and not comparable(value.type, code.type.item, ordered=False):
            raise NotCompilableError("in a list of another type")
        node = code.node
        if isinstance(node, ast.Name) and isinstance(members := self.names.get(node.id), list):
            # A list that never changes is looked up as a set.
            self.names[node.id + "_set"] = frozenset(members)
            node = name_of(node.id + "_set")
        elif self._depth:
            node = self._bounded(node)
        return ast.Compare(value.node, [ast.In()], [node])

    def _range_test(self, value: Code, test: tree.RangeOf, scope: Mapping[str, Code]) -> ast.expr:
        if test.low is None or test.high is None:
            raise NotCompilableError("open range")
        ends = self.expression(test.low, scope), self.expression(test.high, scope)
        if not all(comparable(value.type, end.type, ordered=True) for end in ends):
            raise NotCompilableError("a range of another type")
        closed = ast.Constant(test.low_closed), ast.Constant(test.high_closed)
        return call(name_of("within"), value.exact(), *(end.exact() for end in ends), *closed)

    def _logic(self, expression: tree.And | tree.Or, scope: Mapping[str, Code]) -> Code:
        operator = ast.And() if isinstance(expression, tree.And) else ast.Or()
        return Code(ast.BoolOp(operator, [self.condition(part, scope) for part in expression.parts]), BOOLEAN)

    def _if(self, expression: tree.If, scope: Mapping[str, Code]) -> Code:
        condition = self.condition(expression.condition, scope)
        then, otherwise = self.expression(expression.then, scope), self.expression(expression.otherwise, scope)
        if not comparable(then.type, otherwise.type, ordered=False):
            raise NotCompilableError("branches of different types")
        return Code(ast.IfExp(condition, then.exact(), otherwise.exact()), then.type)

    @contextmanager
    def _iterations(
        self, iterations: tuple[tree.Iteration, ...], scope: Mapping[str, Code]
    ) -> Iterator[tuple[list[ast.comprehension], dict[str, Code]]]:
        """The loops, and the scope inside them; what is compiled meanwhile is inside all of them."""
        inner = dict(scope)
        generators = []
        with ExitStack() as loops:
            for iteration in iterations:
                domain, item = self._domain(iteration, inner)
                variable = self.variable()
                counted = iteration.end is not None
                upwards = counted and isinstance(iteration.domain, tree.Number) and iteration.domain.value >= 1
                inner[iteration.name] = Code(name_of(variable), item, whole=counted, place=upwards)
                generators.append(generator(variable, domain))
                loops.enter_context(self.inside())
            yield generators, inner

    def _domain(self, iteration: tree.Iteration, scope: Mapping[str, Code]) -> tuple[ast.expr, Type]:
        if iteration.end is None:
            return self.items(iteration.domain, scope)
        start, end = self.expression(iteration.domain, scope), self.expression(iteration.end, scope)
        if not (isinstance(start.type, NumberType) and isinstance(end.type, NumberType)):
            raise NotCompilableError("counting other than numbers")
        counted = self._whole(start, end) or [start.node, end.node]
        return call(name_of("counting"), *counted, self._longest()), NUMBER

    def _for(self, expression: tree.For, scope: Mapping[str, Code]) -> Code:
        with self._iterations(expression.iterations, scope) as (generators, inner):
            require_short(expression.result)
            result = self.expression(expression.result, inner)
        return Code(ast.ListComp(result.exact(), generators), ListType(result.type))

    def _quantified(self, expression: tree.Quantified, scope: Mapping[str, Code]) -> Code:
        with self._iterations(expression.iterations, scope) as (generators, inner):
            require_short(expression.condition)
            condition = self.condition(expression.condition, inner)
            columns = self._columns_of_pairs(expression, inner)
        function = "any" if expression.quantifier == "some" else "all"
        match condition, generators:
            case ast.Compare(ast.Name(item), [ast.In()], [ast.Name(members)]), [
                ast.comprehension(ast.Name(variable), domain, [])
            ] if item == variable and isinstance(self.names.get(members), frozenset):
                return Code(_in_members(members, domain, function), BOOLEAN)
        node = call(name_of(function), self._truths(condition, generators))
        if not columns:
            return Code(node, BOOLEAN)
        return Code(ast.BoolOp(ast.Or(), [*self._different(columns), node]), BOOLEAN)

    def _different(self, columns: Sequence[ast.expr]) -> list[ast.expr]:
        """What is true, at the first, where all texts of each column are different."""
        tests: list[ast.expr] = [call(name_of("all_different"), column) for column in columns]
        return [tests[0] if len(tests) == 1 else ast.BoolOp(ast.And(), tests)]

    def _columns_of_pairs(self, expression: tree.Quantified, scope: Mapping[str, Code]) -> list[ast.expr]:
        """The columns which, if all texts in each are different, meet a condition on every pair of items of a list.

        Mostly they are, and to see that takes one look at each item, not at each pair. Others have none.
        """
        match expression:
            case tree.Quantified(
                "every",
                (
                    tree.Iteration(later, tree.Number(2), tree.FunctionCall(tree.Name("count"), (tree.Name(items),))),
                    tree.Iteration(sooner, tree.Number(1), tree.Arithmetic("-", tree.Name(last), tree.Number(1))),
                ),
                condition,
            ) if last == later != sooner:
                parts = condition.parts if isinstance(condition, tree.And) else (condition,)
            case _:
                return []
        columns: list[ast.expr] = []
        for part in parts:
            for choice in part.parts if isinstance(part, tree.Or) else (part,):
                column = self._column_of_pair(choice, items, {later, sooner}, scope)
                if column is not None:
                    columns.append(column)
                    break
            else:
                return []
        return columns

    def _column_of_pair(
        self, choice: tree.Expression, items: str, places: set[str], scope: Mapping[str, Code]
    ) -> ast.expr | None:
        """The column of which the choice asks that its texts at both places are different."""
        match choice:
            case tree.Compare(
                "!=",
                tree.FunctionCall(tree.Name(name), (tree.Path(tree.Filter(tree.Name(one), tree.Name(here)), field),)),
                tree.FunctionCall(
                    tree.Name(other_name),
                    (tree.Path(tree.Filter(tree.Name(other), tree.Name(there)), other_field),),
                ),
            ) if (name, one, field) == (other_name, items, other_field) and other == items and {here, there} == places:
                match self.expression(choice.left, scope).node:
                    case ast.Subscript(ast.Name() as column, ast.BinOp()):
                        return column
        return None

    def _truths(self, condition: ast.expr, generators: list[ast.comprehension]) -> ast.expr:
        """What the condition says of every item, as far as somebody asks."""
        return ast.GeneratorExp(condition, generators)

    def _call(self, expression: tree.FunctionCall, scope: Mapping[str, Code]) -> Code:
        if not isinstance(expression.function, tree.Name) or expression.names is not None:
            raise NotCompilableError("call")
        function = runtime.FUNCTIONS.get(expression.function.name)
        if function is None or expression.function.name in scope:
            raise NotCompilableError(expression.function.name)
        if expression.function.name == "sum" and (added := appended(expression)) is not None:
            return self._sum_from(*added, scope)
        if expression.function.name in OF_ONE_TEXT:
            found = self._of_place(expression.arguments[0], name_of(function.name), scope)
            if found is not None:
                return found
        arguments = [self.expression(argument, scope) for argument in expression.arguments]
        result = function.result(tuple(argument.type for argument in arguments))
        if function.rounding and isinstance(scale := expression.arguments[1], tree.Number):
            return self._rounded(arguments[0], scale, function.rounding)
        if expression.function.name == "not":
            return Code(ast.UnaryOp(ast.Not(), arguments[0].node), result)
        node = call(name_of(function.name), *(argument.exact() for argument in arguments))
        return Code(node, result, whole=function.name == "count")

    def _of_place(self, argument: tree.Expression, function: ast.Name, scope: Mapping[str, Code]) -> Code | None:
        """A function of a text of ``definition[place]``: worked out once for every item, as each meets all others."""
        match argument:
            case tree.Path(tree.Filter(tree.Name(name), tree.Name(counted)), field):
                place = scope.get(counted)
            case _:
                return None
        if place is None or not place.place or name in scope or name not in self._definitions:
            return None
        items = self._definition(name)
        if not (isinstance(items.type, ListType) and isinstance(items.type.item, RecordType)):
            return None
        key = f"{function.id} of {field} of {name}"
        if key not in self._hoisted:
            column, variable = self._column(items.node, items.type.item, field, function), self.variable()
            self._assignments.append(ast.Assign([ast.Name(variable, STORE)], column))
            self._hoisted[key] = Code(name_of(variable), ListType(TEXT))
        index = ast.BinOp(place.node, ast.Sub(), ast.Constant(1))
        return Code(ast.Subscript(self._hoisted[key].node, index, LOAD), TEXT)

    def _column(self, items: ast.expr, record: RecordType, field: str, function: ast.Name) -> ast.expr:
        """The list of what a function gives for a text of each record."""
        variable = self.variable()
        text = self._field(name_of(variable), record, field)
        if not isinstance(text.type, TextType):
            raise NotCompilableError("texts")
        return ast.ListComp(call(function, text.node), [generator(variable, items)])

    def _sum_from(self, items: tree.Expression, start: tree.Expression, scope: Mapping[str, Code]) -> Code:
        """``sum(append(items, start))``, the sum that an empty list has too, without the longer list."""
        numbers, first = self.expression(items, scope), self.expression(start, scope)
        if not (isinstance(numbers.type, ListType) and isinstance(numbers.type.item, NumberType)):
            raise NotCompilableError("sum of other than numbers")
        if not isinstance(first.type, NumberType):
            raise NotCompilableError("sum of other than numbers")
        return Code(call(name_of("sum"), numbers.node, first.exact()), NUMBER)

    def _rounded(self, number: Code, scale: tree.Number, mode: str) -> Code:
        """Rounding to a number of decimals that is written down: to the cent, mostly."""
        if scale.value not in range(21):
            raise NotCompilableError("rounding to so many decimals")
        unit = self._keep(Decimal(1).scaleb(-int(scale.value)))
        quantize = ast.Attribute(number.exact(), "quantize", LOAD)
        return Code(call(quantize, unit.node, ast.Constant(mode)), NUMBER)

    def _list(self, expression: tree.ListOf, scope: Mapping[str, Code]) -> Code:
        items = [self.expression(item, scope) for item in expression.items]
        if not items or not all(alike(items[0].type, item.type) for item in items[1:]):
            raise NotCompilableError("list of different types")
        return Code(ast.List([item.exact() for item in items], LOAD), ListType(items[0].type))


def _in_members(members: str, items: ast.expr, quantity: str) -> ast.expr:
    """Whether any or all of some items are among members that never change: the set looks itself, without a loop."""
    if quantity == "all":
        return call(ast.Attribute(name_of(members), "issuperset", LOAD), items)
    return ast.UnaryOp(ast.Not(), call(ast.Attribute(name_of(members), "isdisjoint", LOAD), items))


def require_short(body: tree.Expression) -> None:
    """Leave a loop to the reference evaluator, which counts its work, where each turn is much of it."""
    if body.span.end - body.span.start > runtime.LONGEST_BODY:
        raise NotCompilableError("a loop with so long a body")


def appended(expression: tree.FunctionCall) -> tuple[tree.Expression, tree.Expression] | None:
    """The list and the item of ``f(append(list, item))``."""
    match expression.arguments:
        case (tree.FunctionCall(tree.Name("append"), (items, item), None),):
            return items, item
    return None


_BY_NODE: Mapping[type, Callable[..., Code]] = {
    tree.Name: Compiler._name,
    tree.Path: Compiler._path,
    tree.Filter: Compiler._filter,
    tree.Arithmetic: Compiler._arithmetic,
    tree.Negate: Compiler._negate,
    tree.Compare: Compiler._compare,
    tree.Between: Compiler._between,
    tree.In: Compiler._in,
    tree.And: Compiler._logic,
    tree.Or: Compiler._logic,
    tree.If: Compiler._if,
    tree.For: Compiler._for,
    tree.Quantified: Compiler._quantified,
    tree.FunctionCall: Compiler._call,
    tree.ListOf: Compiler._list,
}
