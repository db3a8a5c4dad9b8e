"""Deleted drafts: moved to a folder among the drafts, from where they can be taken back."""

from __future__ import annotations

from pathlib import Path

from mpfcheck.drafting.store.draft_name import unused_path
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.listing import Listed, listed, paths_in
from mpfcheck.drafting.store.move import move_draft

__all__ = ["Trash"]


class Trash:
    """The folder of deleted drafts. Nobody empties it but the applicant, with the files program of the computer."""

    def __init__(self, folders: Folders) -> None:
        self.folder = folders.trash
        self._folders = folders

    def put(self, path: Path) -> Path:
        """Delete a draft by moving it here; returns where it is now. Raises as :func:`move_draft` does."""
        return move_draft(path, unused_path(self.folder, path.stem), self._folders)

    def list(self) -> tuple[Listed, ...]:
        """The deleted drafts, by name."""
        return tuple(listed(path) for path in paths_in(self.folder))

    def take_back(self, path: Path) -> Path:
        """Put a deleted draft into the data folder; returns where it is now. Raises as :func:`move_draft` does."""
        return move_draft(path, unused_path(self._folders.drafts, path.stem), self._folders)
