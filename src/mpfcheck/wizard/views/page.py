"""A page of the form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from mpfcheck.drafting.session import Session
from mpfcheck.forms.form import Page
from mpfcheck.wizard.views.sheet import Sheet
from mpfcheck.wizard.visible import said
from mpfcheck.wizard.widgets.figures import Figures

__all__ = ["PageView", "page_view_id"]


def page_view_id(page: Page) -> str:
    """The id of the view of a page."""
    return f"page-{page.id}"


class PageView(Sheet):
    """The questions of a page, and its figures before the groups."""

    def __init__(self, session: Session, page: Page, turns: Sequence[tuple[str, str]]) -> None:
        super().__init__(session, session.asked(page), page_view_id(page))
        self.page = page
        self._turns = tuple(turns)
        self._figures = Figures(session.figures(page)) if page.figures else None
        self._title = Static(markup=False, classes="title")

    def head(self) -> Iterable[Widget]:
        """The title and what the page is about."""
        yield self._title
        self.show_place()

    def show_place(self) -> None:
        """Say which page of how many this is."""
        pages = self.session.pages()
        number = pages.index(self.page) + 1 if self.page in pages else 0
        title = Content.assemble((self.page.title, "bold $accent"), (f"   page {number} of {len(pages)}", "$muted"))
        self._title.update(Content("\n").join([title, said(self.page.intro)]) if self.page.intro else title)

    def before_groups(self) -> Iterable[Widget]:
        """The figures."""
        return [self._figures] if self._figures is not None else []

    def turns(self) -> Sequence[tuple[str, str]]:
        """Back and onwards."""
        return self._turns

    def refresh_answers(self) -> None:
        """Show what stands there now."""
        self.show_asked(self.session.asked(self.page))
        if self._figures is not None:
            self._figures.show(self.session.figures(self.page))
