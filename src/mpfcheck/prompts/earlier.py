"""Earlier states of a draft, and the way back to one; that is a step too, which can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpfcheck.drafting.store.errors import DraftError
from mpfcheck.drafting.store.history import Generation
from mpfcheck.prompts.confirm import number_of
from mpfcheck.report.words import counted

if TYPE_CHECKING:
    from mpfcheck.prompts.interview import Interview

__all__ = ["generation_in_words", "go_back_to_earlier"]


def go_back_to_earlier(interview: Interview) -> None:
    """List the earlier states and go back to the one that is chosen."""
    talk, session = interview.talk, interview.session
    generations = interview.keeper.work.file.generations()
    if not generations:
        talk.say("No earlier state of this draft is kept yet.", indent="  ")
        return
    talk.heading("Earlier states of this draft, newest first:")
    chosen = number_of(talk, [generation_in_words(one) for one in generations], "Number (Enter: none):")
    if chosen is None:
        return
    generation = generations[chosen]
    try:
        draft = generation.draft()
    except DraftError as error:
        talk.say(f"{error.message} {error.hint}", indent="  ")
        return
    when = _time(generation)
    interview.step(
        lambda: session.replace(draft, {}, f"gone back to the state of {when}"),
        lambda _: f"The draft is as it was on {when}; :undo takes that back.",
    )


def generation_in_words(generation: Generation) -> str:
    """When it was, and how much was answered."""
    unsaved = "" if generation.saved else ", could not be saved in its place then"
    try:
        return f"{_time(generation)}, {counted(generation.answers, 'answer')}{unsaved}"
    except DraftError:
        return f"{_time(generation)}, cannot be read"


def _time(generation: Generation) -> str:
    return f"{generation.when.astimezone():%Y-%m-%d %H:%M:%S}"
