"""How much work one evaluation may do, and the account of it."""

from __future__ import annotations

from mpfcheck.frozen import Frozen
from mpfcheck.language.errors import LimitExceeded

__all__ = ["Limits", "Run"]


class Limits(Frozen):
    """What one evaluation may use.

    ``steps`` counts turns of loops and filters, calls and comparisons of items; ``items`` is the longest list,
    ``characters`` the longest text, ``depth`` how deep functions may call functions.
    """

    steps: int = 1_000_000
    items: int = 100_000
    characters: int = 1_000_000
    depth: int = 60


class Run:
    """The account of one evaluation; ``read`` collects the JSON Pointers of answers that were read."""

    __slots__ = ("depth", "limits", "read", "steps")

    def __init__(self, limits: Limits, read: set[str] | None = None) -> None:
        self.limits = limits
        self.steps = limits.steps
        self.depth = 0
        self.read = read

    def spend(self, steps: int = 1) -> None:
        """Account for so many steps; raises :class:`LimitExceeded` when there are none left."""
        self.steps -= steps
        if self.steps < 0:
            raise LimitExceeded(f"the expression takes more than {self.limits.steps} steps")

    def check_items(self, size: int) -> None:
        """Refuse a list of so many items if that is too many."""
        if size > self.limits.items:
            raise LimitExceeded(f"the expression makes a list of more than {self.limits.items} items")

    def check_characters(self, size: int) -> None:
        """Refuse a text of so many characters if that is too many."""
        if size > self.limits.characters:
            raise LimitExceeded(f"the expression makes a text of more than {self.limits.characters} characters")
