"""What several commands share on their command line: where calls come from, and the completion of their names."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["complete_calls", "complete_parameters", "complete_rules", "day_option", "rules_option"]

_Command = TypeVar("_Command", bound=Callable[..., Any])


def rules_option(command: _Command) -> _Command:
    """Add ``--rules DIR`` to a command; it may be given several times."""
    option = click.option(
        "--rules",
        "folders",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        multiple=True,
        envvar="MPFCHECK_RULES",
        metavar="DIR",
        help="Calls from elsewhere, before those that come with mpfcheck: a folder of calls, or of one call. "
        "Also from the environment variable MPFCHECK_RULES.",
    )
    return option(command)


def day_option(_context: click.Context, _parameter: click.Parameter, text: str | None) -> date | None:
    """Read an option that is a day, such as 2023-12-07; raises click.BadParameter for anything else."""
    if text is None:
        return None
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise click.BadParameter(f"{text!r} is not a day: write it like 2023-12-07.")


def complete_calls(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the id of a call."""
    from click.shell_completion import CompletionItem

    from mpfcheck.packs.load import list_calls

    return [CompletionItem(call) for call in list_calls(_folders(context)) if call.startswith(incomplete)]


def complete_rules(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the id of a rule, with its title where the shell shows it."""
    from click.shell_completion import CompletionItem

    from mpfcheck.cli.library import Library

    rules = [
        rule
        for call in Library(_folders(context)).readable(context.params.get("call_id"))
        for rule in call.rules
        if rule.id.startswith(incomplete.upper())
    ]
    return [CompletionItem(rule.id, help=rule.title) for rule in {rule.id: rule for rule in rules}.values()]


def complete_parameters(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of a call's parameter."""
    from click.shell_completion import CompletionItem

    from mpfcheck.cli.library import Library

    calls = Library(_folders(context)).readable(context.params.get("call_id"))
    names = dict.fromkeys(name for call in calls for name in call.parameters if name.startswith(incomplete))
    return [CompletionItem(f"{name}=") for name in names]


def _folders(context: click.Context) -> tuple[Path, ...]:
    return tuple(context.params.get("folders") or ())
