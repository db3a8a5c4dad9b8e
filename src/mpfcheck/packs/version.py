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
from mpfcheck.packs.entries import Entries, describe
from mpfcheck.packs.folder import KeptFile, PackFolder
from mpfcheck.packs.mistake import NO_PLACE, PackError, PackMistake, Place
from mpfcheck.packs.yaml_file import YamlFile, YamlList, YamlScalar, read_yaml

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
        mistakes.append(PackMistake(file.root.place, message, 'each version begins with "- version: …"'))
        return ()
    found: dict[str, PublishedVersion] = {}
    before: Mapping[str, str] = {}
    for node in file.root.items:
        entries = Entries(node, "a published version", mistakes)
        one = PublishedVersion(
            version=entries.text("version", pattern=VERSION, example="2023-12-07"),
            date=entries.day("date") or date.min,
            reason=entries.text("reason"),
            sha256=entries.text("sha256", pattern=_CHECKSUM, example="64 digits, as rules lock writes them"),
            files=_files(entries, before),
            place=entries.place,
        )
        entries.finish()
        before = one.files
        if found.setdefault(one.version, one) is not one:
            entries.mistake(entries.place, f'the version "{one.version}" is there twice', "keep one of the two")
    return tuple(found.values())


def _files(entries: Entries, before: Mapping[str, str]) -> Mapping[str, str]:
    """Read which files are new or gone since the version before; the others are the same."""
    if not entries.has("files"):
        return FrozenDict()
    changes = entries.map("files", required=False)
    for name, (key, value) in changes.items():
        gone = isinstance(value, YamlScalar) and value.value is None
        if not _KEPT_NAME.fullmatch(name):
            entries.mistake(key, f'"{name}" is not the name of a file of a pack', 'such as "lead.yaml"')
        elif not gone and not (isinstance(value, YamlScalar) and _CHECKSUM.fullmatch(str(value.value))):
            entries.mistake(value, f"the checksum of {name} must have 64 digits, as rules lock writes them")
    new = {name: str(value.plain()) for name, (_, value) in changes.items() if value.plain() is not None}
    return FrozenDict({name: sha for name, sha in {**before, **new}.items() if name in new or name not in changes})


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
