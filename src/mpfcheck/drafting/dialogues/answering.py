"""Steps on a page that may be older than the draft: in another window the draft may have gone on meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from mpfcheck.drafting.dialogues.saving import sides_of
from mpfcheck.drafting.dialogues.steps import Dialogue, Settle, notify, settle
from mpfcheck.drafting.document import State, follow_texts, place_in
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.store.merge import Conflict, Side

__all__ = ["step_from"]

Outcome = TypeVar("Outcome")


def step_from(
    session: Session, shown: State, do: Callable[[Session], Dialogue[Outcome]]
) -> Dialogue[tuple[Outcome, Callable[[str], str | None]] | None]:
    """Do something on the state that a page showed. Where the draft is another one now, both are made one.

    The outcome of ``do``, and where a place it speaks of is now (None where it is gone). None where the applicant is to
    choose between two answers and leaves it: then nothing is done.
    """
    if shown is session.state or (shown.document, shown.unfinished) == (session.document, session.state.unfinished):
        return (yield from do(session)), str
    beside = session.beside(shown)
    outcome = yield from do(beside)
    now = beside.state
    if (now.document, now.unfinished) == (shown.document, shown.unfinished):
        return outcome, lambda place: place_in(place, shown.document, session.document)
    conflict = Conflict(dict(shown.document), dict(now.document), dict(session.document), b"")
    sides: Mapping[str, Side] | None = {}
    if conflict.fields:
        fields = sides_of(conflict.fields, session)
        text = "These answers were changed in another window after this page was shown. Choose which answers to keep."
        sides = yield from settle(Settle("Changed in another window", text, fields))
    if sides is None:
        return None
    merged = conflict.resolve(sides)
    yield from _merge_texts(session, shown, now, merged)
    return outcome, lambda place: place_in(place, now.document, merged)


def _merge_texts(session: Session, shown: State, now: State, merged: Mapping[str, object]) -> Dialogue[None]:
    """Go on with the merged document, and with the texts that are no answers yet of both sides."""
    theirs = session.state.unfinished
    gone = [place for place in shown.unfinished if place not in now.unfinished]
    ours = {place: text for place, text in now.unfinished.items() if shown.unfinished.get(place) != text}
    kept = State(session.document, {place: text for place, text in theirs.items() if place not in gone})
    texts = follow_texts(kept, merged)
    for place, text in follow_texts(State(now.document, ours), merged).items():
        if texts.get(place, text) != text:
            replaced = f"{session.title_of(place)}: your text replaced “{texts[place]}”, typed in another window."
            yield from notify(replaced, warning=True)
        texts[place] = text
    session.replace(merged, texts, now.step)
