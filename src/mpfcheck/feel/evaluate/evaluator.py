"""The reference evaluator: what an expression means, value by value, with reasons for what it cannot say yet.

A type error, a division by zero or an impossible date is null, never an exception. What is not answered yet is
:class:`~mpfcheck.feel.values.value.Unanswered` and says which answers it waits for. The law: a result that is there
does not change however absent fields are filled in.

There is one function for each kind of node. They call each other through the table :data:`EVALUATE`, without a function
in between: a tree is as deep on Python's stack as it is itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

from mpfcheck.feel.errors import LimitExceeded
from mpfcheck.feel.evaluate.builtins.registry import BUILTINS
from mpfcheck.feel.evaluate.kinds import convert, fits
from mpfcheck.feel.limits import Purse, Run, WorkLimits, turn
from mpfcheck.feel.syntax.tree import (
    And,
    Arithmetic,
    Between,
    Boolean,
    Compare,
    Context,
    Expression,
    Filter,
    For,
    FunctionCall,
    FunctionLiteral,
    If,
    In,
    InstanceOf,
    Iteration,
    ListOf,
    Name,
    Negate,
    Null,
    Number,
    Or,
    Path,
    Quantified,
    RangeOf,
    Temporal,
    Test,
    Text,
    TypeName,
)
from mpfcheck.feel.types import BOOLEAN, DATE, NUMBER, TEXT, Type
from mpfcheck.feel.values.arithmetic import calculate, negative
from mpfcheck.feel.values.comparison import (
    Truth,
    alike,
    conjunction,
    disjunction,
    equal,
    holds,
    in_range,
    one_of,
    ordered,
    same,
)
from mpfcheck.feel.values.knowledge import (
    NEVER_LISTS,
    choices,
    is_truth,
    items_of,
    kind,
    open_list,
    paths_of,
    untyped,
    waiting_truth,
)
from mpfcheck.feel.values.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time, property_of
from mpfcheck.feel.values.text import read_temporal
from mpfcheck.feel.values.value import Items, Range, Record, Unanswered, Value, join

__all__ = ["EVALUATE", "NEVER_A_POSITION", "FunctionValue", "Members", "Names", "Scope", "WorkLimits", "evaluate"]


class Names(Protocol):
    """Something that gives values by name, and ``default`` for a name that it does not have."""

    def get(self, name: str, default: Any, /) -> Any:
        """The value of a name, or ``default``."""


_ABSENT: Final = object()
"""Is no value: of a name that is not there."""


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
        if type(item) is Record:
            return Scope(Members(item, self.run, item), self, self.run)
        scope = Scope({"item": item}, self, self.run)
        if isinstance(item, dict):
            return Scope(item, scope, self.run)
        if isinstance(item, Unanswered) and hasattr(item.type, "fields"):
            return Scope(Members(item, self.run), scope, self.run)
        if isinstance(item, Unanswered) and item.known is not None:
            there = {name: item.member(name, self.run.read) for name in item.known}
            return Scope(there, scope, self.run)
        if isinstance(item, Unanswered) and kind(item) is None:
            return Scope(AnyMember(item), scope, self.run)
        return scope

    def in_open_item(self, name: str) -> Value:
        """The value of an unknown name: a missing field of an item without declared fields, or null."""
        around: Scope | None = self
        while around is not None:
            item = around.names.get("item", None)
            if isinstance(item, Unanswered) and item.known is not None:
                return item.member(name)
            around = around.parent
        return None


class Members:
    """The declared fields of a record, answered or not, as names; where it is an item of a list, ``item`` is too."""

    __slots__ = ("item", "record", "run")

    def __init__(self, record: Record | Unanswered, run: Run, item: Record | None = None) -> None:
        self.record = record
        self.run = run
        self.item = item

    def get(self, name: str, default: Any, /) -> Any:
        """The value of a field, ``default`` for a name that is none."""
        record = self.record
        if name not in getattr(record.type, "fields", ()):
            return self.item if name == "item" and self.item is not None else default
        if type(record) is Record:
            return record.member(name, self.run.read)
        return member_of(record, name, Scope(self, None, self.run))


class AnyMember:
    """The names of an item of which nothing is known, not even its fields: each name may be one, but ``item``."""

    __slots__ = ("item",)

    def __init__(self, item: Unanswered) -> None:
        self.item = item

    def get(self, name: str, default: Any, /) -> Any:
        """What nothing is known of, ``default`` for ``item``."""
        return untyped(self.item) if name != "item" else default


Evaluator: TypeAlias = Callable[[Any, Scope], Value]
"""Evaluates one kind of node; which kind is known only to the table."""

EVALUATE: dict[type, Evaluator] = {}


def _literal(node: Number | Text | Boolean, _scope: Scope) -> Value:
    return node.value


def _null(_node: Null, _scope: Scope) -> Value:
    return None


def _temporal(node: Temporal, _scope: Scope) -> Value:
    return read_temporal(node.text)


def _name(node: Name, scope: Scope) -> Value:
    name = node.name
    around: Scope | None = scope
    while around is not None:
        value: Value = around.names.get(name, _ABSENT)
        if value is not _ABSENT:
            return value
        around = around.parent
    builtin = BUILTINS.get(name)
    return scope.in_open_item(name) if builtin is None else builtin


def _path(node: Path, scope: Scope) -> Value:
    return member_of(EVALUATE[type(node.base)](node.base, scope), node.name, scope)


def member_of(value: Value, name: str, scope: Scope) -> Value:
    """``value.name``: of a list, that member of every item."""
    if isinstance(value, Record):
        return value.member(name, scope.run.read)
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, list):
        scope.run.spend(len(value))
        return [member_of(item, name, scope) for item in value]
    if isinstance(value, Unanswered):
        return _member_of_unanswered(value, name, scope)
    if isinstance(value, (Date, Time, DateTime, MonthsDuration, DaysDuration)):
        return property_of(value, name)
    if isinstance(value, Range):
        return _member_of_range(value, name)
    return None


def _member_of_unanswered(value: Unanswered, name: str, scope: Scope) -> Value:
    items = items_of(value)
    if items is not None:
        scope.run.spend(len(items.items))
        found = [member_of(item, name, scope) for item in items.items]
        further = member_of(items.further, name, scope)
        return open_list(value.paths, Items(found, further, items.most, items.front))
    several = choices(value)
    if len(several) > 1:
        return one_of([member_of(choice, name, scope) for choice in several], value.paths)
    return value.member(name, scope.run.read)


def _member_of_range(value: Range, name: str) -> Value:
    if name == "start":
        return value.low
    if name == "end":
        return value.high
    if name in ("start included", "end included"):
        return value.low_closed if name == "start included" else value.high_closed
    return None


def _arithmetic(node: Arithmetic, scope: Scope) -> Value:
    evaluate = EVALUATE
    left = evaluate[type(node.left)](node.left, scope)
    return calculate(node.op, left, evaluate[type(node.right)](node.right, scope), scope.run)


def _negate(node: Negate, scope: Scope) -> Value:
    return negative(EVALUATE[type(node.operand)](node.operand, scope))


def _compare(node: Compare, scope: Scope) -> Value:
    evaluate = EVALUATE
    left = evaluate[type(node.left)](node.left, scope)
    right = evaluate[type(node.right)](node.right, scope)
    if isinstance(node.left, Null) or isinstance(node.right, Null):
        return against_null(node.op, left, right, scope)
    return holds(node.op, left, right, scope.run)


def against_null(op: str, left: Value, right: Value, scope: Scope) -> Truth:
    """A comparison with the literal ``null``, the one place where a rule asks whether something is null."""
    if op not in ("=", "!=") or isinstance(left, Unanswered) or isinstance(right, Unanswered):
        return holds(op, left, right, scope.run)
    return (left is right) is (op == "=")


def _between(node: Between, scope: Scope) -> Value:
    evaluate = EVALUATE
    value = evaluate[type(node.value)](node.value, scope)
    low = ordered(">=", value, evaluate[type(node.low)](node.low, scope))
    return conjunction([low, ordered("<=", value, evaluate[type(node.high)](node.high, scope))])


def _and(node: And, scope: Scope) -> Value:
    parts: list[Truth] = []
    for part in node.parts:
        value = EVALUATE[type(part)](part, scope)
        if value is False:
            return False
        parts.append(value if isinstance(value, (bool, Unanswered)) else None)
    return conjunction(parts)


def _or(node: Or, scope: Scope) -> Value:
    parts: list[Truth] = []
    for part in node.parts:
        value = EVALUATE[type(part)](part, scope)
        if value is True:
            return True
        parts.append(value if isinstance(value, (bool, Unanswered)) else None)
    return disjunction(parts)


def _if(node: If, scope: Scope) -> Value:
    condition = EVALUATE[type(node.condition)](node.condition, scope)
    if condition is True:
        return EVALUATE[type(node.then)](node.then, scope)
    open_or_null = isinstance(condition, Unanswered) or (scope.run.strict and condition is not False)
    if not open_or_null:
        return EVALUATE[type(node.otherwise)](node.otherwise, scope)
    then = EVALUATE[type(node.then)](node.then, scope)
    otherwise = EVALUATE[type(node.otherwise)](node.otherwise, scope)
    if same(then, otherwise):
        return then
    if not isinstance(condition, Unanswered):
        # Null, unless the branches turn out to be the same.
        waiting = join((then, otherwise))
        return waiting if waiting.paths else None
    if scope.run.strict and not is_truth(condition):
        # A condition that turns out to be null makes it neither of the two.
        return join((condition, then, otherwise))
    return one_of((then, otherwise), condition.paths)


def _in(node: In, scope: Scope) -> Value:
    return is_in(EVALUATE[type(node.value)](node.value, scope), node, scope)


def is_in(value: Value, node: In, scope: Scope) -> Truth:
    """Whether one of the tests holds of a value."""
    several = choices(value)
    if len(several) == 1:
        return _is_in(value, node, scope)
    return alike([_is_in(choice, node, scope) for choice in several], (value,))


def _is_in(value: Value, node: In, scope: Scope) -> Truth:
    inner = scope.inner({"?": value})
    found: list[Truth] = []
    for test in node.tests:
        truth = _passes(value, test, inner)
        if truth is True:
            return True
        found.append(truth)
    return disjunction(found)


def _passes(value: Value, test: Expression | Test, scope: Scope) -> Truth:
    if isinstance(test, Test):
        operand = EVALUATE[type(test.operand)](test.operand, scope)
        if isinstance(test.operand, Null):
            return against_null(test.op, value, operand, scope)
        return holds(test.op, value, operand, scope.run)
    if isinstance(test, Null):
        return against_null("=", value, None, scope)
    wanted = EVALUATE[type(test)](test, scope)
    several = choices(wanted)
    if len(several) == 1:
        return _meets(value, wanted, scope)
    return alike([_meets(value, choice, scope) for choice in several], (wanted,))


def _meets(value: Value, wanted: Value, scope: Scope) -> Truth:
    """Whether the value is what a test of ``in`` wants: a range, a list, a truth of its own, or an equal value."""
    if isinstance(wanted, Range):
        return in_range(value, wanted, scope.run)
    if isinstance(wanted, bool) and not isinstance(value, (bool, Unanswered)) and value is not None:
        return wanted
    items = items_of(wanted)
    if items is None:
        return equal(value, wanted, scope.run)
    found = _in_list(value, items.items, wanted, scope)
    if found is True or isinstance(wanted, list):
        return found
    further = _in_list(value, [items.further], wanted, scope)
    return found if further is False else waiting_truth([found, further], paths_of((wanted,)))


def _in_list(value: Value, items: Sequence[Value], wanted: Value, scope: Scope) -> Truth:
    """Whether one of the items is the value or a range that holds it; a list is also in itself."""
    if type(value) is str and value in items:
        return True
    if type(value) is Unanswered and value.knows is None and kind(value) == TEXT and _are_texts(items):
        # The code of a country that is not named yet, mostly: each comparison would wait for the same answer.
        scope.run.spend(len(items))
        return Unanswered(value.paths, BOOLEAN) if items else False
    itself = isinstance(value, list) or (isinstance(value, Unanswered) and kind(value) not in NEVER_LISTS)
    found: list[Truth] = [equal(value, wanted, scope.run)] if itself else []
    for item in items:
        truth = (
            in_range(value, item, scope.run)
            if isinstance(item, Range) and not isinstance(value, Range)
            else equal(value, item, scope.run)
        )
        if truth is True:
            return True
        # Something of another kind is simply not the value: the list may hold whatever it likes.
        found.append(False if truth is None and not scope.run.is_null(value, item) else truth)
    scope.run.spend(len(items))
    return disjunction(found)


def _are_texts(items: Sequence[Value]) -> bool:
    return {str}.issuperset(map(type, items))


def _instance_of(node: InstanceOf, scope: Scope) -> Value:
    value = EVALUATE[type(node.value)](node.value, scope)
    return untyped(value) if isinstance(value, Unanswered) else fits(value, node.type)


def _list(node: ListOf, scope: Scope) -> Value:
    evaluate = EVALUATE
    return [evaluate[type(item)](item, scope) for item in node.items]


def _context(node: Context, scope: Scope) -> Value:
    entries: dict[str, Value] = {}
    inner = scope.inner(entries)
    for name, value in node.entries:
        entries[name] = EVALUATE[type(value)](value, inner)
    return entries


def _range(node: RangeOf, scope: Scope) -> Value:
    low = None if node.low is None else EVALUATE[type(node.low)](node.low, scope)
    high = None if node.high is None else EVALUATE[type(node.high)](node.high, scope)
    if isinstance(low, Unanswered) or isinstance(high, Unanswered):
        return join((low, high))
    if ordered(">", low, high) is True:
        return None
    return Range(low, high, low_closed=node.low_closed, high_closed=node.high_closed, op=node.op)


class Turns:
    """What the turns of a loop gave: of the items that are there, and of those that may still come into open lists.

    ``front`` is how many results come first, without any of further items between them, None where all do; ``most`` how
    many results of further items there can be, None where any number.
    """

    __slots__ = ("beyond", "front", "most", "names", "paths", "results")

    def __init__(self, results: list[Value], names: dict[str, Value]) -> None:
        self.results = results
        self.names = names
        self.beyond: list[Value] = []
        self.front: int | None = None
        self.most: int | None = 0
        self.paths: frozenset[str] = frozenset()

    def open(self, paths: frozenset[str], most: int | None) -> None:
        """From here on, items may come between those that are there: of the open list that waits for ``paths``."""
        self.paths |= paths
        self.most = most
        if self.front is None:
            self.front = len(self.results)
            # What a loop has made so far is not certain any more either.
            if "partial" in self.names:
                self.names["partial"] = Unanswered(self.paths)

    def list(self) -> Value:
        """The list of all results."""
        if self.front is None or not self.beyond:
            return self.results
        further = one_of(self.beyond, self.paths)
        return open_list(self.paths, Items(self.results, further, self.most, self.front))

    def take(
        self, loops: Sequence[Loop], around: Any, body: Turn, run: Run, *, index: int = 0, sure: bool = True
    ) -> Unanswered | Broken | None:
        """Take a turn for every combination of items; gives what kept it from that, or None.

        It is not ``sure`` that there is the combination where one of its items may still come into an open list.
        """
        loop = loops[index]
        domain = loop.domain(around)
        items = items_of(domain)
        if items is None:
            return untyped(domain) if isinstance(domain, Unanswered) else BROKEN
        last = index == len(loops) - 1
        steps = body.steps if last else 1

        def take(item: Value, *, sure: bool) -> Unanswered | Broken | None:
            run.spend(steps)
            inner = loop.inner(around, item)
            if not last:
                return self.take(loops, inner, body, run, index=index + 1, sure=sure)
            results = self.results if sure else self.beyond
            results.append(body.value(inner))
            run.check_items(len(results))
            return None

        is_open = isinstance(domain, Unanswered)
        paths = join((domain,)).paths
        for place, item in enumerate(items.items):
            if is_open and place == items.front:
                self.open(paths, None)
            broken = take(item, sure=sure)
            if broken is not None:
                return broken
        if is_open:
            self.open(paths, items.most if len(loops) == 1 else None)
            broken = take(items.further, sure=False)
            if broken is not None:
                return join((domain, broken if isinstance(broken, Unanswered) else None))
        return None

    def truth(self, *, some: bool) -> Value:
        """Whether ``some`` result is true, or else every one."""
        parts = _truths(self.results)
        if some in parts:
            return some
        # Further items that are sure not to decide do not matter.
        beyond = [value for value in _truths(self.beyond) if value is some or not isinstance(value, bool)]
        if beyond:
            return waiting_truth([*parts, *beyond], self.paths)
        return disjunction(parts) if some else conjunction(parts)


def _for(node: For, scope: Scope) -> Value:
    results: list[Value] = []
    names: dict[str, Value] = {"partial": results}
    turns = Turns(results, names)
    broken = turns.take(_loops(node.iterations), scope.inner(names), _turn_of(node.result), scope.run)
    if isinstance(broken, Unanswered):
        return broken
    return None if broken is BROKEN else turns.list()


def _loops(iterations: tuple[Iteration, ...]) -> Sequence[Loop]:
    def loop(iteration: Iteration) -> Loop:
        # A function made in the body keeps its scope, so every turn has one of its own.
        return Loop(partial(_domain, iteration), lambda scope, item: scope.inner({iteration.name: item}))

    return [loop(iteration) for iteration in iterations]


def _turn_of(body: Expression) -> Turn:
    return Turn(partial(EVALUATE[type(body)], body), turn(*body.span))


class Broken:
    """The mark of a domain that cannot be iterated."""


BROKEN: Final = Broken()


class Loop(NamedTuple):
    """One of the lists a loop goes over, by what is ``around`` a turn: the names there, such as a :class:`Scope`.

    ``domain`` gives the list, or what cannot be one; ``inner`` what is around the turns of an item.
    """

    domain: Callable[[Any], list[Value] | Unanswered | None]
    inner: Callable[[Any, Value], Any]


class Turn(NamedTuple):
    """What a loop does for each combination of items, for so many ``steps``."""

    value: Callable[[Any], Value]
    steps: int


def _domain(iteration: Iteration, scope: Scope) -> list[Value] | Unanswered | None:
    """What the loop goes over; None where there is nothing to go over."""
    start = EVALUATE[type(iteration.domain)](iteration.domain, scope)
    if iteration.end is None:
        return domain_of(start, scope.run)
    return counting(start, EVALUATE[type(iteration.end)](iteration.end, scope), scope.run)


def domain_of(value: Value, run: Run) -> list[Value] | Unanswered | None:
    """What a loop over a value goes over."""
    if isinstance(value, Unanswered):
        return value if items_of(value) is not None else untyped(value)
    if isinstance(value, Range):
        return _counted(value.low, value.high, run, value)
    return value if isinstance(value, list) else None if value is None else [value]


def counting(start: Value, end: Value, run: Run) -> list[Value] | Unanswered | None:
    """What a loop from ``start`` to ``end`` goes over."""
    if isinstance(start, Unanswered) or isinstance(end, Unanswered):
        return join((start, end))
    return _counted(start, end, run)


def _counted(start: Value, end: Value, run: Run, extent: Range | None = None) -> list[Value] | None:
    """The whole numbers, or the days, from start to end, up or down."""
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        if start != start.to_integral_value() or end != end.to_integral_value():
            return None
        first, last = int(start), int(end)
    elif isinstance(start, Date) and isinstance(end, Date):
        first, last = start.days, end.days
    else:
        return None
    step = 1 if last >= first else -1
    if extent is not None:
        first, last = first + (not extent.low_closed) * step, last - (not extent.high_closed) * step
    run.check_items(abs(last - first) + 1)
    counted = range(first, last + step, step)
    return [Date.from_days(days) for days in counted] if isinstance(start, Date) else [Decimal(n) for n in counted]


def _quantified(node: Quantified, scope: Scope) -> Value:
    turns = Turns([], {})
    broken = turns.take(_loops(node.iterations), scope, _turn_of(node.condition), scope.run)
    if isinstance(broken, Unanswered):
        return broken
    return None if broken is BROKEN else turns.truth(some=node.quantifier == "some")


def _truths(values: Sequence[Value]) -> list[Truth]:
    return [value if isinstance(value, (bool, Unanswered)) else None for value in values]


def _filter(node: Filter, scope: Scope) -> Value:
    base = EVALUATE[type(node.base)](node.base, scope)
    if base is None:
        return None
    items = items_of(base)
    if items is None:
        if isinstance(base, Unanswered):
            return Unanswered(base.paths)
        items = Items([base], None, 0, 1)
    condition = node.condition
    if isinstance(condition, (Number, Negate)):
        return item_at(base, items, EVALUATE[type(condition)](condition, scope))
    if not items.items and items.most == 0:
        return _of_none(condition, scope)
    evaluate = EVALUATE[type(condition)]
    steps = turn(*condition.span)
    return Filtering(base, items, lambda item: evaluate(condition, scope.of_item(item)), steps, scope.run).result()


class Filtering:
    """A filter at work: the items that are kept, and those that may be.

    ``found`` is what the condition says of an item, for so many ``steps``.
    """

    def __init__(self, base: Value, items: Items, found: Callable[[Value], Value], steps: int, run: Run) -> None:
        self._base = base
        self._items = items
        self._of_item = found
        self._steps = steps
        self._run = run
        self._kept: list[Value] = []
        self._perhaps: list[Value] = []
        self._waiting: list[Value] = []
        self._front: int | None = None
        self._refused = False
        self._unclear = False

    def result(self) -> Value:
        """What the filter leaves; it waits where more than which items are left depends on answers."""
        items = self._items
        for place, item in enumerate(items.items):
            if place == items.front:
                self._end_of_front()
            found = self._found(item)
            if type(found) is Decimal:
                return join(self._waiting) if self._waiting else item_at(self._base, items, found)
            if found is True:
                self._kept.append(item)
            elif found is not False:
                self._look_at(found, item)
        is_open = isinstance(self._base, Unanswered)
        if is_open:
            self._end_of_front()
            found = self._found(items.further)
            is_open = found is not False
            if found is True or isinstance(found, Unanswered):
                self._look_at(found, items.further)
            elif found is not False and (self._run.strict or found is not None):
                self._unclear = True
        if self._unclear or (self._refused and (self._waiting or isinstance(self._base, Unanswered))):
            return join((*self._waiting, self._base))
        if self._refused:
            return None
        if not self._perhaps:
            return self._kept
        return self._of_perhaps(is_open=is_open)

    def _found(self, item: Value) -> Value:
        self._run.spend(self._steps)
        return self._of_item(item)

    def _look_at(self, found: Value, item: Value) -> None:
        """Take an item of which it is not certain that it is kept."""
        if found is True:
            self._perhaps.append(item)
        elif isinstance(found, Unanswered):
            self._end_of_front()
            self._waiting.append(found)
            self._perhaps.append(item)
            # It may turn out to be a position, or null.
            self._unclear = self._unclear or not is_truth(found)
        elif found is not False:
            # The standard leaves out the items of which a condition is null, and filters by nothing but conditions.
            self._refused = self._refused or self._run.strict or found is not None

    def _end_of_front(self) -> None:
        if self._front is None:
            self._front = len(self._kept)

    def _of_perhaps(self, *, is_open: bool) -> Value:
        paths = join((*self._waiting, self._base) if is_open else self._waiting).paths
        front = len(self._kept) if self._front is None else self._front
        most = None if is_open and self._items.most is None else len(self._perhaps) + (self._items.most or 0)
        return open_list(paths, Items(self._kept, one_of(self._perhaps, paths), most, front))


NEVER_A_POSITION = (And, Between, Boolean, Compare, In, InstanceOf, Or, Quantified)
"""The conditions of which it is plain that they choose items by what these are, not by where they stand."""


def _of_none(condition: Expression, scope: Scope) -> Value:
    """A filter of an empty list: null where the condition is a position, else no items."""
    if isinstance(condition, NEVER_A_POSITION):
        return []
    found = EVALUATE[type(condition)](condition, scope)
    if isinstance(found, Unanswered) and found.type != BOOLEAN:
        return Unanswered(found.paths)
    return None if isinstance(found, (Decimal, str, list, dict, Range)) else []


def item_at(base: Value, items: Items, position: Value) -> Value:
    """The item at a position, from 1, or from the end if it is negative; null beyond the ends."""
    if isinstance(position, Unanswered):
        return untyped(position)
    if not isinstance(position, Decimal) or position != position.to_integral_value():
        return None
    index = int(position)
    if 1 <= index <= items.front:
        return items.items[index - 1]
    if isinstance(base, Unanswered) and index:
        return untyped(base)
    return items.items[index] if 1 <= -index <= len(items.items) else None


class FunctionValue:
    """A function written in FEEL; it sees the names of the place where it was written."""

    __slots__ = ("body", "parameters", "scope", "types")

    def __init__(
        self, parameters: tuple[str, ...], types: tuple[TypeName | None, ...], body: Expression, scope: Scope
    ) -> None:
        self.parameters = parameters
        self.types = types
        self.body = body
        self.scope = scope

    def call(self, arguments: list[Value], run: Run) -> Value:
        """The function's value; null for a wrong number of arguments. One that is not of its type counts as null."""
        if len(arguments) != len(self.parameters):
            return None
        given: dict[str, Value] = {}
        for name, wanted, argument in zip(self.parameters, self.types, arguments, strict=True):
            given[name] = argument if wanted is None else converted(argument, wanted)
        run.spend(turn(*self.body.span))
        if run.depth >= run.limits.depth:
            raise LimitExceeded(f"functions call each other more than {run.limits.depth} levels deep")
        run.depth += 1
        try:
            return EVALUATE[type(self.body)](self.body, Scope(given, self.scope, run))
        finally:
            run.depth -= 1

    def literal_result(self) -> tuple[Value] | None:
        """What the function always gives, where its body is made of literals only; else None."""
        if not _is_literal(self.body):
            return None
        return (EVALUATE[type(self.body)](self.body, self.scope),)

    def call_by_name(self, names: tuple[str, ...], arguments: list[Value], run: Run) -> Value:
        """The same with named arguments; all must be given."""
        given = dict(zip(names, arguments, strict=True))
        if len(given) != len(names) or given.keys() != set(self.parameters):
            return None
        return self.call([given[name] for name in self.parameters], run)


