"""The names the conditions of a call may use, for one day and one set of parameters.

Constants (parameters, code lists, the day, definitions built from these alone) are evaluated once; definitions that
read the proposal are evaluated for each proposal when a condition first asks for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from mpfcheck.feel.errors import LimitExceeded
from mpfcheck.feel.evaluate.evaluator import evaluate
from mpfcheck.feel.limits import Purse
from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.types import ContextType, ListType, RecordType, Type
from mpfcheck.feel.values.value import OpenList, Record, Unanswered, Value, lift
from mpfcheck.frozen import made_once
from mpfcheck.packs.call import Call, ParameterValue
from mpfcheck.packs.code_list import CodeList
from mpfcheck.proposal.pointer import is_position, split
from mpfcheck.proposal.unfinished import OPEN, open_lists

if TYPE_CHECKING:
    from mpfcheck.feel.evaluate.prepared import Preparation, PreparedExpression

__all__ = ["UNKNOWN", "CallNames", "ProposalNames", "with_open_lists"]

UNKNOWN = "@"
"""Begins the path of a parameter of which nothing is known on that day."""


STEPS_FOR_ALL = 10_000_000
"""The steps all conditions may take together, for the constants of a call and again for each proposal.

A condition has a limit of its own; this one keeps thousands of them, each just within it, from taking hours.
"""


class CallNames:
    """The names of a call on a day.

    ``constants`` maps the names that mean the same for every proposal to their values; ``definitions`` the names of
    the others to their expressions. A parameter of which nothing is known on that day is unanswered, as ``@name``.
    """

    def __init__(self, call: Call, day: date, parameters: Mapping[str, ParameterValue], proposal: RecordType) -> None:
        self.proposal = proposal
        self.constants: dict[str, Value] = {"as_of": _constant(day)}
        for name, code_list in call.code_lists.items():
            self.constants[name] = _codes(code_list)
        for name, parameter in call.parameters.items():
            held = parameter.at(day)
            value = parameters.get(name, held.value if held else None)
            self.constants[name] = Unanswered(frozenset({UNKNOWN + name})) if value is None else _constant(value)
        self.definitions: dict[str, tree.Expression] = {}
        self._prepared: dict[tuple[int, str | None, int], PreparedExpression] = {}
        purse = Purse(STEPS_FOR_ALL)
        for name in call.definitions:
            self._define(name, call, purse)

    def _define(self, name: str, call: Call, purse: Purse) -> None:
        if name in self.constants or name in self.definitions:
            return
        expression = call.definitions[name].condition.tree
        used = names_used(expression)
        for other in used & call.definitions.keys():
            self._define(other, call, purse)
        if used & (self.proposal.fields.keys() | self.definitions.keys()):
            self.definitions[name] = expression
            return
        try:
            self.constants[name] = evaluate(expression, self.constants, purse=purse, strict=True)
        except LimitExceeded:
            # The rules that use it will say so.
            self.definitions[name] = expression

    def of(self, answers: Mapping[str, object], *, prepared: bool = False) -> ProposalNames:
        """The names for one proposal's answers; with ``prepared``, expressions are made ready for many proposals."""
        return ProposalNames(self, answers, prepared=prepared)

    @made_once
    def _preparation(self) -> Preparation:
        # One proposal is checked faster than this is loaded.
        from mpfcheck.feel.evaluate.prepared import Preparation

        return Preparation(self.proposal, self.constants, self.definitions)

    def prepared(self, expression: tree.Expression, item: str | None, value: Value) -> PreparedExpression:
        """An expression of the call, ready for many evaluations, which speaks of an item such as this value."""
        type_ = value.type if type(value) is Record else None
        key = id(expression), item, id(type_)
        known = self._prepared.get(key)
        if known is None:
            known = self._prepared[key] = self._preparation.expression(expression, item, type_)
        return known


