"""Trees made from trees: the same form with other parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from mpfcheck.feel.tree import Node

__all__ = ["with_parts"]

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
