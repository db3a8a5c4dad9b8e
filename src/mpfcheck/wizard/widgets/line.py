"""One line of text."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widgets import Input

from mpfcheck.wizard.visible import visible

__all__ = ["Line", "OneLine", "Typed", "in_one_line"]


class Typed(Message):
    """Somebody left a field, or pressed Enter in it (``onwards``), with this text."""

    def __init__(self, text: str, *, onwards: bool) -> None:
        super().__init__()
        self.text = text
        self.onwards = onwards


def in_one_line(text: str) -> str:
    """The lines of a text in one, joined by blanks: no word of it is lost, and none grows together with another."""
    return " ".join(line for part in text.splitlines() if (line := part.strip()))


class OneLine(Input):
    """An input that takes all lines of what is pasted, not the first only."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = in_one_line(event.text)
        if self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *self.selection)


class Line(OneLine):
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
