"""One run of ``mpfcheck check``: reports go out as they come in, and what is finished when it ends is written."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import click

from mpfcheck.cli.gathering import Gathering
from mpfcheck.cli.interruption import Interrupted, Interruption
from mpfcheck.cli.outcome import Outcome
from mpfcheck.cli.output import is_standard, output
from mpfcheck.cli.progress import Progress, say
from mpfcheck.cli.terms import Terms
from mpfcheck.cli.work import Work
from mpfcheck.reading.folder import total_size, walk
from mpfcheck.reading.sources import is_report
from mpfcheck.report.plain import plain
from mpfcheck.report.words import counted, not_complete

if TYPE_CHECKING:
    from mpfcheck.checking.report import ProposalReport
    from mpfcheck.report.overview import Run
    from mpfcheck.report.reporter import Reporter, Write

__all__ = ["run"]


def run(
    terms: Terms,
    paths: Sequence[str],
    reporter_to: Callable[[Write], Reporter],
    *,
    interruption: Interruption,
    older: Sequence[ProposalReport] | None = None,
    jobs: int,
    output_path: str | None,
    quiet: bool,
    tells: bool,
) -> Outcome:
    """Check everything, in up to ``jobs`` processes, and write the report; what was found is the outcome.

    ``older`` are the reports of a run that this one is compared with. ``tells`` is whether the format ends with a
    summary, which says what was not checked; otherwise standard error has to.
    Raises click.UsageError where the output cannot be written or would take the place of a proposal, or where the call
    or a parameter is not there, BrokenPackError where the call cannot be used, OutputError where the report can no
    longer be written, and Interrupted where somebody does not want to wait for it.
    """
    with interruption.open():
        batch = terms.batch(for_people=terms.for_people)
        outcome = terms.outcome()
        _keep_inputs(paths, output_path)
    with output(output_path, marked=tells) as destination:
        write = destination.write
        seen = is_standard(output_path) and sys.stdout.isatty()
        shown = not quiet and not seen and sys.stderr.isatty()
        progress = Progress(shown=shown, find_total=partial(total_size, paths))
        reporter = reporter_to(write)
        gathering = Gathering(terms, batch, older)
        work = Work(terms, batch, outcome, jobs, interruption)
        said: set[str] = set()
        reported = 0
        try:
            with closing(work.finished(paths)) as all_finished:
                for finished in all_finished:
                    for report, on_demand in finished.reports:
                        reporter.add(report, on_demand)
                        outcome.add(report)
                    gathering.add(finished)
                    if finished.text:
                        write(finished.text)
                    reported += finished.inputs
                    progress.step(finished.inputs, finished.size)
                    if len(outcome.broken_packs) > len(said):
                        _say_broken(outcome, said)
        except Interrupted as interrupted:
            outcome.interrupt(interrupted.number)
            destination.partial = True
        finally:
            progress.clear()
        course = outcome.run()
        overview = gathering.overview(course)
        outcome.compare(overview.comparison)
        reporter.finish(overview)
    # Processes find them in whatever order they come to a call.
    for notice in sorted({*outcome.notices, *gathering.notices()}):
        say(plain(f"Warning: {notice}"))
    _say_run(course, reported, output_path, destination.path, tells=tells)
    return outcome


def _say_run(run: Run, reported: int, asked_for: str | None, path: str | None, *, tells: bool) -> None:
    """Say what a person must know of the run beside its report."""
    lines = []
    if run.interrupted:
        lines.append(f"Interrupted. The report is not complete: {counted(reported, 'proposal')} checked.")
        if path is not None:
            kept = f"; {asked_for} is unchanged" if path != asked_for and os.path.exists(asked_for or "") else ""
            lines.append(f"It was written to {path}{kept}.")
    elif not run.complete and (not tells or path is not None):
        lines += not_complete(run)
    # What the report has no place for must be said here; what it cannot do without, too.
    named = [one for one in run.passed_over if not tells or (one.possible and path is not None)]
    lines += [f"Not checked: {one.path}: {one.why}" for one in named]
    for line in lines:
        say(plain(line))


def _say_broken(outcome: Outcome, said: set[str]) -> None:
    """Say what is wrong with calls that cannot be used, once."""
    for call_id in outcome.broken_packs.keys() - said:
        said.add(call_id)
        say(f"Error: {outcome.broken_packs[call_id]}")


def _keep_inputs(paths: Sequence[str], output_path: str | None) -> None:
    """Refuse an output in the place of a proposal, given by itself or with its folder."""
    if output_path is None or is_standard(output_path) or not os.path.isfile(output_path) or is_report(output_path):
        return
    for path in paths:
        for found in walk(path) if os.path.isdir(path) else (path,):
            # One that is not there, or no file, is no proposal to lose.
            if isinstance(found, str) and os.path.isfile(found) and os.path.samefile(found, output_path):
                raise click.UsageError(
                    plain(f"The report would take the place of the proposal {found}. Choose another --output.")
                )
