"""The drafts of one user: those in the data folder, those opened lately elsewhere, and those that were deleted."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from mpfcheck.checking.report import Problem
from mpfcheck.drafting.store.errors import DraftExistsError, DraftMissingError, printable, why_not
from mpfcheck.drafting.store.folders import Folders, checked_name, free_path, unused_path
from mpfcheck.drafting.store.history import History, answers_in, title_of
from mpfcheck.drafting.store.json_file import NoDraftError, from_json, make_folder, read_file, write_file
from mpfcheck.drafting.store.lock import Holder, Lock
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.codes import PART_FORMAT
from mpfcheck.reading.inputs import open_inputs

__all__ = ["DraftList", "ListedDraft", "Recents", "Shelf", "listed", "move_draft", "paths_in"]

_ENDING: Final = ".json"
_NO_FOLDER: Final = Problem("Its folder is not there.", "Connect its drive, or the network it is on.")
_FOLDER: Final = Problem("This is a folder, not a file.", "Open a file in it.")


class ListedDraft(Frozen):
    """A draft in the list: ``title`` and ``call`` are empty where it has none, ``changed`` None where not known.

    ``problem`` says why it cannot be opened, None where it can. ``is_part`` tells of a partner's part.
    """

    path: Path
    title: str = ""
    call: str = ""
    answers: int = 0
    changed: datetime | None = None
    problem: Problem | None = None
    is_part: bool = False

    @property
    def readable(self) -> bool:
        """Whether it can be opened."""
        return self.problem is None

    def age(self, now: datetime) -> timedelta | None:
        """How long ago it was changed; never less than nothing, whatever the clocks say."""
        return None if self.changed is None else max(now - self.changed, timedelta(0))


class DraftList(Frozen):
    """The list: ``drafts``, changed last first, and the paths that were in it before and are ``gone``."""

    drafts: tuple[ListedDraft, ...]
    gone: tuple[Path, ...] = ()


def paths_in(folder: Path) -> tuple[Path, ...]:
    """The files in a folder that may be drafts, by name; none where it cannot be read."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return ()
    found = [folder / name for name in names if name.casefold().endswith(_ENDING) and not name.startswith(".")]
    return tuple(path for path in found if not os.path.isdir(path))


def listed(path: Path) -> ListedDraft:
    """The draft at a path. Never raises: what is wrong with it is its problem."""
    if not os.path.isdir(path.parent):
        return ListedDraft(path, problem=_NO_FOLDER)
    if os.path.isdir(path):
        return ListedDraft(path, problem=_FOLDER)
    source = next(iter(open_inputs([path])))
    if source.data is None:
        return ListedDraft(path, changed=_changed(path), problem=source.problem)
    try:
        draft = from_json(source.data)
    except NoDraftError as error:
        return ListedDraft(path, changed=_changed(path), problem=error.problems[0])
    call = draft.get("call")
    return ListedDraft(
        path,
        title_of(draft),
        call if isinstance(call, str) else "",
        answers_in(draft),
        _changed(path),
        is_part=draft.get("format") == PART_FORMAT,
    )


def _changed(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError):
        return None


_MOST: Final = 30


