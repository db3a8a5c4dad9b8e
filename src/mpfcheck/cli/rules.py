"""``mpfcheck rules``: the rules of a call, one rule with its sources, and what checks and tests rule files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mpfcheck.cli.options import complete_calls, complete_rules, rules_option
from mpfcheck.cli.rules_diff import diff, versions
from mpfcheck.cli.rules_export import export
from mpfcheck.cli.rules_fmt import fmt
from mpfcheck.cli.rules_lint import lint
from mpfcheck.cli.rules_lock import lock
from mpfcheck.cli.rules_matrix import matrix
from mpfcheck.cli.rules_new import new
from mpfcheck.cli.rules_test import test

__all__ = ["rules"]


@click.group()
def rules() -> None:
    """Show the rules of a call, or check and test rule files."""


@rules.command("list")
@click.argument("call_id", metavar="[CALL]", required=False, shell_complete=complete_calls)
@rules_option
def list_rules(call_id: str | None, folders: tuple[Path, ...]) -> None:
    """List the rules of a call, or of every call."""
    from mpfcheck.cli.library import Library
    from mpfcheck.cli.output import style_for, width_for
    from mpfcheck.report.page import Page

    library = Library(folders)
    page = Page(width_for(sys.stdout), style_for(sys.stdout))
    for known in library.ids() if call_id is None else (call_id,):
        call = library.asked(known)
        page.heading(f"{call.id}, version {call.version}")
        ids = max((len(rule.id) for rule in call.rules), default=0)
        for rule in call.rules:
            kind = "manual" if rule.manual else rule.severity.value
            page.row(f"  {rule.id:{ids}}  {kind:8}  ", rule.title)
    click.echo(page.text(), nl=False)


@rules.command()
@click.argument("rule_id", metavar="RULE", shell_complete=complete_rules)
@click.option("--call", "call_id", metavar="ID", help="The call, where several have it.", shell_complete=complete_calls)
@rules_option
def show(rule_id: str, call_id: str | None, folders: tuple[Path, ...]) -> None:
    """Show one rule: why, its condition, what a person is told, its sources, parameters and examples."""
    from mpfcheck.cli.library import Library
    from mpfcheck.cli.output import style_for, width_for
    from mpfcheck.report.page import Page
    from mpfcheck.report.rule_page import write_rule

    page = Page(width_for(sys.stdout), style_for(sys.stdout))
    write_rule(page, *Library(folders).rule(rule_id, call_id))
    click.echo(page.text(), nl=False)


for command in (lint, fmt, test, matrix, versions, diff, lock, new, export):
    rules.add_command(command)
