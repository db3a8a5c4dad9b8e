"""Drafts as a list shows them."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from mpfcheck.checking.report import Problem
from mpfcheck.drafting.store.generation import answers_in, title_of
from mpfcheck.drafting.store.plain_json import NoDraftError, from_json
from mpfcheck.frozen import Frozen
from mpfcheck.reading.sources import open_inputs

__all__ = ["Listed", "Listing", "listed", "paths_in"]

_ENDING: Final = ".json"
_NO_FOLDER: Final = Problem("Its folder is not there.", "Connect its drive, or the network it is on.")
_FOLDER: Final = Problem("This is a folder, not a file.", "Open a file in it.")


class Listed(Frozen):
    """A draft in the list: ``title`` and ``call`` are empty where it has none, ``changed`` None where not known.

    ``problem`` says why it cannot be opened, None where it can.
    """

    path: Path
    title: str = ""
    call: str = ""
    answers: int = 0
    changed: datetime | None = None
    problem: Problem | None = None

    @property
    def readable(self) -> bool:
        """Whether it can be opened."""
        return self.problem is None

    def age(self, now: datetime) -> timedelta | None:
        """How long ago it was changed; never less than nothing, whatever the clocks say."""
        return None if self.changed is None else max(now - self.changed, timedelta(0))


class Listing(Frozen):
    """The list: ``drafts``, changed last first, and the paths that were in it before and are ``gone``."""

    drafts: tuple[Listed, ...]
    gone: tuple[Path, ...] = ()


def paths_in(folder: Path) -> tuple[Path, ...]:
    """The files in a folder that may be drafts, by name; none where it cannot be read."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return ()
    found = [folder / name for name in names if name.casefold().endswith(_ENDING) and not name.startswith(".")]
    return tuple(path for path in found if not os.path.isdir(path))


def listed(path: Path) -> Listed:
    """The draft at a path. Never raises: what is wrong with it is its problem."""
    if not os.path.isdir(path.parent):
        return Listed(path, problem=_NO_FOLDER)
    if os.path.isdir(path):
        return Listed(path, problem=_FOLDER)
    given = next(iter(open_inputs([path])))
    if given.data is None:
        return Listed(path, changed=_changed(path), problem=given.problem)
    try:
        draft = from_json(given.data)
    except NoDraftError as error:
        return Listed(path, changed=_changed(path), problem=error.problems[0])
    call = draft.get("call")
    return Listed(path, title_of(draft), call if isinstance(call, str) else "", answers_in(draft), _changed(path))


def _changed(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError):
        return None
