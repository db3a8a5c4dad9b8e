"""A page of text being written: headings, entries and their hanging paragraphs, in a width, with marks and colour."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from mpfcheck.plain import plain
from mpfcheck.report.cut import cut
from mpfcheck.report.paragraph import columns, paragraph
from mpfcheck.report.style import Style

__all__ = ["BRIEF_FRAME", "LinePage"]

BODY = " " * 6
"""Under an entry: everything about it."""
BRIEF_FRAME = 8
"""Columns of a line of :meth:`LinePage.brief` that are not in its three columns: its mark, and what is between."""


class LinePage:
    """Collects lines. All text given to it may come from a proposal: it is made plain before it is laid out."""

    def __init__(self, width: int, style: Style) -> None:
        """Start an empty page of ``width`` columns."""
        self.width = width
        self._style = style
        self._lines: list[str] = []

    def text(self) -> str:
        """The page as text, each line ended."""
        return "".join(f"{line}\n" for line in self._lines)

    def blank(self) -> None:
        """An empty line, but never two, and never at the top."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def say(self, text: str, *, indent: str = "", hang: str = "", style: str = "") -> None:
        """A paragraph; ``hang`` is the further indent of every line but the first."""
        lines = paragraph(text, self.width, first=indent, rest=indent + hang)
        self._lines += [self._style.paint(line, style) for line in lines]

    def heading(self, text: str) -> None:
        """A heading, after an empty line."""
        self.blank()
        self.say(text, style="bold")

    def lead(self, word: str, colour: str, text: str) -> None:
        """A line that begins with a coloured word, such as the verdict."""
        word = plain(word)
        lines = paragraph(text, self.width, first=f"{word}  ", rest="  ")
        self._lines.append(self._style.paint(word, colour) + lines[0][len(word) :])
        self._lines += lines[1:]

    def entry(self, mark: str, colour: str, name: str, text: str) -> None:
        """An entry: a mark, the name of a rule or field, and a title that hangs under itself."""
        if not text:
            first, *others = paragraph(name, self.width, first=f"  {mark} ", rest="    ")
            start = len(f"  {mark} ")
            self._lines.append(f"  {self._style.paint(mark, colour)} {self._style.paint(first[start:], 'bold')}")
            self._lines += [self._style.paint(line, "bold") for line in others]
            return
        name = plain(name)
        first = f"  {mark} {name}  "
        rest = " " * columns(first) if columns(first) <= self.width // 3 else BODY
        lines = paragraph(text, self.width, first=first, rest=rest)
        painted = f"  {self._style.paint(mark, colour)} {self._style.paint(name, 'bold')}"
        start = len(f"  {mark} {name}")
        self._lines.append(painted + lines[0][start:])
        self._lines += lines[1:]

    def row(self, cells: str, text: str) -> None:
        """A row of a table: its first cells as they stand, and the last one hanging under itself."""
        self._lines += paragraph(text, self.width, first=cells, rest=" " * columns(cells))

    def brief(self, mark: str, colour: str, where: str, project: str, short: str, sizes: tuple[int, int]) -> None:
        """A line in columns of the given sizes; the last has the rest of the line.

        Only ``where`` is never cut: one that does not fit has lines of its own.
        """
        where, painted = plain(where), self._style.paint(mark, colour)
        if columns(where) > sizes[0]:
            first, *more = paragraph(where, self.width, first=f"  {mark} ", rest="    ")
            self._lines += [f"  {painted}{first[2 + len(mark) :]}", *more]
            painted, where = " ", ""
        cells = where, cut(_one_line(project), sizes[1])
        laid = "  ".join(cell + " " * (size - columns(cell)) for cell, size in zip(cells, sizes, strict=True))
        room = self.width - BRIEF_FRAME - sum(sizes)
        self._lines.append(f"  {painted} {laid}  {cut(_one_line(short), room)}".rstrip())

    def beside(self, cells: Iterable[Iterable[str]], width: int, between: int, hang: str = "") -> None:
        """Paragraphs in columns of a width, one list of paragraphs a column, with some blanks between two columns."""
        laid = [[line for text in cell for line in paragraph(text, width, rest=hang)] for cell in cells]
        for row in zip_longest(*laid, fillvalue=""):
            line = "".join(text + " " * (width + between - columns(text)) for text in row)
            self._lines.append(line.rstrip())

    def link(self, url: str) -> None:
        """An address under an entry, on one line however long, so that it can be opened and copied."""
        self._lines.append(f"{BODY}{plain(url)}")

    def detail(self, text: str, *, label: str = "", style: str = "") -> None:
        """Something said of the entry above; with a label, the text hangs a little under it."""
        self.say(f"{label}: {text}" if label else text, indent=BODY, hang="  " if label else "", style=style)


def _one_line(text: str) -> str:
    """A text made plain, with one blank between its words."""
    return " ".join(plain(text).split())
