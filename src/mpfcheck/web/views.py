"""What the pages show, from the session: tasks, questions, groups, the panel of rules, the result, explanations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from mpfcheck.checking.report import Result, Status
from mpfcheck.drafting.desk import Desk
from mpfcheck.drafting.places import Location
from mpfcheck.drafting.progress import Figure, Progress, SumsFigure
from mpfcheck.drafting.questions import DraftGroup, DraftItem, DraftPart, DraftQuestion, each_with_title
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.store.errors import printable
from mpfcheck.drafting.words import (
    FOLDED,
    Count,
    age_in_words,
    complaint_words,
    counts_of,
    marks_words,
    missing_answers,
    page_words,
    rules_heading,
    status_words,
    verdict_meaning,
    verdict_words,
    waits_for_nothing,
)
from mpfcheck.forms.form import Group, Page, Question, Sums
from mpfcheck.frozen import Frozen, changed
from mpfcheck.proposal.pointer import pointer
from mpfcheck.proposal.values import format_money
from mpfcheck.report.as_html.blocks import blocks_as_html
from mpfcheck.report.as_html.marks import VERDICT_MARK, outcome_of
from mpfcheck.report.as_html.markup import Markup
from mpfcheck.report.as_html.proposal import ProposalSection, QuestionLink
from mpfcheck.report.as_html.sources import Sources
from mpfcheck.report.say.rule import rule_blocks
from mpfcheck.report.words import counted
from mpfcheck.web.fields import FieldView, field_view, id_of
from mpfcheck.web.office import Office, OpenDraft, key_of

__all__ = [
    "DraftLine",
    "Error",
    "GroupView",
    "ItemLine",
    "Panel",
    "RuleLine",
    "Sheet",
    "Task",
    "address_of",
    "draft_lines",
    "errors_of",
    "panel_of",
    "result_of",
    "rule_as_html",
    "rule_line",
    "sheet_of_item",
    "sheet_of_page",
    "tasks_of",
]


class DraftLine(Frozen):
    """A draft in the list of drafts. ``key`` names it in forms; ``address`` is where it is open already."""

    key: str
    title: str
    file: str
    call: str
    when: str
    verdict: str
    tone: str
    problem: str
    address: str


def draft_lines(office: Office) -> tuple[tuple[DraftLine, ...], tuple[str, ...]]:
    """The drafts there are, newest first, and the files that are no longer there."""
    listing = office.desk.shelf.list()
    now = datetime.now(UTC)
    lines = []
    for draft in listing.drafts:
        verdict = office.desk.verdict(draft.path) if draft.problem is None else None
        opened = office.is_open(draft.path)
        lines.append(
            DraftLine(
                key_of(draft.path),
                draft.title.strip() or "(no title)",
                printable(draft.path),
                _title_of(office.desk, draft.call),
                f"changed {age_in_words(draft.age(now))}",
                (verdict_words(None).capitalize() if draft.is_part else "unknown call")
                if verdict is None
                else verdict_words(verdict).capitalize(),
                "apart" if verdict is None else VERDICT_MARK[verdict],
                f"Cannot be opened: {draft.problem.message}" if draft.problem else "",
                opened.address if opened else "",
            )
        )
    return tuple(lines), tuple(printable(path) for path in listing.gone)


def _title_of(desk: Desk, call_id: str) -> str:
    return desk.title(call_id) if call_id else "call not named"


class Task(Frozen):
    """A page in the list of pages, with its state in words."""

    page: Page
    number: int
    words: str
    progress: Progress


def tasks_of(session: Session) -> tuple[Task, ...]:
    """The pages of the form."""
    found = []
    for number, page in enumerate(session.pages(), 1):
        progress = session.progress(page)
        found.append(Task(page, number, page_words(progress, warnings=True), progress))
    return tuple(found)


class Error(Frozen):
    """A line of the summary of what is wrong on a page, and the id of the field it leads to."""

    id: str
    title: str
    words: str


def errors_of(parts: Sequence[DraftPart]) -> tuple[Error, ...]:
    """What is not valid or not clear, in the words that are beside each field."""
    return tuple(
        Error(id_of(one.pointer), title, complaint_words(one.complaint))
        for one, title in each_with_title(parts)
        if one.complaint is not None
    )


class ItemLine(Frozen):
    """An item of a group in its list."""

    item: DraftItem
    address: str
    facts: tuple[tuple[str, str], ...]
    words: str


class GroupView(Frozen):
    """A group on its page. ``rows`` are the fields of its items where it is a table that is edited in place."""

    draft_part: DraftGroup
    id: str
    items: tuple[ItemLine, ...]
    heads: tuple[Question, ...]
    rows: tuple[tuple[ItemLine, tuple[FieldView | None, ...]], ...]
    error: str
    findings: tuple[Result, ...]
    total: str

    @property
    def group(self) -> Group:
        """What is asked."""
        return self.draft_part.group

    @property
    def in_place(self) -> bool:
        """Whether it is a table that is edited in place."""
        return bool(self.heads)


class Sheet(Frozen):
    """Questions below each other: those of a page, or of an item. ``then`` says what comes next."""

    title: str
    place: str
    intro: str
    address: str
    parts: tuple[FieldView | GroupView, ...]
    errors: tuple[Error, ...]
    figures: tuple[Figure, ...]
    page: Page
    item: DraftItem | None = None
    group: Group | None = None
    then: str = ""


def sheet_of_page(draft: OpenDraft, page: Page) -> Sheet:
    """A page of the form."""
    session = draft.session
    draft_parts, pages = session.questions(page), session.pages()
    number = next(number for number, one in enumerate(pages, 1) if one.id == page.id)
    parts = tuple(
        _group_view(draft, page, one) if isinstance(one, DraftGroup) else _field(draft, one) for one in draft_parts
    )
    return Sheet(
        page.title,
        f"Page {number} of {len(pages)}",
        page.intro,
        f"{draft.address}/page/{page.id}",
        parts,
        errors_of(draft_parts),
        session.figures(page),
        page,
        then=pages[number].title if number < len(pages) else "Check your answers",
    )


def sheet_of_item(draft: OpenDraft, location: Location) -> Sheet | None:
    """The questions about an item of a group, None where there is no such item."""
    session, group, place = draft.session, location.group, location.item
    item = session.item(place) if place else None
    if group is None or item is None:
        return None
    total = len(session.group(pointer(group.field)).items)
    return Sheet(
        item.title,
        f"{location.page.title}: {group.noun} {item.number} of {total}",
        "",
        f"{draft.address}/item{item.pointer}",
        tuple(_field(draft, one) for one in item.questions),
        errors_of(item.questions),
        (),
        location.page,
        item,
        group,
        then=location.page.title,
    )


def _field(draft: OpenDraft, draft_part: DraftQuestion, *, in_table: bool = False) -> FieldView:
    return field_view(draft_part, draft.session, draft.keeper.typing, in_table=in_table)


def _group_view(draft: OpenDraft, page: Page, draft_part: DraftGroup) -> GroupView:
    session, group = draft.session, draft_part.group
    items = tuple(_item_line(draft, draft_part, item) for item in draft_part.items)
    heads = group.questions if _is_sum(page, group) else ()
    rows = tuple((line, _row(draft, line.item, heads)) for line in items) if heads else ()
    return GroupView(
        draft_part,
        id_of(draft_part.pointer),
        items,
        heads,
        rows,
        complaint_words(draft_part.complaint) if draft_part.complaint else "",
        session.findings_at(draft_part.pointer),
        _total(session, page, group) if heads else "",
    )


def _row(draft: OpenDraft, item: DraftItem, heads: Sequence[Question]) -> tuple[FieldView | None, ...]:
    questions = {one.question.field: one for one in item.questions}
    return tuple(
        _field(draft, questions[head.field], in_table=True) if head.field in questions else None for head in heads
    )


def _sums(page: Page, group: Group) -> list[int]:
    """The numbers of the figures of a page that add up the items of a group."""
    way = ".".join(group.field)
    return [n for n, one in enumerate(page.figures) if isinstance(one, Sums) and one.of.text.strip() == way]


def _is_sum(page: Page, group: Group) -> bool:
    """Whether a figure of the page adds up the items of a group, and each is answered on a line of a table."""
    return bool(_sums(page, group)) and all(question.lines == 1 for question in group.questions)


def _total(session: Session, page: Page, group: Group) -> str:
    figure = session.figures(page)[_sums(page, group)[0]]
    return format_money(figure.total) if isinstance(figure, SumsFigure) else ""


def _item_line(draft: OpenDraft, draft_part: DraftGroup, item: DraftItem) -> ItemLine:
    facts = [
        (one.question.title, one.shown)
        for name in draft_part.group.columns
        if (one := item.question(name)) and one.shown
    ]
    words = marks_words(draft.session.row_marks(item))
    return ItemLine(item, f"{draft.address}/item{item.pointer}", tuple(facts), words)


class RuleLine(Frozen):
    """What a rule says now; ``address`` is the question to go to, empty where nothing is asked about it."""

    result: Result
    tone: str
    state: str
    words: str
    was: str
    address: str
    explain: str


class Panel(Frozen):
    """The panel of rules beside a page."""

    verdict: str
    tone: str
    meaning: str
    certain: str
    change: str
    changes: tuple[str, ...]
    counts: tuple[Count, ...]
    changed: str
    heading: str
    lines: tuple[RuleLine, ...]
    folded: str
    quiet: tuple[Result, ...]
    elsewhere: tuple[Count, ...] | None


def panel_of(draft: OpenDraft, page: Page | None) -> Panel:
    """The verdict, and the rules that read a page; all rules where none is given."""
    session, optional_rules = draft.session, draft.session.optional_rules
    everything = session.results()
    of_page = session.results_on(page) if page else everything
    quiet = tuple(result for result in of_page if result.status in FOLDED or result.rule in optional_rules)
    here = {result.rule for result in of_page}
    others = [result for result in everything if result.rule not in here]
    changes = draft.changed
    return Panel(
        verdict_words(session.verdict).capitalize(),
        "apart" if session.verdict is None else VERDICT_MARK[session.verdict],
        verdict_meaning(session.verdict),
        session.certain_in_words(),
        session.heading_of_change(),
        session.changes_in_words(),
        counts_of(everything, optional_rules),
        f"Your last answer changed the result of {counted(len(changes), 'rule')}." if changes else "",
        rules_heading(session, page),
        tuple(rule_line(draft, result) for result in of_page if result not in quiet),
        waits_for_nothing(quiet),
        quiet,
        counts_of(others, optional_rules) if page else None,
    )


def rule_line(draft: OpenDraft, result: Result) -> RuleLine:
    """What a rule says now."""
    session = draft.session
    words = "" if result.status is Status.REVIEW else result.message
    if result.status is Status.UNDECIDED:
        words = f"Information missing: {missing_answers(session, result)}"
    was = draft.changed.get(result.rule)
    location = session.way_to(result)
    return RuleLine(
        result,
        outcome_of(result).tone,
        status_words(result.status, result.severity),
        words,
        status_words(was, result.severity) if was is not None else "",
        address_of(draft, location.pointer) if location else "",
        f"{draft.address}/rule/{result.rule}",
    )


def address_of(draft: OpenDraft, place: str) -> str:
    """The address of the question about a place, empty where the form does not ask for it now."""
    session = draft.session
    location = session.locate(place)
    if location is None or all(page.id != location.page.id for page in session.pages()):
        return ""
    page = f"{draft.address}/page/{location.page.id}"
    if location.item is not None and session.item(location.item) is not None:
        group = location.group
        if group is not None and _is_sum(location.page, group):
            target = location.pointer if location.question is not None else location.item
            return f"{page}#{id_of(target)}"
        inner = f"#{id_of(location.pointer)}" if location.question is not None else ""
        return f"{draft.address}/item{location.item}{inner}"
    holder = pointer(location.group.field) if location.group is not None else location.pointer
    return f"{page}#{id_of(holder)}"


def result_of(draft: OpenDraft) -> tuple[Markup, Markup | None]:
    """The result with ways to the questions, as the HTML report shows it, and its sources."""
    session = draft.session
    results = tuple(
        changed(result, missing=session.to_answer(result)) if result.status is Status.UNDECIDED else result
        for result in session.report.results
    )
    # What is wrong or doubtful about answers is listed in the words that are at their fields.
    report = changed(session.report, results=results, problems=())
    order = {rule.id: number for number, rule in enumerate(session.call.rules)}
    sources = Sources()
    section = ProposalSection(
        report,
        1,
        order.__getitem__,
        level=2,
        alone=True,
        explain=False,
        sources=sources,
        on_demand=None,
        question_at=lambda place: _question_link(draft, place),
        rule_at=lambda rule: f"{draft.address}/rule/{rule}",
    )
    return section.body(), sources.section()


def _question_link(draft: OpenDraft, place: str) -> QuestionLink:
    draft_part = draft.session.at(place)
    answer = draft_part.shown if draft_part is not None else ""
    return QuestionLink(draft.session.title_of(place), address_of(draft, place), answer)


def rule_as_html(draft: OpenDraft, rule_id: str) -> Markup:
    """All there is to know about a rule."""
    call = draft.session.call
    return blocks_as_html(list(rule_blocks(call, call.rule(rule_id)))[1:], level=2)
