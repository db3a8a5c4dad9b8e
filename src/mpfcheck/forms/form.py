"""A form: the pages and questions through which people are asked for a proposal, as a file of ``forms/`` declares them.

Plain immutable values. Nothing here evaluates, reads or prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from mpfcheck.frozen import Frozen
from mpfcheck.packs.mistake import NO_PLACE, Place
from mpfcheck.packs.template import Condition
from mpfcheck.proposal.fields import Kind

__all__ = ["Bar", "Figure", "Form", "Group", "Page", "Part", "Question", "Sums"]


class Question(Frozen):
    """One question, which one field answers.

    ``field`` is the way to the field, from the proposal or, inside a group, from one of its items. ``ask`` is the
    question itself, ``hint`` says in a line what to type, ``help`` explains. A choice is made from ``code_list``, or
    from the records ``refers_to`` finds (by their ``id``, called by their ``name``); ``own_text`` lets people write
    something else. ``optional`` marks what may stay unanswered for good. ``lines`` is how many lines of text are
    expected. ``shown_when`` tells whether it is asked at all. ``percent_of`` is the way to the amount of which a
    percentage may be typed in place of an amount.
    """

    field: tuple[str, ...]
    kind: Kind
    ask: str
    title: str
    hint: str = ""
    help: str = ""
    code_list: str | None = None
    refers_to: tuple[Condition, ...] = ()
    own_text: bool = False
    optional: bool = False
    lines: int = 1
    shown_when: Condition | None = None
    percent_of: tuple[str, ...] | None = None
    place: Place = NO_PLACE


class Group(Frozen):
    """A list people add to item by item, each asked the same questions: co-applicants, budget lines.

    ``noun`` is what one item is called ("co-applicant"), ``item`` what the conditions of its questions call it.
    ``none`` is how to say that there are none. ``columns`` are the fields a table shows. ``first_id`` is the id the
    first item gets, such as co-1; the others count on.
    """

    field: tuple[str, ...]
    ask: str
    title: str
    noun: str
    item: str
    questions: tuple[Question, ...]
    columns: tuple[str, ...]
    none: str = ""
    hint: str = ""
    help: str = ""
    first_id: str = ""
    optional: bool = False
    shown_when: Condition | None = None
    place: Place = NO_PLACE

    def question(self, field: tuple[str, ...]) -> Question | None:
        """Find the question about a field of an item."""
        return next((question for question in self.questions if question.field == field), None)


class Bar(Frozen):
    """A figure: what share of ``whole`` a ``part`` is, against ``limit`` (a share; 1 where none is said)."""

    title: str
    part: Condition
    whole: Condition
    limit: Condition | None = None
    place: Place = NO_PLACE


class Sums(Frozen):
    """A figure: the sum of the field ``amount`` (EUR) of the items of a list, for each value of their field ``by``."""

    title: str
    of: Condition
    by: str
    amount: str
    place: Place = NO_PLACE


Figure: TypeAlias = Bar | Sums
Part: TypeAlias = Question | Group


class Page(Frozen):
    """One page: questions and groups that belong together, and figures that are worked out from the answers."""

    id: str
    title: str
    parts: tuple[Part, ...]
    intro: str = ""
    figures: tuple[Figure, ...] = ()
    shown_when: Condition | None = None
    place: Place = NO_PLACE

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions asked once, in order."""
        return tuple(part for part in self.parts if isinstance(part, Question))

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups, in order."""
        return tuple(part for part in self.parts if isinstance(part, Group))


class Form(Frozen):
    """The form of a call. ``begin`` holds the answers a new proposal starts with, beside its format and its call."""

    call: str
    title: str
    pages: tuple[Page, ...]
    intro: str = ""
    begin: Mapping[str, object] = MappingProxyType({})

    def page(self, page_id: str) -> Page:
        """Find the page with this id; raises KeyError."""
        for page in self.pages:
            if page.id == page_id:
                return page
        raise KeyError(page_id)

    def parts(self) -> Iterator[tuple[Page, Part]]:
        """Yield every question and group with its page, in order; not the questions inside groups."""
        for page in self.pages:
            for part in page.parts:
                yield page, part
