"""A question to the applicant about the work itself: what to do with a file, whether to leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from mpfcheck.wizard.screens.overlay import Overlay
from mpfcheck.wizard.visible import said
from mpfcheck.wizard.widgets.links import Link
from mpfcheck.wizard.widgets.menu import Entry, Menu

__all__ = ["Ask", "way"]


def way(entry_id: str, label: str, detail: str = "") -> Entry:
    """A way to go on: what it does, and what that means."""
    return Entry(entry_id, said(label, "bold"), said(detail, "$muted") if detail else None)


class Ask(Overlay[str]):
    """Words and ways to go on; the id of the way that is chosen, None where it is closed."""

    def __init__(self, title: str, words: str | Content, ways: Sequence[Entry], *, closing: str = "close") -> None:
        super().__init__()
        self.title_words = title
        self._words = said(words) if isinstance(words, str) else words
        self._menu = Menu(ways, label_width=26)
        self._words_to_close = closing

    def links(self) -> Iterable[Link]:
        """How to choose, and how to leave."""
        return (
            Link("↑ ↓", "move", "screen.noop"),
            Link("Enter", "choose", "screen.choose"),
            Link("Esc", self._words_to_close, "screen.close"),
        )

    def body(self) -> Iterable[Widget]:
        """The words, then the ways."""
        yield VerticalScroll(Static(self._words, markup=False, classes="words"), self._menu, can_focus=False)

    def on_mount(self) -> None:
        """Stand on the first way."""
        self._menu.focus()

    def action_choose(self) -> None:
        """Choose the way one stands on."""
        self._menu.action_choose()

    @on(Menu.Chosen)
    def _chosen(self, message: Menu.Chosen) -> None:
        message.stop()
        self.dismiss(message.entry.id)
