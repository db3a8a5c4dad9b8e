"""``mpfcheck diff``: what changed from one report to another."""

from __future__ import annotations

import sys

import click

from mpfcheck.cli.exit_codes import ExitCode

__all__ = ["diff"]


@click.command()
@click.argument("older", metavar="OLD", type=click.Path())
@click.argument("newer", metavar="NEW", type=click.Path())
@click.pass_context
def diff(context: click.Context, older: str, newer: str) -> None:
    """Compare two JSON reports: new, fixed and unchanged findings, and verdicts that changed.

    A proposal is found again by its path and line, or by its content; where each report is about one proposal, they
    are taken to be the same. A finding is the same as long as it is of the same rule and about the same entries,
    whatever the amounts in it. The exit code is 0 where nothing is new, 1 for new findings, 2 for wrong usage and 3
    where a report cannot be read.
    """
    from mpfcheck.cli.output import style_for, width_for
    from mpfcheck.cli.report_file import read_report_file
    from mpfcheck.report.as_text import write_blocks
    from mpfcheck.report.comparison import compare
    from mpfcheck.report.page import Page
    from mpfcheck.report.say.comparison import comparison

    result = compare(read_report_file(older).reports, read_report_file(newer).reports)
    page = Page(width_for(sys.stdout), style_for(sys.stdout))
    write_blocks(page, comparison(result))
    click.echo(page.text(), nl=False)
    context.exit(ExitCode.FINDING if result.new else ExitCode.OK)
