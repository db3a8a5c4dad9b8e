"""The door to typed text: what a person typed becomes a value or a question back, and a value becomes text again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mpfcheck.forms.typed.answer import AskedBack, Reading, Understood
from mpfcheck.forms.typed.choice import Choice, choices_of
from mpfcheck.forms.typed.code import like_a_choice, read_code
from mpfcheck.forms.typed.day import read_day
from mpfcheck.forms.typed.many_codes import read_codes
from mpfcheck.forms.typed.moment import read_moment
from mpfcheck.forms.typed.number import read_number
from mpfcheck.forms.typed.stored import shown_value, typed_value
from mpfcheck.forms.typed.text import read_text
from mpfcheck.forms.typed.yes_no import read_yes_no
from mpfcheck.proposal.fields import Code, Day, Exact, Kind, Many, Moment, Text, Whole, YesNo
from mpfcheck.proposal.values import shown

__all__ = ["AskedBack", "Choice", "Reading", "Understood", "read_typed", "readings_of", "shown_value", "typed_value"]


def read_typed(
    text: str,
    kind: Kind,
    *,
    choices: Sequence[Choice] = (),
    own_text: bool = False,
    percent_of: Decimal | None = None,
) -> Reading:
    """The value of a field of this kind that somebody typed, or what to ask back; never a guess.

    ``choices`` are those of the question; a field of open text that has some takes nothing else, unless people may
    write something of their own there (``own_text``). ``percent_of`` is the amount in EUR that a percentage typed into
    a field for EUR is a share of, NaN where that is not answered yet; None where no share can be typed.

    Raises TypeError for kinds nobody types: objects, and lists of anything but codes.
    """
    match kind:
        case Text():
            return _read_open(text, choices, own_text=own_text)
        case YesNo():
            return read_yes_no(text)
        case Exact() | Whole():
            return read_number(text, kind, percent_of)
        case Day():
            return read_day(text)
        case Moment():
            return read_moment(text)
        case Code():
            return read_code(text, choices_of(kind, choices))
        case Many(Code() as item):
            return read_codes(text, choices_of(item, choices))
    raise TypeError(f"Nobody types a {type(kind).__name__}.")


def readings_of(value: object, kind: Kind) -> tuple[object, ...]:
    """What a value that does not fit a field of this kind may mean, read as if it had been typed; the likelier first.

    Nothing where it is no text or number, or can be read in no way.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal) or isinstance(kind, Text):
        return ()
    try:
        reading = read_typed(str(value), kind)
    except (TypeError, ValueError):
        # Nobody types an object; and Python does not write out a number of thousands of digits.
        return ()
    found = (reading,) if isinstance(reading, Understood) else reading.suggestions
    return tuple(one.value for one in found)


def _read_open(text: str, choices: Sequence[Choice], *, own_text: bool) -> Reading:
    """Open text, or one of the choices; text of one's own that is like a choice is asked back with both."""
    own = read_text(text)
    if not choices or isinstance(own, AskedBack):
        return own
    chosen = read_code(text, choices)
    if not own_text or isinstance(chosen, Understood):
        return chosen
    alike = like_a_choice(text, choices)
    if not alike:
        return own
    hint = "Type more of the name where you mean one of these, or take your own text."
    return AskedBack(f"{shown(text)} is like a name in the list.", hint, (*alike, own))
