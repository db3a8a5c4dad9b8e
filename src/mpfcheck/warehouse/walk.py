"""The rule language as SQL, three-valued: a walk over the typed trees beside the evaluator and the compiler.

Every piece of SQL is held to one law. Where its value is not NULL, it is what the reference evaluator gives. Where it
is NULL, the value is not answered yet, and that is all the reference can say of it, unless one of the conditions in
:attr:`Sql.vague` is true: then the reference may know more (of a list that is half there, say) or the value may be null
or too large, and the row is left to the Python engine. What cannot be said at all raises :class:`NotSayableError`.

Numbers are exact decimals whose digits are counted here, so that no engine can round or overflow: decimal128 has 34
digits in the rule language, and an engine 38.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from typing import Final, NamedTuple

from mpfcheck.feel.evaluate.builtins.registry import BUILTINS
from mpfcheck.feel.evaluate.evaluator import evaluate
from mpfcheck.feel.evaluate.patterns.pattern import pattern_of
from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    MONTHS_DURATION,
    NUMBER,
    TEXT,
    ListType,
    NumberType,
    RecordType,
    SimpleType,
    TextType,
    Type,
)
from mpfcheck.feel.values.knowledge import LONGEST, MOST_CHOICES
from mpfcheck.feel.values.temporal import Date, DaysDuration, MonthsDuration
from mpfcheck.feel.values.value import Unanswered, Value
from mpfcheck.proposal.fields import Exact, Kind, Many, Record, Whole
from mpfcheck.proposal.values import MAX_DIGITS, MAX_MONTHS_DIGITS
from mpfcheck.warehouse.dialect import Dialect
from mpfcheck.warehouse.letters import text_function

__all__ = ["LONGEST_LIST", "NARROW", "NotSayableError", "Shape", "Sql", "SqlWalk", "same_in_engines"]

LONGEST_LIST: Final = 1000
"""A row with a longer list is left to the Python engine, which counts the work it takes."""
LONGEST_INNER: Final = 30
"""The same of a loop in a loop."""
LONGEST_BODY: Final = 1000
"""The longest body of a loop, in characters: as for compiled rules."""
MOST_DIGITS: Final = 34
"""The digits of a number in the rule language. With no more, an engine's 38 are enough for every comparison."""
DIGITS_OF_LONGEST: Final = 10
"""The digits that a sum has more than its numbers: no list is longer."""
FEW_DIGITS: Final = 18
"""The digits of a decimal that engines keep in one machine word."""
MOST_MONTHS: Final = 12_000
MOST_OF_BIGINT: Final = 17
LONGEST_SEARCHED: Final = 100
"""The characters of a text in which a regular expression is looked for."""
NANOSECONDS_OF_DAY: Final = 86_400 * 10**9

ALWAYS: Final = frozenset({"TRUE"})
NEVER: Final[frozenset[str]] = frozenset()


class NotSayableError(Exception):
    """What SQL cannot say; the message names it."""


class Shape(NamedTuple):
    """The digits of a number before and after its point."""

    whole: int
    places: int

    @property
    def decimal(self) -> str:
        """The decimal type that holds it."""
        return f"DECIMAL({self.whole + self.places}, {self.places})"

    @property
    def sql(self) -> str:
        """The type that holds it and is quickest."""
        return "BIGINT" if not self.places and self.whole <= MOST_OF_BIGINT else self.decimal


NARROW: Final = Shape(12, 5)
"""The digits of nearly all quantities and unit costs: their products are exact."""


class Summands(NamedTuple):
    """Numbers of which a sum is made.

    ``numbers`` is a list of the same sum, with NULL where a number, or whether it counts, is not answered. ``perhaps``
    is a list of the most that each number can be of which it is not known whether it counts, NULL for all others; None
    where all count. ``most`` is the most that a number can be that is not answered, and ``fits`` whether that is all:
    else it has more digits than the table. ``some`` is whether there is surely a number.
    """

    numbers: str
    perhaps: str | None
    most: Decimal
    fits: bool
    some: bool = False


class Sql(NamedTuple):
    """A piece of SQL and what is certain of its value.

    ``reads`` are the variables of loops in it. ``vague`` are conditions on the row under which NULL means more
    than "not answered yet". ``shape`` is that of a number, ``limits`` what it is between where it is not answered,
    ``wider`` whether it can be beyond them too, by more than the engine can say; ``signed`` whether it can be negative.
    ``sure`` is whether the reference knows the kind of the value before it is answered. ``further`` marks an item that
    may still come into a list. ``within`` is the list, by its SQL, that a position is surely in, ``least`` the least
    it can be. ``settled`` is of a loop: its quantifier, its text, and a number that says the same: 3 where an
    item decides, 2 where that is open, 1 where none does. ``kept`` is of a filter: its list, and the item and condition
    of its loop; ``summands`` of a list of numbers of the proposal. ``parts`` are the lists, or the records, that a list
    is made of. ``branches`` are the condition of an ``if``, and its two values.
    """

    text: str
    type: Type
    reads: frozenset[str] = NEVER
    vague: frozenset[str] = NEVER
    shape: Shape | None = None
    limits: tuple[str, str] | None = None
    wider: bool = False
    signed: bool = False
    sure: bool = True
    further: bool = False
    within: str | None = None
    least: int | None = None
    kind: Kind | None = None
    settled: tuple[str, str, str] | None = None
    kept: tuple[Sql, Sql, Sql] | None = None
    summands: Summands | None = None
    parts: tuple[Sql, ...] = ()
    branches: tuple[Sql, Sql, Sql] | None = None

    def hazy(self, condition: str) -> frozenset[str]:
        """The conditions of this piece and one more; one on the item of a loop is taken for true."""
        return self.vague | {"TRUE" if self.reads else condition}


