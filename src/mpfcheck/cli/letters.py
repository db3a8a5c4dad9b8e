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
from mpfcheck.cli.options import rules_option
from mpfcheck.cli.terminal import ProgressCount, say
from mpfcheck.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from mpfcheck.checking.portfolio.resubmissions import Resubmission
    from mpfcheck.checking.portfolio.summary import SameProposal
    from mpfcheck.checking.report import InputReference, ProposalReport, Verdict
    from mpfcheck.engine.registry import Registry

__all__ = ["letters"]

LIST = "letters.csv"
LEFT_OUT = "without-letter.csv"
_PROJECT = ("proposal_title", "proposal_acronym", "lead_name", "lead_country", "call", "what_if", "verdict")
_INPUT = ("input", "input_line")
COLUMNS = ("file", *_PROJECT, "must_change", "missing", "what_must_change", "what_is_missing", *_INPUT)
LEFT_OUT_COLUMNS = ("why", "instead", "instead_line", *_PROJECT, *_INPUT)
OLDER, COPY = "older state", "exact copy"
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
@rules_option
@click.pass_context
def letters(
    context: click.Context, *, report: str, output: str, format_name: str, replace: bool, folders: tuple[Path, ...]
) -> None:
    """Write a letter for each proposal that is not eligible, not complete or cannot be read.

    REPORT is a JSON report or JSON Lines. A letter says what must change in one proposal, what is missing, and how to
    fix it. It does not mention manual review, decisions, other proposals or figures of the call. Eligible proposals
    and proposals that need manual review get no letter.

    Proposals that are exact copies of each other get one letter. In a report of check --latest-by with --format json,
    only the latest state of a proposal gets one. FOLDER/without-letter.csv lists what was left out, and why.

    FOLDER/letters.csv lists the letters, with the names and the points of each, for mail merge. No file is replaced
    without --replace. Exit codes: 0 written, 2 wrong usage, 3 the report cannot be read.
    """
    from mpfcheck.checking.report import ProposalReport
    from mpfcheck.cli.keeping import keep_files
    from mpfcheck.cli.output import output as opened
    from mpfcheck.cli.output import write_whole
    from mpfcheck.cli.reports import opened_report, reading
    from mpfcheck.engine.registry import Registry
    from mpfcheck.frozen import changed
    from mpfcheck.json_codec import read_json
    from mpfcheck.report.read_back import ReportReader, read_repeats
    from mpfcheck.report.say.letter import LETTER_FOR
    from mpfcheck.report.words import VERDICT_IN_COUNTS, counted, grouped, names, what_if

    verdicts: Counter[Verdict] = Counter()
    candidates: dict[int, tuple[ProposalReport, str]] = {}
    departures: dict[tuple[tuple[str, str], ...], None] = {}
    with opened_report(report) as file:
        # All of it must be readable before anything is written; what it says is read again, one proposal at a time.
        with reading(report):
            reader = ReportReader(file)
            for number, one in enumerate(reader):
                verdicts[one.verdict] += 1
                if one.verdict in LETTER_FOR:
                    candidates[number] = changed(one, problems=(), results=(), repair=None), _words(one)
                    departures |= dict.fromkeys(filter(None, [one.departures]))
            repeats = _Repeats(*read_repeats(reader.members.get("portfolio")))
        left_out = {number: instead for number, (one, _) in candidates.items() if (instead := repeats.instead_of(one))}
        digits = max(3, len(str(verdicts.total())))
        files = {
            number: f"{number + 1:0{digits}d}-{text}.{format_name}"
            for number, (_, text) in candidates.items()
            if number not in left_out
        }
        for written in (*files.values(), LIST, LEFT_OUT):
            keep_files(os.path.join(output, written), report)
        _make_folder(output, [*files.values(), LIST, LEFT_OUT], replace=replace)
        file.seek(0)
        progress = ProgressCount(shown=sys.stderr.isatty(), done="written")
        titles = _Titles(Registry(folders))
        try:
            with opened(os.path.join(output, LIST)) as destination:
                destination.write(_row(COLUMNS, start="\ufeff"))
                for number, (pointer, value) in enumerate(ReportReader(file).values()):
                    if name := files.get(number):
                        one = read_json(ProposalReport, value, pointer)
                        write_whole(os.path.join(output, name), _written(one, titles.of(one), format_name))
                        destination.write(_row(_listed(name, one)))
                        progress.step()
        finally:
            progress.clear()
    with opened(os.path.join(output, LEFT_OUT)) as destination:
        destination.write(_row(LEFT_OUT_COLUMNS, start="\ufeff"))
        for number, (why, other) in left_out.items():
            one, _ = candidates[number]
            destination.write(_row((why, other.path, other.line, *_project(one), *_place(one))))
    click.echo(plain(f"{counted(len(files), 'letter')} in {output}, listed in {os.path.join(output, LIST)}."))
    for departure in departures:
        say(plain(f"Warning: {what_if(departure)} Do not send these letters as the result of the call."))
    left = {verdict: number for verdict, number in verdicts.items() if verdict not in LETTER_FOR}
    if left:
        parts = [f"{grouped(left[one])} {text}" for one, text in VERDICT_IN_COUNTS.items() if left.get(one)]
        click.echo(f"Without a letter: {', '.join(parts)}.")
    for sentence in _left_out_in_words(candidates, left_out):
        click.echo(plain(sentence))
    if left_out:
        click.echo(plain(f"For the list with the reasons, see {os.path.join(output, LEFT_OUT)}."))
    if repeats.unclear:
        groups = counted(repeats.unclear, "proposal was", "proposals were")
        click.echo(f"{groups} sent in again without a clear latest state. Each state is treated as a proposal.")
    like_one = re.compile(rf"[0-9]{{3,}}-[a-z0-9-]+\.{format_name}")
    listed_files = frozenset(files.values())
    older = sorted(name for name in os.listdir(output) if like_one.fullmatch(name) and name not in listed_files)
    if older:
        named = f"{counted(len(older), 'letter')} ({names(older[:MOST_NAMED], len(older))})"
        click.echo(plain(f"Still in {output} from an earlier run, and not in the list: {named}. Do not send them."))
    context.exit(ExitCode.OK)


