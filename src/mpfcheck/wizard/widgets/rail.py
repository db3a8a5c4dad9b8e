"""The pages in a column, with how far each is."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from mpfcheck.drafting.progress import PageState, Progress
from mpfcheck.frozen import Frozen
from mpfcheck.wizard.marks import Mark, page_mark
from mpfcheck.wizard.visible import visible

__all__ = ["Rail", "Stop"]


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
        mark = page_mark(stop.progress) if stop.progress else Mark(" ", "$muted")
        width = self.size.width - 4
        name = visible(stop.title)
        name = name if cell_len(name) <= width else set_cell_size(name, width - 1) + "…"
        style = "bold $accent" if here else "$foreground"
        first = Content.assemble(
            ("▌" if here else " ", "$accent"), (mark.glyph, f"bold {mark.style}"), " ", (name, style)
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
