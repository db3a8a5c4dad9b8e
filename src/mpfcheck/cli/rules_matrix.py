"""``mpfcheck rules matrix``: the table of clauses, rules, examples and messages, for those who sign a pack off."""

from __future__ import annotations

from pathlib import Path

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import complete_calls, rules_option

__all__ = ["matrix"]


@click.command()
@click.argument("call_id", metavar="CALL", shell_complete=complete_calls)
@click.option("--format", "format_name", type=click.Choice(("markdown", "csv")), default="markdown", show_default=True)
@click.option("--output", metavar="FILE", type=click.Path(allow_dash=True), help="Write the table to a file.")
@rules_option
@click.pass_context
def matrix(
    context: click.Context, call_id: str, format_name: str, output: str | None, folders: tuple[Path, ...]
) -> None:
    """Write the table for the sign-off of a call: clause, rule, examples, message.

    It holds what the sources say, piece by piece, and what becomes of each: the rules that hold to it, what is left to
    people on purpose, and what is not known. The clauses are listed in the pack's clauses.yaml. The exit code is 4
    where an example does not hold or the pack cannot be read.
    """
    from mpfcheck.checking.pack_tests.pack_test import run_examples
    from mpfcheck.cli.library import Library, unbroken
    from mpfcheck.cli.output import is_standard
    from mpfcheck.cli.output import output as opened
    from mpfcheck.packs.clause import load_clauses
    from mpfcheck.report.clause_matrix import rows
    from mpfcheck.report.clause_matrix_text import matrix_csv, matrix_markdown
    from mpfcheck.report.pack_changes.versions import standing

    library = Library(folders)
    call = library.asked(call_id)
    with unbroken(call.id):
        clauses = load_clauses(call)
        state = standing(call, library.versions(call.id))
    test = run_examples(call)
    table = rows(call, clauses, test)
    with opened(output) as destination:
        if format_name == "csv":
            destination.write(matrix_csv(table, byte_order_mark=not is_standard(output)))
        else:
            destination.write(matrix_markdown(test, table, state))
    context.exit(ExitCode.PACK if test.failed else ExitCode.OK)
