"""Many proposals, each against the call it is for: the stream from inputs to reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeAlias

import click

from mpfcheck.calls.load import UnknownCallError
from mpfcheck.checking.checker import Checker, ParameterError, invalid_report
from mpfcheck.checking.report import InputReference, Problem, ProposalReport, Verdict
from mpfcheck.cli.library import BrokenPackError, Library, nearest_call
from mpfcheck.cli.outcome import Outcome
from mpfcheck.reading.document import Document
from mpfcheck.reading.sources import Input, open_inputs
from mpfcheck.reporting.reporter import Explain

__all__ = ["Batch"]

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
        explain: bool = False,
    ) -> None:
        """Check against ``call_id`` whatever a file says, as of ``day``, with parameters changed.

        Raises click.UsageError for an unknown call or a parameter it does not have, BrokenPackError for a broken one.
        """
        self._library = library
        self._call_id = call_id
        self._day = day
        self._changes = changes or {}
        self._explain = explain
        self._checkers: dict[str, Checker] = {}
        self._broken: dict[str, BrokenPackError] = {}
        if call_id is not None:
            library.asked(call_id)
            self._checker(call_id)

    def reports(self, paths: Sequence[str], outcome: Outcome) -> Iterator[tuple[ProposalReport, Explain | None]]:
        """The reports, in input order, each with a way to explain it where that is asked for.

        Raises click.UsageError for a parameter that the call of a proposal does not have.
        """
        for source in open_inputs(paths):
            yield self._report(source, outcome)

    def _report(self, source: Input, outcome: Outcome) -> tuple[ProposalReport, Explain | None]:
        document = source.document()
        reference = InputReference(source.path, source.line, document.sha256)
        answers = document.answers
        if answers is None:
            return self._unreadable(document, reference), None
        try:
            checker = self._checker(self._call_id or _call_of(answers))
        except (_NoCallError, UnknownCallError) as error:
            problems = (_unknown_call(error, document, self._library), *document.problems)
            return invalid_report(problems, reference), None
        except BrokenPackError as error:
            self._say_once(error, outcome)
            problem = Problem(f"The rules of the call {error.call_id} cannot be used.", "Mend the rule pack first.")
            return ProposalReport(reference, None, None, Verdict.INCONCLUSIVE, (problem, *document.problems)), None
        report = checker.report(answers, problems=document.problems, place_of=document.place_of, input=reference)
        return report, partial(checker.explain, answers) if self._explain else None

    def _unreadable(self, document: Document, reference: InputReference) -> ProposalReport:
        if self._call_id is None:
            return invalid_report(document.problems, reference)
        checker = self._checker(self._call_id)
        return invalid_report(document.problems, reference, checker.reference, checker.as_of.isoformat())

    def _checker(self, call_id: str) -> Checker:
        if call_id in self._broken:
            raise self._broken[call_id]
        if call_id not in self._checkers:
            try:
                self._checkers[call_id] = Checker(self._library.call(call_id), self._day, self._changes)
            except ParameterError as error:
                raise click.UsageError(str(error)) from None
        return self._checkers[call_id]

    def _say_once(self, error: BrokenPackError, outcome: Outcome) -> None:
        outcome.broken_pack()
        if error.call_id not in self._broken:
            self._broken[error.call_id] = error
            error.show()


class _NoCallError(LookupError):
    """A proposal that does not say which call it is for."""


def _call_of(answers: Answers) -> str:
    call_id = answers.get("call")
    if not isinstance(call_id, str) or not call_id:
        raise _NoCallError
    return call_id


def _unknown_call(error: LookupError, document: Document, library: Library) -> Problem:
    line, column = document.place_of("/call") or (None, None)
    if isinstance(error, UnknownCallError):
        hint = nearest_call(error.call_id, library.ids())
        return Problem(f"There is no call {error.call_id!r}.", hint, "/call", line, column)
    hint = f'Write "call": "{library.ids()[0]}", or choose one with --call.' if library.ids() else ""
    return Problem("It does not say which call it is for.", hint, "/call", line, column)
