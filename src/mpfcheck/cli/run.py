"""One run of ``mpfcheck check``: reports go out as they come in, and what is finished when it ends is written."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from mpfcheck import __version__
from mpfcheck.cli.batch import Batch
from mpfcheck.cli.outcome import Outcome
from mpfcheck.cli.output import output, style_for, width_for
from mpfcheck.cli.progress import Progress
from mpfcheck.reporting.reporter import Reporter, Write

__all__ = ["run"]


def run(
    batch: Batch, outcome: Outcome, paths: Sequence[str], *, format_name: str, output_path: str | None, quiet: bool
) -> None:
    """Check everything and write the report; ``outcome`` learns what was found.

    Raises click.UsageError where the output cannot be written or would take the place of a proposal.
    """
    _keep_inputs(paths, output_path)
    with output(output_path) as write:
        to_terminal = output_path in (None, "-") and sys.stdout.isatty()
        progress = Progress(shown=not quiet and not to_terminal and sys.stderr.isatty())
        reporter = _reporter(format_name, write, output_path, only_trouble=quiet)
        try:
            for report, explain in batch.reports(paths, outcome):
                reporter.add(report, explain)
                outcome.add(report)
                progress.step()
        except KeyboardInterrupt:
            outcome.interrupt()
        finally:
            progress.clear()
        reporter.finish()
    if outcome.interrupted:
        sys.stderr.write("Interrupted; what was finished is written.\n")


def _reporter(format_name: str, write: Write, output_path: str | None, *, only_trouble: bool) -> Reporter:
    # Each format is imported only where it is asked for.
    if format_name == "json":
        from mpfcheck.reporting.json import JsonReporter

        return JsonReporter(write, version=__version__)
    if format_name == "jsonl":
        from mpfcheck.reporting.jsonl import JsonLinesReporter

        return JsonLinesReporter(write)
    from mpfcheck.reporting.style import Style
    from mpfcheck.reporting.text import TextReporter

    if output_path in (None, "-"):
        style, width = style_for(sys.stdout), width_for(sys.stdout)
        return TextReporter(write, style=style, width=width, only_trouble=only_trouble)
    return TextReporter(write, style=Style(), only_trouble=only_trouble)


def _keep_inputs(paths: Sequence[str], output_path: str | None) -> None:
    if output_path in (None, "-") or not os.path.exists(output_path):
        return
    for path in paths:
        if path != "-" and os.path.isfile(path) and os.path.samefile(path, output_path):
            raise click.UsageError(f"The report would take the place of the proposal {path}. Choose another --output.")
