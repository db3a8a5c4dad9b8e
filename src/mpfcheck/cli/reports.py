"""The commands that read reports: ``mpfcheck diff`` compares two, ``mpfcheck verify`` makes one again."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import rules_option
from mpfcheck.cli.output import page_for
from mpfcheck.plain import plain
from mpfcheck.version import __version__

if TYPE_CHECKING:
    from mpfcheck.checking.report import InputReference, PassedOver, ProposalReport
    from mpfcheck.checking.what_if import Supposition
    from mpfcheck.engine.check import Checked
    from mpfcheck.engine.rederivation import Rederivation
    from mpfcheck.report.overview import Run
    from mpfcheck.report.page import Page
    from mpfcheck.report.read_back import WrittenReports

__all__ = ["ReportFileError", "diff", "read_report_file", "verify"]

MOST_BYTES = 2 * 1024**3
"""A few packed bytes can unpack to any number; a report on 100 000 proposals has some 700 MB."""
MOST_DIFFERENCES = 20
LONGEST_VALUE = 200
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
    from mpfcheck.report.as_text import write_blocks
    from mpfcheck.report.comparison import compare
    from mpfcheck.report.say.comparison import comparison

    result = compare(read_report_file(older).reports, read_report_file(newer).reports)
    page = page_for(sys.stdout)
    write_blocks(page, comparison(result))
    click.echo(page.text(), nl=False)
    context.exit(ExitCode.FINDING if result.new else ExitCode.OK)


@click.command()
@click.argument("report", metavar="REPORT", type=click.Path())
@click.argument("paths", metavar="PROPOSAL...", nargs=-1, required=True, type=click.Path())
@rules_option
@click.pass_context
def verify(context: click.Context, report: str, paths: tuple[str, ...], folders: tuple[Path, ...]) -> None:
    """Make a JSON report again, with the rules, date and parameters that it names, and compare the two.

    Give all proposals of the report, or the folders they are in; their names may have changed. Exit codes: 0 every
    byte is the same, 1 something differs, a proposal is not in the report or the report is not complete, 2 wrong
    usage, 3 the report cannot be read, 4 the rules of the report are not here. Another version of mpfcheck alone does
    not count as a difference.
    """
    from mpfcheck.cli.usage import usage_errors
    from mpfcheck.engine.rederivation import NotReproducibleError, Rederivation, UnknownRulesError
    from mpfcheck.engine.registry import Registry

    data = _read_report(report)
    written = _parse_report(report, data)
    _require_inputs(paths, written)
    page = page_for(sys.stdout)
    try:
        with usage_errors():
            rederivation = Rederivation(written.reports, Registry(folders))
            same = _verify(page, report, data, written, rederivation, paths)
    except UnknownRulesError as error:
        raise UnknownPackError(str(error)) from None
    except NotReproducibleError as error:
        raise ReportFileError(f"The report cannot be made again. {error}") from None
    click.echo(page.text(), nl=False)
    context.exit(ExitCode.OK if same else ExitCode.FINDING)


def _verify(
    page: Page, name: str, data: bytes, written: WrittenReports, rederivation: Rederivation, paths: Sequence[str]
) -> bool:
    """Write what was found; whether the report is the same, is about all proposals given, and is complete."""
    from mpfcheck.report.words import counted

    derived = rederivation.reports(paths)
    missing = [old for old, new in zip(written.reports, derived, strict=True) if new is None]
    text = "" if missing else _text(written, rederivation, [new for new in derived if new is not None])
    same = not missing and text.encode("utf-8", "backslashreplace") == data
    unseen = [one for one in rederivation.passed_over if one.possible]
    if missing:
        page.lead("NOT VERIFIED", "bold yellow", name)
        _write_missing(page, missing)
    elif not same:
        page.lead("DIFFERENT", "bold red", name)
        _write_differences(page, written, text)
    elif rederivation.strangers or unseen or not written.run.complete:
        page.lead("NOT COMPLETE", "bold red", name)
        page.say(f"{counted(len(derived), 'report')}: every byte is the same.")
    else:
        page.lead("THE SAME", "bold green", name)
        page.say(f"{counted(len(derived), 'report')}, {counted(len(data), 'byte')}: every byte is the same.")
    _write_left_out(page, rederivation.strangers, unseen)
    _write_incomplete(page, written.run)
    if written.version not in (None, __version__):
        page.say(f"The report was written by mpfcheck {written.version}; this is {__version__}.")
    return same and not (rederivation.strangers or unseen) and written.run.complete


def _text(written: WrittenReports, rederivation: Rederivation, derived: Sequence[Checked]) -> str:
    """The reports as they are written today, in the form in which they were written."""
    from mpfcheck.frozen import changed
    from mpfcheck.report.as_json import JsonLinesReporter, JsonReporter
    from mpfcheck.report.overview import Overview

    pieces: list[str] = []
    if written.version is None:
        lines = JsonLinesReporter(pieces.append)
        for checked in derived:
            lines.add(checked.report)
        return "".join(pieces)
    # What the version of the program changes, it changes in the reports.
    reporter = JsonReporter(pieces.append, version=written.version)
    for checked in derived:
        reporter.add(checked.report, checked.on_demand)
    members = written.values if isinstance(written.values, dict) else {}
    portfolio = rederivation.portfolio(derived) if "portfolio" in members else None
    supposition = _supposition(members["what_if"], rederivation, derived) if "what_if" in members else None
    # How far the run came, as it was written, but for what cannot be so.
    complete = written.run.complete and not written.run.interrupted
    run = changed(written.run, complete=complete, inputs=len(derived) if complete else written.run.inputs)
    reporter.finish(Overview(portfolio, supposition, run=run))
    return "".join(pieces)


def _supposition(written: object, rederivation: Rederivation, derived: Sequence[Checked]) -> Supposition:
    from mpfcheck.report.read_back import UnreadableReportError, read_what_if

    try:
        as_of, parameters = read_what_if(written)
    except UnreadableReportError as error:
        raise ReportFileError(f"{error.message} {error.hint}".rstrip()) from None
    return rederivation.supposition(as_of, parameters, derived)


def _write_left_out(page: Page, strangers: Sequence[InputReference], unseen: Sequence[PassedOver]) -> None:
    from mpfcheck.report.words import input_name

    if strangers:
        page.say("These proposals are not in the report:")
    for stranger in strangers:
        page.say(input_name(stranger), indent="  ", hang="  ")
    if unseen:
        page.say("These files may be proposals and were not checked:")
    for one in unseen:
        page.say(f"{one.path}: {one.why}", indent="  ", hang="  ")


def _write_incomplete(page: Page, run: Run) -> None:
    if run.complete:
        return
    why = "the run was interrupted." if run.interrupted else "files that may be proposals were not checked."
    page.say(f"The report says that it is not complete: {why}")
    for one in run.passed_over:
        page.say(f"{one.path}: {one.why}", indent="  ", hang="  ")


def _require_inputs(paths: Sequence[str], written: WrittenReports) -> None:
    unread = {one.input.path for one in written.reports if one.input.sha256 is None}
    for path in paths:
        if path not in unread and not os.path.exists(path):
            raise ReportFileError(plain(f"There is no file or folder {path}."))


def _write_missing(page: Page, missing: Sequence[ProposalReport]) -> None:
    from mpfcheck.report.words import project_name

    page.say("The report is about these proposals, but they were not given:")
    for report in missing:
        checksum = f" (SHA-256 {report.input.sha256})" if report.input.sha256 else ""
        page.say(f"{project_name(report.input)}{checksum}", indent="  ", hang="  ")
    page.say("Give them, or look whether they changed since the report was written.")


def _write_differences(page: Page, written: WrittenReports, text: str) -> None:
    from itertools import islice

    from mpfcheck.report.json_difference import differences

    anew = json.loads(text) if written.version is not None else [json.loads(line) for line in text.splitlines()]
    found = list(islice(differences(written.values, anew), MOST_DIFFERENCES + 1))
    if not found:
        page.say("The content is the same, but spaces or the order differ. Someone may have edited the file.")
    for one in found[:MOST_DIFFERENCES]:
        page.say(one.pointer or "/", indent="  ", hang="  ", style="bold")
        page.say(f"report: {_shown(one.old)}", indent="    ", hang="  ")
        page.say(f"again:  {_shown(one.new)}", indent="    ", hang="  ")
    if len(found) > MOST_DIFFERENCES:
        page.say("… and more.", indent="  ")


def _shown(value: object) -> str:
    from mpfcheck.report.json_difference import ABSENT

    text = str(value) if value is ABSENT else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def _read_report(path: str) -> bytes:
    """The bytes of a report, unpacked where gzip packed them; raises :class:`ReportFileError`."""
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
    return _parse_report(path, _read_report(path))


def _parse_report(path: str, data: bytes) -> WrittenReports:
    """The reports in these bytes of a file; raises :class:`ReportFileError`."""
    # Other commands are not to wait for this import.
    from mpfcheck.report.read_back import UnreadableReportError, read_back

    try:
        return read_back(data)
    except UnreadableReportError as error:
        raise ReportFileError(plain(f"{path}: {error.message} {error.hint}").rstrip()) from None
