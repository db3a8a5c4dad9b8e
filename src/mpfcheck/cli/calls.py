"""``mpfcheck calls``: the calls it knows, and several of them side by side."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import complete_calls, day_option, rules_option

__all__ = ["calls"]

FORMATS = ("text", "json", "markdown")
WIDE = 240
"""Columns side by side may be as wide as the window, while running text may not."""


@click.group(invoke_without_command=True)
@rules_option
@click.pass_context
def calls(context: click.Context, folders: tuple[Path, ...]) -> None:
    """List the calls that proposals can be checked against, or compare some of them."""
    if context.invoked_subcommand is None:
        _list(context, folders)


@calls.command()
@click.argument("call_ids", metavar="CALL...", nargs=-1, required=True, shell_complete=complete_calls)
@click.option("--as-of", "day", metavar="DATE", callback=day_option, help="Show what held on this day, YYYY-MM-DD.")
@click.option("--format", "format_name", type=click.Choice(FORMATS), default="text", show_default=True)
@rules_option
@click.pass_context
def compare(
    context: click.Context, call_ids: tuple[str, ...], day: date | None, format_name: str, folders: tuple[Path, ...]
) -> None:
    """Show calls side by side: who may lead, who may join, funds, limits, dates, and what is not known.

    What is the same in all of them comes last. Without --as-of each call is shown as of its own day.
    """
    from mpfcheck.cli.library import Library
    from mpfcheck.packs.side_by_side import side_by_side

    outer = context.parent.params.get("folders", ()) if context.parent else ()
    library = Library((*folders, *outer))
    compared = side_by_side([library.asked(call_id) for call_id in dict.fromkeys(call_ids)], day)
    if format_name == "json":
        from mpfcheck.report.side_by_side_json import side_by_side_as_json

        click.echo(side_by_side_as_json(compared))
    elif format_name == "markdown":
        from mpfcheck.report.side_by_side_markdown import side_by_side_as_markdown

        click.echo(side_by_side_as_markdown(compared), nl=False)
    else:
        from mpfcheck.cli.output import style_for, width_for
        from mpfcheck.report.page import Page
        from mpfcheck.report.side_by_side_text import write_side_by_side

        page = Page(width_for(sys.stdout, widest=WIDE), style_for(sys.stdout))
        write_side_by_side(page, compared)
        click.echo(page.text(), nl=False)


def _list(context: click.Context, folders: tuple[Path, ...]) -> None:
    from mpfcheck.cli.library import BrokenPackError, Library, tell_package_troubles
    from mpfcheck.cli.output import style_for, width_for
    from mpfcheck.report.page import Page
    from mpfcheck.report.words import counted

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
    tell_package_troubles()
    context.exit(ExitCode.PACK if broken else ExitCode.OK)
