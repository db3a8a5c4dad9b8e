"""One item of a group, on a sheet of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from mpfcheck.drafting.asked import AskedItem
from mpfcheck.drafting.session import Session
from mpfcheck.forms.form import Group, Page
from mpfcheck.wizard.views.sheet import Sheet
from mpfcheck.wizard.visible import said

__all__ = ["ITEM_VIEW", "ItemView"]

ITEM_VIEW = "item"


class ItemView(Sheet):
    """The questions about one item."""

    def __init__(self, session: Session, page: Page, group: Group, item: AskedItem) -> None:
        # Another item is opened before the view of this one has quite gone.
        super().__init__(session, item.questions, None)
        self.page = page
        self.group = group
        self.item = item
        self._title = Static(markup=False, classes="title")

    def head(self) -> Iterable[Widget]:
        """What it is, and of how many."""
        yield self._title
        self._draw_title()

    def turns(self) -> Sequence[tuple[str, str]]:
        """Done, another one, or not this one after all."""
        noun = self.group.noun
        return ("✓ Done", "item_done(True)"), (f"+ Another {noun}", "item_another"), ("Delete", "item_delete")

    def refresh_answers(self) -> bool:
        """Show what stands there now; false where the item is gone."""
        item = self.session.item(self.item.pointer)
        if item is None:
            return False
        self.item = item
        self._draw_title()
        self.show_asked(item.questions)
        return True

    def _draw_title(self) -> None:
        noun = self.group.noun
        total = len(self.session.group(self.item.pointer.rpartition("/")[0]).items)
        place = f"{self.page.title} › {noun} {self.item.number} of {total}"
        self._title.update(Content("\n").join([said(place, "$muted"), said(self.item.title, "bold $accent")]))
