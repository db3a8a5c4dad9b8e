"""Where in a proposal something stands, in words: ``/co_applicants/0/country`` is "co-applicant 1, country"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

__all__ = ["field_in_words", "in_order", "missing_in_words"]

WORDS = {
    "lead": "lead applicant",
    "co_applicants": "co-applicant",
    "lines": "line",
    "contributions": "contribution",
    "documents": "document",
    "activities": "activity",
    "target_countries": "target country",
    "pic": "PIC",
    "id": "identifier",
    "non_profit": "non-profit basis",
}
MANY = 6
MOST_KNOWN = 4096
"""The proposals of a batch have mostly the same fields, and so the same pointers."""
LONG = 100
"""Nobody's field has a longer pointer, so that what is remembered stays small whatever a file holds."""


def field_in_words(pointer: str) -> str:
    """A JSON Pointer in words; a parameter of the call (``@name``) by its name."""
    return _known_words(pointer) if len(pointer) < LONG else _words(pointer)


def _words(pointer: str) -> str:
    if pointer.startswith("@"):
        return pointer[1:].replace("_", " ")
    words: list[str] = []
    for token in pointer.split("/")[1:]:
        if token.isdigit() and words:
            words[-1] += f" {int(token) + 1}"
        else:
            words.append(WORDS.get(token, token.replace("_", " ")))
    last = pointer.rsplit("/", 1)[-1]
    if last in {"co_applicants", "lines", "contributions", "documents"}:
        words[-1] += "s"
    elif last in {"activities", "target_countries"}:
        words[-1] = last.replace("_", " ")
    return ", ".join(words)


_known_words = lru_cache(MOST_KNOWN)(_words)


def in_order(pointers: Iterable[str]) -> tuple[str, ...]:
    """JSON Pointers in the order a person reads them: list items by number."""
    return tuple(sorted(pointers, key=_known_order))


def missing_in_words(pointers: Iterable[str]) -> str:
    """The answers something waits for, in words."""
    words = [field_in_words(pointer) for pointer in in_order(pointers)]
    if len(words) > MANY:
        return "; ".join(words[:MANY]) + f"; and {len(words) - MANY} more"
    return "; ".join(words)


def _known_order(pointer: str) -> tuple[tuple[int, int, str], ...]:
    return _remembered_order(pointer) if len(pointer) < LONG else _reading_order(pointer)


def _reading_order(pointer: str) -> tuple[tuple[int, int, str], ...]:
    return tuple((0, int(token), "") if token.isdigit() else (1, 0, token) for token in pointer.split("/"))


_remembered_order = lru_cache(MOST_KNOWN)(_reading_order)
