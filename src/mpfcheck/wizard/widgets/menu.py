"""A list one can walk through: pages, drafts, answers, findings. Each entry leads somewhere."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from mpfcheck.frozen import Frozen
from mpfcheck.wizard.symbols import Symbol
from mpfcheck.wizard.text import wrapped

__all__ = ["Menu", "MenuEntry", "show_row"]

NO_SYMBOL = Symbol(" ", "$muted")


class MenuEntry(Frozen):
    """Something to choose: its id, what it is called, and more about it. A ``heading`` cannot be chosen.

    ``label`` and ``detail`` stand beside each other, the detail wrapped; without a detail the label is.
    """

    id: str
    label: Content
    detail: Content | None = None
    symbol: Symbol = NO_SYMBOL
    heading: bool = False


class Menu(Widget, can_focus=True):
    """Arrows move, Enter or a click chooses."""

    BINDINGS = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("home", "end(False)", show=False),
        Binding("end", "end(True)", show=False),
        Binding("enter", "choose", show=False),
    ]

    cursor = reactive(-1)

    class Chosen(Message):
        """An entry was chosen."""

        def __init__(self, menu: Menu, entry: MenuEntry) -> None:
            super().__init__()
            self.menu = menu
            self.entry = entry

    class Highlighted(Message):
        """One stands on an entry now."""

        def __init__(self, menu: Menu, entry: MenuEntry) -> None:
            super().__init__()
            self.menu = menu
            self.entry = entry

    def __init__(self, entries: Sequence[MenuEntry] = (), *, label_width: int = 24) -> None:
        super().__init__()
        self.entries: tuple[MenuEntry, ...] = ()
        self._label_width = label_width
        self._lines: list[tuple[Content, int]] = []
        self._width = -1
        self.show(entries)

    def show(self, entries: Sequence[MenuEntry]) -> None:
        """Show other entries; one stands where one stood, if that is still there."""
        entries = tuple(entries)
        if entries == self.entries:
            return
        here = self.here.id if self.here else None
        self.entries = entries
        self._width = -1
        able = [number for number, entry in enumerate(entries) if not entry.heading]
        again = [number for number in able if entries[number].id == here]
        self.set_reactive(Menu.cursor, (again or able or [-1])[0])
        self.refresh(layout=True)

    @property
    def here(self) -> MenuEntry | None:
        """The entry one stands on."""
        return self.entries[self.cursor] if 0 <= self.cursor < len(self.entries) else None

    def stand_on(self, entry_id: str) -> None:
        """Go to an entry."""
        for number, entry in enumerate(self.entries):
            if entry.id == entry_id and not entry.heading:
                self.cursor = number

    def render(self) -> RenderResult:
        """Draw the entries."""
        self._lay_out(self.size.width)
        here = self.cursor if self.has_focus else -1
        lines = [
            self._drawn(line, number, here=number == here and bool(line.plain.strip())) for line, number in self._lines
        ]
        for number, (_, entry) in enumerate(self._lines):
            if entry == here:
                lines[number] = Content.assemble(("▸", "$accent bold on $field-focus")) + lines[number][1:]
                break
        return Content("\n").join(lines)

    def _drawn(self, line: Content, number: int, *, here: bool) -> Content:
        width = self.size.width
        padded = line.pad_right(max(0, width - line.cell_length)) if here else line
        padded = padded.stylize(Style.from_meta({"entry": number}))
        return padded.stylize_before("on $field-focus") if here else padded

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the entries take."""
        self._lay_out(width)
        return len(self._lines)

    def _lay_out(self, width: int) -> None:
        if width == self._width or width <= 0:
            return
        self._width = width
        self._lines = [
            (line, number) for number, entry in enumerate(self.entries) for line in self._lines_of(entry, width)
        ]
        if self.entries and self.entries[0].heading:
            del self._lines[0]  # the blank line before a heading

    def _lines_of(self, entry: MenuEntry, width: int) -> list[Content]:
        if entry.heading:
            return [Content(""), *wrapped(entry.label, max(8, width))] if entry.label.plain else [Content("")]
        symbol = Content.assemble(" ", (entry.symbol.glyph, f"bold {entry.symbol.style}"), " ")
        if entry.detail is None:
            labels = wrapped(entry.label, max(8, width - 4))
            return [(symbol if not number else Content("   ")) + line for number, line in enumerate(labels)]
        column = min(self._label_width, max(8, (width - 6) * 2 // 5))
        labels = wrapped(entry.label, column)
        details = wrapped(entry.detail, max(8, width - column - 6))
        lines = []
        for number in range(max(len(labels), len(details))):
            label = labels[number] if number < len(labels) else Content("")
            detail = details[number] if number < len(details) else Content("")
            blank = " " * max(0, column - label.cell_length)
            lines.append((symbol if not number else Content("   ")) + label + blank + "  " + detail)
        return lines

    def watch_has_focus(self, focused: bool) -> None:
        """Show where one stands, or no longer."""
        super().watch_has_focus(focused)
        self.refresh()

    def watch_cursor(self) -> None:
        """Keep the entry in sight."""
        if not self.is_attached:
            return
        self.show_cursor()
        if self.here is not None:
            self.post_message(self.Highlighted(self, self.here))

    def show_cursor(self) -> None:
        """Scroll to the entry one stands on."""
        rows = [row for row, (_, number) in enumerate(self._lines) if number == self.cursor]
        if rows:
            first = 0 if all(entry.heading for entry in self.entries[: self.cursor]) else rows[0]
            show_row(self, first, rows[-1] - first + 1)

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        number = event.style.meta.get("entry")
        if isinstance(number, int) and number < len(self.entries) and not self.entries[number].heading:
            self.cursor = number
            self.action_choose()

    def action_move(self, by: int) -> None:
        """Go to the entry before or after; past the ends, out of the list."""
        number = self.cursor + by
        while 0 <= number < len(self.entries) and self.entries[number].heading:
            number += by
        if 0 <= number < len(self.entries):
            self.cursor = number
        elif by < 0:
            self.screen.focus_previous()
        else:
            self.screen.focus_next()

    def action_end(self, last: bool) -> None:
        """Go to the first or the last entry."""
        able = [number for number, entry in enumerate(self.entries) if not entry.heading]
        if able:
            self.cursor = able[-1 if last else 0]

    def action_choose(self) -> None:
        """Choose the entry one stands on."""
        if self.here is not None:
            self.post_message(self.Chosen(self, self.here))


def show_row(widget: Widget, row: int, height: int = 1) -> None:
    """Scroll what holds a widget so that one of its rows is in sight."""
    region = Region(0, row, widget.size.width, height)
    node = widget
    while isinstance(node.parent, Widget):
        region = region.translate(node.virtual_region.offset)
        node = node.parent
        if node.show_vertical_scrollbar:
            node.scroll_to_region(region, animate=False)
            return


def width_of(labels: Sequence[str], most: int) -> int:
    """How wide a column must be for these labels."""
    return min(most, max((cell_len(label) for label in labels), default=0))
