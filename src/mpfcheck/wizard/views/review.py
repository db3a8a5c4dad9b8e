"""Check your answers: all of them, each with a way back to its question."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from mpfcheck.drafting.session import Session
from mpfcheck.drafting.summary import Line, no_longer_asked, summary_of
from mpfcheck.wizard.marks import Mark
from mpfcheck.wizard.views.sheet import Turn
from mpfcheck.wizard.visible import said
from mpfcheck.wizard.widgets.menu import Entry, Menu

__all__ = ["REVIEW", "ReviewView"]

REVIEW = "review"
_OPEN = Mark("?", "$warning")


class ReviewView(VerticalScroll, can_focus=False):
    """Every answer on one page."""

    def __init__(self, session: Session) -> None:
        super().__init__(id=REVIEW)
        self.session = session
        self.menu = Menu(label_width=30)

    def compose(self) -> ComposeResult:
        """Put the list below its title."""
        words = "Enter, or a click, leads to the question; Page Down from there goes on from page to page."
        title = Content.assemble(("Check your answers", "bold $accent"))
        yield Static(Content("\n").join([title, said(words)]), classes="title", markup=False)
        yield self.menu
        self.refresh_answers()

    def refresh_answers(self) -> None:
        """Show the answers there are now."""
        self.menu.show(tuple(self._entries()))

    def focus_on(self, pointer: str | None) -> bool:
        """Go to the list."""
        self.screen.set_focus(self.menu, scroll_visible=False)
        return True

    def _entries(self) -> Iterator[Entry]:
        for page in summary_of(self.session):
            yield Entry("", said(page.page.title, "bold"), heading=True)
            for line in page.lines:
                yield _entry(line)
        unasked = no_longer_asked(self.session)
        if unasked:
            words = "Kept, but no longer asked: what you answered elsewhere has changed. These still count"
            yield Entry("", said(words, "bold $warning"), heading=True)
            for line in unasked:
                yield _entry(line)

    def action_of(self, entry: Entry) -> str:
        """The action of the work that an entry stands for."""
        return f"find({entry.id!r})"

    @on(Menu.Chosen)
    def _chosen(self, message: Menu.Chosen) -> None:
        message.stop()
        self.post_message(Turn(self.action_of(message.entry)))


def _entry(line: Line) -> Entry:
    label = said("  " * line.level + line.label, "$foreground" if line.answer or line.level else "bold")
    if not line.answer:
        return Entry(line.pointer, label)
    if not line.open:
        return Entry(line.pointer, label, said(line.answer))
    if line.optional:
        return Entry(line.pointer, label, said(f"{line.answer}, optional", "$muted"))
    return Entry(line.pointer, label, said(line.answer, "$warning"), _OPEN)
