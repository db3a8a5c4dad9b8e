"""``mpfcheck letters``: a text for each applicant who must change or add something."""

from __future__ import annotations

import csv
import os
import re
import sys
from collections import Counter
from io import StringIO
from typing import TYPE_CHECKING

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.terminal import ProgressCount
from mpfcheck.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mpfcheck.checking.report import ProposalReport, Verdict

__all__ = ["letters"]

LIST = "letters.csv"
COLUMNS = (
    *("file", "proposal_title", "proposal_acronym", "lead_name", "lead_country", "call", "verdict"),
    *("must_change", "missing", "what_must_change", "what_is_missing", "input", "input_line"),
)
LONGEST_NAME = 40
MOST_NAMED = 5


@click.command()
@click.argument("report", metavar="REPORT", type=click.Path())
@click.option(
    "--output", "-o", metavar="FOLDER", required=True, type=click.Path(), help="Write the letters to this folder."
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("md", "docx")),
    default="md",
    show_default=True,
    help='Markdown, or Word (needs pip install ".[paper]").',
)
@click.option("--replace", is_flag=True, help="Replace letters of an earlier run in the folder.")
@click.pass_context
def letters(context: click.Context, *, report: str, output: str, format_name: str, replace: bool) -> None:
    """Write a letter for each proposal that is not eligible, not complete or cannot be read.

    REPORT is a JSON report or JSON Lines. A letter says what must change in one proposal, what is missing, and how to
    fix it. It does not mention manual review, decisions, other proposals or figures of the call. Eligible proposals
    and proposals that need manual review get no letter.

    FOLDER/letters.csv lists the letters, with the names and the points of each, for mail merge. No file is replaced
    without --replace. Exit codes: 0 written, 2 wrong usage, 3 the report cannot be read.
    """
    from mpfcheck.checking.report import ProposalReport
    from mpfcheck.cli.output import output as opened
    from mpfcheck.cli.output import write_whole
    from mpfcheck.cli.reports import opened_report, reading
    from mpfcheck.json_codec import read_json
    from mpfcheck.report.read_back import ReportReader
    from mpfcheck.report.say.letter import LETTER_FOR
    from mpfcheck.report.words import VERDICT_IN_COUNTS, counted, grouped, names

    verdicts: Counter[Verdict] = Counter()
    words: dict[int, str] = {}
    with opened_report(report) as file:
        # All of it must be readable before anything is written; what it says is read again, one proposal at a time.
        with reading(report):
            for number, one in enumerate(ReportReader(file)):
                verdicts[one.verdict] += 1
                if one.verdict in LETTER_FOR:
                    words[number] = _words(one)
        digits = max(3, len(str(verdicts.total())))
        files = {number: f"{number + 1:0{digits}d}-{text}.{format_name}" for number, text in words.items()}
        _make_folder(output, [*files.values(), LIST], replace=replace)
        file.seek(0)
        progress = ProgressCount(shown=sys.stderr.isatty(), done="written")
        try:
            with opened(os.path.join(output, LIST)) as destination:
                destination.write(_row(COLUMNS, start="\ufeff"))
                for number, (pointer, value) in enumerate(ReportReader(file).values()):
                    if name := files.get(number):
                        one = read_json(ProposalReport, value, pointer)
                        write_whole(os.path.join(output, name), _written(one, format_name))
                        destination.write(_row(_listed(name, one)))
                        progress.step()
        finally:
            progress.clear()
    click.echo(plain(f"{counted(len(files), 'letter')} in {output}, listed in {os.path.join(output, LIST)}."))
    left = {verdict: number for verdict, number in verdicts.items() if verdict not in LETTER_FOR}
    if left:
        parts = [f"{grouped(left[one])} {text}" for one, text in VERDICT_IN_COUNTS.items() if left.get(one)]
        click.echo(f"Without a letter: {', '.join(parts)}.")
    like_one = re.compile(rf"[0-9]{{3,}}-[a-z0-9-]+\.{format_name}")
    listed_files = frozenset(files.values())
    older = sorted(name for name in os.listdir(output) if like_one.fullmatch(name) and name not in listed_files)
    if older:
        named = f"{counted(len(older), 'letter')} ({names(older[:MOST_NAMED], len(older))})"
        click.echo(plain(f"Still in {output} from an earlier run, and not in the list: {named}. Do not send them."))
    context.exit(ExitCode.OK)


def _written(report: ProposalReport, format_name: str) -> bytes:
    from mpfcheck.report.paper.formats import write
    from mpfcheck.report.paper.paper import Paper
    from mpfcheck.report.say.letter import letter, letter_title
    from mpfcheck.version import __version__

    footer = f"Eligibility check · mpfcheck {__version__}"
    paper = Paper(letter_title(report), "mpfcheck", report.input.sha256 or "", footer, tuple(letter(report)))
    return write(paper, format_name).data


def _listed(name: str, report: ProposalReport) -> tuple[object, ...]:
    """The row of a letter in the list."""
    from mpfcheck.report.say.letter import points

    given, (must, missing) = report.input, points(report)
    return (
        *(name, given.title, given.acronym),
        *(given.lead.name if given.lead else None, given.lead.country if given.lead else None),
        *(report.call.id if report.call else None, report.verdict.value, len(must), len(missing)),
        *("\n".join(must), "\n".join(missing), given.path, given.line),
    )


def _row(values: Iterable[object], start: str = "") -> str:
    """A row of a table that a spreadsheet opens as UTF-8, and in which it takes no text for a formula."""
    from mpfcheck.report.cell import cell

    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(["" if one is None else cell(str(one)) for one in values])
    return f"{start}{text.getvalue()}"


def _words(report: ProposalReport) -> str:
    """What the name of a letter says after its number, good on every system."""
    from unicodedata import normalize

    stem = os.path.splitext(os.path.basename(report.input.path or ""))[0]
    lead = report.input.lead.name if report.input.lead else None
    for text in (report.input.acronym, report.input.title, lead, stem):
        letters = normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()
        if words := re.sub("[^a-z0-9]+", "-", letters).strip("-")[:LONGEST_NAME].rstrip("-"):
            return words
    return "proposal"


def _make_folder(folder: str, names: list[str], *, replace: bool) -> None:
    """Make the folder; raises click.UsageError where it cannot be, or where a file would be replaced."""
    if os.path.exists(folder) and not os.path.isdir(folder):
        raise click.UsageError(plain(f"{folder} is not a folder. Choose another --output."))
    there = [name for name in names if os.path.lexists(os.path.join(folder, name))]
    if there and not replace:
        more = f" and {len(there) - MOST_NAMED} more" if len(there) > MOST_NAMED else ""
        named = f"{', '.join(there[:MOST_NAMED])}{more}"
        raise click.UsageError(
            plain(f"{folder} already has {named}. Choose another folder, or replace them with --replace.")
        )
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise click.UsageError(plain(f"The folder {folder} cannot be made: {error.strerror}.")) from None
