"""The commands that read reports: ``mpfcheck diff`` compares two, ``mpfcheck verify`` makes one again."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import rules_option
from mpfcheck.cli.output import show
from mpfcheck.frozen import changed
from mpfcheck.plain import plain
from mpfcheck.version import __version__

if TYPE_CHECKING:
    from mpfcheck.checking.what_if import WhatIfResult
    from mpfcheck.engine.assessments import Assessments
    from mpfcheck.engine.bundle import Bundle
    from mpfcheck.engine.check import Checked
    from mpfcheck.engine.rederivation import Rederivation
    from mpfcheck.report.json_difference import Difference
    from mpfcheck.report.read_back import WrittenReports
    from mpfcheck.report.say.verification import Verification

__all__ = [
    "ReportFileError",
    "diff",
    "made_again",
    "read_assessments_file",
    "read_report_bytes",
    "read_report_file",
    "verify",
]

MOST_BYTES = 2 * 1024**3
"""A few packed bytes can unpack to any number; a report on 100 000 proposals has some 700 MB."""
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

    result = compare(read_report_file(older).reports, read_report_file(newer).reports)
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
        data = read_report_bytes(report) if bundle is None else bundle.report
        inside = () if bundle is None else [bundle.files[one.file] for one in bundle.inputs if one.file is not None]
        found, _ = made_again(
            report,
            data,
            paths or [str(place) for place in inside],
            assessments,
            folders if bundle is None else (Path(folder) / "rules",),
            None if bundle is None else bundle.program,
        )
    show(verification_blocks(report, changed(found, bundle=bundle)))
    context.exit(ExitCode.OK if found.same and found.complete else ExitCode.FINDING)


def made_again(
    name: str,
    data: bytes,
    paths: Sequence[str],
    assessments: Assessments | None = None,
    folders: Sequence[Path] = (),
    version: str | None = None,
) -> tuple[Verification, Rederivation]:
    """What comes out where the reports in these bytes are made again; raises what the command ends with.

    ``version`` is that of the program that wrote them, where they do not say it themselves.
    """
    from mpfcheck.cli.usage import usage_errors
    from mpfcheck.engine.rederivation import NotReproducibleError, Rederivation, UnknownRulesError
    from mpfcheck.engine.registry import Registry

    written = _parse_report(name, data)
    if written.run.shown is not None:
        raise ReportFileError(
            plain(f"{name} shows only {written.run.shown.only}. Write a report without --only, and verify that.")
        )
    _require_inputs(paths, written)
    try:
        with usage_errors():
            rederivation = Rederivation(written.reports, Registry(folders), assessments)
            found = _verification(data, written, rederivation, paths, written.version or version)
    except UnknownRulesError as error:
        raise UnknownPackError(str(error)) from None
    except NotReproducibleError as error:
        raise ReportFileError(f"The report cannot be made again. {error}") from None
    if assessments is None:
        found = changed(found, decisions=sum(len(one.assessments) for one in written.reports))
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
    data: bytes, written: WrittenReports, rederivation: Rederivation, paths: Sequence[str], version: str | None
) -> Verification:
    """What comes out where the reports in these bytes, of this version, are made again from the proposals there."""
    from mpfcheck.report.say.verification import Verification

    derived = rederivation.reports(paths)
    missing = [old for old, new in zip(written.reports, derived, strict=True) if new is None]
    text = "" if missing else _text(written, rederivation, [new for new in derived if new is not None])
    same = not missing and text.encode("utf-8", "backslashreplace") == data
    differences: Sequence[Difference] = ()
    added: list[str] = []
    if not (same or missing):
        differences, added = _differences(written, text, version)
    return Verification(
        reports=len(derived),
        size=len(data),
        same=same or (bool(added) and not differences),
        missing=missing,
        differences=differences,
        added=added,
        strangers=rederivation.strangers,
        unseen=[one for one in rederivation.passed_over if one.possible],
        run=written.run,
        version=written.version,
    )


def _text(written: WrittenReports, rederivation: Rederivation, derived: Sequence[Checked]) -> str:
    """The reports as they are written today, in the form in which they were written."""
    from mpfcheck.report.as_json import JsonLinesReporter, JsonReporter
    from mpfcheck.report.overview import Overview
    from mpfcheck.report.read_back import read_counting, read_ranking

    pieces: list[str] = []
    if written.version is None:
        lines = JsonLinesReporter(pieces.append)
        for checked in derived:
            lines.add(checked.report)
        return "".join(pieces)
    # What the version of the program changes, it changes in the reports.
    sealed = written.run.inputs_sha256 is not None
    reporter = JsonReporter(pieces.append, version=written.version, sealed=sealed)
    for checked in derived:
        reporter.add(checked.report, checked.on_demand)
    members = written.values if isinstance(written.values, dict) else {}
    portfolio = None
    if "portfolio" in members:
        written_portfolio = members["portfolio"]
        portfolio = rederivation.portfolio(derived, read_counting(written_portfolio), read_ranking(written_portfolio))
    what_if = _what_if(members["what_if"], rederivation, derived) if "what_if" in members else None
    # How far the run came, as it was written, but for what cannot be so.
    complete = written.run.complete and not written.run.interrupted
    run = changed(written.run, complete=complete, inputs=len(derived) if complete else written.run.inputs)
    reporter.finish(Overview(portfolio, what_if, run=run))
    return "".join(pieces)


def _what_if(written: object, rederivation: Rederivation, derived: Sequence[Checked]) -> WhatIfResult:
    from mpfcheck.report.read_back import UnreadableReportError, read_what_if

    try:
        as_of, parameters = read_what_if(written)
    except UnreadableReportError as error:
        raise ReportFileError(f"{error.message} {error.hint}".rstrip()) from None
    return rederivation.what_if(as_of, parameters, derived)


def _require_inputs(paths: Sequence[str], written: WrittenReports) -> None:
    from mpfcheck.reading.folder import printable

    unread = {one.input.path for one in written.reports if one.input.sha256 is None}
    for path in paths:
        if printable(path) not in unread and not os.path.exists(path):
            empty = not path.strip()
            raise ReportFileError(
                "The name of a proposal is empty." if empty else plain(f"There is no file or folder {path}.")
            )


def _differences(written: WrittenReports, text: str, version: str | None) -> tuple[list[Difference], list[str]]:
    """Where the content differs: the first places, and one more than are shown; and the names of members that are new.

    What another ``version`` than that of the report adds to its members is no difference: readers pass over it.
    """
    from itertools import islice

    from mpfcheck.report.json_difference import as_far_as, differences
    from mpfcheck.report.say.verification import MOST_DIFFERENCES

    anew = json.loads(text) if written.version is not None else [json.loads(line) for line in text.splitlines()]
    added: dict[str, None] = {}
    if version not in (None, __version__):
        anew = as_far_as(anew, written.values, added)
    return list(islice(differences(written.values, anew), MOST_DIFFERENCES + 1)), list(added)


def read_report_bytes(path: str) -> bytes:
    """The bytes of a report, unpacked where gzip packed them; raises :class:`ReportFileError`."""
    if not path.strip() and not os.path.exists(path):
        raise ReportFileError("The name of a report is empty.")
    try:
        data = Path(path).read_bytes()
        return _unpacked(path, data) if data.startswith(_PACKED_START) else data
    except IsADirectoryError:
        raise ReportFileError(plain(f"{path} is a folder, not a report.")) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReportFileError(plain(f"The report {path} cannot be read: {reason}.")) from None


def _unpacked(path: str, data: bytes) -> bytes:
    from io import BytesIO

    from mpfcheck.reading.inputs import DamagedError, unpacked

    try:
        with unpacked(BytesIO(data)) as stream:
            whole = stream.read(MOST_BYTES + 1)
    except DamagedError as error:
        raise ReportFileError(plain(f"{path}: {error.problem.message} {error.problem.hint}")) from None
    if len(whole) > MOST_BYTES:
        raise ReportFileError(
            plain(f"{path} is larger than {MOST_BYTES // 1024**3} GiB when unpacked; it was not read.")
        )
    return whole


def read_report_file(path: str) -> WrittenReports:
    """The reports in a file; raises :class:`ReportFileError`."""
    return _parse_report(path, read_report_bytes(path))


def _parse_report(path: str, data: bytes) -> WrittenReports:
    """The reports in these bytes of a file; raises :class:`ReportFileError`."""
    # Other commands are not to wait for this import.
    from mpfcheck.report.read_back import UnreadableReportError, read_back

    try:
        return read_back(data)
    except UnreadableReportError as error:
        raise ReportFileError(plain(f"{path}: {error.message} {error.hint}").rstrip()) from None


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
