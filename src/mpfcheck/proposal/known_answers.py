"""A proposal's answers from JSON values, unknown fields left out: for proposals with no mistake in them.

One function a record, made from the published schema. Where a value does not fit, no more is said about it than that:
:mod:`mpfcheck.proposal.mistakes` finds out everything.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from mpfcheck.proposal.day import day_from
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
from mpfcheck.proposal.moment import moment_from
from mpfcheck.proposal.money import AMOUNT_DECIMALS, amount_from, decimal_from, whole_from

__all__ = ["Answers", "MisfitError", "known_answers", "open_object", "record_reader"]

Answers: TypeAlias = dict[str, object]
"""The answered fields as plain values: dict, list, str, bool, int, Decimal, :class:`~datetime.date`."""

_Reader: TypeAlias = Callable[[object], object]


class MisfitError(ValueError):
    """The value is not, or not obviously, a proposal without mistakes."""


def known_answers(raw: object) -> Answers:
    """The answers of a proposal; ``raw`` stays as it is. Raises MisfitError where a value does not fit."""
    try:
        return _proposal()(raw)
    except ValueError as unfit:
        raise MisfitError(str(unfit)) from unfit


def open_object(raw: object) -> Answers:
    """An object whose fields are not said here, as it is; raises MisfitError where it breaks a limit."""
    if not isinstance(raw, dict):
        raise MisfitError("no object")
    if not depth_fits(raw, MAX_DEPTH - 1) or not numbers_fit(raw):
        raise MisfitError("too deep or too large")
    return raw


@cache
def _proposal() -> Callable[[object], Answers]:
    return record_reader(proposal_record())


def record_reader(record: Record) -> Callable[[object], Answers]:
    """A function that reads the answers of a record; it raises ValueError where a value does not fit."""
    readers = {name: _reader(field.kind) for name, field in record.fields.items()}

    def read(raw: object) -> Answers:
        if not isinstance(raw, dict):
            raise MisfitError("no object")
        return {name: readers[name](value) for name, value in raw.items() if value is not None and name in readers}

    return read


def _reader(kind: Kind) -> _Reader:
    match kind:
        case Record():
            return record_reader(kind)
        case Many(item):
            return _list(_reader(item))
        case Code(_, codes):
            return _code(frozenset(codes))
        case Exact(_, decimals):
            return amount_from if decimals == AMOUNT_DECIMALS else decimal_from
        case Whole():
            return whole_from
        case Day():
            return day_from
        case Moment():
            return moment_from
        case Open():
            return open_object
        case Text():
            return _text
        case YesNo():
            return _yes_no


def _list(read: _Reader) -> _Reader:
    def read_all(raw: object) -> list[object]:
        if not isinstance(raw, list):
            raise MisfitError("no list")
        return [read(item) for item in raw]

    return read_all


def _code(codes: frozenset[str]) -> _Reader:
    def read(raw: object) -> str:
        if not isinstance(raw, str) or raw not in codes:
            raise MisfitError("unknown code")
        return raw

    return read


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise MisfitError("no text")
    return raw


def _yes_no(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise MisfitError("neither true nor false")
    return raw
