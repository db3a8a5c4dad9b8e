"""A group on its page: what is asked, the table of what there is, and what can be done with it."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Button, Static

from mpfcheck.drafting.asked import AskedGroup, AskedItem
from mpfcheck.wizard.visible import said
from mpfcheck.wizard.widgets.field import Findings, complaint_words
from mpfcheck.wizard.widgets.items import Items

__all__ = ["GroupBox", "Wanted"]

_IN_A_ROW = 44
"""How many cells the words of two buttons may take beside each other on a narrow screen."""


class Wanted(Message):
    """Something is to be done: edit, add, duplicate, delete, up, down, or none (there are none)."""

    def __init__(self, box: GroupBox, what: str, item: AskedItem | None = None) -> None:
        super().__init__()
        self.box = box
        self.what = what
        self.item = item


class ItemKeys(Static):
    """What can be done with the item one stands on: keys, and words to click."""

    WORDS = (("Enter", "edit"), ("+", "add"), ("^D", "duplicate"), ("Del", "delete"), ("[", "up"), ("]", "down"))

    class Clicked(Message):
        """One was clicked."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def __init__(self, *, classes: str) -> None:
        super().__init__(classes=classes)
        parts = [
            Content.assemble((key, "bold $accent"), (f" {words}", "$muted")).stylize(Style.from_meta({"item": words}))
            for key, words in self.WORDS
        ]
        self.update(Content("   ").join(parts))

    def on_click(self, event: events.Click) -> None:
        """Say which."""
        what = event.style.meta.get("item")
        if isinstance(what, str):
            self.post_message(self.Clicked(what))


class SpaceButton(Button):
    """A button that Space presses, or a click: to say that there is one more, or none, is an answer, and Enter goes on.

    It says so while it has the keyboard.
    """

    BINDINGS = [Binding("space", "press", "Press", show=False)]

    def __init__(self, words: str, *, classes: str) -> None:
        super().__init__(Content(words), compact=True, classes=classes)
        self._words = words

    def watch_has_focus(self, focused: bool) -> None:
        """Say which key presses it."""
        super().watch_has_focus(focused)
        self.label = Content(f"{self._words}  (Space)" if focused else self._words)


class GroupBox(VerticalGroup):
    """A group and its items."""

    def __init__(self, asked: AskedGroup) -> None:
        super().__init__()
        self.asked = asked
        self.items = Items(asked)
        self._add = SpaceButton(f"+ Add {_one(asked)}", classes="add")
        self._none = SpaceButton(asked.group.none or "There are none", classes="none")
        self._prompt = Static(markup=False, classes="prompt")
        self._keys = ItemKeys(classes="keys")
        self.findings = Findings()

    @property
    def pointer(self) -> str:
        """The list in the proposal."""
        return self.asked.pointer

    def compose(self) -> ComposeResult:
        """Put the parts below each other."""
        yield self._prompt
        yield self.items
        yield self._keys
        yield self.findings
        long = cell_len(str(self._add.label)) + cell_len(str(self._none.label)) > _IN_A_ROW
        with HorizontalGroup(classes="buttons -long" if long else "buttons"):
            yield self._add
            yield self._none
        self._draw()

    def show(self, asked: AskedGroup) -> bool:
        """Show what there is now; whether anything changed."""
        if asked == self.asked:
            return False
        self.asked = asked
        self.items.show(asked)
        self._draw()
        return True

    @property
    def entrance(self) -> Widget:
        """What has the keyboard first: the table, or where there is nothing in it, what adds to it."""
        return self.items if self.asked.items else self._add

    @property
    def exit(self) -> Widget:
        """What has the keyboard after an item: what adds the next one."""
        return self._add

    def what(self, button: Button) -> str:
        """What a button is for."""
        return "none" if button is self._none else "add"

    def _draw(self) -> None:
        asked, group = self.asked, self.asked.group
        first = Content.assemble((group.ask, "bold"), ("  optional", "$muted") if group.optional else "")
        lines = [first]
        if group.hint and not asked.items:
            lines.append(said(group.hint, "$muted"))
        if not asked.items and asked.answered:
            lines.append(
                Content.assemble(("✓ ", "$success bold"), said(f"{group.none or 'There are none'}.", "$foreground"))
            )
        if asked.complaint:
            lines.append(said(f"✗ {complaint_words(asked.complaint)}", "$error"))
        self._prompt.update(Content("\n").join(lines))
        self.items.display = bool(asked.items)
        self._keys.display = bool(asked.items)
        self._none.display = not asked.items and not asked.answered and bool(group.none)
        self.set_class(asked.complaint is not None, "complains")

    @on(Items.Wanted)
    def _item_wanted(self, message: Items.Wanted) -> None:
        message.stop()
        if message.item is not None or message.what == "add":
            self.post_message(Wanted(self, message.what, message.item))

    @on(Button.Pressed)
    def _pressed(self, message: Button.Pressed) -> None:
        message.stop()
        self.post_message(Wanted(self, self.what(message.button)))

    @on(ItemKeys.Clicked)
    def _key_clicked(self, message: ItemKeys.Clicked) -> None:
        message.stop()
        if self.items.here is not None:
            self.post_message(Wanted(self, message.what, self.items.here))


def _one(asked: AskedGroup) -> str:
    noun = asked.group.noun
    return f"an {noun}" if noun[:1].lower() in "aeiou" else f"a {noun}"
