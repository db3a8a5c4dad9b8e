"""The result: the verdict in words, what must change, what is missing, what a person will judge, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from mpfcheck.checking.report import Result, Severity, Status
from mpfcheck.drafting.reading import field_of
from mpfcheck.drafting.session import Session
from mpfcheck.report.sections import Sections
from mpfcheck.report.wording import DISCLAIMER
from mpfcheck.wizard.marks import Mark, mark_of, verdict_mark, verdict_meaning, verdict_words
from mpfcheck.wizard.views.sheet import Turn
from mpfcheck.wizard.visible import said
from mpfcheck.wizard.widgets.field import complaint_words
from mpfcheck.wizard.widgets.marked import Marked
from mpfcheck.wizard.widgets.menu import Entry, Menu
from mpfcheck.wizard.widgets.standing import counts

__all__ = ["RESULT", "ResultView", "result_words"]

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
        yield Static(said(DISCLAIMER, "$muted"), classes="disclaimer", markup=False)
        self.refresh_answers()

    def refresh_answers(self) -> None:
        """Show what the rules say now."""
        session = self.session
        mark = verdict_mark(session.verdict)
        lines = [said(verdict_words(session.verdict), f"bold {mark.style}")]
        if meaning := verdict_meaning(session.verdict):
            lines.append(said(meaning))
        lines.append(said(counts(session.report.results, session.spared), "$muted"))
        lines.append(said("Enter, or a click, leads to the question; F1 says why.", "$muted"))
        self._verdict.update(Marked(mark, Content("\n").join(lines)))
        self.menu.show(tuple(self._entries()))

    def focus_on(self, pointer: str | None) -> bool:
        """Go to the list."""
        self.screen.set_focus(self.menu, scroll_visible=False)
        return True

    def _entries(self) -> Iterator[Entry]:
        sections = Sections(self.session.report)
        yield from self._problems()
        yield from _entries("What must change", sections.must_change)
        yield from _entries("What could not be worked out: a fault of the rules, not yours", sections.broken)
        yield from self._missing(sections)
        yield from _entries("What to look at again, though it does not block", sections.look_again)
        yield from _entries("What a person will judge", sections.to_judge)
        yield from _entries("What holds", sections.passed)
        yield from _entries("What does not apply here", sections.apart)

    def _problems(self) -> Iterator[Entry]:
        """What does not fit, in the words that stand at its question, then what is odd."""
        session, problems = self.session, self.session.report.problems
        wrong = [problem for problem in problems if problem.severity is Severity.BLOCKING]
        odd = [problem for problem in problems if problem.severity is not Severity.BLOCKING]
        for heading, some, label, mark in (
            ("Answers that do not fit", wrong, "correct", Mark("✗", "$error")),
            ("What stands out in the file", odd, "look", Mark("!", "$warning")),
        ):
            if some:
                yield Entry("", said(heading, "bold"), heading=True)
            for problem in some:
                asked = session.at(field_of(problem.pointer))
                complaint = asked.complaint if asked else None
                words = complaint_words(complaint) if complaint else f"{problem.message} {problem.hint}".rstrip()
                place = session.title_of(problem.pointer) or "The file"
                detail = Content("\n").join([said(place, "bold"), said(words), Content("")])
                yield Entry(f"field:{problem.pointer}", said(label, "$muted"), detail, mark)

    def _missing(self, sections: Sections) -> Iterator[Entry]:
        answers = {
            pointer: waiting
            for pointer, results in sections.answers().items()
            if (waiting := [result for result in results if pointer in self.session.to_answer(result)])
        }
        if answers:
            yield Entry("", said("What is missing", "bold"), heading=True)
        for pointer, results in answers.items():
            blocking = any(result.severity is Severity.BLOCKING for result in results)
            needed = ", ".join(dict.fromkeys(result.rule for result in results))
            detail = Content("\n").join(
                [said(self.session.title_of(pointer), "bold"), said(f"Needed by {needed}.", "$muted")]
            )
            optional = all(result.rule in self.session.spared for result in results)
            label = said("optional" if optional else "answer" if blocking else "later", "$muted")
            yield Entry(f"field:{pointer}", label, detail, Mark("?", "$warning"))

    def action_of(self, entry: Entry) -> str:
        """The action of the work that an entry stands for."""
        kind, _, target = entry.id.partition(":")
        return f"find({target!r})" if kind == "field" else f"follow({target!r})"

    @on(Menu.Chosen)
    def _chosen(self, message: Menu.Chosen) -> None:
        message.stop()
        self.post_message(Turn(self.action_of(message.entry)))


def _entries(heading: str, results: Sequence[Result]) -> Iterator[Entry]:
    if results:
        yield Entry("", said(f"{heading}", "bold"), heading=True)
    for result in results:
        yield Entry(f"rule:{result.rule}", said(result.rule, "bold"), result_words(result), mark_of(result))


def result_words(result: Result) -> Content:
    """What a rule says, how to mend it, and where it stands."""
    lines = [said(result.title, "bold" if result.status not in (Status.PASS, Status.NOT_APPLICABLE) else "")]
    if result.message:
        lines.append(said(result.message))
    if result.fix:
        lines.append(Content.assemble(("To mend it: ", "bold"), said(result.fix)))
    if result.status not in (Status.PASS, Status.NOT_APPLICABLE):
        source = f"Source: {result.source.document}, {result.source.section} ({result.source.authority})"
        lines.append(said(source, "$muted"))
        lines.append(Content(""))
    return Content("\n").join(lines)
