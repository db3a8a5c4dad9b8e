"""The questions of a form about a draft: what is asked now, what can be chosen, and what is in each field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from mpfcheck.checking.names import ProposalNames
from mpfcheck.drafting.document import is_item, is_open, items_at, value_at
from mpfcheck.drafting.reading import Misfit, View
from mpfcheck.feel.values.knowledge import items_of
from mpfcheck.feel.values.value import Record
from mpfcheck.forms.choices import Choices
from mpfcheck.forms.form import Form, Group, Page, Question
from mpfcheck.forms.typed.answer import Query, Reading, Understood
from mpfcheck.forms.typed.reading import Choice, read_typed, shown_value, typed_value
from mpfcheck.frozen import Frozen
from mpfcheck.nearest import nearest
from mpfcheck.packs.call import Call
from mpfcheck.proposal.fields import Many
from mpfcheck.proposal.pointer import join, pointer
from mpfcheck.proposal.values import shown

__all__ = [
    "Complaint",
    "DraftGroup",
    "DraftItem",
    "DraftPart",
    "DraftQuestion",
    "Questions",
    "Remark",
    "each_with_title",
    "in_short",
]


LONGEST_IN_SHORT = 72


def in_short(text: str) -> str:
    """A text on one line, cut where it is long: enough to know it by."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_IN_SHORT else f"{line[: LONGEST_IN_SHORT - 1].rstrip()}…"


class Complaint(Frozen):
    """Why the text in a field is not an answer yet: what is wrong, what to type, and what it may mean."""

    message: str
    hint: str = ""
    suggestions: tuple[Understood, ...] = ()


