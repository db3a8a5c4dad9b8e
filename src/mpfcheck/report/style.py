"""Colour on a terminal, as help only: every mark and verdict reads the same without it."""

from __future__ import annotations

__all__ = ["Style"]

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}


class Style:
    """Paints text with ANSI codes where colour is wanted, and leaves it alone where it is not."""

    __slots__ = ("colour",)

    def __init__(self, *, colour: bool = False) -> None:
        """Paint only with ``colour``."""
        self.colour = colour

    def paint(self, text: str, names: str) -> str:
        """The text in the named styles (``"bold red"``); the text itself must be plain already."""
        if not self.colour or not names or not text:
            return text
        codes = ";".join(_CODES[name] for name in names.split())
        return f"\x1b[{codes}m{text}\x1b[0m"
