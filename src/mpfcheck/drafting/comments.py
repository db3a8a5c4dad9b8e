"""Comments on answers, such as "to check with Ana": kept in the draft, read by no rule, and not exported.

A comment stands in the field ``comments`` of the record its answer is in, by the way to the answer from there. So it
goes where its record goes: up or down in a list, into a part for a partner, and back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mpfcheck.drafting.document import Document, value_at, with_value, without
from mpfcheck.proposal.codes import COMMENTS
from mpfcheck.proposal.pointer import join, pointer, split

__all__ = ["LONGEST_COMMENT", "are_comments", "comment_at", "comments_in", "with_comment", "without_comments"]

LONGEST_COMMENT = 500
"""In characters."""


def comment_at(document: Document, place: str) -> str:
    """The comment on the answer at a place, empty where there is none."""
    holder, way = _holder(document, place)
    held = value_at(document, f"{holder}/{COMMENTS}")
    text = held.get(way) if isinstance(held, Mapping) else None
    return text if isinstance(text, str) else ""


def with_comment(document: Document, place: str, text: str) -> Document:
    """The document with a comment on the answer at a place; an empty one takes the comment away."""
    holder, way = _holder(document, place)
    held = value_at(document, f"{holder}/{COMMENTS}")
    kept = {name: value for name, value in held.items() if name != way} if isinstance(held, Mapping) else {}
    text = " ".join(text.split())[:LONGEST_COMMENT]
    if text:
        kept[way] = text
    return with_value(document, f"{holder}/{COMMENTS}", kept) if kept else without(document, f"{holder}/{COMMENTS}")


def comments_in(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """The comments in a document: the place of each answer, and the comment on it."""
    if isinstance(value, Mapping):
        held = value.get(COMMENTS)
        if isinstance(held, Mapping):
            yield from ((f"{place}/{way}", text) for way, text in held.items() if isinstance(text, str))
        for name, inner in value.items():
            if name not in (COMMENTS, "part", "annex"):
                yield from comments_in(inner, join(place, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from comments_in(inner, join(place, number))


def without_comments(document: Document) -> Document:
    """The document as it is submitted."""
    found = _without(document)
    assert isinstance(found, dict)  # noqa: S101 - a mapping stays one
    return found


def _without(value: object) -> object:
    if isinstance(value, Mapping):
        # What a call's own fields are called is for the call to say.
        return {
            name: inner if name == "annex" else _without(inner) for name, inner in value.items() if name != COMMENTS
        }
    return [_without(inner) for inner in value] if isinstance(value, list) else value


def are_comments(value: object) -> bool:
    """Tell whether a value from elsewhere holds comments and nothing else."""
    return isinstance(value, Mapping) and all(
        isinstance(text, str) and len(text) <= LONGEST_COMMENT for text in value.values()
    )


def _holder(document: Document, place: str) -> tuple[str, str]:
    """The place of the record that an answer is in, and the way to the answer from there."""
    steps = split(place)
    # What a call's own records may hold is for its schema to say.
    records = steps.index("annex") if "annex" in steps else len(steps) - 1
    for number in range(records, 0, -1):
        holder = value_at(document, pointer(steps[:number]))
        if isinstance(holder, Mapping) and (steps[number - 1].isdecimal() or "id" in holder):
            return pointer(steps[:number]), pointer(steps[number:])[1:]
    return "", pointer(steps)[1:]
