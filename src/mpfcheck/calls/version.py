"""The published versions of a pack: when and why each came, and the checksum its files are locked by.

``versions.yaml`` beside ``call.yaml`` lists them, oldest first; the files of each are kept as they were in
``versions/<version>``. A version that is not listed is a draft, and may change.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from mpfcheck.calls.entries import Entries, describe
from mpfcheck.calls.folder import PackFolder
from mpfcheck.calls.mistake import PackError, PackMistake
from mpfcheck.calls.rule import NO_PLACE, Place
from mpfcheck.calls.yaml_node import YamlFile, YamlList
from mpfcheck.calls.yaml_source import read_yaml
from mpfcheck.frozen import Frozen

__all__ = ["VERSION", "VERSIONS_FILE", "PublishedVersion", "kept_folder", "load_versions", "read_versions"]

VERSIONS_FILE = "versions.yaml"
VERSIONS_FOLDER = "versions"
VERSION = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]{0,38}[0-9A-Za-z])?")
"""What a version that is kept can be called: it names a folder."""

_CHECKSUM = re.compile("[0-9a-f]{64}")


class PublishedVersion(Frozen):
    """A version of a pack that was published: on which day, why it came, and the SHA-256 of its files."""

    version: str
    date: date
    reason: str
    sha256: str
    place: Place = NO_PLACE


def load_versions(folder: Path) -> tuple[PublishedVersion, ...]:
    """Read the published versions of the pack in a folder, oldest first; none where nothing was published.

    Raises PackError with all that is wrong with the list.
    """
    pack = PackFolder(folder)
    if not pack.has(VERSIONS_FILE):
        return ()
    mistakes: list[PackMistake] = []
    versions = read_versions(read_yaml(pack.read(VERSIONS_FILE), VERSIONS_FILE), mistakes)
    if mistakes:
        raise PackError(mistakes)
    return versions


def read_versions(file: YamlFile, mistakes: list[PackMistake]) -> tuple[PublishedVersion, ...]:
    """Read a list of published versions, adding what is wrong to ``mistakes``."""
    if not isinstance(file.root, YamlList):
        message = f"this file must be a list of versions, not {describe(file.root)}"
        mistakes.append(PackMistake(file.place(file.root), message, 'each version begins with "- version: …"'))
        return ()
    found: dict[str, PublishedVersion] = {}
    for node in file.root.items:
        entries = Entries(file, node, "a published version", mistakes)
        one = PublishedVersion(
            version=entries.text("version", pattern=VERSION, example="2023-12-07"),
            date=entries.day("date") or date.min,
            reason=entries.text("reason"),
            sha256=entries.text("sha256", pattern=_CHECKSUM, example="64 digits, as rules lock writes them"),
            place=entries.place,
        )
        entries.finish()
        if found.setdefault(one.version, one) is not one:
            entries.mistake(entries.place, f'the version "{one.version}" is there twice', "keep one of the two")
    return tuple(found.values())


def kept_folder(folder: Path, version: str) -> Path | None:
    """Find the folder that keeps the files of a version of the pack in ``folder``; None where there is none.

    One that leads out of the pack's folder is no such folder.
    """
    kept = folder / VERSIONS_FOLDER / version
    if not VERSION.fullmatch(version) or not kept.is_dir() or not kept.resolve().is_relative_to(folder.resolve()):
        return None
    return kept
