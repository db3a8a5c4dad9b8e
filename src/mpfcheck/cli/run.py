"""One run of ``mpfcheck check``: reports go out as they come in, and what is finished when it ends is written."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from mpfcheck.cli.batch import Batch
from mpfcheck.cli.outcome import Outcome
from mpfcheck.cli.output import is_standard, output
from mpfcheck.cli.progress import Progress

if TYPE_CHECKING:
    from mpfcheck.reporting.reporter import Reporter, Write

__all__ = ["run"]


def run(
    batch: Batch,
    outcome: Outcome,
    paths: Sequence[str],
    reporter_to: Callable[[Write], Reporter],
    *,
    output_path: str | None,
    quiet: bool,
) -> None:
    """Check everything and write the report; ``outcome`` learns what was found.

    Raises click.UsageError where the output cannot be written or would take the place of a proposal.
    """
    _keep_inputs(paths, output_path)
    with output(output_path) as write:
        seen = is_standard(output_path) and sys.stdout.isatty()
        progress = Progress(shown=not quiet and not seen and sys.stderr.isatty())
        reporter = reporter_to(write)
        try:
            for report, on_demand in batch.reports(paths, outcome):
                reporter.add(report, on_demand)
                outcome.add(report)
                progress.step()
        except KeyboardInterrupt:
            outcome.interrupt()
        finally:
            progress.clear()
        reporter.finish()
    if outcome.interrupted:
        sys.stderr.write("Interrupted; what was finished is written.\n")


def _keep_inputs(paths: Sequence[str], output_path: str | None) -> None:
    if output_path is None or is_standard(output_path) or not os.path.exists(output_path):
        return
    for path in paths:
        if path != "-" and os.path.isfile(path) and os.path.samefile(path, output_path):
            raise click.UsageError(f"The report would take the place of the proposal {path}. Choose another --output.")
