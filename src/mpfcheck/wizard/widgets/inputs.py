"""Where answers are typed or chosen: one line, several lines, a few choices, and a way to a long list."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.actions import SkipAction
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input, TextArea

from mpfcheck.frozen import Frozen
from mpfcheck.wizard.text import visible

__all__ = ["Choices", "Line", "LongText", "OneLine", "Option", "Pick", "TextEntered", "in_one_line"]


class TextEntered(Message):
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
        self.stored = text
        self.cursor_blink = False

    def show(self, text: str) -> None:
        """Show what the session has."""
        self.stored = text
        if self.value != text:
            self.value = text
            self.cursor_position = len(text)

    @property
    def changed(self) -> bool:
        """Whether something was typed that the session has not been told."""
        return self.value != self.stored

    def revert(self) -> None:
        """Take back what was typed."""
        self.show(self.stored)

    @property
    def _value(self) -> Text:
        return Text(visible(self.value), no_wrap=True, overflow="ignore", end="")

    def on_blur(self) -> None:
        """Tell what was typed."""
        if self.changed:
            self.post_message(TextEntered(self.value, onwards=False))

    async def action_submit(self) -> None:
        """Tell what was typed, and go on."""
        self.post_message(TextEntered(self.value, onwards=True))


YES_NO = 2


class LongText(TextArea):
    """A text area; Tab leaves it, as it leaves every field."""

    BINDINGS = [Binding("ctrl+z", "undo", show=False), Binding("ctrl+y", "redo", show=False)]

    def __init__(self, text: str, lines: int) -> None:
        super().__init__(text, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, compact=True)
        self._shown = text
        self._only_arrived = False
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

    def go_to_end(self) -> None:
        """Stand after the text, where one typed last, and from where Down leads on to the suggestions."""
        self.move_cursor(self.document.end)

    def on_focus(self) -> None:
        """Nothing is typed yet: Enter goes on. A text that one has not moved in is written on at its end."""
        self._only_arrived = True
        if self.cursor_location == (0, 0):
            self.go_to_end()

    async def on_event(self, event: events.Event) -> None:
        """Go on with Enter where nothing was typed since the field was reached; later it starts a new line."""
        if isinstance(event, events.Key | events.Paste | events.MouseDown) and self._only_arrived:
            self._only_arrived = False
            if isinstance(event, events.Key) and event.key == "enter":
                event.stop()
                event.prevent_default()
                self.post_message(TextEntered(self.text, onwards=True))
                return
        await super().on_event(event)

    def get_line(self, line_index: int) -> Text:
        """A line, with what cannot be shown made visible."""
        return Text(visible(self.document.get_line(line_index)), end="")

    def on_blur(self) -> None:
        """Tell what was typed."""
        if self.changed:
            self.post_message(TextEntered(self.text, onwards=False))

    def action_cursor_down(self, select: bool = False) -> None:
        """Go down a line; from the end of the text to the suggestions below it."""
        if self.cursor_location == self.document.end and not select:
            raise SkipAction
        super().action_cursor_down(select)

    def action_undo(self) -> None:
        """Undo what was typed here; where nothing was, the last answer."""
        if self.changed:
            super().action_undo()
        else:
            self.screen.call_later(self.screen.run_action, "undo")


_GAP = 3


class Option(Frozen):
    """Something to choose: its value, and what it is called."""

    value: object
    label: str


class Choices(Widget, can_focus=True):
    """Options in a row where they fit in one, below each other otherwise; arrows move, Space chooses, Enter goes on.

    ``numbered`` options are suggestions: one goes to them on purpose, and there Enter and the numbers choose too.
    """

    BINDINGS = [
        Binding("up,left", "move(-1)", "Choose", show=False),
        Binding("down,right", "move(1)", "Choose", show=False),
        Binding("space", "choose", "Choose", show=False),
        Binding("enter", "go_on", "Go on", show=False),
        Binding("delete,backspace", "clear", "Clear the answer", show=False),
    ]

    cursor = reactive(0)
    chosen: reactive[object] = reactive(None)

    class Picked(Message):
        """An option was chosen; ``value`` is None where the answer was cleared. ``onwards``: go to what is next."""

        def __init__(self, choices: Choices, value: object, *, onwards: bool) -> None:
            super().__init__()
            self.choices = choices
            self.value = value
            self.onwards = onwards

        @property
        def control(self) -> Choices:
            """The row of choices."""
            return self.choices

    def __init__(self, options: Sequence[Option], *, numbered: bool = False, classes: str = "") -> None:
        super().__init__(classes=classes)
        self.options = tuple(options)
        self._numbered = numbered
        if numbered:
            self.can_focus = False

    def enter(self) -> None:
        """Go in, to the first; Tab does not lead here."""
        self.can_focus = True
        self.cursor = 0
        self.screen.set_focus(self)

    def on_blur(self) -> None:
        """Be passed by again."""
        if self._numbered:
            self.can_focus = False

    def show(self, value: object) -> None:
        """Show an answer, None where there is none."""
        self.chosen = value
        for number, option in enumerate(self.options):
            if option.value == value and type(option.value) is type(value):
                self.cursor = number

    def render(self) -> RenderResult:
        """Draw the options."""
        lines = [self._option(number) for number in range(len(self.options))]
        return Content(" " * _GAP).join(lines) if self._in_a_row(self.size.width) else Content("\n").join(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line, or one for each option."""
        return 1 if self._in_a_row(width) else len(self.options)

    def _in_a_row(self, width: int) -> bool:
        widths = [cell_len(visible(option.label)) + 4 + 3 * self._numbered for option in self.options]
        return not self._numbered and sum(widths) + _GAP * (len(widths) - 1) <= width

    def _option(self, number: int) -> Content:
        option = self.options[number]
        chosen = option.value == self.chosen and type(option.value) is type(self.chosen)
        here = self.has_focus and number == self.cursor
        mark = "(•)" if chosen else "( )"
        if self._numbered:
            mark = f"{number + 1}. {mark}"
        style = "bold" if chosen else ""
        if here:
            style = f"{style} underline".strip()
        text = Content.assemble(
            (mark, "$accent bold" if chosen or here else "$muted"), " ", (visible(option.label), style)
        )
        return text.stylize(Style.from_meta({"option": number}))

    def watch_has_focus(self, focused: bool) -> None:
        """Show where one stands, or no longer."""
        super().watch_has_focus(focused)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        number = event.style.meta.get("option")
        if isinstance(number, int):
            self.cursor = number
            self._pick(onwards=False)

    def on_key(self, event: events.Key) -> None:
        """Choose by number. A letter goes to the option that begins with it, and of two options chooses it."""
        character = event.character or ""
        if self._numbered and character.isdecimal() and 1 <= int(character) <= len(self.options):
            event.stop()
            self.cursor = int(character) - 1
            self._pick(onwards=True)
            return
        if not character.isalpha():
            return
        begins = [n for n, option in enumerate(self.options) if option.label[:1].casefold() == character.casefold()]
        if begins:
            event.stop()
            after = [number for number in begins if number > self.cursor]
            self.cursor = begins[0] if len(begins) == 1 or not after else after[0]
            # Of more than two, a word that is typed would choose by each of its letters: "ngo" is not "other".
            if len(begins) == 1 and len(self.options) <= YES_NO:
                self._pick(onwards=False)

    def action_move(self, by: int) -> None:
        """Go to the option before or after; past the ends is for what holds them."""
        if not 0 <= self.cursor + by < len(self.options):
            raise SkipAction
        self.cursor = min(max(self.cursor + by, 0), len(self.options) - 1)

    def action_choose(self) -> None:
        """Choose where one stands."""
        self._pick(onwards=False)

    def action_go_on(self) -> None:
        """Go on without choosing; from a suggestion with it."""
        if self._numbered:
            self._pick(onwards=True)
        else:
            self.screen.focus_next()

    def action_clear(self) -> None:
        """Clear the answer."""
        if self.chosen is not None:
            self.chosen = None
            self.post_message(self.Picked(self, None, onwards=False))

    def _pick(self, *, onwards: bool) -> None:
        self.chosen = self.options[self.cursor].value
        self.post_message(self.Picked(self, self.chosen, onwards=onwards))


class Pick(Widget, can_focus=True):
    """Opens a searchable list with Enter, Space, a click, or by typing what to look for."""

    BINDINGS = [
        Binding("enter,space", "open", "Open the list", show=False),
        Binding("delete,backspace", "clear", "Clear the answer", show=False),
    ]

    shown = reactive("", layout=True)

    class Opened(Message):
        """The list is wanted, and ``typed`` is looked for in it."""

        def __init__(self, typed: str) -> None:
            super().__init__()
            self.typed = typed

    class Cleared(Message):
        """The answer was cleared."""

    def show(self, shown: str) -> None:
        """Show what was chosen; empty where nothing was."""
        self.shown = shown

    def render(self) -> RenderResult:
        """Draw what was chosen, and the sign of a list."""
        text = Content(visible(self.shown)) if self.shown else Content.styled("choose from the list", "$muted")
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
        """Clear the answer."""
        if self.shown:
            self.post_message(self.Cleared())
