"""What stands in a draft, what is asked of it and what is said of it: one state of an applicant's work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Problem, ProposalReport, Result, Severity, Status, Verdict
from mpfcheck.drafting.asked import Asked, AskedGroup, AskedItem, AskedQuestion
from mpfcheck.drafting.asker import Asker
from mpfcheck.drafting.document import Document, is_item, value_at
from mpfcheck.drafting.figures import Figure, figures_of
from mpfcheck.drafting.location import Location, locate, locate_way
from mpfcheck.drafting.progress import Progress, progress_of
from mpfcheck.drafting.reading import Misfit, ReadDraft, field_of, read_draft, unknown_fields
from mpfcheck.drafting.step import State
from mpfcheck.drafting.touching import Touching, worst_first
from mpfcheck.drafting.view import View
from mpfcheck.forms.form import Form, Group, Page, Question, Sums
from mpfcheck.forms.typed.choice import Choice
from mpfcheck.proposal.pointer import pointer as written
from mpfcheck.proposal.pointer import split

__all__ = ["Survey"]


class Survey:
    """The view of a draft in one state. Fields are named by JSON Pointer.

    ``report`` is what the rules say of the answers that can be read.
    """

    def __init__(self, checker: Checker, form: Form, state: State) -> None:
        self.call = checker.call
        self.form = form
        self._checker = checker
        self._asker = Asker(checker.call, form)
        self._touching = Touching(checker.call)
        self._look_at(state)

    def _look_at(self, state: State) -> None:
        """Look at another state."""
        self.state = state
        self._pages_asked: dict[str, tuple[Asked, ...]] = {}
        self._places_asked: frozenset[str] | None = None
        self._found_at: Mapping[str, tuple[tuple[Result, ...], tuple[Problem, ...]]] | None = None
        read = read_draft(state.document)
        self.report: ProposalReport = self._checker.report(
            read.answers, problems=(*read.problems, *unknown_fields(state.document))
        )
        # What does not fit the annex of the call, only the call can tell.
        of_annex = {
            field_of(problem.pointer): Misfit(problem.message, problem.hint)
            for problem in self.report.problems
            if problem.severity is Severity.BLOCKING and problem.pointer.startswith("/annex")
        }
        doubts = {
            problem.pointer: Misfit(problem.message, problem.hint)
            for problem in self.report.problems
            if problem.severity is Severity.WARNING
        }
        self._read = ReadDraft(read.answers, {**of_annex, **read.misfits}, read.problems, doubts)
        self._view = View(state, self._read, self._checker)

    @property
    def document(self) -> Document:
        """The draft as plain JSON data."""
        return self.state.document

    @property
    def verdict(self) -> Verdict:
        """What ``mpfcheck check`` says of the draft as it would be saved now."""
        return self.report.verdict if self._read.fits else Verdict.INVALID

    def results(self) -> tuple[Result, ...]:
        """What the rules say, the worst first."""
        return tuple(worst_first(self.report.results))

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
        if location.item is not None and not is_item(self.document, location.item):
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
        return self._asker.item(location.group, pointer, self._view)

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

    def locate(self, pointer: str) -> Location | None:
        """Where a place of the proposal is asked."""
        return locate(self.form, pointer)

    def to_answer(self, result: Result) -> tuple[str, ...]:
        """The places of the answers a rule waits for, those that are asked now; all where none of them is.

        Who has not said yet what kind of organisation leads need not hear of the mandate an operator must have.
        """
        asked = tuple(place for place in result.missing if place in self._asked_places)
        return asked or result.missing

    @property
    def _asked_places(self) -> frozenset[str]:
        """The places of all that is asked now, and of the lists it is asked about."""
        if self._places_asked is None:
            found: set[str] = set()
            for page in self.pages():
                for asked in self.asked(page):
                    found.add(asked.pointer)
                    if isinstance(asked, AskedGroup):
                        found |= {question.pointer for item in asked.items for question in item.questions}
            self._places_asked = frozenset(found)
        return self._places_asked

    @property
    def spared(self) -> frozenset[str]:
        """The ids of the rules that wait only for answers which may stay open for good: nobody has to answer those."""
        return frozenset(
            result.rule
            for result in self.report.results
            if result.status is Status.UNDECIDED and all(map(self._is_optional, self.to_answer(result)))
        )

    def _is_optional(self, pointer: str) -> bool:
        location = locate(self.form, pointer)
        return location is not None and location.question is not None and location.question.optional

    def way_to(self, result: Result) -> Location | None:
        """Where to go to change what a rule says: the first field it waits for or stands on that is asked."""
        wanted = (
            self.to_answer(result) if result.status is Status.UNDECIDED else tuple(one.pointer for one in result.fields)
        )
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

    def first_unclear(self) -> str | None:
        """The place of the first question or group that cannot be read as it stands; None where all can."""
        for page in self.pages():
            for asked in self.asked(page):
                inside = asked.items if isinstance(asked, AskedGroup) else ()
                for one in (asked, *(question for item in inside for question in item.questions)):
                    if one.complaint is not None:
                        return one.pointer
        return None

    def findings_at(self, pointer: str) -> tuple[Result, ...]:
        """The rules that fail because of what stands at a place (a question, or a group and its items)."""
        return self._found.get(pointer, ((), ()))[0]

    def warnings_at(self, pointer: str) -> tuple[Problem, ...]:
        """What is doubtful about the answer to the question at a place, though it can be read."""
        return self._found.get(pointer, ((), ()))[1]

    @property
    def _found(self) -> Mapping[str, tuple[tuple[Result, ...], tuple[Problem, ...]]]:
        if self._found_at is None:
            failed: dict[str, list[Result]] = {}
            for result in self.results():
                if result.status is Status.FAIL:
                    for place in dict.fromkeys(self._marked_by(result)):
                        failed.setdefault(place, []).append(result)
            doubtful: dict[str, list[Problem]] = {}
            for problem in self.report.problems:
                if problem.severity is not Severity.BLOCKING:
                    doubtful.setdefault(problem.pointer, []).append(problem)
            places = failed.keys() | doubtful.keys()
            self._found_at = {place: (tuple(failed.get(place, ())), tuple(doubtful.get(place, ()))) for place in places}
        return self._found_at

    def _marked_by(self, result: Result) -> Iterator[str]:
        """The places of the questions and groups that a rule that fails looked at; where it leads to if at none."""
        found = [location for one in result.fields if (location := locate(self.form, one.pointer)) is not None]
        if not found and (way := self.way_to(result)) is not None:
            found = [way]
        for location in found:
            yield location.pointer
            if location.group is not None:
                yield written(location.group.field)

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
