"""``mpfcheck calls``: the calls it knows."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import rules_option

__all__ = ["calls"]


@click.command()
@rules_option
@click.pass_context
def calls(context: click.Context, folders: tuple[Path, ...]) -> None:
    """List the calls that proposals can be checked against."""
    from mpfcheck.cli.library import BrokenPackError, Library
    from mpfcheck.cli.output import style_for, width_for
    from mpfcheck.reporting.page import Page
    from mpfcheck.reporting.wording import counted

    library = Library(folders)
    page = Page(width_for(sys.stdout), style_for(sys.stdout))
    broken: list[BrokenPackError] = []
    for call_id in library.ids():
        try:
            call = library.call(call_id)
        except BrokenPackError as error:
            broken.append(error)
            continue
        page.blank()
        page.say(call.id, style="bold")
        page.say(call.title, indent="  ")
        rules = counted(len(call.rules), "rule")
        page.say(f"Version {call.version}, {rules}, values as of {call.as_of}.", indent="  ", style="dim")
    click.echo(page.text(), nl=False)
    for pack in broken:
        pack.show()
    context.exit(ExitCode.PACK if broken else ExitCode.OK)
