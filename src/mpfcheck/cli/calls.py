"""``mpfcheck calls``: the calls it knows, and several of them side by side."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import call_argument, date_option, format_option, rules_option
from mpfcheck.cli.output import PAGE_FORMATS, show

__all__ = ["calls"]

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
@call_argument("call_ids", "CALL...", nargs=-1, required=True)
@date_option("--as-of", "day", "Show the rules and limits in force on this date (YYYY-MM-DD).")
@format_option("text", "json", *PAGE_FORMATS[1:])
@rules_option
@click.pass_context
def compare(
    context: click.Context, call_ids: tuple[str, ...], day: date | None, format_name: str, folders: tuple[Path, ...]
) -> None:
    """Show calls side by side: who may lead, who may join, funds, limits, dates, and what we do not know.

    Topics that are equal in all calls come last. Without --as-of, each call is shown as of its own date.
    """
    from mpfcheck.cli.usage import usage_errors
    from mpfcheck.engine.registry import Registry
    from mpfcheck.packs.side_by_side import side_by_side

    outer = context.parent.params.get("folders", ()) if context.parent else ()
    registry = Registry((*folders, *outer))
    with usage_errors():
        compared = side_by_side([registry.call(call_id) for call_id in dict.fromkeys(call_ids)], day)
    from mpfcheck.report.say.calls import side_by_side_as_json, side_by_side_blocks

    if format_name == "json":
        click.echo(side_by_side_as_json(compared))
    else:
        show(side_by_side_blocks(compared), format_name, "Calls side by side", widest=WIDE)


def _list(context: click.Context, folders: tuple[Path, ...]) -> None:
    from mpfcheck.cli.usage import BrokenPackError, warn_of_packages
    from mpfcheck.engine.registry import BrokenCallError, Registry
    from mpfcheck.report.say.calls import call_in_short

    registry = Registry(folders)
    sections = []
    broken: list[BrokenPackError] = []
    for call_id in registry.ids():
        try:
            sections.append(call_in_short(registry.call(call_id)))
        except BrokenCallError as error:
            broken.append(BrokenPackError(call_id, error))
    show(sections)
    for pack in broken:
        pack.show()
    warn_of_packages()
    context.exit(ExitCode.PACK if broken else ExitCode.OK)
