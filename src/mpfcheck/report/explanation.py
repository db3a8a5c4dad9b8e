"""A condition with the values in it, part by part, under the rule it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mpfcheck.report.page import BODY, Page

if TYPE_CHECKING:
    from mpfcheck.checking.explain import Part

__all__ = ["write_explanation"]

DEEPEST = 12
"""Deeper parts are not indented further, so that the text keeps room to stand in."""

_STYLE = {True: "green", False: "red", None: ""}


def write_explanation(page: Page, parts: Iterable[Part]) -> None:
    """Write each part with its value, and its own parts under it."""
    for part in parts:
        _write(page, part, 0)


def _write(page: Page, part: Part, depth: int) -> None:
    label = f"{part.label}: " if part.label else ""
    indent = BODY + "  " * min(depth, DEEPEST)
    page.say(f"{label}{part.text} → {part.value}", indent=indent, hang="    ", style=_STYLE[part.holds])
    for inner in part.parts:
        _write(page, inner, depth + 1)
