"""The one reader of a proposal's answers from JSON values, and of the annex of a call.

The published schema is turned into one function a record, which works in place and looks at a type rather than ask
``isinstance``: this is where a proposal that is checked among ten thousand spends its time. A function stops at the
first value that does not fit, an unknown field included, and says no more about it:
:mod:`mpfcheck.proposal.mistakes` finds out everything that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Final, TypeAlias

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
from mpfcheck.proposal.limits import MAX_DEPTH, depth_fits, numbers_fit
from mpfcheck.proposal.values import AMOUNT_DECIMALS, amount_from, day_from, decimal_from, moment_from, whole_from

__all__ = ["Answers", "MisfitError", "known_answers", "read_answers", "record_reader"]

Answers: TypeAlias = dict[str, object]
"""The answered fields as plain values: dict, list, str, bool, int, Decimal, :class:`~datetime.date`."""

_Reader: TypeAlias = Callable[[object], object]
_RecordReader: TypeAlias = Callable[[object], Answers]

_MOST_KNOWN: Final = 4096


class MisfitError(ValueError):
    """The value is not, or not obviously, a proposal without mistakes."""


def read_answers(raw: object) -> Answers:
    """The answers of a proposal with nothing wrong in it and no unknown field; raises MisfitError for any other.

    ``raw`` becomes the answers: it is changed in place, also where it does not fit.
    """
    try:
        return _proposal()(raw)
    except (ArithmeticError, KeyError, TypeError, ValueError) as unfit:
        raise MisfitError(str(unfit)) from unfit


def known_answers(raw: object) -> Answers:
    """The answers of a proposal without its unknown fields; ``raw`` stays as it is.

    Raises MisfitError where a value does not fit.
    """
    return read_answers(_without_unknown_fields(raw, proposal_record()))


def record_reader(record: Record) -> _RecordReader:
    """A function that reads the answers of a record without its unknown fields; the value it is given stays as it is.

    The function raises MisfitError where a value does not fit.
    """
    read = _Readers().record(record)

    def read_known(raw: object) -> Answers:
        try:
            return read(_without_unknown_fields(raw, record))
        except (ArithmeticError, KeyError, TypeError, ValueError) as unfit:
            raise MisfitError(str(unfit)) from unfit

    return read_known


@cache
def _proposal() -> _RecordReader:
    return _Readers().record(proposal_record())


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
        self._records: dict[int, _RecordReader] = {}

    def record(self, record: Record) -> _RecordReader:
        if id(record) not in self._records:
            self._records[id(record)] = self._read_record(record)
        return self._records[id(record)]

    def _read_record(self, record: Record) -> _RecordReader:
        kinds = {name: field.kind for name, field in record.fields.items()}
        as_it_is = {name: plain for name, kind in kinds.items() if (plain := _PLAIN.get(type(kind)))}
        type_of = as_it_is.get
        readers = {name: self.value(kind) for name, kind in kinds.items()}

        def read(raw: object) -> Answers:
            if type(raw) is not dict:
                raise MisfitError("not an object")
            nulls = []
            for name, value in raw.items():
                if type(value) is type_of(name):
                    continue
                if value is None:
                    nulls.append(name)
                else:
                    raw[name] = readers[name](value)
            for name in nulls:
                if name not in readers:
                    raise MisfitError("unknown field")
                del raw[name]
            return raw

        return read

    def value(self, kind: Kind) -> _Reader:
        match kind:
            case Record():
                return self.record(kind)
            case Many(Code(_, codes)):
                return _codes(frozenset(codes))
            case Many(Record() as item):
                return _records(self.record(item))
            case Many(item):
                return _items(self.value(item))
            case Code(_, codes):
                members: dict[object, object] = {code: code for code in codes}
                return members.__getitem__
            case Exact(_, decimals):
                return _amount if decimals == AMOUNT_DECIMALS else _decimal
            case Whole():
                return whole_from
            case Day():
                return day_from
            case Moment():
                return moment_from
            case Open():
                return _open_object
            case Text():
                return _of_type(str)
            case YesNo():
                return _of_type(bool)


_PLAIN: Final[dict[type, type]] = {Text: str, YesNo: bool}
"""What a value of these kinds is in JSON, and stays."""


def _remembered(read: Callable[[object], Decimal]) -> _Reader:
    """Read a number; texts are remembered, because the next proposal has mostly some of them again."""
    known: dict[object, Decimal] = {}
    look_up = known.get

    def read_number(raw: object) -> Decimal:
        if type(raw) is not str:
            return read(raw)
        number = look_up(raw)
        if number is None:
            number = read(raw)
            if len(known) < _MOST_KNOWN:
                known[raw] = number
        return number

    return read_number


_amount: Final = _remembered(amount_from)
_decimal: Final = _remembered(decimal_from)


def _open_object(raw: object) -> Answers:
    """An object whose fields are not described, as it is."""
    if not isinstance(raw, dict):
        raise MisfitError("not an object")
    if not depth_fits(raw, MAX_DEPTH - 1) or not numbers_fit(raw):
        raise MisfitError("too deep or too large")
    return raw


def _of_type(expected: type) -> _Reader:
    def read(raw: object) -> object:
        if type(raw) is not expected:
            raise MisfitError(f"not of type {expected.__name__}")
        return raw

    return read


def _records(read: _RecordReader) -> _Reader:
    def read_all(raw: object) -> object:
        if type(raw) is not list:
            raise MisfitError("not a list")
        for item in raw:
            read(item)
        return raw

    return read_all


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
