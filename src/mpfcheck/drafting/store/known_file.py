"""The file of a draft, as far as we know it: what it held when we last read or wrote it.

What somebody else made of it since is found out before every write, by its content: a time of change is coarse, and
programs set it back.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from mpfcheck.checking.report import Problem
from mpfcheck.drafting.store.conflict import Conflict
from mpfcheck.drafting.store.history import History
from mpfcheck.drafting.store.plain_json import Draft, NoDraftError, as_json, from_json
from mpfcheck.drafting.store.trouble import (
    DraftChangedError,
    DraftExistsError,
    DraftMissingError,
    DraftUnreadableError,
    printable,
    why_not,
)
from mpfcheck.drafting.store.whole_file import make_folder, read_file, write_file
from mpfcheck.reading.document import read_proposal
from mpfcheck.reading.sources import open_inputs

__all__ = ["KnownFile"]

_ONE_A_LINE: Final = Problem("This file holds proposals one a line.", "Put one of them into a .json file of its own.")
_OTHER_KINDS: Final = {
    ".gz": Problem("This file is packed.", "Unpack it first."),
    ".jsonl": _ONE_A_LINE,
    ".ndjson": _ONE_A_LINE,
}
_FOLDER: Final = Problem("This is a folder, not a file.", "Give the file of one proposal.")


class KnownFile:
    """The file at a path; a link stays a link, and the file it leads to is meant. ``shown`` is the path given for it.

    ``history`` keeps what the file held before the first write.
    """

    def __init__(self, shown: Path, history: History) -> None:
        self.shown = shown
        self.path = Path(os.path.realpath(shown))
        self._history = history
        self._held = b""
        """What it held, to the byte."""
        self._as_we_write = b""
        """The same draft in our own layout."""

    def read(self) -> tuple[Draft, tuple[Problem, ...]]:
        """The draft, and which of its values do not fit; raises DraftMissingError and DraftUnreadableError."""
        if not os.path.lexists(self.path):
            hint = "Check the path, or start a new draft."
            raise DraftMissingError(self.shown, f"There is no draft {printable(self.shown)}.", hint)
        if os.path.isdir(self.path):
            raise self._unreadable(_FOLDER)
        if other_kind := _OTHER_KINDS.get(self.path.suffix.casefold()):
            raise self._unreadable(other_kind)
        given = next(iter(open_inputs([self.path])))
        if given.data is None:
            raise self._unreadable(*([given.problem] if given.problem else []))
        draft = self._draft_in(given.data)
        self.accept(given.data)
        return draft, read_proposal(given.data).problems

    def accept(self, data: bytes) -> None:
        """Take what it holds now as known: it may be replaced."""
        self._held, self._as_we_write = data, as_json(from_json(data))

    def says(self, data: bytes | None) -> bool:
        """Whether this is the draft we know it to hold."""
        return data in (self._held, self._as_we_write)

    def make(self, data: bytes) -> None:
        """Make the file, and folders that are missing; raises DraftExistsError and DraftNotSavedError."""
        if os.path.lexists(self.path):
            hint = "Open it, or choose another name."
            raise DraftExistsError(self.shown, f"There is a file {printable(self.shown)} already.", hint)
        try:
            make_folder(self.path.parent)
            self._write(data)
        except OSError as error:
            raise why_not(error, self.shown) from error

    def put(self, data: bytes, now: datetime, *, make_again: bool) -> bool:
        """Put a draft in its place; false where it holds it already.

        Raises DraftMissingError where the file is gone, unless it is to be made again; DraftChangedError and
        DraftUnreadableError where somebody else changed it, and DraftNotSavedError.
        """
        try:
            found = read_file(self.path)
            if found is not None:
                self._keep_as_found(now)
                self._meet(found, data)
                if data == self._as_we_write:
                    return False
            elif not make_again:
                raise self._gone()
            self._write(data)
        except OSError as error:
            raise why_not(error, self.shown) from error
        return True

    def _meet(self, found: bytes, data: bytes) -> None:
        """Look at what the file holds before ``data`` replaces it; raises where something of it would be lost."""
        if found != self._held:
            theirs = self._draft_in(found)
            as_we_write = as_json(theirs)
            if as_we_write not in (self._as_we_write, data):
                conflict = Conflict(from_json(self._held), from_json(data), theirs, found)
                raise DraftChangedError(self.shown, conflict)
            # Another layout only, or the very same change.
            self._held, self._as_we_write = found, as_we_write
        if not os.access(self.path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    def _gone(self) -> Exception:
        if not os.path.isdir(self.path.parent):
            return FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        hint = "Save it here again, or in another place."
        return DraftMissingError(self.shown, f"{printable(self.shown)} was moved or deleted elsewhere.", hint)

    def _keep_as_found(self, now: datetime) -> None:
        """Keep the file as it was before we touched it, in its own layout: it may be wanted back."""
        # That no history can be kept is told when the new state is added to it.
        with suppress(OSError):
            if self._history.is_empty():
                changed = datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
                self._history.add(self._held, min(changed, now))

    def _write(self, data: bytes) -> None:
        write_file(self.path, data)
        self._held = self._as_we_write = data

    def _draft_in(self, data: bytes) -> Draft:
        try:
            return from_json(data)
        except NoDraftError as error:
            raise self._unreadable(*error.problems) from error

    def _unreadable(self, *problems: Problem) -> DraftUnreadableError:
        return DraftUnreadableError(self.shown, problems, self._history.generations())
