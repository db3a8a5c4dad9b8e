"""What is open in the browser: the drafts, each with what its pages show, and the start."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Status
from mpfcheck.drafting.ahead import LookAhead
from mpfcheck.drafting.desk import Desk, Ending, Work
from mpfcheck.drafting.dialogues.answering import step_from
from mpfcheck.drafting.dialogues.opening import delete_draft, import_upload, new_draft, open_draft
from mpfcheck.drafting.dialogues.saving import Keeper
from mpfcheck.drafting.dialogues.steps import Dialogue, Notice, notify
from mpfcheck.drafting.document import State
from mpfcheck.drafting.session import ResultChange, Session
from mpfcheck.drafting.store.errors import DraftError, printable
from mpfcheck.drafting.store.shelf import ListedDraft
from mpfcheck.forms.load import NoFormError
from mpfcheck.packs.find import UnknownCallError
from mpfcheck.packs.mistake import PackError
from mpfcheck.web.conversation import Conversation

__all__ = ["MOST_OPEN", "Office", "OpenDraft", "key_of"]

MOST_OPEN = 8
"""So many drafts can be open at a time."""

Outcome = TypeVar("Outcome")


class OpenDraft:
    """One draft that is open, for all windows of the browser.

    ``states`` are those its pages showed, by number: a page that was shown earlier says which it was made from.
    ``changes`` are the rules that the last step changed, ``pasted`` is a table that was not taken.
    """

    def __init__(self, number: int, work: Work, desk: Desk) -> None:
        self.number = number
        self.desk = desk
        self.keeper = Keeper(work, desk)
        self.talk = Conversation()
        self.changes: tuple[ResultChange, ...] = ()
        self.pasted = ""
        self._states: list[State] = []
        self._ahead = LookAhead(work.session) if desk.looks_ahead else None
        self.look_ahead()

    @property
    def session(self) -> Session:
        """The session on the draft."""
        return self.keeper.draft.session

    @property
    def checker(self) -> Checker:
        """What checks the draft."""
        return self.desk.checker(self.session.form.call)

    @property
    def address(self) -> str:
        """The address of its pages."""
        return f"/draft/{self.number}"

    @property
    def state_number(self) -> int:
        """The number of the state as it is now."""
        now = self.session.state
        for number in range(len(self._states) - 1, -1, -1):
            if self._states[number] is now:
                return number
        self._states.append(now)
        return len(self._states) - 1

    def state(self, number: str) -> State:
        """The state with this number; that of now where there is none such."""
        known = number.isdecimal() and number.isascii() and len(number) < 9 and int(number) < len(self._states)
        return self._states[int(number)] if known else self.session.state

    @property
    def title(self) -> str:
        """What the draft is called."""
        if self.session.scope is not None:
            return self.session.scope.heading
        for name in ("acronym", "title"):
            value = self.session.document.get(name)
            if isinstance(value, str) and value.strip():
                return value.strip()
        return printable(self.keeper.draft.file.path.name)

    @property
    def changed(self) -> Mapping[str, Status]:
        """The rules that the last step changed, each with its status before."""
        return {change.result.rule: change.was for change in self.changes}

    def take(
        self,
        shown: State,
        do: Callable[[Session], Dialogue[Outcome]],
        then: Callable[[Outcome, Callable[[str], str | None]], str],
        otherwise: str,
    ) -> str | None:
        """Do something on the state a page showed, and save it; the address to go to, None where something is asked.

        ``then`` tells the address from the outcome and from where a place of it is now.
        """

        def dialogue() -> Dialogue[str]:
            before, typing = self.session.state, self.keeper.typing
            taken = yield from step_from(self.session, shown, do)
            if taken is None:
                return otherwise
            address = then(*taken)
            if self.session.state is not before:
                self.changes = self.session.changes
                yield from self.keeper.save()
            elif typing:
                self.keeper.keep_typing({})
            yield from self.keeper.tell_news()
            return address

        return self.talk.start(dialogue(), otherwise)

    def hold(self, dialogue: Dialogue[Outcome], address: Callable[[Outcome], str]) -> str | None:
        """Hold a dialogue that may change the session, and save it; then go to the address its outcome leads to."""

        def saved() -> Dialogue[str]:
            before = self.session.state
            outcome = yield from dialogue
            if self.session.state is not before:
                self.changes = self.session.changes
                yield from self.keeper.save()
            yield from self.keeper.tell_news()
            return address(outcome)

        return self.talk.start(saved(), self.address)

    def save_again(self) -> str | None:
        """Save, and ask what to do where that is prevented."""

        def dialogue() -> Dialogue[str]:
            yield from self.keeper.save_again()
            return self.address

        return self.talk.start(dialogue(), self.address)

    def look_ahead(self, patience: float = 0) -> None:
        """Find out in the background what is certain of the draft as it is now; wait for it at most so many seconds."""
        if self._ahead is not None:
            self._ahead.ask()
            self._ahead.wait(patience)

    def reopen(self) -> None:
        """Close the file and open it again, such as for another call."""
        if self._ahead is not None:
            self._ahead.close()
        self.keeper = self.keeper.reopened()
        self._states.clear()
        self.changes = ()
        self._ahead = LookAhead(self.session) if self.desk.looks_ahead else None
        self.look_ahead()

    def close(self) -> DraftError | None:
        """Save without asking anything, and close the file; what prevented it from being saved."""
        self.talk.end()
        if self._ahead is not None:
            self._ahead.close()
        try:
            return self.keeper.save_quietly()
        finally:
            self.keeper.draft.file.close()


class Office:
    """The desk, and the drafts that are open.

    ``first`` is the draft the program was started with, until it was shown; ``last`` the one that was opened last.
    """

    def __init__(self, desk: Desk, call_id: str | None = None) -> None:
        self.desk = desk
        self.talk = Conversation()
        self.last: OpenDraft | None = None
        self.first: OpenDraft | None = None
        self._call_id = call_id
        self._open: dict[int, OpenDraft] = {}
        self._number = 0

    def drafts(self) -> tuple[OpenDraft, ...]:
        """The drafts that are open."""
        return tuple(self._open.values())

    def draft(self, number: int) -> OpenDraft | None:
        """The open draft with a number."""
        return self._open.get(number)

    def is_open(self, path: Path) -> OpenDraft | None:
        """The open draft of a file, None where it is not open here."""
        real = os.path.realpath(path)
        return next((one for one in self.drafts() if os.path.realpath(one.keeper.draft.file.path) == real), None)

    def open(self, path: Path) -> str | None:
        """Open the draft at a path, or start one there; the address to go to, None where something is asked."""
        known = self.is_open(path)
        return known.address if known else self._enter(open_draft(self.desk, path, self._call_id))

    def open_at_start(self, path: Path) -> None:
        """Open the draft the program was started with; raises as :func:`open_draft` does where it cannot be."""
        self.talk.start(self._opened(open_draft(self.desk, path, self._call_id)), "/", strict=True)
        self.first = self.last

    def _opened(self, opening: Dialogue[Work | None]) -> Dialogue[str]:
        work = yield from opening
        return "/" if work is None else self.add(work).address

    def ending(self, *, interrupted: bool, by_signal: int | None) -> Ending:
        """What the front end gives back: the draft that was opened last."""
        last = self.last
        if last is None:
            return Ending(interrupted=interrupted, signal=by_signal)
        return last.keeper.ending(interrupted=interrupted, by_signal=by_signal)

    def begin(self) -> str | None:
        """Start a new draft."""
        return self._enter(new_draft(self.desk, self._call_id))

    def take_upload(self, name: str, data: bytes) -> str | None:
        """Work on a copy of a file that was sent."""
        return self._enter(import_upload(self.desk, name, data, self._call_id))

    def delete(self, draft: ListedDraft) -> str | None:
        """Delete a draft that is not open, after a confirmation."""

        def dialogue() -> Dialogue[str]:
            yield from delete_draft(self.desk, draft.path, draft.title)
            return "/"

        return self.talk.start(dialogue(), "/")

    def _enter(self, opening: Dialogue[Work | None]) -> str | None:
        if len(self._open) >= MOST_OPEN:
            opening.close()
            self.talk.notices.append(
                Notice(f"{MOST_OPEN} drafts are open, which is the most. Close one of them first.", warning=True)
            )
            return "/"

        def dialogue() -> Dialogue[str]:
            try:
                return (yield from self._opened(opening))
            except (PackError, NoFormError, UnknownCallError) as error:
                yield from notify(f"The rules of this draft cannot be used: {error}", warning=True)
                return "/"

        return self.talk.start(dialogue(), "/")

    def add(self, work: Work) -> OpenDraft:
        """Put a draft that was opened among the open ones."""
        self._number += 1
        opened = OpenDraft(self._number, work, self.desk)
        # What was said while it was opened is said on its first page.
        opened.talk.notices, self.talk.notices = self.talk.notices, []
        self._open[self._number] = self.last = opened
        return opened

    def close(self, opened: OpenDraft) -> None:
        """Close a draft; what cannot be saved is said at the start."""
        error = opened.close()
        self._open.pop(opened.number, None)
        warning = error is not None or opened.keeper.draft.file.read_only
        self.talk.notices.append(Notice(opened.keeper.leaving_words(error), warning=warning))

    def close_all(self) -> Iterator[str]:
        """Close every draft; what is to be said of it."""
        for opened in self.drafts():
            self.close(opened)
        self.talk.end()
        for notice in self.talk.news():
            yield notice.text


def key_of(path: Path) -> str:
    """A short name for the path of a draft, which says nothing of it."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:20]
