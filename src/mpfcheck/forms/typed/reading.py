"""The door to typed text: what a person typed becomes a value or a question back, and a value becomes text again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mpfcheck.forms.typed.answer import AskedBack, Reading, Understood
from mpfcheck.forms.typed.choice import Choice, choices_of
from mpfcheck.forms.typed.code import read_code
from mpfcheck.forms.typed.day import read_day
from mpfcheck.forms.typed.many_codes import read_codes
from mpfcheck.forms.typed.number import read_number
from mpfcheck.forms.typed.stored import shown_value, typed_value
from mpfcheck.forms.typed.text import read_text
from mpfcheck.forms.typed.yes_no import read_yes_no
from mpfcheck.proposal.fields import Code, Day, Exact, Kind, Many, Text, Whole, YesNo

__all__ = ["AskedBack", "Choice", "Reading", "Understood", "read_typed", "shown_value", "typed_value"]


def read_typed(text: str, kind: Kind, *, choices: Sequence[Choice] = (), percent_of: Decimal | None = None) -> Reading:
    """The value of a field of this kind that somebody typed, or what to ask back; never a guess.

    ``choices`` are those of the question; a field of open text that has some takes nothing else. ``percent_of`` is the
    amount in EUR that a percentage typed into a field for EUR is a share of. Raises TypeError for a kind that nobody
    types: objects, and lists of anything but codes.
    """
    match kind:
        case Text():
            return read_code(text, choices) if choices else read_text(text)
        case YesNo():
            return read_yes_no(text)
        case Exact() | Whole():
            return read_number(text, kind, percent_of)
        case Day():
            return read_day(text)
        case Code():
            return read_code(text, choices_of(kind, choices))
        case Many(Code() as item):
            return read_codes(text, choices_of(item, choices))
    raise TypeError(f"Nobody types a {type(kind).__name__}.")
