"""``mpfcheck outlook``, ``rules prove`` and ``rules witness``: what is certain of a draft, and of the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import call_argument, call_option, complete_rules, files_argument, format_option, rules_option
from mpfcheck.cli.output import PAGE_FORMATS, show
from mpfcheck.extra import need_solver

if TYPE_CHECKING:
    from mpfcheck.checking.checker import Checker
    from mpfcheck.engine.check import Checked
    from mpfcheck.packs.call import Call
    from mpfcheck.proving.proofs import Proof

__all__ = ["outlook", "prove", "witness"]

MOST_ITEMS = 50


def _bounds(_context: click.Context, _parameter: click.Parameter, items: int | None) -> Mapping[str, int] | None:
    """The same number of items for every list; None for the usual numbers."""
    return None if items is None else {"": items}


items_option = click.option(
    "--items",
    "bounds",
    type=click.IntRange(1, MOST_ITEMS),
    callback=_bounds,
    metavar="N",
    help="Look at lists with up to N items more than are given. More items take longer. Without it: 1 to 4, by the "
    "list, and three times as many where more items may help.",
)


@click.command()
@files_argument("paths", "PROPOSAL…", nargs=-1, required=True)
@call_option("Check against this call instead of the call that the proposal names.")
@items_option
@rules_option
@click.pass_context
def outlook(
    context: click.Context,
    paths: tuple[str, ...],
    call_id: str | None,
    bounds: Mapping[str, int] | None,
    folders: tuple[Path, ...],
) -> None:
    """Show whether a draft can still become eligible.

    It looks at all blocking rules together, for every possible answer to the open questions. If none makes the proposal
    eligible, the rules and answers that exclude it are named, and the smallest change of answers that would do.
    Otherwise the questions that decide most come first. Exit code 1 if a draft cannot become eligible.

    It needs more libraries: pip install ".[prove]".
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
        code = _show_outlook(checked, bounds)
        worst = ExitCode(max(worst, code))
    context.exit(worst)


def _show_outlook(checked: Checked, bounds: Mapping[str, int] | None) -> ExitCode:
    from mpfcheck.proving.encoding import DEFAULT_BOUNDS
    from mpfcheck.proving.outlook import outlook_and_repair
    from mpfcheck.report.say.outlook import no_outlook, outlook_blocks
    from mpfcheck.report.words import project_name

    name = project_name(checked.report.input)
    if checked.checker is None or checked.answers is None:
        show(no_outlook(name))
        return ExitCode.INPUT
    outlook, repair = outlook_and_repair(checked.checker, checked.answers, bounds or DEFAULT_BOUNDS)
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
@items_option
@format_option(*PAGE_FORMATS, "json")
@rules_option
@click.pass_context
def prove(
    context: click.Context,
    call_id: str,
    against: str | None,
    examples: bool,
    bounds: Mapping[str, int] | None,
    format_name: str,
    folders: tuple[Path, ...],
) -> None:
    """Prove that the rules of a call can be met and that each blocking rule is needed.

    Can a proposal be eligible? Can each blocking rule be the only one that is not met? Does a rule add nothing to
    another, do two exclude each other, does one never apply? With --against: a proposal that loses and one that wins,
    or the proof that there is none. Exit code 1 if something was found.

    It needs more libraries: pip install ".[prove]".
    """
    need_solver("mpfcheck rules prove")
    from mpfcheck.proving.encoding import DEFAULT_BOUNDS
    from mpfcheck.proving.proofs import Outcome, compare, prove
    from mpfcheck.report.say.proofs import proof_blocks, proofs_as_json

    checker = _checker(call_id, folders)
    older = None if against is None else _checker(against, folders)
    found = False

    def proofs() -> Iterator[Proof]:
        nonlocal found
        lengths = bounds or DEFAULT_BOUNDS
        for proof in prove(checker, lengths) if older is None else compare(older, checker, lengths):
            found |= proof.outcome is Outcome.BAD
            yield proof

    if format_name == "json":
        click.echo(proofs_as_json(checker.call, None if older is None else older.call, proofs()))
    else:
        blocks = proof_blocks(checker.call, proofs(), examples=examples)
        # Proofs take seconds: as text, each is shown as soon as it is there.
        for part in ([block] for block in blocks) if format_name == "text" else [blocks]:
            show(part, format_name, f"Proofs: {checker.call.title}")
    context.exit(ExitCode.FINDING if found else ExitCode.OK)


@click.command()
@call_argument(metavar="CALL")
@click.argument("rule_id", metavar="RULE", shell_complete=complete_rules)
@items_option
@format_option("yaml", *PAGE_FORMATS, "json")
@rules_option
def witness(
    call_id: str, rule_id: str, bounds: Mapping[str, int] | None, format_name: str, folders: tuple[Path, ...]
) -> None:
    """Write proposals just inside and just outside a rule, ready to be used as examples.

    It needs more libraries: pip install ".[prove]".
    """
    need_solver("mpfcheck rules witness")
    from mpfcheck.cli.usage import is_call
    from mpfcheck.engine.registry import Registry
    from mpfcheck.nearest import did_you_mean
    from mpfcheck.proving.encoding import DEFAULT_BOUNDS
    from mpfcheck.proving.proofs import witnesses
    from mpfcheck.report.say.proofs import boundaries_as_json, boundaries_as_yaml, boundary_blocks

    registry = Registry(folders)
    if is_call(rule_id, registry) and not is_call(call_id, registry):
        raise click.UsageError(f"Give the call before the rule: mpfcheck rules witness {rule_id} {call_id}")
    checker = _checker(call_id, folders)
    try:
        found = witnesses(checker, rule_id.upper(), bounds or DEFAULT_BOUNDS)
        rule = checker.call.rule(rule_id.upper())
    except KeyError:
        hint = did_you_mean(rule_id, [rule.id for rule in checker.call.rules], otherwise="The rules are")
        raise click.UsageError(f"There is no rule {rule_id} in {checker.call.id}. {hint}") from None
    except LookupError as error:
        raise click.UsageError(f"{rule_id.upper()} cannot be looked at: {error}.") from None
    if format_name == "yaml":
        click.echo(boundaries_as_yaml(found), nl=False)
    elif format_name == "json":
        click.echo(boundaries_as_json(checker.call, rule.id, found))
    else:
        show(boundary_blocks(rule.id, rule.title, found), format_name, f"{rule.id}: {rule.title}")


def _checker(call_id: str, folders: Iterable[Path]) -> Checker:
    from mpfcheck.cli.usage import usage_errors
    from mpfcheck.engine.registry import Registry

    with usage_errors(call_id):
        return Registry(folders).checker(call_id)
