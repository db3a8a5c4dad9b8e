"""The tree of a FEEL expression: what the parser makes and every walk (types, evaluation, compilation, words) reads.

A tree is immutable and knows nothing of proposals or calls. Every node carries the :class:`Span` of the text it was
read from, so that a mistake can be shown at its place. Two trees are equal when they say the same,
wherever they stand: spans do not take part in comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import ClassVar, Literal, TypeAlias, TypeVar

from mpfcheck.feel.errors import NOWHERE, Span
from mpfcheck.frozen import Frozen

__all__ = [
    "And",
    "Arithmetic",
    "Between",
    "Boolean",
    "Compare",
    "Context",
    "Expression",
    "Filter",
    "For",
    "FunctionCall",
    "FunctionLiteral",
    "If",
    "In",
    "InstanceOf",
    "Iteration",
    "ListOf",
    "Name",
    "Negate",
    "Node",
    "Null",
    "Number",
    "Or",
    "Path",
    "Quantified",
    "RangeOf",
    "Temporal",
    "Test",
    "Text",
    "TypeName",
    "parts",
    "with_parts",
]


class Node(Frozen):
    """A part of a tree. Where it stands does not take part in comparison."""

    beside: ClassVar[frozenset[str]] = frozenset({"span"})


class Number(Node):
    """A number literal, exact."""

    value: Decimal
    span: Span = NOWHERE


class Text(Node):
    """A string literal, its escapes already read."""

    value: str
    span: Span = NOWHERE


class Boolean(Node):
    """``true`` or ``false``."""

    value: bool
    span: Span = NOWHERE


class Null(Node):
    """``null``."""

    span: Span = NOWHERE


class Temporal(Node):
    """An at-literal such as ``@"2024-03-01"`` or ``@"P2M"``; ``text`` is the text in the quotes."""

    text: str
    span: Span = NOWHERE


class Name(Node):
    """A variable, parameter, definition, code list or built-in function, by its name (blanks inside as one blank)."""

    name: str
    span: Span = NOWHERE


class Path(Node):
    """``base.name``: a member of a context or record; of a list, that member of every item."""

    base: Expression
    name: str
    span: Span = NOWHERE


class Filter(Node):
    """``base[condition]``: the items for which it holds, or the item at a position from 1 (negative: from the end)."""

    base: Expression
    condition: Expression
    span: Span = NOWHERE


class Arithmetic(Node):
    """``left op right``."""

    op: Literal["+", "-", "*", "/", "**"]
    left: Expression
    right: Expression
    span: Span = NOWHERE


class Negate(Node):
    """``-operand``."""

    operand: Expression
    span: Span = NOWHERE


class Compare(Node):
    """``left op right``."""

    op: Literal["=", "!=", "<", "<=", ">", ">="]
    left: Expression
    right: Expression
    span: Span = NOWHERE


class Between(Node):
    """``value between low and high``, both ends included."""

    value: Expression
    low: Expression
    high: Expression
    span: Span = NOWHERE


class Test(Node):
    """A unary test inside ``in (…)``: ``< 10``, ``= x`` …; its left side is the value that is tested."""

    op: Literal["=", "!=", "<", "<=", ">", ">="]
    operand: Expression
    span: Span = NOWHERE


class In(Node):
    """``value in test`` or ``value in (test, test, …)``: one of the tests holds.

    A test that is not a :class:`Test` is an expression: a list or range to be in, or a value to be equal to.
    """

    value: Expression
    tests: tuple[Expression | Test, ...]
    span: Span = NOWHERE


class And(Node):
    """A chain of ``and``; at least two parts."""

    parts: tuple[Expression, ...]
    span: Span = NOWHERE


class Or(Node):
    """A chain of ``or``; at least two parts."""

    parts: tuple[Expression, ...]
    span: Span = NOWHERE


class If(Node):
    """``if condition then then else otherwise``."""

    condition: Expression
    then: Expression
    otherwise: Expression
    span: Span = NOWHERE


class Iteration(Node):
    """``name in domain``, or ``name in domain .. end`` counting from one number to another."""

    name: str
    domain: Expression
    end: Expression | None = None
    span: Span = NOWHERE


class For(Node):
    """``for … return result``; ``partial`` holds the results so far."""

    iterations: tuple[Iteration, ...]
    result: Expression
    span: Span = NOWHERE


class Quantified(Node):
    """``some … satisfies condition`` or ``every … satisfies condition``."""

    quantifier: Literal["some", "every"]
    iterations: tuple[Iteration, ...]
    condition: Expression
    span: Span = NOWHERE


class TypeName(Node):
    """A type as written after ``instance of`` or ``:``, such as ``number`` or ``list<string>``.

    ``parameters`` holds the item types of list and range, or the parameter types of a function; ``members`` the
    entries of a context; ``result`` a function's result.
    """

    name: str
    parameters: tuple[TypeName, ...] = ()
    members: tuple[tuple[str, TypeName], ...] = ()
    result: TypeName | None = None
    span: Span = NOWHERE


class InstanceOf(Node):
    """``value instance of type``."""

    value: Expression
    type: TypeName
    span: Span = NOWHERE


class FunctionCall(Node):
    """``function(a, b)``, or ``function(x: a, y: b)``: then ``names`` holds the names of the arguments, in order."""

    function: Expression
    arguments: tuple[Expression, ...]
    names: tuple[str, ...] | None = None
    span: Span = NOWHERE


class ListOf(Node):
    """``[a, b, c]``."""

    items: tuple[Expression, ...]
    span: Span = NOWHERE


class Context(Node):
    """``{name: value, …}``; a value may use the entries before it."""

    entries: tuple[tuple[str, Expression], ...]
    span: Span = NOWHERE


class RangeOf(Node):
    """A range: ``[low..high]``, ``(low..high)`` … or a one-sided ``(< high)``, ``(>= low)``, whose other end is None.

    ``(= x)`` is ``[x..x]``. ``op`` is set for the forms in brackets with an operator (``(!= x)`` has no other reading).
    """

    low: Expression | None
    high: Expression | None
    low_closed: bool
    high_closed: bool
    op: Literal["=", "!=", "<", "<=", ">", ">="] | None = None
    span: Span = NOWHERE


class FunctionLiteral(Node):
    """``function(a, b) body``."""

    parameters: tuple[tuple[str, TypeName | None], ...]
    body: Expression
    span: Span = NOWHERE


Expression: TypeAlias = (
    Number
    | Text
    | Boolean
    | Null
    | Temporal
    | Name
    | Path
    | Filter
    | Arithmetic
    | Negate
    | Compare
    | Between
    | In
    | And
    | Or
    | If
    | For
    | Quantified
    | InstanceOf
    | FunctionCall
    | ListOf
    | Context
    | RangeOf
    | FunctionLiteral
)


_Kind = TypeVar("_Kind", bound=Node)
_Change = Callable[[Node], Node]


def with_parts(node: _Kind, change: _Change) -> _Kind:
    """The node with ``change`` made to each node directly inside it; itself where that changes nothing."""
    before = [getattr(node, name) for name in node.fields_of_class]
    after = [_changed(value, change) for value in before]
    if all(new is old for new, old in zip(after, before, strict=True)):
        return node
    return type(node)(*after)


def _changed(value: object, change: _Change) -> object:
    if isinstance(value, Node):
        return change(value)
    if isinstance(value, tuple):
        after = tuple(_changed(part, change) for part in value)
        return value if all(new is old for new, old in zip(after, value, strict=True)) else after
    return value


def parts(tree: Expression | Test | Iteration) -> Iterator[Expression | Test | Iteration]:
    """The expressions, tests and iterations directly inside one, in the order of the text."""
    match tree:
        case Path(base, _):
            yield base
        case Filter(base, condition):
            yield from (base, condition)
        case Arithmetic(_, left, right) | Compare(_, left, right):
            yield from (left, right)
        case Negate(operand) | Test(_, operand):
            yield operand
        case Between(value, low, high):
            yield from (value, low, high)
        case In(value, tests):
            yield from (value, *tests)
        case And(inside) | Or(inside) | ListOf(inside):
            yield from inside
        case If(condition, then, otherwise):
            yield from (condition, then, otherwise)
        case For(iterations, body) | Quantified(_, iterations, body):
            yield from (*iterations, body)
        case Iteration(_, domain, end):
            yield domain
            if end is not None:
                yield end
        case InstanceOf(value, _):
            yield value
        case FunctionCall(function, arguments):
            yield from (function, *arguments)
        case Context(entries):
            yield from (value for _, value in entries)
        case RangeOf(low, high):
            yield from (end for end in (low, high) if end is not None)
        case FunctionLiteral(_, body):
            yield body
