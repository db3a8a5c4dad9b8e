"""``mpfcheck check``: proposals against their calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mpfcheck.cli.interruption import Interrupted, Interruption
from mpfcheck.cli.options import complete_calls, complete_parameters, day_option, rules_option
from mpfcheck.cli.progress import say

if TYPE_CHECKING:
    from mpfcheck.checking.report import ProposalReport
    from mpfcheck.report.comparison import Comparison

__all__ = ["check"]

FORMATS = ("text", "json", "jsonl", "csv", "html", "markdown", "junit", "sarif")
NO_SUMMARY = ("jsonl", "csv")
"""The formats whose every line or row is of one proposal: what was not checked is said on standard error."""
TOGETHER = ("text", "json", "html", "markdown")
"""The formats that end with what is said of all proposals together; the others are streams of single findings."""
FAIL_ON = ("blocking", "warning", "advice", "new", "never")


def _changes(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> dict[str, str]:
    changes: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        name = name.strip()
        if not (name and equals):
            raise click.BadParameter(f"{text!r} is not of the form NAME=VALUE, such as maximum_grant_share=0.9.")
        if name in changes:
            raise click.BadParameter(f"{name} is set twice.")
        changes[name] = value.strip()
    return changes


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(allow_dash=True, readable=False))
@click.option("--call", "call_id", metavar="ID", shell_complete=complete_calls, help="The call, whatever a file says.")
@click.option("--as-of", "day", metavar="DATE", callback=day_option, help="Check by what held on this day, YYYY-MM-DD.")
@click.option("--format", "format_name", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--output", metavar="FILE", type=click.Path(allow_dash=True), help="Write the report to a file.")
@click.option(
    "--set",
    "changes",
    metavar="NAME=VALUE",
    multiple=True,
    callback=_changes,
    shell_complete=complete_parameters,
    help="What if a parameter of the call were different? Repeatable; the report says so.",
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="blocking",
    show_default=True,
    help="The least severe finding that makes the exit code 1; new: any that the baseline does not have.",
)
@click.option("--allow-incomplete", is_flag=True, help="An incomplete proposal does not make the exit code 1.")
@rules_option
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 1024),
    help="Check in so many processes, from the 101st proposal on; otherwise as many as there are cores. With --explain "
    "it is always one.",
)
@click.option(
    "--baseline",
    metavar="REPORT",
    type=click.Path(),
    help="Compare with an older JSON report: what is new, what is fixed (text; otherwise on standard error).",
)
@click.option(
    "--compare-as-of",
    "supposed_day",
    metavar="DATE",
    callback=day_option,
    help="Tell whose verdict would be another on this day, and by which rule (text, json, html, markdown).",
)
@click.option(
    "--compare-set",
    "supposed_changes",
    metavar="NAME=VALUE",
    multiple=True,
    callback=_changes,
    shell_complete=complete_parameters,
    help="Tell whose verdict would be another with this value of a parameter. Repeatable: all of them at once.",
)
@click.option("--quiet", is_flag=True, help="Say nothing of eligible proposals, and show no progress (text).")
@click.option("--explain", is_flag=True, help="Show every condition with the values in it, part by part (text).")
@click.pass_context
def check(
    context: click.Context,
    *,
    paths: tuple[str, ...],
    call_id: str | None,
    day: date | None,
    format_name: str,
    output: str | None,
    changes: dict[str, str],
    fail_on: str,
    allow_incomplete: bool,
    folders: tuple[Path, ...],
    jobs: int | None,
    baseline: str | None,
    supposed_day: date | None,
    supposed_changes: dict[str, str],
    quiet: bool,
    explain: bool,
) -> None:
    """Check proposals: files, folders, JSON Lines, - for standard input.

    A folder stands for all *.json, *.jsonl and *.ndjson files in it and below it, links included. The report names
    what else is there. Gzip-compressed input is accepted; compressed files must end in .gz.

    A proposal says itself which call it is for; --call overrides it. The exit code is 0 where nothing was found, 1 for
    findings, 2 for wrong usage, 3 where an input is no proposal, 4 for an invalid rule pack, 5 where a rule could not
    be evaluated, 130 when interrupted, 129 after a hang-up, 143 after a request to end. Several at once: the first of
    4, 5, 3, 1, 0. An interrupted run writes what was finished, and never replaces an older report.
    """
    if explain and format_name != "text":
        raise click.UsageError("--explain is for people: it goes with --format text.")
    if (supposed_day or supposed_changes) and format_name not in TOGETHER:
        raise click.UsageError(f"--compare-as-of and --compare-set go with --format {', '.join(TOGETHER)}.")
    if fail_on == "new" and baseline is None:
        raise click.UsageError("--fail-on new needs --baseline REPORT: new is what an older report does not have.")
    if paths.count("-") > 1:
        raise click.UsageError("Standard input (-) can be read only once.")
    with Interruption() as interruption:
        try:
            with interruption.open():
                from mpfcheck.cli.formats import reporter_for
                from mpfcheck.cli.run import run
                from mpfcheck.cli.terms import Terms
                from mpfcheck.cli.work import available_cores

                terms = Terms(
                    folders=folders,
                    call_id=call_id,
                    day=day,
                    changes=tuple(changes.items()),
                    fail_on=fail_on,
                    allow_incomplete=allow_incomplete,
                    supposed_day=supposed_day,
                    supposed_changes=tuple(supposed_changes.items()),
                    # Checksums find proposals in the baseline again that have another name now.
                    for_people=format_name == "text" and baseline is None,
                    as_lines=format_name == "jsonl" and baseline is None,
                    together=format_name in TOGETHER,
                )
                older = None if baseline is None else _reports_in(baseline)
                reporter_to = reporter_for(format_name, output_path=output, only_trouble=quiet, explain=explain)
                # Explanations are asked for where the proposal is, and nobody reads those of a hundred proposals.
                processes = 1 if explain else jobs or available_cores()
            outcome = run(
                terms,
                paths,
                reporter_to,
                interruption=interruption,
                older=older,
                jobs=processes,
                output_path=output,
                quiet=quiet,
                tells=format_name not in NO_SUMMARY,
            )
        except Interrupted as interrupted:
            say("Interrupted. No report was written.")
            context.exit(128 + interrupted.number)
        except OSError:
            if interruption.number is None:
                raise
            # After a hang-up there is no terminal to write to.
            context.exit(128 + interruption.number)
    if outcome.comparison is not None and format_name != "text" and not quiet:
        _say(outcome.comparison)
    context.exit(outcome.exit_code())


def _reports_in(path: str) -> Sequence[ProposalReport]:
    from mpfcheck.cli.report_file import read_report_file

    return read_report_file(path).reports


def _say(comparison: Comparison) -> None:
    """Tell a person what a format has no place for."""
    from mpfcheck.report.say.comparison import comparison_in_short

    say(comparison_in_short(comparison))
