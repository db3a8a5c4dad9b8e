"""Expressions prepared for many evaluations: functions, made once from a tree, that give what the evaluator gives.

The values are the same, and so is what they wait for, what is read, and the work that is counted. It takes a fraction
of the time: where a name comes from is looked up once, for the types of the answers tell it, and most values are plain
ones. Where a value is not as the types promise, as an applicant that is not named yet, and for what is rarely written,
the function asks the evaluator about that part of the tree.

The functions share a list of what is around them: the names, the account of the work, the proposal, the item that a
rule speaks of, and then the items of the loops and filters that they are in, each at a place of its own.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, DecimalException
from typing import Any, Final, NamedTuple, TypeAlias

from mpfcheck.feel.evaluate.builtins.builtin import Builtin
from mpfcheck.feel.evaluate.builtins.partly import ROUNDING
from mpfcheck.feel.evaluate.builtins.registry import BUILTINS
from mpfcheck.feel.evaluate.evaluator import (
    BROKEN,
    EVALUATE,
    NEVER_A_POSITION,
    Filtering,
    Loop,
    Members,
    Names,
    Scope,
    Turn,
    Turns,
    against_null,
    counting,
    domain_of,
    is_in,
    item_at,
    member_of,
)
from mpfcheck.feel.limits import Purse, Run, WorkLimits, turn
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.types import BOOLEAN, TEXT, ListType, RecordType, TextType, Type
from mpfcheck.feel.values.arithmetic import NUMBERS, calculate, limits_of_numbers, negative
from mpfcheck.feel.values.comparison import compared_within, conjunction, disjunction, holds, one_of, ordered, same
from mpfcheck.feel.values.knowledge import bounds, is_truth, items_of, kind, open_list
from mpfcheck.feel.values.value import PLAIN, Items, OneOf, Record, Unanswered, Value, join, paths_of

__all__ = ["Preparation", "PreparedExpression"]

_Around: TypeAlias = list[Any]
_Function: TypeAlias = Callable[[_Around], Value]

_NAMES, _RUN, _ADD, _PROPOSAL, _ITEM, _SCOPE = range(6)
"""The places of the names, the account, what adds a pointer that was read, the proposal and the item of a rule.

Last, the scope of the evaluator outside all loops and filters, once it is needed.
"""

_LIMITS = WorkLimits(steps=100_000)
"""Fewer steps than the evaluator has: where it will have to tell where the work ends, it is asked soon."""


class _Made(NamedTuple):
    """The function of an expression; the type of its values where they are records, or lists of them.

    ``constant`` holds the value, alone, where it is always the same.
    """

    function: _Function
    type: Type | None = None
    constant: tuple[Value] | None = None


_Limits: TypeAlias = Callable[[_Around, list[Unanswered]], "tuple[Decimal, Decimal] | None"]
"""The least and the greatest that a number can be, the same where it is there; None where that is not known.

