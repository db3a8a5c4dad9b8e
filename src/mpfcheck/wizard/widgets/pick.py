"""A choice from a list too long to show: what was chosen, and the way to the list."""

from __future__ import annotations

from textual import events
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from mpfcheck.wizard.visible import visible
from mpfcheck.wizard.widgets.line import in_one_line

__all__ = ["Pick"]


class Pick(Widget, can_focus=True):
    """Opens a searchable list with Enter, Space, a click, or by typing what to look for."""

    BINDINGS = [
        Binding("enter,space", "open", "Open the list", show=False),
        Binding("delete,backspace", "clear", "Take the answer away", show=False),
    ]

    shown = reactive("", layout=True)

    class Opened(Message):
        """The list is wanted, and ``typed`` is looked for in it."""

        def __init__(self, typed: str) -> None:
            super().__init__()
            self.typed = typed

    class Cleared(Message):
        """The answer was taken away."""

    def __init__(self, empty: str, *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._empty = empty

    def show(self, shown: str) -> None:
        """Show what was chosen; empty where nothing was."""
        self.shown = shown

    def render(self) -> RenderResult:
        """Draw what was chosen, and the sign of a list."""
        text = Content(visible(self.shown)) if self.shown else Content.styled(self._empty, "$muted")
        return Content.assemble(("▾ ", "$accent"), text)

    def on_click(self) -> None:
        """Open the list."""
        self.action_open()

    def on_key(self, event: events.Key) -> None:
        """Open the list and look for what was typed."""
        if event.character and event.character.isalnum():
            event.stop()
            self.post_message(self.Opened(event.character))

    def on_paste(self, event: events.Paste) -> None:
        """Open the list and look for what was pasted."""
        event.stop()
        self.post_message(self.Opened(in_one_line(event.text)))

    def action_open(self) -> None:
        """Open the list."""
        self.post_message(self.Opened(""))

    def action_clear(self) -> None:
        """Take the answer away."""
        if self.shown:
            self.post_message(self.Cleared())
