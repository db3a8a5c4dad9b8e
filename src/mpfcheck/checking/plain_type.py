"""The types of the simplest expressions, without the static check: most placeholders are a field or a parameter.

Loading the static check takes longer than checking a proposal, so it is left for the placeholders that need it.
"""

from __future__ import annotations

from collections.abc import Mapping

from mpfcheck.feel import tree
from mpfcheck.feel.types import NUMBER, TEXT, ListType, RecordType, Type

__all__ = ["plain_type"]


def plain_type(expression: tree.Expression, names: Mapping[str, Type]) -> Type | None:
    """The type of a literal, a name, a path from a name, or a choice between two such; None for anything else."""
    match expression:
        case tree.Text():
            return TEXT
        case tree.Number():
            return NUMBER
        case tree.Name(name):
            return names.get(name)
        case tree.Path(base, name):
            return _member(plain_type(base, names), name)
        case tree.If(_, then, otherwise):
            one, other = plain_type(then, names), plain_type(otherwise, names)
            return one if one == other else None
        case _:
            return None


def _member(base: Type | None, name: str) -> Type | None:
    if isinstance(base, RecordType) and name in base.fields:
        return base.fields[name].type
    if isinstance(base, ListType) and (item := _member(base.item, name)) is not None:
        return ListType(item)
    return None
