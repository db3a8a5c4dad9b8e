"""The order in which things are asked: from page to page, from question to question, through the items of a group."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.drafting.location import Location
from mpfcheck.drafting.session import Session
from mpfcheck.forms.form import Page
from mpfcheck.proposal.pointer import pointer

__all__ = ["PAGES", "after", "before", "first_of", "group_of", "next_page", "stops_of"]

PAGES = ""
"""The place where the pages are listed: no field has this pointer."""


def stops_of(session: Session, page: Page) -> list[str]:
    """Where one stops on a page: its questions and groups that are asked now."""
    return [asked.pointer for asked in session.asked(page)]


def first_of(session: Session, page: Page) -> str:
    """The first place of a page; the list of pages where it asks nothing now."""
    return next(iter(stops_of(session, page)), PAGES)


def after(session: Session, here: str) -> str:
    """The place after a question or group; after the last of an item its group, after the last of a page the pages."""
    location = session.locate(here)
    if location is None:
        return PAGES
    every, shown, end = _around(session, location, here)
    place = every.index(here) + 1 if here in every else 0
    return next((stop for stop in every[place:] if stop in shown), end)


def before(session: Session, here: str) -> str:
    """The place before; before the first of an item its group, before the first of a page the last of another."""
    location = session.locate(here)
    if location is None:
        return PAGES
    every, shown, _ = _around(session, location, here)
    place = every.index(here) if here in every else 0
    earlier = [stop for stop in every[:place] if stop in shown]
    if earlier:
        return earlier[-1]
    if location.item is not None:
        return group_of(location)
    pages = session.pages()
    number = next((number for number, page in enumerate(pages) if page.id == location.page.id), 0)
    stops = [stop for page in pages[:number] for stop in stops_of(session, page)]
    return stops[-1] if stops else PAGES


def next_page(session: Session, page: Page) -> Page | None:
    """The page after a page; None after the last."""
    pages = session.pages()
    number = next((number for number, one in enumerate(pages) if one.id == page.id), len(pages))
    return pages[number + 1] if number + 1 < len(pages) else None


def group_of(location: Location) -> str:
    """The place of the group a location belongs to; the list of pages where it belongs to none."""
    return pointer(location.group.field) if location.group is not None else PAGES


def _around(session: Session, location: Location, here: str) -> tuple[Sequence[str], frozenset[str], str]:
    """Every stop there can be among which this one is, those that are asked now, and where one goes after the last."""
    item = session.item(location.item) if location.item and location.item != here else None
    if item is not None and location.group is not None:
        every = [item.pointer + pointer(question.field) for question in location.group.questions]
        return every, frozenset(asked.pointer for asked in item.questions), group_of(location)
    every = [pointer(part.field) for part in location.page.parts]
    return every, frozenset(stops_of(session, location.page)), PAGES
