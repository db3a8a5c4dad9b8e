"""A draft opened, started or imported, with all that has to be settled first: who has it open, what is damaged."""

from __future__ import annotations

import os
from pathlib import Path

from mpfcheck.checking.report import Verdict
from mpfcheck.drafting.desk import Desk, Work
from mpfcheck.drafting.dialogues.earlier import what_was_saved, when_saved
from mpfcheck.drafting.dialogues.steps import (
    Choose,
    Confirm,
    Dialogue,
    EnterPath,
    Reply,
    choose,
    confirm,
    enter_path,
    notify,
)
from mpfcheck.drafting.questions import in_short
from mpfcheck.drafting.store.draft_file import DraftFile
from mpfcheck.drafting.store.errors import DraftError, printable
from mpfcheck.drafting.store.history import DraftUnreadableError
from mpfcheck.drafting.store.lock import DraftInUseError
from mpfcheck.packs.call import Call

__all__ = ["delete_draft", "import_draft", "import_upload", "new_draft", "open_draft"]


def open_draft(desk: Desk, path: Path, call_id: str | None = None, *, ask_first: bool = False) -> Dialogue[Work | None]:
    """Open the draft at a path, or start one there; None where the applicant wants neither.

    ``call_id`` is the call of a new draft, or of one that does not name its call. With ``ask_first`` a new draft is
    started only after a confirmation: lines do not show at once what was opened. Raises DraftError, PackError and
    NoFormError.
    """
    if not os.path.lexists(path):
        desk.shelf.folders.check_place(path)
        missing = Confirm(
            f"There is no draft {printable(path)}.",
            "Start a new draft there?",
            Reply("yes", "Start a new draft"),
            Reply("no", "Do not start one"),
        )
        if ask_first and not (yield from confirm(missing)):
            return None
        return (yield from new_draft(desk, call_id, path))
    try:
        draft = desk.open(path, call_id=call_id)
    except DraftInUseError as error:
        in_use = yield from _open_in_use(desk, path, call_id, error)
        if in_use is None:
            return None
        draft = in_use
    except DraftUnreadableError as error:
        if not error.generations:
            raise
        return (yield from _open_earlier_state(desk, error))
    try:
        yield from _report_opening(draft)
        yield from _offer_unsaved(draft)
    except BaseException:
        draft.file.close()
        raise
    return draft


def new_draft(
    desk: Desk, call_id: str | None = None, path: Path | None = None, *, ask_path: bool = False
) -> Dialogue[Work | None]:
    """Start a new draft; None where no call is chosen. Raises DraftError where it cannot be at ``path``.

    Without ``path`` it lies with the other drafts, or where the applicant says, who is asked with ``ask_path``.
    """
    call_id = call_id or (yield from _choose_call(desk))
    if call_id is None:
        return None
    text = ""
    while True:
        usual = desk.shelf.new_path()
        place = path or usual
        if path is None and ask_path:
            typed = yield from enter_path(EnterPath("File for the draft", text, printable(usual), "Start"))
            place = Path(typed).expanduser() if typed else usual
        try:
            draft = desk.start(place, call_id)
        except DraftError as error:
            if path is not None or not ask_path:
                raise
            text = f"{error.message} {error.hint}"
            continue
        yield from notify(
            f"The draft is {printable(draft.file.path)}. Every answer is saved there at once.", routine=True
        )
        return draft


def import_draft(desk: Desk, call_id: str | None = None) -> Dialogue[Work | None]:
    """Copy a proposal from elsewhere into the drafts and open the copy; None where no file is named."""
    text = "The file stays as it is. You work on a copy among your drafts."
    typed = ""
    while True:
        typed = yield from enter_path(EnterPath("Import a proposal (JSON file)", text, typed, "Import", exists=True))
        if not typed:
            return None
        path = Path(typed).expanduser()
        try:
            return (yield from _open_copy(desk, desk.shelf.copy(path), path, call_id))
        except DraftError as error:
            text = f"{error.message} {error.hint}"


def import_upload(desk: Desk, name: str, data: bytes, call_id: str | None = None) -> Dialogue[Work | None]:
    """Keep what was sent as a file of this name among the drafts, and open it. Raises as :func:`open_draft` does."""
    path = Path(name.replace("\\", "/").rpartition("/")[2] or "proposal.json")
    return (yield from _open_copy(desk, desk.shelf.keep(path.stem, data), path, call_id))


def _open_copy(desk: Desk, copy: Path, path: Path, call_id: str | None) -> Dialogue[Work | None]:
    """Open the copy of a file. One that cannot be opened is not a draft and does not stay."""
    try:
        return (yield from open_draft(desk, copy, call_id))
    except DraftError as error:
        os.unlink(copy)
        # The applicant named the file, not its copy.
        hint = error.hint.replace(printable(copy), printable(path))
        raise DraftError(path, error.message.replace(printable(copy), printable(path)), hint) from error


