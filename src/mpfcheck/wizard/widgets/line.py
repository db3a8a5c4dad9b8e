"""One line of text."""

from __future__ import annotations

from rich.text import Text
from textual.message import Message
from textual.widgets import Input

from mpfcheck.wizard.visible import visible

__all__ = ["Line", "Typed"]


class Typed(Message):
    """Somebody left a field, or pressed Enter in it (``onwards``), with this text."""

    def __init__(self, text: str, *, onwards: bool) -> None:
        super().__init__()
        self.text = text
        self.onwards = onwards


class Line(Input):
    """An input for text of any kind: what it means is for the session to say, when it is left."""

    def __init__(self, text: str, *, classes: str = "") -> None:
        super().__init__(value=text, compact=True, select_on_focus=False, classes=classes)
        self.taken = text
        self.cursor_blink = False

    def show(self, text: str) -> None:
        """Show what the session has."""
        self.taken = text
        if self.value != text:
            self.value = text
            self.cursor_position = len(text)

    @property
    def changed(self) -> bool:
        """Whether something was typed that the session has not been told."""
        return self.value != self.taken

    def revert(self) -> None:
        """Take back what was typed."""
        self.show(self.taken)

    @property
    def _value(self) -> Text:
        return Text(visible(self.value), no_wrap=True, overflow="ignore", end="")

    def on_blur(self) -> None:
        """Tell what was typed."""
        if self.changed:
            self.post_message(Typed(self.value, onwards=False))

    async def action_submit(self) -> None:
        """Tell what was typed, and go on."""
        self.post_message(Typed(self.value, onwards=True))
