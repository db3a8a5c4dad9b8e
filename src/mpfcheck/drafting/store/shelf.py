"""The drafts of one user: those in the data folder, and those opened lately elsewhere."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from mpfcheck.drafting.store.draft_name import checked_name, free_path, unused_path
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.listing import Listing, listed, paths_in
from mpfcheck.drafting.store.move import move_draft
from mpfcheck.drafting.store.recents import Recents
from mpfcheck.drafting.store.trash import Trash
from mpfcheck.drafting.store.trouble import DraftMissingError, printable, why_not
from mpfcheck.drafting.store.whole_file import make_folder, read_file, write_file

__all__ = ["Shelf"]

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


class Shelf:
    """The list of drafts, and what can be done with one that is not open. Nothing is made before it is needed."""

    def __init__(self, folders: Folders | None = None) -> None:
        """Look in these folders; in those of this user where none are given."""
        self.folders = Folders.of_this_user() if folders is None else folders
        self.trash = Trash(self.folders)
        self._recents = Recents(self.folders)

    def list(self) -> Listing:
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
        return Listing(tuple(drafts), gone)

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

    def rename(self, path: Path, name: str) -> Path:
        """Give a draft another name in its folder; returns its new path. Raises as :func:`move_draft` does."""
        return move_draft(path, path.with_name(checked_name(name)), self.folders)


def _where_else(path: Path) -> str:
    """What to do where a path leads nowhere: the file or folder of the nearest name, if any is near."""
    folder = path.parent
    while not os.path.isdir(folder) and folder != folder.parent:
        path, folder = folder, folder.parent
    with suppress(OSError):
        near = get_close_matches(path.name, os.listdir(folder), n=1)
        if near:
            return f"Did you mean {printable(folder / near[0])}?"
    return f"Check the path. Nothing in {printable(folder)} has a similar name."
