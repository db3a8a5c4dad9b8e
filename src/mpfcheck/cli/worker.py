"""What a process beside the first one does: it loads the calls once, takes inputs, and gives back what came out."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from mpfcheck.checking.report import ProposalReport
from mpfcheck.cli.batch import Checked
from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.interruption import SIGNALS
from mpfcheck.cli.terms import Terms
from mpfcheck.frozen import Frozen
from mpfcheck.reading.sources import Input
from mpfcheck.report.as_json import JsonLinesReporter

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from mpfcheck.checking.portfolio.portfolio import Entry
    from mpfcheck.checking.what_if import VerdictChange

__all__ = ["Piece", "Workshop", "work"]

FAILED = 70
"""The exit code of a process that ran out of memory outside of any check."""


class Piece(Frozen):
    """What came out of some inputs, in their order: reports, or the text of them with the exit codes they come to.

    ``entries`` and ``changes`` are for what is said at the end of the run, if that is wanted. ``broken`` holds what is
    wrong with calls that cannot be used, by their ids; ``notices`` what a person must be told. ``wrong_usage`` says why
    the run must end here.
    """

    reports: tuple[ProposalReport, ...]
    text: str
    entries: tuple[Entry, ...]
    changes: tuple[VerdictChange, ...]
    codes: frozenset[ExitCode]
    broken: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    wrong_usage: str | None


class Workshop:
    """Checks inputs under the terms of a run and makes pieces of them."""

    def __init__(self, terms: Terms) -> None:
        """Load the call, if there is one for all. Raises click.UsageError and BrokenPackError."""
        self._terms = terms
        # Nobody can ask for places afterwards: what was read stays here.
        self._batch = terms.batch(for_people=False)
        self._what_if = terms.what_if()
        self._text: list[str] = []
        self._lines = JsonLinesReporter(self._text.append)

    def check(self, inputs: Sequence[Input]) -> Piece:
        """Check some inputs."""
        outcome = self._terms.outcome()
        reports: list[ProposalReport] = []
        entries: list[Entry] = []
        changes: list[VerdictChange] = []
        wrong_usage = None
        self._text.clear()
        for source in inputs:
            try:
                report, checked = self._batch.report(source, outcome)
                if self._what_if is not None and checked is not None:
                    changes += checked.changes(self._what_if, report)
            except click.UsageError as error:
                wrong_usage = error.message
                break
            if self._terms.as_lines:
                outcome.add(report)
                self._lines.add(report)
            else:
                reports.append(report)
            if self._terms.together:
                entries.append(_entry(report, checked))
        if self._what_if is not None:
            outcome.notices.update(dict.fromkeys(self._what_if.notices()))
        return Piece(
            tuple(reports),
            "".join(self._text),
            tuple(entries),
            tuple(changes),
            outcome.codes,
            tuple(outcome.broken_packs.items()),
            tuple(outcome.notices),
            wrong_usage,
        )


def _entry(report: ProposalReport, checked: Checked | None) -> Entry:
    if checked is not None:
        return checked.entry(report)
    from mpfcheck.checking.portfolio.portfolio import entry

    return entry(report, None, None)


def work(connection: Connection, terms: Terms) -> None:
    """Say that it is ready, then check what comes until nothing more can come. Runs in a process of its own."""
    # Ctrl-C and hang-ups reach every process of the terminal, a request to end perhaps every process of a group; the
    # first one ends the others when it is done with them.
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    gc.set_threshold(50_000, 20, 20)
    try:
        # The first process is gone when nothing can be read or written any more.
        with suppress(EOFError, OSError):
            workshop = Workshop(terms)
            connection.send(None)
            while True:
                connection.send(workshop.check(connection.recv()))
    except MemoryError:
        os._exit(FAILED)
