"""Where an evaluation stands: the names in scope, and which function evaluates which kind of node.

The modules that evaluate register their functions in :data:`EVALUATE` and call each other through it, without a
function in between: a tree is as deep on Python's stack as it is itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

from mpfcheck.feel.limits import Run
from mpfcheck.feel.values import Record, Unanswered, Value

__all__ = ["EVALUATE", "Evaluator", "Members", "Names", "Scope"]


class Names(Protocol):
    """Something that gives values by name."""

    def __contains__(self, name: str, /) -> bool: ...

    def __getitem__(self, name: str, /) -> Value: ...


class Scope:
    """Names and their values, and the scope around them."""

    __slots__ = ("names", "parent", "run")

    def __init__(self, names: Names, parent: Scope | None, run: Run) -> None:
        self.names = names
        self.parent = parent
        self.run = run

    def inner(self, names: Names) -> Scope:
        """A scope inside this one."""
        return Scope(names, self, self.run)

    def of_item(self, item: Value) -> Scope:
        """The scope of a filter's condition: the item's members, and the item itself as ``item``."""
        scope = Scope({"item": item}, self, self.run)
        if isinstance(item, dict):
            return Scope(item, scope, self.run)
        if isinstance(item, Record) or (isinstance(item, Unanswered) and hasattr(item.type, "fields")):
            return Scope(Members(item, self.run), scope, self.run)
        if isinstance(item, Unanswered) and item.known is not None:
            there = {name: item.member(name, self.run.read) for name in item.known}
            return Scope(there, scope, self.run)
        return scope

    def in_open_item(self, name: str) -> Value:
        """A name nobody knows: a field still to come of an item whose fields nobody declared, or null."""
        around: Scope | None = self
        while around is not None:
            if "item" in around.names:
                item = around.names["item"]
                if isinstance(item, Unanswered) and item.known is not None:
                    return item.member(name)
            around = around.parent
        return None


class Members:
    """The declared fields of a record, answered or not, as names."""

    __slots__ = ("record", "run")

    def __init__(self, record: Record | Unanswered, run: Run) -> None:
        self.record = record
        self.run = run

    def __contains__(self, name: str, /) -> bool:
        return name in getattr(self.record.type, "fields", ())

    def __getitem__(self, name: str, /) -> Value:
        if isinstance(self.record, Record):
            return self.record.member(name, self.run.read)
        return self.record.member(name)


Evaluator: TypeAlias = Callable[[Any, Scope], Value]
"""Evaluates one kind of node; which kind is known only to the table."""

EVALUATE: dict[type, Evaluator] = {}
