"""The tree of a FEEL expression: what the parser makes and every walk (types, evaluation, compilation, words) reads.

A tree is immutable and knows nothing of proposals or calls. Every node carries the :class:`Span` of the text it was
read from, so that whoever finds something wrong with it can point there. Two trees are equal when they say the same,
wherever they stand: spans do not take part in comparison.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

__all__ = [
    "And",
    "Arithmetic",
    "Between",
    "Boolean",
    "Call",
    "Compare",
    "Context",
    "Expression",
    "Filter",
    "For",
    "FunctionLiteral",
    "If",
    "In",
    "InstanceOf",
    "Iteration",
    "ListOf",
    "Name",
    "Negate",
    "Null",
    "Number",
    "Or",
    "Path",
    "Quantified",
    "RangeOf",
    "Span",
    "Temporal",
    "Test",
    "Text",
    "TypeName",
]


class Span(NamedTuple):
    """Where a node stands in its text: the offsets of its first character and of the one after its last."""

    start: int
    end: int


NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Number:
    """A number literal, exact."""

    value: Decimal
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A string literal, its escapes already read."""

    value: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Boolean:
    """``true`` or ``false``."""

    value: bool
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Null:
    """``null``."""

    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Temporal:
    """An at-literal such as ``@"2024-03-01"`` or ``@"P2M"``; ``text`` is what stands between the quotes."""

    text: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, parameter, definition, code list or built-in function, by its name (blanks inside as one blank)."""

    name: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Path:
    """``base.name``: a member of a context or record; of a list, that member of every item."""

    base: Expression
    name: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """``base[condition]``: the items for which the condition holds, or the item at a position (from 1; negative: from the end)."""

    base: Expression
    condition: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``left op right``."""

    op: Literal["+", "-", "*", "/", "**"]
    left: Expression
    right: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Negate:
    """``-operand``."""

    operand: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """``left op right``."""

    op: Literal["=", "!=", "<", "<=", ">", ">="]
    left: Expression
    right: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Between:
    """``value between low and high``, both ends included."""

    value: Expression
    low: Expression
    high: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Test:
    """A unary test inside ``in (…)``: ``< 10``, ``= x`` …; its left side is the value that is tested."""

    op: Literal["=", "!=", "<", "<=", ">", ">="]
    operand: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class In:
    """``value in test`` or ``value in (test, test, …)``: one of the tests holds.

    A test that is no :class:`Test` is an expression: a list or range to be in, or a value to be equal to.
    """

    value: Expression
    tests: tuple[Expression | Test, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """A chain of ``and``; at least two parts."""

    parts: tuple[Expression, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """A chain of ``or``; at least two parts."""

    parts: tuple[Expression, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class If:
    """``if condition then then else otherwise``."""

    condition: Expression
    then: Expression
    otherwise: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Iteration:
    """``name in domain``, or ``name in domain .. end`` counting from the one number to the other."""

    name: str
    domain: Expression
    end: Expression | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class For:
    """``for … return result``; ``partial`` holds the results so far."""

    iterations: tuple[Iteration, ...]
    result: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Quantified:
    """``some … satisfies condition`` or ``every … satisfies condition``."""

    quantifier: Literal["some", "every"]
    iterations: tuple[Iteration, ...]
    condition: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class TypeName:
    """A type as written after ``instance of`` or ``:``: ``number``, ``list<string>``, ``context<a: number>`` …

    ``parameters`` holds the item types of list and range, or the parameter types of a function; ``members`` the
    entries of a context; ``result`` a function's result.
    """

    name: str
    parameters: tuple[TypeName, ...] = ()
    members: tuple[tuple[str, TypeName], ...] = ()
    result: TypeName | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class InstanceOf:
    """``value instance of type``."""

    value: Expression
    type: TypeName
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """``function(a, b)``, or with named arguments ``function(x: a, y: b)``: then ``names`` holds their names, in order."""

    function: Expression
    arguments: tuple[Expression, ...]
    names: tuple[str, ...] | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ListOf:
    """``[a, b, c]``."""

    items: tuple[Expression, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Context:
    """``{name: value, …}``; a value may use the entries before it."""

    entries: tuple[tuple[str, Expression], ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class RangeOf:
    """A range: ``[low..high]``, ``(low..high)`` … or a one-sided ``(< high)``, ``(>= low)``, whose other end is None.

    ``(= x)`` is ``[x..x]``. ``op`` is set for the forms in brackets with an operator (``(!= x)`` has no other reading).
    """

    low: Expression | None
    high: Expression | None
    low_closed: bool
    high_closed: bool
    op: Literal["=", "!=", "<", "<=", ">", ">="] | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class FunctionLiteral:
    """``function(a, b) body``."""

    parameters: tuple[tuple[str, TypeName | None], ...]
    body: Expression
    span: Span = field(default=NOWHERE, compare=False)


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
    | Call
    | ListOf
    | Context
    | RangeOf
    | FunctionLiteral
)
