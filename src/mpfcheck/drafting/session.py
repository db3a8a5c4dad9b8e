"""One applicant's work on one proposal, without any screen: answers, undo, progress, and the live report.

A session reads and writes no file, asks no clock and shows nothing: front ends ask it what to show, tell it what was
typed, and save ``session.state`` after every step.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import ProposalReport, Result, Status, Verdict
from mpfcheck.drafting import items
from mpfcheck.drafting.asked import Asked, AskedGroup, AskedItem, AskedQuestion, Complaint
from mpfcheck.drafting.asker import Asker
from mpfcheck.drafting.document import Document, value_at, with_value, without
from mpfcheck.drafting.figures import Figure, figures_of
from mpfcheck.drafting.location import Location, locate, locate_way
from mpfcheck.drafting.progress import Progress, progress_of
from mpfcheck.drafting.reading import ReadDraft, read_draft, unknown_fields
from mpfcheck.drafting.step import State, Steps
from mpfcheck.drafting.touching import Touching, worst_first
from mpfcheck.drafting.view import View
from mpfcheck.forms.form import Form, Group, Page, Question, Sums
from mpfcheck.forms.typed.answer import Reading, Understood
from mpfcheck.forms.typed.choice import Choice
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.pointer import split

__all__ = ["Change", "Session", "new_document"]

FORMAT = "mpfcheck-proposal/1"


class Change(Frozen):
    """A rule that says something else since the last step."""

    result: Result
    was: Status


def new_document(form: Form) -> Document:
    """The document a new proposal starts with."""
    return {"format": FORMAT, "call": form.call, **form.begin}


class Session:
    """The work on a draft, from a document and what was typed into it and not understood.

    Fields are named by JSON Pointer. ``changes`` are the rules that changed with the last step.
    """

    def __init__(
        self, checker: Checker, form: Form, document: Document, unfinished: Mapping[str, str] | None = None
    ) -> None:
        self.call = checker.call
        self.form = form
        self.changes: tuple[Change, ...] = ()
        self._checker = checker
        self._asker = Asker(checker.call)
        self._touching = Touching(checker.call)
        self._begin(State(document, dict(unfinished or {})))

    def _begin(self, state: State) -> None:
        self._steps = Steps(state)
        self._unknown = unknown_fields(state.document)
        self._look()

    # What stands there now

    @property
    def state(self) -> State:
        """The state to be saved: the document, and what was typed and not understood."""
        return self._steps.now

    @property
    def document(self) -> Document:
        """The draft as plain JSON data."""
        return self.state.document

    def _look(self) -> None:
        self._pages_asked: dict[str, tuple[Asked, ...]] = {}
        self._read: ReadDraft = read_draft(self.document)
        self._view = View(self.state, self._read, self._checker)
        self.report: ProposalReport = self._checker.report(
            self._read.answers, problems=(*self._read.problems, *self._unknown)
        )

    @property
    def verdict(self) -> Verdict:
        """What ``mpfcheck check`` says of the draft as it would be saved now."""
        return self.report.verdict if self._read.fits else Verdict.INVALID

    def results(self) -> tuple[Result, ...]:
        """What the rules say, the worst first."""
        return tuple(worst_first(self.report.results))

    # What is asked

    def pages(self) -> tuple[Page, ...]:
        """The pages there are now."""
        return tuple(page for page in self.form.pages if self._view.holds(page.shown_when))

    def asked(self, page: Page) -> tuple[Asked, ...]:
        """What is asked on a page now, with what stands in each field."""
        if page.id not in self._pages_asked:
            self._pages_asked[page.id] = self._asker.page(page, self._view)
        return self._pages_asked[page.id]

    def at(self, pointer: str) -> AskedQuestion | None:
        """The question asked at a place, also where it is not shown now; None where nothing is asked there."""
        location = locate(self.form, pointer)
        if location is None or location.question is None or location.pointer != pointer:
            return None
        if location.item is not None and value_at(self.document, location.item) is None:
            return None
        return self._asker.question(location.question, location.item or "", self._view)

    def group(self, pointer: str) -> AskedGroup:
        """The group at a place; raises KeyError."""
        location = locate(self.form, pointer)
        if location is None or location.group is None or location.pointer != pointer:
            raise KeyError(pointer)
        return self._asker.group(location.group, self._view)

    def item(self, pointer: str) -> AskedItem | None:
        """The item of a group at a place, None where there is none."""
        location = locate(self.form, pointer)
        if location is None or location.group is None:
            return None
        group = self._asker.group(location.group, self._view)
        return next((item for item in group.items if item.pointer == pointer), None)

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """What can be chosen as the answer to a question."""
        return self._asker.choices(question, self._view)

    def figures(self, page: Page) -> tuple[Figure, ...]:
        """What is worked out from the answers for a page."""
        return figures_of(page, self._view, self._label)

    def _label(self, figure: Sums, value: str) -> str:
        """What people call a value of the field a figure sums by: as its question shows it."""
        for _, part in self.form.parts():
            if isinstance(part, Group) and ".".join(part.field) == figure.of.text.strip():
                question = part.question((figure.by,))
                if question is not None:
                    return self._asker.shown(question, value, self._view)
        return value

    def progress(self, page: Page) -> Progress:
        """How far a page is."""
        return progress_of(self.asked(page), self.touching(page))

    def touching(self, page: Page) -> tuple[Result, ...]:
        """What the rules say that read anything this page asks, the worst first."""
        ids = self._touching.rules_of_page(page)
        return tuple(result for result in self.results() if result.rule in ids)

    def reading(self, question: Question | Group, inside: Group | None = None) -> tuple[Result, ...]:
        """What the rules say that read a question; ``inside`` is the group it is asked in."""
        ids = self._touching.rules_of((*(inside.field if inside else ()), *question.field))
        return tuple(result for result in self.results() if result.rule in ids)

    # Ways to and fro

    def locate(self, pointer: str) -> Location | None:
        """Where a place of the proposal is asked."""
        return locate(self.form, pointer)

    def way_to(self, result: Result) -> Location | None:
        """Where to go to change what a rule says: the first field it waits for or stands on that is asked."""
        wanted = result.missing if result.status is Status.UNDECIDED else tuple(one.pointer for one in result.fields)
        seen = {page.id for page in self.pages()}
        found = [location for pointer in wanted if (location := locate(self.form, pointer))]
        ways = sorted(self._touching.fields_of(result.rule), key=self._order)
        found += [location for way in ways if (location := locate_way(self.form, way))]
        return next((location for location in found if location.page.id in seen), None)

    def _order(self, way: tuple[str, ...]) -> int:
        fields = self._places
        return next((number for number, field in enumerate(fields) if way[: len(field)] == field), len(fields))

    @cached_property
    def _places(self) -> tuple[tuple[str, ...], ...]:
        return tuple(part.field for _, part in self.form.parts())

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

    def understand(self, pointer: str, text: str) -> Reading:
        """What a text would mean as the answer at a place, without taking it. Raises KeyError."""
        return self._asker.read(self._asked_at(pointer).question, text, self._view)

    def choose(self, pointer: str, value: object) -> None:
        """Take a value, such as a code that was chosen, as the answer at a place. One step. Raises KeyError."""
        self._asked_at(pointer)
        self._answer(pointer, value)

    def clear(self, pointer: str) -> None:
        """Take the answer at a place away, and what was typed there. One step, if there was any."""
        unfinished = {place: text for place, text in self.state.unfinished.items() if place != pointer}
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
            document = with_value(self.document, pointer, reading.value)
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
        self._step(with_value(self.document, pointer, value), unfinished, pointer, "answered")

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
        """Move an item up (-1) or down (1), no further than its list goes; its place then. One step, if it moved."""
        state, place = items.moved(self.state, item, by)
        if place != item:
            self._take(state, self._said(item, "moved"))
        return place

    def say_none(self, group: str) -> None:
        """Say that there is no item in the group at a place. One step; items there are taken out."""
        said = self._said(group, self.group(group).group.none or "none")
        self._take(items.emptied(self.state, group), said)

    def references(self, item: str) -> tuple[AskedQuestion, ...]:
        """The questions answered by the id of an item: where it is referred to, such as in budget lines."""
        identity = value_at(self.document, f"{item}/id")
        found: list[AskedQuestion] = []
        for page in self.form.pages:
            for asked in self.asked(page):
                inside = (
                    [one for part in asked.items for one in part.questions]
                    if isinstance(asked, AskedGroup)
                    else [asked]
                )
                found += [one for one in inside if one.question.refers_to and identity and one.value == identity]
        return tuple(found)

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
        """Go on with another document, such as an earlier generation or one merged with what others wrote. One step."""
        self._unknown = unknown_fields(document)
        self._step(document, dict(self.state.unfinished if unfinished is None else unfinished), "", said)

    def _step(self, document: Document, unfinished: Mapping[str, str], pointer: str, done: str) -> None:
        self._take(State(document, unfinished, pointer=pointer), self._said(pointer, done))

    def _take(self, state: State, said: str) -> None:
        self._steps.take(State(state.document, state.unfinished, said, state.pointer))
        self._changed_from(self.report)

    def _changed_from(self, before: ProposalReport) -> None:
        self._look()
        was = {result.rule: result.status for result in before.results}
        self.changes = tuple(
            Change(result, was[result.rule]) for result in self.report.results if was[result.rule] != result.status
        )

    def _said(self, pointer: str, done: str) -> str:
        """A step in words: where, and what was done."""
        return f"{self.title_of(pointer)}: {done}" if pointer else done

    def title_of(self, pointer: str) -> str:
        """What a place is called, for people: "Lead applicant, Country"."""
        location = locate(self.form, pointer)
        if location is None:
            return " ".join(split(pointer)).replace("_", " ")
        parts = [location.page.title]
        if location.item is not None:
            item = self.item(location.item)
            parts.append(item.title if item else location.group.noun if location.group else "")
        elif location.group is not None and location.group.title != location.page.title:
            parts.append(location.group.title)
        if location.question is not None:
            parts.append(location.question.title)
        return ", ".join(dict.fromkeys(part for part in parts if part))
