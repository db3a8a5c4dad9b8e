"""A proposal's answers from JSON values, quickly and without pydantic: for proposals with nothing wrong in them.

The published schema is turned into one function a record. They stop at the first thing that is out of the ordinary, an
unknown field included, and say no more about it: whoever called reads again, slowly, and finds out everything
(:mod:`mpfcheck.proposal.mistakes`).

Answers are plain values: dict, list, str, bool, int, :class:`~decimal.Decimal` and :class:`~datetime.date`. A field
that is null is left out, as if it were absent.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from mpfcheck.proposal.day import day_from
from mpfcheck.proposal.fields import Code, Day, Exact, Kind, Many, Open, Record, Text, Whole, YesNo, proposal_record
from mpfcheck.proposal.limits import MAX_DEPTH, depth_fits, numbers_fit
from mpfcheck.proposal.money import AMOUNT_DECIMALS, amount_from, decimal_from, whole_from

__all__ = ["Answers", "MisfitError", "known_answers", "read_answers"]

Answers: TypeAlias = dict[str, object]
_Reader: TypeAlias = Callable[[object], object]


class MisfitError(ValueError):
    """The value is not, or not obviously, a proposal without mistakes."""


def read_answers(raw: object) -> Answers:
    """The answers of a proposal with nothing wrong in it and no unknown field; raises MisfitError for any other.

    ``raw`` becomes the answers: it is changed in place, also where it does not fit.
    """
    try:
        return _strict()(raw)
    except (KeyError, TypeError, ValueError) as unfit:
        raise MisfitError(str(unfit)) from unfit


def known_answers(raw: object) -> Answers:
    """The answers of a proposal with nothing wrong in it, its unknown fields left out; raises MisfitError.

    ``raw`` stays as it is.
    """
    try:
        return _lenient()(raw)
    except (KeyError, TypeError, ValueError) as unfit:
        raise MisfitError(str(unfit)) from unfit


@cache
def _strict() -> Callable[[object], Answers]:
    return _Shapes(_strict_record).record(proposal_record())


@cache
def _lenient() -> Callable[[object], Answers]:
    return _Shapes(_lenient_record).record(proposal_record())


class _Remembered(dict[object, object]):
    """The values of texts met before, by their text: reading an amount costs ten times as much as remembering it.

    Only texts are kept, because 1, true and 1.0 are one key of a dict; and not more of them than a budget or two hold.
    """

    def __init__(self, read: _Reader) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, value: object) -> object:
        read = self._read(value)
        if isinstance(value, str):
            if len(self) >= _REMEMBERED:
                self.clear()
            self[value] = read
        return read


_REMEMBERED = 4096
_AMOUNTS = _Remembered(amount_from).__getitem__
_DECIMALS = _Remembered(decimal_from).__getitem__
_DAYS = _Remembered(day_from).__getitem__


class _Shapes:
    """The functions for the records of a schema; records that are used twice share one."""

    def __init__(self, make: Callable[[dict[str, type], dict[str, _Reader]], Callable[[object], Answers]]) -> None:
        self._make = make
        self._known: dict[int, Callable[[object], Answers]] = {}

    def record(self, record: Record) -> Callable[[object], Answers]:
        if id(record) not in self._known:
            plain: dict[str, type] = {}
            readers: dict[str, _Reader] = {}
            for name, field in record.fields.items():
                match field.kind:
                    case Text():
                        plain[name] = str
                    case YesNo():
                        plain[name] = bool
                    case kind:
                        readers[name] = self._reader(kind)
            self._known[id(record)] = self._make(plain, readers)
        return self._known[id(record)]

    def _reader(self, kind: Kind) -> _Reader:
        match kind:
            case Record():
                return self.record(kind)
            case Many(item):
                return _list(self._reader(item))
            case Code(_, codes):
                members: dict[object, str] = {code: code for code in codes}
                return members.__getitem__
            case Exact(_, decimals):
                return _AMOUNTS if decimals == AMOUNT_DECIMALS else _DECIMALS
            case Whole():
                return whole_from
            case Day():
                return _DAYS
            case Open():
                return _open
            case Text():
                return _text
            case YesNo():
                return _yes_no


def _strict_record(plain: dict[str, type], readers: dict[str, _Reader]) -> Callable[[object], Answers]:
    type_of = plain.get

    def read(raw: object) -> Answers:
        if type(raw) is not dict:
            raise MisfitError("no object")
        nulls = []
        for name, value in raw.items():
            if type(value) is not type_of(name):
                if value is None:
                    nulls.append(name)
                else:
                    # A field of a plain type that holds a value of another has no reader either.
                    raw[name] = readers[name](value)
        for name in nulls:
            if name not in plain and name not in readers:
                raise MisfitError("unknown field")
            del raw[name]
        return raw

    return read


def _lenient_record(plain: dict[str, type], readers: dict[str, _Reader]) -> Callable[[object], Answers]:
    known = readers | {name: _text if kind is str else _yes_no for name, kind in plain.items()}

    def read(raw: object) -> Answers:
        if not isinstance(raw, dict):
            raise MisfitError("no object")
        return {name: known[name](value) for name, value in raw.items() if value is not None and name in known}

    return read


def _list(read: _Reader) -> _Reader:
    def read_all(raw: object) -> list[object]:
        if not isinstance(raw, list):
            raise MisfitError("no list")
        return [read(item) for item in raw]

    return read_all


def _text(raw: object) -> str:
    if isinstance(raw, str):
        return raw
    raise MisfitError("no text")


def _yes_no(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    raise MisfitError("neither true nor false")


def _open(raw: object) -> Answers:
    if not isinstance(raw, dict):
        raise MisfitError("no object")
    if not depth_fits(raw, MAX_DEPTH - 1) or not numbers_fit(raw):
        raise MisfitError("too deep or too large")
    return raw
