"""Calls from their folders: everything that is wrong with a rule pack is found in one go, before any of it is used."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from mpfcheck.packs.call import Call
from mpfcheck.packs.call_file import CALL_ID
from mpfcheck.packs.installed import Offer, offers
from mpfcheck.packs.loading import CALL_FILE, Loading
from mpfcheck.packs.mistake import PackError, nearest
from mpfcheck.packs.shipped import shipped_rules

__all__ = [
    "PackError",
    "UnknownCallError",
    "UnknownVersionError",
    "call_folder",
    "call_folders",
    "list_calls",
    "load_call",
    "load_pack",
    "package_troubles",
]


class UnknownCallError(LookupError):
    """A call that is nowhere; ``hint`` names the one that is most like it, or all there are.

    ``troubles`` says of each installed package that should bring calls along and cannot be used, why.
    """

    def __init__(self, call_id: str, known: Sequence[str], troubles: Sequence[str] = ()) -> None:
        self.call_id = call_id
        self.known = tuple(known)
        self.troubles = tuple(troubles)
        self.hint = nearest(call_id, known) or f"known calls: {', '.join(known) or 'none'}"
        super().__init__(" ".join((f'there is no call "{call_id}" ({self.hint})', *self.troubles)))

    def __reduce__(self) -> tuple[type[UnknownCallError], tuple[str, tuple[str, ...], tuple[str, ...]]]:
        return type(self), (self.call_id, self.known, self.troubles)


def list_calls(folders: Iterable[Path] = ()) -> tuple[str, ...]:
    """List the ids of the calls in these folders, shipped with mpfcheck or in installed packages. Reads no call."""
    return tuple(sorted(call_folders(folders).keys() | _in_packages(offers()).keys()))


class UnknownVersionError(UnknownCallError):
    """A version of a call that is neither published nor the one being worked on; written ``CALL@VERSION``."""


def load_call(call_id: str, folders: Iterable[Path] = (), *, whole: bool = False) -> Call:
    """Load a call by its id: from these folders, from those that come with mpfcheck, or from installed packages.

    A folder holds calls, or is a call's own. ``CALL@VERSION`` is a call in a version that was published, as it was.
    With ``whole`` the labels of all code lists are read as well, so that nothing is left to read later. Raises
    UnknownCallError, and PackError for a call that is broken.
    """
    name, at, version = call_id.partition("@")
    folder = call_folder(name, folders)
    return _load_version(folder, version, whole) if at else load_pack(folder, whole=whole)


def call_folder(call_id: str, folders: Iterable[Path] = ()) -> Path:
    """Find the folder of a call, wherever :func:`load_call` finds it; raises UnknownCallError. Reads no call."""
    found = call_folders(folders)
    if call_id not in found:
        offered = offers()
        in_packages = _in_packages(offered)
        if call_id not in in_packages:
            raise UnknownCallError(call_id, sorted(found.keys() | in_packages.keys()), _troubles(offered))
        found = in_packages
    return found[call_id]


def _load_version(folder: Path, version: str, whole: bool) -> Call:
    # Most runs ask for no version.
    from mpfcheck.packs.version import kept_files, kept_folder, load_versions

    versions = {one.version: one for one in load_versions(folder)}
    if version in versions and versions[version].files:
        kept = kept_files(folder, versions[version])
        return Loading(folder, sentences_too=True, labels_too=whole, kept=kept).call()
    whole_folder = kept_folder(folder, version)
    if whole_folder is not None:
        return load_pack(whole_folder, name=folder.name, whole=whole)
    call = load_pack(folder, whole=whole)
    if call.version != version:
        known = dict.fromkeys((*versions, call.version))
        raise UnknownVersionError(f"{call.id}@{version}", [f"{call.id}@{one}" for one in known])
    return call


def load_pack(folder: Path, *, name: str = "", whole: bool = False) -> Call:
    """Load the call in a folder; raises PackError with all that is wrong.

    ``name`` is its id where its folder has another name.
    Its code lists are looked for in its own ``codelists``, then beside the folder, then among the shipped ones.
    Calls that do not come with mpfcheck have their conditions type-checked as well: the tests do that for ours.
    """
    if folder.resolve().parent == shipped_rules().resolve():
        return Loading(folder, labels_too=whole).call()
    from mpfcheck.packs.static_types import type_mistakes

    call = Loading(folder, name=name, sentences_too=True, labels_too=whole).call()
    mistakes = type_mistakes(call)
    if mistakes:
        raise PackError(mistakes)
    return call


def call_folders(folders: Iterable[Path]) -> dict[str, Path]:
    """Find the folders of the calls in these folders and of those that come with mpfcheck, by id. Reads no call."""
    return _calls_in((*(Path(os.path.abspath(folder)) for folder in folders), shipped_rules()))


def _in_packages(offered: Iterable[Offer]) -> dict[str, Path]:
    """Find the folders of the calls that installed packages bring along; a call that is shipped is not replaced."""
    return _calls_in(folder for offer in offered for folder in offer.folders)


def package_troubles() -> tuple[str, ...]:
    """Say of each installed package that should bring calls along, and cannot, why."""
    return _troubles(offers())


def _troubles(offered: Iterable[Offer]) -> tuple[str, ...]:
    return tuple(
        f"The calls that {offer.package} (entry point {offer.name}) should bring cannot be found: {offer.trouble}."
        for offer in offered
        if offer.trouble
    )


def _calls_in(folders: Iterable[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        try:
            inside = sorted(folder.iterdir())
        except OSError:  # Not there, no folder, or not ours to read: no calls in it.
            inside = []
        for place in (folder, *inside):
            # Unlike Path.is_file, this is not stopped by a folder that may not be looked into.
            if CALL_ID.fullmatch(place.name) and os.path.isfile(place / CALL_FILE) and _is_inside(place, folder):
                found.setdefault(place.name, place)
    return found


def _is_inside(place: Path, folder: Path) -> bool:
    """Tell whether a call's folder is really where it seems to be; links that lead away are passed over."""
    return (
        place == folder
        or not place.is_symlink()
        or Path(os.path.realpath(place)).is_relative_to(os.path.realpath(folder))
    )