What it waits for is added to the list.
"""


class _Number(NamedTuple):
    """The limits of a number, and the steps that it takes to calculate it, if it ``is_calculated``."""

    limits: _Limits
    steps: int = 0
    is_calculated: bool = True


class _Frame(NamedTuple):
    """The names of a loop or a filter: where their values are, and the ``scope`` of the evaluator there.

    In a filter of records, the fields of the ``record`` at a place are names too. Around a ``for`` there is what it has
    made so far: among the names at the place ``partial``.
    """

    places: Mapping[str, tuple[int, Type | None]]
    scope: Callable[[_Around], Scope]
    record: tuple[int, RecordType] | None = None
    partial: int | None = None


_Frames: TypeAlias = tuple[_Frame, ...]
"""Those around an expression, the nearest first."""


class PreparedExpression(NamedTuple):
    """The function of an expression, and how many places it needs beside those that all have."""

    function: _Function
    places: int

    def value(self, names: Names, record: Record, item: Value, read: set[str], purse: Purse) -> Value:
        """What ``evaluate`` gives with ``strict``; ``item`` is the one that the rule speaks of, None without one.

        Raises :class:`LimitExceeded` and RecursionError where the work may be beyond the limits. Then the evaluator
        must be asked, and what was read until there says nothing.
        """
        run = Run(_LIMITS, read, purse, strict=True)
        return self.function([names, run, read.add, record, item, None, *([None] * self.places)])


class Preparation:
    """Prepares the expressions of one call for proposals of a type, on one day."""

    def __init__(
        self, proposal: RecordType, constants: Mapping[str, Value], definitions: Mapping[str, tree.Expression]
    ) -> None:
        self.proposal = proposal
        self.constants = constants
        self._definitions = definitions
        self._types: dict[str, Type | None] = {}

    def expression(
        self, expression: tree.Expression, item: str | None, item_type: RecordType | None
    ) -> PreparedExpression:
        """The expression; ``item`` is the name of the item that it speaks of: a record of that type, or no record."""
        walk = _Walk(self, item, item_type)
        function = walk.made(expression, ()).function
        return PreparedExpression(function, walk.places)

    def is_defined(self, name: str) -> bool:
        """Whether it is the name of a definition that reads the proposal."""
        return name in self._definitions

    def type_of_definition(self, name: str) -> Type | None:
        """The type of a definition's value, where it is a record or a list of records."""
        if name not in self._types:
            self._types[name] = None
            self._types[name] = _Walk(self, None, None).made(self._definitions[name], ()).type
        return self._types[name]