def converted(value: Value, wanted: TypeName) -> Value:
    """The value as one of the wanted type, or null; a type that is not known takes anything."""
    if isinstance(value, Unanswered):
        # It keeps what is known of it only where it is surely of that type.
        return value if wanted.name == "Any" or _TYPES.get(wanted.name) == kind(value) else untyped(value)
    if fits(None, wanted) is None:
        return value
    return convert(
        value,
        lambda candidate: fits(candidate, wanted),
        to_list=wanted.name == "list",
        to_date_time=wanted.name == "date and time",
    )


_TYPES: Mapping[str, Type] = {"number": NUMBER, "string": TEXT, "boolean": BOOLEAN, "date": DATE}


def _is_literal(node: Expression) -> bool:
    if isinstance(node, ListOf):
        return all(map(_is_literal, node.items))
    if isinstance(node, Context):
        return all(_is_literal(value) for _, value in node.entries)
    return isinstance(node, (Text, Number, Boolean, Null, Temporal))


def _function(node: FunctionLiteral, scope: Scope) -> Value:
    names, types = zip(*node.parameters, strict=True) if node.parameters else ((), ())
    return FunctionValue(names, types, node.body, scope)


def _call(node: FunctionCall, scope: Scope) -> Value:
    evaluate = EVALUATE
    function = evaluate[type(node.function)](node.function, scope)
    if function is None and isinstance(node.function, Name):
        function = BUILTINS.get(node.function.name)
    arguments = [evaluate[type(argument)](argument, scope) for argument in node.arguments]
    if isinstance(function, Unanswered):
        return Unanswered(function.paths)
    call = getattr(function, "call", None)
    if call is None:
        return None
    if node.names is None:
        result: Value = call(arguments, scope.run)
    else:
        result = getattr(function, "call_by_name")(node.names, arguments, scope.run)  # noqa: B009
    return result


