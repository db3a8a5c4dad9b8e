"""Reports made anew, from the proposals they are about and from what they say of their own making."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

import click

from mpfcheck.checking.report import InputReference, PassedOver, ProposalReport
from mpfcheck.cli.batch import Batch, Checked, input_reference
from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.library import Library
from mpfcheck.cli.outcome import Outcome
from mpfcheck.cli.report_file import ReportFileError
from mpfcheck.frozen import changed
from mpfcheck.packs.load import UnknownCallError, UnknownVersionError
from mpfcheck.reading.sources import Input, open_inputs
from mpfcheck.report.as_json import JsonLinesReporter, JsonReporter
from mpfcheck.report.json_codec import UnreadableReportError
from mpfcheck.report.overview import Overview, Run
from mpfcheck.report.read_back import WrittenReports, read_what_if

if TYPE_CHECKING:
    from mpfcheck.checking.portfolio.summary import PortfolioSummary
    from mpfcheck.checking.what_if import Supposition

__all__ = ["Rederivation", "UnknownPackError"]

_Derived: TypeAlias = tuple[ProposalReport, Checked | None]
_Key: TypeAlias = tuple[str | None, str | None]
_Terms: TypeAlias = tuple[str | None, str | None, tuple[tuple[str, str], ...]]
"""Under what a report was made: the call, with its version where that is not the one at hand, the day, the changes."""


class UnknownPackError(click.ClickException):
    """A report by rules that are not at hand."""

    exit_code = ExitCode.PACK


class Rederivation:
    """Makes reports anew, each by the call, the day and the parameters that the written one names."""

    def __init__(self, written: WrittenReports, library: Library) -> None:
        """Find the rules of every report.

        Raises :class:`UnknownPackError` where the rules at hand are others, by their checksum, and ReportFileError
        where a report is about some of them only.
        """
        self._written = written
        self._library = library
        self._batches: dict[_Terms, Batch] = {}
        self._terms: list[_Terms] = []
        self.strangers: list[InputReference] = []
        self.passed_over: list[PassedOver] = []
        for report in written.reports:
            if report.chosen:
                only = ", ".join(report.chosen)
                raise ReportFileError(f"The report is about the rules {only} only, which Python alone can choose.")
            self._terms.append((_pack_of(report, library), report.as_of, tuple(report.changed.items())))

    def reports(self, paths: Sequence[str]) -> list[_Derived | None]:
        """The reports made anew, in the order they were written; None where no proposal at these paths is the one.

        A proposal is the one a report is about if its checksum is the same; its path may be another. What was given and
        is in no report, or could not be looked at, is in :attr:`strangers` and :attr:`passed_over` afterwards.
        """
        derived: list[_Derived | None] = [None] * len(self._written.reports)
        wanted: dict[_Key, list[int]] = {}
        for number, written in enumerate(self._written.reports):
            wanted.setdefault(_key(written.input), []).append(number)
        left = {key: len(numbers) for key, numbers in wanted.items()}
        given: set[tuple[str, int | None]] = set()
        for source in open_inputs(paths, pass_over=self.passed_over.append):
            reference = input_reference(source, checksum=True)
            key = _key(reference)
            for number in wanted.get(key, ()):
                same_line = self._written.reports[number].input.line == source.line
                if derived[number] is None or same_line:
                    derived[number] = self._derive(number, source)
            place = os.path.realpath(source.path), source.line
            if place in given:
                # The same file by another name is not another proposal.
                continue
            given.add(place)
            left[key] = left.get(key, 0) - 1
            if left[key] < 0:
                self.strangers.append(reference)
        return derived

    def _derive(self, number: int, source: Input) -> _Derived:
        batch = self._batch(self._terms[number])
        try:
            report, checked = batch.report(source, Outcome(fail_on="never", allow_incomplete=True))
        except click.UsageError as error:
            raise ReportFileError(f"The report cannot be made anew: {error.message}") from None
        return changed(report, input=changed(report.input, path=self._written.reports[number].input.path)), checked

    def text(self, derived: Sequence[_Derived]) -> str:
        """The reports as they are written today, in the form in which they were written."""
        pieces: list[str] = []
        if self._written.version is None:
            lines = JsonLinesReporter(pieces.append)
            for report, checked in derived:
                lines.add(report, checked)
            return "".join(pieces)
        # What the version of the program changes, it changes in the reports.
        reporter = JsonReporter(pieces.append, version=self._written.version)
        for report, checked in derived:
            reporter.add(report, checked)
        members = self._written.values if isinstance(self._written.values, dict) else {}
        portfolio = self._portfolio(derived) if "portfolio" in members else None
        supposition = self._supposition(members["what_if"], derived) if "what_if" in members else None
        reporter.finish(Overview(portfolio, supposition, run=self._run(len(derived))))
        return "".join(pieces)

    def _run(self, reports: int) -> Run:
        """How far the run came, as it was written, but for what cannot be so."""
        written = self._written.run
        complete = written.complete and not written.interrupted
        return changed(written, complete=complete, inputs=reports if complete else written.inputs)

    def _portfolio(self, derived: Sequence[_Derived]) -> PortfolioSummary:
        from mpfcheck.checking.portfolio.portfolio import Portfolio

        portfolio = Portfolio()
        for report, checked in derived:
            if checked is None:
                portfolio.add(report)
            else:
                checked.count_in(portfolio, report)
        pairs = zip(self._written.reports, self._terms, strict=True)
        batches = {report.call.id: self._batches[terms] for report, terms in pairs if report.call}
        return portfolio.summary(lambda call_id: batches[call_id].checker(call_id))

    def _supposition(self, written: object, derived: Sequence[_Derived]) -> Supposition:
        from mpfcheck.checking.what_if import WhatIf

        try:
            as_of, parameters = read_what_if(written)
            what_if = WhatIf(_day(as_of), parameters)
        except UnreadableReportError as error:
            raise ReportFileError(f"{error.message} {error.hint}".rstrip()) from None
        try:
            changes = [change for report, checked in derived if checked for change in checked.changes(what_if, report)]
        except click.UsageError as error:
            raise ReportFileError(f"The report cannot be made anew: {error.message}") from None
        return what_if.supposition(changes)

    def _batch(self, terms: _Terms) -> Batch:
        if terms not in self._batches:
            call_id, as_of, changes = terms
            day = _day(as_of)
            try:
                self._batches[terms] = Batch(self._library, call_id=call_id, day=day, changes=dict(changes))
            except click.UsageError as error:
                raise ReportFileError(f"The report cannot be made anew: {error.message}") from None
        return self._batches[terms]


def _day(as_of: str | None) -> date | None:
    try:
        return None if as_of is None else date.fromisoformat(as_of)
    except ValueError:
        raise ReportFileError(f"The report is as of {as_of!r}, which is no day.") from None


def _pack_of(report: ProposalReport, library: Library) -> str | None:
    """The call by whose rules a report was made, in the version that has the checksum it names."""
    call = report.call
    if call is None:
        return None
    try:
        known = library.call(call.id)
        if known.sha256 == call.sha256:
            return call.id
        published = f"{call.id}@{call.version}"
        if library.call(published).sha256 == call.sha256:
            return published
    except UnknownVersionError:
        pass
    except UnknownCallError:
        raise UnknownPackError(
            f"The report is by the rules of {call.id}, version {call.version}, which are not here. "
            "Say with --rules DIR where they are."
        ) from None
    raise UnknownPackError(
        f"The report is by other rules of {call.id} than those here.\n"
        f"  report: version {call.version}, checksum {call.sha256}\n"
        f"  here:   version {known.version}, checksum {known.sha256}\n"
        "Say with --rules DIR where the rules of the report are."
    )


def _key(reference: InputReference) -> _Key:
    """What tells whether two reports are about the same: the content, or the path of what could not be read."""
    checksum = reference.sha256
    return (checksum, None) if checksum is not None else (None, reference.path)
