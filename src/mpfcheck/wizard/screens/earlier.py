"""The earlier states of a draft that were kept, and the way back to one."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.drafting.store.errors import DraftError
from mpfcheck.drafting.store.history import Generation
from mpfcheck.report.words import counted
from mpfcheck.wizard.dialogs import Ask, way
from mpfcheck.wizard.widgets.menu import Entry

__all__ = ["earlier", "generation_words", "moment"]


def earlier(generations: Sequence[Generation]) -> Ask:
    """Ask which earlier state to go back to."""
    words = "Going back is a step like any other: Ctrl+Z takes it back, and the state now stays among these."
    ways: list[Entry] = [way(str(number), moment(one), generation_words(one)) for number, one in enumerate(generations)]
    return Ask("Earlier states of this draft, newest first", words, ways)


def moment(generation: Generation) -> str:
    """When it was, by the clock of the computer."""
    return f"{generation.when.astimezone():%Y-%m-%d %H:%M:%S}"


def generation_words(generation: Generation) -> str:
    """How much was answered, and what else is to be known."""
    unsaved = "" if generation.saved else ", could not be saved in its place then"
    try:
        return f"{counted(generation.answers, 'answer')}{unsaved}"
    except DraftError:
        return "cannot be read"
