"""The task list: every page with how far it is, and what comes after them."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from mpfcheck.drafting.progress import PageState
from mpfcheck.drafting.session import Session
from mpfcheck.wizard.marks import Mark, page_mark, page_words
from mpfcheck.wizard.views.sheet import Turn
from mpfcheck.wizard.visible import said
from mpfcheck.wizard.widgets.menu import Entry, Menu

__all__ = ["OVERVIEW", "OverviewView"]

OVERVIEW = "overview"
CALL = "change_call"
_FURTHER = (
    ("review", "Check your answers", "all of them on one page"),
    ("result", "The result", "the verdict, what must change, and why"),
    ("export", "Export", "the proposal, or the report as a file"),
    (CALL, "Change the call", "while no answer depends on it"),
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
            (session.form.title, "bold $accent"), (f"   {done} of {len(progress)} pages complete", "$muted")
        )
        self._title.update(Content("\n").join([title, said(session.form.intro)]))
        entries = [
            Entry(
                page.id,
                said(f"{number}. {page.title}", "bold"),
                said(page_words(one), "$error" if one.problems else "$muted"),
                page_mark(one),
            )
            for number, (page, one) in enumerate(progress, 1)
        ]
        entries.append(Entry("", Content(""), heading=True))
        entries += [
            Entry(name, said(label, "bold"), said(words, "$muted"), Mark("›", "$accent"))
            for name, label, words in _FURTHER
        ]
        self.menu.show(entries)

    def stand_on(self, page_id: str) -> None:
        """Stand on a page."""
        self.menu.stand_on(page_id)

    def focus_on(self, pointer: str | None) -> bool:
        """Go to the list."""
        self.screen.set_focus(self.menu, scroll_visible=False)
        return True

    def action_of(self, entry: Entry) -> str:
        """The action of the work that an entry stands for."""
        return CALL if entry.id == CALL else f"go({entry.id!r})"

    @on(Menu.Chosen)
    def _chosen(self, message: Menu.Chosen) -> None:
        message.stop()
        self.post_message(Turn(self.action_of(message.entry)))
