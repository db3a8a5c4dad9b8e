"""Where in a form a place of the proposal is asked."""

from __future__ import annotations

from mpfcheck.forms.form import Form, Group, Page, Question
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.pointer import pointer, split

__all__ = ["Location", "locate", "locate_way"]


class Location(Frozen):
    """A question or group of a page. ``item`` is the place of the item, where the question is about one.

    ``pointer`` is what is asked: the field of ``question``, or the list of ``group``.
    """

    page: Page
    pointer: str
    question: Question | None = None
    group: Group | None = None
    item: str | None = None


def locate(form: Form, place: str) -> Location | None:
    """Where the field at a JSON Pointer, or something that holds it or is in it, is asked; None where nowhere."""
    steps = split(place)
    return _exactly(form, steps) or _around(form, steps) or _inside(form, steps)


def locate_way(form: Form, way: tuple[str, ...]) -> Location | None:
    """Where a field is asked, given the way to it without the numbers of items; a field of items at its group."""
    for page, part in form.parts():
        if part.field == way:
            return _at(page, part)
        if isinstance(part, Group) and way[: len(part.field)] == part.field:
            return _at(page, part)
    return None


def _exactly(form: Form, steps: tuple[str, ...]) -> Location | None:
    for page, part in form.parts():
        if part.field == steps:
            return _at(page, part)
        if isinstance(part, Group) and _in_item(part, steps):
            item = pointer(steps[: len(part.field) + 1])
            question = part.question(steps[len(part.field) + 1 :])
            if question is not None:
                return Location(page, pointer(steps), question, part, item)
    return None


def _around(form: Form, steps: tuple[str, ...]) -> Location | None:
    """What holds the place: an item of a group, a group, or a list of codes."""
    for page, part in form.parts():
        if part.field == steps[: len(part.field)]:
            if isinstance(part, Group) and _in_item(part, steps):
                return Location(page, pointer(part.field), None, part, pointer(steps[: len(part.field) + 1]))
            return _at(page, part)
    return None


def _inside(form: Form, steps: tuple[str, ...]) -> Location | None:
    """The first question about something inside the place."""
    for page, part in form.parts():
        if steps and part.field[: len(steps)] == steps:
            return _at(page, part)
    return None


def _in_item(group: Group, steps: tuple[str, ...]) -> bool:
    number = len(group.field)
    return steps[:number] == group.field and len(steps) > number and steps[number].isdecimal()


def _at(page: Page, part: Question | Group) -> Location:
    place = pointer(part.field)
    return Location(page, place, None, part) if isinstance(part, Group) else Location(page, place, part)
