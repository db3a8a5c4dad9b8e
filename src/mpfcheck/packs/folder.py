"""A folder of rule files from who knows where: only what lies in it is read, and never more than is sensible."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from mpfcheck.frozen import Frozen
from mpfcheck.packs.mistake import PackError, PackMistake, Place
from mpfcheck.packs.yaml_file import MAX_BYTES

__all__ = ["Allowance", "KeptFile", "KeptFolder", "PackFiles", "PackFolder", "content_checksum"]

MAX_FILES = 200
MAX_TOGETHER = 3_000_000
"""How many bytes the files of a call may have together, code lists and shared rules included."""
FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*\.yaml|annex\.schema(?:\.[0-9a-f]{16})?\.json")


class PackFiles(Protocol):
    """The files of a pack by name: as they lie in a folder today, or as they were in a published version."""

    def names(self) -> list[str]:
        """List the names of the YAML files, sorted."""

    def has(self, name: str) -> bool:
        """Tell whether there is such a file."""

    def read(self, name: str) -> bytes:
        """Read one file; raises PackError."""

    def path_of(self, name: str) -> Path:
        """Say where a file lies that is there."""


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

    def path_of(self, name: str) -> Path:
        """Say where a file lies."""
        return self.path / name

    def _error(self, name: str, message: str, hint: str = "") -> PackError:
        return PackError([PackMistake(Place(f"{self.shown}{name}", 1, 1), message, hint)])


class KeptFile(Frozen):
    """A file of a published version: where its content is kept, and the SHA-256 of that content."""

    path: Path
    sha256: str


class KeptFolder:
    """The files of a published version whose names begin with ``shown``, each held to its checksum when it is read."""

    __slots__ = ("_allowance", "_files", "_shown")

    def __init__(self, files: Mapping[str, KeptFile], shown: str, allowance: Allowance) -> None:
        inside = {name.removeprefix(shown): file for name, file in files.items() if name.startswith(shown)}
        self._files = {name: file for name, file in inside.items() if "/" not in name}
        self._shown = shown
        self._allowance = allowance

    def names(self) -> list[str]:
        """List the names of its YAML files, sorted."""
        return sorted(name for name in self._files if name.endswith(".yaml"))

    def has(self, name: str) -> bool:
        """Tell whether the version has such a file."""
        return name in self._files

    def read(self, name: str) -> bytes:
        """Read one file; raises PackError if it is not there, or is not what was published."""
        file = self._files[name]
        data = PackFolder(file.path.parent, allowance=self._allowance).read(file.path.name)
        if content_checksum(data) != file.sha256:
            place = Place(f"{self._shown}{name}", 1, 1)
            message = f"the file {file.path.name} is not what was published: its checksum differs"
            raise PackError([PackMistake(place, message, "undo the change; a correction is a new version")])
        return data

    def path_of(self, name: str) -> Path:
        """Say where the content of a file is kept."""
        return self._files[name].path


def content_checksum(data: bytes) -> str:
    """Return the SHA-256 of a text file's content, the same for every kind of line end."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()
