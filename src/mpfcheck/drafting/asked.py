"""What is asked now: questions with what stands in them, and the items of groups."""

from __future__ import annotations

from typing import TypeAlias

from mpfcheck.forms.form import Group, Question
from mpfcheck.forms.typed.answer import Understood
from mpfcheck.frozen import Frozen

__all__ = ["Asked", "AskedGroup", "AskedItem", "AskedQuestion", "Complaint"]


class Complaint(Frozen):
    """Why what stands in a field is no answer yet: what is wrong, what to type, and what may be meant."""

    message: str
    hint: str = ""
    suggestions: tuple[Understood, ...] = ()


class AskedQuestion(Frozen):
    """A question where it is asked.

    ``value`` is the answer as the draft holds it, None where there is none; ``typed`` what stands in the field;
    ``shown`` the answer for people. A ``complaint`` says why what was typed is no answer; a ``doubt`` what is odd about
    an answer that stands.
    """

    question: Question
    pointer: str
    value: object = None
    typed: str = ""
    shown: str = ""
    complaint: Complaint | None = None
    doubt: Complaint | None = None

    @property
    def answered(self) -> bool:
        """Whether there is an answer."""
        return self.value is not None and self.complaint is None


class AskedItem(Frozen):
    """One item of a group, with its questions. ``title`` is what it is called; ``number`` counts from 1."""

    pointer: str
    number: int
    title: str
    questions: tuple[AskedQuestion, ...]

    def question(self, field: str) -> AskedQuestion | None:
        """Find the question about a field directly in the item."""
        return next((asked for asked in self.questions if asked.question.field == (field,)), None)


class AskedGroup(Frozen):
    """A group where it is asked. ``answered`` is false where nobody has said yet whether there is any item."""

    group: Group
    pointer: str
    answered: bool
    items: tuple[AskedItem, ...] = ()
    complaint: Complaint | None = None


Asked: TypeAlias = AskedQuestion | AskedGroup
