"""The single values of a proposal, read one by one: amounts, quantities, whole numbers, dates, moments.

A value that does not fit raises :class:`UnfitValueError`, which says in the applicant's words what is wrong and what to
write instead.

A number is written as a JSON string (the form that is written back) or as a JSON number, and read alike: a string holds
what JSON writes for a number, and both count by their value. 2e5 is 200000, -0 is 0, and 200000.000 is 200000.00. Only
an amount such as 400.000 is refused in both: half of Europe writes four hundred thousand so. The published schema is
stricter with texts, and knows the one form that is written back. Nothing is ever read as binary floating point.

Numbers have at most 15 digits, a zero before the point included: every program keeps so many exactly. Amounts have at
most two decimals, because nothing is smaller than a cent. Quantities and unit costs have no such limit: a third of a
post and a price per kilometre are ordinary, and only their product is paid.

Dates are ISO 8601 calendar dates (``2024-03-01``). Moments are a date, a time and a time zone, written
``2024-03-01T12:00:00Z`` as JSON Schema's date-time.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Context, Decimal, InvalidOperation

from mpfcheck.plain import plain
from mpfcheck.proposal.limits import MAX_MAGNITUDE, number_fits

__all__ = [
    "AMOUNT_DECIMALS",
    "MAX_DIGITS",
    "MAX_MONTHS",
    "MAX_MONTHS_DIGITS",
    "MAX_WHOLE",
    "UnfitValueError",
    "amount_from",
    "as_text",
    "beyond_magnitude",
    "day_from",
    "decimal_from",
    "floating",
    "format_money",
    "format_months",
    "is_plain_number",
    "kind_of",
    "moment_from",
    "number_shown",
    "plain_money",
    "plain_number",
    "shown",
    "whole_from",
]


class UnfitValueError(ValueError):
    """A value does not fit its field.

    ``message`` says what is wrong with it (a sentence), ``hint`` what to write instead (a sentence, or empty).
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def shown(value: object, longest: int = 60) -> str:
    """A value as a message may quote it: on one line, with escapes for what cannot be seen, cut where it is long."""
    text = plain(value if isinstance(value, str) else str(value))
    return f'"{text}"' if len(text) <= longest else f'"{text[:longest]}…"'


def empty(text: str, expected: str) -> UnfitValueError | None:
    """What is said of a text of blanks alone where something else is wanted, such as ``a date``: the error to raise."""
    if text.strip():
        return None
    return UnfitValueError(f"This is an empty text, not {expected}.", "Leave the field out until you know the answer.")


def kind_of(value: object) -> str:
    """What a value is, as a message calls it, such as ``the text "24"`` or ``the number 24``."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f"the text {shown(value)}" if value.strip() else "an empty text"
        case int() | Decimal():
            return f"the number {number_shown(value)}"
        case dict():
            return "an object in braces"
        case list() | tuple():
            return "a list in square brackets"
        case None:
            return "null"
    return f"a value of type {type(value).__name__}"


def number_shown(value: int | Decimal) -> str:
    """A number to quote, cut where it is long; one of thousands of digits is not turned into text for it."""
    if isinstance(value, int) and not number_fits(value):
        return f"of more than {MAX_MAGNITUDE} digits"
    text = str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


_is_day = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_DAY_HINT = "Write year, month and day, such as 2024-03-01."


def day_from(value: object) -> date:
    """A day from its text, or a date as it is; raises UnfitValueError, also for days the calendar does not have."""
    if isinstance(value, str) and _is_day(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise UnfitValueError(f"{shown(value)} is not a date of the calendar.", _DAY_HINT) from None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        raise empty(value, "a date") or UnfitValueError(f"{shown(value)} is not a date.", _DAY_HINT)
    raise UnfitValueError("This should be a date, written as text in double quotes.", _DAY_HINT)


_MOMENT = (
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?P<clock>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)"
    r"(?P<zone>[Zz]|[+-][0-9]{2}:[0-9]{2}|@[A-Za-z0-9_+/-]{1,60})?"
)
_MOMENT_HINT = "Write the date, the time and the time zone, such as 2024-03-01T12:00:00Z or 2024-03-01T12:00:00+01:00."


def moment_from(value: object) -> datetime:
    """A moment from its text, or one as it is; raises UnfitValueError, also where the time zone is missing.

    The zone is ``Z``, the hours ahead of UTC, or the name of a time zone as the rule language writes it
    (``@Europe/London``).
    """
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    if isinstance(value, datetime):
        raise UnfitValueError("This moment has no time zone.", "Give a datetime with a tzinfo.")
    if not isinstance(value, str):
        raise UnfitValueError("This should be a date and time, written as text in double quotes.", _MOMENT_HINT)
    found = re.fullmatch(_MOMENT, value)
    if found is None:
        raise empty(value, "a date and time") or UnfitValueError(
            f"{shown(value)} is not a date and time.", _MOMENT_HINT
        )
    if found["zone"] is None:
        raise UnfitValueError(f"{shown(value)} does not say its time zone.", _MOMENT_HINT)
    zone = _zone(found["zone"])
    if zone is None:
        raise UnfitValueError(f"{shown(value)} names an unknown time zone.", _MOMENT_HINT)
    clock = found["clock"]
    try:
        return datetime.fromisoformat(f"{found['day']}T{clock}").replace(tzinfo=zone)
    except ValueError:
        raise UnfitValueError(f"{shown(value)} is not a date and time of the calendar.", _MOMENT_HINT) from None


def _zone(text: str) -> tzinfo | None:
    if text in ("Z", "z"):
        return UTC
    if text.startswith("@"):
        # The zone data is loaded only where a zone is named.
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            return ZoneInfo(text[1:])
        except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
            return None
    hours, minutes = int(text[1:3]), int(text[4:6])
    ahead = timedelta(hours=hours, minutes=minutes)
    if minutes > 59 or ahead > timedelta(hours=14):
        return None
    return timezone(-ahead if text[0] == "-" else ahead)


MAX_DIGITS = 15
AMOUNT_DECIMALS = 2
MAX_WHOLE = 10**MAX_DIGITS - 1
MAX_MONTHS_DIGITS = 9
"""Nobody plans for longer, and a date so many months on is still one of the rule language's calendar."""
MAX_MONTHS = 10**MAX_MONTHS_DIGITS - 1
_GROUP = 3

