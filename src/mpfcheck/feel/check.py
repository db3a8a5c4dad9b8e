"""Static checking: the type of an expression and everything that is wrong with it, before any proposal is seen.

FEEL itself answers null where types do not go together, and a rule that ends in null is inconclusive for everyone.
This walk finds such places while the rule is written: names, fields, functions and codes that do not exist, values
that cannot be compared or added. It goes on after a mistake, with a type that goes with everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mpfcheck.feel.agreement import fits
from mpfcheck.feel.check_walk import Walk
from mpfcheck.feel.description import describe
from mpfcheck.feel.mistakes import Mistake
from mpfcheck.feel.tree import Expression
from mpfcheck.feel.types import ANY, Type
from mpfcheck.feel.unparse import unparse

__all__ = ["Checked", "Mistake", "check"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of an expression: its type, its mistakes in the order of the text, the type of every part."""

    tree: Expression
    type: Type
    mistakes: tuple[Mistake, ...]
    _types: Mapping[int, Type] = field(repr=False)

    def type_of(self, node: Expression) -> Type:
        """The type of a part of the tree (that very object, not one equal to it)."""
        return self._types.get(id(node), ANY)


def check(tree: Expression, names: Mapping[str, Type], *, wanted: Type = ANY) -> Checked:
    """Check an expression that may use these names, beside FEEL's built-in functions.

    ``wanted`` is the type it must have, such as BOOLEAN for the condition of a rule.
    """
    walk = Walk()
    found = walk.type_of(tree, names)
    if not fits(found, wanted):
        message = f"`{unparse(tree)}` is {describe(found)}, but this must be {describe(wanted)}."
        walk.mistakes.append(Mistake(message, tree.span))
    mistakes = tuple(sorted(dict.fromkeys(walk.mistakes), key=lambda mistake: mistake.span))
    return Checked(tree, found, mistakes, walk.types)
