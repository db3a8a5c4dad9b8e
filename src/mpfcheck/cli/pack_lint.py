"""Static checks of rule packs, as lines an editor or a terminal can jump to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from mpfcheck.calls.lint import Finding, Weight, lint
from mpfcheck.calls.load import load_pack
from mpfcheck.calls.mistake import PackError
from mpfcheck.cli.chosen_packs import chosen_packs, shown_place
from mpfcheck.forms.lint import lint_form
from mpfcheck.forms.load import form_place
from mpfcheck.reporting.plain import plain
from mpfcheck.reporting.wording import counted

__all__ = ["lint_calls"]


def lint_calls(target: str | None, folders: Sequence[Path]) -> bool:
    """Print what is wrong with a call, with the calls in a folder, or with all; tell whether any is an error.

    Raises click.UsageError where there is no such call or folder.
    """
    packs = chosen_packs(target, folders)
    errors = warnings = 0
    for call_id, folder in packs.items():
        found = lint(folder)
        for finding in found:
            said = f"{finding.severity}: {finding.message} {finding.hint}".rstrip()
            click.echo(plain(f"{shown_place(folder, finding.place)}: {said}"))
        found += _lint_form(folder)
        serious = sum(finding.severity is Weight.ERROR for finding in found)
        errors += serious
        warnings += len(found) - serious
        click.echo(f"{call_id}: {'nothing found' if not found else _counts(serious, len(found) - serious)}.", err=True)
    if len(packs) > 1:
        click.echo(f"{counted(len(packs), 'call')}: {_counts(errors, warnings)}.", err=True)
    return errors > 0


def _lint_form(folder: Path) -> list[Finding]:
    """Print what is wrong with the form of the call in a folder; where the call cannot be used, its form waits."""
    try:
        call = load_pack(folder)
    except PackError:
        return []
    place = form_place(call)
    found = lint_form(call, place)
    for finding in found:
        click.echo(plain(f"{os.path.join(os.path.relpath(place.parent if place else folder), '')}{finding}"))
    return found


def _counts(errors: int, warnings: int) -> str:
    return f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
