"""What is laid over the work: a title, something in the middle, and Esc closes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from mpfcheck.wizard.widgets.links import Link, Links

__all__ = ["Overlay"]

T = TypeVar("T")

_LEAST = 3
"""Lines that what scrolls has in any case."""


class Overlay(ModalScreen[T]):
    """A modal screen with a title and words on how to close it. Esc closes it without any answer; it never quits."""

    BINDINGS = [Binding("escape", "close", "Close", show=False)]
    title_words: str = ""

    def links(self) -> Iterable[Link]:
        """The words below: keys and what they do."""
        return (Link("Esc", "close", "screen.close"),)

    def body(self) -> Iterable[Widget]:
        """What stands in the middle."""
        return ()

    def compose(self) -> ComposeResult:
        """Put title, middle and words below each other."""
        with Vertical(classes="overlay"):
            yield Static(Content.styled(self.title_words, "bold $accent"), classes="overlay-title", markup=False)
            yield from self.body()
            yield Links(self.links(), classes="overlay-keys")

    def on_resize(self) -> None:
        """Leave room for the words on how to close it, however long the rest is."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        for scroll in self.query(VerticalScroll):
            box = scroll.parent
            if isinstance(box, Vertical):
                others = sum(child.outer_size.height + child.styles.margin.height for child in box.children)
                others -= scroll.outer_size.height
                scroll.styles.max_height = max(_LEAST, self.size.height * 9 // 10 - box.gutter.height - others)

    def on_click(self, event: object) -> None:
        """A click beside it closes it."""
        if getattr(event, "widget", None) is self:
            self.action_close()

    def action_close(self) -> None:
        """Close it."""
        self.dismiss(None)