class DraftQuestion(Frozen):
    """A question of the form in a draft, with its answer.

    ``value`` is the answer as the draft holds it, None if there is none; ``typed`` the text in the field;
    ``shown`` the answer for people. A ``complaint`` says why what was typed is no answer; a ``doubt`` what is
    doubtful about an answer that was taken.
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


class DraftItem(Frozen):
    """One item of a group, with its questions. ``title`` is what it is called; ``number`` counts from 1."""

    pointer: str
    number: int
    title: str
    questions: tuple[DraftQuestion, ...]

    def question(self, field: str) -> DraftQuestion | None:
        """Find the question about a field directly in the item."""
        return next(
            (draft_question for draft_question in self.questions if draft_question.question.field == (field,)), None
        )


class DraftGroup(Frozen):
    """A group of the form in a draft, with its items.

    ``answered`` is false until the applicant adds an item or says that there is none. It is ``open`` while more items
    may come: the applicant has not said yet that these are all.
    """

    group: Group
    pointer: str
    answered: bool
    items: tuple[DraftItem, ...] = ()
    complaint: Complaint | None = None
    open: bool = False


DraftPart: TypeAlias = DraftQuestion | DraftGroup


class Remark(Frozen):
    """What is wrong or doubtful at a place (JSON Pointer) of a draft, and what the place is called."""

    pointer: str
    title: str
    complaint: Complaint


def each_with_title(parts: Iterable[DraftPart]) -> Iterator[tuple[DraftPart, str]]:
    """The questions and groups of these parts and of their items, each with its title: ``Border Police, Country``."""
    for part in parts:
        if isinstance(part, DraftQuestion):
            yield part, part.question.title
            continue
        yield part, part.group.title
        for item in part.items:
            for question in item.questions:
                yield question, f"{item.title}, {question.question.title}"


MOST_KNOWN = 4096
_NO_AMOUNT = Decimal("NaN")
_is_like_an_id = re.compile(r"[a-z]+(?:[-_.][a-z0-9]+)+").fullmatch
"""``co-1`` and ``bp-md``: names of organisations have capitals or blanks in them."""


class Questions:
    """The questions of a form, asked about a view of a draft."""

    def __init__(self, call: Call, form: Form) -> None:
        self._choices = Choices(call)
        self._known: dict[tuple[int, str, tuple[Choice, ...]], tuple[str, str]] = {}

    def page(self, page: Page, view: View) -> tuple[DraftPart, ...]:
        """What is asked on a page now."""
        return tuple(
            self.group(part, view) if isinstance(part, Group) else self.question(part, "", view)
            for part in page.parts
            if view.holds(part.shown_when)
        )

    def question(self, question: Question, holder: str, view: View) -> DraftQuestion:
        """A question about the proposal, or about the item at ``holder``, and what stands in its field."""
        place = holder + pointer(question.field)
        value = value_at(view.state.document, place)
        choices = self.choices(question, view)
        unfinished = view.state.unfinished.get(place)
        if unfinished is not None:
            complaint = self._not_confirmed(question, unfinished, value, view)
            return DraftQuestion(question, place, None, unfinished, unfinished, complaint)
        misfit = view.read.misfits.get(place)
        if misfit is not None and not _is_written(value, question):
            return DraftQuestion(question, place, value, complaint=NO_ANSWER)
        if misfit is not None:
            typed = typed_value(value, question.kind, choices)
            # What a file from elsewhere has wrong is often what people type: 400.000,00 and 01.03.2024.
            complaint = self._complaint(question, typed, value, view) or Complaint(misfit.message, misfit.hint)
            return DraftQuestion(question, place, value, typed, typed, complaint)
        if value is None:
            return DraftQuestion(question, place)
        dangling = _dangling(question, value, choices)
        odd = view.read.doubts.get(place) if dangling is None else None
        if odd is not None and not question.refers_to:
            doubt: Complaint | None = Complaint(odd.message, odd.hint)
        else:
            doubt = self._deleted_record(question, value, choices, certain=odd is not None)
        return DraftQuestion(question, place, value, *self._written(question, value, choices), dangling, doubt)

    @staticmethod
    def _deleted_record(
        question: Question, value: object, choices: Sequence[Choice], *, certain: bool
    ) -> Complaint | None:
        """The doubt about a text of one's own that is written like the id of a record, where no record has it."""
        if not (question.refers_to and question.own_text and isinstance(value, str)):
            return None
        if value in {choice.code for choice in choices}:
            return None
        if not certain and not _is_like_an_id(value):
            return None
        hint = "Choose one from the list." if certain else "Choose one from the list, or enter a name."
        return Complaint(f"{shown(value)} does not name any of the applicants.", hint)

    def _not_confirmed(self, question: Question, typed: str, saved: object, view: View) -> Complaint:
        """Why a text that was typed is not an answer: it is not understood, or it was never confirmed."""
        reading = self.read(question, typed, view)
        suggestions = reading.suggestions if isinstance(reading, Query) else (reading,)
        message, hint = "You typed this text, but did not confirm it.", "Confirm it, or type another answer."
        if isinstance(reading, Query):
            message, hint = reading.message, reading.hint
        suggestions = tuple(Understood(one.value, in_short(one.shown)) for one in suggestions)
        if saved is not None:
            saved_answer = in_short(self._written(question, saved, self.choices(question, view))[1])
            hint = f"{hint} Saved answer: “{saved_answer}”".lstrip()
            suggestions = (*suggestions, Understood(saved, f"{saved_answer} (saved answer)"))
        return Complaint(message, hint, suggestions)

    def _complaint(self, question: Question, typed: str, value: object, view: View) -> Complaint | None:
        """Why a value of a file is not an answer, read as if it had been typed; None where that cannot be told so."""
        reading = self.read(question, typed, view)
        if isinstance(reading, Query):
            return Complaint(reading.message, reading.hint, reading.suggestions)
        if reading.value == value and type(reading.value) is type(value):
            return None
        return Complaint(f"Is {reading.shown} meant?", "Confirm it, or give another answer.", (reading,))

    def shown(self, question: Question, value: object, view: View) -> str:
        """What people call an answer to a question."""
        return self._written(question, value, self.choices(question, view))[1]

    def _written(self, question: Question, value: object, choices: tuple[Choice, ...]) -> tuple[str, str]:
        """An answer as it is typed and as it is shown; to find a code among all countries takes a while, so once."""
        key = (id(question), repr(value), choices if question.refers_to else ())
        found = self._known.get(key)
        if found is None:
            found = typed_value(value, question.kind, choices), shown_value(value, question.kind, choices)
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[key] = found
        return found

    def group(self, group: Group, view: View) -> DraftGroup:
        """A group with its items."""
        place = pointer(group.field)
        misfit = view.read.misfits.get(place)
        complaint = _misfit_entries(group, value_at(view.state.document, place), misfit) if misfit else None
        found = value_at(view.state.document, place)
        unfinished = is_open(view.state.document, place)
        # An open list without items says nothing yet.
        answered = isinstance(found, list) and (bool(found) or not unfinished)
        names = view.item_names(group)
        items = tuple(
            self._item(group, place, number, names, view) for number in range(len(items_at(view.state.document, place)))
        )
        return DraftGroup(group, place, answered, items, complaint, unfinished)

    def item(self, group: Group, item: str, view: View) -> DraftItem | None:
        """The item of a group at a place, None where there is none; the other items are not looked at."""
        place, _, number = item.rpartition("/")
        if not is_item(view.state.document, item):
            return None
        return self._item(group, place, int(number), view.item_names(group), view)

    def _item(self, group: Group, place: str, number: int, names: Sequence[ProposalNames], view: View) -> DraftItem:
        inside = join(place, number)
        own = names[number] if number < len(names) else None
        draft_questions = tuple(
            self.question(question, inside, view)
            for question in group.questions
            if question.shown_when is None or (own is not None and view.holds(question.shown_when, own))
        )
        return DraftItem(inside, number + 1, _title(group, number, draft_questions), draft_questions)

    def choices(self, question: Question, view: View) -> tuple[Choice, ...]:
        """What can be chosen as the answer: records of the draft, or codes."""
        if question.refers_to:
            return tuple(self._records(question, view))
        return self._choices.of(question)

    def _records(self, question: Question, view: View) -> Iterator[Choice]:
        found = [view.value(condition.tree) for condition in question.refers_to]
        lists = [items_of(one) for one in found]
        records = [
            record
            for one, known in zip(found, lists, strict=True)
            for record in ([one] if known is None else known.items)
        ]
        for record in records:
            values = record.values if isinstance(record, Record) else {}
            identity = values.get("id")
            if isinstance(identity, str) and identity:
                yield Choice(identity, str(values.get("name") or identity))

    def read(self, question: Question, text: str, view: View) -> Reading:
        """What a typed text means as the answer to a question."""
        return read_typed(
            text,
            question.kind,
            choices=self.choices(question, view),
            own_text=question.own_text,
            percent_of=_amount(view, question.percent_of),
        )