def delete_draft(desk: Desk, path: Path, title: str) -> Dialogue[bool]:
    """Move a draft to the deleted drafts, if that is confirmed; whether it was moved."""
    name = title.strip() or printable(path.name)
    question = Confirm(
        "Delete this draft?",
        f"“{name}” moves to the folder of deleted drafts. Nothing is erased.",
        Reply("delete", "Delete it", printable(path)),
        Reply("keep", "Keep it"),
    )
    if not (yield from confirm(question)):
        return False
    try:
        place = desk.shelf.delete(path)
    except DraftError as error:
        yield from notify(f"{error.message} {error.hint}", warning=True)
        return False
    yield from notify(f"The draft is now in {printable(place)}.")
    return True


def _choose_call(desk: Desk) -> Dialogue[str | None]:
    for reason in desk.left_out():
        yield from notify(reason, warning=True)
    calls = desk.calls()
    if not calls:
        yield from notify("No call with a form was found, so no proposal can be started.", warning=True)
        return None
    if len(calls) == 1:
        yield from notify(f"Call: {desk.title(calls[0].id)}", routine=True)
        return calls[0].id
    return (
        yield from choose(
            Choose(
                "Which call is the proposal for?",
                "Each call has its own rules and questions.",
                tuple(_as_reply(desk, call) for call in calls),
            )
        )
    )


def _as_reply(desk: Desk, call: Call) -> Reply:
    sentence, point, _ = " ".join(call.summary.split()).partition(". ")
    return Reply(call.id, desk.title(call.id), f"{sentence}{point.strip()}")


def _open_in_use(desk: Desk, path: Path, call_id: str | None, error: DraftInUseError) -> Dialogue[Work | None]:
    reply = yield from choose(
        Choose(
            "Somebody has this draft open",
            error.message,
            (
                Reply("copy", "Work on a copy", "a new draft of your own"),
                Reply("take", "Take it over", "only if nobody works on it any more"),
                Reply("read", "Open it read-only", "your answers are not saved"),
                Reply("leave", "Leave it alone"),
            ),
            closing="leave it alone",
        )
    )
    if reply == "copy":
        copy = desk.shelf.copy(path)
        yield from notify(f"The copy is {printable(copy)}.")
        return desk.open(copy, call_id=call_id)
    if reply == "read":
        return desk.open(path, call_id=call_id, read_only=True)
    return desk.open(path, call_id=call_id, take_over=True) if reply == "take" else None


def _open_earlier_state(desk: Desk, error: DraftUnreadableError) -> Dialogue[Work | None]:
    """Continue an earlier state in a new file; the file that cannot be read stays as it is."""
    reply = yield from choose(
        Choose(
            "This draft cannot be read",
            f"{error.message} {error.hint} Continue with an earlier state?",
            tuple(
                Reply(str(number), when_saved(state), what_was_saved(state))
                for number, state in enumerate(error.generations)
            ),
        )
    )
    if reply is None:
        return None
    place = desk.shelf.new_path(error.path.stem)
    DraftFile.create(place, error.generations[int(reply)].draft(), desk.shelf.folders).close()
    yield from notify(f"You now work in {printable(place)}.")
    return desk.open(place)


def _report_opening(draft: Work) -> Dialogue[None]:
    """Say what is unusual about this opening."""
    file, session = draft.file, draft.session
    yield from notify(f"Open: {printable(file.path)}", routine=True)
    for note in file.notes:
        yield from notify(f"{note.message} {note.hint}", warning=True)
    if file.read_only:
        yield from notify("The draft is open read-only. Your answers are not saved.", warning=True)
    if draft.unconfirmed:
        places = "; ".join(dict.fromkeys(session.title_of(place) for place in draft.unconfirmed))
        yield from notify(f"The program ended while you were typing. Confirm the text you typed: {places}.")
    elif file.left_open_by is not None:
        yield from notify(
            f"The draft was not closed properly by {file.left_open_by}. All saved answers are in the file."
        )
    if session.scope is not None:
        yield from notify(f"{session.form.title}. {session.form.intro}", routine=True)
    if file.problems if session.scope is None else session.verdict is Verdict.INVALID:
        yield from notify("Some values in the file are not valid. They are shown with their questions.")
    unclear = [place for place in session.state.unfinished if place not in draft.unconfirmed]
    if unclear:
        places = "; ".join(
            f"{session.title_of(place)}: {in_short(session.state.unfinished[place])}" for place in unclear
        )
        yield from notify(f"Some texts could not be understood as answers. They are kept as typed: {places}")


def _offer_unsaved(draft: Work) -> Dialogue[None]:
    unsaved = draft.file.unsaved
    if unsaved is None or draft.file.read_only:
        return
    question = Confirm(
        "Answers that were not saved",
        f"Some answers could not be saved in the file the last time. They were kept ({when_saved(unsaved)}, "
        f"{what_was_saved(unsaved)}). Continue with these answers?",
        Reply("take", "Continue with these answers", f"{when_saved(unsaved)}, {what_was_saved(unsaved)}"),
        Reply("leave", "Continue with the file", "these answers stay among the earlier states"),
    )
    if (yield from confirm(question)):
        draft.session.replace(unsaved.draft(), step="continued with answers that were not saved")
        draft.save()
