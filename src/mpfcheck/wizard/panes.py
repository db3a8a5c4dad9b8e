"""The panes of the work on a draft: the pages at the left, a view in the middle, the status at the right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from textual.app import ComposeResult
from textual.containers import Container, Horizontal

from mpfcheck.checking.report import Status
from mpfcheck.drafting.session import Session
from mpfcheck.forms.form import Page
from mpfcheck.wizard.lists import OVERVIEW, RESULT, REVIEW, OverviewView, ResultView, ReviewView
from mpfcheck.wizard.sheets import ITEM_VIEW, ItemView, PageView, Sheet, page_view_id
from mpfcheck.wizard.widgets.bars import Rail, Stop
from mpfcheck.wizard.widgets.group_box import GroupBox, SpaceButton
from mpfcheck.wizard.widgets.status_pane import StatusPane

__all__ = ["Panes", "View"]

View: TypeAlias = OverviewView | PageView | ItemView | ReviewView | ResultView


class Panes(Horizontal):
    """Makes each view at the first visit, and goes from view to view. Only what changed is drawn again.

    ``changed`` are the rules that the last answer changed, each with its status before; they are pointed out.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(id="panes")
        self.session = session
        self.rail = Rail()
        self.status = StatusPane(session)
        self.view_id = OVERVIEW
        self.changed: Mapping[str, Status] = {}
        self._middle = Container(id="middle")
        self._views: dict[str, View] = {}

    def compose(self) -> ComposeResult:
        """Put the panes beside each other."""
        yield self.rail
        yield self._middle
        yield self.status

    @property
    def view(self) -> View:
        """The view in the middle."""
        return self._views[self.view_id]

    @property
    def page(self) -> Page | None:
        """The page one is on, also while at one of its items."""
        view = self._views.get(self.view_id)
        return view.page if isinstance(view, PageView | ItemView) else None

    async def open(self, view_id: str, pointer: str | None = None) -> None:
        """Go to a view, and to a field on it."""
        self.remember_focus()
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
        self.status.leave()
        self.show()
        if not self.view.focus_on(pointer):
            self.view.focus_on(None)

    async def open_item(self, item: str, pointer: str | None = None) -> None:
        """Go to an item of a group, and to a field of it."""
        location, shown = self.session.locate(item), self.session.item(item)
        if location is None or location.group is None or shown is None:
            return
        self.remember_focus()
        self._drop_item()
        view = ItemView(self.session, location.page, location.group, shown)
        self._views[ITEM_VIEW] = view
        view.display = False
        await self._middle.mount(view)
        await self.open(ITEM_VIEW, pointer)

    def _drop_item(self) -> None:
        view = self._views.pop(ITEM_VIEW, None)
        if view is not None:
            view.display = False
            view.remove()

    def remember_focus(self) -> None:
        """Remember the field one is in, to come back to.

        Never the button that says there are none: coming back, a blank would press it. Its group is entered anew.
        """
        view, focused = self._views.get(self.view_id), self.screen.focused
        if isinstance(view, Sheet) and focused is not None and view in focused.ancestors:
            group = next((part for part in focused.ancestors if isinstance(part, GroupBox)), None)
            view.last_focus = group.entrance if group is not None and isinstance(focused, SpaceButton) else focused

    def _make(self, view_id: str) -> View:
        if view_id == OVERVIEW:
            return OverviewView(self.session)
        if view_id == REVIEW:
            return ReviewView(self.session)
        if view_id == RESULT:
            return ResultView(self.session)
        page = self.session.form.page(view_id.removeprefix("page-"))
        stops = self.stops()
        number = next((number for number, stop in enumerate(stops) if stop.id == view_id), 0)
        before, after = stops[number - 1], stops[number + 1]
        # Onwards first: it is what Enter comes to after the last question.
        return PageView(self.session, page, [(f"{after.title} ›", "turn(1)"), (f"‹ {before.title}", "turn(-1)")])

    def stops(self) -> list[Stop]:
        """Where Page Down leads, in order: the list of pages, the pages, the review, the result."""
        session = self.session
        pages = [Stop(page_view_id(page), page.title, session.progress(page)) for page in session.pages()]
        later = [Stop(REVIEW, "Check your answers"), Stop(RESULT, "Result")]
        return [Stop(OVERVIEW, "All pages"), *pages, *later]

    def show(self) -> None:
        """Show the answers and the report as they are now."""
        view = self.view
        if isinstance(view, ItemView):
            if not view.refresh_answers():
                self.call_later(self.open, page_view_id(view.page))
                return
        else:
            view.refresh_answers()
        self.status.show(self.page, self.changed)
        # The verdict first; how far all pages are takes longer to find out, and is looked at later.
        self.call_after_refresh(self._show_rail)

    def show_ahead(self) -> None:
        """Show what was found out about the draft as it is."""
        self.status.show_ahead()
        if isinstance(self.view, ResultView):
            self.view.refresh_answers()

    def _show_rail(self) -> None:
        if self._views and self.rail.is_on_screen:
            self.rail.show(self.stops(), page_view_id(self.page) if self.page else self.view_id)

    def on_resize(self) -> None:
        """Show beside the page what there is room for now."""
        if self._views:
            self.call_after_refresh(self._show_rail)

    def enter_status(self) -> None:
        """Go to the status; on narrow screens it takes the place of the view."""
        self.remember_focus()
        self.add_class("-status")
        self.status.enter()

    def leave_status(self) -> bool:
        """Go back from the status to the view; false where one was not at the status."""
        if not self.has_class("-status"):
            return False
        self.remove_class("-status")
        self.status.leave()
        self.view.focus_on(None)
        return True
