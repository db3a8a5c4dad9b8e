"""The annex of a proposal: what one call asks beyond the common fields, read as that call describes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import cast

from mpfcheck.frozen import FrozenDict
from mpfcheck.proposal.fields import Code, Day, Exact, Kind, Many, Moment, Open, Record, Text, Whole, YesNo
from mpfcheck.proposal.mistakes import MAX_MISTAKES, Mistake, misfit, unknown_fields
from mpfcheck.proposal.pointer import join
from mpfcheck.proposal.reader import Answers, record_reader
from mpfcheck.proposal.values import (
    AMOUNT_DECIMALS,
    UnfitValueError,
    amount_from,
    day_from,
    decimal_from,
    moment_from,
    whole_from,
)

__all__ = ["HOLDERS", "Annex"]

PLACE = "/annex"
HOLDERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "applicant": (("lead",), ("co_applicants",)),
    "activity": (("activities",),),
    "budget_line": (("budget", "lines"),),
    "contribution": (("financing", "contributions"),),
    "document": (("documents",),),
}
"""The records that may have an annex of their own, by what a call's schema calls them: where in a proposal they are."""


class Annex:
    """The annexes as a call describes them: that of the proposal (``record``), and those of its records (``parts``).

    ``parts`` are named as in :data:`HOLDERS`. An absent field, or null, is not answered, as everywhere in a proposal.
    """

    __slots__ = ("_parts", "_whole")

    def __init__(self, record: Record | None, parts: Mapping[str, Record] = FrozenDict({})) -> None:
        self._whole = None if record is None else _AnnexOf(record)
        self._parts = {name: _AnnexOf(part) for name, part in parts.items()}

    def fit(self, answers: Mapping[str, object]) -> tuple[Mapping[str, object], tuple[Mistake, ...]]:
        """The answers with the annexes read (texts of amounts as Decimal, of days as date), and what does not fit.

        Values that do not fit are mistakes, and that annex is then left out; fields nobody knows are mistakes that only
        warn. ``answers`` stay as they are.
        """
        mistakes: list[Mistake] = []
        for name, part in self._parts.items():
            for path in HOLDERS[name]:
                answers = cast("Mapping[str, object]", _with_parts(answers, path, "", part, mistakes))
        if self._whole is not None:
            answers = self._whole.fitted(answers, "", mistakes)
        return answers, tuple(mistakes[:MAX_MISTAKES])


class _AnnexOf:
    """The annex of one kind of record."""

    __slots__ = ("_read", "record")

    def __init__(self, record: Record) -> None:
        self.record = record
        self._read: Callable[[object], Answers] = record_reader(record)

    def fitted(self, holder: Mapping[str, object], place: str, mistakes: list[Mistake]) -> Mapping[str, object]:
        """The record that holds the annex with the annex read, or left out; what is wrong goes to ``mistakes``."""
        raw = holder.get("annex")
        if raw is None:
            return holder
        at = f"{place}{PLACE}"
        unknown = tuple(islice(unknown_fields(raw, self.record, at), MAX_MISTAKES))
        try:
            read = {**holder, "annex": self._read(raw)}
        except ValueError:
            mistakes += islice(_misfits(raw, self.record, at), MAX_MISTAKES)
            read = {name: value for name, value in holder.items() if name != "annex"}
        mistakes += unknown
        return read


def _with_parts(value: object, path: tuple[str, ...], place: str, part: _AnnexOf, mistakes: list[Mistake]) -> object:
    """A record or list of records with the annexes read of all records at a path below it."""
    if isinstance(value, list):
        return [_with_parts(item, path, join(place, number), part, mistakes) for number, item in enumerate(value)]
    if not isinstance(value, Mapping):
        return value
    if not path:
        return part.fitted(value, place, mistakes)
    name, *rest = path
    if value.get(name) is None:
        return value
    return {**value, name: _with_parts(value[name], tuple(rest), join(place, name), part, mistakes)}


def _misfits(raw: object, kind: Kind, place: str) -> Iterator[Mistake]:
    match kind, raw:
        case Record(), Mapping():
            for name, value in raw.items():
                if value is not None and name in kind.fields:
                    yield from _misfits(value, kind.fields[name].kind, join(place, str(name)))
        case Many(), list():
            for position, item in enumerate(raw):
                yield from _misfits(item, kind.item, join(place, position))
        case Exact() | Whole() | Day() | Moment(), _ if raw is not None:
            try:
                _value(kind, raw)
            except UnfitValueError as unfit:
                yield Mistake(place, unfit.message, unfit.hint, kind=kind, value=raw)
        case _ if not _fits(raw, kind):
            yield misfit(place, kind, raw)


def _value(kind: Exact | Whole | Day | Moment, raw: object) -> object:
    match kind:
        case Day():
            return day_from(raw)
        case Moment():
            return moment_from(raw)
        case Whole():
            return whole_from(raw)
        case Exact(_, decimals):
            return amount_from(raw) if decimals == AMOUNT_DECIMALS else decimal_from(raw)


def _fits(raw: object, kind: Kind) -> bool:
    match kind:
        case Code(_, codes):
            return isinstance(raw, str) and raw in codes
        case Text():
            return isinstance(raw, str)
        case YesNo():
            return isinstance(raw, bool)
        case Open():
            return isinstance(raw, Mapping)
        case _:
            return False
