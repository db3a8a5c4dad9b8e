"""What something would change in a draft, in words: entries added, removed and changed, answers before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from mpfcheck.drafting.document import value_at
from mpfcheck.forms.form import Question
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.codes import COMMENTS
from mpfcheck.proposal.pointer import pointer
from mpfcheck.report.words import NOT_ANSWERED, counted

if TYPE_CHECKING:
    from mpfcheck.drafting.session import Session

__all__ = ["ChangeLine", "answers_in_words", "changes_in_words", "differences", "number_of_changes"]

MOST_POINTS = 30
"""So many changes are shown one by one."""


class ChangeLine(Frozen):
    """One change: its sign (``+`` added, ``-`` removed, ``~`` changed), what it is about, and the details."""

    sign: str
    subject: str
    details: tuple[str, ...] = ()


def number_of_changes(changes: Sequence[ChangeLine]) -> str:
    """How much would change, in one sentence."""
    signs = [change.sign for change in changes]
    counts = (("+", "added"), ("-", "removed"), ("~", "changed"))
    parts = [f"{signs.count(sign)} {words}" for sign, words in counts if sign in signs]
    return f"{counted(len(signs), 'change')}: {', '.join(parts)}."


def changes_in_words(changes: Sequence[ChangeLine]) -> tuple[str, ...]:
    """The first changes, each in one line, and how many more there are."""
    more = len(changes) - MOST_POINTS
    return (*map(_in_a_line, changes[:MOST_POINTS]), *((f"and {more} more",) if more > 0 else ()))


def _in_a_line(change: ChangeLine) -> str:
    """A change in one line."""
    done = {"+": "added", "-": "removed", "~": "changed"}[change.sign]
    details = "; ".join(change.details)
    return f"{change.subject}, {done}: {details}" if details else f"{change.subject}, {done}"


def answers_in_words(session: Session, questions: Sequence[Question], answers: Mapping[str, object]) -> Iterator[str]:
    """The answers of a record, each with the title of its question."""
    for question in questions:
        value = value_at(answers, pointer(question.field))
        if value is not None:
            yield f"{question.title}: {session.shown(question, value)}"


def differences(
    session: Session, questions: Sequence[Question], before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[str]:
    """The answers that are different in two states of a record, each with the old and the new."""
    for question in questions:
        place = pointer(question.field)
        old, new = (value_at(record, place) for record in (before, after))
        if old != new:
            was = NOT_ANSWERED if old is None else session.shown(question, old)
            now = NOT_ANSWERED if new is None else session.shown(question, new)
            yield f"{question.title}: {was} → {now}"
        noted, note = (_comment(record, place) for record in (before, after))
        if noted != note:
            yield f"Comment on {question.title}: {note or '(deleted)'}"


def _comment(record: Mapping[str, object], place: str) -> str:
    comments = record.get(COMMENTS)
    text = comments.get(place[1:]) if isinstance(comments, Mapping) else None
    return text if isinstance(text, str) else ""