class ProposalNames:
    """The names for one proposal, and the evaluation of conditions with them.

    Definitions are evaluated when first asked for, and what they read is remembered.
    """

    def __init__(self, names: CallNames, answers: Mapping[str, object], *, prepared: bool = False) -> None:
        self._names = names
        self._are_prepared = prepared
        self._definitions = names.definitions
        self._record = Record(with_open_lists(answers, names.proposal), names.proposal, "")
        self._purse = Purse(STEPS_FOR_ALL)
        self._values: dict[str, Value] = dict(names.constants)
        self._read: dict[str, set[str]] = {}
        self._item: dict[str, Value] = {}
        self._reading: set[str] | None = None

    @property
    def open_lists(self) -> frozenset[str]:
        """The JSON Pointers of the lists that are not finished."""
        return open_lists(self._record.values)

    @property
    def item(self) -> Value:
        """The item of the list a rule speaks of, None where there is none."""
        return next(iter(self._item.values()), None)

    def with_item(self, name: str, value: Value) -> ProposalNames:
        """The same names and one more, for an item of the list a rule speaks of."""
        inner = self._copy()
        inner._item = {**self._item, name: value}
        return inner

    def _copy(self) -> ProposalNames:
        # As copy.copy makes it, which takes longer than most conditions.
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__)
        return made

    def value(self, expression: tree.Expression, read: set[str] | None = None) -> Value:
        """The value of an expression; ``read`` collects the JSON Pointers that it and its definitions look at.

        Raises :class:`mpfcheck.feel.errors.LimitExceeded`.
        """
        if self._are_prepared and len(self._item) <= 1:
            item, value = next(iter(self._item.items()), (None, None))
            prepared = self._names.prepared(expression, item, value)
            steps, before = self._purse.steps, self._reading
            self._reading = own = set[str]()
            try:
                found = prepared.value(self, self._record, value, own, self._purse)
            except (LimitExceeded, RecursionError):
                # Where the work ends, and what was read until then, is as the evaluator says.
                self._purse.steps = steps
            else:
                if read is not None:
                    read |= own
                return found
            finally:
                self._reading = before
        asking = self._copy()
        asking._reading = read
        return evaluate(expression, asking, read=read, record=self._record, purse=self._purse, strict=True)

    def get(self, name: str, default: Any, /) -> Any:
        """The value of a name, ``default`` for one that is not known here, such as that of a field."""
        if name in self._item:
            return self._item[name]
        if name not in self._values:
            if name not in self._definitions:
                return default
            outside = self._copy()
            outside._item = {}
            self._values[name] = outside.value(self._definitions[name], self._read.setdefault(name, set()))
        if self._reading is not None and name in self._read:
            # Whether another condition has asked for it before makes no difference.
            self._reading |= self._read[name]
        return self._values[name]


def with_open_lists(answers: Mapping[str, object], record: RecordType) -> Mapping[str, object]:
    """The answers with the lists that they say are not finished marked as such; ``answers`` stay as they are.

    A list that is not answered yet can be open too: that counts where an absent list would count as an empty one.
    """
    pointers = answers.get(OPEN)
    for text in pointers if isinstance(pointers, (list, tuple)) else ():
        with suppress(ValueError):
            answers = cast("Mapping[str, object]", _opened(answers, split(text), record))
    return answers


def _opened(value: object, steps: tuple[str, ...], type_: Type | None) -> object:
    if not steps:
        if isinstance(value, (list, tuple)):
            return OpenList(value)
        return OpenList() if value is None and isinstance(type_, ListType) else value
    step, *rest = steps
    if isinstance(value, (list, tuple)):
        if not is_position(step) or int(step) >= len(value):
            return value
        items = OpenList(value) if isinstance(value, OpenList) else list(value)
        items[int(step)] = _opened(items[int(step)], tuple(rest), type_.item if isinstance(type_, ListType) else None)
        return items
    fields = type_.fields if isinstance(type_, RecordType) else {}
    if not isinstance(value, Mapping) and (value is not None or step not in fields):
        return value
    holder = value or {}
    inside = _opened(holder.get(step), tuple(rest), fields[step].type if step in fields else None)
    return value if inside is None else {**holder, step: inside}


def _constant(value: ParameterValue) -> Value:
    return lift(value, ContextType(), "")


def _codes(code_list: CodeList) -> Value:
    """A code list as conditions see it: a context of two lists of codes."""
    return {
        "members": [member.code for member in code_list.members],
        "candidates": [member.code for member in code_list.candidates],
    }
