"""``mpfcheck verify``: whether a report is what its proposals and its rules give."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mpfcheck import __version__
from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import rules_option

if TYPE_CHECKING:
    from mpfcheck.checking.report import InputReference, PassedOver, ProposalReport
    from mpfcheck.cli.rederivation import Rederivation
    from mpfcheck.report.overview import Run
    from mpfcheck.report.page import Page
    from mpfcheck.report.read_back import WrittenReports

__all__ = ["verify"]

MOST_DIFFERENCES = 20
LONGEST_VALUE = 200


@click.command()
@click.argument("report", metavar="REPORT", type=click.Path())
@click.argument("paths", metavar="PROPOSAL...", nargs=-1, required=True, type=click.Path())
@rules_option
@click.pass_context
def verify(context: click.Context, report: str, paths: tuple[str, ...], folders: tuple[Path, ...]) -> None:
    """Make a JSON report anew, by the rules, the day and the parameters it names, and say whether it is the same.

    Give all proposals of the report, or the folders they are in; their names may have changed. The exit code is 0 where
    every byte is the same, 1 where something differs, where a proposal given is not in the report or where the report
    says that it is not complete, 2 for wrong usage, 3 where the report cannot be read and 4 where the rules it was made
    by are not here. Another version of mpfcheck alone is no difference.
    """
    from mpfcheck.cli.library import Library
    from mpfcheck.cli.output import style_for, width_for
    from mpfcheck.cli.rederivation import Rederivation
    from mpfcheck.cli.report_file import parse_report, read_report
    from mpfcheck.report.page import Page

    data = read_report(report)
    written = parse_report(report, data)
    _require_inputs(paths, written)
    rederivation = Rederivation(written, Library(folders))
    page = Page(width_for(sys.stdout), style_for(sys.stdout))
    same = _verify(page, report, data, written, rederivation, paths)
    click.echo(page.text(), nl=False)
    context.exit(ExitCode.OK if same else ExitCode.FINDING)


def _verify(
    page: Page, name: str, data: bytes, written: WrittenReports, rederivation: Rederivation, paths: Sequence[str]
) -> bool:
    """Write what was found; tell whether the report is the same, about all proposals given, and complete."""
    from mpfcheck.report.words import counted

    derived = rederivation.reports(paths)
    missing = [old for old, new in zip(written.reports, derived, strict=True) if new is None]
    text = "" if missing else rederivation.text([new for new in derived if new is not None])
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
        page.say(f"{counted(len(derived), 'report')}: every byte is as it was written.")
    else:
        page.lead("THE SAME", "bold green", name)
        page.say(f"{counted(len(derived), 'report')}, {counted(len(data), 'byte')}: every byte is as it was written.")
    _write_left_out(page, rederivation.strangers, unseen)
    _write_incomplete(page, written.run)
    if written.version not in (None, __version__):
        page.say(f"The report was written by mpfcheck {written.version}; this is {__version__}.")
    return same and not (rederivation.strangers or unseen) and written.run.complete


def _write_left_out(page: Page, strangers: Sequence[InputReference], unseen: Sequence[PassedOver]) -> None:
    from mpfcheck.report.words import input_name

    if strangers:
        page.say("These proposals were given and are not in the report:")
    for stranger in strangers:
        page.say(input_name(stranger), indent="  ", hang="  ")
    if unseen:
        page.say("These may be proposals, and were not checked:")
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
    from mpfcheck.cli.report_file import ReportFileError
    from mpfcheck.report.plain import plain

    unread = {one.input.path for one in written.reports if one.input.sha256 is None}
    for path in paths:
        if path not in unread and not os.path.exists(path):
            raise ReportFileError(plain(f"There is no file or folder {path}."))


def _write_missing(page: Page, missing: Sequence[ProposalReport]) -> None:
    from mpfcheck.report.words import project_name

    page.say("None of the proposals given is the one the report is about:")
    for report in missing:
        checksum = f" (SHA-256 {report.input.sha256})" if report.input.sha256 else ""
        page.say(f"{project_name(report.input)}{checksum}", indent="  ", hang="  ")
    page.say("Either it was changed since, or it was not given.")


def _write_differences(page: Page, written: WrittenReports, text: str) -> None:
    from itertools import islice

    from mpfcheck.report.json_difference import differences

    anew = json.loads(text) if written.version is not None else [json.loads(line) for line in text.splitlines()]
    found = list(islice(differences(written.values, anew), MOST_DIFFERENCES + 1))
    if not found:
        page.say("It says the same, but is written in another way: other blanks or another order, or it was edited.")
    for one in found[:MOST_DIFFERENCES]:
        page.say(one.pointer or "/", indent="  ", hang="  ", style="bold")
        page.say(f"report: {_shown(one.old)}", indent="    ", hang="  ")
        page.say(f"anew:   {_shown(one.new)}", indent="    ", hang="  ")
    if len(found) > MOST_DIFFERENCES:
        page.say("… and more.", indent="  ")


def _shown(value: object) -> str:
    from mpfcheck.report.json_difference import ABSENT

    text = str(value) if value is ABSENT else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
