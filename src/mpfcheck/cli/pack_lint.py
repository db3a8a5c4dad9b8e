"""Static checks of rule packs, as lines an editor or a terminal can jump to."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from mpfcheck.calls.lint import Weight, lint
from mpfcheck.calls.load import call_folders
from mpfcheck.cli.library import nearest_call
from mpfcheck.reporting.plain import plain
from mpfcheck.reporting.wording import counted

__all__ = ["lint_calls"]


def lint_calls(target: str | None, folders: Sequence[Path]) -> bool:
    """Print what is wrong with a call, with the calls in a folder, or with all; tell whether any is an error.

    Raises click.UsageError where there is no such call or folder.
    """
    packs = _packs(target, folders)
    errors = warnings = 0
    for call_id, folder in packs.items():
        shown = os.path.relpath(folder)
        found = lint(folder)
        for finding in found:
            # Code lists may lie beside the call rather than in it.
            inside = (folder / finding.place.file).is_file()
            where = os.path.join(shown if inside else os.path.dirname(shown) or ".", "")
            click.echo(plain(f"{where}{finding}"))
        serious = sum(finding.severity is Weight.ERROR for finding in found)
        errors += serious
        warnings += len(found) - serious
        click.echo(f"{call_id}: {'nothing found' if not found else _counts(serious, len(found) - serious)}.", err=True)
    if len(packs) > 1:
        click.echo(f"{counted(len(packs), 'call')}: {_counts(errors, warnings)}.", err=True)
    return errors > 0


def _counts(errors: int, warnings: int) -> str:
    return f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"


def _packs(target: str | None, folders: Sequence[Path]) -> Mapping[str, Path]:
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
