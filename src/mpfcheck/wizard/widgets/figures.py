"""The figures of a page as bars, with a line at the limit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rich.cells import cell_len, set_cell_size
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from mpfcheck.drafting.progress import BarFigure, Figure, SumsFigure
from mpfcheck.proposal.values import format_money as amount_in_words
from mpfcheck.wizard.text import visible

__all__ = ["Figures"]

_WIDEST = 56
_LEAST_BAR = 4
_FULL, _HALF, _EMPTY, _LIMIT = "━", "╸", "─", "┃"


class Figures(Widget):
    """All figures of a page; only those of which something is known."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        super().__init__()
        self._figures: tuple[Figure, ...] = ()
        self._drawing: tuple[object, Content] | None = None
        self.show(figures)

    def show(self, figures: Sequence[Figure]) -> None:
        """Show the figures as they are now."""
        known = tuple(figure for figure in figures if _is_known(figure))
        if known != self._figures:
            before, self._figures = self._lines(), known
            self.display = bool(known)
            self.refresh(layout=self._lines() != before)

    def render(self) -> RenderResult:
        """Draw them below each other."""
        return self._drawn()

    def _lines(self) -> int:
        """How many lines they take."""
        return self._drawn().plain.count("\n")

    def _drawn(self) -> Content:
        width = min(_WIDEST, max(24, self.size.width))
        key = (self._figures, width)
        if self._drawing is None or self._drawing[0] != key:
            parts = [
                _bar(figure, width) if isinstance(figure, BarFigure) else _sums(figure, width)
                for figure in self._figures
            ]
            self._drawing = key, Content("\n\n").join(parts)
        return self._drawing[1]


def _is_known(figure: Figure) -> bool:
    if isinstance(figure, SumsFigure):
        return bool(figure.sums)
    return figure.share is not None


def _bar(figure: BarFigure, width: int) -> Content:
    style = "$error" if figure.over else "$accent"
    heading = _ends(
        (figure.title, "bold"), (figure.share_words, "$error bold" if figure.over else "$foreground"), width
    )
    limit_at = min(width - 1, int(width * figure.limit)) if figure.limit < 1 else None
    filled = 0 if figure.share is None else min(width, max(1 if figure.share else 0, int(width * figure.share)))
    cells = [(_FULL, style) if number < filled else (_EMPTY, "$muted") for number in range(width)]
    if limit_at is not None:
        cells[limit_at] = (_LIMIT, "bold $foreground")
    elif figure.over:
        cells[-1] = ("▶", "bold $error")
    return Content("\n").join([heading, Content.assemble(*_together(cells)), _amounts(figure, width)])


def _amounts(figure: BarFigure, width: int) -> Content:
    words, rest = figure.amounts_words, figure.rest_words
    if not rest:
        return Content.styled(words, "$muted")
    return _ends((words, "$muted"), (f"✗ {rest}", "$error bold") if figure.over else (rest, "$muted"), width)


def _sums(figure: SumsFigure, width: int) -> Content:
    lines = [_ends((figure.title, "bold"), (amount_in_words(figure.total), "$foreground"), width)]
    most = max((amount for _, amount in figure.sums), default=Decimal(0))
    amounts = [amount_in_words(amount).removeprefix("EUR ") for _, amount in figure.sums]
    widest = max(map(cell_len, amounts), default=0)
    names = max(8, min(26, max(cell_len(visible(name)) for name, _ in figure.sums)))
    room = width - names - widest - 4
    if room < _LEAST_BAR:
        # An amount is never broken: the bar goes, then part of the name.
        names, room = max(1, min(names, width - widest - 4)), 0
    for (name, amount), words in zip(figure.sums, amounts, strict=True):
        line = Content.assemble(
            (_cut(visible(name), names), "$muted"),
            "  ",
            (_length(amount, most, room), "$accent"),
            "  ",
            words.rjust(widest),
        )
        lines.append(line)
    return Content("\n").join(lines)


def _length(amount: Decimal, most: Decimal, room: int) -> str:
    """A bar to half a cell."""
    halves = int(amount / most * room * 2) if most else 0
    whole, rest = divmod(max(halves, 1 if amount else 0), 2)
    return (_FULL * whole + _HALF * rest).ljust(room)


def _cut(text: str, width: int) -> str:
    return set_cell_size(text, width) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


def _ends(left: tuple[str, str], right: tuple[str, str], width: int) -> Content:
    """Words at both ends of a line; below each other where they do not fit."""
    gap = width - cell_len(left[0]) - cell_len(right[0])
    return Content.assemble(left, " " * gap if gap >= 2 else "\n", right)


def _together(cells: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for glyph, style in cells:
        if found and found[-1][1] == style:
            found[-1] = (found[-1][0] + glyph, style)
        else:
            found.append((glyph, style))
    return found