class _Walk:
    """Makes the functions of the parts of one expression."""

    def __init__(self, preparation: Preparation, item: str | None, item_type: RecordType | None) -> None:
        self._of = preparation
        self._item = item
        self._item_type = item_type
        self.places = 0

    def made(self, node: tree.Expression, frames: _Frames) -> _Made:
        """The function of a part, with the names of the loops and filters around it."""
        make = _MAKERS.get(type(node))
        found = None if make is None else make(self, node, frames)
        return _Made(_of_evaluator(node, frames)) if found is None else found

    def _place(self) -> int:
        self.places += 1
        return _SCOPE + self.places

    # Names and fields

    def _literal(self, node: tree.Number | tree.Text | tree.Boolean, _frames: _Frames) -> _Made:
        return _constant(node.value)

    def _name(self, node: tree.Name, frames: _Frames) -> _Made | None:
        name, of = node.name, self._of
        for frame in frames:
            if frame.record is not None and name in frame.record[1].fields:
                return _field(*frame.record, name)
            if name in frame.places:
                return _at(*frame.places[name])
            if name == "partial" and frame.partial is not None:
                return _so_far(frame.partial)
        if name == self._item:
            return _at(_ITEM, self._item_type)
        if name in of.constants:
            return _constant(of.constants[name])
        if of.is_defined(name):
            return _Made(_defined(name, self._place()), of.type_of_definition(name))
        if name in of.proposal.fields:
            return _field(_PROPOSAL, of.proposal, name)
        return _constant(BUILTINS[name]) if name in BUILTINS else None

    def _path(self, node: tree.Path, frames: _Frames) -> _Made:
        base, name = self.made(node.base, frames), node.name
        if base.constant is not None and isinstance(base.constant[0], dict):
            return _constant(base.constant[0].get(name))
        if isinstance(base.type, ListType):
            return _Made(_of_each(base.function, name, base.type.item), _list_of(_member(base.type.item, name)))
        return _Made(_of_one(base.function, name, base.type), _member(base.type, name))

    # Truths

    def _compare(self, node: tree.Compare, frames: _Frames) -> _Made:
        op = node.op
        left_made, right_made = self.made(node.left, frames), self.made(node.right, frames)
        left, right = left_made.function, right_made.function
        if isinstance(node.left, tree.Null) or isinstance(node.right, tree.Null):
            return _Made(lambda around: against_null(op, left(around), right(around), _outermost(around)))
        plain, kinds = _COMPARISONS[op]
        ours, theirs = self._limits(node.left, frames), self._limits(node.right, frames)
        if ours.is_calculated or theirs.is_calculated:
            return _Made(_of_numbers(op, ours, theirs, left, right))

        text = right_made.constant
        if text is not None and type(text[0]) is str and op in ("=", "!="):
            return _Made(_with_text(op, left, text[0]))

        def compared(around: _Around) -> Value:
            one, other = left(around), right(around)
            kind_of = type(one)
            if kind_of is type(other) and kind_of in kinds:
                return plain(one, other)
            return holds(op, one, other, around[_RUN])

        return _Made(compared)

    def _between(self, node: tree.Between, frames: _Frames) -> _Made:
        value, low, high = (self.made(part, frames).function for part in (node.value, node.low, node.high))

        def between(around: _Around) -> Value:
            one = value(around)
            not_below = ordered(">=", one, low(around))
            return conjunction([not_below, ordered("<=", one, high(around))])

        return _Made(between)

    def _logic(self, node: tree.And | tree.Or, frames: _Frames) -> _Made:
        parts = [self.made(part, frames).function for part in node.parts]
        decides = isinstance(node, tree.Or)
        join_truths: Callable[[list[Any]], Value] = disjunction if decides else conjunction

        def joined(around: _Around) -> Value:
            others: list[Unanswered | None] = []
            for part in parts:
                value = part(around)
                if value is decides:
                    return decides
                # What decides nothing is of no more use.
                if type(value) is not bool:
                    others.append(value if type(value) is Unanswered else None)
            if not others:
                return not decides
            first = others[0]
            if len(others) == 1 and first is not None and first.type is BOOLEAN and first.knows is None:
                return first
            return join_truths(others)

        return _Made(joined)

    def _if(self, node: tree.If, frames: _Frames) -> _Made:
        condition, then, otherwise = (self.made(part, frames) for part in (node.condition, node.then, node.otherwise))
        asked, first, second = condition.function, then.function, otherwise.function

        def chosen(around: _Around) -> Value:
            truth = asked(around)
            if truth is True:
                return first(around)
            if truth is False:
                return second(around)
            one, other = first(around), second(around)
            if same(one, other):
                return one
            if type(truth) is not Unanswered:
                waiting = join((one, other))
                return waiting if waiting.paths else None
            return one_of((one, other), truth.paths) if is_truth(truth) else join((truth, one, other))

        return _Made(chosen, then.type if then.type is otherwise.type else None)

    def _in(self, node: tree.In, frames: _Frames) -> _Made:
        value, scope = self.made(node.value, frames).function, _scope_of(frames)
        (test, *others) = node.tests
        listed = None if others or isinstance(test, tree.Test) else self.made(test, frames).constant
        if listed is None or not isinstance(listed[0], list) or not all(type(one) is str for one in listed[0]):
            return _Made(lambda around: is_in(value(around), node, scope(around)))
        texts, steps = frozenset(listed[0]), len(listed[0])

        def is_listed(around: _Around) -> Value:
            one = value(around)
            if type(one) is str:
                if one in texts:
                    return True
                around[_RUN].spend(steps)
                return False
            if type(one) is Unanswered and one.knows is None and kind(one) == TEXT and texts:
                around[_RUN].spend(steps)
                return Unanswered(one.paths, BOOLEAN)
            return is_in(one, node, scope(around))

        return _Made(is_listed)

    # Numbers

    def _arithmetic(self, node: tree.Arithmetic, frames: _Frames) -> _Made:
        op = node.op
        left, right, plain = self.made(node.left, frames).function, self.made(node.right, frames).function, NUMBERS[op]

        def calculated(around: _Around) -> Value:
            one, other = left(around), right(around)
            if type(one) is Decimal and type(other) is Decimal:
                try:
                    return plain(one, other)
                except DecimalException:
                    return None
            return calculate(op, one, other, around[_RUN])

        return _Made(calculated)

    def _negate(self, node: tree.Negate, frames: _Frames) -> _Made:
        operand = self.made(node.operand, frames).function
        return _Made(lambda around: negative(operand(around)))

    def _limits(self, node: tree.Expression, frames: _Frames) -> _Number:
        """Between which numbers the value of a part will be, where it is a number or is to be one."""
        if isinstance(node, tree.Arithmetic) and node.op in ("+", "-", "*"):
            left, right = self._limits(node.left, frames), self._limits(node.right, frames)
            return _Number(_calculated(node.op, left.limits, right.limits), left.steps + right.steps)
        if isinstance(node, tree.FunctionCall) and isinstance(node.function, tree.Name) and node.names is None:
            function = self.made(node.function, frames).constant
            name = node.function.name
            if function == (BUILTINS.get(name),) and (name == "abs" or name in ROUNDING) and node.arguments:
                number = self._limits(node.arguments[0], frames)
                others = [argument.value for argument in node.arguments[1:] if isinstance(argument, tree.Number)]
                overload = BUILTINS[name].overloads[0]
                if overload.takes(len(node.arguments)) and len(others) == len(node.arguments) - 1:
                    return _Number(_rising(overload.function, number.limits, others, name), number.steps + 1)
        return _Number(_of_leaf(self.made(node, frames).function), is_calculated=False)

    # Lists and functions

    def _list(self, node: tree.ListOf, frames: _Frames) -> _Made:
        items = [self.made(item, frames) for item in node.items]
        if all(item.constant is not None for item in items):
            return _constant([item.constant[0] for item in items if item.constant is not None])
        functions = [item.function for item in items]
        return _Made(
            lambda around: [item(around) for item in functions], _list_of(_shared([item.type for item in items]))
        )

    def _call(self, node: tree.FunctionCall, frames: _Frames) -> _Made | None:
        function = self.made(node.function, frames).constant
        if node.names is not None or function is None or not isinstance(function[0], Builtin):
            return None
        call = function[0].call
        arguments = [self.made(argument, frames) for argument in node.arguments]
        type_ = _shared([argument.type for argument in arguments]) if function[0].name == "concatenate" else None
        if len(arguments) == 1:
            alone = arguments[0].function
            return _Made(lambda around: call([alone(around)], around[_RUN]), type_)
        functions = [argument.function for argument in arguments]
        return _Made(lambda around: call([one(around) for one in functions], around[_RUN]), type_)

    def _filter(self, node: tree.Filter, frames: _Frames) -> _Made | None:
        base, condition = self.made(node.base, frames), node.condition
        item = base.type.item if isinstance(base.type, ListType) else None
        if isinstance(condition, tree.Number | tree.Negate | tree.Name):
            return self._position(node, base, item, frames)
        if not isinstance(condition, NEVER_A_POSITION):
            return None
        place, outside = self._place(), _scope_of(frames)
        record = (place, item) if isinstance(item, RecordType) else None
        inside = _Frame({"item": (place, item)}, lambda around: outside(around).of_item(around[place]), record)
        holds_for = self.made(condition, (inside, *frames)).function
        of_evaluator, steps = EVALUATE[type(condition)], turn(*condition.span)
        list_of_items, as_written = base.function, _of_evaluator(node, frames)

        def of_item(around: _Around, one: Value) -> Value:
            if type(one) is Record and one.type is item if record else type(one) in PLAIN:
                around[place] = one
                return holds_for(around)
            return of_evaluator(condition, outside(around).of_item(one))

        def filtered(around: _Around) -> Value:
            before = _steps_left(around[_RUN])
            whole = list_of_items(around)
            items = items_of(whole)
            if items is None:
                _do_again(around[_RUN], before)
                return as_written(around)
            found = [of_item(around, one) for one in items.items]
            if type(whole) is list and _TRUTHS.issuperset(map(type, found)):
                around[_RUN].spend(steps * len(whole))
                return [one for one, truth in zip(whole, found, strict=True) if truth]
            left = iter(found)

            def of_next(one: Value) -> Value:
                truth = next(left, _NONE_LEFT)
                return of_item(around, one) if isinstance(truth, _NoneLeft) else truth

            return Filtering(whole, items, of_next, steps, around[_RUN]).result()

        return _Made(filtered, base.type)

    def _position(self, node: tree.Filter, base: _Made, item: Type | None, frames: _Frames) -> _Made | None:
        """``list[position]``, of a position that does not depend on the item."""
        condition = node.condition
        at = self.made(condition, frames).function
        whole, as_written = base.function, _of_evaluator(node, frames)
        if not isinstance(condition, tree.Name):

            def found(around: _Around) -> Value:
                before = _steps_left(around[_RUN])
                value = whole(around)
                items = items_of(value)
                if items is not None:
                    return item_at(value, items, at(around))
                _do_again(around[_RUN], before)
                return as_written(around)

            return _Made(found, item)
        name = condition.name
        if not isinstance(item, RecordType) or name in item.fields or name == "item":
            return None
        steps = turn(*condition.span)

        def found_by_name(around: _Around) -> Value:
            before = _steps_left(around[_RUN])
            value = whole(around)
            if type(value) is list and value and getattr(value[0], "type", None) is item:
                position = at(around)
                if type(position) is Decimal and 1 <= position <= len(value) and position == int(position):
                    around[_RUN].spend(steps)
                    found: Value = value[int(position) - 1]
                    return found
            items = items_of(value)
            if items is not None and items.items and getattr(items.items[0], "type", None) is item:
                position = at(around)
                if type(position) is Decimal:
                    around[_RUN].spend(steps)
                    return item_at(value, items, position)
            _do_again(around[_RUN], before)
            return as_written(around)

        return _Made(found_by_name, item)

    # Loops

    def _loops(
        self, iterations: Sequence[tree.Iteration], body: tree.Expression, frames: _Frames
    ) -> tuple[list[Loop], Turn]:
        loops = []
        for iteration in iterations:
            domain = self.made(iteration.domain, frames)
            end = None if iteration.end is None else self.made(iteration.end, frames).function
            item = domain.type.item if end is None and isinstance(domain.type, ListType) else None
            place, outside = self._place(), _scope_of(frames)
            loops.append(Loop(_domain(domain.function, end), _placing(place)))
            frames = (_Frame({iteration.name: (place, item)}, _inner(outside, iteration.name, place)), *frames)
        return loops, Turn(self.made(body, frames).function, turn(*body.span))

    def _quantified(self, node: tree.Quantified, frames: _Frames) -> _Made:
        loops, condition = self._loops(node.iterations, node.condition, frames)
        some = node.quantifier == "some"

        def quantified(around: _Around) -> Value:
            turns = Turns([], {})
            broken = turns.take(loops, around, condition, around[_RUN])
            if isinstance(broken, Unanswered):
                return broken
            return None if broken is BROKEN else turns.truth(some=some)

        return _Made(quantified)

    def _for(self, node: tree.For, frames: _Frames) -> _Made:
        place, outside = self._place(), _scope_of(frames)
        around_all = _Frame({}, lambda around: outside(around).inner(around[place]), partial=place)
        loops, result = self._loops(node.iterations, node.result, (around_all, *frames))

        def each(around: _Around) -> Value:
            results: list[Value] = []
            names = around[place] = {"partial": results}
            turns = Turns(results, names)
            broken = turns.take(loops, around, result, around[_RUN])
            if isinstance(broken, Unanswered):
                return broken
            return None if broken is BROKEN else turns.list()

        return _Made(each)


