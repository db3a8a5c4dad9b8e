"""A proposal's answers from JSON values, as fast as Python can: for proposals with nothing unusual in them.

The published schema is turned into one function a record. They stop at the first thing that is out of the ordinary, an
unknown field included, and say no more about it: whoever called reads again, slowly, and finds out what it was.

The functions work in place, look at a type rather than ask ``isinstance``, and leave the writing of all amounts to be
checked at once: this is the one place where a proposal that is checked among ten thousand spends its time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Final, TypeAlias

from mpfcheck.proposal.day import day_from
from mpfcheck.proposal.fields import Code, Day, Exact, Kind, Many, Open, Record, Text, Whole, YesNo, proposal_record
from mpfcheck.proposal.known_answers import Answers, MisfitError, known_answers, open_object
from mpfcheck.proposal.money import AMOUNT_DECIMALS, MAX_DIGITS, amount_from, decimal_from, whole_from

__all__ = ["Answers", "MisfitError", "known_answers", "read_answers"]

# Fifteen digits at most, decimals included; without a point, sixteen characters are too many.
_AMOUNT: Final = r"(?:[1-9][0-9]{14}|[1-9][0-9]{13}(?:\.[0-9])?|(?:0|[1-9][0-9]{0,12}+)(?:\.[0-9]{1,2}+)?)"
_DECIMAL: Final = r"(?![0-9]{16})(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?"
_are_amounts = re.compile(rf"{_AMOUNT}(?:\n{_AMOUNT})*+").fullmatch
_are_decimals = re.compile(rf"{_DECIMAL}(?:\n{_DECIMAL})*+").fullmatch


def read_answers(raw: object) -> Answers:
    """The answers of a proposal with nothing wrong in it and no unknown field; raises MisfitError for any other.

    ``raw`` becomes the answers: it is changed in place, also where it does not fit.
    """
    sums = _Sums()
    try:
        answers = _proposal()(raw, sums)
    except (ArithmeticError, KeyError, TypeError, ValueError) as unfit:
        raise MisfitError(str(unfit)) from unfit
    if not sums.fit():
        raise MisfitError("amounts")
    return answers


class _Sums:
    """The texts of one proposal that were taken for amounts, and for quantities and unit costs, with their numbers.

    Decimal takes more than a proposal may say (blanks, underscores, exponents), so how they are written is checked too,
    and together: one search in all of them costs a third of one search in each.
    """

    __slots__ = ("amounts", "decimals")

    def __init__(self) -> None:
        self.amounts: dict[str, Decimal] = {}
        self.decimals: dict[str, Decimal] = {}

    def fit(self) -> bool:
        """Whether all are written as they may be; then they are remembered."""
        amounts, decimals = self.amounts, self.decimals
        if amounts:
            if not _are_amounts("\n".join(amounts)):
                return False
            _remember(_KNOWN_AMOUNTS, amounts)
        if decimals:
            if max(map(len, decimals)) > MAX_DIGITS + 1 or not _are_decimals("\n".join(decimals)):
                return False
            _remember(_KNOWN_DECIMALS, decimals)
        return True


_MOST_KNOWN: Final = 4096
_KNOWN_AMOUNTS: Final[dict[str, Decimal]] = {}
_KNOWN_DECIMALS: Final[dict[str, Decimal]] = {}


def _remember(known: dict[str, Decimal], new: dict[str, Decimal]) -> None:
    """Keep numbers for the next proposal, which mostly has some of them again: looking up is cheaper than reading."""
    if len(known) < _MOST_KNOWN:
        known.update(new)


_Leaf: TypeAlias = Callable[[object], object]
_Part: TypeAlias = Callable[[object, _Sums], object]
_RecordReader: TypeAlias = Callable[[object, _Sums], Answers]


@cache
def _proposal() -> _RecordReader:
    return _Shapes().record(proposal_record())


class _Shapes:
    """The functions for the records of a schema; a record that is used twice has one."""

    def __init__(self) -> None:
        self._made: dict[int, _RecordReader] = {}

    def record(self, record: Record) -> _RecordReader:
        if id(record) not in self._made:
            self._made[id(record)] = self._make(record)
        return self._made[id(record)]

    def _make(self, record: Record) -> _RecordReader:
        kinds = {name: field.kind for name, field in record.fields.items()}
        plain: dict[str, type] = {name: str for name, kind in kinds.items() if isinstance(kind, Text)}
        plain |= {name: bool for name, kind in kinds.items() if isinstance(kind, YesNo)}
        amounts = {name for name, kind in kinds.items() if isinstance(kind, Exact) and kind.decimals == AMOUNT_DECIMALS}
        decimals = {name for name, kind in kinds.items() if isinstance(kind, Exact)} - amounts
        texts = {name: read for name, kind in kinds.items() if (read := _text_reader(kind))}
        parts = {name: part for name, kind in kinds.items() if (part := self._part(kind))}
        return _reader(plain, frozenset(amounts), frozenset(decimals), texts, parts)

    def _part(self, kind: Kind) -> _Part | None:
        """What reads a value that is no text, and neither true nor false where that is meant."""
        match kind:
            case Record():
                return self.record(kind)
            case Many(Record() as item):
                return _records(self.record(item))
            case Many(Code(_, codes)):
                return _codes(frozenset(codes))
            case Many():
                raise TypeError("There is no quick way to read this list: write one.")
            case Exact(_, decimals):
                return _alone(amount_from if decimals == AMOUNT_DECIMALS else decimal_from)
            case Whole():
                return _alone(whole_from)
            case Open():
                return _alone(open_object)
        return None


def _reader(
    plain: dict[str, type],
    amounts: frozenset[str],
    decimals: frozenset[str],
    texts: dict[str, _Leaf],
    parts: dict[str, _Part],
) -> _RecordReader:
    type_of, known_amount, known_decimal = plain.get, _KNOWN_AMOUNTS.get, _KNOWN_DECIMALS.get
    known = plain.keys() | amounts | decimals | texts.keys() | parts.keys()

    def read(raw: object, sums: _Sums) -> Answers:
        if type(raw) is not dict:
            raise MisfitError("no object")
        nulls = []
        for name, value in raw.items():
            kind = type(value)
            if kind is type_of(name):
                continue
            if kind is str:
                if name in amounts:
                    if (number := known_amount(value)) is None:
                        number = sums.amounts[value] = Decimal(value)
                    raw[name] = number
                elif name in decimals:
                    if (number := known_decimal(value)) is None:
                        number = sums.decimals[value] = Decimal(value)
                    raw[name] = number
                else:
                    raw[name] = texts[name](value)
            elif value is None:
                nulls.append(name)
            else:
                raw[name] = parts[name](value, sums)
        for name in nulls:
            if name not in known:
                raise MisfitError("unknown field")
            del raw[name]
        return raw

    return read


def _text_reader(kind: Kind) -> _Leaf | None:
    """What reads a text that is not open and no number."""
    match kind:
        case Code(_, codes):
            members: dict[object, object] = {code: code for code in codes}
            return members.__getitem__
        case Day():
            return day_from
    return None


def _alone(read: _Leaf) -> _Part:
    return lambda raw, _: read(raw)


def _records(read: _RecordReader) -> _Part:
    def read_all(raw: object, sums: _Sums) -> object:
        if type(raw) is not list:
            raise MisfitError("no list")
        for item in raw:
            read(item, sums)
        return raw

    return read_all


def _codes(codes: frozenset[str]) -> _Part:
    def read_all(raw: object, _: _Sums) -> object:
        # A code of another type, such as a list, cannot be asked for in a set: that is a TypeError.
        if type(raw) is not list or not codes.issuperset(raw):
            raise MisfitError("unknown code, or no list")
        return raw

    return read_all