class Recents:
    """The paths in a small file of the state folder, newest first. A file that cannot be read holds none."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._file = folders.state / "recent.json"

    def paths(self) -> tuple[Path, ...]:
        """The paths, newest first."""
        try:
            found = json.loads(read_file(self._file) or b"[]")
            paths = tuple(Path(path) for path in found if isinstance(path, str) and path)
            list(map(os.fsencode, paths))  # a path that no disk can have came from a damaged file
        except (OSError, ValueError):
            return ()
        return paths

    def add(self, path: Path) -> None:
        """Put a path first, unless it lies in the data folder or in the trash; raises OSError."""
        if path.parent not in (self._folders.drafts, self._folders.trash):
            self._write([path, *(other for other in self.paths() if other != path)][:_MOST])

    def remove(self, gone: Iterable[Path]) -> None:
        """Take paths out; raises OSError."""
        before, out = self.paths(), set(gone)
        after = [path for path in before if path not in out]
        if len(after) < len(before):
            self._write(after)

    def _write(self, paths: Iterable[Path]) -> None:
        make_folder(self._file.parent)
        write_file(self._file, json.dumps([str(path) for path in paths], indent=1).encode() + b"\n", lasting=False)


def move_draft(path: Path, to: Path, folders: Folders) -> Path:
    """Move a draft and its history; no file is ever overwritten. Returns where it is now.

    Raises DraftMissingError, DraftExistsError, DraftInUseError where somebody has it open, and DraftNotSavedError where
    the system does not let it be moved.
    """
    if not os.path.lexists(path):
        raise DraftMissingError(path, f"{printable(path)} is no longer there.", "Look at the list again.")
    lock = Lock(Path(os.path.realpath(path)), Holder.this_process(datetime.now(UTC)))
    is_link, before = path.is_symlink(), History(folders.state, path)
    try:
        with suppress(OSError):
            # Where there are no locks, nobody can be asked.
            lock.acquire()
        _move_file(path, to, is_link=is_link)
    finally:
        lock.release()
    # The draft is where it should be: a history or a list that cannot be written is no reason to say otherwise.
    with suppress(OSError):
        if not is_link:  # that of a link is kept with the file it leads to, which stays
            before.follow(History(folders.state, to))
    with suppress(OSError):
        recents = Recents(folders)
        if path in recents.paths():
            recents.remove([path])
            recents.add(to)
    return to


def _move_file(path: Path, to: Path, *, is_link: bool) -> None:
    try:
        make_folder(to.parent)
        if os.path.lexists(to) and not _is_same(path, to):
            raise DraftExistsError(to, f"There is a file {printable(to)} already.", "Choose another name.")
        if is_link:
            os.symlink(os.path.realpath(path), to)
            os.unlink(path)
        else:
            shutil.move(path, to)
    except OSError as error:
        raise why_not(error, path, "moved") from error


def _is_same(path: Path, to: Path) -> bool:
    """Whether both names are of one file, as where only capitals change on a disk that does not tell them apart."""
    return path.name.casefold() == to.name.casefold() and os.path.samefile(path, to)


_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


class Shelf:
    """The list of drafts, and what can be done with one that is not open. Nothing is made before it is needed."""

    def __init__(self, folders: Folders | None = None) -> None:
        """Look in these folders; in those of this user where none are given."""
        self.folders = Folders.of_this_user() if folders is None else folders
        self._recents = Recents(self.folders)

    def list(self) -> DraftList:
        """The drafts there are. A recent one that was moved or deleted is named as gone, once."""
        own = paths_in(self.folders.drafts)
        elsewhere = [path for path in self._recents.paths() if path not in own]
        gone = tuple(path for path in elsewhere if os.path.isdir(path.parent) and not os.path.lexists(path))
        if gone:
            # A list that cannot be written says so once more the next time.
            with suppress(OSError):
                self._recents.remove(gone)
        drafts = [listed(path) for path in (*own, *elsewhere) if path not in gone]
        drafts.sort(key=lambda draft: draft.changed or _LONG_AGO, reverse=True)
        return DraftList(tuple(drafts), gone)

    def new_path(self, title: str = "") -> Path:
        """A path in the data folder for a new draft, named after its title."""
        return free_path(self.folders.drafts, title)

    def copy(self, path: Path) -> Path:
        """Copy a draft into the data folder, to the byte; returns the path of the copy.

        It may be open elsewhere. Raises DraftMissingError and DraftNotSavedError.
        """
        copy = unused_path(self.folders.drafts, f"{path.stem}-copy")
        try:
            data = None if os.path.isdir(path) else read_file(path)
            if os.path.isdir(path):
                raise DraftMissingError(path, f"{printable(path)} is a folder.", "Choose a file in it.")
            if data is None:
                raise DraftMissingError(path, f"There is no file {printable(path)}.", _where_else(path))
            make_folder(copy.parent)
            write_file(copy, data)
        except OSError as error:
            raise why_not(error, path, "copied") from error
        return copy

    def keep(self, name: str, data: bytes) -> Path:
        """Put what came from elsewhere into a new file of the data folder, to the byte; returns its path.

        Raises DraftNotSavedError.
        """
        path = free_path(self.folders.drafts, name)
        try:
            make_folder(path.parent)
            write_file(path, data)
        except OSError as error:
            raise why_not(error, path, "copied") from error
        return path

    def delete(self, path: Path) -> Path:
        """Delete a draft by moving it to the folder of deleted drafts; returns where it is now.

        Nobody empties that folder but the applicant, with the files program of the computer. Raises as
        :func:`move_draft` does.
        """
        return move_draft(path, unused_path(self.folders.trash, path.stem), self.folders)

    def rename(self, path: Path, name: str) -> Path:
        """Give a draft another name in its folder; returns its new path. Raises as :func:`move_draft` does."""
        return move_draft(path, path.with_name(checked_name(name)), self.folders)


def _where_else(path: Path) -> str:
    """What to do where a path leads nowhere: the file or folder of the nearest name, if any is near."""
    folder = path.parent
    while not os.path.isdir(folder) and folder != folder.parent:
        path, folder = folder, folder.parent
    with suppress(OSError):
        from difflib import get_close_matches

        near = get_close_matches(path.name, os.listdir(folder), n=1)
        if near:
            return f"Did you mean {printable(folder / near[0])}?"
    where = "this folder" if folder == Path() else printable(folder)
    return f"Check the path. Nothing in {where} has a similar name."
