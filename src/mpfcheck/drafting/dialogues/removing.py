"""The entries of a group removed, after a confirmation where an answer would be lost or would name nothing."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.drafting.dialogues.steps import Confirm, Dialogue, Reply, confirm, notify
from mpfcheck.drafting.questions import DraftItem, DraftQuestion
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
    references = _references(session, [found])
    if references:
        question = Confirm(
            f"Delete “{title}”?",
            f"{counted(len(references), 'answer names', 'answers name')} it: {_places(session, references)}.",
            Reply("delete", "Delete it", _what_happens(session, [found], references)),
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
    text = f"{counted(len(items), 'entry', 'entries')} would be deleted. You can undo this."
    detail = ""
    if references := _references(session, items):
        number = counted(len(references), "answer names", "answers name")
        text = f"{text} {number} one of them: {_places(session, references)}."
        detail = _what_happens(session, items, references)
    question = Confirm("Delete all entries?", text, Reply("delete", "Delete them", detail), Reply("keep", "Keep them"))
    if items and not (yield from confirm(question)):
        return False
    session.say_none(group)
    return True


def _references(session: Session, items: Sequence[DraftItem]) -> tuple[DraftQuestion, ...]:
    """The answers that name one of these items, but for those of the items themselves."""
    own = {question.pointer for item in items for question in item.questions}
    named = (reference for item in items for reference in session.references(item.pointer))
    return tuple(reference for reference in named if reference.pointer not in own)


def _places(session: Session, references: Sequence[DraftQuestion]) -> str:
    return "; ".join(dict.fromkeys(session.title_of(reference.pointer) for reference in references))


def _what_happens(session: Session, items: Sequence[DraftItem], references: Sequence[DraftQuestion]) -> str:
    """What becomes of the answers that name these items: a source of co-financing may stay as a name of its own."""
    marked = session.marked_without([item.pointer for item in items])
    kept = [reference for reference in references if reference.pointer not in marked]
    one_item = "it" if len(items) == 1 else "one of them"
    if not kept:
        return f"the answers that name {one_item} are then marked"
    stays = f"the id stays as a name in {_places(session, kept)}"
    return stays if len(kept) == len(references) else f"the answers that name {one_item} are then marked, but {stays}"
