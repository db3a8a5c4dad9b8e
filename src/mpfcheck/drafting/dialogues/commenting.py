"""A comment on an answer, such as "to check with Ana": a step that can be undone."""

from __future__ import annotations

from mpfcheck.drafting.dialogues.steps import Dialogue, EnterText, enter_text, notify
from mpfcheck.drafting.session import Session

__all__ = ["WHAT_IT_IS", "comment_on"]

WHAT_IT_IS = "For example: to check with Ana. No rule reads a comment, and the exported proposal does not have it."


def comment_on(session: Session, place: str) -> Dialogue[bool]:
    """Ask for the comment on the answer at a place, in one step; an empty text takes it away. Whether it changed."""
    now, title = session.comment_at(place), session.title_of(place)
    text = yield from enter_text(EnterText(f"Comment on {title}", WHAT_IT_IS, "Keep", now))
    if text is None or text == now:
        return False
    session.comment(place, text)
    yield from notify(f"{title}: the comment is kept." if text else f"{title}: the comment was deleted.")
    return True
