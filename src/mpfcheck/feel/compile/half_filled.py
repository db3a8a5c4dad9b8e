"""Compilation for half-filled proposals: the three-valued meaning of trees as Python code.

A walk of its own over the same trees as :mod:`mpfcheck.feel.compile.compiler`. What may be unanswered is
:class:`~mpfcheck.feel.values.value.Unanswered` in this code, with what is certain of it; a list may be open. Where all
parts of an expression are sure to be there, the code is that of the other walk.

Code leaves by one of ``errors.UNREADY`` where the reference evaluator must be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from mpfcheck.feel.compile import half_filled_runtime as unsure
from mpfcheck.feel.compile import runtime
from mpfcheck.feel.compile.compiler import (
    COMPARISONS,
    OF_ONE_TEXT,
    OPERATORS,
    Code,
    Compiler,
    appended,
    call,
    name_of,
    require_short,
)
from mpfcheck.feel.compile.half_filled_numbers import add_comparison, add_total
from mpfcheck.feel.compile.nodes import LOAD, STORE
from mpfcheck.feel.compile.runtime import alike, comparable
from mpfcheck.feel.errors import NotCompilableError
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.types import (
    ANY,
    BOOLEAN,
    MONTHS,
    NUMBER,
    ListType,
    NumberType,
    RecordType,
    SimpleType,
    TextType,
    Type,
)
from mpfcheck.feel.values.value import Unanswered

if TYPE_CHECKING:
    import ast
else:
    from mpfcheck.feel.compile import nodes as ast

__all__ = ["HalfFilledCompiler"]

_NAMES: Mapping[str, str] = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_OPEN_TEXTS: Mapping[str, str] = {"=": "open_alike", "!=": "open_other"}
_CALCULATIONS: Mapping[str, str] = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}
_CONDITIONS = (tree.And, tree.Between, tree.Compare, tree.In, tree.Or, tree.Quantified)
"""What is never a position, also in the filter of an empty list."""


class HalfFilledCompiler(Compiler):
    """Compiles the expressions of one call for proposals of which not everything is answered."""

    def __init__(
        self,
        record: RecordType,
        constants: Collection[str],
        constant: Callable[[tree.Expression], object],
        definitions: Mapping[str, tree.Expression],
    ) -> None:
        super().__init__(record, constants, constant, definitions)
        self.names = dict(unsure.NAMESPACE)
        self._unanswered: list[tuple[Type, str]] = []
        # Whether a loop over several lists is being compiled, of which all must be there.
        self._in_loops = False

    def truth(self, expression: tree.Expression, scope: Mapping[str, Code]) -> Code:
        """The code of an expression that must be boolean, now or once it is answered."""
        code = self.expression(expression, scope)
        if code.type != BOOLEAN:
            raise NotCompilableError("not known to be true or false")
        return code

    def hoisted(self) -> list[ast.stmt]:
        """What works out the definitions that were compiled since it was last asked: it belongs before their use."""
        assignments, self._assignments = self._assignments, []
        return assignments

    def _without_answer(self, type_: Type) -> ast.Name:
        """What stands for a value of this type that is not answered."""
        if isinstance(type_, RecordType):
            return name_of("ABSENT")
        if isinstance(type_, TextType):
            return name_of("SOME_TEXT")
        for known, name in self._unanswered:
            if known is type_ or (known == type_ and isinstance(type_, SimpleType)):
                return name_of(name)
        name = f"U{len(self._unanswered)}"
        self._unanswered.append((type_, name))
        limits = type_.within if isinstance(type_, NumberType) else None
        self.names[name] = unsure.TRUTH if type_ == BOOLEAN else limits or Unanswered(frozenset(), type_)
        return name_of(name)

    def _bounded(self, node: ast.expr) -> ast.expr:
        return call(name_of("bounded"), node, self._longest())

    # Names and fields

    def _field(self, base: ast.expr, record: RecordType, name: str) -> Code:
        field = record.fields.get(name)
        if field is None:
            raise NotCompilableError(name)
        unanswered = self._without_answer(field.type)
        if isinstance(field.type, ListType):
            function = "listed_or_empty" if field.absent == "empty" else "listed"
            return Code(call(name_of(function), base, ast.Constant(name), unanswered), field.type, sure=False)
        node: ast.expr = call(ast.Attribute(base, "get", LOAD), ast.Constant(name), unanswered)
        if field.type == MONTHS:
            node = call(name_of("months"), node)
        if not isinstance(field.type, NumberType):
            return Code(node, field.type, sure=False)
        variable = self.variable()
        kept = name_of(variable)
        return Code(node, field.type, sure=False, quick=kept, kept=kept, leaves=((variable, node),))

    def _path(self, expression: tree.Path, scope: Mapping[str, Code]) -> Code:
        base = self.expression(expression.base, scope)
        if isinstance(base.type, RecordType):
            return self._field(base.node, base.type, expression.name)
        if not (isinstance(base.type, ListType) and isinstance(base.type.item, RecordType)):
            raise NotCompilableError("path")
        field = base.type.item.fields.get(expression.name)
        if field is None or isinstance(field.type, ListType | RecordType) or field.type == MONTHS:
            raise NotCompilableError(expression.name)
        items = self._bounded(base.node) if self._depth else base.node
        unanswered = self._without_answer(field.type)
        parts = [items, ast.Constant(expression.name), unanswered]
        match base.node:
            case ast.Call(ast.Name("listed"), [_, _, ast.Name(no_list)]):
                # Where the list is not answered at all, its fields are always the same.
                fields = unsure.pluck(self.names[no_list], expression.name, self.names[unanswered.id])
                self.names[f"{no_list}_{unanswered.id}"] = fields
                parts += name_of(no_list), name_of(f"{no_list}_{unanswered.id}")
        return Code(call(name_of("pluck"), *parts), ListType(field.type), sure=False)

    # Lists

    def _body(self, variable: str, body: ast.expr) -> ast.Lambda:
        """``lambda variable: body``."""
        arguments = ast.arguments([], [ast.arg(variable)], None, [], [], None, [])
        return ast.Lambda(arguments, body)

    def _filter(self, expression: tree.Filter, scope: Mapping[str, Code]) -> Code:
        position = scope.get(expression.condition.name) if isinstance(expression.condition, tree.Name) else None
        if position is not None and position.place:
            items = self.expression(expression.base, scope)
            if not isinstance(items.type, ListType):
                raise NotCompilableError("not known to be a list")
            found: ast.expr = call(name_of("place_in"), items.node, position.node)
            if isinstance(items.node, ast.Name):
                is_list = ast.Compare(call(name_of("type"), items.node), [ast.Is()], [name_of("list")])
                index = ast.BinOp(position.node, ast.Sub(), ast.Constant(1))
                found = ast.IfExp(is_list, ast.Subscript(items.node, index, LOAD), found)
            return Code(found, items.type.item, sure=False)
        domain, item = self.items(expression.base, scope)
        if isinstance(expression.condition, tree.Number | tree.Negate):
            at = self.expression(expression.condition, scope)
            return Code(call(name_of("item_at"), domain, at.node), item, sure=False)
        if not isinstance(expression.condition, _CONDITIONS):
            raise NotCompilableError("a filter that may be a position")
        variable = self.variable()
        inner = dict(scope)
        inner["item"] = _item(variable, item)
        if isinstance(item, RecordType):
            inner.update({name: self._field(name_of(variable), item, name) for name in item.fields})
        require_short(expression.condition)
        with self.inside():
            condition = self.truth(expression.condition, inner)
        return Code(call(name_of("filtered"), domain, self._body(variable, condition.node)), ListType(item), sure=False)

    def _loops(
        self,
        iterations: tuple[tree.Iteration, ...],
        scope: Mapping[str, Code],
        function: str,
        body: Callable[[Mapping[str, Code]], Code],
    ) -> tuple[ast.expr, Code]:
        """Calls of a function inside each other, one for each list, and the code of what is inside all of them."""
        first, *others = iterations
        variable = self.variable()
        alone = len(iterations) == 1 and not self._in_loops
        if first.end is None:
            domain, item = self.items(first.domain, scope)
            if not alone:
                domain = call(name_of("plain_list"), domain)
            one = _item(variable, item)
        else:
            start, end = self.expression(first.domain, scope), self.expression(first.end, scope)
            if not (isinstance(start.type, NumberType) and isinstance(end.type, NumberType)):
                raise NotCompilableError("counting other than numbers")
            domain = call(name_of("counting"), start.node, end.node, self._longest())
            upwards = isinstance(first.domain, tree.Number) and first.domain.value >= 1
            one = Code(name_of(variable), NUMBER, whole=True, place=upwards)
        inner = {**scope, first.name: one}
        with self.inside():
            if others:
                before, self._in_loops = self._in_loops, True
                node, code = self._loops(tuple(others), inner, function, body)
                self._in_loops = before
            else:
                before, self._in_loops = self._in_loops, False
                code = body(inner)
                code = code._replace(node=code.exact(), whole=False)
                self._in_loops = before
                node = code.node
        return call(name_of(function), domain, self._body(variable, node)), code

    def _quantified(self, expression: tree.Quantified, scope: Mapping[str, Code]) -> Code:
        require_short(expression.condition)

        columns: list[ast.expr] = []

        def condition(inner: Mapping[str, Code]) -> Code:
            columns.extend(self._columns_of_pairs(expression, inner))
            return self.truth(expression.condition, inner)

        node, _ = self._loops(expression.iterations, scope, expression.quantifier, condition)
        if any(iteration.end is not None for iteration in expression.iterations):
            node = call(name_of("turns"), _later(node))
        if columns:
            node = ast.BoolOp(ast.Or(), [*self._different(columns), node])
        return Code(node, BOOLEAN, sure=False)

    def _for(self, expression: tree.For, scope: Mapping[str, Code]) -> Code:
        (iteration, *others) = expression.iterations
        if others or iteration.end is not None:
            raise NotCompilableError("a loop over several lists")
        require_short(expression.result)
        node, result = self._loops(
            expression.iterations, scope, "each", lambda inner: self.expression(expression.result, inner)
        )
        if isinstance(result.type, ListType | RecordType):
            raise NotCompilableError("a list of lists")
        return Code(node, ListType(result.type), sure=False)

    def _list(self, expression: tree.ListOf, scope: Mapping[str, Code]) -> Code:
        items = [self.expression(item, scope) for item in expression.items]
        if not items or not all(alike(items[0].type, item.type) for item in items[1:]):
            raise NotCompilableError("list of different types")
        return Code(ast.List([item.exact() for item in items], LOAD), ListType(items[0].type), sure=False)

    # Truths

    def _logic(self, expression: tree.And | tree.Or, scope: Mapping[str, Code]) -> Code:
        decides = isinstance(expression, tree.Or)
        first, *others = (self.truth(part, scope) for part in expression.parts)
        found = first
        for other in others:
            found = self._joined(found, other, decides=decides)
        return found

    def _joined(self, one: Code, other: Code, *, decides: bool) -> Code:
        """``one and other``, or with ``or``: what ``decides`` ends it, and what is not answered waits."""
        if one.sure and other.sure:
            return Code(ast.BoolOp(ast.Or() if decides else ast.And(), [one.node, other.node]), BOOLEAN)
        left, right = self.variable(), self.variable()
        node: ast.expr = call(name_of("waits"), name_of(left), name_of(right))
        # The other one may be true, false or TRUTH: then what waits is the one that is left.
        plain = ast.BoolOp(ast.Or(), [_is(name_of(right), truth=not decides), _is_open(right)])
        node = ast.IfExp(ast.BoolOp(ast.And(), [_is_open(left), plain]), name_of(left), node)
        settled = ast.BoolOp(ast.And(), [_is(name_of(left), truth=not decides), plain])
        decided = ast.BoolOp(ast.Or(), [_is(_kept(right, other.node), truth=decides), settled])
        node = ast.IfExp(decided, name_of(right), node)
        node = ast.IfExp(_is(_kept(left, one.node), truth=decides), ast.Constant(decides), node)
        return Code(node, BOOLEAN, sure=False)

    def _if(self, expression: tree.If, scope: Mapping[str, Code]) -> Code:
        condition = self.truth(expression.condition, scope)
        then, otherwise = self.expression(expression.then, scope), self.expression(expression.otherwise, scope)
        if not comparable(then.type, otherwise.type, ordered=False):
            raise NotCompilableError("branches of different types")
        if condition.sure:
            node = ast.IfExp(condition.node, then.exact(), otherwise.exact())
            return Code(node, then.type, sure=then.sure and otherwise.sure)
        variable = self.variable()
        open_choice = call(name_of("either"), name_of(variable), then.exact(), otherwise.exact())
        rest = ast.IfExp(_is(name_of(variable), truth=False), otherwise.exact(), open_choice)
        return Code(
            ast.IfExp(_is(_kept(variable, condition.node), truth=True), then.exact(), rest), then.type, sure=False
        )

    def _comparison(self, op: str, left: Code, right: Code) -> Code:
        if left.sure and right.sure:
            return super()._comparison(op, left, right)
        if not comparable(left.type, right.type, ordered=op not in ("=", "!=")):
            raise NotCompilableError("comparison")
        if isinstance(left.type, TextType) and right.sure and op in _OPEN_TEXTS:
            return self._of_text(
                left, lambda text: ast.Compare(text, [COMPARISONS[op]()], [right.node]), _OPEN_TEXTS[op], right
            )
        if isinstance(left.type, TextType) and op in _OPEN_TEXTS:
            texts = tuple((self.variable(), code.node) for code in (left, right))
            ours, theirs = (name_of(variable) for variable, _ in texts)
            of_open = call(name_of(f"text_{_NAMES[op]}"), ours, theirs)
            return Code(_where_all_are(texts, "str", _compared(op, ours, theirs), of_open), BOOLEAN, sure=False)
        if not isinstance(left.type, NumberType):
            return Code(call(name_of(f"compare_{_NAMES[op]}"), left.node, right.node), BOOLEAN, sure=False)
        function = name_of(f"number_{_NAMES[op]}")
        (one, kept, leaves), (other, others_kept, others) = self._in_leaves(left), self._in_leaves(right)
        leaves = (*leaves, *others)
        otherwise: ast.expr = call(function, kept, others_kept)
        otherwise = add_comparison(self.names, op, kept, others_kept, [variable for variable, _ in leaves], otherwise)
        return Code(_where_all_are(leaves, "Decimal", _compared(op, one, other), otherwise), BOOLEAN, sure=False)

    def _in_leaves(self, code: Code) -> tuple[ast.expr, ast.expr, _Leaves]:
        """The code of a number where all of its leaves are there and where some are not, and its leaves: few."""
        if code.sure:
            return code.exact(), code.exact(), ()
        if code.quick is not None and code.kept is not None and len(code.leaves) < _MOST_LEAVES:
            return code.quick, code.kept, code.leaves
        variable = self.variable()
        return name_of(variable), name_of(variable), ((variable, code.exact()),)

    def _of_text(self, text: Code, plain: Callable[[ast.expr], ast.expr], function: str, other: Code) -> Code:
        """``plain`` of a text that is there, and the function, which takes any, of one that is not."""
        variable = self.variable()
        is_there = ast.Compare(call(name_of("type"), _kept(variable, text.node)), [ast.Is()], [name_of("str")])
        open_text = call(name_of(function), name_of(variable), other.node)
        not_there = ast.IfExp(_is_some_text(variable), name_of("TRUTH"), open_text)
        return Code(ast.IfExp(is_there, plain(name_of(variable)), not_there), BOOLEAN, sure=False)

    def _between(self, expression: tree.Between, scope: Mapping[str, Code]) -> Code:
        value, low, high = (
            self.expression(part, scope) for part in (expression.value, expression.low, expression.high)
        )
        if value.sure and low.sure and high.sure:
            return super()._between(expression, scope)
        first, second = self._comparison(">=", value, low), self._comparison("<=", value, high)
        return self._joined(first, second, decides=False)

    def _in(self, expression: tree.In, scope: Mapping[str, Code]) -> Code:
        value = self.expression(expression.value, scope)
        if len(expression.tests) > 1 and not value.sure:
            raise NotCompilableError("several tests of what may be unanswered")
        if value.sure and all(self._sure(test, scope) for test in expression.tests):
            return super()._in(expression, scope)
        if len(expression.tests) > 1:
            raise NotCompilableError("several tests of which one may be unanswered")
        return self._only_test(value, expression.tests[0], scope)

    def _sure(self, test: tree.Expression | tree.Test, scope: Mapping[str, Code]) -> bool:
        match test:
            case tree.Test(_, operand):
                return self.expression(operand, scope).sure
            case tree.RangeOf(low, high):
                return all(end is None or self.expression(end, scope).sure for end in (low, high))
        return self.expression(test, scope).sure

    def _only_test(self, value: Code, test: tree.Expression | tree.Test, scope: Mapping[str, Code]) -> Code:
        if isinstance(test, tree.Test):
            operand = self.expression(test.operand, scope)
            if not comparable(value.type, operand.type, ordered=test.op not in ("=", "!=")):
                raise NotCompilableError("comparison")
            return Code(
                call(name_of("test"), ast.Constant(test.op), value.exact(), operand.exact()), BOOLEAN, sure=False
            )
        if isinstance(test, tree.RangeOf):
            return Code(self._range_test(value, test, scope), BOOLEAN, sure=False)
        code = self.expression(test, scope)
        if not isinstance(code.type, ListType):
            raise NotCompilableError("in something else than a list")
        if code.type.item != ANY and not comparable(value.type, code.type.item, ordered=False):
            raise NotCompilableError("in a list of another type")
        if isinstance(value.type, NumberType):
            raise NotCompilableError("a number in a list")
        node = code.node
        if isinstance(node, ast.Name) and isinstance(members := self.names.get(node.id), list):
            self.names[node.id + "_set"] = frozenset(members)
            found = Code(name_of(node.id + "_set"), code.type)
            if isinstance(value.type, TextType) and members:
                return self._of_text(value, lambda text: ast.Compare(text, [ast.In()], [found.node]), "in_set", found)
            return Code(call(name_of("in_set"), value.node, found.node), BOOLEAN, sure=False)
        items = self._bounded(node) if self._depth else node
        return Code(call(name_of("in_list"), value.node, items), BOOLEAN, sure=False)

    # Numbers and functions

    def _arithmetic(self, expression: tree.Arithmetic, scope: Mapping[str, Code]) -> Code:
        left, right = self.expression(expression.left, scope), self.expression(expression.right, scope)
        if not (isinstance(left.type, NumberType) and isinstance(right.type, NumberType)):
            raise NotCompilableError("arithmetic on other than numbers")
        if expression.op not in OPERATORS:
            raise NotCompilableError(expression.op)
        if left.sure and right.sure:
            return super()._arithmetic(expression, scope)
        function = name_of(_CALCULATIONS[expression.op])
        (one, kept, leaves), (other, others_kept, others) = self._in_leaves(left), self._in_leaves(right)
        return Code(
            call(function, left.exact(), right.exact()),
            NUMBER,
            sure=False,
            quick=ast.BinOp(one, OPERATORS[expression.op](), other),
            kept=call(function, kept, others_kept),
            leaves=(*leaves, *others),
        )

    def _negate(self, expression: tree.Negate, scope: Mapping[str, Code]) -> Code:
        operand = self.expression(expression.operand, scope)
        if not isinstance(operand.type, NumberType):
            raise NotCompilableError("minus on other than a number")
        return Code(call(name_of("minus"), operand.exact()), NUMBER, sure=operand.sure)

    def _call(self, expression: tree.FunctionCall, scope: Mapping[str, Code]) -> Code:
        if not isinstance(expression.function, tree.Name) or expression.names is not None:
            raise NotCompilableError("call")
        name = expression.function.name
        function = runtime.FUNCTIONS.get(name)
        if function is None or name in scope:
            raise NotCompilableError(name)
        if name == "sum" and (added := appended(expression)) is not None:
            numbers, first = self.expression(added[0], scope), self.expression(added[1], scope)
            if function.result((numbers.type,)) != NUMBER or not isinstance(first.type, NumberType):
                raise NotCompilableError("sum of other than numbers")
            return Code(self._total(numbers.node, first.exact()), NUMBER, sure=False)
        arguments = [self.expression(argument, scope) for argument in expression.arguments]
        result = function.result(tuple(argument.type for argument in arguments))
        if function.rounding:
            return self._rounded_call(expression, arguments, function.rounding, name)
        own = name_of(unsure.FUNCTIONS[name])
        if name in OF_ONE_TEXT and (found := self._of_place(expression.arguments[0], own, scope)) is not None:
            return found
        if name in OF_ONE_TEXT and not arguments[0].sure:
            variable = self.variable()
            is_there = ast.Compare(
                call(name_of("type"), _kept(variable, arguments[0].node)), [ast.Is()], [name_of("str")]
            )
            plain = call(name_of(function.name), name_of(variable))
            not_there = ast.IfExp(_is_some_text(variable), name_of("SOME_TEXT"), call(own, name_of(variable)))
            return Code(ast.IfExp(is_there, plain, not_there), result, sure=False)
        if name == "abs" and not arguments[0].sure:
            quick, kept, leaves = self._in_leaves(arguments[0])
            quick, kept = call(name_of("abs"), quick), call(own, kept)
            node = call(own, arguments[0].exact())
            return Code(node, result, sure=False, quick=quick, kept=kept, leaves=leaves)
        sure = all(argument.sure for argument in arguments) and not isinstance(result, ListType)
        return Code(call(own, *(argument.exact() for argument in arguments)), result, sure=sure)

    def _of_place(self, argument: tree.Expression, function: ast.Name, scope: Mapping[str, Code]) -> Code | None:
        found = super()._of_place(argument, function, scope)
        return None if found is None else found._replace(sure=False)

    def _column(self, items: ast.expr, record: RecordType, field: str, function: ast.Name) -> ast.expr:
        if field not in record.fields:
            raise NotCompilableError(field)
        unanswered = self._without_answer(record.fields[field].type)
        return call(name_of("column"), items, ast.Constant(field), unanswered, function)

    def _total(self, numbers: ast.expr, start: ast.expr) -> ast.expr:
        """The sum of numbers and one more; that of a field of chosen items is one loop."""
        match numbers:
            case ast.Call(
                ast.Name("pluck"),
                [ast.Call(ast.Name("filtered"), [items, ast.Lambda() as condition]), field, ast.Name() as unanswered],
            ):
                return add_total(self.names, items, condition, (field, unanswered), start)
        return call(name_of("total_from"), numbers, start)

    def _rounded_call(self, expression: tree.FunctionCall, arguments: list[Code], mode: str, name: str) -> Code:
        scale = expression.arguments[1]
        if not isinstance(scale, tree.Number) or scale.value not in range(21):
            raise NotCompilableError("rounding to so many decimals")
        unit = self._keep(Decimal(1).scaleb(-int(scale.value)))
        parts = unit.node, ast.Constant(mode), ast.Constant(name), arguments[1].node
        found = Code(call(name_of("rounded"), arguments[0].exact(), *parts), NUMBER, sure=arguments[0].sure)
        if found.sure:
            return found
        quick, kept, leaves = self._in_leaves(arguments[0])
        rounded = call(ast.Attribute(quick, "quantize", LOAD), unit.node, ast.Constant(mode))
        return found._replace(quick=rounded, kept=call(name_of("rounded"), kept, *parts), leaves=leaves)


def _item(variable: str, type_: Type) -> Code:
    """An item of a list, which the variable holds."""
    return Code(name_of(variable), type_, sure=False)


_Leaves: TypeAlias = tuple[tuple[str, ast.expr], ...]
_MOST_LEAVES = 5


def _where_all_are(leaves: _Leaves, kind: str, plain: ast.expr, otherwise: ast.expr) -> ast.expr:
    """``plain`` where all values are of that Python type; ``otherwise`` may read all of their variables too."""
    test: ast.expr | None = None
    for variable, value in leaves:
        there = ast.Compare(call(name_of("type"), _kept(variable, value)), [ast.Is()], [name_of(kind)])
        # No short cut: the variables of the others are to be there.
        test = there if test is None else ast.BinOp(test, ast.BitAnd(), there)
    return plain if test is None else ast.IfExp(test, plain, otherwise)


def _compared(op: str, left: ast.expr, right: ast.expr) -> ast.Compare:
    return ast.Compare(left, [COMPARISONS[op]()], [right])


def _later(node: ast.expr) -> ast.Lambda:
    """``lambda: node``."""
    return ast.Lambda(ast.arguments([], [], None, [], [], None, []), node)


def _kept(variable: str, node: ast.expr) -> ast.NamedExpr:
    """``(variable := node)``."""
    return ast.NamedExpr(ast.Name(variable, STORE), node)


def _is_open(variable: str) -> ast.Compare:
    """Whether a variable holds what will turn out true or false."""
    return ast.Compare(name_of(variable), [ast.Is()], [name_of("TRUTH")])


def _is_some_text(variable: str) -> ast.Compare:
    """Whether a variable holds a text of which nothing is known: whatever it is compared with, that is open."""
    return ast.Compare(name_of(variable), [ast.Is()], [name_of("SOME_TEXT")])


def _is(node: ast.expr, *, truth: bool) -> ast.Compare:
    return ast.Compare(node, [ast.Is()], [ast.Constant(truth)])
