"""Conditions and sentences as rule files write them: an expression, and a text with ``{expressions}`` in it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from threading import Lock

from mpfcheck.feel.syntax.tree import Expression
from mpfcheck.frozen import Frozen, made_once
from mpfcheck.packs.mistake import NO_PLACE, Place

__all__ = ["Condition", "Placeholder", "Template", "TemplateError", "split_template"]

_OUTSIDE = re.compile(r"\{\{|\}\}|[{}]")
# A brace inside a FEEL string is text; other braces are contexts, which nest.
_INSIDE = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]', re.DOTALL)


class Placeholder(Frozen):
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
    literal = ""
    at = 0
    while found := _OUTSIDE.search(text, at):
        literal += text[at : found.start()]
        at = found.end()
        if found[0] in ("{{", "}}"):
            literal += found[0][0]
            continue
        if found[0] == "}":
            raise TemplateError(
                'a "}" closes nothing here', found.start(), "write }} for a brace that people should see"
            )
        end = _closing(text, at)
        if end is None:
            raise TemplateError('this "{" is not closed', found.start(), "write {{ for a brace that people should see")
        inside = text[at:end]
        expression = inside.strip()
        if not expression:
            raise TemplateError("there is nothing between the braces", found.start(), "name what people should see")
        if literal:
            parts.append(literal)
            literal = ""
        parts.append(Placeholder(expression, at + len(inside) - len(inside.lstrip())))
        at = end + 1
    literal += text[at:]
    if literal:
        parts.append(literal)
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


_READING = Lock()


def _fresh_lock() -> None:
    """Give a forked process a lock of its own: whoever held this one is not in it."""
    global _READING
    _READING = Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_fresh_lock)


class Condition:
    """A FEEL expression as it stands in a rule file.

    ``place`` is where it begins; ``place_at`` tells where any other character of its text stands. The tree of one in a
    sentence is read when first asked for: most sentences of a call are never said. ``tree`` then raises PackError if
    it is no FEEL, in a call that was loaded unchecked.
    """

    __slots__ = ("_place", "_read", "_text", "_tree", "_where")

    def __init__(
        self,
        text: str,
        tree: Expression | None,
        place: Place | None,
        where: Callable[[int], Place] | None = None,
        read: Callable[[Condition], Expression] | None = None,
    ) -> None:
        self._text = text
        self._tree = tree
        self._place = place
        self._where = where
        self._read = read

    @property
    def text(self) -> str:
        """The expression as it is written."""
        return self._text

    @property
    def tree(self) -> Expression:
        """The expression."""
        if self._tree is None:
            if self._read is None:
                raise ValueError("a condition has a tree, or a way to read it")
            # What is known of a tree is known of its nodes, so threads must not get two of them.
            with _READING:
                if self._tree is None:
                    self._tree = self._read(self)
        return self._tree

    @property
    def place(self) -> Place:
        """Where it begins."""
        if self._place is None:
            self._place = self.place_at(0)
        return self._place

    def place_at(self, offset: int) -> Place:
        """Find where the character at ``offset`` of the expression's text stands in its file."""
        if self._where is not None:
            return self._where(offset)
        return self._place or NO_PLACE

    def __reduce__(self) -> tuple[type[Condition], tuple[str, Expression, Place]]:
        """What a copy in another process needs: it knows its place, and no longer that of each character."""
        return type(self), (self.text, self.tree, self.place)

    def __repr__(self) -> str:
        return f"Condition({self.text!r}, {self.place})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Condition) and (self.text, self.place) == (other.text, other.place)

    def __hash__(self) -> int:
        return hash(self.text)


class Template(Frozen):
    """A sentence with ``{expressions}`` in it: pieces of text and conditions in order. ``{{`` and ``}}`` are braces."""

    text: str
    parts: tuple[str | Condition, ...]
    place: Place

    @made_once
    def words(self) -> str | None:
        """What it always says; None where it has expressions."""
        return None if self.placeholders() else "".join(map(str, self.parts))

    def placeholders(self) -> tuple[Condition, ...]:
        """List its expressions, in order."""
        return tuple(part for part in self.parts if isinstance(part, Condition))
