"""The annex of a proposal: what one call asks beyond the common fields, read as that call describes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from mpfcheck.proposal.day import day_from
from mpfcheck.proposal.fields import Code, Day, Exact, Kind, Many, Moment, Open, Record, Text, Whole, YesNo
from mpfcheck.proposal.known_answers import Answers, record_reader
from mpfcheck.proposal.mistakes import MAX_MISTAKES, Mistake, misfit, unknown_fields
from mpfcheck.proposal.moment import moment_from
from mpfcheck.proposal.money import AMOUNT_DECIMALS, amount_from, decimal_from, whole_from
from mpfcheck.proposal.pointer import join
from mpfcheck.proposal.unfit import UnfitValueError

__all__ = ["Annex"]

PLACE = "/annex"


class Annex:
    """The annex as ``record`` describes it. An absent field, or null, is not answered, as everywhere in a proposal."""

    __slots__ = ("_read", "record")

    def __init__(self, record: Record) -> None:
        self.record = record
        self._read: Callable[[object], Answers] = record_reader(record)

    def fit(self, answers: Mapping[str, object]) -> tuple[Mapping[str, object], tuple[Mistake, ...]]:
        """The answers with the annex read (texts of amounts as Decimal, of days as date), and what is wrong with it.

        Values that do not fit are mistakes, and the annex is then left out; fields nobody knows are mistakes that only
        warn. ``answers`` stay as they are.
        """
        raw = answers.get("annex")
        if raw is None:
            return answers, ()
        unknown = tuple(islice(unknown_fields(raw, self.record, PLACE), MAX_MISTAKES))
        try:
            return {**answers, "annex": self._read(raw)}, unknown
        except ValueError:
            misfits = tuple(islice(_misfits(raw, self.record, PLACE), MAX_MISTAKES))
        return {name: value for name, value in answers.items() if name != "annex"}, (*misfits, *unknown)


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
