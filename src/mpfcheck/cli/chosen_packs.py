"""The rule packs somebody asked for: a call, the calls in a folder, or all."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from mpfcheck.cli.library import nearest_call
from mpfcheck.forms.load import form_folders
from mpfcheck.packs.load import call_folders
from mpfcheck.packs.rule import Place
from mpfcheck.packs.shipped import shipped_rules

__all__ = ["chosen_packs", "shown_place"]


def chosen_packs(target: str | None, folders: Sequence[Path]) -> Mapping[str, Path]:
    """Find the folders of a call, of the calls in a folder, or of all calls, by id.

    Raises click.UsageError where there is no such call or folder.
    """
    known = call_folders(folders)
    if target is None:
        return known
    if target in known:
        return {target: known[target]}
    folder = Path(target)
    if not folder.is_dir():
        raise click.UsageError(f"There is no call and no folder {target}. {nearest_call(target, tuple(known))}")
    inside = {place.name: place for place in (folder, *sorted(folder.iterdir())) if (place / "call.yaml").is_file()}
    if not inside:
        raise click.UsageError(f"There is no call in {target}: a call is a folder with a call.yaml.")
    return inside


def shown_place(folder: Path, place: Place) -> str:
    """A place in a pack as ``folder/file:line:column``, from the current folder, as editors jump to it."""
    file, line, column = place
    # Code lists may lie beside the call rather than in it, or come with mpfcheck.
    holders = (folder, folder.parent, shipped_rules(), *form_folders(folder))
    holder = next((holder for holder in holders if (holder / file).is_file()), folder)
    return f"{os.path.relpath(holder / file)}:{line}:{column}"