_DEFAULT = WorkLimits()


def evaluate(
    tree: Expression,
    names: Names,
    *,
    limits: WorkLimits = _DEFAULT,
    read: set[str] | None = None,
    record: Record | None = None,
    purse: Purse | None = None,
    strict: bool = False,
) -> Value:
    """The value of an expression.

    ``names`` are the names in scope; the declared fields of ``record``, if given, are names too. ``read`` collects the
    JSON Pointers of the answered fields (other than records) that were read; ``purse`` pays for the steps beside the
    limits. Raises :class:`LimitExceeded` when the work is beyond them.

    The standard takes a null for false in a filter, in the condition of ``if`` and where it is compared with a value
    that is there. With ``strict`` it stays null, so that a type error or a division by zero never decides a rule; only
    a comparison with the literal ``null`` still asks for it.
    """
    run = Run(limits, read, purse, strict=strict)
    scope = None if record is None else Scope(Members(record, run), None, run)
    try:
        return EVALUATE[type(tree)](tree, Scope(names, scope, run))
    except RecursionError:
        raise LimitExceeded("the expression calls functions too deeply") from None


EVALUATE.update(
    {
        Number: _literal,
        Text: _literal,
        Boolean: _literal,
        Null: _null,
        Temporal: _temporal,
        Name: _name,
        Path: _path,
        Arithmetic: _arithmetic,
        Negate: _negate,
        Compare: _compare,
        Between: _between,
        And: _and,
        Or: _or,
        If: _if,
        In: _in,
        InstanceOf: _instance_of,
        ListOf: _list,
        Context: _context,
        RangeOf: _range,
        For: _for,
        Quantified: _quantified,
        Filter: _filter,
        FunctionLiteral: _function,
        FunctionCall: _call,
    }
)