def _constant(value: Value) -> _Made:
    return _Made(lambda _around: value, None, (value,))


def _defined(name: str, place: int) -> _Function:
    """The value of a definition, which is kept at a place until the expression has its value."""

    def defined(around: _Around) -> Value:
        value: Value = around[place]
        if value is None:
            value = around[place] = around[_NAMES].get(name, None)
        return value

    return defined


def _at(place: int, type_: Type | None) -> _Made:
    return _Made(operator.itemgetter(place), type_)


def _of_leaf(number: _Function) -> _Limits:
    def limits(around: _Around, waiting: list[Unanswered]) -> tuple[Decimal, Decimal] | None:
        value = number(around)
        if type(value) is Decimal:
            return value, value
        if type(value) is not Unanswered or type(value.knows) is OneOf:
            return None
        found = bounds(value)
        if found is None or type(found[0]) is not Decimal or type(found[1]) is not Decimal:
            return None
        waiting.append(value)
        return found[0], found[1]

    return limits


def _calculated(op: str, left: _Limits, right: _Limits) -> _Limits:
    plain = NUMBERS[op]

    def limits(around: _Around, waiting: list[Unanswered]) -> tuple[Decimal, Decimal] | None:
        one = left(around, waiting)
        other = None if one is None else right(around, waiting)
        if one is None or other is None:
            return None
        if one[0] is one[1] and other[0] is other[1]:
            value = plain(one[0], other[0])
            return value, value
        return limits_of_numbers(op, one, other)

    return limits


