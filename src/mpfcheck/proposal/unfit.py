"""What a value reader says of a value it cannot take: in the applicant's words, with what to do about it."""

from __future__ import annotations

from decimal import Decimal

__all__ = ["UnfitValueError", "kind_of", "number_shown", "shown"]


class UnfitValueError(ValueError):
    """A value does not fit its field.

    ``message`` says what is wrong with it (a sentence), ``hint`` what to write instead (a sentence, or empty).
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def shown(value: object, longest: int = 60) -> str:
    """A value as a message may quote it: on one line, without control characters, cut where it is long."""
    text = value if isinstance(value, str) else str(value)
    text = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return f'"{text}"' if len(text) <= longest else f'"{text[:longest]}…"'


def kind_of(value: object) -> str:
    """What a value is, as a message calls it, such as ``the text "24"`` or ``the number 24``."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f"the text {shown(value)}"
        case int() | Decimal():
            return f"the number {number_shown(value)}"
        case dict():
            return "an object in braces"
        case list() | tuple():
            return "a list in square brackets"
        case None:
            return "null"
    return f"a value of type {type(value).__name__}"


def number_shown(value: int | Decimal, longest: int = 40) -> str:
    """A number to quote, cut where it is long; one of thousands of digits is not turned into text for it."""
    if isinstance(value, int) and abs(value) >= 10**longest:
        return f"of more than {longest} digits"
    text = str(value)
    return text if len(text) <= longest else f"{text[:longest]}…"
