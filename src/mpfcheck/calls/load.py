"""Calls from their folders: everything that is wrong with a rule pack is found in one go, before any of it is used."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from mpfcheck.calls.call import Call
from mpfcheck.calls.call_file import CALL_ID
from mpfcheck.calls.loading import CALL_FILE, Loading
from mpfcheck.calls.mistake import PackError, nearest
from mpfcheck.calls.shipped import shipped_rules

__all__ = ["PackError", "UnknownCallError", "call_folders", "list_calls", "load_call", "load_pack"]


class UnknownCallError(LookupError):
    """A call that is in none of the folders; ``hint`` names the one that is most like it, or all there are."""

    def __init__(self, call_id: str, known: Sequence[str]) -> None:
        self.call_id = call_id
        self.hint = nearest(call_id, known) or f"known calls: {', '.join(known) or 'none'}"
        super().__init__(f'there is no call "{call_id}" ({self.hint})')


def list_calls(folders: Iterable[Path] = ()) -> tuple[str, ...]:
    """List the ids of the calls in these folders and of those that come with mpfcheck, sorted. Reads no call."""
    return tuple(sorted(call_folders(folders)))


def load_call(call_id: str, folders: Iterable[Path] = ()) -> Call:
    """Load a call by its id, from these folders or from those that come with mpfcheck.

    A folder holds calls, or is a call's own. Raises UnknownCallError, and PackError for a call that is broken.
    """
    found = call_folders(folders)
    if call_id not in found:
        raise UnknownCallError(call_id, sorted(found))
    return load_pack(found[call_id])


def load_pack(folder: Path) -> Call:
    """Load the call in a folder; raises PackError with all that is wrong.

    Its code lists are looked for in its own ``codelists``, then beside the folder, then among the shipped ones.
    Calls that do not come with mpfcheck have their conditions type-checked as well: the tests do that for ours.
    """
    if folder.resolve().parent == shipped_rules().resolve():
        return Loading(folder).call()
    from mpfcheck.calls.static_types import type_mistakes

    call = Loading(folder, sentences_too=True).call()
    mistakes = type_mistakes(call)
    if mistakes:
        raise PackError(mistakes)
    return call


def call_folders(folders: Iterable[Path]) -> dict[str, Path]:
    """Find the folders of the calls in these folders and of those that come with mpfcheck, by id. Reads no call."""
    found: dict[str, Path] = {}
    for folder in (*(Path(os.path.abspath(folder)) for folder in folders), shipped_rules()):
        try:
            inside = sorted(folder.iterdir())
        except OSError:  # Not there, no folder, or not ours to read: no calls in it.
            inside = []
        for place in (folder, *inside):
            if CALL_ID.fullmatch(place.name) and (place / CALL_FILE).is_file() and _is_inside(place, folder):
                found.setdefault(place.name, place)
    return found


def _is_inside(place: Path, folder: Path) -> bool:
    """Tell whether a call's folder is really where it seems to be; links that lead away are passed over."""
    return place == folder or not place.is_symlink() or place.resolve().is_relative_to(folder.resolve())