class SqlWalk:
    """Says the expressions of one call, on one day and with one set of parameters, in one dialect.

    ``record`` and ``type_`` describe the answers, ``constants`` the names that mean the same for every proposal, and
    ``definitions`` those that do not. ``columns`` collects what is worked out once a row, by the level it stands on.
    A table is ``narrow`` where its exact numbers have the digits of :data:`NARROW`, as nearly all have: then engines
    calculate several times faster.
    """

    def __init__(
        self,
        dialect: Dialect,
        record: Record,
        type_: RecordType,
        constants: Mapping[str, Value],
        definitions: Mapping[str, tree.Expression],
        *,
        narrow: bool = False,
    ) -> None:
        self.dialect = dialect
        self._narrow = narrow
        self._record = record
        self._type = type_
        self._constants = constants
        self._definitions = definitions
        self._variables = 0
        self._depth = 0
        self._defined: dict[str, Sql] = {}
        self._level: dict[str, int] = {}
        self._parts: dict[str, str] = {}
        self._literals: dict[str, str] = {}
        self._lengths: dict[str, str] = {}
        self.columns: list[dict[str, str]] = []

    # Columns that are worked out once a row.

    def column(self, name: str, text: str) -> str:
        """A column with this value, on the first level where all that it reads is there; its name as SQL."""
        quoted = self.dialect.identifier(name)
        if quoted not in self._level:
            level = max((level + 1 for other, level in self._level.items() if other in text), default=0)
            while len(self.columns) <= level:
                self.columns.append({})
            self.columns[level][name] = text
            self._level[quoted] = level
        return quoted

    def once(self, part: Sql) -> Sql:
        """The same piece as a column, where it reads no item of a loop: what is written twice is worked out twice."""
        if part.reads or "(" not in part.text:
            return part
        return part._replace(text=self._part(part.text))

    def _part(self, text: str) -> str:
        column = self.column(self._parts.setdefault(text, f"part {len(self._parts) + 1}"), text)
        if text in self._lengths:
            self._lengths[column] = self._lengths[text]
        return column

    def length(self, values: str, reads: frozenset[str]) -> str:
        """The length of a list. In a loop it is a column: each turn would be given the whole list otherwise."""
        text = self._lengths.get(values) or self.dialect.length(values)
        return text if reads or not self._depth else self._part(text)

    def variable(self) -> str:
        """A new variable of a loop."""
        self._variables += 1
        return f"v{self._variables}"

    # Expressions.

    def condition(self, expression: tree.Expression, scope: Mapping[str, Sql]) -> Sql:
        """The SQL of an expression that must be true or false."""
        condition = self.say(expression, scope)
        if condition.type != BOOLEAN:
            raise NotSayableError("what is neither true nor false")
        return condition

    def say(self, expression: tree.Expression, scope: Mapping[str, Sql]) -> Sql:
        """The SQL of an expression, with the items of loops in ``scope``; raises :class:`NotSayableError`."""
        if self._is_constant(expression, scope):
            return self._constant(evaluate(expression, self._constants, strict=True))
        say_node = _BY_NODE.get(type(expression))
        if say_node is None:
            raise NotSayableError(type(expression).__name__)
        return say_node(self, expression, scope)

    def _is_constant(self, expression: tree.Expression, scope: Mapping[str, Sql]) -> bool:
        used = names_used(expression)
        known = self._constants.keys() | BUILTINS.keys()
        answers = self._type.fields.keys() | self._definitions.keys()
        return not any(name in scope or name in answers or name not in known for name in used)

    def _constant(self, value: Value) -> Sql:
        if isinstance(value, bool):
            return Sql("TRUE" if value else "FALSE", BOOLEAN)
        if isinstance(value, Decimal):
            return _number(value)
        if isinstance(value, str):
            text = self.dialect.text(value)
            self._literals[text] = value
            return Sql(text, TEXT)
        if isinstance(value, Date):
            if not 1 <= value.year <= 9999:
                raise NotSayableError("a date beyond the calendar")
            return Sql(f"DATE '{value.year:04d}-{value.month:02d}-{value.day:02d}'", DATE)
        if isinstance(value, MonthsDuration):
            return Sql(str(value.months), MONTHS_DURATION)
        if isinstance(value, DaysDuration) and value.nanoseconds % NANOSECONDS_OF_DAY == 0:
            return Sql(str(value.nanoseconds // NANOSECONDS_OF_DAY), _DAYS)
        if isinstance(value, list):
            items = [self._constant(item) for item in value]
            kinds = {_kind(item.type) for item in items}
            if len(kinds) > 1 or not kinds <= {BOOLEAN, DATE, NUMBER, TEXT}:
                raise NotSayableError("a list of several kinds, or of none")
            shape = None if not items or items[0].shape is None else _common_shape(items)
            return Sql(self.dialect.array(", ".join(item.text for item in items)), ListType(items[0].type), shape=shape)
        raise NotSayableError("an unknown parameter" if isinstance(value, Unanswered) else "a constant of this kind")

    def _name(self, expression: tree.Name, scope: Mapping[str, Sql]) -> Sql:
        name = expression.name
        if name in scope:
            return scope[name]
        if name in self._definitions:
            return self._definition(name)
        if name in self._type.fields:
            return self._field(self.dialect.identifier(name), self._type, self._record, name)
        raise NotSayableError(f"the name {name}")

    def _definition(self, name: str) -> Sql:
        if name not in self._defined:
            depth, self._depth = self._depth, 0
            value = self.say(self._definitions[name], {})
            self._depth = depth
            column = self.column(f"def {name}", value.text)
            if value.text in self._lengths:
                self._lengths[column] = self._lengths[value.text]
            self._defined[name] = value._replace(text=column)
        return self._defined[name]

    def _field(self, text: str, type_: RecordType, record: Record, name: str, base: Sql | None = None) -> Sql:
        field, kind = type_.fields.get(name), record.fields[name].kind if name in record.fields else None
        if field is None or kind is None:
            raise NotSayableError(f"the field {name}")
        further = base is not None and base.further
        if field.absent == "empty" and not further:
            text = f"COALESCE({text}, {self.dialect.array('')})"
        reads = NEVER if base is None else base.reads
        made = Sql(text, field.type, reads=reads, further=further, kind=kind)
        if isinstance(field.type, NumberType):
            return self._sized(made, field.type, kind)
        if isinstance(field.type, ListType) and isinstance(kind, Many) and isinstance(kind.item, Exact | Whole):
            return made._replace(shape=self._shape_of(kind.item))
        return made

    def _path(self, expression: tree.Path, scope: Mapping[str, Sql]) -> Sql:
        picked = self._picked(expression.base, scope)
        if picked is None:
            return self._member(self.say(expression.base, scope), expression.name)
        # The members of all items are gathered once a row, and looked up by their place.
        items, place = picked
        members = self._member(items, expression.name)
        if not isinstance(members.kind, Many) or not isinstance(members.type, ListType):
            raise NotSayableError("a member of this kind")
        column = self.column(f"{items.text.strip(self.dialect.identifier('')[0])}.{expression.name}", members.text)
        return self._value_of(members.kind.item, members.type.item, self.dialect.item(column, place.text), place)

    def _picked(self, expression: tree.Expression, scope: Mapping[str, Sql]) -> tuple[Sql, Sql] | None:
        """The list and the place, where an item is picked by a counted place that the list surely has."""
        if not (isinstance(expression, tree.Filter) and isinstance(expression.condition, tree.Name)):
            return None
        place = scope.get(expression.condition.name)
        if place is None or place.within is None:
            return None
        items = self._list(expression.base, scope)
        return (items, place) if items.text == place.within and not items.reads else None

    def _value_of(self, kind: Kind, type_: Type, text: str, place: Sql) -> Sql:
        if isinstance(kind, Record | Many):
            raise NotSayableError("a member of this kind")
        made = Sql(text, type_, reads=place.reads, kind=kind)
        if isinstance(type_, NumberType):
            return self._sized(made, type_, kind)
        return made

    def _sized(self, number: Sql, type_: NumberType, kind: Kind) -> Sql:
        """A number of the proposal with its digits, and what it is between where it is not answered."""
        shape = self._shape_of(kind)
        if type_.within is None:
            return number._replace(shape=shape)
        low, high = type_.within
        most, fits = _most_of(high, shape)
        limits = f"COALESCE({number.text}, {low:f})", f"COALESCE({number.text}, CAST({most:f} AS {shape.sql}))"
        return number._replace(shape=shape, limits=limits, wider=not fits)

    def _shape_of(self, kind: Kind) -> Shape:
        shape = _shape_of(kind)
        return NARROW if self._narrow and shape.places > NARROW.places else shape

    def _member(self, base: Sql, name: str) -> Sql:
        quoted = self.dialect.identifier(name)
        if isinstance(base.type, RecordType) and isinstance(base.kind, Record):
            if not base.sure:
                # Nothing is known of such an item, not even what its fields can be.
                return self._unknown(base, name)
            text = self._null_of(base.kind.fields[name].kind) if base.text == "NULL" else f"{base.text}.{quoted}"
            if self._depth and not base.reads and not isinstance(base.kind.fields[name].kind, Record | Many):
                # Each turn of a loop would be given the whole record otherwise.
                text = self._part(text)
            found = self._field(text, base.type, base.kind, name, base)
            return found._replace(vague=base.vague)
        if isinstance(base.type, ListType) and isinstance(base.type.item, RecordType) and isinstance(base.kind, Many):
            return self._members(base, base.type.item, base.kind.item, name)
        raise NotSayableError(f"the member {name}")

    def _members(self, base: Sql, type_: Type, kind: Kind, name: str) -> Sql:
        """A member of every item of a list."""
        variable = self.variable()
        found = self._member(Sql(variable, type_, reads=frozenset({variable}), kind=kind), name)
        if isinstance(found.type, ListType):
            raise NotSayableError("a list of lists")
        made = Sql(
            self.dialect.each(base.text, variable, found.text),
            ListType(found.type),
            reads=base.reads,
            vague=base.vague,
            shape=found.shape,
            kind=Many(found.kind) if found.kind is not None else None,
        )
        if base.parts and not base.reads:
            # Quicker than to put the items together first.
            members = [self._member(part, name) for part in base.parts]
            if isinstance(base.parts[0].type, ListType):
                return self._after_another(members)._replace(vague=base.vague)
            return made._replace(text=self.dialect.array(", ".join(member.text for member in members)))
        if found.shape is None or not isinstance(found.type, NumberType) or found.type.within is None or base.reads:
            return made
        most, fits = _most_of(found.type.within[1], found.shape)
        numbers, perhaps = made.text, None
        if base.kept is not None:
            values, item, condition = base.kept
            amount, chosen = self._member(item, name).text, condition.text
            zero = f"CAST(0 AS {found.shape.decimal})"
            picked = f"CASE WHEN {chosen} THEN {amount} WHEN NOT {chosen} THEN {zero} END"
            coming = (
                f"CASE WHEN ({chosen}) IS NULL THEN COALESCE({amount}, CAST({most:f} AS {found.shape.decimal})) END"
            )
            numbers, perhaps = (self.dialect.each(values.text, item.text, text) for text in (picked, coming))
        return made._replace(summands=Summands(numbers, perhaps, most, fits))

    def _unknown(self, base: Sql, name: str) -> Sql:
        if not isinstance(base.type, RecordType) or not isinstance(base.kind, Record) or name not in base.type.fields:
            raise NotSayableError(f"the field {name}")
        kind, type_ = base.kind.fields[name].kind, base.type.fields[name].type
        shape = self._shape_of(kind) if isinstance(kind, Exact | Whole) else None
        text = "NULL" if isinstance(kind, Record) else self._null_of(kind)
        return Sql(text, type_, sure=False, further=True, shape=shape, kind=kind)

    def _null_of(self, kind: Kind) -> str:
        """NULL of the type of a field; of a record plain NULL, for only its members are asked for."""
        return "NULL" if isinstance(kind, Record) else f"CAST(NULL AS {self.sql_type(kind)})"

    def sql_type(self, kind: Kind) -> str:
        """The type of a column that holds answers of a kind."""
        match kind:
            case Exact() | Whole():
                return "BIGINT" if isinstance(kind, Whole) else self._shape_of(kind).decimal
            case Many(item):
                return self.dialect.array_type(self.sql_type(item))
            case Record(_, fields):
                colon = " " if self.dialect.name == "duckdb" else ": "
                name_of, type_of = self.dialect.identifier, self.sql_type
                members = [f"{name_of(name)}{colon}{type_of(field.kind)}" for name, field in fields.items()]
                brackets = "({})" if self.dialect.name == "duckdb" else "<{}>"
                return f"STRUCT{brackets.format(', '.join(members))}"
        return _SQL_TYPES.get(type(kind).__name__, self.dialect.text_type)

    # Logic.

    def _and(self, expression: tree.And, scope: Mapping[str, Sql]) -> Sql:
        return _joined(" AND ", [self.condition(part, scope) for part in expression.parts])

    def _or(self, expression: tree.Or, scope: Mapping[str, Sql]) -> Sql:
        return _joined(" OR ", [self.condition(part, scope) for part in expression.parts])

    def _if(self, expression: tree.If, scope: Mapping[str, Sql]) -> Sql:
        condition = self.condition(expression.condition, scope)
        then, otherwise = self.say(expression.then, scope), self.say(expression.otherwise, scope)
        kind = _kind(then.type)
        if kind != _kind(otherwise.type) or kind not in (BOOLEAN, DATE, NUMBER, TEXT):
            raise NotSayableError("branches of different kinds")
        if kind == NUMBER:
            shape = _common_shape([then, otherwise])
            then, otherwise = _cast(then, shape), _cast(otherwise, shape)
        parts = (condition, then, otherwise)
        c, t, o = condition.text, then.text, otherwise.text
        text = f"(CASE WHEN {c} THEN {t} WHEN NOT {c} THEN {o} WHEN {t} = {o} THEN {t} END)"
        made = Sql(text, then.type, _all_reads(parts), sure=then.sure and otherwise.sure, shape=then.shape)
        # Where the condition is open, the reference knows that it will be one of the two; and of a number that one of
        # them leaves open it knows the limits.
        vague = _all_vague(parts) | made.hazy("TRUE" if kind == NUMBER else f"({c}) IS NULL")
        made = made._replace(vague=vague, signed=then.signed or otherwise.signed)
        if condition.sure and then.branches is None and otherwise.branches is None:
            return made._replace(branches=(self.once(condition), self.once(then), self.once(otherwise)))
        return made

    def _either(self, value: Sql, test: Callable[[Sql], Sql]) -> Sql:
        """A test of a value with branches: where it is not known which of them it is, what both say."""
        if value.branches is None:
            return test(value)
        condition, then, otherwise = value.branches
        plain, yes, no = (test(one._replace(branches=None)) for one in (value, then, otherwise))
        c, t, o = condition.text, yes.text, no.text
        known = f"CASE WHEN {t} = {o} THEN {t} END"
        if _kind(value.type) == NUMBER:
            # A number that is not answered has limits, which those of the other branch do not touch.
            known = f"CASE WHEN {c} THEN {t} WHEN NOT {c} THEN {o} ELSE {known} END"
        parts = (condition, yes, no)
        return Sql(
            f"COALESCE({plain.text}, {known})",
            BOOLEAN,
            plain.reads | _all_reads(parts),
            _all_vague(parts),
            sure=yes.sure and no.sure,
        )

    def _compare(self, expression: tree.Compare, scope: Mapping[str, Sql]) -> Sql:
        return self._comparison(expression.op, self.say(expression.left, scope), self.say(expression.right, scope))

    def _comparison(self, op: str, left: Sql, right: Sql) -> Sql:
        return self._either(left, lambda ours: self._either(right, lambda theirs: self._plain(op, ours, theirs)))

    def _plain(self, op: str, left: Sql, right: Sql) -> Sql:
        """A comparison of values without branches."""
        kind = _kind(left.type)
        ordered = op not in ("=", "!=")
        allowed = (DATE, NUMBER, TEXT) if ordered else (BOOLEAN, DATE, NUMBER, TEXT)
        if kind != _kind(right.type) or kind not in allowed:
            raise NotSayableError("a comparison of these kinds")
        sign = "<>" if op == "!=" else op
        sure, vague = left.sure and right.sure, left.vague | right.vague
        text = f"({left.text} {sign} {right.text})"
        if kind == NUMBER:
            _common_shape([left, right])
            sure = sure and left.limits is not None and right.limits is not None
        if kind in (DATE, NUMBER) and (left.limits is not None or right.limits is not None):
            # Of a date that is not answered nothing is known, and its limits are NULL as it is.
            ours, theirs = (one.limits or (one.text, one.text) for one in (left, right))
            if kind == DATE or (left.limits is not None and right.limits is not None):
                # Where numbers within the limits make it true and others false, wider limits tell no more.
                decided = _within_limits(op, ours, theirs)
                if left.wider or right.wider:
                    vague |= {f"({decided}) IS NOT NULL"}
                elif decided:
                    text = f"COALESCE({text}, {decided})"
        return Sql(text, BOOLEAN, left.reads | right.reads, vague, sure=sure)

    def _between(self, expression: tree.Between, scope: Mapping[str, Sql]) -> Sql:
        value, low, high = (self.say(part, scope) for part in (expression.value, expression.low, expression.high))
        return _joined(" AND ", [self._comparison(">=", value, low), self._comparison("<=", value, high)])

    def _in(self, expression: tree.In, scope: Mapping[str, Sql]) -> Sql:
        value = self.say(expression.value, scope)
        return self._either(
            value, lambda one: _joined(" OR ", [self._test(one, test, scope) for test in expression.tests])
        )

    def _test(self, value: Sql, test: tree.Expression | tree.Test, scope: Mapping[str, Sql]) -> Sql:
        if isinstance(test, tree.Test):
            return self._comparison(test.op, value, self.say(test.operand, scope))
        if isinstance(test, tree.RangeOf):
            if test.low is None or test.high is None:
                raise NotSayableError("a range with one end")
            low, high = self.say(test.low, scope), self.say(test.high, scope)
            ends = [(">=" if test.low_closed else ">", low), ("<=" if test.high_closed else "<", high)]
            return _joined(" AND ", [self._comparison(op, value, end) for op, end in ends])
        if self._is_constant(test, scope):
            wanted = evaluate(test, self._constants, strict=True)
            if isinstance(wanted, list):
                return self._in_constants(value, wanted)
        other = self.say(test, scope)
        if not isinstance(other.type, ListType):
            return self._comparison("=", value, other)
        return self._in_list(value, other)

    def _in_constants(self, value: Sql, wanted: list[Value]) -> Sql:
        if not wanted:
            return Sql("FALSE", BOOLEAN)
        items = [self._constant(item) for item in wanted]
        if any(_kind(item.type) != _kind(value.type) for item in items) or _kind(value.type) not in (DATE, TEXT):
            raise NotSayableError("a list of constants of this kind")
        texts = list(dict.fromkeys(item.text for item in items))
        return value._replace(
            text=self.dialect.among(value.text, texts), type=BOOLEAN, shape=None, limits=None, kind=None
        )

    def _in_list(self, value: Sql, values: Sql) -> Sql:
        item = values.type.item if isinstance(values.type, ListType) else ANY
        if _kind(item) != _kind(value.type) or _kind(item) not in (BOOLEAN, DATE, TEXT):
            raise NotSayableError("in a list of another kind")
        return self._over("some", values, lambda one: self._comparison("=", one, value))

    # Loops.

    def _quantified(self, expression: tree.Quantified, scope: Mapping[str, Sql]) -> Sql:
        (first, *others) = expression.iterations
        _require_short(expression.condition)
        inside: tree.Expression = expression.condition
        if others:
            inside = tree.Quantified(expression.quantifier, tuple(others), expression.condition)

        def body(item: Sql) -> Sql:
            return self.condition(inside, {**scope, first.name: item})

        if first.end is not None:
            return self._counted(expression.quantifier, first, first.end, body, scope)
        return self._over(expression.quantifier, self._list(first.domain, scope), body)

    def _list(self, expression: tree.Expression, scope: Mapping[str, Sql]) -> Sql:
        values = self.say(expression, scope)
        # Raises for anything that is not a list.
        _item_type(values)
        return values

    @contextmanager
    def inside(self) -> Iterator[None]:
        """What is said in here is said of every item of a list."""
        if self._depth > 1:
            raise NotSayableError("loops in loops in loops")
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def item_of(self, values: Sql, variable: str) -> Sql:
        """The item of a loop over a list."""
        kind = values.kind.item if isinstance(values.kind, Many) else None
        made = Sql(variable, _item_type(values), reads=values.reads | {variable}, kind=kind)
        if isinstance(made.type, NumberType):
            if values.shape is None:
                raise NotSayableError("numbers of unknown size")
            return made._replace(shape=values.shape, vague=ALWAYS)
        return made

    def further_of(self, values: Sql, *, sure: bool = True) -> Sql:
        """An item that may still come into a list, of which nothing is known but its kind (if that: ``sure``)."""
        kind = values.kind.item if isinstance(values.kind, Many) else None
        if kind is None:
            raise NotSayableError("a list of unknown kind")
        made = Sql(self._null_of(kind), _item_type(values), further=True, kind=kind, sure=sure)
        if isinstance(made.type, NumberType) and isinstance(kind, Exact | Whole):
            return made._replace(shape=self._shape_of(kind), vague=ALWAYS if sure else NEVER)
        return made

    def _over(self, quantifier: str, values: Sql, body: Callable[[Sql], Sql]) -> Sql:
        """``some`` or ``every`` item of a list: one pass, in which an item decides, is open, or is one of the rest."""
        variable = self.variable()
        with self.inside():
            condition = body(self.item_of(values, variable))
            # A list of constants is always there.
            of_further = Sql("NULL", BOOLEAN) if values.kind is None else body(self.further_of(values))
        keeps = of_further.text if quantifier == "every" else f"NOT {of_further.text}"
        greatest = self.dialect.greatest(self.dialect.each(values.text, variable, self._codes(quantifier, condition)))
        vague = values.vague | _outside(condition.vague, variable) | of_further.vague
        rest = "1"
        if self._depth:
            # The reference counts the work of loops in loops.
            length = self.length(values.text, values.reads)
            short = f"COALESCE({length} <= {LONGEST_INNER}, TRUE)"
            greatest = f"CASE WHEN {short} THEN {greatest} END"
            rest = f"CASE WHEN {short} THEN 1 ELSE 2 END"
            vague |= values.hazy(f"(NOT {short})")
        code = f"COALESCE({greatest}, CASE WHEN {values.text} IS NOT NULL THEN {rest} WHEN {keeps} THEN 1 ELSE 2 END)"
        return self._settled(
            quantifier,
            code,
            reads=values.reads | (condition.reads - {variable}) | of_further.reads,
            vague=vague,
            sure=condition.sure and of_further.sure,
        )

    def _settled(self, quantifier: str, code: str, *, reads: frozenset[str], vague: frozenset[str], sure: bool) -> Sql:
        """What a loop comes to, from the greatest number of its items."""
        code = self.once(Sql(code, NUMBER, reads)).text
        decides, rest = ("FALSE", "TRUE") if quantifier == "every" else ("TRUE", "FALSE")
        text = f"(CASE {code} WHEN 3 THEN {decides} WHEN 1 THEN {rest} END)"
        return Sql(text, BOOLEAN, reads, vague, sure=sure, settled=(quantifier, text, code))

    def _codes(self, quantifier: str, condition: Sql) -> str:
        """3 for an item that decides, 2 for one that is open, 1 for the rest."""
        if condition.settled is not None and condition.settled[:2] == (quantifier, condition.text):
            return condition.settled[2]
        return self.dialect.coded(condition.text, *((1, 3) if quantifier == "every" else (3, 1)), "2")

    def _counted(
        self,
        quantifier: str,
        loop: tree.Iteration,
        end: tree.Expression,
        body: Callable[[Sql], Sql],
        scope: Mapping[str, Sql],
    ) -> Sql:
        """``some`` or ``every`` number from the begin of a loop to its ``end``."""
        first, last = self.say(loop.domain, scope), self.say(end, scope)
        if first.shape is None or last.shape is None or first.shape.places or last.shape.places or first.reads:
            raise NotSayableError("counting other than whole numbers")
        least = int(loop.domain.value) if isinstance(loop.domain, tree.Number) else None
        within = self._counts(end, scope) if least is not None and least >= 1 else None
        variable = self.variable()
        item = Sql(
            variable,
            NUMBER,
            last.reads | {variable},
            shape=Shape(5, 0),
            limits=(variable, variable),
            within=within,
            least=least,
        )
        with self.inside():
            condition = body(item)
        a, b = first.text, last.text
        longest = LONGEST_INNER if self._depth else LONGEST_LIST
        size = f"{b} - {a} < {longest}" if within is None else f"{self.length(within, NEVER)} <= {longest}"
        upwards = least is not None and last.least is not None and least <= last.least
        going = size if upwards else f"{a} <= {b} AND {size}"
        counted = self.dialect.count_up(a, b, going)
        greatest = self.dialect.greatest(self.dialect.each(counted, variable, self._codes(quantifier, condition)))
        code = f"COALESCE({greatest}, CASE WHEN {going} THEN 1 ELSE 2 END)"
        vague = first.vague | last.vague | _outside(condition.vague, variable)
        if within is None:
            vague |= last.hazy(f"COALESCE(NOT ({size}), FALSE)")
        else:
            vague |= {f"COALESCE(NOT ({size}), FALSE)"}
        if not upwards:
            # The language then counts down.
            vague |= last.hazy(f"COALESCE({a} > {b}, FALSE)")
        return self._settled(
            quantifier, code, reads=last.reads | (condition.reads - {variable}), vague=vague, sure=False
        )

    def _counts(self, end: tree.Expression, scope: Mapping[str, Sql]) -> str | None:
        """The list that has an item at every place up to this one; None where none is known."""
        match end:
            case tree.FunctionCall(tree.Name("count"), (counted,), None):
                return self._list(counted, scope).text
            case tree.Name(name) if name in scope:
                return scope[name].within
            case tree.Arithmetic("-", tree.Name(name), tree.Number()) if name in scope:
                return scope[name].within
        return None

    def _filter(self, expression: tree.Filter, scope: Mapping[str, Sql]) -> Sql:
        if self._picked(expression, scope) is not None:
            raise NotSayableError("an item as a whole")
        base = self._list(expression.base, scope)
        variable = self.variable()
        item = self.item_of(base, variable)
        inner = {**scope, "item": item}
        if isinstance(item.type, RecordType):
            inner.update({name: self._member(item, name) for name in item.type.fields if self._sayable(item, name)})
        _require_short(expression.condition)
        with self.inside():
            condition = self.condition(expression.condition, inner)
            of_further = None
            if base.kind is not None:
                further = self.further_of(base)
                coming = {**scope, "item": further}
                if isinstance(further.type, RecordType):
                    coming.update({name: self._member(further, name) for name in inner.keys() & further.type.fields})
                of_further = self.condition(expression.condition, coming)
        if self._depth:
            raise NotSayableError("a filter in a loop")
        truths = self.dialect.each(base.text, variable, condition.text)
        kept = self.dialect.keep(base.text, variable, condition.text)
        text = self._part(f"(CASE WHEN {self.dialect.complete(truths)} THEN {kept} END)")
        made = base._replace(text=text, vague=ALWAYS, summands=None, parts=())
        if of_further is None or not (condition.sure and of_further.sure) or condition.vague or of_further.vague:
            # Where a condition may turn out to be no truth, it is not known what is kept.
            return made
        # Of a list of which some items may be kept, the reference knows the others; of no list, that any may come.
        unsure = f"({text} IS NULL AND ({base.text} IS NOT NULL OR ({of_further.text}) IS NOT NULL))"
        return made._replace(vague=base.hazy(unsure), kept=(base, item, condition))

    def _sayable(self, item: Sql, name: str) -> bool:
        try:
            self._member(item, name)
        except NotSayableError:
            return False
        return True

    # Arithmetic.

    def _arithmetic(self, expression: tree.Arithmetic, scope: Mapping[str, Sql]) -> Sql:
        left, right = self.say(expression.left, scope), self.say(expression.right, scope)
        op = expression.op
        if left.shape is not None and right.shape is not None and op in ("+", "-", "*"):
            return self._times(left, right) if op == "*" else self._plus(op, left, right)
        if op == "*" and MONTHS_DURATION in (left.type, right.type):
            months, factor = (left, right) if left.type == MONTHS_DURATION else (right, left)
            if factor.shape is None or factor.shape.places or not _is_literal(months.text):
                raise NotSayableError("a duration multiplied by this")
            text = f"({factor.text} * {months.text})"
            if factor.limits is None or factor.signed or int(months.text) < 0:
                return Sql(text, MONTHS_DURATION, factor.reads, ALWAYS)
            low, high = (f"({limit} * {months.text})" for limit in factor.limits)
            return Sql(text, MONTHS_DURATION, factor.reads, factor.vague, limits=(low, high), wider=factor.wider)
        if left.type == DATE and op in ("+", "-"):
            return self._later(op, left, right)
        raise NotSayableError(f"{op} of these kinds")

    def _plus(self, op: str, left: Sql, right: Sql) -> Sql:
        common = _common_shape([left, right])
        shape = _checked(Shape(common.whole + 1, common.places))

        def added(one: str, other: str) -> str:
            return f"(CAST({one} AS {shape.sql}) {op} CAST({other} AS {shape.sql}))"

        limits, wider = None, left.wider or right.wider
        if left.limits is not None and right.limits is not None:
            (low, high), (least, most) = left.limits, right.limits
            limits = (added(low, least), added(high, most)) if op == "+" else (added(low, most), added(high, least))
        lower = None
        if op == "-" and left.least is not None and _is_literal(right.text) and right.shape is not None:
            lower = left.least - int(right.text)
        text = f"CAST({added(left.text, right.text)} AS {shape.sql})"
        return Sql(
            text,
            NUMBER,
            left.reads | right.reads,
            left.vague | right.vague,
            shape,
            limits,
            wider,
            signed=op == "-" or left.signed or right.signed,
            sure=limits is not None,
            least=lower,
        )

    def _times(self, left: Sql, right: Sql) -> Sql:
        a, b = _shape(left), _shape(right)
        exact = a.whole + a.places + b.whole + b.places <= MOST_DIGITS
        if not exact:
            left, right = _narrowed(left), _narrowed(right)
            a, b = _shape(left), _shape(right)
        shape = _checked(Shape(a.whole + b.whole, a.places + b.places))
        limits = None
        vague = left.vague | right.vague
        if left.signed or right.signed or not exact:
            vague = ALWAYS
        elif left.limits is not None and right.limits is not None:
            low, high = (_product(one, a, other, b) for one, other in zip(left.limits, right.limits, strict=True))
            limits = low, high
        return Sql(
            _product(left.text, a, right.text, b),
            NUMBER,
            left.reads | right.reads,
            vague,
            shape,
            limits,
            left.wider or right.wider,
            signed=left.signed or right.signed,
            sure=limits is not None,
        )

    def _later(self, op: str, day: Sql, span: Sql) -> Sql:
        reads = day.reads | span.reads
        if span.type == _DAYS and _is_literal(span.text):
            days = int(span.text) if op == "+" else -int(span.text)
            limits = None
            if day.limits is not None:
                low, high = (self.dialect.plus_days(limit, days) for limit in day.limits)
                limits = low, high
            text = self.dialect.plus_days(day.text, days)
            return Sql(text, DATE, reads, day.vague, limits=limits, wider=day.wider, sure=False)
        if span.type == MONTHS_DURATION:
            months = span.text if op == "+" else f"(-{span.text})"
            later = self.dialect.plus_months(day.text, months)
            # Engines end the whole query at a date beyond their calendar.
            text = f"(CASE WHEN {months} BETWEEN -{MOST_MONTHS} AND {MOST_MONTHS} THEN {later} END)"
            if span.limits is None or day.limits is not None:
                return Sql(text, DATE, reads, ALWAYS, sure=False)
            least, most = (
                f"(CASE WHEN {one} > {MOST_MONTHS} THEN {MOST_MONTHS} ELSE {one} END)" for one in span.limits
            )
            ends = (least, most) if op == "+" else (f"(-{most})", f"(-{least})")
            low, high = (self.dialect.plus_months(day.text, end) for end in ends)
            vague = day.vague | span.hazy(f"COALESCE({span.text} > {MOST_MONTHS}, FALSE)")
            return Sql(text, DATE, reads, vague, limits=(low, high), wider=True, sure=False)
        raise NotSayableError("a date and a duration of this kind")

    def _negate(self, expression: tree.Negate, scope: Mapping[str, Sql]) -> Sql:
        number = self.say(expression.operand, scope)
        if number.shape is None:
            raise NotSayableError("minus of what is not a number")
        return Sql(f"(-{number.text})", NUMBER, number.reads, ALWAYS, number.shape, signed=True)

    # Lists and functions.

    def _listof(self, expression: tree.ListOf, scope: Mapping[str, Sql]) -> Sql:
        items = [self.say(item, scope) for item in expression.items]
        if not items or any(item.type != items[0].type or item.kind is None for item in items):
            raise NotSayableError("a list of several kinds, or of none")
        text = self.dialect.array(", ".join(item.text for item in items))
        kind = Many(items[0].kind) if items[0].kind is not None else None
        parts = tuple(items) if isinstance(items[0].type, RecordType) else ()
        type_ = ListType(items[0].type)
        return Sql(text, type_, _all_reads(items), _all_vague(items), items[0].shape, kind=kind, parts=parts)

    def _call(self, expression: tree.FunctionCall, scope: Mapping[str, Sql]) -> Sql:
        name = expression.function.name if isinstance(expression.function, tree.Name) else ""
        if name in _TEXT_FUNCTIONS and expression.names is None and len(expression.arguments) == 1:
            return self._text_function(name, expression.arguments[0], scope)
        function = _FUNCTIONS.get(name)
        if function is None or expression.names is not None:
            raise NotSayableError(f"the function {name or 'that is given'}")
        return function(self, [self.say(argument, scope) for argument in expression.arguments])

    def _not(self, arguments: list[Sql]) -> Sql:
        (value,) = arguments
        if value.type != BOOLEAN:
            raise NotSayableError("not of what is neither true nor false")
        return value._replace(text=f"(NOT {value.text})")

    def _count(self, arguments: list[Sql]) -> Sql:
        (values,) = arguments
        if not isinstance(values.type, ListType):
            raise NotSayableError("count of what is not a list")
        text = self.length(values.text, values.reads)
        limits = (f"COALESCE({text}, 0)", f"COALESCE({text}, {LONGEST})")
        return Sql(text, NUMBER, values.reads, values.vague, Shape(10, 0), limits)

    def _sum(self, arguments: list[Sql]) -> Sql:
        (values,) = arguments
        if not isinstance(values.type, ListType) or not isinstance(values.type.item, NumberType) or not values.shape:
            raise NotSayableError("sum of what is not a list of numbers")
        shape = _checked(Shape(values.shape.whole + DIGITS_OF_LONGEST, values.shape.places))
        if values.summands is not None:
            return self._sum_of(values, values.summands, shape)
        values = self.once(values)
        total = self.dialect.total(values.text, shape.decimal)
        text = f"(CASE WHEN {self.dialect.complete(values.text)} THEN {total} END)"
        return Sql(text, NUMBER, values.reads, ALWAYS, shape, signed=values.signed)

    def _sum_of(self, values: Sql, summands: Summands, shape: Shape) -> Sql:
        """The sum of numbers of the proposal, and between what it is: as the law of the reference says."""
        numbers, count = self._part(summands.numbers), Shape(10, 0)
        total = self.dialect.total(numbers, shape.decimal)
        length, known = self.dialect.length(numbers), self.dialect.known(numbers)
        # Of no number there is no sum.
        some = "TRUE" if summands.some else f"{length} > 0"
        whole = self._part(f"(CASE WHEN {length} = {known} AND {some} THEN COALESCE({total}, 0) END)")
        most = _number(summands.most)
        missing, certain, vague = f"({length} - {known})", some, NEVER
        coming = f"CAST(0 AS {shape.decimal})"
        if summands.perhaps is not None:
            perhaps = f"COALESCE({self.dialect.known(summands.perhaps)}, 0)"
            # Of more that may count, the reference knows no limits.
            certain = f"{some} AND {perhaps} <= {MOST_CHOICES}"
            missing = f"({missing} - {perhaps})"
            greatest = f"COALESCE({self.dialect.greatest(summands.perhaps)}, 0)"
            coming = _product(perhaps, count, greatest, _shape(values))
            # Whether an item that may still come would count, is not looked at.
            vague = frozenset({f"({numbers} IS NULL)"})
        of_missing = _product(missing, count, most.text, _shape(most))
        low = f"COALESCE({total}, 0)"
        high = " + ".join(f"CAST({part} AS {shape.decimal})" for part in (low, of_missing, coming))
        of_no_list = f"CAST({LONGEST * summands.most:f} AS {shape.decimal})" if summands.some else "NULL"
        least = self._part(f"(CASE WHEN {whole} IS NULL AND {certain} THEN {low} END)")
        greatest = self._part(
            f"(CASE WHEN {whole} IS NOT NULL THEN NULL WHEN {numbers} IS NULL THEN {of_no_list} "
            f"WHEN {certain} THEN CAST({high} AS {shape.decimal}) END)"
        )
        limits = f"COALESCE({whole}, {least})", f"COALESCE({whole}, {greatest})"
        return Sql(whole, NUMBER, NEVER, vague, shape, limits, not summands.fits, sure=summands.some)

    def _append(self, arguments: list[Sql]) -> Sql:
        values, *items = arguments
        if not isinstance(values.type, ListType) or any(_kind(one.type) != _kind(values.type.item) for one in items):
            raise NotSayableError("append of other kinds")
        shape = values.shape
        if shape is not None:
            shape = _common_shape([Sql("", NUMBER, shape=shape), *items])
            items = [_cast(item, shape) for item in items]
        added = self.dialect.array(", ".join(item.text for item in items))
        made = self._after_another([values, Sql(added, values.type, _all_reads(items), _all_vague(items))])
        if values.summands is not None and all(item.limits == ("0", "0") for item in arguments[1:]):
            made = made._replace(summands=values.summands._replace(some=True))
        return made._replace(shape=shape, signed=values.signed or any(item.signed for item in items))

    def _concatenate(self, arguments: list[Sql]) -> Sql:
        first, *others = arguments
        if not isinstance(first.type, ListType) or any(
            other.type != first.type or other.kind != first.kind for other in others
        ):
            raise NotSayableError("lists of several kinds")
        return self._after_another(arguments)._replace(parts=tuple(arguments))

    def _after_another(self, lists: list[Sql]) -> Sql:
        lists = [self.once(one) for one in lists]
        first = lists[0]
        from_answers = [one for one in lists if not one.text.startswith(self.dialect.array("")[:-1])]
        there = " AND ".join(f"{one.text} IS NOT NULL" for one in from_answers) or "TRUE"
        text = f"(CASE WHEN {there} THEN {self.dialect.joined([one.text for one in lists])} END)"
        if not _all_reads(lists):
            # Where only the length is asked for, the lists need not be put together.
            lengths = " + ".join(self.length(one.text, NEVER) for one in lists)
            self._lengths[text] = f"(CASE WHEN {there} THEN {lengths} END)"
        vague = _all_vague(lists)
        for one in from_answers:
            # Of the others the reference knows the items.
            vague |= one.hazy(f"({one.text} IS NULL)")
        return first._replace(
            text=text, reads=_all_reads(lists), vague=vague, kept=None, summands=None, parts=(), settled=None
        )

    def _abs(self, arguments: list[Sql]) -> Sql:
        (number,) = arguments
        if number.shape is None:
            raise NotSayableError("abs of what is not a number")
        limits, vague = None, ALWAYS
        if number.limits is not None:
            low, high = number.limits
            limits = (
                f"(CASE WHEN {low} > 0 THEN {low} WHEN {high} < 0 THEN -{high} ELSE 0 END)",
                f"(CASE WHEN {high} > -{low} THEN {high} ELSE -{low} END)",
            )
            vague = number.vague
        return Sql(
            f"ABS({number.text})", NUMBER, number.reads, vague, number.shape, limits, number.wider, sure=number.sure
        )

    def _round_half_up(self, arguments: list[Sql]) -> Sql:
        number, digits = arguments
        if number.shape is None or digits.shape is None or not _is_literal(digits.text):
            raise NotSayableError("rounding of this")
        places = int(digits.text)
        if not 0 <= places < number.shape.places:
            raise NotSayableError("rounding to more places than there are")
        shape = Shape(number.shape.whole + 1, places)
        exact = _shape(number)
        limits, vague = None, ALWAYS
        if number.limits is not None:
            low, high = (self._rounded(limit, exact, places, shape) for limit in number.limits)
            limits, vague = (low, high), number.vague
        text = self._rounded(number.text, exact, places, shape)
        return Sql(
            text, NUMBER, number.reads, vague, shape, limits, number.wider, signed=number.signed, sure=number.sure
        )

    def _rounded(self, number: str, exact: Shape, places: int, shape: Shape) -> str:
        """Rounding in few digits, where they are enough: with many it takes several times as long."""
        text = f"CAST(ROUND({number}, {places}) AS {shape.sql})"
        small = Shape(FEW_DIGITS - exact.places, exact.places)
        if not 0 < small.whole < exact.whole:
            return text
        most = 10**small.whole - 1
        quick = f"CAST(ROUND(CAST({number} AS {small.decimal}), {places}) AS {shape.sql})"
        return f"(CASE WHEN {number} BETWEEN -{most} AND {most} THEN {quick} ELSE {text} END)"

    def _part_of_text(self, arguments: list[Sql], *, how: str) -> Sql:
        text, part = arguments
        if not (_kind(text.type) == _kind(part.type) == TEXT):
            raise NotSayableError("of what is not a text")
        test = getattr(self.dialect, how)(text.text, part.text)
        return Sql(test, BOOLEAN, text.reads | part.reads, ALWAYS, sure=False)

    def _matches(self, arguments: list[Sql]) -> Sql:
        text, pattern = arguments
        written = self._literals.get(pattern.text)
        if _kind(text.type) != TEXT or written is None or not same_in_engines(written):
            raise NotSayableError("a regular expression that engines read in their own way")
        found = self.dialect.finds(text.text, written)
        # The reference counts the steps it takes.
        test = f"(CASE WHEN length({text.text}) <= {LONGEST_SEARCHED} THEN {found} END)"
        return Sql(test, BOOLEAN, text.reads, ALWAYS, sure=False)

    def _text_function(self, name: str, argument: tree.Expression, scope: Mapping[str, Sql]) -> Sql:
        """A function that knows the usual letters; of a text with others it is NULL, and the row is left."""
        picked = self._picked(argument.base, scope) if isinstance(argument, tree.Path) else None
        if picked is None or not isinstance(argument, tree.Path):
            value = self.say(argument, scope)
            if _kind(value.type) != TEXT:
                raise NotSayableError(f"{name} of what is not a text")
            text = text_function(self.dialect, name, value.text)
            unknown = value.hazy(f"({value.text} IS NOT NULL AND {text} IS NULL)")
            return Sql(text, TEXT, value.reads, unknown, sure=False)
        items, place = picked
        members = self._member(items, argument.name)
        if not isinstance(members.type, ListType) or _kind(members.type.item) != TEXT:
            raise NotSayableError(f"{name} of what is not a text")
        own = f"{items.text.strip(self.dialect.identifier('')[0])}.{argument.name}"
        plain = self.column(own, members.text)
        variable = self.variable()
        found = self.column(
            f"{name} {own}", self.dialect.each(plain, variable, text_function(self.dialect, name, variable))
        )
        lost = self.column(f"lost {name} {own}", f"({self.dialect.known(found)} < {self.dialect.known(plain)})")
        return Sql(
            self.dialect.item(found, place.text), TEXT, place.reads, frozenset({f"COALESCE({lost}, FALSE)"}), sure=False
        )


_DAYS = SimpleType("days and time duration")

_SQL_TYPES: Mapping[str, str] = {"YesNo": "BOOLEAN", "Day": "DATE"}

_TEXT_FUNCTIONS = ("digits", "plain name")

_LETTER = "[A-Za-z0-9]"
_SAME_PATTERN: Final = re.compile(
    rf"\^?(({_LETTER}|\[\^?({_LETTER}(-{_LETTER})?)+\]|\((?=[^?*+)|])|\))[*+?]?|\|(?=[^?*+)|]))*\$?"
)
"""Regular expressions of letters, digits, classes of them, groups, branches and repetition."""


def same_in_engines(pattern: str) -> bool:
    """Whether engines read a regular expression as the rule language does."""
    return _SAME_PATTERN.fullmatch(pattern) is not None and pattern_of(pattern, "") is not None


_FUNCTIONS: Mapping[str, Callable[[SqlWalk, list[Sql]], Sql]] = {
    "not": SqlWalk._not,
    "count": SqlWalk._count,
    "sum": SqlWalk._sum,
    "append": SqlWalk._append,
    "concatenate": SqlWalk._concatenate,
    "abs": SqlWalk._abs,
    "round half up": SqlWalk._round_half_up,
    "matches": SqlWalk._matches,
    "contains": partial(SqlWalk._part_of_text, how="contains"),
    "starts with": partial(SqlWalk._part_of_text, how="starts"),
    "ends with": partial(SqlWalk._part_of_text, how="ends"),
}

_BY_NODE: Mapping[type[tree.Node], Callable[..., Sql]] = {
    tree.Name: SqlWalk._name,
    tree.Path: SqlWalk._path,
    tree.Filter: SqlWalk._filter,
    tree.Arithmetic: SqlWalk._arithmetic,
    tree.Negate: SqlWalk._negate,
    tree.Compare: SqlWalk._compare,
    tree.Between: SqlWalk._between,
    tree.In: SqlWalk._in,
    tree.And: SqlWalk._and,
    tree.Or: SqlWalk._or,
    tree.If: SqlWalk._if,
    tree.Quantified: SqlWalk._quantified,
    tree.FunctionCall: SqlWalk._call,
    tree.ListOf: SqlWalk._listof,
}


def _kind(type_: Type) -> Type:
    """A type without its unit and codes."""
    if isinstance(type_, NumberType):
        return NUMBER
    return TEXT if isinstance(type_, TextType) else type_


def _all_vague(parts: Iterable[Sql]) -> frozenset[str]:
    return frozenset().union(*(part.vague for part in parts))


def _all_reads(parts: Iterable[Sql]) -> frozenset[str]:
    return frozenset().union(*(part.reads for part in parts))


def _joined(operator: str, parts: list[Sql]) -> Sql:
    text = f"({operator.join(part.text for part in parts)})" if len(parts) > 1 else parts[0].text
    return Sql(text, BOOLEAN, _all_reads(parts), _all_vague(parts), sure=all(part.sure for part in parts))


def _require_short(body: tree.Expression) -> None:
    start, end = body.span
    if end - start > LONGEST_BODY:
        raise NotSayableError("a long condition for every item")


def _number(value: Decimal) -> Sql:
    text = f"{value:f}"
    whole, _, places = text.lstrip("-").partition(".")
    shape = _checked(Shape(max(1, len(whole)), len(places)))
    return Sql(text, NUMBER, shape=shape, limits=(text, text), signed=value < 0, least=None)


def _is_literal(text: str) -> bool:
    return text.lstrip("-").isdecimal()


def _shape_of(kind: Kind) -> Shape:
    if isinstance(kind, Whole):
        return Shape(MAX_MONTHS_DIGITS, 0)
    if isinstance(kind, Exact):
        return Shape(MAX_DIGITS, min(kind.decimals, MAX_DIGITS - 1))
    raise NotSayableError("a number of this kind")


def _most_of(high: Decimal, shape: Shape) -> tuple[Decimal, bool]:
    """The most that a number can be and has so many digits, and whether it can be no more."""
    most = min(high, Decimal(10**shape.whole - 1))
    return most, most == high


def _common_shape(parts: Iterable[Sql]) -> Shape:
    shapes = [part.shape for part in parts]
    known = [shape for shape in shapes if shape is not None]
    if len(known) < len(shapes):
        raise NotSayableError("numbers of unknown size")
    shape = Shape(max(shape.whole for shape in known), max(shape.places for shape in known))
    if shape.whole + shape.places > MOST_DIGITS + 4:
        raise NotSayableError("numbers that are too long to compare")
    return shape


def _checked(shape: Shape) -> Shape:
    if shape.whole + shape.places > MOST_DIGITS:
        raise NotSayableError("numbers that are too long")
    return shape


def _shape(number: Sql) -> Shape:
    """The digits of a number; raises NotSayableError for anything else."""
    if number.shape is None:
        raise NotSayableError("numbers of unknown size")
    return number.shape


def _item_type(values: Sql) -> Type:
    """The type of the items of a list; raises NotSayableError for anything else."""
    if not isinstance(values.type, ListType):
        raise NotSayableError("one value in the place of a list")
    return values.type.item


def _product(one: str, a: Shape, other: str, b: Shape) -> str:
    """The product of two numbers with so many digits."""
    # DuckDB keeps the product of two small types in 18 digits, and ends the whole query where it does not fit.
    wide = Shape(max(a.whole, 20 - a.places), a.places)
    shape = Shape(a.whole + b.whole, a.places + b.places)
    return f"CAST(CAST({one} AS {wide.decimal}) * CAST({other} AS {b.decimal}) AS {shape.decimal})"


def _cast(number: Sql, shape: Shape) -> Sql:
    return number._replace(text=f"CAST({number.text} AS {shape.sql})", shape=shape)


def _narrowed(number: Sql) -> Sql:
    """A number with the digits that nearly all such numbers have; NULL where it has more."""
    exact = _shape(number)
    shape = Shape(min(exact.whole, NARROW.whole), min(exact.places, NARROW.places))
    if shape == exact:
        return number
    cast = f"TRY_CAST({number.text} AS {shape.sql})"
    return number._replace(text=f"(CASE WHEN {cast} = {number.text} THEN {cast} END)", shape=shape, vague=ALWAYS)


def _within_limits(op: str, ours: tuple[str, str], theirs: tuple[str, str]) -> str:
    """What the limits of both sides of a comparison decide, whatever is answered; nothing of two that are numbers."""
    if ours[0] == ours[1] and theirs[0] == theirs[1]:
        return ""
    (low, high), (least, most) = ours, theirs
    match op:
        case "=" | "!=":
            apart, same = ("FALSE", "TRUE") if op == "=" else ("TRUE", "FALSE")
            one = f"{low} = {high} AND {least} = {most} AND {low} = {least}"
            return f"CASE WHEN {high} < {least} OR {most} < {low} THEN {apart} WHEN {one} THEN {same} END"
        case "<" | "<=":
            never = ">=" if op == "<" else ">"
            return f"CASE WHEN {high} {op} {least} THEN TRUE WHEN {low} {never} {most} THEN FALSE END"
        case _:
            never = "<=" if op == ">" else "<"
            return f"CASE WHEN {low} {op} {most} THEN TRUE WHEN {high} {never} {least} THEN FALSE END"


def _outside(conditions: frozenset[str], variable: str) -> frozenset[str]:
    """Conditions as they are outside of a loop: one on its item is taken for true."""
    of_item = re.compile(rf"\b{variable}\b")
    return frozenset("TRUE" if of_item.search(condition) else condition for condition in conditions)
