"""Drafts that are closed, moved to another path with all that is kept about them."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.history import History
from mpfcheck.drafting.store.holder import Holder
from mpfcheck.drafting.store.lock import Lock
from mpfcheck.drafting.store.recents import Recents
from mpfcheck.drafting.store.trouble import DraftExistsError, DraftMissingError, printable, why_not
from mpfcheck.drafting.store.whole_file import make_folder

__all__ = ["move_draft"]


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
