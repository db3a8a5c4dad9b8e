"""Earlier states of a draft and the way back to one, and another call for it: steps that can be undone."""

from __future__ import annotations

from mpfcheck.drafting.desk import Desk, Work
from mpfcheck.drafting.dialogues.saving import Keeper
from mpfcheck.drafting.dialogues.steps import Choose, Dialogue, Reply, choose, notify
from mpfcheck.drafting.store.errors import DraftError
from mpfcheck.drafting.store.history import Generation
from mpfcheck.report.words import counted

__all__ = ["change_call", "go_back", "what_was_saved", "when_saved"]


def go_back(draft: Work) -> Dialogue[bool]:
    """Go back to an earlier state of the draft, in one step that can be undone; whether one was chosen."""
    states = draft.file.generations()
    if not states:
        yield from notify("No earlier state of this draft is kept yet.")
        return False
    reply = yield from choose(
        Choose(
            "Earlier states of this draft, newest first",
            "You can undo this. The present state stays in the list.",
            tuple(Reply(str(number), when_saved(state), what_was_saved(state)) for number, state in enumerate(states)),
        )
    )
    if reply is None:
        return False
    state = states[int(reply)]
    try:
        document = state.draft()
    except DraftError as error:
        yield from notify(f"{error.message} {error.hint}", warning=True)
        return False
    draft.session.replace(document, {}, f"gone back to the state of {when_saved(state)}")
    yield from notify(f"The draft is as it was on {when_saved(state)}. You can undo this.")
    return True


def change_call(desk: Desk, keeper: Keeper) -> Dialogue[bool]:
    """Make the draft one for another call, while no answer depends on its own, and save it; whether that is done.

    The session still asks for the old call then: open the draft again (:meth:`Keeper.reopened`).
    """
    draft = keeper.draft
    if draft.session.scope is not None:
        yield from notify("A part belongs to the call of its draft.", warning=True)
        return False
    calls = desk.calls_to_change_to(draft.session)
    if not calls:
        yield from notify(
            "Some answers of this draft depend on its call, such as the fund. Clear them, or start a new proposal.",
            warning=True,
        )
        return False
    reply = yield from choose(
        Choose(
            "Which call is this draft for?",
            f"Now it is for {draft.session.form.title}. Your answers stay. The rules and questions change.",
            tuple(Reply(call.id, desk.title(call.id)) for call in calls),
            closing="keep the call",
        )
    )
    if reply is None:
        return False
    draft.session.replace(desk.document_for(draft.session, reply), step="changed to another call")
    yield from keeper.save()
    return keeper.saved


def when_saved(state: Generation) -> str:
    """The time of an earlier state, by the clock of this computer."""
    return f"{state.when.astimezone():%Y-%m-%d %H:%M:%S}"


def what_was_saved(state: Generation) -> str:
    """The number of answers in an earlier state, and whether it could not be saved in its place."""
    unsaved = "" if state.saved else ", could not be saved in the file"
    try:
        return f"{counted(state.answers, 'answer')}{unsaved}"
    except DraftError:
        return "cannot be read"
