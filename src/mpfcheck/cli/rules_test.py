"""``mpfcheck rules test``: a pack's own examples."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mpfcheck.cli.exit_codes import ExitCode, strongest
from mpfcheck.cli.options import complete_calls, complete_rules, rules_option

__all__ = ["test"]


@click.command()
@click.argument("target", metavar="[CALL|DIR]", required=False, shell_complete=complete_calls)
@click.option(
    "--rule",
    "rule_ids",
    metavar="RULE",
    multiple=True,
    shell_complete=complete_rules,
    help="Only this rule; repeatable.",
)
@click.option("--coverage", is_flag=True, help="Also show which parts of conditions no example decides either way.")
@click.option("--mutate", is_flag=True, help="Also make small changes to the rules, and list those no example notices.")
@click.option("--format", "format_name", type=click.Choice(("text", "json")), default="text", show_default=True)
@rules_option
@click.pass_context
def test(
    context: click.Context,
    target: str | None,
    *,
    rule_ids: tuple[str, ...],
    coverage: bool,
    mutate: bool,
    format_name: str,
    folders: tuple[Path, ...],
) -> None:
    """Run the examples in rule files: what each rule says of them, by both evaluators, against what they expect.

    Also says which rule lacks which kind of example: pass, fail, and where the rule can come to it not_applicable,
    undecided and review. Without an argument every call is tested.

    --coverage shows the parts of conditions (each side of "and" and "or", and so on) that come out true in no example,
    or false in none. --mutate changes limits, operators and lists one at a time; a change that no example notices is a
    mistake nobody would notice either.

    The exit code is 0 where every example holds and there is nothing to add, 1 where an example is lacking, 4 where an
    example does not hold or a pack cannot be read, 5 where the two evaluators disagree.
    """
    from mpfcheck.cli.chosen_packs import chosen_packs
    from mpfcheck.cli.pack_test import PackTests

    tests = PackTests(chosen_packs(target, folders), rule_ids, covering=coverage, mutating=mutate)
    click.echo(tests.as_json() if format_name == "json" else tests.as_text(sys.stdout), nl=format_name == "json")
    for broken in tests.broken:
        broken.show()
    context.exit(strongest(tests.exit_codes()) if tests.tests or tests.broken else ExitCode.OK)