def _rising(function: Callable[..., Value], number: _Limits, others: Sequence[Value], name: str) -> _Limits:
    """The limits of a function that rises with a number, or of the number without its sign."""

    def limits(around: _Around, waiting: list[Unanswered]) -> tuple[Decimal, Decimal] | None:
        found = number(around, waiting)
        if found is None:
            return None
        low, high = found
        least = function(around[_RUN], low, *others)
        most = least if low is high else function(around[_RUN], high, *others)
        if type(least) is not Decimal or type(most) is not Decimal:
            return None
        if name == "abs" and low is not high:
            return (_NOTHING if low <= 0 <= high else min(least, most)), max(least, most)
        return least, most

    return limits


def _of_numbers(op: str, ours: _Number, theirs: _Number, left: _Function, right: _Function) -> _Function:
    """What compares two numbers, and asks ``left`` and ``right`` where the limits of one are not known."""
    steps, plain = ours.steps + theirs.steps, _COMPARISONS[op][0]

    def compared(around: _Around) -> Value:
        waiting: list[Unanswered] = []
        run: Run = around[_RUN]
        before = _steps_left(run)
        try:
            one = ours.limits(around, waiting)
            other = None if one is None else theirs.limits(around, waiting)
        except DecimalException:
            other = None
        if one is None or other is None:
            _do_again(run, before)
            return holds(op, left(around), right(around), run)
        run.spend(steps)
        if not waiting:
            return plain(one[0], other[0])
        return compared_within(op, one, other, paths_of(waiting))

    return compared


