"""``mpfcheck rules``: the rules of a call, its versions, its traceability matrix and its export.

What checks and changes rule files stands in :mod:`mpfcheck.cli.rule_files`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import (
    call_argument,
    call_option,
    changes_option,
    complete_rules,
    date_option,
    format_option,
    output_option,
    rules_option,
)
from mpfcheck.cli.output import PAGE_FORMATS, document, is_standard, show
from mpfcheck.cli.output import output as opened
from mpfcheck.cli.prove import prove, witness
from mpfcheck.cli.rule_files import fmt, lint, lock, new, test

__all__ = ["rules"]


@click.group()
def rules() -> None:
    """Show the rules of a call, or check and test rule files."""


@rules.command("list")
@call_argument(metavar="[CALL]", required=False)
@rules_option
def list_rules(call_id: str | None, folders: tuple[Path, ...]) -> None:
    """List the rules of a call, or of every call."""
    from mpfcheck.cli.usage import usage_errors
    from mpfcheck.engine.registry import Registry
    from mpfcheck.report.say.calls import list_of_rules

    registry = Registry(folders)
    with usage_errors():
        show([list_of_rules(registry.call(known)) for known in (registry.ids() if call_id is None else (call_id,))])


@rules.command("show")
@click.argument("rule_id", metavar="RULE", shell_complete=complete_rules)
@call_option("The call of the rule, if several calls have a rule of this id.")
@format_option(*PAGE_FORMATS)
@rules_option
def show_rule(rule_id: str, call_id: str | None, format_name: str, folders: tuple[Path, ...]) -> None:
    """Show one rule: its reason, condition, message, sources, parameters and examples."""
    from mpfcheck.cli.usage import find_rule
    from mpfcheck.engine.registry import Registry
    from mpfcheck.report.say.rule import rule_blocks

    call, rule = find_rule(Registry(folders), rule_id, call_id)
    show(rule_blocks(call, rule), format_name, f"{rule.id}: {rule.title}")


@rules.command()
@call_argument()
@format_option("markdown", "html", "csv")
@output_option("Write the matrix to this file.")
@rules_option
@click.pass_context
def matrix(
    context: click.Context, call_id: str, format_name: str, output: str | None, folders: tuple[Path, ...]
) -> None:
    """Write the traceability matrix of a call: clause, rule, examples, message.

    The matrix lists what the sources say, clause by clause, and what becomes of each: the rules that check it, what is
    left to manual review, and what we do not know. The clauses come from clauses.yaml in the pack. Exit code 4 means
    that an example does not hold or that the pack cannot be read.
    """
    from mpfcheck.checking.pack_tests.pack_test import run_examples
    from mpfcheck.cli.usage import usage_errors
    from mpfcheck.engine.registry import Registry
    from mpfcheck.packs.clause import load_clauses
    from mpfcheck.report.say.traceability import matrix_blocks, matrix_csv, rows
    from mpfcheck.report.say.versions import standing

    registry = Registry(folders)
    with usage_errors(call_id):
        call = registry.call(call_id)
        clauses = load_clauses(call)
        state = standing(call, registry.versions(call.id))
    test = run_examples(call)
    table = rows(call, clauses, test)
    with opened(output) as destination:
        if format_name == "csv":
            destination.write(matrix_csv(table, byte_order_mark=not is_standard(output)))
        else:
            blocks = matrix_blocks(test, table, state)
            destination.write(document(blocks, format_name, f"Traceability matrix: {call.title}"))
    context.exit(ExitCode.PACK if test.failed else ExitCode.OK)


@rules.command()
@call_argument(metavar="[CALL]", required=False)
@rules_option
def versions(call_id: str | None, folders: tuple[Path, ...]) -> None:
    """List the published versions of a call's rules, or of every call's: date, reason and checksum.

    A published version never changes. Write CALL@VERSION wherever a command asks for a call.
    """
    from mpfcheck.cli.usage import usage_errors
    from mpfcheck.engine.registry import Registry
    from mpfcheck.report.say.versions import version_blocks

    registry = Registry(folders)
    sections = []
    for known in registry.ids() if call_id is None else (call_id,):
        with usage_errors(known):
            sections.append(version_blocks(registry.call(known), registry.versions(known)))
    show(sections)


@rules.command()
@call_argument("older", "CALL@OLD")
@call_argument("newer", "[CALL@NEW]", required=False)
@format_option(*PAGE_FORMATS)
@rules_option
def diff(older: str, newer: str | None, format_name: str, folders: tuple[Path, ...]) -> None:
    """Show in words what changed from one version of a call's rules to another.

    It shows new, deleted and changed rules, limits, lists, wording, sources, gaps and the form. Without CALL@NEW, OLD
    is compared with the current version, which is also what CALL without a version means. To list the versions, use
    `mpfcheck rules versions`. With the solver (`pip install ".[prove]"`) it also shows a proposal that loses and
    one that wins by the change, or that there is none.
    """
    from mpfcheck.cli.usage import usage_errors
    from mpfcheck.engine.registry import Registry
    from mpfcheck.extra import SolverMissingError, has_solver
    from mpfcheck.forms.load import form_data
    from mpfcheck.packs.clause import load_clauses
    from mpfcheck.report.blocks import Say, Section
    from mpfcheck.report.pack_changes import call_changes, clause_changes, form_changes, rule_changes
    from mpfcheck.report.say.versions import change_blocks, decides

    registry = Registry(folders)
    call_id = older.partition("@")[0]
    with usage_errors(call_id):
        old = registry.call(older)
        known = registry.versions(old.id)
        new = registry.call(newer or call_id)
        if newer is None and old.sha256 == new.sha256:
            others = [f"{old.id}@{one.version}" for one in known if one.version != old.version]
            alone = f"{old.id} has only one version, {old.version}. There is nothing to compare it with."
            itself = (
                f"Version {old.version} of {old.id} is the current one. Compare it with one of: {', '.join(others)}."
            )
            raise click.UsageError(itself if others else alone)
        if old.id != new.id:
            raise click.UsageError(f"{old.id} and {new.id} are two calls. Compare two versions of one call.")
        clauses = clause_changes(load_clauses(old), load_clauses(new))
        forms = form_changes(form_data(old), form_data(new))
    changes = [*rule_changes(old, new), *call_changes(old, new), *clauses, *forms]
    blocks = list(change_blocks(old, new, changes, known))
    if decides(changes) and not has_solver():
        missing = SolverMissingError("Showing who loses and who wins by the change")
        blocks.append(Section("Whose verdict changes", [Say((f"{missing}",))]))
    elif decides(changes):
        from mpfcheck.proving.proofs import compare
        from mpfcheck.report.say.proofs import changed_verdicts

        with usage_errors(call_id):
            blocks.append(changed_verdicts(compare(registry.checker(older), registry.checker(newer or call_id))))
    show(blocks, format_name, f"{old.id}: {old.version} to {new.version}")


@rules.command()
@call_argument()
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("dmn", "cccev", "sql")),
    default="dmn",
    show_default=True,
    help="dmn: a decision model, DMN 1.5 XML. cccev: requirements, CCCEV 2.1 as JSON-LD. sql: one SELECT over a table "
    "of mpfcheck export.",
)
@click.option("--dialect", type=click.Choice(("duckdb", "spark")), help="The dialect of sql. The default is duckdb.")
@date_option("--as-of", "day", "Write the limits in force on this date into the SQL (YYYY-MM-DD).")
@changes_option("--set", "changes", "Write another value for a parameter into the SQL. Repeatable.")
@output_option("Write to this file, whole or not at all.")
@rules_option
def export(
    call_id: str,
    format_name: str,
    dialect: str | None,
    day: date | None,
    changes: dict[str, str],
    output: str | None,
    folders: tuple[Path, ...],
) -> None:
    """Write the rules of a call for decision engines (DMN), registers of requirements (CCCEV) or warehouses (SQL).

    In the decision model, every rule is a decision. Its value is pass, fail, not_applicable or review, and null where
    answers are missing. Engines need decimal numbers of at least 34 digits to decide to the cent.

    The SQL is one SELECT over a table of mpfcheck export, for one date. A status is NULL where mpfcheck must be asked.
    """
    from mpfcheck.cli.usage import usage_errors
    from mpfcheck.engine.registry import Registry, Terms

    if format_name != "sql" and (dialect or day or changes):
        raise click.UsageError("--dialect, --as-of and --set need --format sql.")
    with usage_errors():
        registry = Registry(folders)
        call = registry.call(call_id)
        terms = Terms(call_id, day, tuple(changes.items()))
        checker = registry.checker(call_id, terms) if format_name == "sql" else None
    if checker is not None:
        from mpfcheck.interchange.sql import sql_text

        text = sql_text(checker, dialect or "duckdb")
    elif format_name == "cccev":
        from mpfcheck.interchange.cccev import cccev_text

        text = cccev_text(call)
    else:
        from mpfcheck.interchange.dmn import NotExpressibleError, dmn_text

        try:
            text = dmn_text(call)
        except NotExpressibleError as error:
            raise click.UsageError(str(error)) from None
    with opened(output) as destination:
        destination.write(text)


for command in (lint, fmt, test, lock, new, prove, witness):
    rules.add_command(command)
