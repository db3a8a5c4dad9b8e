"""A folder of rule files from who knows where: only what lies in it is read, and never more than is sensible."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from mpfcheck.calls.mistake import PackError, PackMistake
from mpfcheck.calls.rule import Place
from mpfcheck.calls.yaml_source import MAX_BYTES

__all__ = ["Allowance", "PackFolder"]

MAX_FILES = 200
MAX_TOGETHER = 3_000_000
"""How many bytes the files of a call may have together, code lists and shared rules included."""
FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*\.yaml|annex\.schema\.json")


class Allowance:
    """What is left of the bytes that the files of one call may have together."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MAX_TOGETHER


class PackFolder:
    """The YAML files of one folder, by name.

    ``shown`` is put before the names in messages. Links may lead about in ``within`` (the folder itself unless given).
    Several folders of one call share an ``allowance``.
    """

    __slots__ = ("allowance", "path", "shown", "within")

    def __init__(
        self, path: Path, shown: str = "", within: Path | None = None, allowance: Allowance | None = None
    ) -> None:
        self.path = path
        self.shown = shown
        self.within = within or path
        self.allowance = allowance or Allowance()

    def names(self) -> list[str]:
        """List the names of its YAML files, sorted; a folder that is not there, or cannot be read, has none."""
        try:
            names = sorted(file.name for file in self.path.iterdir() if file.suffix == ".yaml")
        except OSError:
            return []
        if len(names) > MAX_FILES:
            raise self._error(names[0], f"there are more than {MAX_FILES} YAML files beside it", "split the pack up")
        return names

    def has(self, name: str) -> bool:
        """Tell whether there is such a file."""
        return FILE_NAME.fullmatch(name) is not None and (self.path / name).is_file()

    def read(self, name: str) -> bytes:
        """Read one file.

        Raises PackError if it is not there, leads out of the folder, is no plain file or is too large.
        """
        if not FILE_NAME.fullmatch(name):
            raise self._error(name, "this is not the name of a YAML file in the pack's folder", 'such as "lead.yaml"')
        path = self.path / name
        try:
            linked = path.is_symlink() or (self.path != self.within and self.path.is_symlink())
            if linked and not path.resolve().is_relative_to(self.within.resolve()):
                raise self._error(name, "this link leads out of the pack's folder", "put the file itself there")
            found = path.stat()
            if not stat.S_ISREG(found.st_mode):
                raise self._error(name, "this is not a file")
            if found.st_size > MAX_BYTES:
                raise self._error(name, f"the file is larger than {MAX_BYTES} bytes", "split it up")
            self.allowance.left -= found.st_size
            if self.allowance.left < 0:
                raise self._error(
                    name, f"the files of the call have more than {MAX_TOGETHER} bytes together", "cut it down"
                )
            with path.open("rb") as file:
                return file.read(MAX_BYTES + 1)
        except FileNotFoundError:
            raise self._error(name, "there is no such file") from None
        except OSError as error:
            raise self._error(name, f"it cannot be read: {error.strerror}") from None

    def _error(self, name: str, message: str, hint: str = "") -> PackError:
        return PackError([PackMistake(Place(f"{self.shown}{name}", 1, 1), message, hint)])
