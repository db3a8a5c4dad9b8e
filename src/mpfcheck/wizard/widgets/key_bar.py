"""The last line: the few keys one needs, each of which can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import RenderResult
from textual.widget import Widget

from mpfcheck.wizard.widgets.links import Link, links

__all__ = ["KeyBar"]


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
