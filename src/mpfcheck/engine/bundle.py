"""A bundle: a report with the rules that made it and the checksums of its inputs, in one ZIP file.

=============== =====================================================================================================
``bundle.json`` what is in it (``mpfcheck-bundle/1``): the program, the calls, the inputs, the checksum of every file
``report.json`` the report as it was given (``report.jsonl`` for JSON Lines)
``rules/CALL/`` the files of each call, in the version that the report names
``inputs/``     the inputs, where they were asked for
=============== =====================================================================================================

The same content gives the same bytes on every system: nothing is compressed, every date is 1 January 1980, and the
files stand in one order. A bundle from elsewhere is read within limits, and nothing in it can lead out of its folder.
"""

from __future__ import annotations

import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from hashlib import file_digest, sha256
from io import SEEK_END, BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, cast

from mpfcheck.checking.report import CallReference
from mpfcheck.frozen import Frozen
from mpfcheck.plain import plain
from mpfcheck.proposal.values import shown
from mpfcheck.reading.folder import ENDINGS

if TYPE_CHECKING:
    from io import BufferedReader

__all__ = [
    "FORMAT",
    "REPORTS",
    "Bundle",
    "BundleError",
    "BundledInput",
    "read_bundle",
    "starts_as_bundle",
    "write_bundle",
]

