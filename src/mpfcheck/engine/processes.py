"""Processes that check beside the first one, which hands out the work and puts the results in order.

They are spawned, not forked: a fork copies the locks of other threads in whatever state they are, and every pipe of the
parent, so that a dead process would not be noticed by the end of its pipe.

Each loads the calls once and has one chunk of inputs at a time. When a process ends of its own accord, it is known
what it was working on:
those inputs are tried again one by one, and the one that ends a process when it is alone with it is given up.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeAlias

from mpfcheck.checking.checker import ParameterError
from mpfcheck.checking.report import ProposalReport
from mpfcheck.engine.interruption import SIGNALS, Interrupted, Interruption
from mpfcheck.engine.registry import BrokenCallError
from mpfcheck.engine.run import Gist, RunPiece, RunTerms, gist_of
from mpfcheck.frozen import Frozen
from mpfcheck.reading.inputs import InputSource

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from mpfcheck.checking.what_if import VerdictChange
    from mpfcheck.engine.portfolio import PortfolioEntry

__all__ = ["Crash", "Processes", "deaf_to_interruptions", "work"]

AHEAD: Final = 4
"""How many chunks may be finished, for each process, while an earlier one is waited for."""
MOST_FALSE_STARTS: Final = 10
LAST_SECONDS: Final = 2.0
"""How long an interrupted run waits for what is being checked."""
FAILED: Final = 70
"""The exit code of a process that ran out of memory outside of any check."""


class Crash(Frozen):
    """What comes out of an input that ends the process that checks it: its exit code, negative for a signal."""

    exit_code: int | None


Part: TypeAlias = tuple[tuple[InputSource, ...], RunPiece | Crash]
"""Inputs, and what came out of them."""


class _Task(Frozen):
    """Inputs to check, and where what comes out of them goes."""

    position: int
    part: int
    inputs: tuple[InputSource, ...]


class _Worker:
    """One process. It has a task, or is ready for one, or has just been started."""

    def __init__(self, terms: RunTerms) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=work, args=(theirs, terms), daemon=True)
        self.ready = False
        self.task: _Task | None = None
        self.process.start()
        theirs.close()

    def end(self) -> int | None:
        """End the process, if it has not ended; its exit code."""
        self.connection.close()
        self.process.join(0.2)
        self.process.kill()
        self.process.join()
        return self.process.exitcode


class Processes:
    """Runs tasks in ``jobs`` processes. To be closed."""

    def __init__(self, jobs: int, terms: RunTerms, interruption: Interruption) -> None:
        """Start the processes; they take a moment until one is :meth:`ready`."""
        self._terms = terms
        self._interruption = interruption
        self._ahead = AHEAD * jobs
        self._false_starts = 0
        self._again: deque[_Task] = deque()
        self._parts: dict[int, list[Part | None]] = {}
        self._next_in = 0
        self._next_out = 0
        self._ending = False
        self._own: Workshop | None = None
        self._workers: list[_Worker] = []
        with deaf_to_interruptions():
            for _ in range(jobs):
                self._start()

    def ready(self) -> bool:
        """Whether a process waits for work, or none ever will."""
        self._collect(0.0)
        return not self._workers or any(worker.ready for worker in self._workers)

    def finished(self, chunks: Iterator[tuple[InputSource, ...]]) -> Iterator[Part]:
        """What comes out of the inputs, in their order.

        When interrupted, what is being checked is still finished, if it does not take long.
        """
        try:
            while True:
                self._hand_out(chunks)
                yield from self._in_order()
                if self._ending and self._next_out == self._next_in:
                    return
                if self._workers:
                    self._collect(None)
        except Interrupted:
            self._ending = True
            self._again.clear()
            end = monotonic() + LAST_SECONDS
            while any(worker.task for worker in self._workers) and (left := end - monotonic()) > 0:
                self._collect(left)
            yield from self._in_order()
            raise

    def close(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _start(self) -> None:
        try:
            self._workers.append(_Worker(self._terms))
        except OSError:
            # The system has no room for another one.
            self._false_starts += 1

    def _hand_out(self, chunks: Iterator[tuple[InputSource, ...]]) -> None:
        if not self._workers:
            if task := self._next_task(chunks):
                self._own = self._own or Workshop(self._terms)
                self._put(task, self._own.check(task.inputs))
            return
        for worker in list(self._workers):
            if not worker.ready or worker.task is not None:
                continue
            task = self._next_task(chunks)
            if task is None:
                return
            try:
                worker.connection.send(task.inputs)
                worker.task = task
            except OSError:
                # It ended before it had all of them, so it was not they that ended it.
                self._again.appendleft(task)
                self._replace(worker, false_start=True)

    def _next_task(self, chunks: Iterator[tuple[InputSource, ...]]) -> _Task | None:
        if self._again:
            return self._again.popleft()
        if self._ending or self._next_in - self._next_out >= self._ahead:
            return None
        with self._interruption.open():
            inputs = next(chunks, None)
        if inputs is None:
            self._ending = True
            return None
        task = _Task(self._next_in, 0, inputs)
        self._parts[task.position] = [None]
        self._next_in += 1
        return task

    def _collect(self, timeout: float | None) -> None:
        """Take what has come, after waiting for it; None waits for ever."""
        waited_for = [worker for worker in self._workers if worker.task or not worker.ready]
        connections = [worker.connection for worker in waited_for]
        if timeout is not None:
            come = wait(connections, timeout)
        elif connections:
            with self._interruption.open():
                come = wait(connections)
        else:
            # All of them are new or idle: there is work to hand out first.
            return
        for worker in waited_for:
            if worker.connection in come:
                self._receive(worker)

    def _receive(self, worker: _Worker) -> None:
        try:
            piece: RunPiece | None = worker.connection.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        worker.ready = True
        if piece is not None and worker.task is not None:
            self._put(worker.task, piece)
            worker.task = None

    def _bury(self, worker: _Worker) -> None:
        task = worker.task
        exit_code = self._replace(worker, false_start=task is None)
        if task is None:
            return
        if len(task.inputs) == 1:
            self._put(task, Crash(exit_code))
            return
        self._parts[task.position] = [None] * len(task.inputs)
        self._again.extend(_Task(task.position, part, (source,)) for part, source in enumerate(task.inputs))

    def _replace(self, worker: _Worker, *, false_start: bool) -> int | None:
        self._workers.remove(worker)
        self._false_starts += false_start
        exit_code = worker.end()
        if self._false_starts <= MOST_FALSE_STARTS:
            with deaf_to_interruptions():
                self._start()
        return exit_code

    def _put(self, task: _Task, came_out: RunPiece | Crash) -> None:
        self._parts[task.position][task.part] = (task.inputs, came_out)

    def _in_order(self) -> Iterator[Part]:
        while parts := self._parts.get(self._next_out):
            done = [part for part in parts if part is not None]
            if len(done) < len(parts):
                return
            del self._parts[self._next_out]
            self._next_out += 1
            yield from done


class Workshop:
    """Checks inputs on the terms of a run and makes pieces of them."""

    def __init__(self, terms: RunTerms) -> None:
        """Load the call, if there is one for all. Raises as :meth:`RunTerms.engine` does."""
        # Nobody can ask for places afterwards: what was read stays here.
        self._engine = terms.engine(for_people=False)
        self._together = terms.together
        self._what_if = terms.what_if()
        self._assessments = terms.assessments
        self._counting = terms.counting
        self._rank_by = terms.rank_by
        self._text: list[bytes] = []
        self._lines = None if terms.lines is None else terms.lines(self._text.append)

    def check(self, inputs: Sequence[InputSource]) -> RunPiece:
        """Check some inputs."""
        reports: list[ProposalReport] = []
        gists: set[Gist] = set()
        entries: list[PortfolioEntry] = []
        changes: list[VerdictChange] = []
        broken: dict[str, BrokenCallError] = {}
        notices: dict[str, None] = {}
        wrong_terms = None
        assessed: set[int] = set()
        self._text.clear()
        for source in inputs:
            try:
                checked = self._engine.check_input(source)
                if self._what_if is not None:
                    changes += checked.changes(self._what_if)
            except ParameterError as error:
                wrong_terms = error
                break
            if checked.broken is not None:
                broken[checked.broken.call_id] = checked.broken
            if checked.checker is not None and checked.checker.notice is not None:
                notices[checked.checker.notice.message] = None
            if self._lines is None:
                reports.append(checked.report)
            else:
                gists.add(gist_of(checked.report))
                if self._assessments is not None:
                    assessed |= self._assessments.about(checked.report)
                self._lines.add(checked.report)
            if self._together:
                entries.append(checked.entry(self._counting, self._rank_by))
        if self._what_if is not None:
            notices.update(dict.fromkeys(self._what_if.notices()))
        return RunPiece(
            tuple(reports),
            b"".join(self._text),
            frozenset(gists),
            tuple(entries),
            tuple(changes),
            tuple(broken.values()),
            tuple(notices),
            wrong_terms,
            frozenset(assessed),
        )


def work(connection: Connection, terms: RunTerms) -> None:
    """Say that it is ready, then check what comes until nothing more can come. Runs in a process of its own."""
    # Ctrl-C and hang-ups reach every process of the terminal, a request to end perhaps every process of a group; the
    # first one ends the others when it is done with them.
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    gc.set_threshold(200_000, 20, 20)
    try:
        # The first process is gone when nothing can be read or written any more.
        with suppress(EOFError, OSError):
            workshop = Workshop(terms)
            connection.send(None)
            while True:
                connection.send(workshop.check(connection.recv()))
    except MemoryError:
        os._exit(FAILED)


@contextmanager
def deaf_to_interruptions() -> Iterator[None]:
    """Processes started meanwhile are not ended by a signal before they can say that they do not want to be."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Starting the first process starts this one too, which would lift the mask but for hang-ups.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    resource_tracker.ensure_running()
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