NO_ANSWER = Complaint("The file holds something here that is not an answer to this question.", "Answer the question.")


def _is_written(value: object, question: Question) -> bool:
    """Whether a value can be in a field as if it had been typed; a list or record in place of an answer cannot."""
    items = value if isinstance(value, list) and isinstance(question.kind, Many) else [value]
    return bool(items) and all(isinstance(item, str | int | Decimal) and str(item).strip() for item in items)


def _misfit_entries(group: Group, value: object, misfit: Misfit) -> Complaint:
    """What is wrong with the list of a group in a file from elsewhere."""
    if not isinstance(value, list):
        return Complaint(
            "The file holds something else here, not a list of entries.", f"Add each {group.noun} as an entry."
        )
    empty = [str(number) for number, item in enumerate(value, 1) if not isinstance(item, Mapping)]
    if not empty:
        return Complaint(misfit.message, misfit.hint)
    message = f"{group.noun.capitalize()} {', '.join(empty)} in the file has no answers."
    return Complaint(message, "Answer its questions, or delete the entry.")


def _dangling(question: Question, value: object, choices: Sequence[Choice]) -> Complaint | None:
    """Why an answer that must name a record names none, with the nearest; None where it names one."""
    if not question.refers_to or question.own_text or value in {choice.code for choice in choices}:
        return None
    near = nearest(str(value), [choice.code for choice in choices])
    applicants = tuple(Understood(choice.code, choice.label) for choice in choices if choice.code == near)
    return Complaint(f"{shown(value)} does not name any of the applicants.", "Choose one from the list.", applicants)


def _amount(view: View, way: tuple[str, ...] | None) -> Decimal | None:
    """The amount at a place, NaN where there is none yet; None where no place is named."""
    if way is None:
        return None
    value = value_at(view.state.document, pointer(way))
    try:
        return Decimal(str(value)) if isinstance(value, str | int | Decimal) else _NO_AMOUNT
    except InvalidOperation:
        return _NO_AMOUNT


def _title(group: Group, number: int, questions: Sequence[DraftQuestion]) -> str:
    """What an item is called: by its first column that is answered, or by its number."""
    for name in group.columns:
        for question in questions:
            if question.question.field == (name,) and question.shown.strip():
                return " ".join(question.shown.split())
    return f"{group.noun} {number + 1}"
