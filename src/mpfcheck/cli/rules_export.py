"""``mpfcheck rules export``: the rules of a call in the open standards other programs read."""

from __future__ import annotations

from pathlib import Path

import click

from mpfcheck.cli.options import complete_calls, rules_option

__all__ = ["export"]


@click.command()
@click.argument("call_id", metavar="CALL", shell_complete=complete_calls)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("dmn", "cccev")),
    default="dmn",
    show_default=True,
    help="dmn: a decision model, DMN 1.5 XML. cccev: requirements, CCCEV 2.1 as JSON-LD.",
)
@click.option(
    "--output", metavar="FILE", type=click.Path(allow_dash=True), help="Write to a file, whole or not at all."
)
@rules_option
def export(call_id: str, format_name: str, output: str | None, folders: tuple[Path, ...]) -> None:
    """Write the rules of a call for decision engines (DMN) or for registers of requirements (CCCEV).

    In the decision model every rule is a decision that is pass, fail, not_applicable or review, and null where it
    depends on answers that are missing; numbers must be decimals of at least 34 digits to decide to the cent.
    """
    from mpfcheck.cli.library import Library
    from mpfcheck.cli.output import output as opened

    call = Library(folders).asked(call_id)
    if format_name == "cccev":
        from mpfcheck.interchange.cccev import cccev_text

        text = cccev_text(call)
    else:
        from mpfcheck.interchange.dmn import NotExpressibleError, dmn_text

        try:
            text = dmn_text(call)
        except NotExpressibleError as error:
            raise click.UsageError(str(error)) from None
    with opened(output) as destination:
        destination.write(text)
