"""A rule of a call: what it demands, of whom, why, and what a person is told when it does not hold."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from threading import Lock
from typing import NamedTuple, cast

from mpfcheck.feel.syntax.tree import Boolean, Expression
from mpfcheck.frozen import Frozen
from mpfcheck.packs.severity import Severity

__all__ = ["Authority", "Citation", "Condition", "Example", "Note", "Place", "Rule", "Scope", "Severity", "Template"]


class Authority(StrEnum):
    """How far a source may go. Only ``seed`` and ``official`` may carry a blocking rule."""

    SEED = "seed"
    """The conference summary, the primary source."""
    OFFICIAL = "official"
    """A page of the MPF, ICMPD or an EU institution about this call, or an ICMPD-wide rule."""
    FUND = "fund"
    """The fund's own regulation."""
    SECONDARY = "secondary"
    """Grant portals, press."""
    ANALOGY = "analogy"
    """A neighbouring scheme, not shown to apply."""


class Scope(StrEnum):
    """What a rule speaks of: one proposal, or the proposals checked together."""

    PROPOSAL = "proposal"
    PORTFOLIO = "portfolio"


class Place(NamedTuple):
    """A place in a rule file: the file's name relative to the pack, line and column from 1."""

    file: str
    line: int
    column: int


NO_PLACE = Place("", 0, 0)
"""The place of what was not read from a file."""


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

    def placeholders(self) -> tuple[Condition, ...]:
        """List its expressions, in order."""
        return tuple(part for part in self.parts if isinstance(part, Condition))


class Note(Frozen):
    """Something to say although the rule passes: ``message`` where ``when`` is true."""

    when: Condition
    message: Template


class Citation(Frozen):
    """Where the rule stands: a source of the call by its id, the section, the authority, and what to know about it."""

    document: str
    section: str
    authority: Authority
    note: str = ""
    place: Place = NO_PLACE


class Example(Frozen):
    """A small proposal and the status the rule must give it. ``as_of`` is None where the call's own day is meant.

    ``given`` is plain data as a proposal file holds it; for a portfolio rule its one entry ``proposals`` lists several.
    ``noted`` says whether the rule's note must be said although it passes; None where the example leaves that open.
    ``likewise`` names an answer and other values of it, with each of which the rule must say the same.
    """

    given: Mapping[str, object]
    expect: str
    place: Place
    title: str = ""
    as_of: date | None = None
    noted: bool | None = None
    likewise: tuple[str, tuple[object, ...]] | None = None

    def variants(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        """Yield what is given, and again with every other value, each with what is other about it in words."""
        yield "", self.given
        path, values = self.likewise or ("", ())
        for value in values:
            yield f"{path}: {value}", cast("Mapping[str, object]", _put(self.given, path.split("."), value))


def _put(given: object, path: list[str], value: object) -> object:
    """The same data with another value at a path, in every item of the lists on the way."""
    if not path:
        return value
    if isinstance(given, list):
        return [_put(item, path, value) for item in given]
    if isinstance(given, Mapping) and path[0] in given:
        return {**given, path[0]: _put(given[path[0]], path[1:], value)}
    return given


class Rule(Frozen):
    """One rule of a call.

    ``for_each`` names the list the rule speaks of item by item, ``item`` the name of one. ``when`` says whether it
    applies, ``require`` what must hold; ``doubt`` turns a failure into ``review`` where it is true. A ``manual`` rule
    has no ``require``: a person judges. Where ``doubt`` is the word ``true``, whatever is not as required is for
    review: such a rule never fails, and says its ``message`` there. A rule of scope ``portfolio`` speaks of proposals
    checked together and is not applicable to one alone. ``changed`` lists the entries of a shared rule that the call
    replaces by its own, which begin at ``changed_at``.
    """

    id: str
    title: str
    severity: Severity
    source: Citation
    message: Template
    place: Place
    why: str = ""
    scope: Scope = Scope.PROPOSAL
    manual: bool = False
    for_each: Condition | None = None
    item: str | None = None
    when: Condition | None = None
    require: Condition | None = None
    doubt: Condition | None = None
    doubt_message: Template | None = None
    fix: Template | None = None
    note: Note | None = None
    also: tuple[Citation, ...] = ()
    examples: tuple[Example, ...] = ()
    changed: tuple[str, ...] = ()
    changed_at: Place = NO_PLACE

    @property
    def never_fails(self) -> bool:
        """Whether it can only pass or be for review by its own words: a manual rule, or one with ``doubt: true``."""
        return self.manual or (self.doubt is not None and self.doubt.tree == Boolean(value=True))

    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """Yield its conditions, each with its key: ``for each``, ``when``, ``require``, ``doubt``, ``note``."""
        note = self.note.when if self.note else None
        keys = ("for each", "when", "require", "doubt", "note")
        for key, condition in zip(keys, (self.for_each, self.when, self.require, self.doubt, note), strict=True):
            if condition:
                yield key, condition

    def sentences(self) -> Iterator[tuple[str, Template]]:
        """Yield its sentences, each with its key: ``message``, ``fix``, ``doubt message``, ``note``."""
        note = self.note.message if self.note else None
        keys = ("message", "fix", "doubt message", "note")
        for key, template in zip(keys, (self.message, self.fix, self.doubt_message, note), strict=True):
            if template:
                yield key, template
