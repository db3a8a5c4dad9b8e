"""Why a condition came out as it did: the condition with the values in it, part by part."""

from __future__ import annotations

from collections.abc import Callable

from mpfcheck.checking.names import ProposalNames
from mpfcheck.checking.wording import NOT_ANSWERED, Label, write_value
from mpfcheck.feel.errors import LanguageError
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.types import Type
from mpfcheck.feel.values.knowledge import items_of
from mpfcheck.feel.values.value import Unanswered, Value
from mpfcheck.frozen import Frozen
from mpfcheck.packs.template import Condition

__all__ = ["Explainer", "Explanation"]

LITERALS = (tree.Number, tree.Text, tree.Boolean, tree.Null, tree.Temporal, tree.RangeOf, tree.FunctionLiteral)
MANY = 5


class Explanation(Frozen):
    """A part of a condition: its text, its value in people's words, whether it holds, and the parts it is made of.

    ``holds`` is None for a part that is no yes or no, or that is still open. ``label`` says what part it is where the
    text does not ("when", "require", or the item it speaks of).
    """

    in_short = ("text", "value", "holds")

    text: str
    value: str
    holds: bool | None
    parts: tuple[Explanation, ...] = ()
    label: str = ""


class Explainer:
    """Explains conditions; ``type_of`` and ``label`` decide how values are written."""

    def __init__(self, type_of: Callable[[Condition, tree.Expression], Type], label: Label) -> None:
        self._type_of = type_of
        self._label = label

    def part(self, condition: Condition, names: ProposalNames, label: str = "") -> Explanation:
        """The whole condition, explained."""
        return self._part(condition, condition.tree, names, label)

    def _part(self, condition: Condition, node: tree.Expression, names: ProposalNames, label: str = "") -> Explanation:
        try:
            value = names.value(node)
        except LanguageError as error:
            return Explanation(_text(condition, node), str(error), None, label=label)
        holds = value if isinstance(value, bool) else None
        written = _yes_or_no(value) or write_value(value, self._type_of(condition, node), self._label)
        if isinstance(value, Unanswered):
            written = _waiting(written, value, names)
        return Explanation(_text(condition, node), written, holds, self._inside(condition, node, names), label)

    def _inside(self, condition: Condition, node: tree.Expression, names: ProposalNames) -> tuple[Explanation, ...]:
        if isinstance(node, tree.Quantified):
            return self._items(condition, node, names)
        inner = [child for child in _operands(node) if not isinstance(child, LITERALS)]
        return tuple(self._part(condition, child, names) for child in inner)

    def _items(self, condition: Condition, node: tree.Quantified, names: ProposalNames) -> tuple[Explanation, ...]:
        """The items that decide: those for which `every` does not hold, or `some` does; all where none does."""
        first, *others = node.iterations
        items = items_of(names.value(tree.For((first,), tree.Name(first.name))))
        if items is None:
            return ()
        condition_of_item = (
            tree.Quantified(node.quantifier, tuple(others), node.condition, node.condition.span)
            if others
            else node.condition
        )
        parts = [
            self._part(
                condition,
                condition_of_item,
                names.with_item(first.name, item),
                f"{first.name} {number if first.end is None else item}",
            )
            for number, item in enumerate(items.items, 1)
        ]
        deciding = [part for part in parts if part.holds is (node.quantifier == "some")]
        shown = deciding or [part for part in parts if part.holds is None] or parts
        return tuple(shown[:MANY])


def _operands(node: tree.Expression) -> tuple[tree.Expression, ...]:
    """The parts of a node whose values tell why it came out as it did."""
    match node:
        case tree.And(parts) | tree.Or(parts):
            return parts
        case tree.Compare(_, left, right) | tree.Arithmetic(_, left, right):
            return (left, right)
        case tree.Between(value, low, high):
            return (value, low, high)
        case tree.In(value, _):
            return (value,)
        case tree.If(test, then, otherwise):
            return (test, then, otherwise)
        case tree.Negate(operand):
            return (operand,)
        case tree.FunctionCall(_, arguments, _):
            return arguments
        case _:
            return ()


def _text(condition: Condition, node: tree.Expression) -> str:
    return " ".join(condition.text[node.span.start : node.span.end].split()) or condition.text


def _waiting(certain: str, value: Unanswered, names: ProposalNames) -> str:
    """What a value waits for, after what is certain of it."""
    unfinished = sorted(value.paths & names.open_lists)
    absent = sorted(value.paths - names.open_lists)
    parts = [] if certain == NOT_ANSWERED else [certain]
    parts += ["not answered: " + ", ".join(absent)] if absent else []
    parts += ["not finished: " + ", ".join(unfinished)] if unfinished else []
    return "; ".join(parts)


def _yes_or_no(value: Value) -> str:
    return {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""
