"""The steps of a dialogue: what is asked and said, as data that screens, lines and a browser can all show.

A dialogue is a generator. It yields steps, gets the reply to each, and returns its outcome::

    dialogue = open_draft(desk, path)
    step = next(dialogue)
    while True:
        step = dialogue.send(show(step))     # StopIteration.value is the outcome

:func:`run` and :func:`run_async` do this for a function that shows one step and returns the reply. Dialogues raise the
errors of what they do, such as DraftError.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Mapping
from typing import TypeAlias, TypeVar

from mpfcheck.drafting.store.merge import Side
from mpfcheck.frozen import Frozen

__all__ = [
    "Choose",
    "Confirm",
    "Dialogue",
    "EnterPath",
    "EnterText",
    "FieldSides",
    "Notice",
    "Reply",
    "Settle",
    "Step",
    "choose",
    "confirm",
    "enter_path",
    "enter_text",
    "notify",
    "run",
    "run_async",
    "settle",
]

Outcome = TypeVar("Outcome")


class Reply(Frozen):
    """One of the replies that can be chosen: what it does, and in ``detail`` what that means."""

    id: str
    label: str
    detail: str = ""


class Choose(Frozen):
    """Choose one of the replies. The reply is its id, or None where the question is closed.

    ``closing`` says what closing it does. ``words`` is true where the ids are words to type, such as "again".
    """

    title: str
    text: str
    replies: tuple[Reply, ...]
    closing: str = "close"
    words: bool = False


class Confirm(Frozen):
    """Do something, or do not: ``yes`` and ``no`` say what each means. The reply is True or False; closing is False.

    ``points`` are what is to be agreed to, one by one, where it is several things.
    """

    title: str
    text: str
    yes: Reply
    no: Reply
    points: tuple[str, ...] = ()


class EnterPath(Frozen):
    """Enter the path of a file. The reply is the text that was typed, or None where the question is closed.

    ``usual`` is the path where nothing else is typed; ``action`` what is done with the path, such as "Write".
    ``exists`` says that the file must be there, so that a front end may offer the files of a folder.
    """

    title: str
    text: str
    usual: str
    action: str
    exists: bool = False


class EnterText(Frozen):
    """Enter a text in one's own words. The reply is the text, which may be empty, or None where it is closed.

    ``action`` is what is done then, such as "Continue"; ``usual`` is the text there is now.
    """

    title: str
    text: str
    action: str
    usual: str = ""


class FieldSides(Frozen):
    """A field that was changed here and elsewhere: its ``pointer``, what it is called, and each side as a reply.

    The ids of the replies are those of :class:`Side`.
    """

    pointer: str
    title: str
    sides: tuple[Reply, ...]


class Settle(Frozen):
    """Choose a side for each field. The reply maps pointers to sides, or is None where it is left for later."""

    title: str
    text: str
    fields: tuple[FieldSides, ...]


class Notice(Frozen):
    """Say something. There is no reply (None). ``warning`` marks what needs attention.

    ``routine`` marks what need not be said where it can be seen, such as which draft is open.
    """

    text: str
    warning: bool = False
    routine: bool = False


Step: TypeAlias = Choose | Confirm | EnterPath | EnterText | Settle | Notice
Dialogue: TypeAlias = Generator[Step, object, Outcome]


def choose(step: Choose) -> Dialogue[str | None]:
    """Ask which reply is chosen."""
    reply = yield step
    return reply if isinstance(reply, str) else None


def confirm(step: Confirm) -> Dialogue[bool]:
    """Ask whether to do something."""
    return (yield step) is True


def enter_path(step: EnterPath) -> Dialogue[str]:
    """Ask for a path; empty where none is given."""
    reply = yield step
    return reply.strip() if isinstance(reply, str) else ""


def enter_text(step: EnterText) -> Dialogue[str | None]:
    """Ask for a text; None where the question is closed."""
    reply = yield step
    return reply.strip() if isinstance(reply, str) else None


def settle(step: Settle) -> Dialogue[Mapping[str, Side] | None]:
    """Ask for a side of each field."""
    reply = yield step
    return {str(pointer): Side(side) for pointer, side in reply.items()} if isinstance(reply, Mapping) else None


def notify(text: str, *, warning: bool = False, routine: bool = False) -> Dialogue[None]:
    """Say something."""
    yield Notice(text, warning, routine)


def run(dialogue: Dialogue[Outcome], show: Callable[[Step], object]) -> Outcome:
    """Drive a dialogue with what shows one step and returns the reply; its outcome."""
    reply: object = None
    try:
        while True:
            reply = show(dialogue.send(reply))
    except StopIteration as end:
        outcome: Outcome = end.value
        return outcome
    finally:
        dialogue.close()


async def run_async(dialogue: Dialogue[Outcome], show: Callable[[Step], Awaitable[object]]) -> Outcome:
    """Drive a dialogue as :func:`run` does, where showing a step waits for the reply."""
    reply: object = None
    try:
        while True:
            reply = await show(dialogue.send(reply))
    except StopIteration as end:
        outcome: Outcome = end.value
        return outcome
    finally:
        dialogue.close()
