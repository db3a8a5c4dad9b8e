"""One state of a draft as conditions of a form see it: their values, and the items of lists they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import localcontext

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.names import ProposalNames
from mpfcheck.drafting.reading import ReadDraft
from mpfcheck.drafting.step import State
from mpfcheck.feel.errors import LanguageError
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.syntax.tree import Expression
from mpfcheck.feel.values.value import ARITHMETIC, Unanswered, Value
from mpfcheck.forms.form import Group
from mpfcheck.packs.template import Condition

__all__ = ["View"]


class View:
    """A state, what could be read of it, and the values of conditions."""

    def __init__(self, state: State, read: ReadDraft, checker: Checker) -> None:
        self.state = state
        self.read = read
        self._names = checker.names_of(read.answers)

    def holds(self, condition: Condition | None, names: ProposalNames | None = None) -> bool:
        """Whether something is shown: where its condition is true, or where it has none."""
        return condition is None or self.value(condition.tree, names) is True

    def value(self, expression: Expression, names: ProposalNames | None = None) -> Value:
        """The value of an expression; null where it cannot be worked out within the limits of the language."""
        try:
            with localcontext(ARITHMETIC):
                return (names or self._names).value(expression)
        except LanguageError:
            return None

    def item_names(self, group: Group) -> Sequence[ProposalNames]:
        """The names for each item of a group that can be read."""
        items = self.value(parse(".".join(group.field)))
        if isinstance(items, Unanswered) or not isinstance(items, list):
            return ()
        return [self._names.with_item(group.item, item) for item in items]
