"""Questions of the program itself: yes or no, and one of a few numbered things."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.forms.typed.answer import Understood
from mpfcheck.forms.typed.yes_no import read_yes_no
from mpfcheck.prompts.talk import Talk

__all__ = ["chosen_number", "confirmed", "number_of"]


def confirmed(talk: Talk, question: str) -> bool:
    """Whether the applicant says yes; what is neither yes nor no is asked again."""
    while True:
        reading = read_yes_no(talk.word(f"{question} yes or no:"))
        if isinstance(reading, Understood):
            return reading.value is True
        talk.say("Type yes or no.", indent="  ")


def number_of(talk: Talk, things: Sequence[str], prompt: str) -> int | None:
    """The place (from 0) of one of these things, chosen by its number; None where an empty line is typed."""
    for number, thing in enumerate(things, 1):
        talk.entry(f"{number}.", thing)
    chosen = chosen_number(talk, len(things), prompt)
    return None if chosen is None else chosen - 1


def chosen_number(talk: Talk, most: int, prompt: str) -> int | None:
    """A number from 1 to ``most``; None where an empty line, or a sign for back, is typed."""
    while True:
        typed = talk.word(prompt)
        if typed in ("", "<", ":back"):
            return None
        if typed.isdecimal() and typed.isascii() and len(typed) < 10 and 1 <= int(typed) <= most:
            return int(typed)
        talk.say(f"Type a number from 1 to {most}, or nothing.", indent="  ")
