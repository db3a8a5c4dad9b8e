"""Locking a version of a pack: its checksum goes into the list of published versions, its files are kept beside it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from mpfcheck.frozen import FrozenDict
from mpfcheck.packs.call import Call
from mpfcheck.packs.folder import content_checksum
from mpfcheck.packs.layout import laid_out
from mpfcheck.packs.load import Loading
from mpfcheck.packs.mistake import PackError
from mpfcheck.packs.version import (
    VERSION,
    VERSIONS_FILE,
    PublishedVersion,
    kept_folder,
    kept_name,
    load_versions,
    stores,
)
from mpfcheck.packs.vocabulary import type_mistakes
from mpfcheck.packs.yaml_file import quoted

__all__ = ["LockError", "Locking", "changed_files"]

HEAD = """\
# The published versions of these rules, oldest first. `mpfcheck rules lock` writes this file. Each version lists the
# files that are new in it, by the checksums of their contents. The folder versions keeps the contents. A version that
# is not listed here is a draft. Never edit an entry: a correction is a new version, with its reason. Before a release
# contains a version, you can delete its whole entry. The version is then a draft again.
"""


class LockError(Exception):
    """A version that cannot be locked; the message says why and what to do."""


class Locking:
    """A pack about to be locked. Reading it raises PackError with all that is wrong with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = Path(os.path.abspath(folder))
        self._versions = load_versions(self._folder)
        loading = Loading(self._folder, rules_whole=True)
        self.call: Call = loading.call()
        self._data: Mapping[str, bytes] = loading.data
        if mistakes := type_mistakes(self.call):
            raise PackError(mistakes)

    def refuse(self, day: date) -> None:
        """Raise LockError where the version that ``call.yaml`` names cannot be locked on this day."""
        call = self.call
        if not VERSION.fullmatch(call.version):
            raise LockError(
                f'"{call.version}" cannot be kept as a version: write it like 2023-12-07 or 1.2 in call.yaml.'
            )
        for one in self._versions:
            if one.version == call.version and one.sha256 == call.sha256:
                raise LockError(f"Version {one.version} is locked already, since {one.date}, and has not changed.")
            if one.version == call.version:
                raise LockError(
                    f"Version {one.version} was locked on {one.date}, and the files have changed since. Give them a "
                    "new version in call.yaml, then lock that."
                )
        if self._versions and day < self._versions[-1].date:
            raise LockError(f"The version before was published on {self._versions[-1].date}, after {day}.")

    def lock(self, reason: str, day: date) -> PublishedVersion:
        """Lock the version that ``call.yaml`` names, published on ``day`` for this reason.

        Raises LockError where it cannot be locked, OSError where nothing can be written.
        """
        self.refuse(day)
        call = self.call
        files = {name: content_checksum(data) for name, data in sorted(self._data.items())}
        self._keep(files)
        self._list(reason, day, files)
        return PublishedVersion(call.version, day, reason, call.sha256, FrozenDict(files))

    def _keep(self, files: Mapping[str, str]) -> None:
        """Keep the contents that are not kept yet: beside the calls where several share a folder, else in the pack."""
        beside, own = stores(self._folder)
        store = beside if beside.is_dir() else own
        store.mkdir(exist_ok=True)
        for name, sha256 in files.items():
            file = store / kept_name(name, sha256)
            if not file.exists():
                _write(file, self._data[name].replace(b"\r\n", b"\n"))

    def _list(self, reason: str, day: date, files: Mapping[str, str]) -> None:
        file = self._folder / VERSIONS_FILE
        text = file.read_text(encoding="utf-8").rstrip("\n") + "\n" if file.exists() else HEAD
        call = self.call
        before = self._versions[-1].files if self._versions else {}
        changes = {name: sha256 for name, sha256 in files.items() if before.get(name) != sha256}
        text += (
            f"- version: {quoted(call.version)}\n  date: {day}\n  reason: {quoted(reason)}\n  sha256: {call.sha256}\n"
        )
        text += "  files:\n" + "".join(f"    {name}: {sha256}\n" for name, sha256 in changes.items())
        text += "".join(f"    {name}: null\n" for name in before if name not in files)
        _write(file, laid_out(text.encode(), file.name).encode())


def _write(file: Path, data: bytes) -> None:
    """Write a file as a whole, so that an interruption leaves the old one or the new one."""
    beside = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    beside.write_bytes(data)
    beside.replace(file)


def changed_files(folder: Path, version: PublishedVersion, data: Mapping[str, bytes]) -> list[str]:
    """List the files that are not, or not any more, those of a version; ``data`` are those of today by name."""
    if version.files:
        today = {name: content_checksum(content) for name, content in data.items()}
        return sorted(
            name for name in version.files.keys() | today.keys() if version.files.get(name) != today.get(name)
        )
    kept = kept_folder(folder, version.version)
    if kept is None:
        return sorted(data)
    names = {file.relative_to(kept).as_posix() for file in kept.rglob("*") if file.is_file()} | data.keys()
    return sorted(name for name in names if _content(kept / name) != data.get(name, b"").replace(b"\r\n", b"\n"))


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes().replace(b"\r\n", b"\n")
    except OSError:
        return b""
