"""How much work one evaluation may do, and how much it has done."""

from __future__ import annotations

from mpfcheck.feel.errors import LimitExceeded
from mpfcheck.frozen import Frozen

__all__ = [
    "CHARACTERS_A_STEP",
    "Purse",
    "Run",
    "WorkLimits",
    "turn",
]

WRITTEN_A_STEP = 50
"""How many characters of an expression's own text count as one step more each time it is evaluated again."""

CHARACTERS_A_STEP = 100
"""How many characters of a text that is made count as one step: texts take memory, and many of them much of it."""


class WorkLimits(Frozen):
    """What one evaluation may use.

    ``steps`` counts turns of loops and filters, calls and comparisons of items; ``items`` is the longest list,
    ``characters`` the longest text, ``depth`` how deep functions may call functions.
    """

    steps: int = 1_000_000
    items: int = 100_000
    characters: int = 1_000_000
    depth: int = 60


class Purse:
    """The steps that several evaluations may take together, such as all those for one proposal."""

    __slots__ = ("given", "steps")

    def __init__(self, steps: int) -> None:
        self.given = steps
        self.steps = steps

    def spend(self, steps: int) -> None:
        """Count these steps; raises :class:`LimitExceeded` when no steps are left."""
        self.steps -= steps
        if self.steps < 0:
            raise LimitExceeded(f"the expressions together take more than {self.given} steps")


class Run:
    """The account of one evaluation; ``read`` collects the JSON Pointers of answers that were read.

    It spends from its own limit and, where there is one, from a purse it shares with others. ``strict`` says that null
    is never taken for false, see :func:`mpfcheck.feel.evaluate.evaluator.evaluate`.
    """

    __slots__ = ("depth", "limits", "purse", "read", "steps", "strict")

    def __init__(
        self, limits: WorkLimits, read: set[str] | None = None, purse: Purse | None = None, *, strict: bool = False
    ) -> None:
        self.limits = limits
        self.strict = strict
        self.steps = limits.steps
        self.purse = purse
        self.depth = 0
        self.read = read

    def spend(self, steps: int = 1) -> None:
        """Count these steps; raises :class:`LimitExceeded` when no steps are left."""
        self.steps -= steps
        if self.steps < 0:
            raise LimitExceeded(f"the expression takes more than {self.limits.steps} steps")
        purse = self.purse
        if purse is not None:
            purse.spend(steps)

    def is_null(self, *values: object) -> bool:
        """Whether a comparison of these has no answer because one is null: only a strict run leaves it without one."""
        return self.strict and None in values

    def check_items(self, size: int) -> None:
        """Raise :class:`LimitExceeded` for a list of too many items."""
        if size > self.limits.items:
            raise LimitExceeded(f"the expression makes a list of more than {self.limits.items} items")

    def check_characters(self, size: int) -> None:
        """Raise :class:`LimitExceeded` for a text of too many characters; count the work of making it."""
        if size > self.limits.characters:
            raise LimitExceeded(f"the expression makes a text of more than {self.limits.characters} characters")
        if size >= CHARACTERS_A_STEP:
            self.spend(size // CHARACTERS_A_STEP)


def turn(start: int, end: int) -> int:
    """The steps of one turn of a loop or one call of a function, whose body stands from ``start`` to ``end``.

    A long body is more work than a short one, so turns alone would say little of the time they take.
    """
    return 1 + (end - start) // WRITTEN_A_STEP
