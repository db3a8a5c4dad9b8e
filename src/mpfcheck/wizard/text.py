"""Text as a terminal can show it: nothing typed is obeyed, amounts stay whole, lines hang beside a symbol."""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

from mpfcheck.wizard.symbols import Symbol

__all__ = ["WithSymbol", "literal", "redraw", "visible", "wrapped"]

_steering = re.compile(
    "[\x00-\x1f\x7f-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0001-\U000e007f]"
)
_DELETE = 0x7F
_PICTURES = 0x2400
_PICTURE_OF_DELETE = "\N{SYMBOL FOR DELETE}"
_OTHER = "\N{SYMBOL FOR SUBSTITUTE FORM TWO}"


def visible(text: str, *, lines: bool = False) -> str:
    """The text with pictures for what cannot be shown; with ``lines``, line ends stay line ends."""
    if text.isprintable():
        return _steering.sub(_picture, text) if not text.isascii() else text
    if lines:
        return "\n".join(_steering.sub(_picture, line) for line in text.splitlines() or [""])
    return _steering.sub(_picture, text)


def literal(text: object, style: str = "") -> Content:
    """Text as content in a style: shown as it is, whatever brackets are in it."""
    shown = visible(str(text), lines=True)
    return Content.styled(shown, style) if style else Content(shown)


def _picture(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number < ord(" "):
        return chr(_PICTURES + number)
    return _PICTURE_OF_DELETE if number == _DELETE else _OTHER


_in_amount = re.compile(r"(?<=EUR) (?=\d)|(?<=\d) (?=\d{3}(?!\d))|(?<=\d) (?=%)")
_GLUE = "\N{BRAILLE PATTERN BLANK}"


def wrapped(text: Content, width: int) -> list[Content]:
    """The lines of a text in a width; no amount is broken that fits."""
    plain = text.plain
    if not _in_amount.search(plain):
        return text.wrap(width)
    # Whatever is a blank may be broken at, so that what must not be is none while lines are made.
    glued = Content(_in_amount.sub(_GLUE, plain.replace(_GLUE, " ")), spans=list(text.spans))
    return [Content(line.plain.replace(_GLUE, " "), spans=list(line.spans)) for line in glued.wrap(width)]


def redraw(widget: Static, drawn: WithSymbol) -> None:
    """Show another marked text; the screen is laid out anew only where it takes more lines, or fewer."""
    width = widget.content_size.width
    same_height = width > 0 and drawn.lines(width) == widget.content_size.height
    widget.update(drawn, layout=not same_height)


class WithSymbol(Visual):
    """A symbol, a blank, and text that hangs beside it."""

    def __init__(self, symbol: Symbol, text: Content) -> None:
        self.symbol = symbol
        self.text = text
        self._indent = cell_len(symbol.glyph) + 1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WithSymbol) and self.symbol == other.symbol and self.text.is_same(other.text)

    __hash__ = None  # type: ignore[assignment]

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Render the text, with the symbol before its first line."""
        lines = wrapped(self.text, max(1, width - self._indent))[:height]
        strips = [strip for line in lines for strip in (line or Content(" ")).render_strips(width, 1, style, options)]
        marked = (style + options.get_style(self.symbol.style)).rich_style
        first = Segment(f"{self.symbol.glyph} ", marked)
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
