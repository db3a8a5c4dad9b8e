"""``mpfcheck outlook``, ``rules prove`` and ``rules witness``: what is certain of a draft, and of the rules."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import call_argument, call_option, complete_rules, rules_option
from mpfcheck.cli.output import show

if TYPE_CHECKING:
    from mpfcheck.checking.checker import Checker
    from mpfcheck.engine.check import Checked
    from mpfcheck.packs.call import Call
    from mpfcheck.report.blocks import Section

__all__ = ["need_solver", "outlook", "prove", "whose_verdict_changes", "witness"]

MARKS = {"good": "✓", "bad": "✗", "unknown": "?", "note": "·"}
"""The marks of proofs, by how they came out."""


@click.command()
@click.argument("paths", metavar="PROPOSAL…", nargs=-1, required=True)
@call_option("Check against this call instead of the call that the proposal names.")
@rules_option
@click.pass_context
def outlook(context: click.Context, paths: tuple[str, ...], call_id: str | None, folders: tuple[Path, ...]) -> None:
    """Show whether a draft can still become eligible.

    All blocking rules are looked at together, for every way of answering the rest. Where none makes the proposal
    eligible, the rules and answers that exclude it are named, and the smallest change of answers that would do.
    Otherwise the questions that decide most come first. Exit code 1 if a draft cannot become eligible.
    """
    from mpfcheck.cli.usage import usage_errors
    from mpfcheck.engine.check import Engine
    from mpfcheck.engine.registry import Registry, Terms
    from mpfcheck.reading.inputs import open_inputs

    need_solver("mpfcheck outlook")
    engine = Engine(Registry(folders), Terms(call_id=call_id))
    worst = ExitCode.OK
    for number, source in enumerate(open_inputs(paths)):
        with usage_errors():
            checked = engine.check_input(source)
        if number:
            click.echo()
        code = _show_outlook(checked)
        worst = ExitCode(max(worst, code))
    context.exit(worst)


def _show_outlook(checked: Checked) -> ExitCode:
    from mpfcheck.proving.outlook import outlook_and_repair
    from mpfcheck.report.say.outlook import no_outlook, outlook_blocks
    from mpfcheck.report.words import project_name

    name = project_name(checked.report.input)
    if checked.checker is None or checked.answers is None:
        show(no_outlook(name))
        return ExitCode.INPUT
    outlook, repair = outlook_and_repair(checked.checker, checked.answers)
    show(outlook_blocks(name, outlook, repair, _questions(checked.checker.call)))
    return ExitCode.FINDING if outlook.eligible_possible is False else ExitCode.OK


def _questions(call: Call) -> Mapping[str, str]:
    """What the form of a call asks, by the place of the answer: groups too. Nothing where there is no good form."""
    from mpfcheck.forms.form import Question
    from mpfcheck.forms.load import NoFormError, load_form
    from mpfcheck.packs.mistake import PackError
    from mpfcheck.proposal.pointer import pointer

    try:
        form = load_form(call)
    except (NoFormError, PackError):
        return {}
    groups = {pointer(part.field): part.ask for _, part in form.parts() if not isinstance(part, Question)}
    return groups | {pointer(way): question.ask for way, question in form.questions()}


@click.command()
@call_argument(metavar="CALL")
@click.option("--against", metavar="CALL@VERSION", help="Show whose verdict changes compared with this version.")
@click.option("--examples", is_flag=True, help="Show the proposal behind every answer.")
@rules_option
@click.pass_context
def prove(context: click.Context, call_id: str, against: str | None, examples: bool, folders: tuple[Path, ...]) -> None:
    """Prove that the rules of a call can be met and that each blocking rule is needed.

    Can a proposal be eligible? Can each blocking rule be the only one that is not met? Does a rule add nothing to
    another, do two exclude each other, does one never apply? With --against: a proposal that loses and one that wins,
    or the proof that there is none. Exit code 1 if something was found.
    """
    need_solver("mpfcheck rules prove")
    from mpfcheck.proving.proofs import Outcome, compare, prove

    checker = _checker(call_id, folders)
    proofs = prove(checker) if against is None else compare(_checker(against, folders), checker)
    found = False
    for proof in proofs:
        click.echo(f"{MARKS[proof.outcome.value]} {proof.message}")
        if proof.example is not None and (examples or proof.outcome in (Outcome.BAD, Outcome.UNKNOWN)):
            click.echo(f"  {json.dumps(proof.example, ensure_ascii=False)}")
        found |= proof.outcome is Outcome.BAD
    context.exit(ExitCode.FINDING if found else ExitCode.OK)


def whose_verdict_changes(old: Checker, new: Checker) -> Section:
    """Whether a proposal loses or wins by a new version of the rules, each with an example."""
    from mpfcheck.json_codec import json_text
    from mpfcheck.proving.proofs import Outcome, compare
    from mpfcheck.report.blocks import Lines, Section

    lines = []
    for proof in compare(old, new):
        # Who loses or wins is news, not a fault.
        mark = "!" if proof.outcome is Outcome.BAD else MARKS[proof.outcome.value]
        lines.append(f"{mark} {proof.message}")
        if proof.example is not None:
            lines.append(f"example: {json_text(proof.example)}")
    return Section("Whose verdict changes", (Lines(lines),))


@click.command()
@call_argument(metavar="CALL")
@click.argument("rule_id", metavar="RULE", shell_complete=complete_rules)
@rules_option
def witness(call_id: str, rule_id: str, folders: tuple[Path, ...]) -> None:
    """Write proposals just inside and just outside a rule, ready to be used as examples."""
    need_solver("mpfcheck rules witness")
    from mpfcheck.nearest import did_you_mean
    from mpfcheck.proving.proofs import witnesses

    checker = _checker(call_id, folders)
    try:
        found = witnesses(checker, rule_id.upper())
    except KeyError:
        hint = did_you_mean(rule_id, [rule.id for rule in checker.call.rules], otherwise="The rules are")
        raise click.UsageError(f"There is no rule {rule_id} in {checker.call.id}. {hint}") from None
    except LookupError as error:
        raise click.UsageError(f"{rule_id.upper()} cannot be looked at: {error}.") from None
    for case in found:
        click.echo(f"- title: {json.dumps(case.title)}")
        click.echo(f"  given: {json.dumps(case.proposal, ensure_ascii=False)}")
        click.echo(f"  expect: {case.status}")


def _checker(call_id: str, folders: Iterable[Path]) -> Checker:
    from mpfcheck.cli.usage import usage_errors
    from mpfcheck.engine.registry import Registry

    with usage_errors(call_id):
        return Registry(folders).checker(call_id)


def need_solver(command: str) -> None:
    """Raise click.UsageError, which says how to install the solver, where it is not here."""
    from mpfcheck.proving import extra

    try:
        extra.need_solver(command)
    except extra.SolverMissingError as error:
        raise click.UsageError(str(error)) from None
