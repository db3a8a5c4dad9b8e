"""The entries of a group removed, after a confirmation where an answer would be lost or would name nothing."""

from __future__ import annotations

from mpfcheck.drafting.dialogues.steps import Confirm, Dialogue, Reply, confirm, notify
from mpfcheck.drafting.session import Session
from mpfcheck.report.words import counted

__all__ = ["remove_all", "remove_item"]


def remove_item(session: Session, item: str) -> Dialogue[bool]:
    """Remove an item, in one step that can be undone; where answers name it, only after a confirmation.

    Whether it was removed.
    """
    found = session.item(item)
    if found is None:
        return False
    title = found.title
    if references := session.references(item):
        places = ", ".join(dict.fromkeys(session.title_of(reference.pointer) for reference in references))
        number = counted(len(references), "answer names", "answers name")
        question = Confirm(
            f"Delete “{title}”?",
            f"{number} it: {places}.",
            Reply("delete", "Delete it", "the answers that name it are then marked"),
            Reply("keep", "Keep it"),
        )
        if not (yield from confirm(question)):
            return False
    if session.item(item) is None:
        return False
    session.remove(item)
    yield from notify(f"“{title}” was deleted. You can undo this.", warning=bool(references))
    return True


def remove_all(session: Session, group: str) -> Dialogue[bool]:
    """Answer that a group has no items, in one step; where it has some, only after a confirmation."""
    items = session.group(group).items
    question = Confirm(
        "Delete all entries?",
        f"{counted(len(items), 'entry', 'entries')} would be deleted. You can undo this.",
        Reply("delete", "Delete them"),
        Reply("keep", "Keep them"),
    )
    if items and not (yield from confirm(question)):
        return False
    session.say_none(group)
    return True
