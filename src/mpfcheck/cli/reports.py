"""The commands that read reports: ``mpfcheck diff`` compares two, ``mpfcheck verify`` makes one again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, TYPE_CHECKING, BinaryIO

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import rules_option
from mpfcheck.cli.output import show
from mpfcheck.frozen import changed
from mpfcheck.plain import plain
from mpfcheck.version import __version__

if TYPE_CHECKING:
    from mpfcheck.checking.what_if import VerdictChange, WhatIf
    from mpfcheck.engine.assessments import Assessments
    from mpfcheck.engine.bundle import Bundle
    from mpfcheck.engine.rederivation import Rederivation
    from mpfcheck.report.json_difference import Difference
    from mpfcheck.report.read_back import ReportReader
    from mpfcheck.report.reporter import WriteBytes
    from mpfcheck.report.say.verification import Verification

__all__ = [
    "ReportFileError",
    "diff",
    "made_again",
    "opened_report",
    "read_assessments_file",
    "reading",
    "report_file",
    "verify",
]

MOST_BYTES = 4 * 1024**3
"""A few packed bytes can unpack to any number; a report on 100 000 proposals has some 2 GB."""
AT_ONCE = 1024 * 1024
_PACKED_START = b"\x1f\x8b"


class ReportFileError(click.ClickException):
    """A file that should hold a report and does not, or a report that cannot be made again."""

    exit_code = ExitCode.INPUT


class UnknownPackError(click.ClickException):
    """A report by rules that are not at hand."""

    exit_code = ExitCode.PACK


@click.command()
@click.argument("older", metavar="OLD", type=click.Path())
@click.argument("newer", metavar="NEW", type=click.Path())
@click.pass_context
def diff(context: click.Context, older: str, newer: str) -> None:
    """Compare two JSON reports: new, fixed and unchanged findings, and verdicts that changed.

    Proposals are matched by path and line, or by content. If each report has one proposal, these two are compared.
    A finding is unchanged if it has the same rule and the same entries, whatever the amounts in it. Exit codes: 0
    nothing new, 1 new findings, 2 wrong usage, 3 a report cannot be read.
    """
    from mpfcheck.report.comparison import compare
    from mpfcheck.report.say.comparison import comparison

    with report_file(older) as before, report_file(newer) as after:
        result = compare(before, after)
    show(comparison(result))
    context.exit(ExitCode.FINDING if result.new else ExitCode.OK)


@click.command()
@click.argument("report", metavar="REPORT", type=click.Path())
@click.argument("paths", metavar="[PROPOSAL...]", nargs=-1, type=click.Path())
@click.option(
    "--assessments",
    "decisions",
    metavar="FILE",
    type=click.Path(),
    help="Also compare the decisions on manual rules with this file, which mpfcheck assess wrote.",
)
@rules_option
@click.pass_context
def verify(
    context: click.Context, report: str, paths: tuple[str, ...], decisions: str | None, folders: tuple[Path, ...]
) -> None:
    """Make a JSON report again, with the rules, date and parameters that it names, and compare the two.

    Give all proposals of the report, or the folders they are in; their names may have changed. Exit codes: 0 every
    byte is the same, 1 something differs, a proposal is not in the report or the report is not complete, 2 wrong
    usage, 3 the report cannot be read, 4 the rules of the report are not here. Another version of mpfcheck alone does
    not count as a difference.

    REPORT may also be a bundle (mpfcheck bundle). Then the rules in the bundle are used, and you need not give the
    proposals if they are in it.
    """
    from mpfcheck.report.say.verification import verification_blocks

    assessments = None if decisions is None else read_assessments_file(decisions)
    with TemporaryDirectory(prefix="mpfcheck-") as folder:
        bundle = _bundle(report, Path(folder))
        if bundle is None and not paths:
            raise click.UsageError("Missing argument 'PROPOSAL...'. Give the proposals of the report.")
        if bundle is not None and not paths and not bundle.whole:
            raise click.UsageError(plain(f"The proposals are not in {report}. Give them after its name."))
        if bundle is not None and folders:
            raise click.UsageError("A bundle has its own rules. Leave out --rules.")
        inside = () if bundle is None else [bundle.files[one.file] for one in bundle.inputs if one.file is not None]
        with opened_report(report if bundle is None else bundle.report) as file:
            found, _ = made_again(
                report,
                file,
                paths or [str(place) for place in inside],
                assessments,
                folders if bundle is None else (Path(folder) / "rules",),
                None if bundle is None else bundle.program,
            )
    show(verification_blocks(report, changed(found, bundle=bundle)))
    context.exit(ExitCode.OK if found.same and found.complete else ExitCode.FINDING)


def made_again(
    name: str,
    file: IO[bytes],
    paths: Sequence[str],
    assessments: Assessments | None = None,
    folders: Sequence[Path] = (),
    version: str | None = None,
) -> tuple[Verification, Rederivation]:
    """What comes out where the reports in this file are made again; raises what the command ends with.

    ``version`` is that of the program that wrote them, where they do not say it themselves.
    """
    from mpfcheck.cli.usage import usage_errors
    from mpfcheck.engine.rederivation import NotReproducibleError, Rederivation, UnknownRulesError
    from mpfcheck.engine.registry import Registry
    from mpfcheck.report.read_back import ReportReader, read_ranking

    written = ReportReader(file)
    try:
        with reading(name), usage_errors():
            rederivation = Rederivation(written, Registry(folders), assessments)
            ranking = read_ranking(written.members.get("portfolio", {}))
        if written.run.shown is not None:
            raise ReportFileError(
                plain(f"{name} shows only {written.run.shown.only}. Write a report without --only, and verify that.")
            )
        _require_inputs(paths, rederivation)
        with usage_errors():
            rederivation.find(paths)
            found = _verification(file, written, rederivation, written.version or version)
    except UnknownRulesError as error:
        raise UnknownPackError(str(error)) from None
    except NotReproducibleError as error:
        raise ReportFileError(f"The report cannot be made again. {error}") from None
    if assessments is None:
        found = changed(found, decisions=sum(len(one.assessments) for one in rederivation.written))
    if ranking is not None and ranking.scores is not None:
        found = changed(found, scores=len(ranking.scores))
    return found, rederivation


def _bundle(path: str, folder: Path) -> Bundle | None:
    """The bundle in a file, its files put into a folder; None for any other file. Raises ReportFileError."""
    from mpfcheck.engine.bundle import BundleError, read_bundle, starts_as_bundle

    try:
        with open(path, "rb") as file:
            if not starts_as_bundle(file.read(4)):
                return None
            return read_bundle(file, folder)
    except BundleError as error:
        raise ReportFileError(plain(f"{path}: {error}")) from None
    except (OSError, ValueError):
        # Reading it as a report says what is wrong.
        return None


def _verification(
    file: IO[bytes], written: ReportReader, rederivation: Rederivation, version: str | None
) -> Verification:
    """What comes out where the reports in this file, of this version, are made again from the proposals found."""
    from mpfcheck.report.say.verification import Verification

    same = False
    differences: Sequence[Difference] = ()
    added: list[str] = []
    with TemporaryFile() as made:
        if not rederivation.missing:
            _write_again(made.write, written, rederivation)
            same = _same_bytes(file, made)
            if not same:
                differences, added = _differences(file, made, version)
    return Verification(
        reports=len(rederivation.written),
        size=file.seek(0, os.SEEK_END),
        same=same or (bool(added) and not differences),
        missing=rederivation.missing,
        differences=differences,
        added=added,
        strangers=rederivation.strangers,
        unseen=[one for one in rederivation.passed_over if one.possible],
        run=written.run,
        version=written.version,
    )


def _write_again(write: WriteBytes, written: ReportReader, rederivation: Rederivation) -> None:
    """Write the reports as they are written today, in the form in which they were written."""
    from mpfcheck.engine.portfolio import Portfolio
    from mpfcheck.report.as_json import JsonLinesReporter, JsonReporter
    from mpfcheck.report.overview import Overview
    from mpfcheck.report.read_back import read_counting, read_ranking

    if written.version is None:
        lines = JsonLinesReporter(write)
        for checked in rederivation.reports():
            lines.add(checked.report)
        return
    # What the version of the program changes, it changes in the reports.
    sealed = written.run.inputs_sha256 is not None
    reporter = JsonReporter(write, version=written.version, sealed=sealed)
    portfolio = what_if = None
    if "portfolio" in written.members:
        of_all = written.members["portfolio"]
        portfolio = Portfolio(read_counting(of_all), read_ranking(of_all))
    if "what_if" in written.members:
        what_if = _what_if(written.members["what_if"], rederivation)
    changes: list[VerdictChange] = []
    for checked in rederivation.reports():
        reporter.add(checked.report, checked.on_demand)
        if portfolio is not None:
            checked.count_in(portfolio)
        if what_if is not None:
            changes += rederivation.changes(checked, what_if)
    # How far the run came, as it was written, but for what cannot be so.
    complete = written.run.complete and not written.run.interrupted
    inputs = len(rederivation.written) if complete else written.run.inputs
    reporter.finish(
        Overview(
            None if portfolio is None else rederivation.summary(portfolio),
            None if what_if is None else what_if.result(changes),
            run=changed(written.run, complete=complete, inputs=inputs),
        )
    )


def _what_if(written: object, rederivation: Rederivation) -> WhatIf:
    from mpfcheck.report.read_back import UnreadableReportError, read_what_if

    try:
        as_of, parameters = read_what_if(written)
    except UnreadableReportError as error:
        raise ReportFileError(f"{error.message} {error.hint}".rstrip()) from None
    return rederivation.what_if(as_of, parameters)


def _same_bytes(one: IO[bytes], other: IO[bytes]) -> bool:
    one.seek(0)
    other.seek(0)
    while (piece := one.read(AT_ONCE)) == other.read(AT_ONCE):
        if not piece:
            return True
    return False


def _require_inputs(paths: Sequence[str], rederivation: Rederivation) -> None:
    from mpfcheck.reading.folder import printable

    unread = set(rederivation.unread)
    for path in paths:
        if printable(path) not in unread and not os.path.exists(path):
            empty = not path.strip()
            raise ReportFileError(
                "The name of a proposal is empty." if empty else plain(f"There is no file or folder {path}.")
            )


def _differences(old: IO[bytes], new: IO[bytes], version: str | None) -> tuple[list[Difference], list[str]]:
    """Where the content differs: the first places, and one more than are shown; and the names of members that are new.

    What another ``version`` than that of the report adds to its members is no difference: readers pass over it.
    """
    from itertools import islice

    from mpfcheck.report.json_difference import as_far_as, differences
    from mpfcheck.report.read_back import ReportReader
    from mpfcheck.report.say.verification import MOST_DIFFERENCES

    added: dict[str, None] = {}

    def as_before(is_now: object, was: object) -> object:
        return is_now if version in (None, __version__) else as_far_as(is_now, was, added)

    old.seek(0)
    new.seek(0)
    before, after = ReportReader(old), ReportReader(new)
    in_reports: list[Difference] = []
    for (pointer, was), (_, is_now) in zip(before.values(), after.values(), strict=True):
        found = differences(was, as_before(is_now, was), pointer)
        in_reports += islice(found, MOST_DIFFERENCES + 1 - len(in_reports))
    places = list(in_reports)
    if before.version is not None:
        rest = list(islice(differences(before.members, as_before(after.members, before.members)), MOST_DIFFERENCES + 1))
        # The reports stand between the other members.
        names = [f"/{name}" for name in before.members]
        earlier = names[: names.index("/reports")]
        first = [one for one in rest if one.pointer.startswith(tuple(earlier))]
        places = [*first, *in_reports, *(one for one in rest if one not in first)]
    return places[: MOST_DIFFERENCES + 1], list(added)


@contextmanager
def opened_report(path: str | Path) -> Iterator[IO[bytes]]:
    """The file of a report, unpacked, in which one can go back; raises :class:`ReportFileError`."""
    name = os.fspath(path)
    if not name.strip() and not os.path.exists(name):
        raise ReportFileError("The name of a report is empty.")
    with ExitStack() as files:
        try:
            source = files.enter_context(Path(name).open("rb"))
            file: IO[bytes] = source
            packed = source.peek(len(_PACKED_START)).startswith(_PACKED_START)
            if packed or not source.seekable():
                file = files.enter_context(TemporaryFile())
                _copy(name, source, file, packed=packed)
                file.seek(0)
        except IsADirectoryError:
            raise ReportFileError(plain(f"{path} is a folder, not a report.")) from None
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise ReportFileError(plain(f"The report {path} cannot be read: {reason}.")) from None
        yield file


def _copy(name: str, given: BinaryIO, whole: IO[bytes], *, packed: bool) -> None:
    """Copy a report into another file, unpacked; raises ReportFileError."""
    from mpfcheck.reading.inputs import DamagedError, unpacked

    try:
        with unpacked(given) if packed else nullcontext(given) as stream:
            while piece := stream.read(AT_ONCE):
                whole.write(piece)
                if whole.tell() > MOST_BYTES:
                    size = f"{MOST_BYTES // 1024**3} GiB{' when unpacked' if packed else ''}"
                    raise ReportFileError(plain(f"{name} is larger than {size}; it was not read."))
    except DamagedError as error:
        raise ReportFileError(plain(f"{name}: {error.problem.message} {error.problem.hint}")) from None


@contextmanager
def report_file(path: str) -> Iterator[ReportReader]:
    """The reports in a file, one at a time; raises :class:`ReportFileError`, also while they are read."""
    # Other commands are not to wait for this import.
    from mpfcheck.report.read_back import ReportReader

    with opened_report(path) as file, reading(path):
        yield ReportReader(file)


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Say of an unreadable report in which file it is; raises :class:`ReportFileError`."""
    from mpfcheck.report.read_back import UnreadableReportError

    try:
        yield
    except UnreadableReportError as error:
        raise ReportFileError(plain(f"{name}: {error.message} {error.hint}").rstrip()) from None


def read_assessments_file(path: str) -> Assessments:
    """The decisions in a file. Raises ReportFileError where it cannot be read or holds something else."""
    from mpfcheck.engine.assessments import Assessments, AssessmentsError, read_assessments

    try:
        with open(path, "rb") as file:
            return Assessments(read_assessments(file.read()))
    except (OSError, ValueError) as error:
        if isinstance(error, AssessmentsError):
            raise ReportFileError(plain(f"{path} is not a file of decisions. {error}")) from None
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReportFileError(plain(f"The file of decisions {path} cannot be read: {reason}.")) from None
