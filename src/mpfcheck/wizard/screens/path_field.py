"""A path, suggested and open to change."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from mpfcheck.wizard.screens.overlay import Overlay
from mpfcheck.wizard.visible import said
from mpfcheck.wizard.widgets.line import Line, Typed
from mpfcheck.wizard.widgets.links import Link

__all__ = ["PathField"]


class PathField(Overlay[str]):
    """Asks for the path of a file; None where it is closed."""

    def __init__(self, title: str, path: str, button: str, words: str = "") -> None:
        super().__init__()
        self.title_words = title
        self._words = words
        self._line = Line(path)
        self._button = button

    def links(self) -> Iterable[Link]:
        """How to go on."""
        return (Link("Enter", self._button.lower(), "screen.take"), Link("Esc", "close", "screen.close"))

    def body(self) -> Iterable[Widget]:
        """The words, the path, the button."""
        if self._words:
            yield Static(said(self._words), classes="words", markup=False)
        yield self._line
        yield Button(Content(self._button), compact=True)

    def on_mount(self) -> None:
        """Go to the path."""
        self._line.focus()
        self._line.cursor_position = len(self._line.value)

    @on(Typed)
    def _typed(self, message: Typed) -> None:
        message.stop()
        if message.onwards:
            self.action_take()

    @on(Button.Pressed)
    def _pressed(self, message: Button.Pressed) -> None:
        message.stop()
        self.action_take()

    @on(Input.Changed)
    def _changed(self, message: Input.Changed) -> None:
        message.stop()

    def action_take(self) -> None:
        """Take the path."""
        self.dismiss(self._line.value.strip() or None)