class _Repeats:
    """Which proposals need no letter of their own: older states, and all but the first of exact copies."""

    def __init__(self, again: Iterable[Resubmission], same: Iterable[SameProposal]) -> None:
        """Take what the report says of all proposals together; JSON Lines say nothing, and then checksums do."""
        again = tuple(again)
        self._latest = {_key(one): it.latest for it in again if it.latest is not None for one in it.others}
        self.unclear = sum(it.latest is None for it in again)
        contents = enumerate(it.inputs for it in same if it.by == "content")
        self._content: dict[object, object] = {_key(one): number for number, inputs in contents for one in inputs}
        self._first: dict[object, InputReference] = {}

    def instead_of(self, report: ProposalReport) -> tuple[str, InputReference] | None:
        """Why a proposal has no letter, and which other one counts instead; None where it has one. Ask once of each."""
        from mpfcheck.checking.report import Verdict

        key = _key(report.input)
        if latest := self._latest.get(key):
            return OLDER, latest
        content = self._content.get(key, report.input.sha256)
        # Files that cannot be read say nothing of whose they are.
        if content is None or report.verdict is Verdict.INVALID:
            return None
        first = self._first.setdefault((content, report.call, report.as_of), report.input)
        return None if first is report.input else (COPY, first)


def _key(reference: InputReference) -> tuple[str | None, int | None]:
    return reference.path, reference.line


def _left_out_in_words(
    candidates: Mapping[int, tuple[ProposalReport, str]], left_out: Mapping[int, tuple[str, InputReference]]
) -> Iterator[str]:
    from mpfcheck.report.words import counted, grouped, input_names

    for why, one_of, several in (
        (
            OLDER,
            "older state of a proposal sent in again",
            "older states of proposals sent in again",
        ),
        (COPY, "exact copy of another proposal", "exact copies of other proposals"),
    ):
        inputs = [candidates[number][0].input for number, (it, _) in left_out.items() if it == why]
        if inputs:
            more = len(inputs) - MOST_NAMED
            named = input_names(inputs[:MOST_NAMED]) + (f" and {grouped(more)} more" if more > 0 else "")
            yield f"No letter for {counted(len(inputs), one_of, several)}: {named}."


class _Titles:
    """The titles of calls, each looked up once; a call that is not here has none."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._known: dict[str, str] = {}

    def of(self, report: ProposalReport) -> str:
        """The title of the call of a report."""
        from mpfcheck.packs.find import UnknownCallError
        from mpfcheck.packs.mistake import PackError

        if report.call is None:
            return ""
        if report.call.id not in self._known:
            try:
                self._known[report.call.id] = self._registry.call(report.call.id).title
            except (UnknownCallError, PackError):
                self._known[report.call.id] = ""
        return self._known[report.call.id]


def _written(report: ProposalReport, call_title: str, format_name: str) -> bytes:
    from mpfcheck.report.paper.formats import write
    from mpfcheck.report.paper.paper import Paper
    from mpfcheck.report.say.letter import letter, letter_title
    from mpfcheck.version import __version__

    footer = f"Eligibility check · mpfcheck {__version__}"
    paper = Paper(
        letter_title(report), "mpfcheck", report.input.sha256 or "", footer, tuple(letter(report, call_title))
    )
    return write(paper, format_name).data


def _listed(name: str, report: ProposalReport) -> tuple[object, ...]:
    """The row of a letter in the list."""
    from mpfcheck.report.say.letter import points

    must, missing = points(report)
    counts = len(must), len(missing), "\n".join(must), "\n".join(missing)
    return name, *_project(report), *counts, *_place(report)


def _project(report: ProposalReport) -> tuple[object, ...]:
    given = report.input
    return (
        *(given.title, given.acronym),
        *(given.lead.name if given.lead else None, given.lead.country if given.lead else None),
        *(report.call.id if report.call else None, "\n".join(f"{name}={value}" for name, value in report.departures)),
        report.verdict.value,
    )


def _place(report: ProposalReport) -> tuple[object, ...]:
    return report.input.path, report.input.line


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
