"""The first line: which proposal this is, and where it stands."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from mpfcheck.checking.report import Verdict
from mpfcheck.wizard.marks import verdict_mark, verdict_words
from mpfcheck.wizard.visible import visible

__all__ = ["TopLine"]


USUAL = ("saved", "saving", "kept")
"""What need not be said where there is no room. That something is not saved always is."""


class TopLine(Widget):
    """One line, always in sight."""

    def __init__(self) -> None:
        super().__init__(id="top")
        self._said: tuple[str, Verdict | None, str, str] = ("", None, "", "")

    def show(self, title: str, verdict: Verdict | None, counts: str, saved: str) -> None:
        """Show the title, the verdict, what is open, and whether all is saved."""
        if self._said != (title, verdict, counts, saved):
            self._said = (title, verdict, counts, saved)
            self.refresh()

    def render(self) -> RenderResult:
        """Draw it: the verdict is never cut, the title is."""
        title, verdict, counts, saved = self._said
        width = self.size.width - 2
        right = Content("")
        if verdict is not None:
            mark = verdict_mark(verdict)
            right = Content.assemble((f"{mark.glyph} {verdict_words(verdict)}", f"bold {mark.style}"))
            with_counts = Content.assemble((f"{counts}   ", "$muted"), right) if counts else right
            if with_counts.cell_length + len(saved) + 30 <= width:
                right = with_counts
        if saved and (saved not in USUAL or right.cell_length + cell_len(saved) + 24 <= width):
            right = Content.assemble((f"{saved}   ", "$muted"), right)
        room = max(0, width - right.cell_length - 2)
        name = visible(title)
        left = name if cell_len(name) <= room else set_cell_size(name, max(0, room - 1)) + "…"
        gap = " " * max(1, width - cell_len(left) - right.cell_length)
        return Content.assemble(" ", (left, "bold"), gap, right)
