"""One draft that is open: read once, saved after every answer.

    with DraftFile.open("proposal.json") as file:
        draft, unfinished = file.draft, file.unfinished
        draft["title"] = "Safer documents"
        file.save(draft, unfinished)

What somebody else made of the file is found out before every write, by its content: a time of change is coarse, and
programs set it back. A draft is not for several threads at once.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from mpfcheck.checking.report import Problem, Severity
from mpfcheck.drafting.store.errors import (
    DraftError,
    DraftExistsError,
    DraftMissingError,
    DraftReadOnlyError,
    printable,
    why_not,
)
from mpfcheck.drafting.store.folders import Folders, possible_path
from mpfcheck.drafting.store.history import DraftUnreadableError, Generation, History
from mpfcheck.drafting.store.json_file import (
    Draft,
    NoDraftError,
    as_json,
    clear_leftovers,
    from_json,
    make_folder,
    read_file,
    write_file,
)
from mpfcheck.drafting.store.lock import Holder, Lock
from mpfcheck.drafting.store.merge import Conflict
from mpfcheck.drafting.store.shelf import Recents
from mpfcheck.frozen import Frozen
from mpfcheck.reading.document import read_proposal
from mpfcheck.reading.folder import LINES
from mpfcheck.reading.inputs import open_inputs

__all__ = ["DraftChangedError", "DraftFile", "KnownFile", "Saved"]


class DraftChangedError(DraftError):
    """The file was changed by somebody else since it was read or saved here: ``conflict`` holds both sides."""

    def __init__(self, path: str | Path, conflict: Conflict) -> None:
        number = len(conflict.fields)
        fields = {0: "", 1: " One field was changed on both sides."}
        both = fields.get(number, f" {number} fields were changed on both sides.")
        hint = "Choose which answers to keep." if number else "Both can be kept: nothing was changed twice."
        super().__init__(path, f"{printable(path)} was changed elsewhere since you opened it.{both}", hint)
        self.conflict = conflict


_ONE_A_LINE: Final = Problem("This file has one proposal on each line.", "Save one proposal in a separate .json file.")
_OTHER_KINDS: Final = {
    ".gz": Problem("This file is packed.", "Unpack it first."),
    **dict.fromkeys(LINES, _ONE_A_LINE),
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
        source = next(iter(open_inputs([self.path])))
        if source.data is None:
            raise self._unreadable(*([source.problem] if source.problem else []))
        draft = self._draft_in(source.data)
        self.accept(source.data)
        return draft, read_proposal(source.data).problems

    def known(self) -> tuple[bytes, bytes]:
        """What it holds as far as is known: to the byte, and in our own layout."""
        return self._held, self._as_we_write

    def accept(self, data: bytes) -> None:
        """Take what it holds now as known: it may be replaced."""
        self._held, self._as_we_write = data, as_json(from_json(data))

    def says(self, data: bytes | None) -> bool:
        """Whether this is the draft we know it to hold."""
        return data in (self._held, self._as_we_write)

    def make(self, data: bytes) -> None:
        """Make the file, and its folder; raises DraftExistsError and DraftNotSavedError."""
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


_READ_ONLY: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


def _now() -> datetime:
    return datetime.now(UTC)


class Saved(Frozen):
    """What a save did. ``written`` is false where the file said the same already.

    ``generation`` is the state that was kept for later; ``notes`` say what could not be kept beside the file.
    """

    written: bool
    generation: Generation | None = None
    notes: tuple[Problem, ...] = ()


class DraftFile:
    """A draft that is open: made by :meth:`open` and :meth:`create`, given back by :meth:`close`.

    ``draft`` and ``unfinished`` (typed texts that were not understood, by JSON Pointer) are as they were found, and
    yours to change; ``typing`` are the texts that were still being typed when the program ended. ``problems`` says
    which values do not fit; ``notes`` what is unusual about this opening; ``folder_is_read_only`` that nothing can
    be saved there.
    """

    def __init__(self, path: str | Path, folders: Folders | None, clock: Callable[[], datetime]) -> None:
        """Know the draft at a path; nothing is read yet."""
        self.path = possible_path(path)
        self.draft: Draft = {}
        self.unfinished: dict[str, str] = {}
        self.typing: dict[str, str] = {}
        self.problems: tuple[Problem, ...] = ()
        self.notes: tuple[Problem, ...] = ()
        self.read_only = False
        self.folder_is_read_only = False
        self._folders = Folders.of_this_user() if folders is None else folders
        self._history = History(self._folders.state, self.path)
        self._file = KnownFile(self.path, self._history)
        self._clock = clock
        self._lock: Lock | None = None

    @classmethod
    def open(
        cls,
        path: str | Path,
        folders: Folders | None = None,
        *,
        read_only: bool = False,
        take_over: bool = False,
        clock: Callable[[], datetime] = _now,
    ) -> DraftFile:
        """Open the draft in a file.

        Raises DraftMissingError, DraftUnreadableError for a file that is no proposal, and DraftInUseError where
        somebody has it open, unless it is to be read only or taken over from them.
        """
        opened = cls(path, folders, clock)
        opened.read_only = read_only
        try:
            if not read_only and os.path.isfile(opened._file.path):
                opened._take_lock(take_over=take_over)
                clear_leftovers(opened._file.path.parent, opened._file.path)
                opened._history.clear_leftovers()
            opened.draft, opened.problems = opened._file.read()
            opened.unfinished = opened._history.unfinished()
            opened.typing = opened._history.typing()
            opened._remember()
        except BaseException:
            opened.close()
            raise
        return opened

    @classmethod
    def create(
        cls, path: str | Path, draft: Draft, folders: Folders | None = None, *, clock: Callable[[], datetime] = _now
    ) -> DraftFile:
        """Make a file for a new draft and open it; of folders, only the one for drafts is made.

        Raises DraftExistsError where there is a file, and DraftNotSavedError where none can be made.
        """
        opened = cls(path, folders, clock)
        try:
            opened._folders.check_place(opened.path)
            opened._file.make(as_json(draft))
            opened._take_lock(take_over=False)
            opened.draft = deepcopy(draft)
            # Texts of an earlier draft of this name are not of this one.
            opened._beside([], lambda: opened._history.keep_unfinished({}))
            opened._beside([], lambda: opened._history.keep_typing({}))
            opened._remember()
        except BaseException:
            opened.close()
            raise
        return opened

    @property
    def left_open_by(self) -> Holder | None:
        """Who had the draft open before and did not close it: a crash, or a loss of power."""
        return None if self._lock is None else self._lock.left_by

    @property
    def unsaved(self) -> Generation | None:
        """Answers that could not be saved in their place the last time; None where the file holds the newest."""
        newest = next(iter(self.generations()), None)
        return newest if newest and not newest.saved and not self._file.says(newest.data()) else None

    def generations(self) -> tuple[Generation, ...]:
        """The earlier states that were kept, at most ten, newest first."""
        return self._history.generations()

    def save(
        self,
        draft: Draft,
        unfinished: Mapping[str, str] | None = None,
        *,
        typing: Mapping[str, str] | None = None,
        settles: Conflict | None = None,
        make_again: bool = False,
    ) -> Saved:
        """Save after an answer; ``unfinished`` replaces the typed texts that were not understood, None leaves them.

        ``typing`` is what is being typed, which is kept as :meth:`keep_typing` does; None where nothing is.

        ``settles`` is a conflict this draft was made from: its other side may be replaced. ``make_again`` makes a file
        that is gone again. Raises a DraftError where the draft was not saved; then the answers are kept in
        another file, its ``kept``, if there is any room for it.
        """
        if self.read_only:
            raise DraftReadOnlyError(self.path, f"{printable(self.path)} is open to read only.", "Work on a copy.")
        data = as_json(draft)
        notes: list[Problem] = []
        before = self._history.unfinished()
        texts = before if unfinished is None else dict(unfinished)
        if not texts.items() <= before.items():
            # Killed between this and the end, a text may stay without need, but none is lost.
            self._beside(notes, lambda: self._history.keep_unfinished(before | texts))
        try:
            self._hold_lock()
            if settles is not None:
                self._beside(notes, lambda: self._history.add(settles.theirs_data, self._clock()))
                self._file.accept(settles.theirs_data)
            written = self._file.put(data, self._clock(), make_again=make_again)
        except DraftError as error:
            error.kept = self._keep_unsaved(data)
            raise
        generation = self._beside(notes, lambda: self._history.add(data, self._clock())) if written else None
        if before.keys() - texts.keys():
            self._beside(notes, lambda: self._history.keep_unfinished(texts))
        self._beside(notes, lambda: self._history.keep_typing(typing or {}))
        return Saved(written, generation, tuple(notes))

    def keep_typing(self, texts: Mapping[str, str]) -> tuple[Problem, ...]:
        """Keep beside the draft what is being typed, by JSON Pointer, until it is an answer and saved.

        Whatever ends the program, the next opening finds it in ``typing``. Returns what kept it from being kept.
        """
        notes: list[Problem] = []
        if not self.read_only:
            self._beside(notes, lambda: self._history.keep_typing(texts))
        return tuple(notes)

    def states(self) -> tuple[str, ...]:
        """The SHA-256 of the file as it is known here, and of the earlier states that are kept."""
        kept = (generation.data() for generation in self.generations())
        return tuple(hashlib.sha256(data).hexdigest() for data in (*self._file.known(), *kept) if data)

    def part(self, part_id: str) -> Draft:
        """What is known of a part of this draft since it was brought back; empty where it never was."""
        return self._history.part(part_id)

    def keep_part(self, part_id: str, memory: Draft, declined: Draft | None = None) -> tuple[Problem, ...]:
        """Remember a part that was brought back. Returns what kept it from being kept.

        ``declined`` is the draft with the answers of the part that were not taken: it goes among the earlier states.
        """
        notes: list[Problem] = []
        if not self.read_only:
            self._beside(notes, lambda: self._history.keep_part(part_id, memory))
            if declined is not None:
                self._beside(notes, lambda: self._history.add(as_json(declined), self._clock()))
        return tuple(notes)

    def take_over(self) -> None:
        """Take the draft from whoever has it open now."""
        self.close()
        self._take_lock(take_over=True)

    def close(self) -> None:
        """Give the draft back. Nothing is saved by it, and nothing lost: every answer was saved before."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> DraftFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _take_lock(self, *, take_over: bool) -> None:
        lock = Lock(self._file.path, Holder.this_process(self._clock()))
        try:
            lock.acquire(take_over=take_over)
        except OSError as error:
            # A folder that can only be read, a drive without locks. What others change is still noticed at save.
            lock.release()
            if error.errno in _READ_ONLY:
                message = f"You may not write in the folder of {printable(self.path)}: answers cannot be saved there."
                hint = "Save the draft in another file when you are asked, or get the permission first."
                self.folder_is_read_only = True
                self.notes = (Problem(message, hint, severity=Severity.WARNING),)
                return
            message = f"Others will not see that you have this draft open: {error.strerror or error}."
            self.notes = (Problem(message, "Make sure that nobody else works on it.", severity=Severity.WARNING),)
        except BaseException:
            lock.release()
            raise
        else:
            self._lock = lock

    def _hold_lock(self) -> None:
        if self._lock is not None:
            # Where even that cannot be found out, writing the draft will fail too, and say why.
            with suppress(OSError):
                self._lock.hold()

    def _keep_unsaved(self, data: bytes) -> Path | None:
        with suppress(OSError):
            newest = next(iter(self.generations()), None)
            if newest is not None and newest.data() == data:
                return newest.path
            return self._history.add(data, self._clock(), saved=False).path
        return None

    def _beside(self, notes: list[Problem], keep: Callable[[], Generation | None]) -> Generation | None:
        """Keep something beside the file. That it cannot be kept is noted, and no reason not to save."""
        try:
            return keep()
        except OSError as error:
            message = f"Earlier states of this draft cannot be kept: {error.strerror or error}."
            hint = f"Check the folder {printable(self._history.folder)}."
            notes.append(Problem(message, hint, severity=Severity.WARNING))
            return None

    def _remember(self) -> None:
        # A list of recent files that cannot be written is short of one, as the start page then shows.
        with suppress(OSError):
            Recents(self._folders).add(self.path)
