"""Published versions that are not what was published: a correction is a new version, never a silent edit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mpfcheck.packs.call import Call
from mpfcheck.packs.lint.finding import Finding, error, warning
from mpfcheck.packs.loading import CALL_FILE, Loading
from mpfcheck.packs.lock import changed_files
from mpfcheck.packs.mistake import PackError
from mpfcheck.packs.rule import Place
from mpfcheck.packs.version import PublishedVersion, kept_files, kept_folder, load_versions

__all__ = ["locked"]


def locked(call: Call, loading: Loading) -> Iterator[Finding]:
    """Hold the files of a pack, and those kept of its published versions, against the checksums they are locked by."""
    folder = loading.path
    if folder is None:
        return
    try:
        versions = load_versions(folder)
    except PackError as broken:
        for mistake in broken.mistakes:
            yield error(mistake.place, mistake.message, mistake.hint)
        return
    for version in versions:
        if version.version == call.version and version.sha256 == call.sha256_without_form != call.sha256:
            message = (
                f"version {version.version} was locked on {version.date} without its form, so a change of form.yaml "
                "since then cannot be seen"
            )
            hint = 'write a new "version" in call.yaml and lock it with "mpfcheck rules lock": that keeps the form'
            yield warning(Place(CALL_FILE, 1, 1), message, hint)
        elif version.version == call.version and version.sha256 != call.sha256:
            changed = changed_files(folder, version, loading.data)
            message = f"version {version.version} was locked on {version.date}, and differs now in {_listed(changed)}"
            hint = 'undo that, or write a new "version" in call.yaml and lock it with "mpfcheck rules lock"'
            yield error(Place(CALL_FILE, 1, 1), message, hint)
        yield from _kept(folder, call.id, version)


def _kept(folder: Path, call_id: str, version: PublishedVersion) -> Iterator[Finding]:
    """Hold what is kept of a version against its checksum."""
    whole = kept_folder(folder, version.version)
    try:
        if version.files:
            loading = Loading(folder, name=call_id, kept=kept_files(folder, version))
        elif whole is not None:
            loading = Loading(whole, name=call_id)
        else:
            message = f"the files of version {version.version} are not kept in versions/{version.version}"
            yield error(version.place, message, "take the folder from where the version was published")
            return
        same = loading.call().sha256 == version.sha256
    except PackError as broken:
        for mistake in broken.mistakes:
            yield error(version.place, mistake.message, mistake.hint)
        return
    if not same:
        message = (
            f"what is kept of version {version.version} is not what was locked on {version.date}: its checksum differs"
        )
        yield error(version.place, message, "undo the change; a correction is a new version")


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:4])
    return f"{shown} and {len(names) - 4} more files" if len(names) > 4 else shown or "nothing that is kept"
