"""The smallest change that would do, shown with the old and new values and made in one step that can be undone."""

from __future__ import annotations

from mpfcheck.drafting.dialogues.steps import Confirm, Dialogue, Reply, confirm, notify
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.words import verdict_meaning
from mpfcheck.extra import SolverMissingError, has_solver

__all__ = ["make_smallest_change"]

NOT_YET = "We do not know yet whether a change is needed. Try again in a moment."

NOT_NEEDED = "No change is needed: this proposal is eligible, or can still become eligible."


def make_smallest_change(session: Session) -> Dialogue[bool]:
    """Make the smallest change that was found, if the applicant agrees; whether it was made."""
    changes = session.changes_in_words()
    if not changes:
        yield from notify(_why_none(session), warning=True)
        return False
    agreed = yield from confirm(
        Confirm(
            session.heading_of_change(),
            " ".join(
                (*(f"{change}." for change in changes), "The check confirms that this is enough. You can undo it.")
            ),
            Reply("make", "Make this change"),
            Reply("keep", "Keep my answers"),
        )
    )
    if agreed:
        session.change_as_found()
    return agreed


def _why_none(session: Session) -> str:
    if session.scope is not None:
        return verdict_meaning(None)
    if not has_solver():
        return str(SolverMissingError("The smallest change"))
    if session.ahead is None:
        return NOT_YET
    if session.ahead.repair is not None:
        return session.ahead.repair.message
    return NOT_NEEDED if session.ahead.outlook.eligible_possible else session.ahead.outlook.message
