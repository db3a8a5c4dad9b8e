"""The places of a form: in which order they are asked, and the one that somebody names in words.

One goes from page to page, from question to question, and through the items of a group.
"""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.drafting.places import Hit, HitKind, Location, find
from mpfcheck.drafting.session import Session
from mpfcheck.forms.form import Page
from mpfcheck.prompts.dialogue import number_of
from mpfcheck.prompts.talk import Talk
from mpfcheck.proposal.pointer import pointer

__all__ = ["PAGES", "after", "before", "first_of", "group_of", "next_page", "place_of", "stops_of"]

PAGES = ""
"""The place where the pages are listed: no field has this pointer."""


def stops_of(session: Session, page: Page) -> list[str]:
    """Where one stops on a page: its questions and groups that are asked now."""
    return [question.pointer for question in session.questions(page)]


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
        return every, frozenset(question.pointer for question in item.questions), group_of(location)
    every = [pointer(part.field) for part in location.page.parts]
    return every, frozenset(stops_of(session, location.page)), PAGES


MOST_HITS = 12


def place_of(words: str, session: Session, talk: Talk) -> str:
    """The place that is meant; the list of pages (no place) where none is, which has been said then."""
    pages = session.pages()
    if words.startswith("/"):
        return _at(words, session, talk)
    if words.isdecimal() and words.isascii():
        if len(words) < 4 and 1 <= int(words) <= len(pages):
            return first_of(session, pages[int(words) - 1])
        talk.say("There is 1 page." if len(pages) == 1 else f"There are {len(pages)} pages.", indent="  ")
        return PAGES
    hits = [hit for hit in find(words, session.form, session.call) if _place(hit, session)]
    exact = [hit for hit in hits if words.casefold() in (hit.target.casefold(), hit.label.casefold())]
    hits = exact or hits
    if not hits:
        talk.say("Nothing was found. Try other words, or the number of a page.", indent="  ")
        return PAGES
    if len(hits) == 1:
        return _place(hits[0], session)
    if len(hits) > MOST_HITS:
        talk.say(f"{len(hits)} places were found. These are the first {MOST_HITS}.", indent="  ")
    shown = [f"{hit.label} ({hit.detail})" for hit in hits[:MOST_HITS]]
    chosen = number_of(talk, shown, "Number (Enter: none):")
    return PAGES if chosen is None else _place(hits[chosen], session)


def _at(place: str, session: Session, talk: Talk) -> str:
    """The place of a field by its JSON Pointer, as reports name it, or of what is asked next to it."""
    location = session.locate(place)
    if location is None or all(page.id != location.page.id for page in session.pages()):
        talk.say("The form has no question there.", indent="  ")
        return PAGES
    if location.item is not None and session.item(location.item) is None:
        return group_of(location)
    return location.pointer


def _place(hit: Hit, session: Session) -> str:
    """Where a hit leads now; nowhere for a page that is not shown, or a rule that nothing asked can change."""
    if hit.kind is HitKind.PAGE:
        return next((first_of(session, page) for page in session.pages() if page.id == hit.target), PAGES)
    if hit.kind is HitKind.RULE:
        result = next((result for result in session.results() if result.rule == hit.target), None)
        way = session.way_to(result) if result is not None else None
        return way.pointer if way is not None else PAGES
    place = "/" + hit.target.replace(".", "/")
    location = session.locate(place)
    shown = location is not None and any(page.id == location.page.id for page in session.pages())
    return place if shown else PAGES
