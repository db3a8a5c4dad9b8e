"""What is certain of a draft already, worked out in a process of its own while the applicant goes on.

The front end asks after every step and never waits: it is told when something was found, and takes it if the draft is
still the one that was asked about. Without the solver (extra ``prove``) nothing is ever found, nor of a part.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context, resource_tracker
from threading import Condition, Thread
from time import monotonic
from typing import TYPE_CHECKING

from mpfcheck.checking.checker import Checker
from mpfcheck.drafting.document import Document, State
from mpfcheck.drafting.reading import read_draft
from mpfcheck.drafting.session import Ahead, Session
from mpfcheck.engine.processes import deaf_to_interruptions
from mpfcheck.extra import has_solver
from mpfcheck.packs.call import Call

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


__all__ = ["LookAhead", "get_ready"]

PATIENCE = 0.5
"""How long, in seconds, an older question may still take before its process is ended for a newer one."""

MOST_STARTS = 5
"""How often a process that ends by itself is started again."""


def get_ready() -> None:
    """Get ready to look ahead from screens: to be called before they take the place of the standard streams."""
    if has_solver():
        # Python starts a process that keeps count of others, and gives it the standard error there is then.
        with deaf_to_interruptions():
            resource_tracker.ensure_running()


class LookAhead:
    """Looks ahead for one session. ``on_found`` is called in a thread of its own when something was found.

    To be closed, which ends the process.
    """

    def __init__(self, session: Session, on_found: Callable[[], object] = lambda: None) -> None:
        self._session = session
        self._on_found = on_found
        self._changed = Condition()
        self._next: State | None = None
        self._found: tuple[State, Ahead] | None = None
        self._closed = not has_solver() or session.scope is not None
        self._thread: Thread | None = None

    def ask(self) -> None:
        """Ask about the draft as it is now, in the place of whatever was asked before."""
        state = self._session.state
        if self._closed or self._session.ahead is not None:
            return
        with self._changed:
            if self._thread is None:
                self._thread = Thread(target=self._work, name="look ahead", daemon=True)
                self._thread.start()
            self._next = state
            self._changed.notify_all()

    def take(self) -> bool:
        """Give the session what was found; whether it was about the draft as it is now."""
        found = self._found
        if found is None or found[0] is not self._session.state:
            return False
        self._session.ahead = found[1]
        return True

    def wait(self, seconds: float) -> bool:
        """Wait so long for what is asked, and take it; whether it is known then."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._next is None, seconds)
        return self._session.ahead is not None or self.take()

    def close(self) -> None:
        """End it. What is being worked out is given up."""
        with self._changed:
            self._closed = True
            self._next = None
            self._changed.notify_all()

    def _work(self) -> None:
        """Answer one question after the other, always the newest."""
        process: _Process | None = None
        starts = 0
        try:
            while not self._closed:
                with self._changed:
                    self._changed.wait_for(lambda: self._closed or self._next is not None)
                    state = self._next
                if state is None:
                    continue
                if process is None:
                    if starts == MOST_STARTS:
                        self.close()
                        return
                    starts += 1
                    process = _Process(self._session.call)
                found = self._answer(process, state)
                if found is None:
                    process.end()
                    process = None
                    continue
                starts = 0
                with self._changed:
                    self._found = state, found
                    if self._next is state:
                        self._next = None
                    self._changed.notify_all()
                self._on_found()
        finally:
            if process is not None:
                process.end()

    def _answer(self, process: _Process, state: State) -> Ahead | None:
        """What a process finds out about a draft; None where it ended, or a newer question came."""
        newer_since: float | None = None
        try:
            process.ask(state.document)
            while not process.connection.poll(0.02):
                if self._closed:
                    return None
                if self._next is not state:
                    newer_since = newer_since or monotonic()
                    if monotonic() - newer_since > PATIENCE:
                        return None
            found: Ahead = process.connection.recv()
        except (EOFError, OSError):
            return None
        return found


class _Process:
    """The process that works it out.

    It gets the call when it is asked first, not when it starts: if the program ends meanwhile, what it is started with
    is there in full, and a process that finds nobody ends without a word.
    """

    def __init__(self, call: Call) -> None:
        context = get_context("spawn")
        self._call: Call | None = call
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_look_ahead, args=(theirs,), daemon=True)
        with deaf_to_interruptions():
            self.process.start()
        theirs.close()

    def ask(self, document: Document) -> None:
        """Ask about a draft. Raises OSError where the process has ended."""
        for left in reversed(range(MOST_STARTS)):
            if self._call is None:
                break
            try:
                self.connection.send(self._call)
                self._call = None
            except RuntimeError:
                # A call keeps the sentences it reads, and one was read while it was written for the process.
                if not left:
                    raise
        self.connection.send(document)

    def end(self) -> None:
        """End it."""
        self.connection.close()
        self.process.kill()
        self.process.join()


def _look_ahead(connection: Connection) -> None:
    """Get a call, and answer questions until nobody asks any more."""
    from mpfcheck.proving.outlook import outlook_and_repair

    with suppress(OSError, AttributeError):
        # Whoever types comes first.
        os.nice(10)
    with suppress(EOFError, OSError):
        checker = Checker(connection.recv())
        while True:
            document: Document = connection.recv()
            connection.send(Ahead(*outlook_and_repair(checker, read_draft(document).answers)))
