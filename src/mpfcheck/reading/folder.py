"""The proposals in a folder: ``*.json``, ``*.jsonl`` and these with ``.gz``, in it and below it, by name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

__all__ = ["walk"]

_SUFFIXES: Final = (".json", ".jsonl", ".json.gz", ".jsonl.gz")


def walk(folder: str) -> Iterator[str | OSError]:
    """The paths of the proposals, or the error where a folder below cannot be listed.

    As a shell does with ``*``, names that start with a point are left out: they are a program's own. Links to folders
    are not followed, so that no ring of links is walked for ever and nothing outside the folder is read unasked.
    """
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path != folder and not os.path.isdir(path):
            yield path
            continue
        try:
            with os.scandir(path) as entries:
                found = sorted(entry.path for entry in entries if _counts(entry))
        except OSError as error:
            yield error
        else:
            waiting.extend(reversed(found))


def _counts(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith("."):
        return False
    if entry.is_dir(follow_symlinks=False):
        return True
    return entry.name.casefold().endswith(_SUFFIXES) and not os.path.isdir(entry.path)
