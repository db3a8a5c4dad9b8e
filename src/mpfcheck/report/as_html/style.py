"""The look of the page: one style sheet, written into it."""

from __future__ import annotations

from pathlib import Path

__all__ = ["STYLE_FILE", "style_sheet"]

STYLE_FILE = Path(__file__).with_name("style.css")


def style_sheet() -> str:
    """The style sheet, without the comments that are for us."""
    return "".join(_without_comments(STYLE_FILE.read_text(encoding="utf-8")))


def _without_comments(text: str) -> list[str]:
    first, *others = text.split("/*")
    return [first, *(other.split("*/", 1)[1] for other in others)]
