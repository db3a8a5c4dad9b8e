"""A proposal's answers from Python values: what a program has in its hands, rather than a file."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from math import isnan

from mpfcheck.proposal.limits import MAX_DEPTH, number_fits
from mpfcheck.proposal.mistakes import Mistake, find_mistakes
from mpfcheck.proposal.pointer import join
from mpfcheck.proposal.reader import Answers, MisfitError, known_answers
from mpfcheck.proposal.values import UnfitValueError, beyond_magnitude, floating, kind_of, shown

__all__ = ["MistakenProposalError", "answers_from", "answers_from_plain", "is_missing", "json_values", "plain_value"]


class MistakenProposalError(ValueError):
    """Values that are not a proposal. ``mistakes`` lists everything that is wrong with them."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(f"{each.pointer or 'proposal'}: {each.message} {each.hint}" for each in mistakes))
        self.mistakes = mistakes


def answers_from(values: Mapping[str, object]) -> Answers:
    """The answers a mapping holds, unknown fields left out; raises MistakenProposalError.

    Texts may stand for amounts and dates as they do in a file, or Decimal, int and :class:`~datetime.date`. What a
    program's own kinds of values stand for (see :func:`plain_value`) is taken. A float is refused: it does not hold
    cents exactly; so is NaN, which says nothing. ``values`` stays as it is.
    """
    plain, mistakes = json_values(values)
    if mistakes:
        raise MistakenProposalError(mistakes)
    return answers_from_plain(plain)


def answers_from_plain(plain: object) -> Answers:
    """The answers in what :func:`json_values` gave without mistakes; raises MistakenProposalError."""
    try:
        return known_answers(plain)
    except MisfitError:
        raise MistakenProposalError(find_mistakes(plain)) from None


def json_values(values: object) -> tuple[object, tuple[Mistake, ...]]:
    """A copy in plain dicts and lists, and the mistakes that are values no JSON document holds.

    Decimal and date are let through: they stand for numbers and days.
    """
    copying = _Copying()
    return copying.copy(values, "", MAX_DEPTH), tuple(copying.mistakes)


_NOT_A_NUMBER = (
    "NaN and other marks of a missing value are not an answer.",
    "Give None, or leave the field out, until you know the answer.",
)


def plain_value(value: object) -> object:
    """The value that a program's own kind of value stands for, itself for any other.

    An Enum stands for its value, a dataclass, a named tuple and a model of pydantic for their fields, an array, a
    scalar and a moment of numpy for the values of Python they hold.
    """
    while isinstance(value, Enum):
        value = value.value
    if isinstance(value, Mapping | str | int) or value is None:
        return value
    if isinstance(value, tuple) and isinstance(names := getattr(value, "_fields", None), tuple):
        return dict(zip(names, value, strict=True))
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    if not isinstance(value, type) and callable(dump := getattr(value, "model_dump", None)):
        return dump()
    return _from_numpy(value)


def _from_numpy(value: object) -> object:
    # A program that has not loaded numpy or pandas has no values of them.
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if pandas is not None and isinstance(value, pandas.Series):
        return value.to_dict()
    if numpy is None or not isinstance(value, numpy.generic | numpy.ndarray):
        return value
    if isinstance(value, numpy.datetime64):
        # Finer moments are given as plain numbers by numpy; NaT is not a moment.
        return float("nan") if numpy.isnat(value) else value.astype("datetime64[us]").item()
    return list(value) if isinstance(value, numpy.ndarray) and value.ndim else value.item()


def is_missing(value: object) -> bool:
    """Whether it is one of the marks that pandas has for a missing value: none of them equals itself."""
    try:
        return bool(value != value)
    except (TypeError, ValueError):
        return type(value).__name__ == "NAType"


class _Copying:
    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def copy(self, value: object, place: str, levels: int) -> object:
        value = plain_value(value)
        match value:
            case None | bool():
                return value
            case datetime():
                return self._day(value, place)
            case date():
                return value
            case str():
                return self._text(value, place)
            case int() | Decimal():
                if isinstance(value, Decimal) and value.is_nan():
                    self._refuse(place, *_NOT_A_NUMBER)
                elif not number_fits(value):
                    self._unfit(place, beyond_magnitude())
                # A kind of number of the program's own may write or compare itself in another way.
                return Decimal(value) if isinstance(value, Decimal) else int.__int__(value)
            case float():
                if isnan(value):
                    self._refuse(place, *_NOT_A_NUMBER)
                else:
                    self._unfit(place, floating(float(value)))
            case Mapping() | list() | tuple() if levels == 0:
                self._refuse(place, f"This is nested deeper than {MAX_DEPTH} levels.", "Make it flatter.")
            case Mapping():
                return self._members(value, place, levels)
            case list() | tuple():
                return [self.copy(item, join(place, position), levels - 1) for position, item in enumerate(value)]
            case _ if is_missing(value):
                self._refuse(place, *_NOT_A_NUMBER)
            case _:
                self._refuse(place, f"A proposal cannot hold {kind_of(value)}.", "Give text, numbers, lists and dicts.")
        return None

    def _members(self, values: Mapping[object, object], place: str, levels: int) -> dict[str, object]:
        members: dict[str, object] = {}
        for given, member in values.items():
            name = self._name(plain_value(given), place)
            if name in members:
                self._refuse(join(place, name), f"The field {shown(name)} is given twice.", "Give it once.")
            members[name] = self.copy(member, join(place, name), levels - 1)
        return members

    def _name(self, name: object, place: str) -> str:
        if not isinstance(name, str):
            self._refuse(place, f"The name of a field cannot be {kind_of(name)}.", "Names are texts.")
            return str(name)
        return self._text(name, place)

    def _day(self, moment: datetime, place: str) -> date | None:
        """The day of a moment that is the start of it: tables keep days so. Another is refused, but in an annex."""
        if is_missing(moment):
            self._refuse(place, *_NOT_A_NUMBER)
        elif moment.tzinfo is None and moment.time() == time():
            return date(moment.year, moment.month, moment.day)
        elif place.startswith("/annex/"):
            # A call may ask for a moment there; what it describes says whether it fits.
            return moment
        else:
            self._refuse(place, "This is a date with a time, not a date.", "Give a date, such as moment.date().")
        return None

    def _text(self, text: str, place: str) -> str:
        # What a kind of text of the program's own shows may be something else than what it holds.
        text = str.__str__(text)
        try:
            text.encode()
        except UnicodeEncodeError:
            self._refuse(place, "This text holds half of a character (a lone surrogate).", "Decode the text properly.")
        return text

    def _unfit(self, place: str, unfit: UnfitValueError) -> None:
        self._refuse(place, unfit.message, unfit.hint)

    def _refuse(self, place: str, message: str, hint: str) -> None:
        self.mistakes.append(Mistake(place, message, hint))