_NOTHING: Final = Decimal(0)


def _with_text(op: str, left: _Function, text: str) -> _Function:
    """What compares a value with a text that is always the same, such as a code."""
    plain = _COMPARISONS[op][0]

    def compared(around: _Around) -> Value:
        one = left(around)
        if type(one) is str:
            return plain(one, text)
        if type(one) is Unanswered and one.knows is None and type(one.type) is TextType:
            return Unanswered(one.paths, BOOLEAN)
        return holds(op, one, text, around[_RUN])

    return compared


def _so_far(place: int) -> _Made:
    """What a ``for`` has made so far, of which the names are at a place."""

    def so_far(around: _Around) -> Value:
        names: Mapping[str, Value] = around[place]
        return names["partial"]

    return _Made(so_far)


def _field(place: int, record: RecordType, name: str) -> _Made:
    """A declared field of the record at a place."""
    pointer = f"/{name}"

    def field(around: _Around) -> Value:
        one: Record = around[place]
        value: Value = one.values.get(name)
        if type(value) in PLAIN:
            around[_ADD](one.path + pointer)
            return value
        return one.member(name, around[_RUN].read)

    return _Made(field, _member(record, name))


def _of_one(base: _Function, name: str, record: Type | None) -> _Function:
    """``base.name`` where the base may be a record of the type."""
    pointer = f"/{name}"
    declared = isinstance(record, RecordType) and name in record.fields

    def member(around: _Around) -> Value:
        one = base(around)
        if type(one) is Record and one.type is record and declared:
            value: Value = one.values.get(name)
            if type(value) in PLAIN:
                around[_ADD](one.path + pointer)
                return value
            return one.member(name, around[_RUN].read)
        return member_of(one, name, _outermost(around))

    return member


def _of_each(base: _Function, name: str, record: Type) -> _Function:
    """``base.name`` where the base may be a list of records of the type."""
    pointer = f"/{name}"
    declared = isinstance(record, RecordType) and name in record.fields

    def each(around: _Around, items: Sequence[Value]) -> list[Value]:
        around[_RUN].spend(len(items))
        found: list[Value] = []
        add = around[_ADD]
        for one in items:
            if type(one) is Record and one.type is record:
                value: Value = one.values.get(name)
                if type(value) in PLAIN:
                    add(one.path + pointer)
                    found.append(value)
                    continue
            found.append(member_of(one, name, _outermost(around)))
        return found

    def members(around: _Around) -> Value:
        whole = base(around)
        if declared and type(whole) is list:
            return each(around, whole)
        if declared and type(whole) is Unanswered and type(whole.knows) is Items:
            items = whole.knows
            found, further = each(around, items.items), member_of(items.further, name, _outermost(around))
            return open_list(whole.paths, Items(found, further, items.most, items.front))
        return member_of(whole, name, _outermost(around))

    return members


