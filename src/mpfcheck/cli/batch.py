"""Many proposals, each against the call it is for: the stream from inputs to reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

import click

from mpfcheck.checking.checker import Checker, ParameterError, invalid_report
from mpfcheck.checking.problems import MEND, call_named, no_call, unusable
from mpfcheck.checking.report import InputReference, Problem, ProposalReport, Verdict
from mpfcheck.cli.library import BrokenPackError, Library
from mpfcheck.cli.outcome import Outcome
from mpfcheck.packs.load import UnknownCallError
from mpfcheck.reading.document import Document
from mpfcheck.reading.sources import Input, open_inputs

if TYPE_CHECKING:
    from mpfcheck.checking.explain import Part
    from mpfcheck.checking.portfolio.portfolio import Entry, Portfolio
    from mpfcheck.checking.what_if import VerdictChange, WhatIf

__all__ = ["Batch", "Checked", "input_reference"]

Answers: TypeAlias = Mapping[str, object]


class Batch:
    """Checks inputs one by one; a call is loaded when the first proposal for it comes by."""

    def __init__(
        self,
        library: Library,
        *,
        call_id: str | None = None,
        day: date | None = None,
        changes: Mapping[str, str] | None = None,
        for_people: bool = False,
    ) -> None:
        """Check against ``call_id`` whatever a file says, as of ``day``, with parameters changed.

        Reports ``for_people`` have no checksums, and places only on demand: both cost more than the check itself.
        Raises click.UsageError for an unknown call or a parameter it does not have, BrokenPackError for a broken one.
        """
        self._library = library
        self._call_id = call_id
        self._day = day
        self._changes = changes or {}
        self._for_people = for_people
        self._checkers: dict[str, Checker] = {}
        self._broken: dict[str, BrokenPackError] = {}
        if call_id is not None:
            library.asked(call_id)
            self._checker(call_id)

    def reports(self, paths: Sequence[str], outcome: Outcome) -> Iterator[tuple[ProposalReport, Checked | None]]:
        """The reports, in input order, each with what more can be asked about it.

        Raises click.UsageError for a parameter that the call of a proposal does not have.
        """
        for source in open_inputs(paths):
            yield self.report(source, outcome)

    def report(self, source: Input, outcome: Outcome) -> tuple[ProposalReport, Checked | None]:
        """The report on one input, with what more can be asked about it. Raises click.UsageError, as :meth:`reports`.

        Where mpfcheck itself fails, the report is inconclusive and says so: one input never costs the others.
        """
        try:
            return self._report(source, outcome)
        except click.ClickException:
            raise
        except Exception as error:  # noqa: BLE001 - whatever is wrong here is a fault of mpfcheck
            # No run is to pay for what should never happen.
            from mpfcheck.engine.fault import fault_report

            return fault_report(error, input_reference(source, checksum=not self._for_people)), None

    def checker(self, call_id: str) -> Checker:
        """The checker of a call that a proposal was checked against, here or in another process.

        Raises UnknownCallError, BrokenPackError and click.UsageError where the rules were taken away meanwhile.
        """
        asked = self._call_id
        # Where one version of the call was asked for, it is that one.
        return self._checker(asked if asked and asked.partition("@")[0] == call_id else call_id)

    def _report(self, source: Input, outcome: Outcome) -> tuple[ProposalReport, Checked | None]:
        document = source.document()
        reference = document.reference(source.path, source.line, checksum=not self._for_people)
        answers = document.answers
        if answers is None:
            return self._unreadable(document, reference), None
        try:
            checker = self._checker(self._call_id or call_named(answers) or "")
        except UnknownCallError:
            missing = no_call(call_named(answers), self._library.ids(), document.place_of, "choose one with --call")
            return invalid_report((missing, *document.problems), reference), None
        except BrokenPackError as error:
            self._broken[error.call_id] = error
            outcome.broken_pack(error.call_id, error.format_message())
            problem = Problem(unusable(error.call_id), MEND)
            return ProposalReport(reference, None, None, Verdict.INCONCLUSIVE, (problem, *document.problems)), None
        if checker.notice is not None:
            outcome.notices[checker.notice.message] = None
        place_of = _no_place if self._for_people else document.place_of
        report = checker.report(
            answers,
            problems=document.problems,
            place_of=place_of,
            place_of_problem=document.place_of,
            input=reference,
        )
        if report.verdict is Verdict.INVALID:
            return report, None
        return report, Checked(document, answers, checker)

    def _unreadable(self, document: Document, reference: InputReference) -> ProposalReport:
        if self._call_id is None:
            return invalid_report(document.problems, reference)
        checker = self._checker(self._call_id)
        return invalid_report(document.problems, reference, checker.reference, checker.as_of.isoformat())

    def _checker(self, call_id: str) -> Checker:
        if call_id in self._broken:
            raise self._broken[call_id]
        if call_id not in self._checkers:
            if "@" in call_id and call_id != self._call_id:
                # By which version a proposal is checked is not for the proposal to say.
                raise UnknownCallError(call_id, self._library.ids())
            try:
                self._checkers[call_id] = Checker(self._library.call(call_id), self._day, self._changes)
            except ParameterError as error:
                raise click.UsageError(str(error)) from None
        return self._checkers[call_id]


class Checked:
    """A proposal that was checked, for whoever wants to know more than the report says."""

    __slots__ = ("_answers", "_checker", "place_of")

    def __init__(self, document: Document, answers: Answers, checker: Checker) -> None:
        """Keep what is needed to answer."""
        self._answers = answers
        self._checker = checker
        self.place_of = document.place_of

    def explain(self, rule_id: str) -> tuple[Part, ...]:
        """The conditions of a rule with the proposal's values in them."""
        return self._checker.explain(self._answers, rule_id)

    def count_in(self, portfolio: Portfolio, report: ProposalReport) -> None:
        """Take the proposal into a portfolio, with its report."""
        portfolio.add(report, self._answers, self._checker)

    def entry(self, report: ProposalReport) -> Entry:
        """What a portfolio keeps of the proposal, to be sent to where the portfolio is."""
        from mpfcheck.checking.portfolio.portfolio import entry

        return entry(report, self._answers, self._checker)

    def changes(self, what_if: WhatIf, report: ProposalReport) -> list[VerdictChange]:
        """How the verdict would change; none if it would not. Raises click.UsageError for an unknown parameter."""
        try:
            change = what_if.change(self._checker, self._answers, report.input)
        except ParameterError as error:
            raise click.UsageError(str(error)) from None
        return [] if change is None else [change]


def input_reference(source: Input, *, checksum: bool) -> InputReference:
    """What a report says of its input when nothing of it was read as a proposal."""
    return Document(None, (), source.data).reference(source.path, source.line, checksum=checksum)


def _no_place(_pointer: str) -> None:
    return None
