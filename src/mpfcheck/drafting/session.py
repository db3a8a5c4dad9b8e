"""One applicant's work on one proposal, without any screen: answers, undo, progress, and the live report.

A session reads and writes no file, asks no clock and shows nothing: front ends ask it what to show, tell it what was
typed, and save ``session.state`` after every step.
"""

from __future__ import annotations

from collections.abc import Mapping

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import ProposalReport, Result, Status
from mpfcheck.drafting import items
from mpfcheck.drafting.asked import AskedQuestion, Complaint
from mpfcheck.drafting.document import Document, is_within, value_at, with_value, without, without_misfit_holders
from mpfcheck.drafting.location import locate
from mpfcheck.drafting.reading import read_draft
from mpfcheck.drafting.step import State, Steps
from mpfcheck.drafting.survey import Survey
from mpfcheck.forms.form import Form, Group
from mpfcheck.forms.typed.answer import Reading, Understood
from mpfcheck.frozen import Frozen

__all__ = ["Change", "Session", "new_document"]

FORMAT = "mpfcheck-proposal/1"


class Change(Frozen):
    """A rule that says something else since the last step."""

    result: Result
    was: Status


def new_document(form: Form) -> Document:
    """The document a new proposal starts with."""
    return {"format": FORMAT, "call": form.call, **form.begin}


