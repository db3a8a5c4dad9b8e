"""All answers in one list, to be checked before the proposal goes out, each with a way back to its question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpfcheck.drafting.summary import no_longer_asked, summary_of
from mpfcheck.prompts.confirm import chosen_number
from mpfcheck.prompts.order import PAGES
from mpfcheck.prompts.standing import verdict_in_words

if TYPE_CHECKING:
    from mpfcheck.prompts.interview import Interview

__all__ = ["review"]

MOST_SHOWN = 200


def review(interview: Interview) -> str:
    """Tell all answers with a number each; the place of the one that is to be changed, or none."""
    talk, session = interview.talk, interview.session
    places: list[str] = []
    for summary in summary_of(session):
        talk.heading(summary.page.title)
        for line in summary.lines:
            places.append(line.pointer)
            optional = " (optional)" if line.optional and line.open else ""
            answer = f": {_cut(line.answer)}" if line.answer else ""
            talk.say(f"{len(places)}. {line.label}{answer}{optional}", indent="  " * (line.level + 1), hang="    ")
    if kept := no_longer_asked(session):
        talk.heading("Kept, though no longer asked: these answers still count")
        for line in kept:
            places.append(line.pointer)
            talk.say(f"{len(places)}. {line.label}: {_cut(line.answer)}", indent="  ", hang="    ")
    talk.blank()
    talk.say(f"Where it stands: {verdict_in_words(session.verdict)}")
    number = chosen_number(talk, len(places), "Number of an answer to change (Enter: none):")
    if number is None:
        return PAGES
    place = places[number - 1]
    if session.at(place) is None and (item := session.item(place)) is not None and item.questions:
        return item.questions[0].pointer
    return place


def _cut(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}… ({len(text) - MOST_SHOWN} more characters)"