def _steps_left(run: Run) -> tuple[int, int]:
    return run.steps, 0 if run.purse is None else run.purse.steps


def _do_again(run: Run, steps_left: tuple[int, int]) -> None:
    """Count as not done what has been done since so many steps were left: the evaluator does it once more."""
    run.steps = steps_left[0]
    if run.purse is not None:
        run.purse.steps = steps_left[1]


def _of_evaluator(node: tree.Expression, frames: _Frames) -> _Function:
    """What the evaluator says of a part."""
    of_node, scope = EVALUATE[type(node)], _scope_of(frames)
    return lambda around: of_node(node, scope(around))


def _outermost(around: _Around) -> Scope:
    scope: Scope | None = around[_SCOPE]
    if scope is None:
        run: Run = around[_RUN]
        scope = around[_SCOPE] = Scope(around[_NAMES], Scope(Members(around[_PROPOSAL], run), None, run), run)
    return scope


def _scope_of(frames: _Frames) -> Callable[[_Around], Scope]:
    return frames[0].scope if frames else _outermost


def _inner(outside: Callable[[_Around], Scope], name: str, place: int) -> Callable[[_Around], Scope]:
    return lambda around: outside(around).inner({name: around[place]})


def _placing(place: int) -> Callable[[_Around, Value], _Around]:
    def put(around: _Around, item: Value) -> _Around:
        around[place] = item
        return around

    return put


def _domain(start: _Function, end: _Function | None) -> Callable[[_Around], list[Value] | Unanswered | None]:
    if end is None:
        return lambda around: domain_of(start(around), around[_RUN])
    return lambda around: counting(start(around), end(around), around[_RUN])


def _member(of: Type | None, name: str) -> Type | None:
    return of.fields[name].type if isinstance(of, RecordType) and name in of.fields else None


def _list_of(item: Type | None) -> Type | None:
    return None if item is None else ListType(item)


def _shared(types: Sequence[Type | None]) -> Type | None:
    """The type that all have."""
    first = types[0] if types else None
    return first if all(other == first for other in types) else None


class _NoneLeft:
    """The mark of an item that is not among those which are there."""


_NONE_LEFT: Final = _NoneLeft()
_TRUTHS = frozenset({bool})
_EQUAL, _ORDERED = frozenset({str, Decimal, bool}), frozenset({str, Decimal})
_COMPARISONS: Mapping[str, tuple[Callable[[Any, Any], bool], frozenset[type]]] = {
    "=": (operator.eq, _EQUAL),
    "!=": (operator.ne, _EQUAL),
    "<": (operator.lt, _ORDERED),
    "<=": (operator.le, _ORDERED),
    ">": (operator.gt, _ORDERED),
    ">=": (operator.ge, _ORDERED),
}
"""What compares two values of one of these kinds."""

_MAKERS: Mapping[type, Callable[[_Walk, Any, _Frames], _Made | None]] = {
    tree.Number: _Walk._literal,
    tree.Text: _Walk._literal,
    tree.Boolean: _Walk._literal,
    tree.Name: _Walk._name,
    tree.Path: _Walk._path,
    tree.Compare: _Walk._compare,
    tree.Between: _Walk._between,
    tree.And: _Walk._logic,
    tree.Or: _Walk._logic,
    tree.If: _Walk._if,
    tree.In: _Walk._in,
    tree.Arithmetic: _Walk._arithmetic,
    tree.Negate: _Walk._negate,
    tree.ListOf: _Walk._list,
    tree.FunctionCall: _Walk._call,
    tree.Filter: _Walk._filter,
    tree.Quantified: _Walk._quantified,
    tree.For: _Walk._for,
}
"""What makes the function of a kind of node; the evaluator is asked about every other one."""
