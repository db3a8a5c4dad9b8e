"""Text behind a mark, with every further line below the first one's text and not below the mark."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

from mpfcheck.wizard.marks import Mark
from mpfcheck.wizard.widgets.wrapping import wrapped

__all__ = ["Marked", "redraw"]


def redraw(widget: Static, drawn: Marked) -> None:
    """Show another marked text; the screen is laid out anew only where it takes more lines, or fewer."""
    width = widget.content_size.width
    same_height = width > 0 and drawn.lines(width) == widget.content_size.height
    widget.update(drawn, layout=not same_height)


class Marked(Visual):
    """A mark, a blank, and text that hangs beside it."""

    def __init__(self, mark: Mark, text: Content) -> None:
        self.mark = mark
        self.text = text
        self._indent = cell_len(mark.glyph) + 1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Marked) and self.mark == other.mark and self.text.is_same(other.text)

    __hash__ = None  # type: ignore[assignment]

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Render the text, with the mark before its first line."""
        lines = wrapped(self.text, max(1, width - self._indent))[:height]
        strips = [strip for line in lines for strip in (line or Content(" ")).render_strips(width, 1, style, options)]
        marked = (style + options.get_style(self.mark.style)).rich_style
        first = Segment(f"{self.mark.glyph} ", marked)
        rest = Segment(" " * self._indent, style.rich_style)
        return [Strip([rest if number else first, *strip]) for number, strip in enumerate(strips)]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """How wide it would like to be."""
        return self._indent + self.text.get_optimal_width(rules, container_width - self._indent)

    def get_minimal_width(self, rules: RulesMap) -> int:
        """How wide it must be."""
        return self._indent + self.text.get_minimal_width(rules)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """How many lines it takes, as Textual asks for it."""
        return self.lines(width)

    def lines(self, width: int) -> int:
        """How many lines it takes in a width."""
        return len(wrapped(self.text, max(1, width - self._indent)))
