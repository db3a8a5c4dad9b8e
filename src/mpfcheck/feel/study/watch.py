"""Watched trees: expressions that mean the same, and remember whether the conditions in them came out true or false.

A watched node is of a class made from the class of the node it stands for, so that readers of the tree find what
was there before. Only the evaluator sees the difference: it keeps the value before it hands it on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from mpfcheck.feel.errors import Span
from mpfcheck.feel.evaluate.evaluator import EVALUATE, Scope
from mpfcheck.feel.syntax.tree import And, Expression, Filter, If, Node, Or, Quantified, with_parts
from mpfcheck.feel.values.value import Value

__all__ = [
    "Watched",
    "watch",
]


_KINDS: dict[type[Node], type[Node]] = {}


class Watched:
    """A condition that is watched: where it stands in its text, and what it has come out as so far."""

    __slots__ = ("seen", "span")

    def __init__(self, span: Span) -> None:
        self.span = span
        self.seen: set[bool] = set()


def watch(
    tree: Expression, is_condition: Callable[[Expression], bool], *, whole: bool = True
) -> tuple[Expression, list[Watched]]:
    """The tree with its conditions watched, and the watched ones in the order of the text.

    Conditions are the parts of ``and`` and ``or``, what ``if`` asks and gives, what ``some`` and ``every`` ask of each
    item, what a filter keeps, and with ``whole`` the tree itself; as far as ``is_condition`` says that they are true or
    false.
    """
    found: list[Watched] = []

    def walk(node: Node, as_condition: bool) -> Node:
        wanted = set(map(id, _conditions(cast("Expression", node), as_condition)))
        if not as_condition or not is_condition(cast("Expression", node)):
            return with_parts(node, lambda part: walk(part, id(part) in wanted))
        watched = Watched(node.span)  # type: ignore[attr-defined]  # every node that is an expression has one
        found.append(watched)
        return _watching(with_parts(node, lambda part: walk(part, id(part) in wanted)), watched)

    return cast("Expression", walk(tree, whole)), found


def _conditions(node: Expression, as_condition: bool) -> Iterator[Expression]:
    """The parts of a node that are conditions wherever they are true or false."""
    match node:
        case And(parts) | Or(parts):
            yield from parts
        case If(condition, then, otherwise):
            yield condition
            if as_condition:
                yield from (then, otherwise)
        case Quantified(_, _, condition) | Filter(_, condition):
            yield condition


def _watching(node: Node, watched: Watched) -> Node:
    kind = _KINDS.get(type(node)) or _watching_kind(type(node))
    new = kind.__new__(kind)
    new.__dict__.update(node.__dict__, watched=watched)
    return new


def _watching_kind(kind: type[Node]) -> type[Node]:
    watching = _KINDS[kind] = type(f"Watched{kind.__name__}", (kind,), {"__annotations__": {}})
    evaluate_kind = EVALUATE[kind]

    def evaluate_watched(node: Node, scope: Scope) -> Value:
        value = evaluate_kind(node, scope)
        if isinstance(value, bool):
            node.__dict__["watched"].seen.add(value)
        return value

    EVALUATE[watching] = evaluate_watched
    return watching
