"""A group on its page: what is asked, the table of its items, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from rich.cells import cell_len, set_cell_size
from textual import events, on
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Button, Static

from mpfcheck.drafting.dialogues.pasting import is_table
from mpfcheck.drafting.progress import RowMarks
from mpfcheck.drafting.questions import DraftGroup, DraftItem
from mpfcheck.drafting.words import ANOTHER, NO_MORE, complaint_words, with_article
from mpfcheck.proposal.fields import Exact, Whole
from mpfcheck.wizard.symbols import result_symbol
from mpfcheck.wizard.text import literal, visible
from mpfcheck.wizard.widgets.field import Findings
from mpfcheck.wizard.widgets.menu import show_row

__all__ = ["GroupBox", "ItemRequest", "Items", "TablePasted"]

_GAP = 2
_LEAST = 6
_MOST = 34


class Items(Widget, can_focus=True):
    """A row for each item; the keys work on the row one stands on. No letter does anything: who types means a text."""

    BINDINGS = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("home", "move(-100000)", show=False),
        Binding("end", "move(100000)", show=False),
        Binding("enter", "ask('edit')", "Edit", show=False),
        Binding("insert,plus", "ask('add')", "Add", show=False),
        Binding("ctrl+d", "ask('duplicate')", "Duplicate", show=False),
        Binding("delete", "ask('delete')", "Delete", show=False),
        Binding("ctrl+up,left_square_bracket", "ask('up')", "Up", show=False),
        Binding("ctrl+down,right_square_bracket", "ask('down')", "Down", show=False),
    ]

    cursor = reactive(0)

    class KeyPressed(Message):
        """Something is to be done with an item: edit, add, duplicate, delete, up or down."""

        def __init__(self, items: Items, what: str, item: DraftItem | None) -> None:
            super().__init__()
            self.items = items
            self.what = what
            self.item = item

    def __init__(self, draft_part: DraftGroup) -> None:
        super().__init__()
        self.draft_part = draft_part
        self._marks: tuple[RowMarks, ...] = ()

    def mark(self, marks: Sequence[RowMarks]) -> None:
        """Show what is wrong, missing or doubtful in each item."""
        if self._marks != (shown := tuple(marks)):
            self._marks = shown
            self.refresh()

    def show(self, draft_part: DraftGroup) -> None:
        """Show the items there are now."""
        self.draft_part = draft_part
        self.cursor = min(self.cursor, max(0, len(draft_part.items) - 1))
        self.refresh(layout=True)

    @property
    def here(self) -> DraftItem | None:
        """The item one stands on."""
        return self.draft_part.items[self.cursor] if self.cursor < len(self.draft_part.items) else None

    def render(self) -> RenderResult:
        """Draw the table."""
        if not self.draft_part.items:
            return Content("")
        tails = [_worst_mark(marks) for marks in self._marks]
        tails += [("", "")] * (len(self.draft_part.items) - len(tails))
        names = list(self.draft_part.group.columns)
        heads = [self._title(name) for name in names]
        rows = [[_cell(item, name) for name in names] for item in self.draft_part.items]
        right = [self._is_number(name) for name in names]
        room = self.size.width - 5 - _room_for(tails)
        if _fitted(heads, rows, right, room) is None:
            # Where the room is short, the symbol says enough: the item and the lines below the table say the rest.
            tails = [(words[:1], style) for words, style in tails]
            room = self.size.width - 5 - _room_for(tails)
        while (widths := _fitted(heads, rows, right, room)) is None:
            # The last column of text goes, then the first numbers: an amount that is cut is another amount.
            last = max((number for number in range(1, len(names)) if not right[number]), default=1)
            for row in (names, heads, right, *rows):
                del row[last]  # type: ignore[attr-defined]
        lines = [Content.styled("     " + _line(heads, widths, right), "$muted")]
        for number, row in enumerate(rows):
            lines.append(self._row(number, _line(row, widths, right), *tails[number]))
        return Content("\n").join(lines)

    def _row(self, number: int, text: str, mark_words: str, mark_style: str) -> Content:
        here = self.has_focus and number == self.cursor
        mark = "▸" if here else " "
        style = "bold $foreground on $field-focus" if here else ""
        row = Content.assemble((f"{mark} ", "$accent bold"), (f"{number + 1:>2} ", "$muted"), text)
        tail = Content.styled(f"  {mark_words}", mark_style) if mark_words else Content("")
        line = Content.assemble(row, tail).stylize(Style.from_meta({"row": number}))
        return line.stylize(style) if style else line

    def _title(self, name: str) -> str:
        question = self.draft_part.group.question((name,))
        return question.title if question else name

    def _is_number(self, name: str) -> bool:
        question = self.draft_part.group.question((name,))
        return question is not None and isinstance(question.kind, Exact | Whole)

    def watch_has_focus(self, focused: bool) -> None:
        """Show where one stands, or no longer."""
        super().watch_has_focus(focused)
        self.refresh()

    def watch_cursor(self) -> None:
        """Keep the row in sight."""
        if self.is_attached and self.has_focus:
            self.show_cursor()

    def show_cursor(self) -> None:
        """Scroll to the row one stands on."""
        show_row(self, self.cursor + 1)

    def on_click(self, event: events.Click) -> None:
        """Go to a row; a second click edits it."""
        row = event.style.meta.get("row")
        if isinstance(row, int):
            self.cursor = row
            if event.chain > 1:
                self.action_ask("edit")

    def action_move(self, by: int) -> None:
        """Go up or down; past the ends, to the field before or after."""
        target = self.cursor + by
        if abs(by) == 1 and not 0 <= target < len(self.draft_part.items):
            if by < 0:
                self.screen.focus_previous()
            else:
                self.screen.focus_next()
            return
        self.cursor = min(max(target, 0), max(0, len(self.draft_part.items) - 1))

    def action_ask(self, what: str) -> None:
        """Have something done with the item one stands on."""
        self.post_message(self.KeyPressed(self, what, self.here))


def _cell(item: DraftItem, name: str) -> str:
    draft_part = item.question(name)
    if draft_part is None or not (draft_part.shown or draft_part.typed):
        return "–"
    return visible(" ".join((draft_part.shown or draft_part.typed).split())).removeprefix("EUR ")


def _worst_mark(marks: RowMarks) -> tuple[str, str]:
    """The worst there is to say of an item, in a word or two, and its style."""
    if marks.unclear:
        return f"✗ {marks.unclear} unclear", "$error"
    if marks.failed:
        symbol = result_symbol(marks.failed[0])
        more = f" +{len(marks.failed) - 1}" if len(marks.failed) > 1 else ""
        return f"{symbol.glyph} {marks.failed[0].rule}{more}", symbol.style
    if marks.missing:
        return f"? {marks.missing} to answer", "$warning"
    return (f"! {marks.doubtful} to check", "$warning") if marks.doubtful else ("", "")


def _room_for(tails: Sequence[tuple[str, str]]) -> int:
    return max((cell_len(words) + 2 for words, _ in tails if words), default=0)


def _fitted(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool], room: int) -> list[int] | None:
    """The width of each column: what its text needs, the widest texts shortened until all fit.

    Numbers are never shortened. None where there are too many columns for the room.
    """
    widths = [max(cell_len(text) for text in (head, *(row[n] for row in rows))) for n, head in enumerate(heads)]
    widths = [width if right[number] else min(_MOST, width) for number, width in enumerate(widths)]
    room -= _GAP * (len(widths) - 1)
    while sum(widths) > room:
        widest = max((n for n in range(len(widths)) if not right[n]), key=lambda n: widths[n], default=None)
        if widest is None or widths[widest] <= _LEAST:
            return None if len(widths) > 1 else widths
        widths[widest] -= 1
    return widths


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    shown = []
    for cell, width, aligned in zip(cells, widths, right, strict=True):
        cut = cell if cell_len(cell) <= width else set_cell_size(cell, width - 1) + "…"
        blank = " " * (width - cell_len(cut))
        shown.append(blank + cut if aligned else cut + blank)
    return (" " * _GAP).join(shown)


_IN_A_ROW = 44
"""How many cells the words of two buttons may take beside each other on a narrow screen."""


class ItemRequest(Message):
    """Something is to be done: edit, add, duplicate, delete, up, down, or none (there are none)."""

    def __init__(self, box: GroupBox, what: str, item: DraftItem | None = None) -> None:
        super().__init__()
        self.box = box
        self.what = what
        self.item = item


class TablePasted(Message):
    """A table that was copied in another program was pasted into a group."""

    def __init__(self, box: GroupBox, text: str) -> None:
        super().__init__()
        self.box = box
        self.text = text


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


WORD_PAUSE = 1.0
"""Seconds after a letter in which a blank belongs to a text that is being typed."""


class SpaceButton(Button):
    """A button that Space presses, or a click: to say that there is one more, or none, is an answer, and Enter goes on.

    It says so while it has the keyboard.
    """

    BINDINGS = [Binding("space", "press", "Press", show=False)]

    def __init__(self, words: str, *, classes: str) -> None:
        super().__init__(Content(words), compact=True, classes=classes)
        self.words = words
        self._typed_at = float("-inf")

    def say(self, words: str) -> None:
        """Say something else from now on."""
        self.words = words
        self._name_key(self.has_focus)

    def on_key(self, event: events.Key) -> None:
        """Notice that somebody types: the blanks between their words press nothing."""
        if event.character and event.character.isprintable() and event.key != "space":
            self._typed_at = monotonic()

    def action_press(self) -> None:
        """Press it, unless the blank is one of a text that is being typed."""
        if monotonic() - self._typed_at > WORD_PAUSE:
            super().action_press()

    def watch_has_focus(self, focused: bool) -> None:
        """Say which key presses it."""
        super().watch_has_focus(focused)
        self._name_key(focused)

    def _name_key(self, focused: bool) -> None:
        self.label = Content(f"{self.words}  (Space)" if focused else self.words)
        # A button keeps the width of its first words otherwise, and other words are cut.
        self.refresh(layout=True)


class GroupBox(VerticalGroup):
    """A group and its items."""

    def __init__(self, draft_part: DraftGroup) -> None:
        super().__init__()
        self.draft_part = draft_part
        self.items = Items(draft_part)
        self._add = SpaceButton(f"+ Add {with_article(draft_part.group.noun)}", classes="add")
        self._none = SpaceButton(draft_part.group.none or "There are none", classes="none")
        self._buttons = HorizontalGroup(classes="buttons")
        self._prompt = Static(markup=False, classes="prompt")
        self._keys = ItemKeys(classes="keys")
        self.findings = Findings()

    @property
    def pointer(self) -> str:
        """The list in the proposal."""
        return self.draft_part.pointer

    def compose(self) -> ComposeResult:
        """Put the parts below each other."""
        yield self._prompt
        yield self.items
        yield self._keys
        yield self.findings
        with self._buttons:
            yield self._add
            yield self._none
        self._draw()

    def show(self, draft_part: DraftGroup) -> bool:
        """Show what there is now; whether anything changed."""
        if draft_part == self.draft_part:
            return False
        self.draft_part = draft_part
        self.items.show(draft_part)
        self._draw()
        return True

    @property
    def entrance(self) -> Widget:
        """What has the keyboard first: the table, or where there is nothing in it, what adds to it."""
        return self.items if self.draft_part.items else self._add

    @property
    def exit(self) -> Widget:
        """What has the keyboard after an item: what adds the next one."""
        return self._add

    def what(self, button: Button) -> str:
        """What a button is for."""
        if button is not self._none:
            return "add"
        return "close" if self.draft_part.items else "none"

    def _draw(self) -> None:
        draft_part, group = self.draft_part, self.draft_part.group
        first = Content.assemble((group.ask, "bold"), ("  optional", "$muted") if group.optional else "")
        lines = [first]
        if group.hint and not draft_part.items:
            lines.append(literal(group.hint, "$muted"))
        if not draft_part.items and draft_part.answered:
            lines.append(
                Content.assemble(("✓ ", "$success bold"), literal(f"{group.none or 'There are none'}.", "$foreground"))
            )
        if draft_part.complaint:
            lines.append(literal(f"✗ {complaint_words(draft_part.complaint)}", "$error"))
        if draft_part.items and draft_part.open:
            lines.append(literal(f"? {ANOTHER}", "$warning"))
        self._prompt.update(Content("\n").join(lines))
        self.items.display = bool(draft_part.items)
        self._keys.display = bool(draft_part.items)
        self._none.display = draft_part.open if draft_part.items else not draft_part.answered and bool(group.none)
        self._none.say(NO_MORE if draft_part.items else group.none or "There are none")
        long = cell_len(self._add.words) + cell_len(self._none.words) > _IN_A_ROW
        self._buttons.set_class(self._none.display and long, "-long")
        self.set_class(draft_part.complaint is not None, "complains")

    def on_paste(self, event: events.Paste) -> None:
        """Take a table; what else is pasted here is for nothing."""
        if is_table(event.text):
            event.stop()
            self.post_message(TablePasted(self, event.text))

    @on(Items.KeyPressed)
    def _item_key_pressed(self, message: Items.KeyPressed) -> None:
        message.stop()
        if message.item is not None or message.what == "add":
            self.post_message(ItemRequest(self, message.what, message.item))

    @on(Button.Pressed)
    def _pressed(self, message: Button.Pressed) -> None:
        message.stop()
        self.post_message(ItemRequest(self, self.what(message.button)))

    @on(ItemKeys.Clicked)
    def _key_clicked(self, message: ItemKeys.Clicked) -> None:
        message.stop()
        if self.items.here is not None:
            self.post_message(ItemRequest(self, message.what, self.items.here))
