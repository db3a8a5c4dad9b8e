"""The list of pages with their state in words, from where one goes to a page, checks the answers, or leaves."""

from __future__ import annotations

from mpfcheck.drafting.progress import PageState
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.words import page_words
from mpfcheck.forms.form import Page
from mpfcheck.prompts.interview import Command, Interview, command_in
from mpfcheck.prompts.places import PAGES, first_of, next_page, place_of, stops_of
from mpfcheck.prompts.status import review, verdict_in_words

__all__ = ["ask_for_page"]


def ask_for_page(interview: Interview) -> str | None:
    """List the pages and ask for one; the place to go on at, None to leave."""
    session, talk = interview.session, interview.talk
    if interview.is_new(PAGES):
        talk.heading(f"Pages of {session.form.title}")
        for number, page in enumerate(session.pages(), 1):
            talk.entry(f"{number}.", f"{page.title}: {page_words(session.progress(page), warnings=True)}")
        talk.say(f"Status: {verdict_in_words(session.verdict)}", indent="  ", hang="  ")
    suggested = _suggested(session, interview.page)
    enter = f"page {session.pages().index(suggested) + 1}" if suggested else "check your answers"
    line = talk.ask(f"Number of a page, or review, result, export, help, quit (Enter: {enter}):").strip()
    if not line:
        return first_of(session, suggested) if suggested else review(session, talk) or PAGES
    command = command_in(line, bare=True)
    if command is None:
        return place_of(line, session, talk) or PAGES
    return _obey(interview, command)


def _suggested(session: Session, last: Page | None) -> Page | None:
    """The page after the one somebody was on, else the first that is not complete; None where there is none."""
    if last is not None:
        return next_page(session, last)
    return next((page for page in session.pages() if session.progress(page).state is not PageState.COMPLETE), None)


def _obey(interview: Interview, command: Command) -> str | None:
    if command.name == "back" and interview.page is not None:
        stops = stops_of(interview.session, interview.page)
        return stops[-1] if stops else PAGES
    if command.name == "pages":
        interview.tell_again()
        return PAGES
    return interview.obey(command, PAGES)
