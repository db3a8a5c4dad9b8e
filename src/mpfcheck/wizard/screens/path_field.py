"""A path, suggested and open to change."""

from __future__ import annotations

import os
from collections.abc import Iterable

from textual import on
from textual.actions import SkipAction
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from mpfcheck.drafting.store.trouble import printable
from mpfcheck.wizard.screens.overlay import Overlay
from mpfcheck.wizard.visible import said
from mpfcheck.wizard.widgets.line import Line, Typed
from mpfcheck.wizard.widgets.links import Link
from mpfcheck.wizard.widgets.menu import Entry, Menu

__all__ = ["PathField", "offered"]


_MOST = 8
"""How many files and folders are shown; typing more of the name finds the others."""


class PathField(Overlay[str]):
    """Asks for the path of a file; None where it is closed.

    With ``offers``, the JSON files of the folder of what is typed are listed below, and the folders to look in.
    """

    BINDINGS = [Binding("down", "to_list", show=False)]

    def __init__(self, title: str, path: str, button: str, words: str = "", *, offers: bool = False) -> None:
        super().__init__()
        self._offers = offers
        self._menu = Menu(label_width=60)
        self.title_words = title
        self._words = words
        self._line = Line(path)
        self._button = button

    def links(self) -> Iterable[Link]:
        """How to go on."""
        take = Link("Enter", self._button.lower(), "screen.take")
        down = [Link("↓", "to the files", "screen.to_list")] if self._offers else []
        return (take, *down, Link("Esc", "close", "screen.close"))

    def body(self) -> Iterable[Widget]:
        """The words, the path, the button."""
        if self._words:
            yield Static(said(self._words), classes="words", markup=False)
        yield self._line
        if self._offers:
            yield self._menu
        yield Button(Content(self._button), compact=True)

    def on_mount(self) -> None:
        """Go to the path."""
        self._line.focus()
        self._line.cursor_position = len(self._line.value)
        self._offer()

    def _offer(self) -> None:
        """List what there is in the folder of what is typed."""
        if self._offers:
            self._menu.show([Entry(path, said(words)) for path, words in offered(self._line.value)])
            self._menu.display = bool(self._menu.entries)

    def action_to_list(self) -> None:
        """Go to the files."""
        if self._menu.display and self._offers and not self._menu.has_focus:
            self._menu.focus()
        else:
            raise SkipAction

    @on(Menu.Chosen)
    def _chosen(self, message: Menu.Chosen) -> None:
        message.stop()
        chosen = message.entry.id
        if not chosen.endswith(os.sep):
            self.dismiss(chosen)
            return
        self._line.value = chosen
        self._line.cursor_position = len(chosen)
        self._line.focus()
        self._offer()

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
        self._offer()

    def action_take(self) -> None:
        """Take the path."""
        self.dismiss(self._line.value.strip() or None)


def offered(typed: str) -> list[tuple[str, str]]:
    """The JSON files and the folders that a typed path may lead to: each path, and what it is called; folders last.

    The path of a folder ends in a separator.
    """
    folder, start = os.path.split(os.path.expanduser(typed))
    try:
        names = sorted(os.listdir(folder or os.curdir))
    except OSError:
        return []
    names = [name for name in names if not name.startswith(".") and name.casefold().startswith(start.casefold())]
    folders = [name for name in names if os.path.isdir(os.path.join(folder, name))]
    files = [name for name in names if name.casefold().endswith(".json") and name not in folders]
    found = [(os.path.join(folder, name), printable(name)) for name in files]
    found += [(os.path.join(folder, name, ""), f"{printable(name)}{os.sep}") for name in folders]
    return found[:_MOST]
