"""Calls that installed packages bring along: each says in its metadata where they are.

A package that has calls among its data declares, under ``[project.entry-points."mpfcheck.calls"]``, a name of its own
and the package that holds them: ``ministry = "ministry_calls.rules"``. What is there is a folder of calls, or of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mpfcheck.frozen import Frozen

__all__ = ["GROUP", "Offer", "offers"]

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
