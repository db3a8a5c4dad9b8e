"""The first line, the last line, and the pages in a column at the left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from mpfcheck.checking.report import Verdict
from mpfcheck.drafting.progress import PageState, Progress
from mpfcheck.drafting.words import verdict_words
from mpfcheck.frozen import Frozen
from mpfcheck.wizard.symbols import Symbol, page_symbol, verdict_symbol
from mpfcheck.wizard.text import visible

__all__ = ["KeyBar", "Link", "Links", "Rail", "Stop", "TopLine", "links"]


class Link(Frozen):
    """A key as people read it, what it does, and the action it runs."""

    key: str
    words: str
    action: str


def links(all_links: Iterable[Link], gap: str = "   ") -> Content:
    """Links in a row."""
    return Content(gap).join(_link(one) for one in all_links)


def _link(one: Link) -> Content:
    text = Content.assemble((one.key, "bold $accent"), (f" {one.words}" if one.key else one.words, "$foreground"))
    return text.stylize(Style.from_meta({"@click": one.action}))


class Links(Static):
    """A row of links."""

    def __init__(self, all_links: Iterable[Link], *, classes: str = "") -> None:
        super().__init__(links(all_links), classes=classes)
        self.auto_links = False


class KeyBar(Widget):
    """Keys with their words; on narrow screens those that matter most."""

    def __init__(self, all_links: Sequence[Link]) -> None:
        super().__init__(id="keys")
        self._links = tuple(all_links)
        self.auto_links = False

    def show(self, all_links: Sequence[Link]) -> None:
        """Show other keys."""
        if tuple(all_links) != self._links:
            self._links = tuple(all_links)
            self.refresh()

    def render(self) -> RenderResult:
        """Draw as many as there is room for, in the order of what matters."""
        shown = list(self._links)
        while shown and links(shown, "  ").cell_length > self.size.width - 2:
            shown.pop()
        wide = links(shown)
        return " " + (wide if wide.cell_length <= self.size.width - 2 else links(shown, "  "))


USUAL = ("saved", "saving", "kept")
"""What need not be said where there is no room. That something is not saved always is."""


TITLE = 24
SHORT_TITLE = 14
"""The cells that a title has beside what can be left out, and beside the count of open answers, which matters more."""


class TopLine(Widget):
    """One line, always in sight."""

    def __init__(self) -> None:
        super().__init__(id="top")
        self._words: tuple[str, Verdict | None, tuple[str, ...], str] = ("", None, (), "")

    def show(self, title: str, verdict: Verdict | None, counts: Sequence[str], saved: str) -> None:
        """Show the title, the verdict, what is open (the longest of ``counts`` that fits), and whether all is saved."""
        words = (title, verdict, tuple(counts), saved)
        if self._words != words:
            self._words = words
            self.refresh()

    def render(self) -> RenderResult:
        """Draw it: the verdict is never cut, the title is. The count of open answers goes last."""
        title, verdict, counts, saved = self._words
        width = self.size.width - 2
        right = Content("")
        if verdict is not None:
            symbol = verdict_symbol(verdict)
            right = Content.assemble((f"{symbol.glyph} {verdict_words(verdict)}", f"bold {symbol.style}"))
            room = width - SHORT_TITLE - right.cell_length - (0 if saved in USUAL else cell_len(saved))
            shown = next((words for words in counts if words and cell_len(words) + 3 <= room), "")
            right = Content.assemble((f"{shown}   ", "$muted"), right) if shown else right
        if saved and (saved not in USUAL or right.cell_length + cell_len(saved) + TITLE <= width):
            right = Content.assemble((f"{saved}   ", "$muted"), right)
        room = max(0, width - right.cell_length - 2)
        name = visible(title)
        left = name if cell_len(name) <= room else set_cell_size(name, max(0, room - 1)) + "…"
        gap = " " * max(1, width - cell_len(left) - right.cell_length)
        return Content.assemble(" ", (left, "bold"), gap, right)


class Stop(Frozen):
    """Somewhere to go: its id, what it is called, and how far it is, where that is something to tell."""

    id: str
    title: str
    progress: Progress | None = None


class Rail(Widget):
    """A click goes to a page; the keys for it are Page Up, Page Down, F3 and Ctrl+P."""

    class Chosen(Message):
        """A page is wanted."""

        def __init__(self, stop: str) -> None:
            super().__init__()
            self.stop_id = stop

    def __init__(self) -> None:
        super().__init__(id="rail")
        self._stops: tuple[Stop, ...] = ()
        self._here = ""

    def show(self, stops: Sequence[Stop], here: str) -> None:
        """Show the pages, and on which one stands."""
        if (tuple(stops), here) != (self._stops, self._here):
            self._stops, self._here = tuple(stops), here
            self.refresh()

    def render(self) -> RenderResult:
        """Draw a page in two lines: its name, and how far it is."""
        tall = self.size.height >= len(self._stops) * 2 + 4
        lines: list[Content] = []
        for stop in self._stops:
            lines += self._stop(stop, two_lines=tall)
        return Content("\n").join(lines)

    def _stop(self, stop: Stop, *, two_lines: bool) -> list[Content]:
        here = stop.id == self._here
        symbol = page_symbol(stop.progress) if stop.progress else Symbol(" ", "$muted")
        width = self.size.width - 4
        name = visible(stop.title)
        name = name if cell_len(name) <= width else set_cell_size(name, width - 1) + "…"
        style = "bold $accent" if here else "$foreground"
        first = Content.assemble(
            ("▌" if here else " ", "$accent"), (symbol.glyph, f"bold {symbol.style}"), " ", (name, style)
        )
        click = Style.from_meta({"stop": stop.id})
        if stop.progress is None:
            return [first.stylize(click)]
        if not two_lines:
            return [first.stylize(click)]
        second = Content.assemble(("▌" if here else " ", "$accent"), "  ", (_words(stop.progress), "$muted"))
        return [first.stylize(click), second.stylize(click)]

    def on_click(self, event: events.Click) -> None:
        """Go to a page."""
        stop = event.style.meta.get("stop")
        if isinstance(stop, str):
            self.post_message(self.Chosen(stop))


def _words(progress: Progress) -> str:
    if progress.problems:
        return f"{progress.problems} problem{'s' if progress.problems > 1 else ''}"
    if progress.state is PageState.COMPLETE:
        return "complete"
    if progress.state is PageState.NOT_STARTED:
        return "not started"
    return f"{progress.answered} of {progress.asked} answered"
