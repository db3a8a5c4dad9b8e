"""The published versions of a pack: when and why each came, and the checksum its files are locked by.

``versions.yaml`` beside ``call.yaml`` lists them, oldest first. Each names the checksums of the files new in it.
The contents are kept once each, in the folder ``versions`` of the pack, or in one beside the packs that they share. A
version that is not listed is a draft, and may change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from mpfcheck.frozen import Frozen, FrozenDict
from mpfcheck.packs.entries import DayEntry, Entries, FileTable, MapEntry, PartsEntry, Schema, TextEntry, describe
from mpfcheck.packs.folder import KeptFile, PackFolder
from mpfcheck.packs.mistake import NO_PLACE, PackError, PackMistake, Place
from mpfcheck.packs.yaml_file import YamlFile, YamlList, YamlMap, YamlNode, YamlScalar, read_yaml

__all__ = [
    "VERSION",
    "VERSIONS_FILE",
    "VERSIONS_FOLDER",
    "PublishedVersion",
    "kept_files",
    "kept_folder",
    "kept_name",
    "load_versions",
    "read_versions",
    "stores",
]

VERSIONS_FILE = "versions.yaml"
VERSIONS_FOLDER = "versions"
VERSION = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]{0,38}[0-9A-Za-z])?")
"""What a version that is kept can be called: it names a folder."""

_CHECKSUM = re.compile("[0-9a-f]{64}")
_KEPT_NAME = re.compile(r"(?:(?:codelists|shared)/)?[A-Za-z0-9_][A-Za-z0-9._-]*\.(?:yaml|json)")


class PublishedVersion(Frozen):
    """A version of a pack that was published: on which day, why it came, and the SHA-256 of its files.

    ``files`` gives the SHA-256 of each file's content by name. It is empty for a version whose files are kept in a
    folder of their own, ``versions/<version>``, as was done before contents were kept once.
    """

    version: str
    date: date
    reason: str
    sha256: str
    files: Mapping[str, str] = FrozenDict()
    place: Place = NO_PLACE


class _FilesEntry(MapEntry[Mapping[str, str | None] | None]):
    """Which files are new (with their checksums) or gone since the version before; None if missing."""

    __slots__ = ()

    def absent(self) -> Mapping[str, str | None] | None:
        """Return nothing."""
        return None

    def read(self, entries: Entries, node: YamlNode) -> Mapping[str, str | None]:
        """Read the checksums by the names of the files; None for one that is gone."""
        if not isinstance(node, YamlMap):
            entries.mistake(node, f'"{self.key}" must be entries of the form key: value, not {describe(node)}')
            return {}
        found: dict[str, str | None] = {}
        for name, value in node.entries.items():
            checksum = None if isinstance(value, YamlScalar) and value.value is None else str(value.plain())
            if not _KEPT_NAME.fullmatch(name):
                entries.mistake(node.keys[name], f'"{name}" is not the name of a file of a pack', 'such as "lead.yaml"')
            elif checksum and not _CHECKSUM.fullmatch(checksum):
                entries.mistake(value, f"the checksum of {name} must have 64 digits, as rules lock writes them")
            found[name] = checksum
        return found

    def holds(self, definitions: Schema) -> Schema:
        """Describe checksums by name."""
        return {"type": "object", "additionalProperties": {"type": ["string", "null"]}}


class _VersionEntries(Entries):
    """The entries of a published version."""

    version = TextEntry("What it is called.", pattern=VERSION, example="2023-12-07")
    date = DayEntry("The date of publication.")
    reason = TextEntry("Why it was published.")
    sha256 = TextEntry("The SHA-256 of its files.", pattern=_CHECKSUM, example="64 digits, as rules lock writes them")
    files = _FilesEntry("The files that are new or gone since the version before.", optional=True)


_LISTED = PartsEntry(_VersionEntries, "a published version")
VERSIONS = FileTable(
    "versions",
    _LISTED,
    title="The published versions of a pack",
    about="versions.yaml: the versions of a pack that were published, oldest first.",
    wanted="a list of versions",
    hint='each version begins with "- version: …"',
)


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
        VERSIONS.refuse(file.root, mistakes)
        return ()
    found: dict[str, PublishedVersion] = {}
    before: Mapping[str, str] = {}
    for entries in _LISTED.parts(file.root, "the file", mistakes):
        one = PublishedVersion(
            version=entries.version,
            date=entries.date or date.min,
            reason=entries.reason,
            sha256=entries.sha256,
            files=_files(entries.files, before),
            place=entries.place,
        )
        entries.finish()
        before = one.files
        if found.setdefault(one.version, one) is not one:
            entries.mistake(entries.place, f'the version "{one.version}" occurs twice', "keep one of them")
    return tuple(found.values())


def _files(changes: Mapping[str, str | None] | None, before: Mapping[str, str]) -> Mapping[str, str]:
    """List the files of a version: those of the version before, with what changes."""
    if changes is None:
        return FrozenDict()
    return FrozenDict({name: sha for name, sha in {**before, **changes}.items() if sha is not None})


def kept_name(name: str, sha256: str) -> str:
    """Return what the file is called that keeps a content: ``lead.yaml`` becomes ``lead.<16 digits>.yaml``."""
    base = name.rsplit("/", 1)[-1]
    stem, _, ending = base.rpartition(".")
    return f"{stem}.{sha256[:16]}.{ending}"


def stores(folder: Path) -> tuple[Path, ...]:
    """List the folders in which contents of published versions of the pack in ``folder`` may be kept."""
    return folder.parent / VERSIONS_FOLDER, folder / VERSIONS_FOLDER


def kept_files(folder: Path, version: PublishedVersion) -> Mapping[str, KeptFile]:
    """Find the files of a published version by name.

    Raises PackError with those whose contents are not kept, or lead out of the folder.
    """
    found: dict[str, KeptFile] = {}
    missing: list[str] = []
    for name, sha256 in version.files.items():
        places = [(store, store / kept_name(name, sha256)) for store in stores(folder)]
        place = next((file for store, file in places if file.is_file() and _is_in(file, store.parent)), None)
        if place is None:
            missing.append(kept_name(name, sha256))
        else:
            found[name] = KeptFile(place, sha256)
    if missing:
        message = f"files of version {version.version} are not kept in {VERSIONS_FOLDER}: {', '.join(missing)}"
        raise PackError([PackMistake(version.place, message, "take them from where the version was published")])
    return found


def _is_in(file: Path, folder: Path) -> bool:
    return file.resolve().is_relative_to(folder.resolve())


def kept_folder(folder: Path, version: str) -> Path | None:
    """Find the folder that keeps a whole version of the pack in ``folder``; None where there is none.

    One that leads out of the pack's folder is no such folder.
    """
    kept = folder / VERSIONS_FOLDER / version
    if not VERSION.fullmatch(version) or not kept.is_dir() or not kept.resolve().is_relative_to(folder.resolve()):
        return None
    return kept
