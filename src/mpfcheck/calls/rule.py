"""A rule of a call: what it demands, of whom, why, and what a person is told when it does not hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from mpfcheck.calls.severity import Severity
from mpfcheck.language.tree import Expression

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


@dataclass(frozen=True, slots=True)
class Condition:
    """A FEEL expression as it stands in a rule file.

    ``place`` is where it begins; ``place_at`` tells where any other character of its text stands.
    """

    text: str
    tree: Expression
    place: Place
    where: Callable[[int], Place] | None = field(default=None, compare=False, repr=False)

    def place_at(self, offset: int) -> Place:
        """Find where the character at ``offset`` of the expression's text stands in its file."""
        return self.where(offset) if self.where else self.place


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with ``{expressions}`` in it: pieces of text and conditions in order. ``{{`` and ``}}`` are braces."""

    text: str
    parts: tuple[str | Condition, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say although the rule passes: ``message`` where ``when`` is true."""

    when: Condition
    message: Template


@dataclass(frozen=True, slots=True)
class Citation:
    """Where the rule stands: a source of the call by its id, the section, the authority, and what to know about it."""

    document: str
    section: str
    authority: Authority
    note: str = ""
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True)
class Example:
    """A small proposal and the status the rule must give it. ``as_of`` is None where the call's own day is meant.

    ``given`` is plain data as a proposal file holds it; for a portfolio rule its one entry ``proposals`` lists several.
    """

    given: Mapping[str, object]
    expect: str
    place: Place
    title: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a call.

    ``for_each`` names the list the rule speaks of item by item, ``item`` the name of one. ``when`` says whether it
    applies, ``require`` what must hold; ``doubt`` turns a failure into ``review`` where it is true. A ``manual`` rule
    has no ``require``: a person judges. A rule of scope ``portfolio`` speaks of proposals checked together and is
    not applicable to one alone.
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
