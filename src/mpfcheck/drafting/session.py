"""One applicant's work on one proposal, without any screen: answers, undo, progress, and the live report.

A session reads and writes no file, asks no clock and shows nothing: front ends ask it what to show, tell it what was
typed, and save ``session.state`` after every step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Outlook, Problem, ProposalReport, Repair, Result, Severity, Status, Verdict
from mpfcheck.drafting.comments import comment_at, comments_in, with_comment
from mpfcheck.drafting.document import (
    Document,
    State,
    Steps,
    add_item,
    closed,
    duplicate_item,
    empty_list,
    follow_texts,
    is_item,
    is_open,
    is_within,
    items_at,
    move_item,
    opened,
    remove_item,
    value_at,
    with_computed_amount,
    with_value,
    without,
    without_misfit_holders,
)
from mpfcheck.drafting.places import Location, RulesByField, locate, locate_way, worst_first
from mpfcheck.drafting.progress import Figure, Progress, RowMarks, figures_of, progress_of, row_marks
from mpfcheck.drafting.questions import (
    Complaint,
    DraftGroup,
    DraftItem,
    DraftPart,
    DraftQuestion,
    Questions,
    Remark,
    each_with_title,
)
from mpfcheck.drafting.reading import Misfit, ReadDraft, View, field_of, read_draft
from mpfcheck.drafting.scope import PartScope
from mpfcheck.forms.form import Form, Group, Page, Question, Sums
from mpfcheck.forms.typed.answer import Reading, Understood
from mpfcheck.forms.typed.choice import Choice
from mpfcheck.frozen import Frozen
from mpfcheck.frozen import changed as with_changes
from mpfcheck.proposal.codes import COMMENTS, FORMAT
from mpfcheck.proposal.pointer import pointer as written
from mpfcheck.proposal.pointer import split
from mpfcheck.report.words import Label

__all__ = [
    "Ahead",
    "Comment",
    "ResultChange",
    "Session",
    "new_document",
]

LONG_LIST = 3
"""Of so many items, a rule that fails because of all of them says nothing about any one."""


class Ahead(Frozen):
    """What is certain of a draft, and the smallest change that would do where one is needed and known."""

    outlook: Outlook
    repair: Repair | None = None


class Comment(Frozen):
    """What somebody noted about the answer at a place, and what the place is called."""

    pointer: str
    title: str
    text: str


class ResultChange(Frozen):
    """A rule whose result changed with the last step."""

    result: Result
    was: Status


def new_document(form: Form) -> Document:
    """The document a new proposal starts with."""
    return {"format": FORMAT, "call": form.call, **form.begin}


class Session:
    """The work on a draft, from a document and the texts typed into it that are not answers.

    Fields are named by JSON Pointer. ``report`` is what the rules say of the answers that can be read; ``changes`` are
    the rules that changed with the last step; ``computed`` is the place of an amount that it computed, if it did.
    ``ahead`` is what is certain already, None until it is found out. ``scope`` says which part of a proposal the
    document is, None where it is the whole.
    """

    def __init__(
        self,
        checker: Checker,
        form: Form,
        document: Document,
        unfinished: Mapping[str, str] | None = None,
        scope: PartScope | None = None,
    ) -> None:
        self.call = checker.call
        self.form = form
        self.scope = scope
        self.changes: tuple[ResultChange, ...] = ()
        self.computed: str | None = None
        self._checker = checker
        self._questions = Questions(checker.call, form)
        self._rules = RulesByField(checker.call)
        self._steps = Steps(State(document, dict(unfinished or {})))
        self._look_at(self._steps.now)

    def _look_at(self, state: State) -> None:
        """Look at another state."""
        self.state = state
        self.ahead: Ahead | None = None
        self._parts_by_page: dict[str, tuple[DraftPart, ...]] = {}
        self._places_known: frozenset[str] | None = None
        self._found_at: Mapping[str, tuple[tuple[Result, ...], tuple[Problem, ...]]] | None = None
        read = self._read_of(state.document)
        self.report: ProposalReport = self._report_on(read)
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
        self._read = ReadDraft(read.answers, {**of_annex, **read.misfits}, read.problems, doubts, read.unknown)
        self._view = View(state, self._read, self._checker)

    def _read_of(self, document: Document) -> ReadDraft:
        return read_draft(document if self.scope is None else self.scope.proposal(document))

    def _report_on(self, read: ReadDraft) -> ProposalReport:
        """What the rules say; of a part, what they say of it whatever the rest of the proposal is."""
        problems = (*read.problems, *read.unknown)
        if self.scope is None:
            return self._checker.report(read.answers, problems=problems)
        report = self._checker.report(self.scope.judged(read.answers), problems=problems)
        return with_changes(report, results=self.scope.certain(self.call, report.results))

    @property
    def hand_back(self) -> str:
        """What to do with a part once it is filled in; empty for a draft."""
        return "" if self.scope is None else self.scope.hand_back

    def beside(self, state: State) -> Session:
        """Another session on the same call, which begins with a state this one had. This one stays as it is."""
        return Session(self._checker, self.form, state.document, state.unfinished, self.scope)

    def part(self, form: Form, document: Document, scope: PartScope) -> Session:
        """A session on a part of this proposal, with a form that asks for that part only."""
        return Session(self._checker, form, document, scope=scope)

    @property
    def document(self) -> Document:
        """The draft as plain JSON data."""
        return self.state.document

    @property
    def verdict(self) -> Verdict | None:
        """The verdict of ``mpfcheck check`` on the draft as it would be saved now; None for a part that can be read."""
        if not self._read.fits:
            return Verdict.INVALID
        return self.report.verdict if self.scope is None else None

    def results(self) -> tuple[Result, ...]:
        """The results of the rules, the worst first."""
        return tuple(worst_first(self.report.results))

    def pages(self) -> tuple[Page, ...]:
        """The pages that are shown now."""
        return tuple(page for page in self.form.pages if self._view.holds(page.shown_when))

    def questions(self, page: Page) -> tuple[DraftPart, ...]:
        """The questions and groups of a page that are shown now, with the answers in their fields."""
        if page.id not in self._parts_by_page:
            self._parts_by_page[page.id] = self._questions.page(page, self._view)
        return self._parts_by_page[page.id]

    def at(self, pointer: str) -> DraftQuestion | None:
        """The question at a place, also if it is hidden now; None if no question is about this place."""
        location = locate(self.form, pointer)
        if location is None or location.question is None or location.pointer != pointer:
            return None
        if location.item is not None and not is_item(self.document, location.item):
            return None
        return self._questions.question(location.question, location.item or "", self._view)

    def group(self, pointer: str) -> DraftGroup:
        """The group at a place; raises KeyError."""
        location = locate(self.form, pointer)
        if location is None or location.group is None or location.pointer != pointer:
            raise KeyError(pointer)
        return self._questions.group(location.group, self._view)

    def item(self, pointer: str) -> DraftItem | None:
        """The item of a group at a place, None where there is none."""
        location = locate(self.form, pointer)
        if location is None or location.group is None:
            return None
        return self._questions.item(location.group, pointer, self._view)

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """The choices of a question."""
        return self._questions.choices(question, self._view)

    def figures(self, page: Page) -> tuple[Figure, ...]:
        """The figures of a page, computed from the answers."""
        return figures_of(page, self._view, self._label)

    def _label(self, figure: Sums, value: str) -> str:
        """What people call a value of the field a figure sums by: as its question shows it."""
        for _, part in self.form.parts():
            if isinstance(part, Group) and ".".join(part.field) == figure.of.text.strip():
                question = part.question((figure.by,))
                if question is not None:
                    return self._questions.shown(question, value, self._view)
        return value

    def progress(self, page: Page) -> Progress:
        """The progress of a page."""
        return progress_of(self.questions(page), self.results_on(page))

    def results_on(self, page: Page) -> tuple[Result, ...]:
        """The results of the rules that read an answer of this page, the worst first."""
        ids = self._rules.rules_of_page(page)
        return tuple(result for result in self.results() if result.rule in ids)

    def results_for(self, question: Question | Group, inside: Group | None = None) -> tuple[Result, ...]:
        """What the rules say that read a question; ``inside`` is the group it is asked in."""
        ids = self._rules.rules_of((*(inside.field if inside else ()), *question.field))
        return tuple(result for result in self.results() if result.rule in ids)

    def locate(self, pointer: str) -> Location | None:
        """The question or group about a place of the proposal."""
        return locate(self.form, pointer)

    def to_answer(self, result: Result) -> tuple[str, ...]:
        """The places of the answers a rule waits for, those that are asked now; all where none of them is.

        An applicant who has not chosen a legal form yet is not sent to the mandate of a mandated body.
        """
        shown = tuple(place for place in result.missing if place in self._places_now)
        return shown or result.missing

    @property
    def _places_now(self) -> frozenset[str]:
        """The places of all that is asked now, and of the lists it is asked about."""
        if self._places_known is None:
            self._places_known = frozenset(part.pointer for part in self._parts_now())
        return self._places_known

    @property
    def optional_rules(self) -> frozenset[str]:
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
        pointers = (
            self.to_answer(result) if result.status is Status.UNDECIDED else tuple(one.pointer for one in result.fields)
        )
        seen = {page.id for page in self.pages()}
        found = [location for pointer in pointers if (location := locate(self.form, pointer))]
        ways = sorted(self._rules.fields_of(result.rule), key=self._order)
        found += [location for way in ways if (location := locate_way(self.form, way))]
        return next((location for location in found if location.page.id in seen), None)

    def _order(self, way: tuple[str, ...]) -> int:
        fields = self._places
        return next((number for number, field in enumerate(fields) if way[: len(field)] == field), len(fields))

    @cached_property
    def _places(self) -> tuple[tuple[str, ...], ...]:
        return tuple(part.field for _, part in self.form.parts())

    def unclear(self) -> tuple[Remark, ...]:
        """What cannot be read as an answer, in the order of the form; then what does not fit and is not asked."""
        found = {
            part.pointer: Remark(part.pointer, self.title_of(part.pointer), part.complaint)
            for part in self._parts_now()
            if part.complaint is not None
        }
        for problem in self.report.problems:
            if problem.severity is Severity.BLOCKING and field_of(problem.pointer) not in found:
                found[problem.pointer] = self._remark(problem)
        return tuple(found.values())

    def doubtful(self) -> tuple[Remark, ...]:
        """What is odd about answers that can be read, in the order of the form; then about fields that are not asked.

        Whatever is marked at a field is among these, or among what is unclear. ``mpfcheck check`` does not warn of a
        co-financing source that names a deleted applicant, as long as the source may be a name of one's own.
        """
        found: dict[str, Remark] = {}
        unclear: set[str] = set()
        for part in self._parts_now():
            if part.complaint is not None:
                unclear.add(part.pointer)
            elif isinstance(part, DraftQuestion) and part.doubt is not None:
                found[part.pointer] = Remark(part.pointer, self.title_of(part.pointer), part.doubt)
        for problem in self.report.problems:
            if problem.severity is not Severity.BLOCKING and problem.pointer not in unclear | found.keys():
                found[problem.pointer] = self._remark(problem)
        return tuple(found.values())

    def _parts_now(self) -> Iterator[DraftPart]:
        for page in self.pages():
            for part, _ in each_with_title(self.questions(page)):
                yield part

    def _remark(self, problem: Problem) -> Remark:
        """A problem of a field that no question is about; where the field holds questions, in the words of the form."""
        location = locate(self.form, problem.pointer)
        if problem.pointer and location is not None and is_within(location.pointer, problem.pointer):
            message = "The file holds something else in place of the answers on this page."
            return Remark(problem.pointer, location.page.title, Complaint(message, "Answer its questions."))
        title = self.title_of(problem.pointer) or "The file"
        hint = problem.hint
        if problem.severity is Severity.BLOCKING:
            hint = f"{hint} The form does not ask for this. Correct it in the file.".lstrip()
        return Remark(problem.pointer, title, Complaint(problem.message, hint))

    def findings_at(self, pointer: str) -> tuple[Result, ...]:
        """The rules that fail because of the answer at a place (a question, or a group and its items)."""
        return self._found.get(pointer, ((), ()))[0]

    def row_marks(self, item: DraftItem) -> RowMarks:
        """What is wrong, missing or doubtful in an item, as lists of items show it.

        A rule that fails because of every item of a longer list, such as a limit of a sum, is the list's, not a row's.
        """
        group, _, _ = item.pointer.rpartition("/")
        number = len(items_at(self.document, group))
        others = [f"{group}/{other}" for other in range(number)] if number >= LONG_LIST else []
        failed = [
            result
            for result in self.findings_at(item.pointer)
            if not others or any(result not in self.findings_at(other) for other in others)
        ]
        return row_marks(item, tuple(failed))

    def warnings_at(self, pointer: str) -> tuple[Problem, ...]:
        """The warnings about the answer at a place, which can be read."""
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
            if location.item is not None:
                yield location.item

    def references(self, item: str) -> tuple[DraftQuestion, ...]:
        """The questions answered by the id of an item: where it is referred to, such as in budget lines."""
        identity = value_at(self.document, f"{item}/id")
        every = (part for page in self.form.pages for part, _ in each_with_title(self.questions(page)))
        return tuple(
            part
            for part in every
            if isinstance(part, DraftQuestion) and part.question.refers_to and identity and part.value == identity
        )

    def marked_without(self, items: Sequence[str]) -> frozenset[str]:
        """The places that would be marked as unclear or doubtful if these items of one list were removed."""
        state = self.state
        for item in sorted(items, key=lambda one: int(one.rpartition("/")[2]), reverse=True):
            state = remove_item(state, item)
        after = self.beside(state)
        return frozenset(remark.pointer for remark in (*after.unclear(), *after.doubtful()))

    def title_of(self, pointer: str) -> str:
        """The name of a place for people: "Lead applicant, Country"."""
        holder, comments, way = pointer.partition(f"/{COMMENTS}/")
        if comments:
            return f"Comment on {self.title_of('/'.join((holder, *split(f'/{way}'))))}"
        location = locate(self.form, pointer)
        if location is None:
            return " ".join(split(pointer)).replace("_", " ")
        page = location.page.title
        # "Declarations, Declaration on double funding" says it twice.
        says_page = location.question is not None and location.question.title.startswith(page.removesuffix("s") + " ")
        parts = [] if says_page and location.item is None else [page]
        if location.item is not None:
            item = self.item(location.item)
            parts.append(item.title if item else location.group.noun if location.group else "")
        elif location.group is not None and location.group.title != location.page.title:
            parts.append(location.group.title)
        if location.question is not None:
            parts.append(location.question.title)
        return ", ".join(dict.fromkeys(part for part in parts if part))

    # Steps

    def answer(self, pointer: str, text: str) -> Complaint | None:
        """Take what was typed as the answer at a place; empty text takes the answer away. One step.

        What is not understood is kept as it was typed, and the complaint says what is unclear; then the field is not
        answered. Raises KeyError where nothing is asked.
        """
        draft_question = self._question_at(pointer)
        if text == draft_question.typed and not draft_question.complaint:
            return None
        if not text.strip():
            self.clear(pointer)
            return None
        reading = self._questions.read(draft_question.question, text, self._view)
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

    def read(self, question: Question, text: str) -> Reading:
        """What a text would mean as the answer to a question, wherever it is asked."""
        return self._questions.read(question, text, self._view)

    def shown(self, question: Question, value: object) -> str:
        """What people call a value as the answer to a question."""
        return self._questions.shown(question, value, self._view)

    def understand(self, pointer: str, text: str) -> Reading:
        """What a text would mean as the answer at a place, without taking it. Raises KeyError."""
        return self._questions.read(self._question_at(pointer).question, text, self._view)

    def choose(self, pointer: str, value: object) -> None:
        """Take a value, such as a code that was chosen, as the answer at a place. One step. Raises KeyError."""
        self._question_at(pointer)
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
        return self._report_on(self._read_of(document))

    def _question_at(self, pointer: str) -> DraftQuestion:
        draft_question = self.at(pointer)
        if draft_question is None:
            raise KeyError(pointer)
        return draft_question

    def _answer(self, pointer: str, value: object) -> None:
        unfinished = {place: text for place, text in self.state.unfinished.items() if place != pointer}
        if value_at(self.document, pointer) == value and len(unfinished) == len(self.state.unfinished):
            return
        document = with_value(without_misfit_holders(self.document, pointer), pointer, value)
        with_amount, place = with_computed_amount(self.document, document, pointer)
        computed = place is not None and place not in unfinished and self.at(place) is not None
        self._step(with_amount if computed else document, unfinished, pointer, "answered")
        self.computed = place if computed else None

    def change_as_found(self) -> None:
        """Make the smallest change that was found. One step, if one was found and still stands."""
        changes = self.ahead.repair.changes if self.ahead and self.ahead.repair else ()
        if not changes:
            return
        document = self.document
        for change in changes:
            document = with_value(document, change.pointer, change.new)
        places = {change.pointer for change in changes}
        unfinished = {place: text for place, text in self.state.unfinished.items() if place not in places}
        step = f"{Label.SMALLEST_CHANGE}: made"
        self._take(State(document, unfinished, pointer=changes[0].pointer), step)

    def changes_in_words(self) -> tuple[str, ...]:
        """The smallest change that was found: each answer by its title, with its new value and the one it has now."""
        repair = self.ahead.repair if self.ahead else None
        return tuple(
            f"{self.title_of(change.pointer)}: {change.new_in_words} instead of {change.old_in_words}"
            for change in (repair.changes if repair else ())
        )

    def heading_of_change(self) -> str:
        """What the change that was found is called: the smallest one only where that is proven."""
        minimal = self.ahead is None or self.ahead.repair is None or self.ahead.repair.minimal
        return Label.SMALLEST_CHANGE if minimal else Label.ENOUGH_CHANGE

    def certain_in_words(self) -> str:
        """What is certain already, in a sentence or two; empty where it is not known, or nothing new.

        Only what the verdict does not say is new: that an incomplete proposal can become eligible, or that it cannot.
        """
        if self.ahead is None or self.verdict is not Verdict.INCOMPLETE:
            return ""
        outlook = self.ahead.outlook
        if outlook.eligible_possible is False:
            return f"Whatever else you answer, this proposal cannot become eligible. {outlook.reason}"
        return outlook.message

    # Comments

    def is_asked(self, place: str) -> bool:
        """Tell whether a question or a list of the form is about a place."""
        location = locate(self.form, place) if place.startswith("/") else None
        if location is None or location.pointer != place:
            return False
        return location.question is None or self.at(place) is not None

    def comment(self, place: str, text: str) -> None:
        """Keep a comment on the answer at a place; an empty text takes it away. One step. Raises KeyError."""
        if not self.is_asked(place):
            raise KeyError(place)
        document = with_comment(self.document, place, text)
        self._step(document, self.state.unfinished, place, "commented")

    def comment_at(self, place: str) -> str:
        """The comment on the answer at a place, empty where there is none."""
        return comment_at(self.document, place)

    def comments(self) -> tuple[Comment, ...]:
        """All comments, in the order of the document."""
        return tuple(Comment(place, self.title_of(place), text) for place, text in comments_in(self.document))

    # Groups

    def add(self, group: str) -> str:
        """Add an item to the group at a place; the place of the item. One step."""
        state, place = add_item(self.state, group, self.group(group).group)
        self._take(state, self._step_words(group, "added"))
        return place

    def duplicate(self, item: str) -> str:
        """Add a copy of an item after it; the place of the copy. One step. Raises KeyError."""
        state, place = duplicate_item(self.state, item, self._group_of(item))
        self._take(state, self._step_words(item, "duplicated"))
        return place

    def remove(self, item: str) -> None:
        """Take an item out. One step. Raises KeyError."""
        self._group_of(item)
        step = self._step_words(item, "removed")
        self._take(remove_item(self.state, item), step)

    def move(self, item: str, by: int) -> str:
        """Move an item up (-1) or down (1), no further than its list goes; its place then. One step, if it moved.

        Raises KeyError.
        """
        self._group_of(item)
        state, place = move_item(self.state, item, by)
        if place != item:
            self._take(state, self._step_words(item, "moved"))
        return place

    def say_none(self, group: str) -> None:
        """Say that there is no item in the group at a place. One step; items there are taken out."""
        step = self._step_words(group, self.group(group).group.none or "none")
        self._take(empty_list(self.state, group), step)

    def close(self, group: str) -> None:
        """Say that the list of a group is complete as it stands: no more items come. One step, if it was open."""
        if is_open(self.document, group):
            step = self._step_words(group, "no more")
            self._take(State(closed(self.document, group), self.state.unfinished, pointer=group), step)

    def reopen(self, group: str) -> None:
        """Say that more items may come into the list of a group. One step, if it was not open."""
        if not is_open(self.document, group):
            step = self._step_words(group, "not finished")
            self._take(State(opened(self.document, group), self.state.unfinished, pointer=group), step)

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
        """Undo a step; what was undone (``step`` and ``pointer``), None where there is nothing to undo."""
        undone = self._steps.undo()
        self._changed_from(self.report)
        return undone

    def redo(self) -> State | None:
        """Do the step again that was undone last; None where there is none."""
        redone = self._steps.redo()
        self._changed_from(self.report)
        return redone

    def replace(self, document: Document, unfinished: Mapping[str, str] | None = None, step: str = "replaced") -> None:
        """Go on with another document, such as an earlier generation or one merged with what others wrote. One step.

        Without ``unfinished``, what was typed and not understood goes with the items it was typed into, and away
        where the document has an answer.
        """
        texts = follow_texts(self.state, document) if unfinished is None else unfinished
        self._step(document, dict(texts), "", step)

    def _step(self, document: Document, unfinished: Mapping[str, str], pointer: str, done: str) -> None:
        self._take(State(document, unfinished, pointer=pointer), self._step_words(pointer, done))

    def _take(self, state: State, step: str) -> None:
        self._steps.take(State(state.document, state.unfinished, step, state.pointer))
        self._changed_from(self.report)

    def _changed_from(self, before: ProposalReport) -> None:
        self.computed = None
        self._look_at(self._steps.now)
        # Of a part, a rule that could not be judged before has no result.
        was = {result.rule: result.status for result in before.results}
        self.changes = tuple(
            ResultChange(result, old)
            for result in self.report.results
            if (old := was.get(result.rule, Status.UNDECIDED)) != result.status
        )

    def _step_words(self, pointer: str, done: str) -> str:
        """A step in words: where, and what was done."""
        return f"{self.title_of(pointer)}: {done}" if pointer else done
