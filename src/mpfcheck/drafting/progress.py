"""How far a page is."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from mpfcheck.checking.report import Result, Severity, Status
from mpfcheck.drafting.asked import Asked, AskedGroup, AskedQuestion
from mpfcheck.frozen import Frozen

__all__ = ["PageState", "Progress", "progress_of"]


class PageState(StrEnum):
    """The state of a page, in words for people."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    COMPLETE = "complete"
    PROBLEMS = "has problems"


class Progress(Frozen):
    """How far a page is: its state, how many questions are answered of those asked, and what is in the way.

    ``problems`` counts what must change: blocking rules that fail and entries that could not be understood.
    ``warnings`` counts the other rules that fail.
    """

    state: PageState
    answered: int
    asked: int
    problems: int = 0
    warnings: int = 0


def progress_of(asked: Iterable[Asked], touching: Iterable[Result]) -> Progress:
    """The progress of a page from what is asked on it and the results of the rules that read it."""
    needed = answered = all_asked = complaints = 0
    for one in asked:
        for required, done, complaint in _counted(one):
            all_asked += 1
            answered += done
            needed += required and not done
            complaints += complaint
    failed = [result for result in touching if result.status is Status.FAIL]
    blocking = sum(result.severity is Severity.BLOCKING for result in failed)
    problems = blocking + complaints
    if not answered and not complaints:
        state = PageState.NOT_STARTED
    elif problems:
        state = PageState.PROBLEMS
    else:
        state = PageState.IN_PROGRESS if needed else PageState.COMPLETE
    return Progress(state, answered, all_asked, problems, len(failed) - blocking)


def _counted(one: Asked) -> Iterable[tuple[bool, bool, bool]]:
    """Whether it must be answered, is answered, and has a complaint: for a question, or a group and all in it."""
    if isinstance(one, AskedQuestion):
        yield not one.question.optional, one.answered, one.complaint is not None
        return
    assert isinstance(one, AskedGroup)  # noqa: S101 - there is nothing else
    yield not one.group.optional, one.answered, one.complaint is not None
    for item in one.items:
        for question in item.questions:
            yield not question.question.optional, question.answered, question.complaint is not None
