"""A draft opened or begun, and what has to be settled first: who has it open, what was left, what is broken."""

from __future__ import annotations

import os
from pathlib import Path

from mpfcheck.drafting.desk import Desk, Work
from mpfcheck.drafting.store.draft_file import DraftFile
from mpfcheck.drafting.store.errors import DraftError, printable
from mpfcheck.drafting.store.history import DraftUnreadableError
from mpfcheck.drafting.store.lock import DraftInUseError
from mpfcheck.prompts.confirm import confirmed, number_of
from mpfcheck.prompts.earlier import generation_in_words
from mpfcheck.prompts.talk import Talk

__all__ = ["begin", "open_draft"]


def open_draft(desk: Desk, path: Path, call_id: str | None, talk: Talk) -> Work | None:
    """Open the draft at a path, or begin one there; None where the applicant wants neither. Raises DraftError."""
    if not os.path.lexists(path):
        talk.say(f"There is no draft {printable(path)} yet.")
        return begin(desk, call_id, talk, path) if confirmed(talk, "Begin a new one there?") else None
    try:
        work = desk.open(path, call_id=call_id)
    except DraftInUseError as error:
        return _in_use(desk, path, call_id, talk, error)
    except DraftUnreadableError as error:
        if not error.generations:
            raise
        return _from_earlier(desk, talk, error)
    _tell_opening(work, talk)
    return _with_unsaved(work, talk)


def begin(desk: Desk, call_id: str | None, talk: Talk, path: Path | None = None) -> Work | None:
    """Begin a new draft; the call and the place of its file are asked for where they are not given."""
    call_id = call_id or _call(desk, talk)
    if call_id is None:
        return None
    while True:
        chosen = path or _path(desk, talk)
        try:
            work = desk.start(chosen, call_id)
        except DraftError as error:
            if path is not None:
                raise
            talk.say(f"{error.message} {error.hint}")
            continue
        talk.say(f"The draft is {printable(work.file.path)}. Every answer is saved there at once.")
        if work.session.form.intro:
            talk.say(work.session.form.intro)
        return work


def _call(desk: Desk, talk: Talk) -> str | None:
    for words in desk.left_out():
        talk.say(f"Note: {words}")
    calls = desk.calls()
    if len(calls) == 1:
        talk.say(f"Call: {calls[0].title}")
        return calls[0].id
    if not calls:
        talk.say("No call with a form is known here, so that nothing can be asked.")
        return None
    talk.heading("Which call is it for?")
    chosen = number_of(talk, [call.title for call in calls], "Number (Enter: none):")
    return None if chosen is None else calls[chosen].id


def _path(desk: Desk, talk: Talk) -> Path:
    usual = desk.shelf.new_path()
    typed = talk.ask(f"File for the draft (Enter: {printable(usual)}):").strip()
    return Path(typed).expanduser() if typed else usual


def _in_use(desk: Desk, path: Path, call_id: str | None, talk: Talk, error: DraftInUseError) -> Work | None:
    talk.say(f"{error.message} What now?")
    things = ["work on a copy of it", "take it over from there", "leave it alone"]
    chosen = number_of(talk, things, "Number (Enter: leave it alone):")
    if chosen == 0:
        copy = desk.shelf.copy(path)
        talk.say(f"The copy is {printable(copy)}.")
        return desk.open(copy, call_id=call_id)
    return desk.open(path, call_id=call_id, take_over=True) if chosen == 1 else None


def _from_earlier(desk: Desk, talk: Talk, error: DraftUnreadableError) -> Work | None:
    """A file that cannot be read stays as it is; an earlier state of it goes on in a new one."""
    talk.say(f"{error.message} {error.hint}")
    shown = [generation_in_words(generation) for generation in error.generations]
    chosen = number_of(talk, shown, "Number of an earlier state to go on with (Enter: none):")
    if chosen is None:
        return None
    draft = error.generations[chosen].draft()
    place = desk.shelf.new_path(error.path.stem)
    DraftFile.create(place, draft, desk.shelf.folders).close()
    talk.say(f"Going on in {printable(place)}.")
    return desk.open(place)


def _tell_opening(work: Work, talk: Talk) -> None:
    file = work.file
    talk.say(f"Open: {printable(file.path)}")
    for note in file.notes:
        talk.say(f"Note: {note.message} {note.hint}")
    if file.left_open_by is not None:
        talk.say(f"It was not closed the last time, by {file.left_open_by}. Nothing that was saved is lost.")
    if file.problems:
        talk.say("Some values in the file do not fit; they are told with their questions, and by = at any prompt.")
    if work.regained:
        talk.say("What was still being typed the last time is an answer now. Look at these answers again:")
        for pointer in work.regained:
            talk.entry("-", work.session.title_of(pointer))
    if work.session.state.unfinished:
        talk.say("Some answers were not understood the last time. They are kept as they were typed:")
        for pointer, text in work.session.state.unfinished.items():
            talk.entry("-", f"{work.session.title_of(pointer)}: {text}")


def _with_unsaved(work: Work, talk: Talk) -> Work:
    unsaved = work.file.unsaved
    if unsaved is None:
        return work
    talk.say(f"Answers that could not be saved are kept: {generation_in_words(unsaved)}.")
    if confirmed(talk, "Go on with these?"):
        work.session.replace(unsaved.draft(), said="gone on with what could not be saved")
        work.save()
    return work
