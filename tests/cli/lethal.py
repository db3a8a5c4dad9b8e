"""A worker that some inputs kill, as a fault in a C library or a lack of memory would."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection

from mpfcheck.checking.report import ProposalReport
from mpfcheck.cli.batch import Batch, Checked
from mpfcheck.cli.outcome import Outcome
from mpfcheck.cli.terms import Terms
from mpfcheck.cli.worker import work
from mpfcheck.reading.sources import Input

KILLING = b"this one kills"
ENDING = b"this one ends"
EXIT_CODE = 3


def lethal_work(connection: Connection, terms: Terms) -> None:
    real = Batch.report

    def report(batch: Batch, source: Input, outcome: Outcome) -> tuple[ProposalReport, Checked | None]:
        if source.data and KILLING in source.data:
            os.kill(os.getpid(), signal.SIGKILL)
        if source.data and ENDING in source.data:
            os._exit(EXIT_CODE)
        return real(batch, source, outcome)

    Batch.report = report  # type: ignore[method-assign]
    work(connection, terms)


def stillborn_work(_connection: Connection, _terms: Terms) -> None:
    os._exit(EXIT_CODE)
