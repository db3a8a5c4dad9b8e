"""``mpfcheck rules lint``: static checks of rule files."""

from __future__ import annotations

from pathlib import Path

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import complete_calls, rules_option

__all__ = ["lint"]


@click.command()
@click.argument("target", metavar="[CALL|DIR]", required=False, shell_complete=complete_calls)
@click.option("--format", "format_name", type=click.Choice(("text", "json")), default="text", show_default=True)
@rules_option
@click.pass_context
def lint(context: click.Context, target: str | None, format_name: str, folders: tuple[Path, ...]) -> None:
    """Check rule files before any proposal is seen: names, types, sources, examples.

    Each finding is a line that begins with file, line and column, so that editors can jump there. Without an argument
    every call is checked. Exit code 4 where there are mistakes, 0 where there are at most warnings.
    """
    from mpfcheck.cli.pack_lint import PackLint

    found = PackLint(target, folders)
    click.echo(found.as_json() if format_name == "json" else found.as_text(), nl=format_name == "json")
    click.echo(found.totals(), nl=False, err=True)
    context.exit(ExitCode.PACK if found.errors() else ExitCode.OK)
