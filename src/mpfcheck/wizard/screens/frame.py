"""The frame of the work: what is where on the screen, and how one goes from view to view."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widget import Widget

from mpfcheck.checking.report import Status
from mpfcheck.forms.form import Page
from mpfcheck.wizard.lists import OVERVIEW, RESULT, REVIEW, OverviewView, ResultView, ReviewView
from mpfcheck.wizard.scrolling import InView
from mpfcheck.wizard.sheets import ITEM_VIEW, ItemView, PageView, Sheet, page_view_id
from mpfcheck.wizard.widgets.bars import KeyBar, Link, Rail, Stop, TopLine
from mpfcheck.wizard.widgets.status_pane import StatusPane, counts

if TYPE_CHECKING:
    from mpfcheck.drafting.session import Session

__all__ = ["Frame", "View"]

View: TypeAlias = OverviewView | PageView | ItemView | ReviewView | ResultView

KEYS = (
    Link("PgDn", "next", "screen.turn(1)"),
    Link("PgUp", "back", "screen.turn(-1)"),
    Link("F1", "explain", "screen.explain"),
    Link("F2", "status", "screen.status"),
    Link("F3", "pages", "screen.go('overview')"),
    Link("^P", "find", "screen.palette"),
    Link("F10", "leave", "screen.leave"),
    Link("^Z", "undo", "screen.undo"),
    Link("F4", "check answers", "screen.go('review')"),
    Link("F5", "result", "screen.go('result')"),
    Link("F6", "export", "screen.go('export')"),
)


class Frame(InView[str]):
    """Top line, pages at the left, the view in the middle, standing at the right, keys below."""

    AUTO_FOCUS = None
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (98, "-two"), (126, "-three")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.top = TopLine()
        self.rail = Rail()
        self.status_pane = StatusPane(self._short_title, lambda result: self.session.to_answer(result))
        self.keys = KeyBar(KEYS)
        self._middle = Container(id="middle")
        self._views: dict[str, View] = {}
        self.view_id = OVERVIEW
        self.was: dict[str, Status] = {}

    def compose(self) -> ComposeResult:
        """Put the panes beside each other."""
        yield self.top
        with Horizontal(id="panes") as panes:
            yield self.rail
            yield self._middle
            yield self.status_pane
        self.watch_in_view(panes)
        yield self.keys

    @property
    def view(self) -> View:
        """What stands in the middle."""
        return self._views[self.view_id]

    @property
    def page(self) -> Page | None:
        """The page one is on, also while at one of its items."""
        view = self._views.get(self.view_id)
        return view.page if isinstance(view, PageView | ItemView) else None

    async def open_view(self, view_id: str, pointer: str | None = None) -> None:
        """Go to a view, making it at the first visit, and to a field on it."""
        self._remember_focus()
        if view_id not in self._views:
            view = self._make(view_id)
            self._views[view_id] = view
            await self._middle.mount(view)
        if self.view_id == ITEM_VIEW and view_id != ITEM_VIEW:
            self._drop_item()
        self.view_id = view_id
        for other_id, other in self._views.items():
            if other.display != (other_id == view_id):
                other.display = other_id == view_id
        self.set_class(view_id == OVERVIEW, "-home")
        self.set_class(view_id == RESULT, "-result")
        self.remove_class("-status")
        self.status_pane.leave()
        self.show_all()
        if not self.view.focus_on(pointer):
            self.view.focus_on(None)

    async def open_item(self, place: str, pointer: str | None = None) -> None:
        """Go to an item of a group."""
        location = self.session.locate(place)
        item = self.session.item(place)
        if location is None or location.group is None or item is None:
            return
        self._remember_focus()
        self._drop_item()
        view = ItemView(self.session, location.page, location.group, item)
        self._views[ITEM_VIEW] = view
        view.display = False
        await self._middle.mount(view)
        await self.open_view(ITEM_VIEW, pointer)

    def _drop_item(self) -> None:
        view = self._views.pop(ITEM_VIEW, None)
        if view is not None:
            view.display = False
            view.remove()

    def _remember_focus(self) -> None:
        view = self._views.get(self.view_id)
        if isinstance(view, Sheet) and self.focused is not None and view in self.focused.ancestors:
            view.last_focus = self.focused

    def _make(self, view_id: str) -> View:
        if view_id == OVERVIEW:
            return OverviewView(self.session)
        if view_id == REVIEW:
            return ReviewView(self.session)
        if view_id == RESULT:
            return ResultView(self.session)
        page = self.session.form.page(view_id.removeprefix("page-"))
        return PageView(self.session, page, self._turns(page))

    def _turns(self, page: Page) -> list[tuple[str, str]]:
        stops = self.stops()
        number = next((number for number, stop in enumerate(stops) if stop.id == page_view_id(page)), 0)
        before, after = stops[number - 1], stops[number + 1]
        # Onwards first: it is what Enter comes to after the last question.
        return [(f"{after.title} ›", "turn(1)"), (f"‹ {before.title}", "turn(-1)")]

    def stops(self) -> list[Stop]:
        """Where Page Down leads, in order: the task list, the pages, the review, the result."""
        session = self.session
        pages = [Stop(page_view_id(page), page.title, session.progress(page)) for page in session.pages()]
        later = [Stop(REVIEW, "Check your answers"), Stop(RESULT, "The result")]
        return [Stop(OVERVIEW, "All pages"), *pages, *later]

    def show_all(self) -> None:
        """Show what is said now, everywhere it is shown; only what changed is drawn."""
        session = self.session
        if isinstance(self.view, ItemView):
            if not self.view.refresh_answers():
                self.call_later(self.open_view, page_view_id(self.view.page))
                return
        else:
            self.view.refresh_answers()
        if isinstance(self.view, OverviewView | ReviewView | ResultView):
            touching, heading = session.results(), "All rules of the call"
        else:
            touching, heading = session.touching(self.view.page), f"Rules that read this page: {self.view.page.title}"
        self.status_pane.show(session.verdict, touching, session.results(), self.was, heading, session.spared)
        self.show_top()
        # The verdict first; how far all pages are takes longer to find out, and is looked at later.
        self.call_after_refresh(self.show_rail)

    def _short_title(self, pointer: str) -> str:
        """What a field is called, without the name of its page."""
        location = self.session.locate(pointer)
        if location is None:
            return self.session.title_of(pointer)
        asked = location.question or location.group
        title = asked.title if asked else ""
        item = self.session.item(location.item) if location.item else None
        return f"{title} of {item.title}" if item else title

    def show_rail(self) -> None:
        """Show how far the pages are, where there is room for it."""
        if self.rail.is_on_screen:
            self.rail.show(self.stops(), page_view_id(self.page) if self.page else self.view_id)

    def on_resize(self) -> None:
        """Show beside the page what there is room for now."""
        if self._views:
            self.call_after_refresh(self.show_rail)

    def show_top(self) -> None:
        """Show the first line."""
        session = self.session
        title = session.document.get("title")
        name = " ".join(title.split()) if isinstance(title, str) and title.strip() else "New proposal"
        self.top.show(name, session.verdict, counts(session.report.results, session.spared), self.saved_words())

    def saved_words(self) -> str:
        """Whether all is saved, in a word or two."""
        return ""

    def focus_chain_of(self, widget: Widget) -> list[Widget]:
        """What can be focused inside a widget, in order."""
        return [one for one in self.focus_chain if widget in one.ancestors]
