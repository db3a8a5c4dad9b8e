"""The one reader of a proposal's answers from JSON values, and of the annex of a call.

The published schema is turned into one function a kind of record, which works in place, reads all records of a list,
and looks at a type rather than ask ``isinstance``: this is where a proposal that is checked
among ten thousand spends its time. A function stops at the first value that does not fit, an unknown field included,
and says no more about it: :mod:`mpfcheck.proposal.mistakes` finds out everything that is wrong. In passing it looks
whether all values are likely ones, so that most proposals need no second walk for what is doubtful in them
(:mod:`mpfcheck.proposal.doubts`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final, TypeAlias

from mpfcheck.proposal.fields import (
    Code,
    Day,
    Exact,
    Kind,
    Many,
    Moment,
    Open,
    Record,
    Text,
    Whole,
    YesNo,
    proposal_record,
)
from mpfcheck.proposal.likely import EMPTY_MEANS_NONE, Look, look_at, says_something
from mpfcheck.proposal.limits import MAX_DEPTH, depth_fits, numbers_fit
from mpfcheck.proposal.values import (
    AMOUNT_DECIMALS,
    amount_from,
    day_from,
    decimal_from,
    is_plain_number,
    moment_from,
    plain_number,
    whole_from,
)

__all__ = ["Answers", "MisfitError", "known_answers", "read_and_look", "read_answers", "record_reader"]

Answers: TypeAlias = dict[str, object]
"""The answered fields as plain values: dict, list, str, bool, int, Decimal, :class:`~datetime.date`."""

_Reader: TypeAlias = Callable[[object], object]
_InPlace: TypeAlias = Callable[[list[Any]], bool]

_MOST_KNOWN: Final = 4096


class MisfitError(ValueError):
    """The value is not, or not obviously, a proposal without mistakes."""


def read_answers(raw: object) -> Answers:
    """The answers of a proposal with nothing wrong in it and no unknown field; raises MisfitError for any other.

    ``raw`` becomes the answers: it is changed in place, also where it does not fit.
    """
    return read_and_look(raw)[0]


def read_and_look(raw: object) -> tuple[Answers, bool]:
    """The answers as :func:`read_answers` reads them, and whether every single value is a likely one.

    False says only that one may be doubtful (see :mod:`mpfcheck.proposal.likely`).
    """
    return _read(_proposal(), raw)


def known_answers(raw: object) -> Answers:
    """The answers of a proposal without its unknown fields; ``raw`` stays as it is.

    Raises MisfitError where a value does not fit.
    """
    return read_answers(_without_unknown_fields(raw, proposal_record()))


def record_reader(record: Record) -> Callable[[object], Answers]:
    """A function that reads the answers of a record without its unknown fields; the value it is given stays as it is.

    The function raises MisfitError where a value does not fit.
    """
    read = _Readers().records(record)
    return lambda raw: _read(read, _without_unknown_fields(raw, record))[0]


def _read(read: _InPlace, raw: object) -> tuple[Answers, bool]:
    if type(raw) is not dict:
        raise MisfitError("not an object")
    try:
        return raw, read([raw])
    except (ArithmeticError, KeyError, TypeError, ValueError) as unfit:
        raise MisfitError(str(unfit)) from unfit


@cache
def _proposal() -> _InPlace:
    return _Readers().records(proposal_record())


def _without_unknown_fields(raw: object, kind: Kind) -> object:
    """A copy of the value without the fields that its kind does not know."""
    if isinstance(raw, dict) and isinstance(kind, Record):
        fields = kind.fields
        return {
            name: _without_unknown_fields(value, fields[name].kind) for name, value in raw.items() if name in fields
        }
    if isinstance(raw, list) and isinstance(kind, Many):
        return [_without_unknown_fields(item, kind.item) for item in raw]
    return raw


class _Readers:
    """The functions for the kinds of a schema; a record that is used twice has one function."""

    def __init__(self) -> None:
        self._records: dict[int, _InPlace] = {}

    def records(self, record: Record) -> _InPlace:
        """Make answers of objects where they are; whether all values in them are likely."""
        if id(record) not in self._records:
            self._records[id(record)] = self._read_records(record)
        return self._records[id(record)]

    def _read_records(self, record: Record) -> _InPlace:
        types: dict[str, type[Any] | None] = {}
        inside: dict[str, _InPlace] = {}
        readers: dict[str, _Reader] = {}
        looks: list[tuple[str, Look]] = []
        for name, field in record.fields.items():
            types[name] = None
            match field.kind:
                case Text():
                    types[name] = str
                case YesNo():
                    types[name] = bool
                case Open():
                    types[name], inside[name] = dict, _open_objects
                case Record() as inner:
                    types[name], inside[name] = dict, self.records(inner)
                case Many(Record() as inner):
                    types[name], inside[name] = list, self.records(inner)
                case kind:
                    if isinstance(kind, Exact) and kind.unit == "EUR":
                        types[name] = Exact
                    readers[name] = self.value(kind)
            if look := look_at(name, field.kind):
                looks.append((name, look))

        def read(records: list[Any]) -> bool:
            likely = True
            nulls: list[tuple[dict[str, object], str]] | None = None
            for raw in records:
                if type(raw) is not dict:
                    raise MisfitError("not an object")
                for name, value in raw.items():
                    kind = types[name]
                    if type(value) is kind:
                        # It stays as it is in JSON, and mostly it is a text that begins with a plain character.
                        if kind is str:
                            if not "!" <= value < "\x7f" and not says_something(value):
                                likely = likely and not value and name in EMPTY_MEANS_NONE
                        elif kind is not bool and not inside[name](value if kind is list else [value]):
                            likely = False
                    elif kind is Exact and type(value) is str and is_plain_number(value):
                        # As nearly all amounts are: a call less for each of fifty numbers.
                        raw[name] = plain_number(value)
                    elif value is None:
                        nulls = [(raw, name)] if nulls is None else [*nulls, (raw, name)]
                    else:
                        raw[name] = readers[name](value)
            if nulls is not None:
                for raw, name in nulls:
                    raw.pop(name, None)
            for name, is_likely in looks:
                for raw in records:
                    if name in raw and not is_likely(raw[name]):
                        likely = False
            return likely

        return read

    def value(self, kind: Kind) -> _Reader:
        """Read a value that is not itself a record, or a list of records."""
        match kind:
            case Record():
                return _alone(self.records(kind))
            case Open():
                return _alone(_open_objects)
            case Many(Code(_, codes)):
                return _codes(frozenset(codes))
            case Many(item):
                return _items(self.value(item))
            case Code(_, codes):
                members: dict[object, object] = {code: code for code in codes}
                return members.__getitem__
            case Exact(unit, decimals):
                if decimals == AMOUNT_DECIMALS:
                    return amount_from
                # Quantities repeat. Unit costs and amounts hardly do: to look for one takes longer than it saves.
                return decimal_from if unit == "EUR" else _Remembered(decimal_from).__getitem__
            case Whole():
                return whole_from
            case Day():
                return _Remembered(day_from).__getitem__
            case Moment():
                return moment_from
            case Text():
                return _of_type(str)
            case YesNo():
                return _of_type(bool)


class _Remembered(dict[object, object]):
    """What texts say, by the text: the next proposal has mostly some of the same."""

    def __init__(self, read: _Reader) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, raw: object) -> object:
        value = self._read(raw)
        if type(raw) is str and len(self) < _MOST_KNOWN:
            self[raw] = value
        return value


def _open_objects(records: list[dict[str, object]]) -> bool:
    """Objects whose fields are not described, as they are: what is likely in them, nobody knows here."""
    for raw in records:
        if not depth_fits(raw, MAX_DEPTH - 1) or not numbers_fit(raw):
            raise MisfitError("too deep or too large")
    return False


def _of_type(expected: type) -> _Reader:
    def read(raw: object) -> object:
        if type(raw) is not expected:
            raise MisfitError(f"not of type {expected.__name__}")
        return raw

    return read


def _alone(read: _InPlace) -> _Reader:
    """An object in a list of its own: whether it is likely, nobody asks."""

    def read_one(raw: object) -> object:
        if type(raw) is not dict:
            raise MisfitError("not an object")
        read([raw])
        return raw

    return read_one


def _items(read: _Reader) -> _Reader:
    def read_all(raw: object) -> object:
        if type(raw) is not list:
            raise MisfitError("not a list")
        return [read(item) for item in raw]

    return read_all


def _codes(codes: frozenset[str]) -> _Reader:
    def read_all(raw: object) -> object:
        # A code of another type, such as a list, cannot be looked up in a set: that is a TypeError.
        if type(raw) is not list or not codes.issuperset(raw):
            raise MisfitError("unknown code, or not a list")
        return raw

    return read_all
