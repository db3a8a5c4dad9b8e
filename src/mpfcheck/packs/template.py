"""Sentences with ``{expressions}`` in them, taken apart. ``{{`` and ``}}`` stand for the braces themselves."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Placeholder", "TemplateError", "split_template"]

_OUTSIDE = re.compile(r"\{\{|\}\}|[{}]")
# A brace inside a FEEL string is text; other braces are contexts, which nest.
_INSIDE = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]', re.DOTALL)


class Placeholder(NamedTuple):
    """An expression in a template: its text, and the offset at which it begins."""

    text: str
    start: int


class TemplateError(ValueError):
    """A template whose braces do not match; ``offset`` is where."""

    def __init__(self, message: str, offset: int, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.hint = hint


def split_template(text: str) -> list[str | Placeholder]:
    """Take a template apart into pieces of text and placeholders, in order; raises TemplateError."""
    parts: list[str | Placeholder] = []
    said = ""
    at = 0
    while found := _OUTSIDE.search(text, at):
        said += text[at : found.start()]
        at = found.end()
        if found[0] in ("{{", "}}"):
            said += found[0][0]
            continue
        if found[0] == "}":
            raise TemplateError(
                'a "}" closes nothing here', found.start(), "write }} for a brace that people are to see"
            )
        end = _closing(text, at)
        if end is None:
            raise TemplateError('this "{" is not closed', found.start(), "write {{ for a brace that people are to see")
        inside = text[at:end]
        expression = inside.strip()
        if not expression:
            raise TemplateError("there is nothing between the braces", found.start(), "name what people are to see")
        if said:
            parts.append(said)
            said = ""
        parts.append(Placeholder(expression, at + len(inside) - len(inside.lstrip())))
        at = end + 1
    said += text[at:]
    if said:
        parts.append(said)
    return parts


def _closing(text: str, at: int) -> int | None:
    """Find the brace that closes the placeholder whose inside begins at ``at``."""
    depth = 0
    for found in _INSIDE.finditer(text, at):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            if depth == 0:
                return found.start()
            depth -= 1
    return None
