"""The lists of the whole proposal: the pages, all answers, and the result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from mpfcheck.checking.report import Result, Severity, Status
from mpfcheck.drafting.progress import PageState
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.summary import COMMENTS_HEADING, AnswerLine, no_longer_asked, summary_of
from mpfcheck.drafting.words import complaint_words, page_words, remark_lists, verdict_meaning, verdict_words
from mpfcheck.report.say.proposal import Findings
from mpfcheck.report.words import DISCLAIMER, Heading, Label, cited, counted
from mpfcheck.wizard.sheets import ActionRequest, page_view_id
from mpfcheck.wizard.symbols import (
    Symbol,
    page_symbol,
    result_symbol,
    verdict_symbol,
)
from mpfcheck.wizard.text import WithSymbol, literal
from mpfcheck.wizard.widgets.menu import Menu, MenuEntry
from mpfcheck.wizard.widgets.status_pane import counts

__all__ = ["OVERVIEW", "RESULT", "REVIEW", "OverviewView", "ResultView", "ReviewView", "result_words"]

OVERVIEW = "overview"
CALL = "change_call"
NEXT = "what_now"
_OF_REMARKS = {"bad": ("correct", Symbol("✗", "$error")), "look": ("check", Symbol("!", "$warning"))}
"""What is to be done about answers that are not valid and about those to check, and their symbols."""

_FURTHER = (
    ("review", "Check your answers", "all of them on one page"),
    ("result", "Result", "the verdict, what must change, and why"),
    (NEXT, "What now", "where to submit, whom to ask, what to attach"),
    ("export", "Export", "the proposal or the report, as a file"),
    (CALL, "Change the call", "possible while no answer depends on it"),
)
_AFTER_A_PART = (
    ("review", "Check your answers", "all of them on one page"),
    ("result", "Result", "the rules that your answers alone decide"),
    (NEXT, "What now", "how to send your part back"),
)


class OverviewView(VerticalScroll, can_focus=False):
    """Where one begins, and comes back to."""

    def __init__(self, session: Session) -> None:
        super().__init__(id=OVERVIEW)
        self.session = session
        self.menu = Menu(label_width=24)
        self._title = Static(classes="title", markup=False)

    def compose(self) -> ComposeResult:
        """Put the list below its title."""
        yield self._title
        yield self.menu
        self.refresh_answers()

    def refresh_answers(self) -> None:
        """Show how far the pages are now."""
        session = self.session
        progress = [(page, session.progress(page)) for page in session.pages()]
        done = sum(one.state is PageState.COMPLETE for _, one in progress)
        title = Content.assemble(
            (session.form.title, "bold $accent"), (f"   {done} of {counted(len(progress), 'page')} complete", "$muted")
        )
        self._title.update(Content("\n").join([title, literal(session.form.intro)]))
        entries = [
            MenuEntry(
                page.id,
                literal(f"{number}. {page.title}", "bold"),
                literal(page_words(one), "$error" if one.problems else "$muted"),
                page_symbol(one),
            )
            for number, (page, one) in enumerate(progress, 1)
        ]
        entries.append(MenuEntry("", Content(""), heading=True))
        entries += [
            MenuEntry(name, literal(label, "bold"), literal(words, "$muted"), Symbol("›", "$accent"))
            for name, label, words in (_FURTHER if session.scope is None else _AFTER_A_PART)
        ]
        self.menu.show(entries)

    @property
    def view_here(self) -> str:
        """The id of the view that the entry one stands on opens; empty where it opens none."""
        entry = self.menu.here.id if self.menu.here else ""
        page = next((page for page in self.session.pages() if page.id == entry), None)
        return page_view_id(page) if page else entry

    def stand_on(self, page_id: str) -> None:
        """Stand on a page."""
        self.menu.stand_on(page_id)

    def focus_on(self, pointer: str | None) -> bool:
        """Go to the list."""
        self.screen.set_focus(self.menu, scroll_visible=False)
        return True

    def action_of(self, entry: MenuEntry) -> str:
        """The action of the work that an entry stands for."""
        return entry.id if entry.id in (CALL, NEXT) else f"go({entry.id!r})"

    @on(Menu.Chosen)
    def _chosen(self, message: Menu.Chosen) -> None:
        message.stop()
        self.post_message(ActionRequest(self.action_of(message.entry)))


REVIEW = "review"
_OPEN = Symbol("?", "$warning")


class ReviewView(VerticalScroll, can_focus=False):
    """Every answer on one page."""

    def __init__(self, session: Session) -> None:
        super().__init__(id=REVIEW)
        self.session = session
        self.menu = Menu(label_width=30)

    def compose(self) -> ComposeResult:
        """Put the list below its title."""
        words = "Press Enter to go to a question. Page Down there leads to the next page."
        title = Content.assemble(("Check your answers", "bold $accent"))
        yield Static(Content("\n").join([title, literal(words)]), classes="title", markup=False)
        yield self.menu
        self.refresh_answers()

    def refresh_answers(self) -> None:
        """Show the answers there are now."""
        self.menu.show(tuple(self._entries()))

    def focus_on(self, pointer: str | None) -> bool:
        """Go to the list."""
        self.screen.set_focus(self.menu, scroll_visible=False)
        return True

    @property
    def place_here(self) -> str:
        """The place of the answer one stands on."""
        return self.menu.here.id if self.menu.here else ""

    def _entries(self) -> Iterator[MenuEntry]:
        for page in summary_of(self.session):
            yield MenuEntry("", literal(page.page.title, "bold"), heading=True)
            for line in page.lines:
                yield _entry(line)
        if comments := self.session.comments():
            yield MenuEntry("", literal(COMMENTS_HEADING, "bold"), heading=True)
            for comment in comments:
                yield MenuEntry(comment.pointer, literal(comment.title), literal(comment.text))
        unasked = no_longer_asked(self.session)
        if unasked:
            words = "No longer asked, because other answers changed. These answers are still in the proposal"
            yield MenuEntry("", literal(words, "bold $warning"), heading=True)
            for line in unasked:
                yield _entry(line)

    def action_of(self, entry: MenuEntry) -> str:
        """The action of the work that an entry stands for."""
        return f"find({entry.id!r})"

    @on(Menu.Chosen)
    def _chosen(self, message: Menu.Chosen) -> None:
        message.stop()
        self.post_message(ActionRequest(self.action_of(message.entry)))


def _entry(line: AnswerLine) -> MenuEntry:
    label = literal("  " * line.level + line.label, "$foreground" if line.answer or line.level else "bold")
    if not line.answer:
        return MenuEntry(line.pointer, label)
    if not line.open:
        return MenuEntry(line.pointer, label, literal(line.answer))
    if line.optional:
        return MenuEntry(line.pointer, label, literal(f"{line.answer}, optional", "$muted"))
    return MenuEntry(line.pointer, label, literal(line.answer, "$warning"), _OPEN)


RESULT = "result"


class ResultView(VerticalScroll, can_focus=False):
    """What all rules say, in the order a person acts on it."""

    def __init__(self, session: Session) -> None:
        super().__init__(id=RESULT)
        self.session = session
        self.menu = Menu(label_width=10)
        self._verdict = Static(classes="title", markup=False)

    def compose(self) -> ComposeResult:
        """Put the findings below the verdict."""
        yield self._verdict
        yield self.menu
        yield Static(literal(DISCLAIMER, "$muted"), classes="disclaimer", markup=False)
        self.refresh_answers()

    def refresh_answers(self) -> None:
        """Show what the rules say now."""
        session = self.session
        symbol = verdict_symbol(session.verdict)
        lines = [literal(verdict_words(session.verdict), f"bold {symbol.style}")]
        if meaning := verdict_meaning(session.verdict):
            lines.append(literal(meaning))
        if certain := session.certain_in_words():
            lines.append(literal(certain))
        lines.append(literal(counts(session.report.results, session.optional_rules), "$muted"))
        lines.append(literal("Press Enter to go to the question, or F1 for an explanation.", "$muted"))
        self._verdict.update(WithSymbol(symbol, Content("\n").join(lines)))
        self.menu.show(tuple(self._entries()))

    def focus_on(self, pointer: str | None) -> bool:
        """Go to the list."""
        self.screen.set_focus(self.menu, scroll_visible=False)
        return True

    def _entries(self) -> Iterator[MenuEntry]:
        findings = Findings(self.session.report)
        yield from self._problems()
        yield from self._change()
        for heading, results in findings.by_heading():
            yield from self._missing(findings) if heading is Heading.MISSING else _entries(heading, results)

    def _problems(self) -> Iterator[MenuEntry]:
        for one in remark_lists(self.session):
            label, symbol = _OF_REMARKS[one.tone]
            yield MenuEntry("", literal(one.heading, "bold"), heading=True)
            for remark in one.remarks:
                words = literal(complaint_words(remark.complaint))
                detail = Content("\n").join([literal(remark.title, "bold"), words, Content("")])
                yield MenuEntry(f"field:{remark.pointer}", literal(label, "$muted"), detail, symbol)

    def _change(self) -> Iterator[MenuEntry]:
        changes = self.session.changes_in_words()
        if changes:
            yield MenuEntry("", literal(self.session.heading_of_change(), "bold"), heading=True)
            offer = literal("Press Enter to make this change. You can undo it.", "$muted")
            detail = Content("\n").join([*map(literal, changes), offer, Content("")])
            yield MenuEntry("change:", literal("change", "$muted"), detail, Symbol("!", "$warning"))

    def _missing(self, findings: Findings) -> Iterator[MenuEntry]:
        answers = {
            pointer: waiting
            for pointer, results in findings.answers().items()
            if (waiting := [result for result in results if pointer in self.session.to_answer(result)])
        }
        if answers:
            yield MenuEntry("", literal(Heading.MISSING, "bold"), heading=True)
        for pointer, results in answers.items():
            blocking = any(result.severity is Severity.BLOCKING for result in results)
            needed = ", ".join(dict.fromkeys(result.rule for result in results))
            detail = Content("\n").join(
                [literal(self.session.title_of(pointer), "bold"), literal(f"{Label.NEEDED_BY} {needed}.", "$muted")]
            )
            optional = all(result.rule in self.session.optional_rules for result in results)
            label = literal("optional" if optional else "answer" if blocking else "later", "$muted")
            yield MenuEntry(f"field:{pointer}", label, detail, Symbol("?", "$warning"))

    @property
    def rule_here(self) -> str | None:
        """The id of the rule one stands on, None where it is another entry."""
        kind, _, target = self.menu.here.id.partition(":") if self.menu.here else ("", "", "")
        return target if kind == "rule" else None

    @property
    def place_here(self) -> str:
        """The place of the answer one stands on, empty where it is another entry."""
        kind, _, target = self.menu.here.id.partition(":") if self.menu.here else ("", "", "")
        return target if kind == "field" else ""

    def action_of(self, entry: MenuEntry) -> str:
        """The action of the work that an entry stands for."""
        kind, _, target = entry.id.partition(":")
        if kind == "change":
            return "smallest_change"
        return f"find({target!r})" if kind == "field" else f"follow({target!r})"

    @on(Menu.Chosen)
    def _chosen(self, message: Menu.Chosen) -> None:
        message.stop()
        self.post_message(ActionRequest(self.action_of(message.entry)))


def _entries(heading: str, results: Sequence[Result]) -> Iterator[MenuEntry]:
    if results:
        yield MenuEntry("", literal(f"{heading}", "bold"), heading=True)
    for result in results:
        yield MenuEntry(
            f"rule:{result.rule}", literal(result.rule, "bold"), result_words(result), result_symbol(result)
        )


def result_words(result: Result) -> Content:
    """What a rule says, how to fix it, and its source."""
    lines = [literal(result.title, "bold" if result.status not in (Status.PASS, Status.NOT_APPLICABLE) else "")]
    if result.message:
        lines.append(literal(result.message))
    if result.fix:
        lines.append(Content.assemble((f"{Label.FIX}: ", "bold"), literal(result.fix)))
    if result.status not in (Status.PASS, Status.NOT_APPLICABLE):
        source = f"{Label.SOURCE}: {result.source.document}, {cited(result.source.section, result.source.authority)}"
        lines.append(literal(source, "$muted"))
        lines.append(Content(""))
    return Content("\n").join(lines)
