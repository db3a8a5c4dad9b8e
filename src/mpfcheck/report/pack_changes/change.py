"""One change between two versions of a pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from mpfcheck.frozen import Frozen

__all__ = ["Change", "Kind", "Section", "by_name", "words"]

Item = TypeVar("Item")


class Section(StrEnum):
    """Where a change belongs, in the order people ask for them."""

    RULES = "Rules"
    LIMITS = "Limits"
    LISTS = "Lists and definitions"
    WORDING = "Wording"
    SOURCES = "Sources"
    GAPS = "What is not known"
    CALL = "The call"
    CLAUSES = "Clauses"
    FORM = "The form"
    EXAMPLES = "Examples"


class Kind(StrEnum):
    """What happened to it; the value is the mark before it."""

    ADDED = "+"
    REMOVED = "-"
    CHANGED = "~"


class Change(Frozen):
    """One change: of what (``subject``, with its ``title``), in a sentence, and both sides where there are two.

    ``before`` and ``after`` are empty where the sentence says it all.
    """

    section: Section
    kind: Kind
    subject: str
    title: str
    sentence: str
    before: str = ""
    after: str = ""


def by_name(
    old: Mapping[str, Item], new: Mapping[str, Item]
) -> tuple[list[Item], list[Item], Iterator[tuple[Item, Item]]]:
    """Pair two mappings: what was added, what was removed, and what is in both."""
    added = [item for name, item in new.items() if name not in old]
    removed = [item for name, item in old.items() if name not in new]
    return added, removed, ((item, new[name]) for name, item in old.items() if name in new)


def words(text: str) -> str:
    """The words of a text: how its lines are broken does not matter."""
    return " ".join(text.split())
