"""``mpfcheck export``: proposals as a table, for engines that read tables."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import REPLACED, call_option, files_argument, rules_option
from mpfcheck.cli.output import OutputFile, is_standard, output
from mpfcheck.cli.signals import SIGNALLED
from mpfcheck.cli.terminal import ProgressCount, say
from mpfcheck.engine.interruption import Interrupted, Interruption
from mpfcheck.extra import need_libraries
from mpfcheck.plain import plain

if TYPE_CHECKING:
    from mpfcheck.checking.report import ProposalReport
    from mpfcheck.engine.check import Engine
    from mpfcheck.reading.inputs import Input
    from mpfcheck.warehouse.table import InputsNote, TableFile

__all__ = ["MOST_NAMED", "export", "why_not_taken"]

ENDING = ".parquet"
MOST_NAMED = 20
"""So many invalid inputs are named on standard error; the side file names all."""


@click.command()
@files_argument("paths", "INPUT...", nargs=-1, required=True, type=click.Path(allow_dash=True, readable=False))
@click.option(
    "--output",
    "-o",
    "path",
    metavar="FILE.parquet",
    required=True,
    type=click.Path(),
    help=f"Write the table here. {REPLACED}",
)
@click.option(
    "--invalid",
    "side_path",
    metavar="FILE",
    type=click.Path(),
    help="Write the reports on invalid inputs here, one a line. The default is FILE.invalid.jsonl beside the table.",
)
@call_option("Read all proposals as proposals to this call, whatever they say.")
@rules_option
@click.option("--quiet", is_flag=True, help="Hide the progress line.")
@click.pass_context
def export(
    context: click.Context,
    *,
    paths: tuple[str, ...],
    path: str,
    side_path: str | None,
    call_id: str | None,
    folders: tuple[Path, ...],
    quiet: bool,
) -> None:
    """Write proposals as a table (Parquet), for survey and other programs that read tables.

    Inputs are as for check: files, folders, JSON Lines, - for standard input. Every proposal is read as check reads it.
    What is not a proposal is not in the table: it is named on standard error and in a second file, one report a line.
    All proposals of a table are for one call.

    It needs more libraries: pip install ".[warehouse]".

    Exit codes: 0 every input is in the table, 2 wrong usage, 3 an input is not a proposal, 4 a rule pack is invalid,
    130 interrupted. An interrupted run writes what it has beside the file, with "incomplete" in its name.
    """
    need_libraries("mpfcheck export", "warehouse", "duckdb", "pyarrow")
    if is_standard(path):
        raise click.UsageError("A terminal cannot show a table. Give the name of a file, such as proposals.parquet.")
    if not path.endswith(ENDING):
        raise click.UsageError(plain(f"{path} is not the name of a table. Its name must end in {ENDING}."))
    side_path = side_path or f"{path.removesuffix(ENDING)}.invalid.jsonl"
    if os.path.realpath(side_path) == os.path.realpath(path):
        raise click.UsageError("The table and the reports on invalid inputs cannot be one file. Change --invalid.")
    with Interruption() as interruption:
        try:
            code = _export(paths, path, side_path, call_id, folders, interruption, quiet=quiet)
        except Interrupted as interrupted:
            say("Interrupted. No table was written.")
            context.exit(SIGNALLED + interrupted.number)
    context.exit(code)


def _export(
    paths: tuple[str, ...],
    path: str,
    side_path: str,
    call_id: str | None,
    folders: tuple[Path, ...],
    interruption: Interruption,
    *,
    quiet: bool,
) -> int:
    from mpfcheck.cli.usage import usage_errors

    with interruption.open(), usage_errors():
        from mpfcheck.cli.keeping import keep_inputs
        from mpfcheck.engine.check import Engine
        from mpfcheck.engine.registry import Registry, Terms
        from mpfcheck.reading.folder import total_size
        from mpfcheck.reading.inputs import open_inputs
        from mpfcheck.warehouse.intake import SeveralCallsError

        engine = Engine(Registry(folders), Terms(call_id=call_id), choose="choose one with --call")
        engine.ready()
        keep_inputs(paths, path)
        keep_inputs(paths, side_path, option="--invalid")
    interrupted: int | None = None
    with ExitStack() as files, usage_errors():
        table = files.enter_context(output(path, marked=False))
        side = files.enter_context(output(side_path, marked=False))
        job = _Job(engine, table, side)
        files.callback(job.close)
        progress = ProgressCount(
            shown=not quiet and sys.stderr.isatty(), find_total=partial(total_size, paths), done="read"
        )
        inputs = open_inputs(paths, pass_over=job.intake.passed_over.append)
        try:
            while True:
                with interruption.open():
                    source = next(inputs, None)
                if source is None:
                    break
                job.take(source)
                progress.step(1, source.size)
        except SeveralCallsError as error:
            raise click.UsageError(str(error)) from None
        except Interrupted as signal:
            interrupted = signal.number
            table.partial = side.partial = True
        finally:
            progress.clear()
        if interrupted is not None and not job.knows_call:
            raise Interrupted(interrupted)
        note = job.finish(interrupted=interrupted is not None)
    _say_end(job, note, table, side)
    if interrupted is not None:
        return SIGNALLED + interrupted
    return ExitCode.INPUT if note.invalid or not note.complete else ExitCode.OK


class NoProposalError(click.ClickException):
    """Inputs of which none says for which call a table of them would be."""

    exit_code = ExitCode.INPUT


class _Job:
    """One table that is being written: the file is begun when the first proposal says for which call it is."""

    def __init__(self, engine: Engine, table: OutputFile, side: OutputFile) -> None:
        from mpfcheck.report.as_json import JsonLinesReporter
        from mpfcheck.report.overview import InputSeal
        from mpfcheck.warehouse.intake import Intake

        self.intake = Intake(engine, InputSeal())
        self._destination = table
        self._side = JsonLinesReporter(side.write_utf8)
        self._file: TableFile | None = None

    @property
    def knows_call(self) -> bool:
        """Whether it is known for which call the table is."""
        return self.intake.checker is not None

    @property
    def proposals(self) -> int:
        """How many proposals were written."""
        return 0 if self._file is None else self._file.proposals

    def take(self, source: Input) -> None:
        """Write an input into the table or into the side file."""
        from mpfcheck.checking.report import ProposalReport

        taken = self.intake.take(source)
        if isinstance(taken, ProposalReport):
            self._side.add(taken)
            if self.intake.invalid <= MOST_NAMED:
                say(plain(f"Not in the table: {why_not_taken(taken)}"))
            return
        self._begin().add(source.path, source.line, *taken)

    def _begin(self) -> TableFile:
        """Start the table if necessary, and return it. Raises NoProposalError if its call is not known."""
        if self._file is None:
            from mpfcheck.warehouse.table import ProposalTable, TableFile

            if self.intake.checker is None:
                raise NoProposalError("None of the inputs is a proposal that names its call, so there is no table.")
            self._file = TableFile(ProposalTable(self.intake.checker.call), self._destination.write_bytes)
        return self._file

    def finish(self, *, interrupted: bool) -> InputsNote:
        """Write the end of the table; raises NoProposalError where nobody knows for which call it would be."""
        note = self.intake.note(interrupted=interrupted)
        self._begin().finish(note)
        return note

    def close(self) -> None:
        """Leave the table as it is."""
        if self._file is not None:
            self._file.close()


def why_not_taken(report: ProposalReport) -> str:
    """Which input is not a proposal, and why."""
    from mpfcheck.checking.problems import main_problem
    from mpfcheck.report.words import input_name

    problem = main_problem(report.problems)
    return f"{input_name(report.input)}: {problem.message if problem else 'It could not be read.'}"


def _say_end(job: _Job, note: InputsNote, table: OutputFile, side: OutputFile) -> None:
    from mpfcheck.report.words import counted

    lines = [f"Not read: {one.path}: {one.why}" for one in note.passed_over]
    if note.invalid > MOST_NAMED:
        lines.append(f"… and {note.invalid - MOST_NAMED} more.")
    if note.interrupted:
        lines.append("Interrupted. The table is not complete.")
    lines.append(f"{counted(job.proposals, 'proposal')} written to {table.path}.")
    if note.invalid:
        lines.append(f"{counted(note.invalid, 'input')} not in the table, named in {side.path}.")
    for line in lines:
        say(plain(line))
