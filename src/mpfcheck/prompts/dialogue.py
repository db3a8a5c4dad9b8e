"""Dialogues asked line by line: each step said, and the reply read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TypeVar

from mpfcheck.drafting.dialogues import steps
from mpfcheck.drafting.dialogues.steps import (
    Choose,
    Confirm,
    Dialogue,
    EnterPath,
    EnterText,
    Notice,
    Reply,
    Settle,
    Step,
)
from mpfcheck.drafting.store.merge import Side
from mpfcheck.forms.typed.answer import Understood
from mpfcheck.forms.typed.text import read_yes_no
from mpfcheck.prompts.talk import Talk

__all__ = ["chosen_number", "hold", "number_of"]

Outcome = TypeVar("Outcome")


def hold(dialogue: Dialogue[Outcome], talk: Talk) -> Outcome:
    """Hold a dialogue with the applicant; its outcome. Raises EndOfInputError, and what the dialogue raises."""
    return steps.run(dialogue, partial(_show, talk))


def _show(talk: Talk, step: Step) -> object:
    match step:
        case Notice(text=text):
            talk.say(text, indent="  ", hang="  ")
            return None
        case Confirm():
            return _confirm(step, talk)
        case EnterPath():
            return _enter_path(step, talk)
        case EnterText():
            if step.text:
                talk.say(step.text, indent="  ")
            if step.usual:
                talk.say(f"Now: {step.usual}", indent="  ")
            typed = talk.ask(f"{step.title} (Enter: none, <: close):").strip()
            return None if typed in ("<", ":back") else typed
        case Settle():
            return _settle(step, talk)
        case Choose(words=True):
            talk.say(f"{step.title}. {step.text}")
            return _word(step.replies, talk, enter=step.closing)
        case Choose():
            talk.heading(step.title)
            if step.text:
                talk.say(step.text, indent="  ")
            number = number_of(talk, list(map(_in_a_line, step.replies)), f"Number (Enter: {step.closing}):")
            return None if number is None else step.replies[number].id


def _in_a_line(reply: Reply) -> str:
    return f"{reply.label}: {reply.detail}" if reply.detail else reply.label


def _confirm(step: Confirm, talk: Talk) -> bool:
    """Whether the applicant says yes; what is neither yes nor no is asked again."""
    title = step.title if step.title[-1:] in ".?!" else f"{step.title}:"
    talk.say(f"{title} {step.text}")
    for point in step.points:
        talk.entry("-", point)
    for reply in (step.yes, step.no):
        if reply.detail:
            talk.say(f"{reply.label}: {reply.detail}.", indent="  ", hang="  ")
    while True:
        reading = read_yes_no(talk.word(f"{step.yes.label}? yes or no:"))
        if isinstance(reading, Understood):
            return reading.value is True
        talk.say("Type yes or no.", indent="  ")


def _enter_path(step: EnterPath, talk: Talk) -> str | None:
    if step.text:
        talk.say(step.text, indent="  ")
    # A file that must be there is not the one that was just refused.
    usual = "" if step.exists else step.usual
    typed = talk.ask(f"{step.title} (Enter: {f'{usual}, <: close' if usual else 'close'}):").strip()
    return None if typed in ("<", ":back") else typed or usual or None


def _settle(step: Settle, talk: Talk) -> Mapping[str, Side]:
    talk.say(f"{step.title}. {step.text}")
    chosen = {}
    for field in step.fields:
        talk.say(f"{field.title} was changed on both sides.")
        side = None
        while side is None:
            side = _word(tuple(Reply(side.label, side.detail, side.id) for side in field.sides), talk)
        chosen[field.pointer] = Side(next(one.id for one in field.sides if one.label == side))
    return chosen


def _word(replies: Sequence[Reply], talk: Talk, enter: str = "") -> str | None:
    """The id of the reply whose id is typed; None for an empty line, which does what ``enter`` says."""
    ids = [reply.id for reply in replies]
    for reply in replies:
        talk.entry(f"{reply.id}:", f"{reply.label}, {reply.detail}" if enter and reply.detail else reply.label)
    prompt = f"{', '.join(ids[:-1])} or {ids[-1]}"
    while True:
        typed = talk.word(f"{prompt} (Enter: {enter}):" if enter else f"{prompt}:").casefold().removeprefix(":")
        if typed in ids:
            return typed
        if enter and not typed:
            return None
        talk.say(f"Type one of these words: {', '.join(ids)}.", indent="  ")


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
        talk.say(f"Type a number from 1 to {most}, or press Enter to leave this list.", indent="  ")
