"""A long list to choose from, with a field to search by name or code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.text import Text
from textual import events, on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from mpfcheck.forms.typed.answer import Query, Reading, Understood
from mpfcheck.forms.typed.choice import Choice, choice_in_words, words_of
from mpfcheck.wizard.dialogs import Overlay
from mpfcheck.wizard.text import literal, visible
from mpfcheck.wizard.widgets.bars import Link
from mpfcheck.wizard.widgets.inputs import OneLine

__all__ = ["PickList", "Picked", "matching"]

Picked = tuple[str, ...] | str
"""The codes that were chosen, of a list of which several may be; otherwise one code, or text of one's own."""

OWN = "\0own"


class PickList(Overlay[Picked]):
    """Type to search; arrows move, Enter chooses. Of several, Space or Enter marks, Ctrl+S or Esc is done.

    Nothing is stood on before something is searched or an arrow pressed: Enter alone chooses nothing and goes on
    (``onwards``). ``read`` tells what a text means as the answer to the question; why it means nothing is said in the
    same words as everywhere.
    """

    BINDINGS = [
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(10)", show=False, priority=True),
        Binding("pageup", "move(-10)", show=False, priority=True),
        Binding("ctrl+s", "done", show=False, priority=True),
        Binding("ctrl+d", "clear_all", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        chosen: Sequence[str],
        *,
        several: bool,
        own: bool,
        typed: str,
        read: Callable[[str], Reading],
    ) -> None:
        super().__init__()
        self.title_words = visible(title)
        self._choices = tuple(choices)
        self._chosen = list(chosen)
        self._several = several
        self._own = own
        self._typed = typed
        self._read = read
        self._repeated: Choice | None = None
        self._note = Static(markup=False, classes="note")
        self._note.display = False
        self.onwards = False
        self._search = OneLine(placeholder="type a name or a code", compact=True, select_on_focus=False)
        self._search.cursor_blink = False
        self._list = OptionList(compact=True, markup=False)
        self._list.can_focus = False

    def links(self) -> Iterable[Link]:
        """How to choose."""
        if self._several:
            return (
                Link("Enter", "mark", "screen.choose"),
                Link("Esc", "done", "screen.close"),
                Link("Ctrl+D", "unmark all", "screen.clear_all"),
            )
        return (Link("Enter", "choose", "screen.choose"), Link("Esc", "close", "screen.close"))

    def body(self) -> Iterable[Widget]:
        """The field, what is said of the text in it, then the list."""
        yield self._search
        yield self._note
        yield self._list

    def on_mount(self) -> None:
        """Show all, and stand on what is chosen."""
        self.set_focus(self._search)
        self._search.value = self._typed
        self._search.cursor_position = len(self._search.value)
        self._fill()

    @on(Input.Changed)
    def _searched(self, message: Input.Changed) -> None:
        message.stop()
        self._fill()

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.action_choose()

    @on(OptionList.OptionSelected)
    def _clicked(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self._take(message.option.id)
        self._search.focus()

    def on_key(self, event: events.Key) -> None:
        """Space marks, where nothing is being searched."""
        if event.key == "space" and self._several and not self._search.value.strip():
            event.stop()
            event.prevent_default()
            self.action_choose()

    def action_move(self, by: int) -> None:
        """Go up or down the list."""
        number = self._list.option_count
        if number:
            here = self._list.highlighted
            self._list.highlighted = 0 if here is None else min(max(here + by, 0), number - 1)

    def action_choose(self) -> None:
        """Choose where one stands."""
        here = self._list.highlighted
        if here is not None:
            option = self._list.get_option_at_index(here).id
            if self._search.value.strip() and option in self._chosen and self._several:
                # Who types a name wants it in the list: it is not taken out, as it would be where one sees it marked.
                self._repeated = next(choice for choice in self._choices if choice.code == option)
                self._search.value = ""
            else:
                self._take(option)
        elif not self._search.value.strip():
            self.onwards = True
            self.action_close()

    def action_clear_all(self) -> None:
        """Choose none of several."""
        if self._several:
            self._chosen.clear()
            self._fill()

    def action_done(self) -> None:
        """Several are chosen."""
        self.action_close()

    def action_close(self) -> None:
        """Close it; of several, those that are marked are chosen."""
        self.dismiss(tuple(self._chosen) if self._several else None)

    def _take(self, option_id: str | None) -> None:
        if option_id is None:
            return
        if not self._several:
            self.onwards = True
            self.dismiss(self._search.value.strip() if option_id == OWN else option_id)
            return
        if option_id in self._chosen:
            self._chosen.remove(option_id)
        else:
            self._chosen.append(option_id)
        here = self._list.highlighted
        if self._search.value:
            self._search.value = ""  # the next one is searched anew
        else:
            self._fill(here)

    def _fill(self, here: int | None = None) -> None:
        text = self._search.value
        reading = self._read(text) if text.strip() else None
        found = self._found(text, reading)
        if self._several and not self._search.value.strip():
            # What is marked stands first, so that it can be seen and taken back.
            found = [one for one in found if one.code in self._chosen] + [
                one for one in found if one.code not in self._chosen
            ]
        options = [Option(self._words(choice), id=choice.code) for choice in found]
        own = self._search.value.strip()
        if self._own and own:
            options.append(Option(Text(f"Use “{visible(own)}”, which is not in the list"), id=OWN))
        # A part of a name is not an answer yet, and finds what it may become: that needs no words.
        query = reading if isinstance(reading, Query) and not (found and reading.suggestions) else None
        self._note.display = query is not None
        if query is not None:
            self._note.update(literal(f"{query.message} {query.hint}".rstrip(), "$error"))
        elif self._repeated is not None and not own:
            words = f"{self._repeated.label} is already chosen. To remove it, press Enter on it here."
            self._note.update(literal(words))
            self._note.display = True
            here = found.index(self._repeated)
            self._repeated = None
        self._list.clear_options()
        self._list.add_options(options)
        marked = [number for number, choice in enumerate(found) if choice.code in self._chosen]
        # Enter does not choose what is only spelt alike: "EU" is not the Bonaire of Sint Eustatius.
        searched = 0 if reading is not None and query is None and options else None
        first = marked[0] if marked and not self._several and searched is None else searched
        self._list.highlighted = min(here, len(options) - 1) if here is not None else first

    def _found(self, text: str, reading: Reading | None) -> list[Choice]:
        """What a search finds: what the text is read as, then what is spelt alike."""
        of_code = {choice.code: choice for choice in self._choices}
        candidates = [of_code[code] for code in dict.fromkeys(_codes(reading)) if code in of_code]
        found = matching(text, self._choices)
        if len(candidates) == len(self._choices) and not found:
            # A text that is not understood is told all there is: that is no match.
            return []
        return candidates + [choice for choice in found if choice not in candidates]

    def _words(self, choice: Choice) -> Text:
        words = visible(choice_in_words(choice))
        chosen = choice.code in self._chosen
        if self._several:
            return Text(f"{'[x]' if chosen else '[ ]'} {words}")
        return Text(f"{'(•)' if chosen else '( )'} {words}")


def _codes(reading: Reading | None) -> Iterator[str]:
    """The codes a text stands for, or may stand for."""
    found = [reading] if isinstance(reading, Understood) else reading.suggestions if reading else ()
    for one in found:
        values = one.value if isinstance(one.value, list | tuple) else [one.value]
        yield from map(str, values)


SHORTEST_PART = 3
"""Shorter parts are in the middle of too many words: "EU" is not Sint Eustatius."""


def matching(text: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices that a search finds: by code first, then by the beginning of a word, then by any part of the name."""
    parts = words_of(text)
    if not parts:
        return list(choices)
    ranked: list[tuple[int, int, Choice]] = []
    for number, choice in enumerate(choices):
        words = words_of(choice.label)
        if choice.code.casefold() == text.strip().casefold():
            ranked.append((0, number, choice))
        elif " ".join(words).startswith(" ".join(parts)):
            ranked.append((1, number, choice))
        elif all(any(word.startswith(one) for word in words) for one in parts):
            ranked.append((2, number, choice))
        elif all(len(one) >= SHORTEST_PART and one in " ".join(words) for one in parts):
            ranked.append((3, number, choice))
    return [choice for _, _, choice in sorted(ranked, key=lambda one: one[:2])]
