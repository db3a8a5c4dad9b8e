"""What can be read of a draft: its answers, the values that are not answers, and the values of a form's conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from decimal import localcontext
from types import MappingProxyType

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.names import ProposalNames
from mpfcheck.checking.problems import as_problem
from mpfcheck.checking.report import Problem
from mpfcheck.drafting.document import Document, State, without
from mpfcheck.feel.errors import LanguageError
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.syntax.tree import Expression
from mpfcheck.feel.values.knowledge import items_of
from mpfcheck.feel.values.value import ARITHMETIC, Value
from mpfcheck.forms.form import Group
from mpfcheck.frozen import Frozen
from mpfcheck.packs.template import Condition
from mpfcheck.proposal.pointer import pointer, split
from mpfcheck.proposal.reader import Answers, MisfitError, known_answers, read_answers

__all__ = [
    "Misfit",
    "ReadDraft",
    "View",
    "field_of",
    "read_draft",
]

MOST_ROUNDS = 40
"""How often what does not fit is set aside before the whole draft is; each round finds up to a hundred values."""


class Misfit(Frozen):
    """A value that does not fit its field: what is wrong and what to do."""

    message: str
    hint: str


class ReadDraft(Frozen):
    """The answers of a draft without the values that do not fit, and those by the field (JSON Pointer) they stand in.

    ``problems`` says of each value that does not fit what is wrong with it. ``doubts`` are the warnings about answers,
    by the field they stand in; ``unknown`` those about fields that no proposal has.
    """

    answers: Answers
    misfits: Mapping[str, Misfit] = MappingProxyType({})
    problems: tuple[Problem, ...] = ()
    doubts: Mapping[str, Misfit] = MappingProxyType({})
    unknown: tuple[Problem, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether it could be read as a proposal."""
        return not self.misfits


def read_draft(document: Document) -> ReadDraft:
    """Read a draft; whatever is in it, the rest is read."""
    try:
        return ReadDraft(read_answers(deepcopy(dict(document))))
    except MisfitError:
        # Pydantic takes longer to load than a draft takes to be read: only an unusual draft pays for it.
        from mpfcheck.proposal.mistakes import find_unknown_fields

        unknown = tuple(as_problem(unknown, None) for unknown in find_unknown_fields(document))
    try:
        return ReadDraft(known_answers(document), unknown=unknown)
    except MisfitError:
        return _without_misfits(document, unknown)


def _without_misfits(document: Document, unknown: tuple[Problem, ...]) -> ReadDraft:
    from mpfcheck.proposal.mistakes import find_mistakes

    misfits: dict[str, Misfit] = {}
    problems: list[Problem] = []
    rest = document
    for _ in range(MOST_ROUNDS):
        try:
            return ReadDraft(known_answers(rest), misfits, tuple(problems), unknown=unknown)
        except MisfitError:
            mistakes = find_mistakes(rest)
            # Of the values beyond the first hundred the last mistake only says how many: the next round finds them.
            for mistake in [one for one in mistakes if one.pointer] or mistakes:
                field = field_of(mistake.pointer)
                problem = as_problem(mistake, None)
                misfits.setdefault(field, Misfit(problem.message, problem.hint))
                problems.append(problem)
                rest = without(rest, field) if field else {}
    return ReadDraft({}, misfits, tuple(problems), unknown=unknown)


def field_of(place: str) -> str:
    """The field a value stands in: a list with one bad code in it cannot be taken for complete without it."""
    steps = list(split(place))
    while steps and steps[-1].isdecimal():
        steps.pop()
    return pointer(steps)


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
        known = items_of(self.value(parse(".".join(group.field))))
        return [] if known is None else [self._names.with_item(group.item, item) for item in known.items]
