"""The options that several commands share: on which terms to check, and the completion of their values."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from mpfcheck.engine.selection import Selection
    from mpfcheck.packs.call import Call

__all__ = [
    "REPLACED",
    "call_argument",
    "call_option",
    "changes_option",
    "complete_calls",
    "complete_rules",
    "date_option",
    "files_argument",
    "format_option",
    "output_option",
    "rules_option",
    "selection_of",
    "selection_option",
]

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Option(Protocol):
    """What adds an option or an argument to a command."""

    def __call__(self, command: _Command, /) -> _Command: ...


def rules_option(command: _Command) -> _Command:
    """Add ``--rules DIR`` to a command, as ``folders``; it may be given several times."""
    option = click.option(
        "--rules",
        "folders",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        multiple=True,
        envvar="MPFCHECK_RULES",
        metavar="DIR",
        help="Look for calls in this folder first: a folder of calls, or of one call. Repeatable. The environment "
        "variable MPFCHECK_RULES does the same.",
    )
    return option(command)


def call_option(help: str) -> Option:
    """Add ``--call ID`` to a command, as ``call_id``."""
    return click.option("--call", "call_id", metavar="ID", shell_complete=complete_calls, help=help)


def call_argument(name: str = "call_id", metavar: str = "CALL", **more: Any) -> Option:
    """Add an argument that is the id of a call to a command."""
    return click.argument(name, metavar=metavar, shell_complete=complete_calls, **more)


def files_argument(name: str, metavar: str, **more: Any) -> Option:
    """Add an argument that is one file or several; a call among them is refused, which the option ``--call`` takes."""
    return click.argument(name, metavar=metavar, callback=_no_calls, **more)


def date_option(flag: str, name: str, help: str) -> Option:
    """Add an option that is a date, such as ``--as-of DATE``, to a command."""
    return click.option(flag, name, metavar="DATE", callback=_date, help=help)


def changes_option(flag: str, name: str, help: str) -> Option:
    """Add an option that gives parameters of the call other values, such as ``--set NAME=VALUE``, to a command."""
    return click.option(
        flag,
        name,
        metavar="NAME=VALUE",
        multiple=True,
        callback=_changes,
        shell_complete=_complete_parameters,
        help=help,
    )


def format_option(*formats: str) -> Option:
    """Add ``--format`` to a command, as ``format_name``; the first format is the default."""
    choice = click.Choice(formats)
    return click.option(
        "--format", "format_name", type=choice, default=formats[0], show_default=True, help="The format of the output."
    )


REPLACED = "An older file of this name is replaced."
"""What the help of an option says that names a file to write."""


def output_option(help: str) -> Option:
    """Add ``--output FILE`` to a command."""
    return click.option("--output", metavar="FILE", type=click.Path(allow_dash=True), help=f"{help} {REPLACED}")


def selection_option(command: _Command) -> _Command:
    """Add ``--only KEY=VALUE`` to a command, as ``only``: see :func:`selection_of`."""
    option = click.option(
        "--only",
        metavar="KEY=VALUE,...",
        multiple=True,
        shell_complete=_complete_selection,
        help="Show only proposals with this verdict, country (of the lead), fund, call, rule (that needs action) or "
        "severity (of rules not met), such as verdict=ineligible,incomplete,country=FR. All are counted. Repeatable.",
    )
    return option(command)


def selection_of(texts: tuple[str, ...], context: click.Context) -> Selection | None:
    """The selection that ``--only`` asks for, None for none. Raises click.UsageError."""
    if not texts:
        return None
    # Most commands select nothing.
    from mpfcheck.engine.selection import SelectionError, parse

    try:
        return parse(texts, lambda key: {value.casefold(): value for value in _values(key, context)})
    except SelectionError as error:
        raise click.UsageError(f"--only: {error}") from None


def _values(key: str, context: click.Context) -> list[str]:
    """The values that a key of ``--only`` may have."""
    from mpfcheck.engine.selection import fixed_values

    match key:
        case "country":
            from mpfcheck.proposal.codes import COUNTRIES

            return list(COUNTRIES)
        case "fund":
            lists = [one for call in _calls(context) for name, one in call.code_lists.items() if "fund" in name]
            return list(dict.fromkeys(member.code for one in lists for member in one.members))
        case "call":
            return [call.id for call in _calls(context)]
        case "rule":
            return list(dict.fromkeys(rule.id for call in _calls(context) for rule in call.rules))
    return list(fixed_values(key))


def _complete_selection(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the key, then the value that is being typed."""
    from click.shell_completion import CompletionItem

    from mpfcheck.engine.selection import KEYS

    before, comma, last = incomplete.rpartition(",")
    key, equals, value = last.partition("=")
    keys = [CompletionItem(f"{before}{comma}{one}=") for one in KEYS if not equals and one.startswith(last)]
    if not equals:
        if "=" not in before or keys:
            return keys
        key, value = before.rpartition("=")[0].rpartition(",")[2], last
    start = incomplete.removesuffix(value)
    found = [one for one in _values(key, context) if one.casefold().startswith(value.casefold())]
    return [CompletionItem(f"{start}{one}") for one in found]