# Nearly all numbers are of this form: as an amount is to be written, and short enough. The branches for the cents, and
# a context of its own for reading, take a fifth of the time off the step at which a batch of proposals spends most.
is_plain_number = re.compile(
    rf"(?!0[0-9])[0-9]{{1,{MAX_DIGITS - 1 - AMOUNT_DECIMALS}}}(?:\.[0-9][0-9]|\.[0-9]|)"
).fullmatch
plain_number = Context(prec=MAX_DIGITS).create_decimal
# Few texts are asked for these forms, and a start is not to pay for them.
_DECIMAL = r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
_JSON_NUMBER = rf"-?{_DECIMAL}(?:[eE][+-]?[0-9]+)?"
_EXAMPLE = 'Write only digits and a decimal point, such as "120000.00".'


def amount_from(value: object) -> Decimal:
    """An amount in EUR from a JSON string or number, or from a Decimal or int; raises UnfitValueError."""
    text = value if type(value) is str else str(value) if type(value) is Decimal else ""
    if is_plain_number(text):
        return plain_number(text)
    return _exact(value, AMOUNT_DECIMALS)


def decimal_from(value: object) -> Decimal:
    """A quantity or unit cost from a JSON string or number, or from a Decimal or int; raises UnfitValueError."""
    text = value if type(value) is str else str(value) if type(value) is Decimal else ""
    if is_plain_number(text):
        return plain_number(text)
    if type(value) is str and re.fullmatch(_DECIMAL, value) and len(value) <= MAX_DIGITS:
        return Decimal(value)
    return _exact(value, MAX_DIGITS - 1)


def whole_from(value: object) -> int:
    """A whole number of months from a JSON string or number (24 and 24.0 are the same), an int or a Decimal.

    Raises UnfitValueError.
    """
    if isinstance(value, str) and (number := _json_number(value)) is not None:
        value = number
    if isinstance(value, float):
        raise floating(value)
    if isinstance(value, str) and (nothing := empty(value, "a whole number")):
        raise nothing
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise UnfitValueError(
            f"This should be a whole number, not {kind_of(value)}.", "Write it without quotes, such as 24."
        )
    if isinstance(value, Decimal) and not value.is_finite():
        raise UnfitValueError(f"{value} is not a number.", "Write a whole number, such as 24.")
    if not number_fits(value):
        raise beyond_magnitude()
    if value < 0:
        raise UnfitValueError(
            f"The number {number_shown(value)} is negative.", "Write a whole number from 0, such as 24."
        )
    if value > MAX_MONTHS:
        raise UnfitValueError(
            f"The number {number_shown(value)} has more than {MAX_MONTHS_DIGITS} digits.", "Check the number."
        )
    if value != (whole := int(value)):
        raise UnfitValueError(
            f"The number {number_shown(value)} is not a whole number.", "Round it to a whole number, such as 24."
        )
    return whole


def as_text(number: Decimal) -> str:
    """A number as a proposal holds it, and as it can be read again: str would write 0.0000001 with an exponent."""
    return f"{number:f}"


def format_money(amount: Decimal) -> str:
    """An amount as people read it: ``EUR 190 000.01``, with cents, and with more decimals where it has more."""
    return f"EUR {_with_cents(f'{amount if amount else abs(amount):,f}'.replace(',', ' '))}"