class Session(Survey):
    """The work on a draft, from a document and what was typed into it and not understood.

    Fields are named by JSON Pointer. ``changes`` are the rules that changed with the last step.
    """

    def __init__(
        self, checker: Checker, form: Form, document: Document, unfinished: Mapping[str, str] | None = None
    ) -> None:
        self._steps = Steps(State(document, dict(unfinished or {})))
        self.changes: tuple[Change, ...] = ()
        super().__init__(checker, form, self._steps.now)

    # Steps

    def answer(self, pointer: str, text: str) -> Complaint | None:
        """Take what was typed as the answer at a place; empty text takes the answer away. One step.

        What is not understood is kept as it was typed, and the complaint says what is unclear; then the field is not
        answered. Raises KeyError where nothing is asked.
        """
        asked = self._asked_at(pointer)
        if text == asked.typed and not asked.complaint:
            return None
        if not text.strip():
            self.clear(pointer)
            return None
        reading = self._asker.read(asked.question, text, self._view)
        if isinstance(reading, Understood):
            self._answer(pointer, reading.value)
            return None
        if text != self.state.unfinished.get(pointer):
            document = without(self.document, pointer)
            self._step(document, {**self.state.unfinished, pointer: text}, pointer, "typed")
        return Complaint(reading.message, reading.hint, reading.suggestions)

    def put_back(self, texts: Mapping[str, str]) -> tuple[str, ...]:
        """Put texts that were being typed when the program ended back into their fields; the places of those put back.

        They are not answers until they are confirmed, and a saved answer stays in the document until then. Not a step:
        call it before the first.
        """
        put_back: dict[str, str] = {}
        for place, text in texts.items():
            question = self.at(place)  # None where its item is no longer there
            if question is not None and text.strip() and text != question.typed:
                put_back[place] = text
        if put_back:
            self._steps = Steps(State(self.document, {**self.state.unfinished, **put_back}))
            self._look_at(self._steps.now)
        return tuple(put_back)

    def understand(self, pointer: str, text: str) -> Reading:
        """What a text would mean as the answer at a place, without taking it. Raises KeyError."""
        return self._asker.read(self._asked_at(pointer).question, text, self._view)

    def choose(self, pointer: str, value: object) -> None:
        """Take a value, such as a code that was chosen, as the answer at a place. One step. Raises KeyError."""
        self._asked_at(pointer)
        self._answer(pointer, value)

    def clear(self, pointer: str) -> None:
        """Take the answer at a place away, and what was typed there or within it. One step, if there was any."""
        unfinished = {place: text for place, text in self.state.unfinished.items() if not is_within(place, pointer)}
        document = without(self.document, pointer)
        if document != self.document or len(unfinished) != len(self.state.unfinished):
            self._step(document, unfinished, pointer, "cleared")

    def preview(self, pointer: str, text: str) -> ProposalReport | None:
        """The report as it would be with this text at a place; None where it is not understood. No step."""
        if not text.strip():
            document = without(self.document, pointer)
        else:
            reading = self.understand(pointer, text)
            if not isinstance(reading, Understood):
                return None
            document = with_value(without_misfit_holders(self.document, pointer), pointer, reading.value)
        return self._checker.report(read_draft(document).answers)

    def _asked_at(self, pointer: str) -> AskedQuestion:
        asked = self.at(pointer)
        if asked is None:
            raise KeyError(pointer)
        return asked

    def _answer(self, pointer: str, value: object) -> None:
        unfinished = {place: text for place, text in self.state.unfinished.items() if place != pointer}
        if value_at(self.document, pointer) == value and len(unfinished) == len(self.state.unfinished):
            return
        document = with_value(without_misfit_holders(self.document, pointer), pointer, value)
        self._step(document, unfinished, pointer, "answered")

    # Groups

    def add(self, group: str) -> str:
        """Add an item to the group at a place; the place of the item. One step."""
        state, place = items.added(self.state, group, self.group(group).group)
        self._take(state, self._said(group, "added"))
        return place

    def duplicate(self, item: str) -> str:
        """Add a copy of an item after it; the place of the copy. One step. Raises KeyError."""
        state, place = items.duplicated(self.state, item, self._group_of(item))
        self._take(state, self._said(item, "duplicated"))
        return place

    def remove(self, item: str) -> None:
        """Take an item out. One step. Raises KeyError."""
        self._group_of(item)
        said = self._said(item, "removed")
        self._take(items.removed(self.state, item), said)

    def move(self, item: str, by: int) -> str:
        """Move an item up (-1) or down (1), no further than its list goes; its place then. One step, if it moved.

        Raises KeyError.
        """
        self._group_of(item)
        state, place = items.moved(self.state, item, by)
        if place != item:
            self._take(state, self._said(item, "moved"))
        return place

    def say_none(self, group: str) -> None:
        """Say that there is no item in the group at a place. One step; items there are taken out."""
        said = self._said(group, self.group(group).group.none or "none")
        self._take(items.emptied(self.state, group), said)

    def _group_of(self, item: str) -> Group:
        location = locate(self.form, item)
        if location is None or location.group is None or location.item != item or self.item(item) is None:
            raise KeyError(item)
        return location.group

    # Undo

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return self._steps.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone step to do again."""
        return self._steps.can_redo

    def undo(self) -> State | None:
        """Undo a step; what was undone (``said`` and ``pointer``), None where there is nothing to undo."""
        undone = self._steps.undo()
        self._changed_from(self.report)
        return undone

    def redo(self) -> State | None:
        """Do the step again that was undone last; None where there is none."""
        redone = self._steps.redo()
        self._changed_from(self.report)
        return redone

    def replace(self, document: Document, unfinished: Mapping[str, str] | None = None, said: str = "replaced") -> None:
        """Go on with another document, such as an earlier generation or one merged with what others wrote. One step.

        Without ``unfinished``, what was typed and not understood goes with the items it was typed into, and away
        where the document has an answer.
        """
        texts = items.followed(self.state, document) if unfinished is None else unfinished
        self._step(document, dict(texts), "", said)

    def _step(self, document: Document, unfinished: Mapping[str, str], pointer: str, done: str) -> None:
        self._take(State(document, unfinished, pointer=pointer), self._said(pointer, done))

    def _take(self, state: State, said: str) -> None:
        self._steps.take(State(state.document, state.unfinished, said, state.pointer))
        self._changed_from(self.report)

    def _changed_from(self, before: ProposalReport) -> None:
        self._look_at(self._steps.now)
        was = {result.rule: result.status for result in before.results}
        self.changes = tuple(
            Change(result, was[result.rule]) for result in self.report.results if was[result.rule] != result.status
        )

    def _said(self, pointer: str, done: str) -> str:
        """A step in words: where, and what was done."""
        return f"{self.title_of(pointer)}: {done}" if pointer else done
