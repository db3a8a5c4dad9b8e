"""Comparisons and sums of numbers of which some are not answered, each as one function of straight code.

It works out the least and the greatest that a number can be, as :mod:`mpfcheck.feel.compile.half_filled_runtime` does
operation by operation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from mpfcheck.feel.compile.compiler import COMPARISONS, Compiler, call, functions_of, name_of
from mpfcheck.feel.compile.nodes import LOAD, STORE
from mpfcheck.feel.compile.runtime import BUILT_IN

if TYPE_CHECKING:
    import ast
else:
    from mpfcheck.feel.compile import nodes as ast

__all__ = ["add_comparison", "add_total"]

_Ends = tuple[ast.expr, ast.expr]
"""The code of the least and of the greatest."""


def add_comparison(
    names: dict[str, object], op: str, left: ast.expr, right: ast.expr, leaves: Sequence[str], otherwise: ast.expr
) -> ast.expr:
    """The code of ``left op right``, both made of operations on the variables ``leaves`` and of constants in ``names``.

    The function it calls is added to ``names``. Its way out is ``otherwise``: for what stands for numbers in another
    way, and for products of negative ones. Where there is nothing to work out, or no code for it, that is all.
    """
    function = _Function(names, leaves, otherwise)
    if isinstance(left, ast.Name) and isinstance(right, ast.Name):
        return otherwise
    ours, theirs = function.ends(left), function.ends(right)
    if ours is None or theirs is None:
        return otherwise
    name = f"compared_{len(names)}"
    names[name] = function.made(name, _compared(op, ours, theirs))
    return call(name_of(name), *map(name_of, leaves))


def add_total(
    names: dict[str, object],
    items: ast.expr,
    condition: ast.Lambda,
    field: tuple[ast.expr, ast.Name],
    start: ast.expr,
) -> ast.expr:
    """The code of the sum of ``start`` and a field of the items that meet a condition.

    ``field`` is its name, and what stands for one that is not answered. The function it calls is added to ``names``:
    a loop where the list is there and its numbers are or have limits. Its way out works for all others.
    """
    here, begun = name_of("items"), name_of("start")
    way_out = ast.Return(call(name_of("total_of_chosen"), here, condition, *field, begun))
    item, met, amount = name_of(condition.args.args[0].arg), name_of("met"), name_of("amount")
    both: list[ast.stmt] = [_add("low", amount), _add("high", amount)]
    ends = [_add(end, ast.Subscript(amount, ast.Constant(at), LOAD)) for at, end in enumerate(("low", "high"))]
    chosen = [
        _assign("amount", call(ast.Attribute(item, "get", LOAD), *field)),
        ast.If(
            _has_type("amount", "Decimal"),
            both,
            [ast.If(_has_type("amount", "tuple"), [_assign("sure", ast.Constant(value=False)), *ends], [way_out])],
        ),
    ]
    perhaps = ast.Expr(call(ast.Attribute(name_of("perhaps"), "append", LOAD), item))
    not_met = ast.If(ast.Compare(met, [ast.IsNot()], [ast.Constant(value=False)]), [way_out], [])
    not_sure = ast.If(ast.Compare(met, [ast.Is()], [name_of("TRUTH")]), [perhaps], [not_met])
    body = [
        _assign("met", condition.body),
        ast.If(ast.Compare(met, [ast.Is()], [ast.Constant(value=True)]), chosen, [not_sure]),
    ]
    plain = ast.BoolOp(ast.And(), [_has_type("items", "list"), _has_type("start", "Decimal")])
    pair = ast.Tuple([name_of("low"), name_of("high")], LOAD)
    total = call(name_of("total_with"), name_of("low"), name_of("high"), name_of("perhaps"), *field)
    statements: list[ast.stmt] = [
        ast.If(ast.UnaryOp(ast.Not(), plain), [way_out], []),
        ast.Assign([ast.Name("low", STORE), ast.Name("high", STORE)], begun),
        _assign("sure", ast.Constant(value=True)),
        _assign("perhaps", ast.List([], LOAD)),
        ast.For(ast.Name(item.id, STORE), here, body, []),
        ast.If(name_of("perhaps"), [ast.Return(total)], []),
        ast.Return(ast.IfExp(name_of("sure"), name_of("low"), pair)),
    ]
    others = sorted(_variables(condition) - names.keys() - BUILT_IN.keys())
    name = f"total_{len(names)}"
    names[name] = functions_of([Compiler.inner(name, ["items", "start", *others], statements)], names)[name]
    return call(name_of(name), items, start, *map(name_of, others))


def _variables(function: ast.Lambda) -> set[str]:
    """The names that a function reads and does not give a value itself."""
    nodes = list(ast.walk(function))
    read = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    kept = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return read - kept - {node.arg for node in nodes if isinstance(node, ast.arg)}


def _assign(variable: str, value: ast.expr) -> ast.Assign:
    return ast.Assign([ast.Name(variable, STORE)], value)


def _add(variable: str, value: ast.expr) -> ast.AugAssign:
    return ast.AugAssign(ast.Name(variable, STORE), ast.Add(), value)


class _Function:
    """The statements of a function, as they come up."""

    def __init__(self, names: Mapping[str, object], leaves: Sequence[str], otherwise: ast.expr) -> None:
        self._names = names
        self._leaves = leaves
        self._way_out = ast.Return(otherwise)
        self._statements: list[ast.stmt] = []
        for leaf in leaves:
            low, high = ast.Name(f"{leaf}_low", STORE), ast.Name(f"{leaf}_high", STORE)
            both = ast.Assign([ast.Tuple([low, high], STORE)], name_of(leaf))
            pair = ast.If(_has_type(leaf, "tuple"), [both], [self._way_out])
            self._statements.append(
                ast.If(_has_type(leaf, "Decimal"), [ast.Assign([low, high], name_of(leaf))], [pair])
            )

    def made(self, name: str, result: ast.expr) -> object:
        """The function, which gives ``result``."""
        function = Compiler.inner(name, self._leaves, [*self._statements, ast.Return(result)])
        return functions_of([function], self._names)[name]

    def ends(self, node: ast.expr) -> _Ends | None:
        """The code of the ends of what a node gives; None where there is none."""
        match node:
            case ast.Name(name) if name in self._leaves:
                return name_of(f"{name}_low"), name_of(f"{name}_high")
            case ast.Name(name) if isinstance(self._names.get(name), Decimal):
                return node, node
            case ast.Call(ast.Name("abs_of_any"), [number]):
                return self._absolute(number)
            case ast.Call(ast.Name("rounded"), [number, unit, mode, *_]):
                return self._rounded(number, unit, mode)
            case ast.Call(ast.Name("add" | "subtract" | "multiply" as operation), [left, right]):
                return self._calculated(operation, left, right)
        return None

    def _calculated(self, operation: str, left: ast.expr, right: ast.expr) -> _Ends | None:
        one, other = self.ends(left), self.ends(right)
        if one is None or other is None:
            return None
        (low, high), (least, most) = one, other
        if operation == "add":
            return self._kept(ast.BinOp(low, ast.Add(), least), ast.BinOp(high, ast.Add(), most))
        if operation == "subtract":
            return self._kept(ast.BinOp(low, ast.Sub(), most), ast.BinOp(high, ast.Sub(), least))
        for number in (low, least):
            if not (isinstance(number, ast.Name) and self._is_constant_from_zero(number.id)):
                self._statements.append(ast.If(_less(number, _zero()), [self._way_out], []))
        return self._kept(ast.BinOp(low, ast.Mult(), least), ast.BinOp(high, ast.Mult(), most))

    def _is_constant_from_zero(self, name: str) -> bool:
        value = self._names.get(name)
        return isinstance(value, Decimal) and value >= 0

    def _rounded(self, number: ast.expr, unit: ast.expr, mode: ast.expr) -> _Ends | None:
        ends = self.ends(number)
        if ends is None:
            return None
        return self._kept(*(call(ast.Attribute(end, "quantize", LOAD), unit, mode) for end in ends))

    def _absolute(self, number: ast.expr) -> _Ends | None:
        ends = self.ends(number)
        if ends is None:
            return None
        low, high = self._kept(*ends)
        lower, upper = (ast.UnaryOp(ast.USub(), end) for end in (low, high))
        below_zero = ast.IfExp(_less(high, _zero()), upper, _zero())
        least = ast.IfExp(_less(low, _zero()), below_zero, low)
        most = ast.IfExp(_less(high, lower), lower, high)
        return self._kept(least, most)

    def _kept(self, low: ast.expr, high: ast.expr) -> tuple[ast.Name, ast.Name]:
        """Two new variables that hold the ends."""
        number = len(self._statements)
        names = f"low_{number}", f"high_{number}"
        self._statements += [
            ast.Assign([ast.Name(name, STORE)], end) for name, end in zip(names, (low, high), strict=True)
        ]
        return name_of(names[0]), name_of(names[1])


def _compared(op: str, ours: _Ends, theirs: _Ends) -> ast.expr:
    (low, high), (least, most) = ours, theirs
    if op in ("=", "!="):
        apart = ast.BoolOp(ast.Or(), [_less(high, least), _less(most, low)])
        same = ast.Compare(low, [ast.Eq(), ast.Eq(), ast.Eq()], [high, least, most])
        return ast.IfExp(apart, ast.Constant(op == "!="), _true_or_open(same, truth=op == "="))
    # An order that holds between the nearest ends holds everywhere, and one that fails between the farthest nowhere.
    near, far = ((high, least), (low, most)) if op in ("<", "<=") else ((low, most), (high, least))
    surely, ever = (ast.Compare(one, [COMPARISONS[op]()], [other]) for one, other in (near, far))
    return ast.IfExp(surely, ast.Constant(value=True), _true_or_open(ast.UnaryOp(ast.Not(), ever), truth=False))


def _true_or_open(decided: ast.expr, *, truth: bool) -> ast.expr:
    return ast.IfExp(decided, ast.Constant(truth), name_of("TRUTH"))


def _has_type(variable: str, kind: str) -> ast.expr:
    return ast.Compare(call(name_of("type"), name_of(variable)), [ast.Is()], [name_of(kind)])


def _less(one: ast.expr, other: ast.expr) -> ast.expr:
    return ast.Compare(one, [ast.Lt()], [other])


def _zero() -> ast.expr:
    return name_of("NOTHING")
