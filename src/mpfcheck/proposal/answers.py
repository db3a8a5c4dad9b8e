"""A proposal's answers from Python values: what a program has in its hands, rather than a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from mpfcheck.proposal.limits import MAX_DEPTH, MAX_MAGNITUDE, number_fits
from mpfcheck.proposal.mistakes import Mistake, find_mistakes
from mpfcheck.proposal.money import floating
from mpfcheck.proposal.pointer import join
from mpfcheck.proposal.shape import Answers, MisfitError, known_answers
from mpfcheck.proposal.unfit import UnfitValueError, kind_of

__all__ = ["MistakenProposalError", "answers_from", "json_values"]


class MistakenProposalError(ValueError):
    """Values that are no proposal. ``mistakes`` says everything that is wrong with them."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(f"{each.pointer or 'proposal'}: {each.message} {each.hint}" for each in mistakes))
        self.mistakes = mistakes


def answers_from(values: Mapping[str, object]) -> Answers:
    """The answers a mapping holds, unknown fields left out; raises MistakenProposalError.

    Texts may stand for amounts and dates as they do in a file, or Decimal, int and :class:`~datetime.date`. A float is
    refused: it does not hold cents exactly. ``values`` stays as it is.
    """
    plain, mistakes = json_values(values)
    if mistakes:
        raise MistakenProposalError(mistakes)
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


class _Copying:
    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def copy(self, value: object, place: str, levels: int) -> object:
        match value:
            case None | bool() | date() if not isinstance(value, datetime):
                return value
            case str():
                return self._text(value, place)
            case int() | Decimal():
                if not number_fits(value):
                    self._refuse(place, f"This number reaches over {MAX_MAGNITUDE} places.", "Check the number.")
                return value
            case float():
                self._unfit(place, floating(value))
            case Mapping() | list() | tuple() if levels == 0:
                self._refuse(place, f"This is nested deeper than {MAX_DEPTH} levels.", "Make it flatter.")
            case Mapping():
                return {
                    self._name(name, place): self.copy(member, join(place, str(name)), levels - 1)
                    for name, member in value.items()
                }
            case list() | tuple():
                return [self.copy(item, join(place, position), levels - 1) for position, item in enumerate(value)]
            case _:
                self._refuse(place, f"A proposal cannot hold {kind_of(value)}.", "Give text, numbers, lists and dicts.")
        return None

    def _name(self, name: object, place: str) -> str:
        if not isinstance(name, str):
            self._refuse(place, f"The name of a field cannot be {kind_of(name)}.", "Names are texts.")
        return self._text(str(name), place)

    def _text(self, text: str, place: str) -> str:
        try:
            text.encode()
        except UnicodeEncodeError:
            self._refuse(place, "This text holds half of a character (a lone surrogate).", "Decode the text properly.")
        return str(text)

    def _unfit(self, place: str, unfit: UnfitValueError) -> None:
        self._refuse(place, unfit.message, unfit.hint)

    def _refuse(self, place: str, message: str, hint: str) -> None:
        self.mistakes.append(Mistake(place, message, hint))
