"""Where calls are found: in the given folders, among those that come with mpfcheck, and in installed packages.

A package that has calls among its data declares, under ``[project.entry-points."mpfcheck.calls"]``, a name of its own
and the package that holds them: ``ministry = "ministry_calls.rules"``. What is there is a folder of calls, or of one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from mpfcheck.frozen import Frozen
from mpfcheck.nearest import did_you_mean

__all__ = [
    "CALL_FILE",
    "CALL_ID",
    "GROUP",
    "Offer",
    "UnknownCallError",
    "call_folder",
    "call_folders",
    "list_calls",
    "offers",
    "package_troubles",
    "shipped_folder",
    "shipped_rules",
]


CALL_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

CALL_FILE = "call.yaml"
"""The file that makes a folder the folder of a call."""


class UnknownCallError(LookupError):
    """A call that is nowhere: ``message`` says so, ``hint`` names the one that is most like it, or all there are.

    ``troubles`` says of each installed package that should bring calls along and cannot be used, why.
    """

    thing = "call"

    def __init__(self, call_id: str, known: Sequence[str], troubles: Sequence[str] = ()) -> None:
        self.call_id = call_id
        self.known = tuple(known)
        self.troubles = tuple(troubles)
        # Nobody sees a blank name.
        named = call_id if call_id.strip() else f'"{call_id}"'
        self.message = f"There is no {self.thing} {named}."
        self.hint = did_you_mean(call_id, known, otherwise=f"The {self.thing}s are")
        super().__init__(" ".join(filter(None, (self.message, self.hint, *self.troubles))))

    def __reduce__(self) -> tuple[type[UnknownCallError], tuple[str, tuple[str, ...], tuple[str, ...]]]:
        return type(self), (self.call_id, self.known, self.troubles)


def list_calls(folders: Iterable[Path] = ()) -> tuple[str, ...]:
    """List the ids of the calls in these folders, shipped with mpfcheck or in installed packages. Reads no call."""
    return tuple(sorted(call_folders(folders).keys() | _in_packages(offers()).keys()))


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


GROUP = "mpfcheck.calls"
"""The group of entry points that are looked at."""


class Offer(Frozen):
    """Where a package says that calls are. ``trouble`` says why nothing can be found there; empty where it can."""

    name: str
    package: str
    folders: tuple[Path, ...] = ()
    trouble: str = ""


def offers() -> tuple[Offer, ...]:
    """List what installed packages offer, by name. No package is imported but those that hold the named one.

    A package whose data are no files (one in a zip) cannot be read from.
    """
    # Only who asks for a call that is nowhere else, or for all there are, pays for this import.
    from importlib.metadata import entry_points

    return tuple(sorted(_read(entry_points(group=GROUP)), key=lambda offer: (offer.name, offer.package)))


def _read(entry_points: object) -> Iterator[Offer]:
    for point in entry_points:  # type: ignore[attr-defined]  # a collection of entry points
        try:
            folders = _folders_of(point.module)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - it is somebody else's code that runs: told, and no reason to stop
            yield Offer(point.name, point.value, trouble=f"{type(error).__name__}: {error}")
            continue
        trouble = "" if folders else "there is no such package, or its data are no files"
        yield Offer(point.name, point.module, folders, trouble)


def _folders_of(package: str) -> tuple[Path, ...]:
    from importlib.util import find_spec

    spec = find_spec(package)
    places = spec.submodule_search_locations if spec else None
    return tuple(path for place in places or () if (path := Path(place)).is_dir())


def shipped_rules() -> Path:
    """Find the folder of the calls and code lists that come with mpfcheck."""
    return shipped_folder("rules")


def shipped_folder(name: str) -> Path:
    """Find a folder that comes with mpfcheck.

    A wheel carries it inside the package; a checkout, also one installed as editable, has it at its top.
    """
    package = Path(__file__).parents[1]
    in_wheel = package / "_shipped" / name
    return in_wheel if in_wheel.is_dir() else package.parents[1] / name
