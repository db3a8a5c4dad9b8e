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
from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.terms import Terms
from mpfcheck.frozen import Frozen
from mpfcheck.reading.sources import Input
from mpfcheck.reporting.jsonl import JsonLinesReporter

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

__all__ = ["Piece", "Workshop", "work"]

FAILED = 70
"""The exit code of a process that ran out of memory outside of any check."""


class Piece(Frozen):
    """What came out of some inputs, in their order: reports, or the text of them with the exit codes they come to.

    ``broken`` holds what is wrong with calls that cannot be used, by their ids. ``wrong_usage`` says why the run must
    end here.
    """

    reports: tuple[ProposalReport, ...]
    text: str
    codes: frozenset[ExitCode]
    broken: tuple[tuple[str, str], ...]
    wrong_usage: str | None


class Workshop:
    """Checks inputs under the terms of a run and makes pieces of them."""

    def __init__(self, terms: Terms) -> None:
        """Load the call, if there is one for all. Raises click.UsageError and BrokenPackError."""
        self._terms = terms
        # Nobody can ask for places afterwards: what was read stays here.
        self._batch = terms.batch(for_people=False)
        self._text: list[str] = []
        self._lines = JsonLinesReporter(self._text.append)

    def check(self, inputs: Sequence[Input]) -> Piece:
        """Check some inputs."""
        outcome = self._terms.outcome()
        reports: list[ProposalReport] = []
        wrong_usage = None
        self._text.clear()
        for source in inputs:
            try:
                report, _ = self._batch.report(source, outcome)
            except click.UsageError as error:
                wrong_usage = error.message
                break
            if self._terms.as_lines:
                outcome.add(report)
                self._lines.add(report)
            else:
                reports.append(report)
        return Piece(
            tuple(reports), "".join(self._text), outcome.codes, tuple(outcome.broken_packs.items()), wrong_usage
        )


def work(connection: Connection, terms: Terms) -> None:
    """Say that it is ready, then check what comes until nothing more can come. Runs in a process of its own."""
    # Ctrl-C reaches every process of the terminal; the first one ends the others when it is done with them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
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