def plain_money(amount: Decimal) -> str:
    """The same amount as programs read it: ``190000.01``."""
    return _with_cents(f"{amount if amount else abs(amount):f}")


def _with_cents(number: str) -> str:
    # Nearly every amount is written so, and a report writes many.
    if number[-1 - AMOUNT_DECIMALS : -AMOUNT_DECIMALS] == ".":
        return number
    whole, _, decimals = number.partition(".")
    return f"{whole}.{decimals.rstrip('0'):0<{AMOUNT_DECIMALS}}"


def format_months(number: Decimal) -> str:
    """A number of months as people read it: ``1 month``, ``24 months``."""
    return f"{number.normalize():f} month{'' if number == 1 else 's'}"


def _exact(value: object, decimals: int) -> Decimal:
    if isinstance(value, str):
        return _from_text(value, decimals)
    if isinstance(value, float):
        raise floating(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise UnfitValueError(f"This should be a number, not {kind_of(value)}.", _EXAMPLE)
    number = Decimal(value)
    if not number.is_finite():
        raise UnfitValueError(f"{number} is not a number.", _EXAMPLE)
    if not number_fits(number):
        raise beyond_magnitude()
    if number < 0:
        raise _negative(f"The number {number_shown(number)}")
    if number > MAX_WHOLE:
        raise _too_long(f"The number {number_shown(number)}")
    return _canonical(number, decimals)


def _canonical(number: Decimal, decimals: int) -> Decimal:
    """The number without sign or exponent and with at most two needless zeros: one that can be written as a string."""
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)  # noqa: S101 - it is finite
    written = "".join(map(str, digits))
    needless = len(written) - len(written.rstrip("0"))
    places = max(0, -exponent - needless) if number else 0
    if places > decimals:
        raise _too_fine(f"The number {number_shown(number)}", decimals)
    whole = len(str(int(number)))
    if whole + places > MAX_DIGITS:
        raise _too_long(f"The number {number_shown(number)}")
    if decimals == AMOUNT_DECIMALS and exponent == -_GROUP and 1 <= number < 10**_GROUP:
        raise UnfitValueError(
            f"The point in {number_shown(number)} can separate thousands or decimals.",
            "Write amounts with two decimals and without other separators.",
        )
    cents = min(-exponent, AMOUNT_DECIMALS)
    if places < cents and whole + cents <= MAX_DIGITS:
        places = cents
    return Decimal(f"{number.copy_abs():.{places}f}")


def _json_number(text: str) -> Decimal | None:
    """The number a text holds, written the way JSON writes numbers; None where it is none.

    Raises UnfitValueError where its exponent has more digits than anything can be counted in.
    """
    if not re.fullmatch(_JSON_NUMBER, text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        raise beyond_magnitude() from None


def _from_text(text: str, decimals: int) -> Decimal:
    number = _json_number(text)
    if number is not None:
        return _exact(number, decimals)
    if re.fullmatch(_DECIMAL, text.removeprefix("\N{MINUS SIGN}")):
        raise _negative(shown(text))
    if nothing := empty(text, "a number"):
        raise nothing
    if text.strip() != text and re.fullmatch(_DECIMAL, text.strip()):
        raise UnfitValueError(f"{shown(text)} has blanks around the number.", f'Write "{text.strip()}".')
    unpadded = text.lstrip("0")
    unpadded = unpadded if unpadded[:1].isdigit() else f"0{unpadded}"
    if text.startswith("0") and re.fullmatch(_DECIMAL, unpadded):
        raise UnfitValueError(f"{shown(text)} has a zero in front.", f'Write "{unpadded}".')
    raise UnfitValueError(f"{shown(text)} cannot be read as a number.", _EXAMPLE)


def floating(value: float) -> UnfitValueError:
    """What is said of a float, wherever one is given: the error to raise."""
    return UnfitValueError(
        f"{value!r} is a binary floating-point number, which does not hold cents exactly.",
        'Give a Decimal, an int, or a text such as "120000.00".',
    )


def beyond_magnitude() -> UnfitValueError:
    """What is said of a number with more places than any may have, wherever it is given: the error to raise."""
    return UnfitValueError(f"This number has more than {MAX_MAGNITUDE} places.", "Check the number.")


def _negative(quoted: str) -> UnfitValueError:
    return UnfitValueError(f"{quoted} is negative.", "Write a number of zero or more.")


def _too_long(quoted: str) -> UnfitValueError:
    return UnfitValueError(
        f"{quoted} has more than {MAX_DIGITS} digits.", f"Use at most {MAX_DIGITS} digits, decimals included."
    )


def _too_fine(quoted: str, decimals: int) -> UnfitValueError:
    if decimals == AMOUNT_DECIMALS:
        return UnfitValueError(f"{quoted} has more than two decimals.", "Write amounts to the cent.")
    return _too_long(quoted)