def _date(_context: click.Context, _parameter: click.Parameter, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise click.BadParameter(f"{_quoted(text)} is not a date. Write it like 2023-12-07.")


def _quoted(text: str) -> str:
    """A text as error messages quote it."""
    # Only a wrong value needs this import.
    from mpfcheck.proposal.values import shown

    return shown(text)


def _changes(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> dict[str, str]:
    changes: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        name = name.strip()
        if not (name and equals):
            raise click.BadParameter(f"{_quoted(text)} is not of the form NAME=VALUE, such as maximum_grant_share=0.9.")
        if name in changes:
            raise click.BadParameter(f"{_quoted(name)} is set twice.")
        changes[name] = value.strip()
    return changes


def complete_calls(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the id of a call."""
    from click.shell_completion import CompletionItem

    from mpfcheck.packs.find import list_calls

    return [CompletionItem(call) for call in list_calls(_folders(context)) if call.startswith(incomplete)]


def complete_rules(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the id of a rule, with its title where the shell shows it."""
    from click.shell_completion import CompletionItem

    rules = [rule for call in _calls(context) for rule in call.rules if rule.id.startswith(incomplete.upper())]
    return [CompletionItem(rule.id, help=rule.title) for rule in {rule.id: rule for rule in rules}.values()]


def _complete_parameters(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of a call's parameter."""
    from click.shell_completion import CompletionItem

    calls = _calls(context)
    names = dict.fromkeys(name for call in calls for name in call.parameters if name.startswith(incomplete))
    return [CompletionItem(f"{name}=") for name in names]


def _calls(context: click.Context) -> list[Call]:
    """The call of the command line so far, or every call there is."""
    from mpfcheck.cli.usage import usable_calls
    from mpfcheck.engine.registry import Registry

    return list(usable_calls(Registry(_folders(context)), context.params.get("call_id")))


def _folders(context: click.Context) -> tuple[Path, ...]:
    return tuple(context.params.get("folders") or ())


def _no_calls(context: click.Context, _parameter: click.Parameter, value: Any) -> Any:
    names = [str(name) for name in (value if isinstance(value, tuple) else (value,))]
    for name in names:
        if os.sep in name or os.path.lexists(name):
            continue
        # Most files are there.
        from mpfcheck.cli.usage import is_call, with_call
        from mpfcheck.engine.registry import Registry

        if is_call(name, Registry(_folders(context))):
            files = [one for one in names if one != name] or ["FILE"]
            form = with_call((*context.command_path.split(), *files), name)
            raise click.UsageError(f"{name} is a call, not a file. {form}", context)
    return value
