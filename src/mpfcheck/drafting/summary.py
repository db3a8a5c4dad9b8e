"""All answers of a draft in one list, for checking before it goes out."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.drafting.document import items_at, value_at
from mpfcheck.drafting.questions import DraftGroup, DraftItem, DraftQuestion
from mpfcheck.drafting.session import Session
from mpfcheck.forms.form import Group, Page, Question
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.pointer import join, pointer
from mpfcheck.report.blocks import Say, Section
from mpfcheck.report.say.next_steps import next_steps

__all__ = ["COMMENTS_HEADING", "AnswerLine", "PageSummary", "no_longer_asked", "summary_of", "what_now"]

NOT_ANSWERED = "(not answered)"
COMMENTS_HEADING = "Comments to settle before you submit"


class AnswerLine(Frozen):
    """One answer: what was asked, in a few words, the answer for people, and the place to go to change it.

    ``level`` is 1 for the questions of an item. ``open`` marks what is not answered, or not understood.
    """

    label: str
    answer: str
    pointer: str
    level: int = 0
    open: bool = False
    optional: bool = False


class PageSummary(Frozen):
    """The answers of a page."""

    page: Page
    lines: tuple[AnswerLine, ...]


def what_now(session: Session) -> Iterator[Section]:
    """What to do after the answers are written: with the proposal, or with a part of it."""
    if session.scope is not None:
        yield Section("Send it back", (Say((session.scope.hand_back,)),))
        return
    if comments := session.comments():
        noted = tuple(Say((f"{one.title}: {one.text}",)) for one in comments)
        yield Section(COMMENTS_HEADING, noted)
    yield from next_steps(session.call)


def summary_of(session: Session) -> tuple[PageSummary, ...]:
    """Every answer, page by page."""
    return tuple(PageSummary(page, tuple(_lines(session, page))) for page in session.pages())


def no_longer_asked(session: Session) -> tuple[AnswerLine, ...]:
    """The answers that are kept although what makes their questions asked has changed: they still count."""
    shown = {draft_question.pointer for page in session.pages() for draft_question in _questions(session, page)}
    found: list[AnswerLine] = []
    for page, part in session.form.parts():
        for question, place in _all(part, session):
            if place not in shown and value_at(session.document, place) is not None:
                draft_question = session.at(place)
                if draft_question is not None:
                    found.append(AnswerLine(f"{page.title}, {question.title}", draft_question.shown, place))
    return tuple(found)


def _lines(session: Session, page: Page) -> Iterator[AnswerLine]:
    for draft_part in session.questions(page):
        if isinstance(draft_part, DraftQuestion):
            yield _line(draft_part)
            continue
        number = len(draft_part.items)
        entries = f"{number} {'entry' if number == 1 else 'entries'}" if number else draft_part.group.none or "none"
        open_ = not draft_part.answered or draft_part.open
        known = f"{entries}, not finished" if draft_part.open else entries
        answer = known if draft_part.answered else NOT_ANSWERED
        yield AnswerLine(
            draft_part.group.title, answer, draft_part.pointer, open=open_, optional=draft_part.group.optional
        )
        for item in draft_part.items:
            yield from _item_lines(item)


def _item_lines(item: DraftItem) -> Iterator[AnswerLine]:
    yield AnswerLine(f"{item.number}. {item.title}", "", item.pointer)
    for draft_question in item.questions:
        yield _line(draft_question, level=1)


def _line(draft_question: DraftQuestion, level: int = 0) -> AnswerLine:
    question = draft_question.question
    if draft_question.complaint is not None:
        return AnswerLine(
            question.title, f"{draft_question.shown} (not an answer yet)", draft_question.pointer, level, open=True
        )
    if not draft_question.answered:
        return AnswerLine(
            question.title, NOT_ANSWERED, draft_question.pointer, level, open=True, optional=question.optional
        )
    return AnswerLine(question.title, draft_question.shown, draft_question.pointer, level)


def _questions(session: Session, page: Page) -> Iterator[DraftQuestion]:
    for draft_part in session.questions(page):
        if isinstance(draft_part, DraftGroup):
            for item in draft_part.items:
                yield from item.questions
        else:
            yield draft_part


def _all(part: Question | Group, session: Session) -> Iterator[tuple[Question, str]]:
    """Every question there could be, with its place: those of a group once for each of its items."""
    place = pointer(part.field)
    if isinstance(part, Question):
        yield part, place
        return
    for number in range(len(items_at(session.document, place))):
        for question in part.questions:
            yield question, join(place, number) + pointer(question.field)
