"""All inputs of a run, checked in their order: in this process, and from some number on in others beside it."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from mpfcheck.engine.check import Checked, Engine, input_reference
from mpfcheck.engine.interruption import Interruption
from mpfcheck.engine.run import Finished, RunPiece, RunTerms
from mpfcheck.reading.inputs import InputSource

if TYPE_CHECKING:
    from mpfcheck.engine.processes import Processes

__all__ = ["Stream", "available_cores"]

PAYS_AFTER: Final = 100
"""With fewer inputs, starting processes takes longer than they save."""
MOST_INPUTS: Final = 32
MOST_BYTES: Final = 512 * 1024
"""Processes get inputs in chunks: enough that sending costs little, few enough that memory stays small."""


class Stream:
    """Checks the inputs of one run; ``inputs`` is how many were found so far."""

    def __init__(
        self,
        terms: RunTerms,
        engine: Engine,
        *,
        jobs: int,
        interruption: Interruption,
        pays_after: int | None = None,
    ) -> None:
        """Check with ``engine`` here, and on ``terms`` in up to ``jobs`` other processes if it is more than one.

        They are started after ``pays_after`` inputs, after :data:`PAYS_AFTER` where it is None.
        """
        self.inputs = 0
        self._terms = terms
        self._engine = engine
        self._jobs = jobs
        self._interruption = interruption
        self._pays_after = PAYS_AFTER if pays_after is None else pays_after

    def finished(self, sources: Iterable[InputSource]) -> Generator[Finished, None, None]:
        """What comes out of these inputs, in their order, as soon as it is there. To be closed.

        Raises ParameterError for a parameter that the call of a proposal does not have, and KeyboardInterrupt.
        """
        inputs = self._counted(sources)
        moment = self._interruption.open()
        processes: Processes | None = None
        try:
            while processes is None or not processes.ready():
                with moment:
                    source = next(inputs, None)
                    if source is None:
                        return
                    checked = self._engine.check_input(source)
                if self.inputs == self._pays_after + 1 and self._jobs > 1:
                    from mpfcheck.engine.processes import Processes

                    processes = Processes(self._jobs, self._terms, self._interruption)
                yield _of_one(source, checked)
            yield from self._beside(processes, inputs)
        finally:
            if processes is not None:
                processes.close()

    def _counted(self, inputs: Iterable[InputSource]) -> Iterator[InputSource]:
        for source in inputs:
            self.inputs += 1
            yield source

    def _beside(self, processes: Processes, inputs: Iterator[InputSource]) -> Iterator[Finished]:
        from mpfcheck.engine.processes import Crash

        for sources, part in processes.finished(_chunks(inputs)):
            if isinstance(part, Crash):
                from mpfcheck.engine.fault import crash_report

                reference = input_reference(sources[0], checksum=not self._terms.for_people)
                yield _of_one(sources[0], Checked(crash_report(part.exit_code, reference)))
                continue
            yield _of_piece(sources, part)
            if part.wrong_terms is not None:
                raise part.wrong_terms


def _of_one(source: InputSource, checked: Checked) -> Finished:
    broken = () if checked.broken is None else (checked.broken,)
    notice = None if checked.checker is None else checked.checker.notice
    notices = () if notice is None else (notice.message,)
    return Finished(1, source.size, (checked,), broken=broken, notices=notices)


def _of_piece(sources: Sequence[InputSource], piece: RunPiece) -> Finished:
    return Finished(
        len(sources),
        sum(source.size for source in sources),
        tuple(map(Checked, piece.reports)),
        piece.text,
        piece.gists,
        piece.entries,
        piece.changes,
        piece.broken,
        piece.notices,
        piece.assessed,
    )


def _chunks(inputs: Iterable[InputSource]) -> Iterator[tuple[InputSource, ...]]:
    """The inputs in their order, some at a time."""
    taken: list[InputSource] = []
    size = 0
    for source in inputs:
        taken.append(source)
        size += source.size
        if len(taken) == MOST_INPUTS or size >= MOST_BYTES:
            yield tuple(taken)
            taken.clear()
            size = 0
    if taken:
        yield tuple(taken)


def available_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