FORMAT: Final = "mpfcheck-bundle/1"
MANIFEST: Final = "bundle.json"
REPORTS: Final = ("report.json", "report.jsonl")
MOST_FILES: Final = 200_000
MOST_BYTES: Final = 4 * 1024**3
"""Of all files together, unpacked."""
AT_ONCE: Final = 1024 * 1024
DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The first day that a ZIP file can name."""

_NAME: Final = re.compile(
    rf"bundle\.json|report\.jsonl?|inputs/[0-9]{{1,7}}(?:{'|'.join(map(re.escape, ENDINGS))})?(?:\.gz)?"
    r"|rules/[a-z0-9]+(?:-[a-z0-9]+)*/(?:(?:codelists|shared)/)?[A-Za-z0-9_][A-Za-z0-9._-]*\.(?:yaml|json)"
)
"""What files are called in a bundle: there can be no other."""


class BundleError(ValueError):
    """A file that is not a bundle, or one that was changed; the message says what is wrong."""


class BundledInput(Frozen):
    """An input of the report: its name in the report, the SHA-256 and the bytes of its file.

    ``file`` is where it is in the bundle; None where it is not in it.
    """

    name: str
    sha256: str
    bytes: int
    file: str | None = None


class Bundle(Frozen):
    """What a bundle holds. ``program`` is the version of mpfcheck that made it, ``files`` where each file was put."""

    program: str
    report: Path
    report_name: str
    calls: tuple[CallReference, ...]
    inputs: tuple[BundledInput, ...]
    files: Mapping[str, Path]

    @property
    def whole(self) -> bool:
        """Whether all its inputs are in it."""
        return all(one.file is not None for one in self.inputs)


def starts_as_bundle(start: bytes) -> bool:
    """Whether a file that starts so is a ZIP file."""
    return start.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def write_bundle(
    file: IO[bytes],
    *,
    program: str,
    report: IO[bytes],
    report_name: str,
    calls: Sequence[tuple[CallReference, Mapping[str, bytes]]],
    inputs: Sequence[tuple[BundledInput, Path]],
) -> None:
    """Write a bundle. The calls come with their files by name, the inputs with the place of the file.

    Raises :class:`BundleError` where an input is not what it was when its checksum was made, and OSError.
    """
    parts: dict[str, IO[bytes] | Path] = {report_name: report}
    for call, contents in calls:
        parts |= {f"rules/{call.id}/{name}": BytesIO(data) for name, data in contents.items()}
    parts |= {one.file: place for one, place in inputs if one.file is not None}
    listed = {one.file: one.sha256 for one, _ in inputs if one.file is not None}
    listed |= {name: _checksum(part) for name, part in parts.items() if not isinstance(part, Path)}
    manifest = {
        "format": FORMAT,
        "tool": {"name": "mpfcheck", "version": program},
        "report": report_name,
        "calls": [{"id": call.id, "version": call.version, "sha256": call.sha256} for call, _ in calls],
        "inputs": [
            {"name": one.name, "sha256": one.sha256, "bytes": one.bytes, "file": one.file}
            for one in sorted((one for one, _ in inputs), key=lambda one: (one.name, one.sha256))
        ],
        "files": dict(sorted(listed.items())),
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        _put(archive, MANIFEST, BytesIO(json.dumps(manifest, indent=1).encode() + b"\n"))
        for name in sorted(parts):
            part = parts[name]
            with part.open("rb") if isinstance(part, Path) else nullcontext(part) as source:
                if _put(archive, name, source) != listed[name]:
                    raise BundleError(f"The file of {name} changed while the bundle was made. Make it again.")


def _checksum(source: IO[bytes]) -> str:
    source.seek(0)
    return file_digest(cast("BufferedReader", source), "sha256").hexdigest()


def _put(archive: zipfile.ZipFile, name: str, source: IO[bytes]) -> str:
    """Put all that a file holds into the bundle, and give its checksum."""
    if not _NAME.fullmatch(name):
        raise BundleError(f"{shown(name)} cannot be the name of a file in a bundle.")
    entry = zipfile.ZipInfo(name, DATE)
    # As on Unix, wherever it is made.
    entry.create_system = 3
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    entry.file_size = source.seek(0, SEEK_END)
    source.seek(0)
    digest = sha256()
    with archive.open(entry, "w") as packed:
        while piece := source.read(AT_ONCE):
            digest.update(piece)
            packed.write(piece)
    return digest.hexdigest()


def read_bundle(file: IO[bytes], folder: Path) -> Bundle:
    """Read a bundle from anywhere, and put its files into an empty folder. Raises :class:`BundleError` and OSError."""
    try:
        with zipfile.ZipFile(file) as archive:
            checksums = _unpack(archive, folder)
    except BundleError:
        raise
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise BundleError(
            f"This ZIP file is damaged or of a kind that is not supported: {plain(str(error))}."
        ) from None
    if MANIFEST not in checksums:
        raise BundleError(f"This ZIP file is not a bundle: there is no {MANIFEST} in it.")
    try:
        members = json.loads((folder / MANIFEST).read_bytes())
    except (ValueError, RecursionError) as error:
        raise BundleError(f"{MANIFEST} cannot be read: {plain(str(error))}.") from None
    return _read_manifest(_record(members, MANIFEST), checksums, folder)


def _unpack(archive: zipfile.ZipFile, folder: Path) -> dict[str, str]:
    """Put all files into the folder, and give their checksums by name."""
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise BundleError(f"There are more than {MOST_FILES} files in this bundle.")
    left = MOST_BYTES
    found: dict[str, str] = {}
    for entry in entries:
        name = entry.filename
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if not _NAME.fullmatch(name) or entry.orig_filename != name or kind not in (0, stat.S_IFREG):
            raise BundleError(f"A bundle has no file {shown(name)}. This one was not read.")
        if name in found:
            raise BundleError(f"{name} is in this bundle twice. It was not read.")
        if entry.flag_bits & 0x1:
            raise BundleError(f"{name} is encrypted. A bundle is not.")
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        digest = sha256()
        with archive.open(entry) as packed, place.open("xb") as unpacked:
            # What an entry says of its size may be false: what comes out of it counts.
            while piece := packed.read(AT_ONCE):
                left -= len(piece)
                if left < 0:
                    raise BundleError(f"The files of this bundle are larger than {MOST_BYTES // 1024**3} GiB together.")
                digest.update(piece)
                unpacked.write(piece)
        found[name] = digest.hexdigest()
    return found


def _read_manifest(members: Mapping[str, Any], checksums: Mapping[str, str], folder: Path) -> Bundle:
    if members.get("format") != FORMAT:
        raise BundleError(f"This is not a bundle of the format {FORMAT}.")
    listed = _record(members.get("files"), "files")
    here = {name: checksum for name, checksum in checksums.items() if name != MANIFEST}
    for name in sorted(listed.keys() | here.keys()):
        if listed.get(name) != here.get(name):
            what = "is missing" if name not in here else "was added" if name not in listed else "was changed"
            raise BundleError(f"The bundle is not as it was made: {shown(name)} {what}.")
    report_name = members.get("report")
    if report_name not in REPORTS or report_name not in here:
        raise BundleError("The bundle has no report.")
    calls = tuple(
        CallReference(_text(call, "id"), _text(call, "version"), _text(call, "sha256"))
        for call in _records(members.get("calls"), "calls")
    )
    inputs = []
    for one in _records(members.get("inputs"), "inputs"):
        file, size = one.get("file"), one.get("bytes")
        if file is not None and (file not in here or here[file] != one.get("sha256")):
            raise BundleError(f"The bundle does not have the input {shown(_text(one, 'name'))} that it names.")
        inputs.append(
            BundledInput(_text(one, "name"), _text(one, "sha256"), size if isinstance(size, int) else 0, file)
        )
    return Bundle(
        _text(_record(members.get("tool"), "tool"), "version"),
        folder / report_name,
        report_name,
        calls,
        tuple(inputs),
        {name: folder / name for name in here},
    )


def _record(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BundleError(f"{name} of the bundle is not an object.")
    return value


def _records(value: object, name: str) -> Iterable[Mapping[str, Any]]:
    if not isinstance(value, list):
        raise BundleError(f"{name} of the bundle is not a list.")
    return [_record(one, name) for one in value]


def _text(members: Mapping[str, Any], name: str) -> str:
    value = members.get(name)
    if not isinstance(value, str):
        raise BundleError(f"{name} in {MANIFEST} is not a text.")
    return value
