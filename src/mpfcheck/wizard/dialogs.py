"""What is laid over the work: a question, the path of a file, and the two sides of a conflict. Esc closes each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeVar

from textual import on
from textual.actions import SkipAction
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from mpfcheck.drafting.dialogues.steps import Choose, Confirm, EnterPath, EnterText, Notice, Reply, Settle, Step
from mpfcheck.drafting.store.errors import printable
from mpfcheck.wizard.text import literal
from mpfcheck.wizard.widgets.bars import Link, Links
from mpfcheck.wizard.widgets.inputs import Choices, Line, Option, TextEntered
from mpfcheck.wizard.widgets.menu import Menu, MenuEntry

__all__ = ["Ask", "ConflictScreen", "Overlay", "PathField", "offered", "show_step", "way"]

T = TypeVar("T")

LONG_NOTICE = 10
"""Seconds for which a notice of a dialogue is shown."""

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


def way(reply: Reply) -> MenuEntry:
    """A reply as an entry of a list: what it does, and what that means."""
    return MenuEntry(reply.id, literal(reply.label, "bold"), literal(reply.detail, "$muted") if reply.detail else None)


class Ask(Overlay[str]):
    """Words and ways to go on; the id of the way that is chosen, None where it is closed."""

    def __init__(self, title: str, words: str | Content, ways: Sequence[MenuEntry], *, closing: str = "close") -> None:
        super().__init__()
        self.title_words = title
        self._words = literal(words) if isinstance(words, str) else words
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


_MOST = 8
"""How many files and folders are shown; typing more of the name finds the others."""


class PathField(Overlay[str]):
    """Asks for the path of a file, or for a text on one line; None where it is closed.

    With ``offers``, the JSON files of the folder of what is typed are listed below, and the folders to look in. With
    ``empty``, nothing typed is an answer too.
    """

    BINDINGS = [Binding("down", "to_list", show=False)]

    def __init__(
        self, title: str, path: str, button: str, words: str = "", *, offers: bool = False, empty: bool = False
    ) -> None:
        super().__init__()
        self._offers = offers
        self._empty = empty
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
            yield Static(literal(self._words), classes="words", markup=False)
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
            self._menu.show([MenuEntry(path, literal(words)) for path, words in offered(self._line.value)])
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

    @on(TextEntered)
    def _typed(self, message: TextEntered) -> None:
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
        typed = self._line.value.strip()
        self.dismiss(typed if typed or self._empty else None)


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


class ConflictScreen(Overlay[Mapping[str, str]]):
    """One side of each field that was changed here and elsewhere; None where it is left for later.

    Nothing is chosen at first, and nothing is overwritten before all are.
    """

    def __init__(self, step: Settle) -> None:
        super().__init__()
        self.title_words = step.title
        self._step = step
        self._rows = {
            field.pointer: Choices([Option(side.id, f"{side.label}: {side.detail}") for side in field.sides])
            for field in step.fields
        }
        self._note = Static(classes="note", markup=False)

    def links(self) -> Iterable[Link]:
        """How to go on."""
        return (
            Link("Space", "choose", "screen.noop"),
            Link("Tab", "next", "screen.focus_next"),
            Link("Esc", "decide later", "screen.close"),
        )

    def body(self) -> Iterable[Widget]:
        """The words, each field with its sides, the button."""
        parts: list[Widget] = [Static(literal(self._step.text), classes="words", markup=False)]
        for field in self._step.fields:
            title = Static(literal(field.title, "bold"), classes="prompt", markup=False)
            parts += [title, self._rows[field.pointer]]
        parts += [self._note, Button(Content("Keep these answers"), compact=True)]
        yield VerticalScroll(*parts, can_focus=False)

    def on_mount(self) -> None:
        """Go to the first field."""
        next(iter(self._rows.values())).focus()

    @on(Choices.Picked)
    def _picked(self, message: Choices.Picked) -> None:
        message.stop()
        self._note.update("")
        if message.onwards:
            self.focus_next()

    @on(Button.Pressed)
    def _pressed(self, message: Button.Pressed) -> None:
        message.stop()
        undecided = next((row for row in self._rows.values() if row.chosen is None), None)
        if undecided is None:
            self.dismiss({pointer: str(row.chosen) for pointer, row in self._rows.items()})
            return
        self._note.update(literal("Choose one answer for each field first.", "$error"))
        undecided.focus()


async def show_step(app: App[Any], step: Step) -> object:
    """Show one step of a dialogue, and return the reply to it."""
    match step:
        case Notice():
            if not step.routine:
                severity: Literal["warning", "information"] = "warning" if step.warning else "information"
                app.notify(step.text, severity=severity, timeout=LONG_NOTICE, markup=False)
            return None
        case Choose():
            ask = Ask(step.title, step.text, [way(reply) for reply in step.replies], closing=step.closing)
            return await app.push_screen_wait(ask)
        case Confirm():
            no = step.no.label
            words = Content("\n").join([literal(step.text), *(literal(f"• {point}") for point in step.points)])
            ask = Ask(step.title, words, [way(step.no), way(step.yes)], closing=f"{no[:1].lower()}{no[1:]}")
            return await app.push_screen_wait(ask) == step.yes.id
        case EnterPath():
            path = PathField(step.title, step.usual, step.action, step.text, offers=step.exists)
            return await app.push_screen_wait(path)
        case EnterText():
            return await app.push_screen_wait(PathField(step.title, step.usual, step.action, step.text, empty=True))
        case Settle():
            return await app.push_screen_wait(ConflictScreen(step))
