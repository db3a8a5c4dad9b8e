"""A draft opened or begun, and what has to be settled first: who has it open, what was left, what is broken."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from mpfcheck.drafting.desk import Desk, Work
from mpfcheck.drafting.store.draft_file import DraftFile
from mpfcheck.drafting.store.errors import DraftError, printable
from mpfcheck.drafting.store.history import DraftUnreadableError
from mpfcheck.drafting.store.lock import DraftInUseError
from mpfcheck.wizard.dialogs import Ask, PathField, way
from mpfcheck.wizard.screens.earlier import generation_words, moment

if TYPE_CHECKING:
    from mpfcheck.wizard.app import Wizard

__all__ = ["begun", "copied", "opened"]


async def opened(app: Wizard, path: Path) -> Work | None:
    """Open the draft at a path; None where the applicant wants none. Raises DraftError."""
    desk, call_id = app.desk, app.call_id
    if not os.path.lexists(path):
        return await begun(app, path)
    try:
        work = desk.open(path, call_id=call_id)
    except DraftInUseError as error:
        return await _in_use(app, path, error)
    except DraftUnreadableError as error:
        if not error.generations:
            raise
        return await _from_earlier(app, error)
    return await _with_unsaved(app, work)


async def begun(app: Wizard, path: Path | None = None) -> Work | None:
    """Begin a new draft, asking for its call where there are several. Raises DraftError."""
    call_id = app.call_id or await _call(app, app.desk)
    if call_id is None:
        return None
    return app.desk.start(path or app.desk.shelf.new_path(), call_id)


async def copied(app: Wizard) -> Work | None:
    """Copy a proposal from elsewhere into the drafts and open the copy; None where none is named."""
    words = "The file stays as it is; you go on with a copy among your drafts."
    typed = ""
    while True:
        ask = PathField("Import a proposal (JSON file)", typed, "Import", words, offers=True)
        typed = await app.push_screen_wait(ask) or ""
        if not typed:
            return None
        path = Path(typed).expanduser()
        copy: Path | None = None
        try:
            copy = app.desk.shelf.copy(path)
            return await opened(app, copy)
        except DraftError as error:
            # It is the file one named that is wrong, not the copy.
            words = f"{error.message} {error.hint}".replace(printable(copy or path), printable(path))
            if copy is not None:
                # A copy of what cannot be opened is no draft.
                os.unlink(copy)


async def _call(app: Wizard, desk: Desk) -> str | None:
    for words in desk.left_out():
        app.notify(words, severity="warning", markup=False)
    calls = desk.calls()
    if len(calls) == 1:
        return calls[0].id
    if not calls:
        app.notify("No call with a form is known here, so that nothing can be asked.", severity="error", markup=False)
        return None
    newest_first = sorted(calls, key=lambda call: call.as_of, reverse=True)
    ways = [
        way(call.id, desk.form(call.id).title, f"{call.as_of.year}. {_first_sentence(call.summary)}")
        for call in newest_first
    ]
    return await app.push_screen_wait(
        Ask("Which call is it for?", "Each call has rules and questions of its own.", ways)
    )


def _first_sentence(text: str) -> str:
    sentence, point, _ = " ".join(text.split()).partition(". ")
    return f"{sentence}." if point else sentence


async def _in_use(app: Wizard, path: Path, error: DraftInUseError) -> Work | None:
    ways = [
        way("copy", "Work on a copy of it", "a new draft of your own"),
        way("read", "Open it to read only", "nothing you type is saved"),
        way("take", "Take it over", "only if nobody works on it any more"),
        way("leave", "Leave it alone"),
    ]
    chosen = await app.push_screen_wait(Ask("Somebody has this draft open", error.message, ways))
    if chosen == "copy":
        return app.desk.open(app.desk.shelf.copy(path), call_id=app.call_id)
    if chosen == "read":
        return app.desk.open(path, call_id=app.call_id, read_only=True)
    return app.desk.open(path, call_id=app.call_id, take_over=True) if chosen == "take" else None


async def _from_earlier(app: Wizard, error: DraftUnreadableError) -> Work | None:
    """A file that cannot be read stays as it is; an earlier state of it goes on in a new one."""
    ways = [way(str(number), moment(one), generation_words(one)) for number, one in enumerate(error.generations)]
    ask = Ask("This draft cannot be read", f"{error.message}\n{error.hint}\nGo on with an earlier state?", ways)
    chosen = await app.push_screen_wait(ask)
    if chosen is None:
        return None
    place = app.desk.shelf.new_path(error.path.stem)
    DraftFile.create(place, error.generations[int(chosen)].draft(), app.desk.shelf.folders).close()
    app.notify(f"Going on in {printable(place)}.", markup=False)
    return app.desk.open(place)


async def _with_unsaved(app: Wizard, work: Work) -> Work:
    unsaved = work.file.unsaved
    if unsaved is None:
        return work
    ways = [
        way("take", "Go on with these answers", f"{moment(unsaved)}, {generation_words(unsaved)}"),
        way("leave", "Go on with what is in the file", "they stay among the earlier states"),
    ]
    words = "The last time some answers could not be saved in the file. They were kept."
    if await app.push_screen_wait(Ask("Answers that were not saved", words, ways)) == "take":
        work.session.replace(unsaved.draft(), said="gone on with what could not be saved")
        work.save()
    return work
