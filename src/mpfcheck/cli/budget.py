"""``mpfcheck budget``: the budget of a draft as a workbook, out and in."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mpfcheck.cli.drafts import DraftFileError, open_draft
from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import REPLACED, call_argument, call_option, rules_option
from mpfcheck.cli.terminal import say

if TYPE_CHECKING:
    from mpfcheck.drafting.budget.columns import UnclearColumnsError
    from mpfcheck.drafting.budget.reading import BudgetTable
    from mpfcheck.drafting.desk import Work
    from mpfcheck.drafting.session import Session
    from mpfcheck.forms.form import Group

__all__ = ["budget"]


@click.group()
def budget() -> None:
    """Write the budget as a workbook, and read it back.

    \b
    mpfcheck budget template CALL -o budget.xlsx     an empty budget of a call
    mpfcheck budget write draft.json -o budget.xlsx  the budget of a draft
    mpfcheck budget read budget.xlsx draft.json      take a budget into a draft

    Workbooks need more libraries: pip install ".[xlsx]".
    """  # noqa: D301 - the backspace is click's mark for lines to keep as they are


def _workbook_name(_context: click.Context, _parameter: click.Parameter, path: Path) -> Path:
    if path.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"{path.name!r} is not the name of a workbook. Its name must end in .xlsx.")
    return path


_output = click.option(
    "--output",
    "-o",
    metavar="FILE.xlsx",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_workbook_name,
    help=f"Write the workbook to this file. {REPLACED}",
)


@budget.command()
@call_argument()
@_output
@rules_option
def template(call_id: str, output: Path, folders: tuple[Path, ...]) -> None:
    """Write an empty budget of a call as a workbook, to fill in.

    It has the shape of the budgets of EU external actions: headings, units, number of units, unit value, total,
    subtotals, indirect costs, reserve, the costs by applicant and the sources of funding. It computes as you type.
    """
    from mpfcheck.cli.usage import usage_errors
    from mpfcheck.drafting.session import Session, new_document
    from mpfcheck.engine.registry import Registry
    from mpfcheck.forms.load import NoFormError

    registry = Registry(folders)
    with usage_errors(call_id):
        checker = registry.checker(call_id)
        try:
            form = registry.form(call_id)
        except NoFormError as error:
            raise click.UsageError(str(error)) from None
    _write(Session(checker, form, new_document(form)), output)


@budget.command()
@click.argument("draft", metavar="DRAFT", type=click.Path(path_type=Path))
@_output
@call_option("The call of a draft that does not name its call.")
@rules_option
def write(draft: Path, output: Path, call_id: str | None, folders: tuple[Path, ...]) -> None:
    """Write the budget of a draft as a workbook.

    The lines keep their ids in a hidden column, so that mpfcheck budget read finds them again. The draft is not
    changed.
    """
    with open_draft(draft, call_id, folders) as work:
        _write(work.session, output, keep=draft)


def _write(session: Session, output: Path, *, keep: Path | None = None) -> None:
    from mpfcheck.cli.output import write_whole
    from mpfcheck.drafting.budget.workbook import NoBudgetError, budget_workbook

    try:
        data = budget_workbook(session)
    except NoBudgetError as error:
        raise click.UsageError(str(error)) from None
    write_whole(str(output), data, keep=None if keep is None else str(keep))


def _columns(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        name, equals, column = text.partition("=")
        if not (name.strip() and equals and column.strip().isalpha() and column.isascii() and len(column.strip()) <= 3):
            raise click.BadParameter(f"{text!r} is not of the form FIELD=COLUMN, such as amount=H.")
        found[name.strip()] = column.strip().upper()
    return found


@budget.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("draft", metavar="DRAFT", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Take the changes into the draft without asking.")
@click.option("--sheet", metavar="NAME", help="Read this sheet of the workbook.")
@click.option(
    "--column",
    "columns",
    metavar="FIELD=COLUMN",
    multiple=True,
    callback=_columns,
    help="Say which column is what, such as amount=H. Repeatable. The fields are heading, description, applicant, "
    "unit, quantity, unit_cost, amount and id.",
)
@click.option("--unfinished", is_flag=True, help="More lines may come: leave the list of budget lines open.")
@call_option("The call of a draft that does not name its call.")
@rules_option
@click.pass_context
def read(
    context: click.Context,
    *,
    file: Path,
    draft: Path,
    yes: bool,
    sheet: str | None,
    columns: dict[str, str],
    unfinished: bool,
    call_id: str | None,
    folders: tuple[Path, ...],
) -> None:
    """Show what a budget would change in a draft, and take it.

    FILE is a workbook (.xlsx, .ods) or a text file (.csv, .tsv): one that mpfcheck wrote, one in the shape of the
    budgets of EU external actions, or a plain table. Its columns are recognised by their headings. The lines in FILE
    become the lines of the draft, and the list is complete then; --unfinished says that more lines may come. Amounts
    with more than two decimals are refused, not rounded.

    Without --yes, a terminal asks before the draft is changed; without a terminal, nothing is changed. Exit codes: 0
    the draft has this budget, 1 there are changes that were not taken, 2 wrong usage, 3 a file cannot be read.
    """
    # Who only looks needs no draft of their own: somebody else may have it open.
    only_shown = not (yes or sys.stdin.isatty())
    with open_draft(draft, call_id, folders, read_only=only_shown) as work:
        group = _group(work.session)
        found = _budget(file, work.session, group, columns, sheet)
        context.exit(_take(work, group, found, yes=yes, unfinished=unfinished))


def _group(session: Session) -> Group:
    from mpfcheck.drafting.budget.taking import budget_lines_of

    group = budget_lines_of(session)
    if group is None:
        raise click.UsageError(f"The form of {session.call.id} asks for no budget lines.")
    return group


def _budget(file: Path, session: Session, group: Group, columns: Mapping[str, str], sheet: str | None) -> BudgetTable:
    """The budget in a file; where it cannot be told which column is what, a terminal is asked."""
    from mpfcheck.drafting.budget.columns import UnclearColumnsError
    from mpfcheck.drafting.budget.taking import budget_in
    from mpfcheck.reading.tables import read_table_file

    with _table_errors():
        try:
            data = file.read_bytes()
        except OSError as error:
            raise DraftFileError(f"{file} cannot be read: {error.strerror}.") from None
        tables = read_table_file(data, file.name)
        if sheet is not None and sheet not in (known := [one.name for one in tables.sheets]):
            raise click.UsageError(f"There is no sheet {sheet}. The sheets are: {', '.join(known)}.")
        chosen = _chosen(group, columns)
        try:
            return budget_in(tables, session, group, chosen=chosen, sheet=sheet)
        except UnclearColumnsError as error:
            if not (_at_a_terminal() and error.heads):
                # What a line is for comes first, and what it costs last.
                heads = list(error.heads)
                hint = (
                    f" Name the columns, for example: --column description={heads[0]} --column amount={heads[-1]}"
                    if heads
                    else ""
                )
                raise click.UsageError(f"{error}{hint}") from None
            chosen = _ask_for_columns(group, error)
            return budget_in(tables, session, group, chosen=chosen, sheet=error.sheet.name or None)


def _at_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


@contextmanager
def _table_errors() -> Iterator[None]:
    from mpfcheck.plain import plain
    from mpfcheck.reading.tables import TableError

    try:
        yield
    except TableError as error:
        raise DraftFileError(plain(str(error))) from None


def _chosen(group: Group, columns: Mapping[str, str]) -> dict[str, int] | None:
    from mpfcheck.reading.tables import MAX_COLUMNS, column_number

    known = {".".join(question.field) for question in group.questions} | {"id"}
    for field, column in columns.items():
        if field not in known:
            raise click.UsageError(f"A budget line has no field {field}. The fields are: {', '.join(sorted(known))}.")
        if column_number(column) >= MAX_COLUMNS:
            raise click.UsageError(f"There is no column {column} so far to the right.")
    return {field: column_number(column) for field, column in columns.items()} or None


def _ask_for_columns(group: Group, error: UnclearColumnsError) -> dict[str, int]:
    """Ask, on a terminal, which column is what."""
    from mpfcheck.reading.tables import column_number

    say(str(error))
    say("Type the letter of each column. Press Enter where the table has no such column.")
    found: dict[str, int] = {}
    for question in group.questions:
        words = question.title
        while True:
            choice = click.prompt(words, default="", show_default=False, err=True).strip().upper()
            if not choice or choice in error.heads:
                break
            words = f"{question.title} ({', '.join(error.heads)})"
        if choice:
            found[".".join(question.field)] = column_number(choice)
    return found


def _take(work: Work, group: Group, found: BudgetTable, *, yes: bool, unfinished: bool) -> ExitCode:
    """Show what would change, and take it where that is wanted."""
    from mpfcheck.cli.output import show
    from mpfcheck.drafting.budget.taking import taking_of
    from mpfcheck.drafting.words import verdict_words
    from mpfcheck.report.say.budget import problem_blocks, taking_blocks
    from mpfcheck.report.words import counted

    if found.problems:
        show(problem_blocks([(problem.place, problem.message) for problem in found.problems]))
        return ExitCode.INPUT
    if not found.lines:
        raise DraftFileError("The table has no line with a cost. The draft is unchanged.")
    taking = taking_of(work.session, group, found, unfinished=unfinished)
    changes = [(change.sign, change.subject, change.details) for change in taking.changes]
    lines = counted(len(found.lines), "line")
    show(taking_blocks(f"{lines} read. {taking.in_words()}", found.notes, changes))
    if not taking.changes:
        return ExitCode.OK
    if not yes and not (sys.stdin.isatty() and click.confirm("Take these changes into the draft?", err=True)):
        say("The draft is unchanged." if sys.stdin.isatty() else "The draft is unchanged. To take the changes: --yes")
        return ExitCode.FINDING
    work.session.replace(taking.document, step="budget read from a table")
    work.save()
    say(f"Taken. The verdict is now: {verdict_words(work.session.verdict)}")
    return ExitCode.OK
