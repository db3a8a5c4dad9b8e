"""Everything that is wrong with a value that should be a proposal, in the applicant's words.

Pydantic tells what does not fit the models; the sentences are made here, from what the field should hold and what
stands there. Places in a file are not known here: a mistake names its JSON Pointer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Final

from mpfcheck.frozen import Frozen
from mpfcheck.nearest import nearest
from mpfcheck.proposal.codes import COMMENTS, CURRENCIES, MISTAKEN_CODES
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
from mpfcheck.proposal.pointer import join, pointer
from mpfcheck.proposal.values import UnfitValueError, empty, kind_of, shown

if TYPE_CHECKING:
    from pydantic import ValidationError

__all__ = ["MAX_MISTAKES", "Mistake", "find_mistakes", "find_unknown_fields", "misfit", "unknown_fields"]


MAX_MISTAKES: Final = 100
"""Nobody reads on after so many, and looking for the nearest name takes its time."""


class Mistake(Frozen):
    """What is wrong with a value or field: where, what, and what to do. A ``warning`` leaves the proposal readable.

    Where a value does not fit, ``kind`` is what should stand there and ``value`` what does.
    """

    pointer: str
    message: str
    hint: str = ""
    warning: bool = False
    kind: Kind | None = None
    value: object = None


def find_mistakes(raw: object, unseen: object = ...) -> tuple[Mistake, ...]:
    """The values that do not fit: all of them, but no more than :data:`MAX_MISTAKES` and then how many more.

    ``raw`` holds JSON values, with Decimal in place of float. A value that is ``unseen`` stands for one that could not
    be read: nothing is said of it.
    """
    # Pydantic is slow to import and only needed once something is wrong.
    from pydantic import ValidationError

    from mpfcheck.proposal.models import Proposal

    try:
        Proposal.model_validate(raw)
    except ValidationError as error:
        return _in_order(error, unseen)
    return ()


def _in_order(error: ValidationError, unseen: object) -> tuple[Mistake, ...]:
    # Not where it was caught: errors that name this frame, kept in it, would be a ring around the whole proposal.
    found = [each for each in error.errors(include_url=False) if each["input"] is not unseen]
    first = [_mistake(each["loc"], each["input"], each.get("ctx", {}).get("error")) for each in found[:MAX_MISTAKES]]
    return (*first, *_more_mistakes(len(found) - MAX_MISTAKES))


def find_unknown_fields(raw: object) -> tuple[Mistake, ...]:
    """The fields nobody knows, at most :data:`MAX_MISTAKES`. What they hold is not looked into."""
    return tuple(islice(unknown_fields(raw, proposal_record(), ""), MAX_MISTAKES))


def _more_mistakes(number: int) -> Iterator[Mistake]:
    if number > 0:
        more = "1 more value is" if number == 1 else f"{number} more values are"
        yield Mistake("", f"{more} not correct.", "Correct the others first.")


def unknown_fields(raw: object, kind: Kind, place: str) -> Iterator[Mistake]:
    """The fields that a kind of value does not know, at the JSON Pointer ``place`` and below."""
    match kind, raw:
        case Record(), Mapping():
            for name, value in raw.items():
                if not isinstance(name, str):
                    continue
                if name == COMMENTS and isinstance(value, Mapping):
                    continue  # people's notes about the answers: kept, and read by nothing
                if name in kind.fields:
                    yield from unknown_fields(value, kind.fields[name].kind, join(place, name))
                else:
                    hint = _hint_for(name, kind, raw)
                    message = f"Unknown field {shown(name)}. It is ignored."
                    yield Mistake(join(place, name), message, hint, warning=True)
        case Many(), list() | tuple():
            for position, item in enumerate(raw):
                yield from unknown_fields(item, kind.item, join(place, position))


def _hint_for(name: str, record: Record, raw: Mapping[str, object]) -> str:
    if elsewhere := _home(name):
        return f"`{name}` belongs in `{elsewhere}`."
    if near := nearest(name, [known for known in record.fields if known not in raw]):
        return f"Did you mean `{near}`?"
    if near := nearest(name, record.fields):
        return f"The nearest known name is `{near}`, but the proposal already has it."
    return f"The fields of {_one(record.name)} are {', '.join(record.fields)}."


def _home(name: str) -> str | None:
    """The part of the proposal a field belongs to: ``financing`` for ``grant_requested``."""
    for part, field in proposal_record().fields.items():
        kind = field.kind.item if isinstance(field.kind, Many) else field.kind
        if isinstance(kind, Record) and name in kind.fields:
            return part
    return None


def _mistake(steps: tuple[int | str, ...], value: object, error: object) -> Mistake:
    place = pointer(steps)
    kind: Kind = proposal_record()
    for step in steps:
        match kind:
            case Record() if isinstance(step, str) and step in kind.fields:
                kind = kind.fields[step].kind
            case Many():
                kind = kind.item
    if isinstance(error, UnfitValueError):
        return Mistake(place, error.message, error.hint, kind=kind, value=value)
    return misfit(place, kind, value, within=bool(steps))


def misfit(place: str, kind: Kind, value: object, *, within: bool = True) -> Mistake:
    """What to say of a value that is not of its kind; ``within`` the proposal, null is a list's entry without value."""
    if value is None and within:
        return Mistake(place, "An entry of a list cannot be null.", "Remove the entry, or fill it in.")
    if isinstance(kind, Code) and isinstance(value, str):
        return _unknown_code(place, kind, value)
    expected, hint = _expected(kind, value)
    return Mistake(place, f"This should be {expected}, not {kind_of(value)}.", hint, kind=kind, value=value)


