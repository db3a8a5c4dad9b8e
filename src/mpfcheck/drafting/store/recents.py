"""The drafts opened last that do not lie in the data folder."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.whole_file import make_folder, read_file, write_file

__all__ = ["Recents"]

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
