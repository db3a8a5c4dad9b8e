"""Where somebody wants to go, in their words: a page, a rule, a question, or a place as reports name it."""

from __future__ import annotations

from mpfcheck.drafting.search import Hit, HitKind, find
from mpfcheck.drafting.session import Session
from mpfcheck.prompts.confirm import number_of
from mpfcheck.prompts.order import PAGES, first_of, group_of
from mpfcheck.prompts.talk import Talk

__all__ = ["place_of"]

MOST_HITS = 12


def place_of(words: str, session: Session, talk: Talk) -> str:
    """The place that is meant; the list of pages (no place) where none is, which has been said then."""
    pages = session.pages()
    if words.startswith("/"):
        return _at(words, session, talk)
    if words.isdecimal() and words.isascii():
        if len(words) < 4 and 1 <= int(words) <= len(pages):
            return first_of(session, pages[int(words) - 1])
        talk.say(f"There are {len(pages)} pages.", indent="  ")
        return PAGES
    hits = [hit for hit in find(words, session.form, session.call) if _place(hit, session)]
    exact = [hit for hit in hits if words.casefold() in (hit.target.casefold(), hit.label.casefold())]
    hits = exact or hits
    if not hits:
        talk.say("Nothing was found with these words: try others, or the number of a page.", indent="  ")
        return PAGES
    if len(hits) == 1:
        return _place(hits[0], session)
    if len(hits) > MOST_HITS:
        talk.say(f"{len(hits)} places were found; these are the first {MOST_HITS}.", indent="  ")
    shown = [f"{hit.label} ({hit.detail})" for hit in hits[:MOST_HITS]]
    chosen = number_of(talk, shown, "Number (Enter: none):")
    return PAGES if chosen is None else _place(hits[chosen], session)


def _at(pointer: str, session: Session, talk: Talk) -> str:
    """The place of a field by its JSON Pointer, as reports name it, or of what is asked next to it."""
    location = session.locate(pointer)
    if location is None or all(page.id != location.page.id for page in session.pages()):
        talk.say("Nothing is asked there.", indent="  ")
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
