"""The lists of a proposal that are not finished: ``open`` names them by JSON Pointers, and more may come into them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mpfcheck.nearest import nearest
from mpfcheck.proposal.fields import Kind, Many, Open, Record, proposal_record
from mpfcheck.proposal.mistakes import Mistake
from mpfcheck.proposal.pointer import is_position, join, split
from mpfcheck.proposal.values import shown

__all__ = ["OPEN", "known_lists", "open_doubts", "open_lists"]

OPEN = "open"
"""The field that names the lists. Conditions cannot ask for it."""

_ESCAPED_WELL = r"(?:[^~]|~[01])*"


def open_lists(answers: object) -> frozenset[str]:
    """The pointers of the lists that the answers call open, whatever they lead to."""
    pointers = answers.get(OPEN) if isinstance(answers, Mapping) else None
    return frozenset(pointers) if isinstance(pointers, list | tuple) else frozenset()


def known_lists(record: Record | None = None, place: str = "") -> Iterator[str]:
    """The pointers of the lists that every proposal may have, in the order of its fields."""
    for name, field in (record or proposal_record()).fields.items():
        at = join(place, name)
        if isinstance(field.kind, Many) and at != f"/{OPEN}":
            yield at
        elif isinstance(field.kind, Record):
            yield from known_lists(field.kind, at)


def open_doubts(answers: Mapping[str, object]) -> Iterator[Mistake]:
    """The warnings about pointers that name no list, or name one again. Such a pointer is ignored."""
    seen: set[str] = set()
    pointers = answers.get(OPEN)
    for position, text in enumerate(pointers if isinstance(pointers, list | tuple) else ()):
        place = join(join("", OPEN), position)
        if text in seen:
            yield Mistake(place, f"The list {shown(text)} is named twice.", "Name each list once.", warning=True)
        elif not _is_pointer(text):
            message = f"{shown(text)} is not a JSON Pointer. It is ignored."
            yield Mistake(place, message, _hint_for(text), warning=True)
        elif not _names_a_list(split(text), answers):
            message = f"{shown(text)} does not name a list of the proposal. It is ignored."
            yield Mistake(place, message, _hint_for(text), warning=True)
        seen.add(text)


def _is_pointer(text: str) -> bool:
    return (not text or text.startswith("/")) and re.fullmatch(_ESCAPED_WELL, text) is not None


def _names_a_list(steps: tuple[str, ...], answers: Mapping[str, object]) -> bool:
    """Whether a list is at the end of the way, or may be: one that is not answered yet can be open too."""
    here: object = answers
    kind: Kind | None = proposal_record()
    if not steps or steps[0] == OPEN:
        return False
    for step in steps:
        if isinstance(here, list | tuple):
            if not is_position(step) or int(step) >= len(here):
                return False
            here, kind = here[int(step)], kind.item if isinstance(kind, Many) else None
        elif isinstance(here, Mapping) or here is None:
            here = None if here is None else here.get(step)
            if isinstance(kind, Record):
                kind = kind.fields[step].kind if step in kind.fields else None
            elif not isinstance(kind, Open):
                # Nothing describes what is here: only a value says whether it is a list.
                kind = None
        else:
            return False
    return isinstance(here, list | tuple) or (here is None and isinstance(kind, Many | Open))


def _hint_for(text: str) -> str:
    lists = tuple(known_lists())
    inside = [one for one in lists if one.startswith(f"{text}/")]
    around = [one for one in lists if text.startswith(f"{one}/")]
    near = next(iter(inside or around), None) or nearest(text, lists)
    return f'Did you mean "{near}"?' if near else f"The lists are {', '.join(lists)}."
