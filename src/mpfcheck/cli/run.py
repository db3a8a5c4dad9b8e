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
from mpfcheck.cli.interruption import Interruption
from mpfcheck.cli.outcome import Outcome
from mpfcheck.cli.output import is_standard, output
from mpfcheck.cli.progress import Progress
from mpfcheck.cli.terms import Terms
from mpfcheck.cli.work import Work
from mpfcheck.reading.size import total_size

if TYPE_CHECKING:
    from mpfcheck.checking.report import ProposalReport
    from mpfcheck.reporting.reporter import Reporter, Write

__all__ = ["run"]


def run(
    terms: Terms,
    paths: Sequence[str],
    reporter_to: Callable[[Write], Reporter],
    *,
    older: Sequence[ProposalReport] | None = None,
    jobs: int,
    output_path: str | None,
    quiet: bool,
) -> Outcome:
    """Check everything, in up to ``jobs`` processes, and write the report; what was found is the outcome.

    ``older`` are the reports of a run that this one is compared with.
    Raises click.UsageError where the output cannot be written or would take the place of a proposal, or where the call
    or a parameter is not there, and BrokenPackError where the call cannot be used.
    """
    batch = terms.batch(for_people=terms.for_people)
    outcome = terms.outcome()
    _keep_inputs(paths, output_path)
    with output(output_path) as write, Interruption() as interruption:
        seen = is_standard(output_path) and sys.stdout.isatty()
        shown = not quiet and not seen and sys.stderr.isatty()
        progress = Progress(shown=shown, find_total=partial(total_size, paths))
        reporter = reporter_to(write)
        gathering = Gathering(terms, batch, older)
        work = Work(terms, batch, outcome, jobs, interruption)
        said: set[str] = set()
        try:
            with closing(work.finished(paths)) as all_finished:
                for finished in all_finished:
                    for report, on_demand in finished.reports:
                        reporter.add(report, on_demand)
                        outcome.add(report)
                    gathering.add(finished)
                    if finished.text:
                        write(finished.text)
                    progress.step(finished.inputs, finished.size)
                    if len(outcome.broken_packs) > len(said):
                        _say_broken(outcome, said)
        except KeyboardInterrupt:
            outcome.interrupt()
        finally:
            progress.clear()
        overview = gathering.overview(interrupted=outcome.interrupted)
        outcome.compare(overview.comparison)
        reporter.finish(overview)
    if outcome.interrupted:
        sys.stderr.write("Interrupted; what was finished is written.\n")
    return outcome


def _say_broken(outcome: Outcome, said: set[str]) -> None:
    """Say what is wrong with calls that cannot be used, once."""
    for call_id in outcome.broken_packs.keys() - said:
        said.add(call_id)
        click.echo(f"Error: {outcome.broken_packs[call_id]}", err=True)


def _keep_inputs(paths: Sequence[str], output_path: str | None) -> None:
    if output_path is None or is_standard(output_path) or not os.path.exists(output_path):
        return
    for path in paths:
        if path != "-" and os.path.isfile(path) and os.path.samefile(path, output_path):
            raise click.UsageError(f"The report would take the place of the proposal {path}. Choose another --output.")
