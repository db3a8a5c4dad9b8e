"""``mpfcheck rules new``: a pack to start from."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

__all__ = ["new"]


@click.command()
@click.argument("call_id", metavar="ID")
@click.option("--title", help="What the call is called; its id unless given.")
@click.option(
    "--in",
    "parent",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    metavar="DIR",
    help="Where the new folder goes; the current folder unless given.",
)
def new(call_id: str, title: str | None, parent: Path) -> None:
    """Start the rules of a new call: a folder ID with rules, a form and clauses to change.

    Everything in it is commented, lint finds nothing in it, and its examples hold. The id has small letters, digits and
    hyphens, such as my-call-2025.
    """
    from mpfcheck.packs.starting import StartError, start_pack
    from mpfcheck.report.plain import plain

    try:
        folder = start_pack(parent, call_id, title or call_id, date.today())
    except StartError as error:
        raise click.UsageError(str(error)) from None
    shown, holder = plain(os.path.relpath(folder)), plain(os.path.relpath(parent))
    click.echo(f"Written: {shown}, with {', '.join(sorted(file.name for file in folder.iterdir()))}.")
    click.echo(f"Begin with {os.path.join(shown, 'call.yaml')}. Then:")
    click.echo(f"  mpfcheck rules lint {shown}\n  mpfcheck rules test {shown}")
    click.echo(f"  mpfcheck rules matrix {call_id} --rules {holder}")