def _unknown_code(place: str, kind: Code, value: str) -> Mistake:
    codes = ", ".join(kind.codes)
    if kind.codes == CURRENCIES:
        return Mistake(
            place, f"Amounts are in EUR, not in {shown(value)}.", 'Give all amounts in EUR and write "EUR" here.'
        )
    if kind.code_list is None and len(kind.codes) == 1:
        return Mistake(place, f'This should be "{codes}", not {shown(value)}.', f'Write "{codes}".')
    if nothing := empty(value, "a country code" if kind.code_list == "countries" else "a code"):
        return Mistake(place, nothing.message, nothing.hint, kind=kind, value=value)
    near = nearest(value, kind.codes)
    if kind.code_list == "countries":
        near = MISTAKEN_CODES.get(value.upper(), near if len(value) == 2 else None)
        rest = "Countries are written with the two letters of ISO 3166-1, such as MD for Moldova; Kosovo is XK."
        message = f"{shown(value)} is not a country code."
    else:
        rest = f"The codes are {codes}."
        message = f"{shown(value)} is not one of the {(kind.code_list or 'codes').replace('_', ' ')}."
    return Mistake(place, message, f'Did you mean "{near}"? {rest}' if near else rest, kind=kind, value=value)


def _expected(kind: Kind, value: object) -> tuple[str, str]:
    """What a field should hold, and what to do about the value that stands there."""
    match kind:
        case Text():
            number = isinstance(value, int | Decimal) and not isinstance(value, bool)
            return "text", f'Write it in double quotes: "{value}".' if number else "Write text in double quotes."
        case YesNo():
            word = {"true": "true", "yes": "true", "false": "false", "no": "false"}.get(str(value).strip().casefold())
            rest = "leave the field out until you know the answer"
            return "true or false", f"Write {word}, without quotes." if word else f"Write true or false, or {rest}."
        case Code(code_list="countries"):
            return "a country code", 'Write the two letters of ISO 3166-1 in double quotes, such as "MD".'
        case Code():
            return "a code", f"Write one of {', '.join(kind.codes[:8])}, in double quotes."
        case Many():
            return "a list in square brackets", "Put the entries between [ and ], even if there is only one."
        case Record():
            return f"{_one(kind.name)} in braces", f"Its fields are {', '.join(kind.fields)}."
        case Open():
            return "an object in braces", "Put its fields between { and }."
        case Whole() | Exact():
            return "a number", ""
        case Day():
            return "a date", ""
        case Moment():
            return "a date and time", ""


def _one(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"
