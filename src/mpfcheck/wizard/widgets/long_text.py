"""Several lines of text."""

from __future__ import annotations

from rich.text import Text
from textual.binding import Binding
from textual.widgets import TextArea

from mpfcheck.wizard.visible import visible
from mpfcheck.wizard.widgets.line import Typed

__all__ = ["LongText"]


class LongText(TextArea):
    """A text area; Tab leaves it, as it leaves every field."""

    BINDINGS = [Binding("ctrl+z", "undo", show=False), Binding("ctrl+y", "redo", show=False)]

    def __init__(self, text: str, lines: int, *, classes: str = "") -> None:
        super().__init__(
            text, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, compact=True, classes=classes
        )
        self._shown = text
        # Line ends are of one kind here, whatever they were: only what is typed is a change.
        self._loaded = self.text
        self.cursor_blink = False
        self.styles.height = lines

    def show(self, text: str) -> None:
        """Show what the session has."""
        if text not in (self.text, self._shown):
            self.load_text(text)
        self._shown = text
        self._loaded = self.text

    @property
    def value(self) -> str:
        """What stands there."""
        return self.text

    @property
    def changed(self) -> bool:
        """Whether something was typed that the session has not been told."""
        return self.text != self._loaded

    def revert(self) -> None:
        """Take back what was typed."""
        self.load_text(self._shown)
        self._loaded = self.text

    def get_line(self, line_index: int) -> Text:
        """A line, with what cannot be shown made visible."""
        return Text(visible(self.document.get_line(line_index)), end="")

    def on_blur(self) -> None:
        """Tell what was typed."""
        if self.changed:
            self.post_message(Typed(self.text, onwards=False))

    def action_undo(self) -> None:
        """Undo what was typed here; where nothing was, the last answer."""
        if self.changed:
            super().action_undo()
        else:
            self.screen.call_later(self.screen.run_action, "undo")
