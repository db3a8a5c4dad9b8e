"""``mpfcheck check``: proposals against their calls."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mpfcheck.cli.exit_codes import FAIL_ON, ExitTally
from mpfcheck.cli.options import (
    call_option,
    changes_option,
    date_option,
    files_argument,
    format_option,
    output_option,
    rules_option,
    selection_of,
    selection_option,
)
from mpfcheck.cli.output import OutputError, is_standard
from mpfcheck.cli.signals import SIGNALLED
from mpfcheck.cli.terminal import say
from mpfcheck.engine.interruption import Interrupted, Interruption
from mpfcheck.report.formats import BINARY, FORMATS

if TYPE_CHECKING:
    from mpfcheck.engine.run import LineWriter
    from mpfcheck.report.comparison import Since

__all__ = ["check"]

NO_SUMMARY = ("jsonl", "statuses", "csv")
"""The formats whose every line or row is of one proposal: what was not checked is said on standard error."""
LINES = ("jsonl", "statuses")
"""The formats whose every line stands by itself, so that other processes can write it."""
TOGETHER = ("text", "json", "html", "markdown", "pdf", "xlsx")
"""The formats that end with a summary of all proposals; the others are streams of single findings."""


@click.command()
@files_argument("paths", "PATH...", nargs=-1, required=True, type=click.Path(allow_dash=True, readable=False))
@call_option("Check against this call, whatever the proposals say.")
@date_option("--as-of", "day", "Apply the rules and limits in force on this date (YYYY-MM-DD).")
@format_option(*FORMATS)
@output_option("Write the report to this file.")
@changes_option("--set", "changes", "Try another value for a parameter of the call; the report says so. Repeatable.")
@click.option(
    "--fail-on",
    type=click.Choice(tuple(FAIL_ON)),
    default="blocking",
    show_default=True,
    help="Exit with code 1 for findings of this severity or above; new: for findings that are not in the baseline.",
)
@click.option("--allow-incomplete", is_flag=True, help="Do not exit with code 1 for incomplete proposals.")
@rules_option
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 1024),
    help="Use N processes from the 101st proposal on. The default is the number of cores. With --explain it is 1.",
)
@click.option(
    "--baseline",
    metavar="REPORT",
    type=click.Path(),
    help="Compare with an older JSON report: show new and fixed findings (in the text; otherwise on standard error).",
)
@date_option(
    "--compare-as-of",
    "what_if_date",
    "List proposals whose verdict would change on this date, and the rules responsible (text, json, html, markdown, "
    "pdf, xlsx).",
)
@changes_option(
    "--compare-set",
    "what_if_parameters",
    "List proposals whose verdict would change with this value of a parameter. Repeatable; all values apply together.",
)
@click.option(
    "--assessments",
    "decisions",
    metavar="FILE",
    type=click.Path(),
    help="Add the decisions on manual rules in this file, which mpfcheck assess wrote. They never change a verdict.",
)
@click.option(
    "--latest-by",
    metavar="FIELD",
    help="Of proposals with the same call, title and lead applicant, count the latest in the figures of all: the one "
    "with the greatest value in FIELD (such as annex.version), or with the greatest number in its file name (file).",
)
@click.option(
    "--same-by",
    metavar="FIELD",
    help="With --latest-by: proposals with the same value in FIELD are one, whatever their titles are.",
)
@click.option(
    "--rank-by",
    metavar="FIELD",
    help="Rank the eligible proposals by this field, the highest value first, and show where the money of each "
    "envelope ends (text, json, html, markdown, pdf, xlsx). With --scores it is a column of the table.",
)
@click.option(
    "--scores",
    metavar="FILE.csv",
    type=click.Path(),
    help="Take the scores from this table. Its column input (or path) names the proposals, line their lines.",
)
@click.option("--outlook", is_flag=True, help="Show what is certain already, and the smallest change that would do.")
@selection_option
@click.option("--quiet", is_flag=True, help="Hide eligible proposals and the progress line (text).")
@click.option("--details", is_flag=True, help="Show every proposal in full, also if there are more than 20 (text).")
@click.option("--explain", is_flag=True, help="Show every condition with its values, part by part (text).")
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
    what_if_date: date | None,
    what_if_parameters: dict[str, str],
    decisions: str | None,
    latest_by: str | None,
    same_by: str | None,
    rank_by: str | None,
    scores: str | None,
    outlook: bool,
    only: tuple[str, ...],
    quiet: bool,
    details: bool,
    explain: bool,
) -> None:
    """Check proposals: files, folders, JSON Lines, - for standard input.

    A folder means all *.json, *.jsonl and *.ndjson files in it and in its subfolders, links included. The report names
    the other files in it. Gzip-compressed input is accepted; compressed files must end in .gz.

    Of more than 20 proposals, the text is a summary and one line for each; --details shows all in full.

    pdf, xlsx and --outlook need more libraries: pip install ".[paper,xlsx,prove]".

    Each proposal names its call; --call overrides it. Exit codes: 0 no findings, 1 findings, 2 wrong usage, 3 an input
    is not a proposal, 4 a rule pack is invalid, 5 a rule could not be evaluated, 129 hang-up, 130 interrupted, 143
    asked to end. If several apply, the first of 4, 5, 3, 1, 0 is used. An interrupted run writes what is finished, and
    never replaces an older report.
    """
    if explain and format_name != "text":
        raise click.UsageError("--explain needs --format text.")
    if details and format_name != "text":
        raise click.UsageError("--details needs --format text.")
    if (what_if_date or what_if_parameters) and format_name not in TOGETHER:
        raise click.UsageError(f"--compare-as-of and --compare-set need --format {', '.join(TOGETHER)}.")
    if fail_on == "new" and baseline is None:
        raise click.UsageError("--fail-on new needs --baseline REPORT: new is what the older report does not have.")
    if decisions is not None and format_name == "statuses":
        raise click.UsageError("--assessments needs another format: statuses does not show decisions.")
    if same_by is not None and latest_by is None:
        raise click.UsageError("--same-by needs --latest-by FIELD, which says which proposal is the latest.")
    if scores is not None and rank_by is None:
        raise click.UsageError("--scores needs --rank-by COLUMN, the column with the scores.")
    if rank_by is not None and format_name not in TOGETHER:
        raise click.UsageError(f"--rank-by needs --format {', '.join(TOGETHER)}.")
    if paths.count("-") > 1:
        raise click.UsageError("Standard input (-) can be given only once.")
    if decisions is not None or scores is not None:
        # Most checks read proposals only.
        from mpfcheck.cli.keeping import keep_files

        keep_files(output, decisions, scores)
    _need_libraries(format_name, output)
    if outlook:
        from mpfcheck.extra import need_solver

        need_solver("mpfcheck check --outlook")
    with Interruption() as interruption:
        try:
            with interruption.open():
                from mpfcheck.cli.run import reporter_for, run
                from mpfcheck.engine.registry import Terms
                from mpfcheck.engine.run import RunTerms
                from mpfcheck.engine.stream import available_cores

                selection = selection_of(only, context)
                lines: Callable[[Callable[[bytes], object]], LineWriter] | None = None
                if format_name in LINES and baseline is None:
                    from mpfcheck.report.as_json import JsonLinesReporter, StatusesReporter

                    lines = JsonLinesReporter if format_name == "jsonl" else StatusesReporter
                    if selection is not None:
                        from mpfcheck.engine.selection import SelectedLines

                        lines = partial(SelectedLines, lines, selection)
                assessments = None
                if decisions is not None:
                    from mpfcheck.cli.reports import read_assessments_file

                    assessments = read_assessments_file(decisions)
                counting = None
                if latest_by is not None:
                    from mpfcheck.checking.portfolio.resubmissions import Counting

                    counting = Counting(latest_by.strip(), same_by)
                ranking = None
                if rank_by is not None:
                    from mpfcheck.cli.scores import read_scores

                    ranking = read_scores(rank_by.strip(), scores)
                terms = RunTerms(
                    folders=folders,
                    terms=Terms(call_id, day, tuple(changes.items())),
                    what_if_date=what_if_date,
                    what_if_parameters=tuple(what_if_parameters.items()),
                    # Checksums find proposals in the baseline again that have another name now, and decisions.
                    for_people=format_name == "text" and baseline is None and assessments is None,
                    # Warnings about the file, findings to compare and answers to select by take the whole report.
                    bare=format_name == "statuses"
                    and baseline is None
                    and fail_on in ("blocking", "never")
                    and not (selection is not None and selection.of_answers),
                    together=format_name in TOGETHER or counting is not None,
                    lines=lines,
                    choose="choose one with --call",
                    outlook=outlook,
                    assessments=assessments,
                    counting=counting,
                    rank_by=ranking,
                )
                since = None if baseline is None else _since(baseline)
                reporter_to = reporter_for(
                    format_name, output_path=output, only_trouble=quiet, explain=explain, details=details
                )
                # Explanations are asked for where the proposal is, and nobody reads those of a hundred proposals.
                processes = 1 if explain else jobs or available_cores()
                outcome = ExitTally(fail_on=fail_on, allow_incomplete=allow_incomplete)
            run(
                terms,
                paths,
                reporter_to,
                outcome,
                interruption=interruption,
                since=since,
                jobs=processes,
                output_path=output,
                quiet=quiet,
                summarised=format_name not in NO_SUMMARY,
                selection=selection,
                at_the_end=format_name == "text" and not (details or explain),
            )
        except Interrupted as interrupted:
            say("Interrupted. No report was written.")
            context.exit(SIGNALLED + interrupted.number)
        except (OSError, OutputError) as error:
            if interruption.number is None or (isinstance(error, OutputError) and error.path is not None):
                raise
            # After a hang-up there is no terminal to write to.
            context.exit(SIGNALLED + interruption.number)
    if outcome.comparison is not None and format_name != "text" and not quiet:
        # Only the text has a place for it.
        from mpfcheck.report.say.comparison import comparison_in_short

        say(comparison_in_short(outcome.comparison))
    context.exit(outcome.exit_code())


def _need_libraries(format_name: str, output: str | None) -> None:
    """Refuse a format that cannot be written here before anything is checked.

    Raises MissingLibraryError, and click.UsageError where the output is a terminal.
    """
    if format_name not in BINARY:
        return
    from mpfcheck.extra import need_libraries

    name = {"pdf": "PDF", "xlsx": "a workbook"}[format_name]
    library, extra = {"pdf": ("typst", "paper"), "xlsx": ("xlsxwriter", "xlsx")}[format_name]
    need_libraries(f"--format {format_name}", extra, library)
    if is_standard(output) and sys.stdout.isatty():
        raise click.UsageError(f"A terminal cannot show {name}. Write it to a file with --output FILE.")


def _since(path: str) -> Since:
    from mpfcheck.cli.reports import report_file
    from mpfcheck.report.comparison import Since

    with report_file(path) as older:
        return Since(older)
