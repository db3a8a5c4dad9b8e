"""``mpfcheck survey``: very many proposals counted, from a table or through the reader."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mpfcheck.cli.exit_codes import ExitCode, strongest
from mpfcheck.cli.export import MOST_NAMED, why_not_taken
from mpfcheck.cli.options import (
    call_option,
    changes_option,
    date_option,
    files_argument,
    format_option,
    output_option,
    rules_option,
)
from mpfcheck.cli.output import document, is_standard, page_text
from mpfcheck.cli.output import output as opened
from mpfcheck.cli.signals import SIGNALLED
from mpfcheck.cli.terminal import ProgressCount, say
from mpfcheck.engine.interruption import Interrupted, Interruption
from mpfcheck.extra import need_libraries
from mpfcheck.plain import plain
from mpfcheck.version import __version__

if TYPE_CHECKING:
    import pyarrow as pa

    from mpfcheck.warehouse.survey import Survey, TableSource

__all__ = ["survey"]

LISTED = ("eligible", "ineligible", "incomplete", "review", "inconclusive")


@click.command()
@files_argument("path", "FILE", type=click.Path(allow_dash=True, readable=False))
@call_option("Count by the rules of this call. A table names its call; other inputs need the option.")
@date_option("--as-of", "day", "Apply the rules and limits in force on this date (YYYY-MM-DD).")
@changes_option("--set", "changes", "Try another value for a parameter of the call; the survey says so. Repeatable.")
@click.option("--by", metavar="FIELD,...", help="Count by these fields too, such as fund,lead.country.")
@click.option("--list", "list_of", type=click.Choice(LISTED), help="List the proposals with this verdict.")
@click.option("--verdicts", is_flag=True, help="Count verdicts only: apply just the rules that make them. Faster.")
@format_option("text", "json", "csv", "html", "markdown")
@output_option("Write the survey to this file.")
@click.option(
    "--memory",
    metavar="SIZE",
    default="1GB",
    show_default=True,
    help="The memory that the engine may use, such as 512MB or 4GB. Beyond it, it writes to disk.",
)
@rules_option
@click.option("--quiet", is_flag=True, help="Hide the progress line.")
@click.pass_context
def survey(
    context: click.Context,
    *,
    path: str,
    call_id: str | None,
    day: date | None,
    changes: dict[str, str],
    by: str | None,
    list_of: str | None,
    verdicts: bool,
    format_name: str,
    output: str | None,
    memory: str,
    folders: tuple[Path, ...],
    quiet: bool,
) -> None:
    """Count verdicts and rules over very many proposals.

    FILE is a table of mpfcheck export (.parquet). It can also be a file or folder of proposals, or - for standard
    input: these are read first, one by one. An embedded engine applies the rules as SQL. The proposals that SQL cannot
    judge are judged as check judges them, so every proposal is counted. For the reasons of a single verdict, use check.

    It needs more libraries: pip install ".[warehouse]".

    Exit codes: 0 everything was counted, 2 wrong usage, 3 an input is not a proposal or was not read (also when the
    table was written), 4 a rule pack is invalid, 5 a rule could not be evaluated, 130 interrupted (nothing is written
    then).
    """
    need_libraries("mpfcheck survey", "warehouse", "duckdb", "pyarrow")
    by_names = tuple(name.strip() for name in by.split(",") if name.strip()) if by else ()
    with Interruption() as interruption:
        try:
            counting = _Counting(path, call_id, day, changes, folders, interruption, written=output, verdicts=verdicts)
            with opened(output) as destination:
                found = counting.survey(by_names, list_of, memory, shown=not quiet and sys.stderr.isatty())
                destination.write(_text(found, format_name, byte_order_mark=not is_standard(output)))
        except Interrupted as interrupted:
            say("Interrupted. No survey was written.")
            context.exit(SIGNALLED + interrupted.number)
    if found.notice is not None:
        say(plain(f"Warning: {found.notice}"))
    context.exit(_code(found))


def _code(found: Survey) -> ExitCode:
    """The code to end with: that of check for the same inputs, findings apart, which a survey only counts."""
    from mpfcheck.checking.report import Status

    codes = [ExitCode.INPUT] if found.inputs.invalid or not found.inputs.complete else []
    if any(rule.statuses.get(Status.INCONCLUSIVE) for rule in found.rules):
        codes.append(ExitCode.INCONCLUSIVE)
    return strongest(codes)


class TableFileError(click.ClickException):
    """A file that should hold a table and does not."""

    exit_code = ExitCode.INPUT


class _Counting:
    """One survey: its inputs and its terms. Wrong usage is found before anything is counted."""

    def __init__(
        self,
        path: str,
        call_id: str | None,
        day: date | None,
        changes: dict[str, str],
        folders: tuple[Path, ...],
        interruption: Interruption,
        *,
        written: str | None,
        verdicts: bool,
    ) -> None:
        from mpfcheck.checking.checker import Checker
        from mpfcheck.cli.keeping import keep_inputs
        from mpfcheck.cli.usage import usage_errors
        from mpfcheck.engine.check import Engine
        from mpfcheck.engine.registry import Registry, Terms
        from mpfcheck.warehouse.table import InputsNote, NotATableError

        self._path = path
        self._interruption = interruption
        self._inputs = InputsNote()
        self._table: TableSource | None = None
        with interruption.open(), usage_errors(), _errors():
            keep_inputs((path,), written)
            if path.endswith(".parquet"):
                from mpfcheck.warehouse.survey import TableSource

                self._table = TableSource(path)
                call_id = call_id or self._table.note.call
            elif call_id is None:
                raise click.UsageError("Choose the call with --call. Only a table of mpfcheck export names its call.")
            terms = Terms(call_id, day, tuple(changes.items()))
            self._engine = Engine(Registry(folders), terms)
            self._checker = self._engine.checker_of(call_id)
            if verdicts:
                from mpfcheck.warehouse.survey import rules_of_verdicts

                call = self._checker.call
                self._checker = Checker(call, self._checker.as_of, self._checker.changed, rules_of_verdicts(call))
            if self._table is not None:
                try:
                    self._table.need_columns_of(self._checker)
                except NotATableError as error:
                    raise click.UsageError(plain(str(error))) from None

    def survey(self, by: tuple[str, ...], list_of: str | None, memory: str, *, shown: bool) -> Survey:
        """Count everything."""
        from mpfcheck.checking.report import Verdict
        from mpfcheck.warehouse.survey import Surveyor

        progress = ProgressCount(shown=shown, done="counted")
        with _errors():
            surveyor = Surveyor(
                self._checker, by=by, list_of=None if list_of is None else Verdict(list_of), memory=memory
            )
            slices = self._read() if self._table is None else self._table.slices(surveyor.fields())
            counting = surveyor.count(slices)
            try:
                while True:
                    with self._interruption.open():
                        counted = next(counting, None)
                    if counted is None:
                        break
                    progress.step(counted)
            finally:
                counting.close()
                progress.clear()
            inputs = self._inputs if self._table is None else self._table.note.inputs
            return surveyor.finish(inputs, of_table=self._table is not None)

    def _read(self) -> Iterator[pa.Table]:
        """The inputs as tables, through the reader."""
        from mpfcheck.checking.report import ProposalReport
        from mpfcheck.reading.inputs import open_inputs
        from mpfcheck.report.overview import InputSeal
        from mpfcheck.warehouse.intake import Intake
        from mpfcheck.warehouse.table import ROW_GROUP, ProposalTable

        intake = Intake(self._engine, InputSeal())
        table = ProposalTable(self._checker.call)
        rows: list[tuple[str | None, int | None, str | None, Mapping[str, object]]] = []
        for source in open_inputs([self._path], pass_over=intake.passed_over.append):
            taken = intake.take(source)
            if isinstance(taken, ProposalReport):
                if intake.invalid <= MOST_NAMED:
                    say(plain(f"Not counted: {why_not_taken(taken)}"))
                continue
            rows.append((source.path, source.line, *taken))
            if len(rows) == ROW_GROUP:
                yield table.batch(rows)
                rows.clear()
        yield table.batch(rows)
        for one in intake.passed_over:
            say(plain(f"Not read: {one.path}: {one.why}"))
        self._inputs = intake.note()


@contextmanager
def _errors() -> Iterator[None]:
    """Turn what is wrong with a table, a field or the memory into an error of the command line."""
    import duckdb

    from mpfcheck.warehouse.survey import FieldError
    from mpfcheck.warehouse.table import NotATableError

    try:
        yield
    except NotATableError as error:
        raise TableFileError(plain(str(error))) from None
    except FieldError as error:
        raise click.UsageError(plain(str(error))) from None
    except duckdb.OutOfMemoryException:
        raise click.UsageError("The engine needs more memory than it may use. Give it more with --memory.") from None
    except duckdb.ParserException:
        raise click.UsageError("--memory must be a number with its unit, such as 512MB or 4GB.") from None
    except OSError as error:
        raise TableFileError(plain(f"The table cannot be read: {error.strerror or error}.")) from None


def _text(found: Survey, format_name: str, *, byte_order_mark: bool) -> str:
    from mpfcheck.report.say.survey import survey_as_csv, survey_as_json, survey_blocks

    match format_name:
        case "json":
            return json.dumps(survey_as_json(found, __version__), ensure_ascii=False, indent=2) + "\n"
        case "csv":
            return survey_as_csv(found, byte_order_mark=byte_order_mark)
        case "text":
            return page_text(survey_blocks(found), sys.stdout)
    return document(survey_blocks(found), format_name, f"Survey of {found.call.id}")
