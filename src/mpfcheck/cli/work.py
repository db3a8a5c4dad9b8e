"""All inputs of a run, checked: in this process, and from some number on in others beside it."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from mpfcheck.cli.interruption import Interruption
from mpfcheck.reading.sources import Input, open_inputs

if TYPE_CHECKING:
    from mpfcheck.checking.portfolio.portfolio import Entry
    from mpfcheck.checking.report import ProposalReport
    from mpfcheck.checking.what_if import VerdictChange
    from mpfcheck.cli.batch import Batch, Checked
    from mpfcheck.cli.outcome import Outcome
    from mpfcheck.cli.processes import Processes
    from mpfcheck.cli.terms import Terms

__all__ = ["Finished", "Work", "available_cores"]

PAYS_AFTER = 100
"""With fewer inputs, starting processes takes longer than they save."""


def available_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Finished:
    """What came out of some inputs, in their order: their reports, or the text of these and nothing else.

    ``entries`` and ``changes`` are what another process found out for the end of the run; where reports come with what
    more can be asked about them, that is asked instead. ``size`` is how many bytes the inputs had.
    """

    __slots__ = ("changes", "entries", "inputs", "reports", "size", "text")

    def __init__(
        self,
        sources: Sequence[Input],
        reports: Sequence[tuple[ProposalReport, Checked | None]] = (),
        text: str = "",
        entries: Sequence[Entry] = (),
        changes: Sequence[VerdictChange] = (),
    ) -> None:
        """Take what came out of ``sources``."""
        self.inputs = len(sources)
        self.size = sum(source.size for source in sources)
        self.reports = reports
        self.text = text
        self.entries = entries
        self.changes = changes


class Work:
    """Checks the inputs of one run; ``outcome`` learns what is not said in reports."""

    def __init__(self, terms: Terms, batch: Batch, outcome: Outcome, jobs: int, interruption: Interruption) -> None:
        """Check with ``batch`` here, and under ``terms`` in up to ``jobs`` other processes if it is more than one."""
        self._terms = terms
        self._batch = batch
        self._outcome = outcome
        self._jobs = jobs
        self._interruption = interruption

    def finished(self, paths: Sequence[str]) -> Generator[Finished, None, None]:
        """What comes out of the inputs at these paths, in their order, as soon as it is there. To be closed.

        Raises click.UsageError for a parameter that the call of a proposal does not have, and KeyboardInterrupt.
        """
        inputs = self._counted(open_inputs(paths, pass_over=self._outcome.pass_over))
        processes: Processes | None = None
        try:
            number = 0
            while processes is None or not processes.ready():
                with self._interruption.open():
                    source = next(inputs, None)
                if source is None:
                    return
                if number == PAYS_AFTER and self._jobs > 1:
                    from mpfcheck.cli.processes import Processes

                    processes = Processes(self._jobs, self._terms, self._interruption)
                number += 1
                with self._interruption.open():
                    checked = self._batch.report(source, self._outcome)
                yield Finished([source], [checked])
            yield from self._beside(processes, inputs)
        finally:
            if processes is not None:
                processes.close()

    def _counted(self, inputs: Iterator[Input]) -> Iterator[Input]:
        for source in inputs:
            self._outcome.inputs += 1
            yield source

    def _beside(self, processes: Processes, inputs: Iterator[Input]) -> Iterator[Finished]:
        from mpfcheck.cli.batch import input_reference
        from mpfcheck.cli.chunks import chunks
        from mpfcheck.cli.processes import Crash
        from mpfcheck.engine.fault import crash_report

        for sources, part in processes.finished(chunks(inputs)):
            if isinstance(part, Crash):
                reference = input_reference(sources[0], checksum=not self._terms.for_people)
                yield Finished(sources, [(crash_report(part.exit_code, reference), None)])
                continue
            self._outcome.join(part.codes, part.broken, part.notices)
            reports = [(report, None) for report in part.reports]
            yield Finished(sources, reports, part.text, part.entries, part.changes)
            if part.wrong_usage is not None:
                raise click.UsageError(part.wrong_usage)
