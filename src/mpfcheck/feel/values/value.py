"""The values of the rule language, and how answers from outside become values.

number is :class:`~decimal.Decimal`, string ``str``, boolean ``bool``, null ``None``, list ``list``, context ``dict``;
dates and durations are in :mod:`mpfcheck.feel.values.temporal`. Two more come from outside: a :class:`Record` of
answers, read only where it is asked for, and :class:`Unanswered`, which stands for what has not been answered yet. What
is certain of such a value all the same (a list that is not finished, an amount that is never negative) it carries
along, see :mod:`mpfcheck.feel.values.knowledge`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any, NamedTuple, Protocol, TypeAlias

from mpfcheck.feel.limits import Run
from mpfcheck.feel.types import ANY, ListType, RecordType, Type
from mpfcheck.feel.values.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time

__all__ = [
    "ARITHMETIC",
    "PLAIN",
    "Bounds",
    "Function",
    "Items",
    "OneOf",
    "OpenList",
    "Range",
    "Record",
    "Unanswered",
    "Value",
    "join",
    "lift",
    "paths_of",
    "unanswered_in",
]

ARITHMETIC = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
"""IEEE 754 decimal128, as the standard asks; what it traps is null in FEEL."""


class Function(Protocol):
    """A function: built in, or written in FEEL."""

    def call(self, arguments: list[Value], run: Run, /) -> Value:
        """What it gives for these arguments."""


class Range:
    """A range between two ends, either of which may be open or missing (None).

    ``op`` is set for a range written with an operator, such as ``(< 10)``: only there a missing end means "no limit".
    """

    __slots__ = ("high", "high_closed", "low", "low_closed", "op")

    def __init__(
        self, low: Value, high: Value, *, low_closed: bool = True, high_closed: bool = True, op: str | None = None
    ) -> None:
        self.low = low
        self.high = high
        self.low_closed = low_closed
        self.high_closed = high_closed
        self.op = op

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Range) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash((self.low_closed, self.high_closed, self.op))

    def __repr__(self) -> str:
        return f"Range{self._parts()}"

    def _parts(self) -> tuple[object, ...]:
        return self.low, self.high, self.low_closed, self.high_closed, self.op


class OpenList(list[object]):
    """A list of answers that is not finished: what stands in it is known, more may come at its end."""


class Bounds(NamedTuple):
    """Knowledge of an unanswered value: it will be no less than ``low`` and no more than ``high``, of their kind.

    So it is never null. Both ends are numbers, dates or durations.
    """

    low: Value
    high: Value


class OneOf(NamedTuple):
    """Knowledge of an unanswered value: it will be one of these, of which some may be unanswered themselves."""

    values: tuple[Value, ...]


class Items(NamedTuple):
    """Knowledge of an unanswered list: it will hold ``items``, in this order, and perhaps more among them.

    The first ``front`` of them stand at the front of the list, without others between them. ``further`` stands for
    each item that may still come; there are at most ``most`` of those, any number for None.
    """

    items: Sequence[Value]
    further: Value
    most: int | None
    front: int


class Unanswered:
    """Stands for a value that depends on answers not given yet.

    ``paths`` are the JSON Pointers of those answers; ``type`` is the type the value will have, where that is certain:
    then it is never null. ``known`` holds the fields given so far of an object without declared fields: more may come,
    so the object is unanswered as a whole, while a given field has its value. ``knows`` is what is certain of the
    value, however the answers turn out. A ``further`` one stands for any item that may still come into an open list,
    or a part of it: its path is that of the list.
    """

    __slots__ = ("further", "known", "knows", "paths", "type")

    def __init__(
        self,
        paths: frozenset[str],
        type: Type | None = None,
        known: Mapping[str, object] | None = None,
        knows: Bounds | OneOf | Items | None = None,
        *,
        further: bool = False,
    ) -> None:
        self.paths = paths
        self.type = type
        self.known = known
        self.knows = knows
        self.further = further

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unanswered) and self.paths == other.paths

    def __hash__(self) -> int:
        return hash(self.paths)

    def __repr__(self) -> str:
        return f"Unanswered({sorted(self.paths)}{'' if self.knows is None else f', {self.knows}'})"

    def member(self, name: str, read: set[str] | None = None) -> Value:
        """A member of what is not answered: of a known record an unanswered field, or an empty list that counts so.

        The pointer of a field that is there all the same is added to ``read``.
        """
        if self.known is not None:
            (path,) = self.paths
            path = f"{path}/{name}"
            if read is not None and isinstance(self.known.get(name), _AS_THEY_ARE):
                read.add(path)
            return lift(self.known.get(name), ANY, path)
        if not isinstance(self.type, RecordType):
            return Unanswered(self.paths)
        field = self.type.fields.get(name)
        if field is None:
            return None
        if self.further:
            return Unanswered(self.paths, field.type, further=True)
        if field.absent == "empty":
            return []
        return Unanswered(frozenset(f"{path}/{name}" for path in self.paths), field.type)


class Record:
    """A record of answers, with the JSON Pointer it stands at. What is in it is made a value once."""

    __slots__ = ("_lifted", "path", "type", "values")

    def __init__(self, values: Mapping[str, object], type: RecordType, path: str = "") -> None:
        # Answers of the kinds of PLAIN are values as they are; the others become values by :func:`lift`.
        self.values: Mapping[str, Any] = values
        self.type = type
        self.path = path
        self._lifted: dict[str, Value] | None = None

    def __repr__(self) -> str:
        return f"Record({self.path or '/'})"

    def member(self, name: str, read: set[str] | None = None) -> Value:
        """A declared field's value, unanswered where it is absent; null for a field that is not declared.

        The pointer of an answered field, unless it is a record, is added to ``read``.
        """
        field = self.type.fields.get(name)
        if field is None:
            return None
        raw = self.values.get(name)
        if type(raw) in PLAIN:
            if read is not None:
                read.add(f"{self.path}/{name}")
            plain: Value = raw
            return plain
        if raw is None and field.absent == "empty":
            return []
        if read is not None and raw is not None and (type(raw) is list or not isinstance(raw, (dict, Mapping))):
            read.add(f"{self.path}/{name}")
        if self._lifted is None:
            self._lifted = {}
        value = self._lifted.get(name)
        if value is None:
            value = self._lifted[name] = lift(raw, field.type, f"{self.path}/{name}")
        return value

    def entries(self, read: set[str] | None = None) -> dict[str, Value]:
        """All declared fields as a context."""
        return {name: self.member(name, read) for name in self.type.fields}


Value: TypeAlias = (
    "bool | str | Decimal | Date | Time | DateTime | MonthsDuration | DaysDuration | list[Value] | dict[str, Value]"
    " | Range | Function | Record | Unanswered | None"
)


PLAIN = frozenset({str, Decimal, bool})
"""What most answers are: they need no lifting, and asking for the type itself is quickest."""
_AS_THEY_ARE = (str, Decimal, bool, Date, Time, DateTime, MonthsDuration, DaysDuration)


def lift(raw: object, type: Type, path: str) -> Value:
    """An answer of plain Python as a value; ``path`` is the JSON Pointer it stands at.

    Raises :class:`TypeError` for a type that answers cannot have.
    """
    if raw is None:
        return Unanswered(frozenset((path,)), type)
    if isinstance(raw, _AS_THEY_ARE):
        return raw
    if isinstance(raw, int):
        return Decimal(raw)
    if isinstance(raw, datetime):
        return _moment(raw)
    if isinstance(raw, date):
        return Date(raw.year, raw.month, raw.day)
    if isinstance(raw, (dict, Mapping)):
        if isinstance(type, RecordType):
            return Record(raw, type, path)
        return Unanswered(frozenset((path,)), known=raw)
    if isinstance(raw, (list, tuple)):
        item = type.item if isinstance(type, ListType) else type
        items: list[Value] = [lift(value, item, f"{path}/{index}") for index, value in enumerate(raw)]
        if not isinstance(raw, OpenList):
            return items
        paths = frozenset((path,))
        further = Unanswered(paths, None if item == ANY else item, further=True)
        return Unanswered(paths, ListType(item), knows=Items(items, further, None, len(items)))
    raise TypeError(f"{path}: an answer cannot be a {raw.__class__.__name__}")


def _moment(raw: datetime) -> DateTime:
    """A moment of Python as one of the language: a named zone keeps its name."""
    ahead = raw.utcoffset()
    zone = getattr(raw.tzinfo, "key", None) or (None if ahead is None else int(ahead.total_seconds()))
    time = Time(raw.hour, raw.minute, raw.second, raw.microsecond * 1000, zone)
    return DateTime(Date(raw.year, raw.month, raw.day), time)


def join(values: Iterable[Value], type: Type | None = None) -> Unanswered:
    """One unanswered value that waits for everything the unanswered ones among these wait for."""
    return Unanswered(paths_of(values), type)


def paths_of(values: Iterable[Value]) -> frozenset[str]:
    """What the unanswered ones among these values wait for."""
    # Mostly one of two waits: its set is the one. Sets of many are joined at once.
    found = [value.paths for value in values if isinstance(value, Unanswered)]
    return found[0].union(*found[1:]) if found else _NO_PATHS


_NO_PATHS: frozenset[str] = frozenset()


def unanswered_in(value: Value) -> Unanswered | None:
    """What an item or entry at any depth of the value waits for, or None where it is all there."""
    if type(value) in _WITHOUT_PARTS:
        return None
    if type(value) is Unanswered and type(value.knows) is not Items:
        return Unanswered(value.paths)
    found: list[Value] = []
    # A value may hold the same list many times over: each is looked into once. What was looked into is kept, so that
    # nothing else gets its place in memory.
    seen: dict[int, Value] = {}
    waiting: list[Value] = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Unanswered):
            found.append(part)
            if isinstance(part.knows, Items):
                waiting.append(list(part.knows.items))
        elif isinstance(part, (list, dict, Record)) and id(part) not in seen:
            seen[id(part)] = part
            entries = part.entries() if isinstance(part, Record) else part
            waiting.extend(entries.values() if isinstance(entries, dict) else entries)
    return join(found) if found else None


_WITHOUT_PARTS = frozenset({*_AS_THEY_ARE, type(None)})
