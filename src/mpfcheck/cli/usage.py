"""What a command line asks for, found by name; and what is said where it is not there or cannot be used."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from mpfcheck.checking.checker import ParameterError, UnknownRuleError
from mpfcheck.checking.problems import unusable
from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.engine.registry import BrokenCallError, Registry
from mpfcheck.nearest import did_you_mean, nearest
from mpfcheck.packs.call import Call
from mpfcheck.packs.find import UnknownCallError, call_folders, package_troubles
from mpfcheck.packs.mistake import PackError, Place
from mpfcheck.packs.rule import Rule

__all__ = [
    "BrokenPackError",
    "chosen_packs",
    "find_rule",
    "is_call",
    "shown_place",
    "usable_calls",
    "usage_errors",
    "warn_of_packages",
    "with_call",
    "with_right_form",
]


class BrokenPackError(click.ClickException):
    """A call whose rules cannot be used, with all that is wrong with them."""

    exit_code = ExitCode.PACK

    def __init__(self, call_id: str, error: PackError) -> None:
        """Say it of a call."""
        mistakes = "\n".join(f"  {mistake}" for mistake in error.mistakes)
        super().__init__(f"{unusable(call_id)}\n{mistakes}")


@contextmanager
def usage_errors(call_id: str = "") -> Iterator[None]:
    """Turn what is wrong with the terms into an error of the command line, and a broken call into BrokenPackError.

    ``call_id`` is the call whose files are read meanwhile.
    """
    try:
        yield
    except (UnknownCallError, ParameterError, UnknownRuleError) as error:
        raise click.UsageError(str(error)) from None
    except BrokenCallError as error:
        raise BrokenPackError(error.call_id, error) from None
    except PackError as error:
        raise BrokenPackError(call_id, error) from None


def usable_calls(registry: Registry, call_id: str | None = None) -> Iterator[Call]:
    """Every call that can be used, or the one named if it can."""
    for known in registry.ids() if call_id is None else (call_id,):
        try:
            yield registry.call(known)
        except (UnknownCallError, BrokenCallError):
            continue


def find_rule(registry: Registry, rule_id: str, call_id: str | None = None) -> tuple[Call, Rule]:
    """A rule by its id, in one call or in the only one that has it; raises click.UsageError."""
    with usage_errors():
        calls = list(usable_calls(registry)) if call_id is None else [registry.call(call_id)]
    rule_id = rule_id.upper()
    found = [(call, rule) for call in calls for rule in call.rules if rule.id == rule_id]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(call.id for call, _ in found)
        raise click.UsageError(f"Several calls have a rule {rule_id}. Choose one with --call: {names}.")
    if is_call(rule_id.lower(), registry):
        name = rule_id.lower()
        raise click.UsageError(f"{name} is a call, not a rule. To list its rules: mpfcheck rules list {name}")
    known = sorted({rule.id for call in calls for rule in call.rules})
    raise click.UsageError(f"There is no rule {rule_id}. {did_you_mean(rule_id, known, otherwise='The rules are')}")


def with_right_form(error: click.UsageError, arguments: Sequence[str]) -> click.UsageError:
    """Add to an error what to type instead, where a call, a rule or a file was given in another's place.

    ``arguments`` is the whole command line without ``mpfcheck``.
    """
    form = _right_form(error, arguments)
    return click.UsageError(f"{error.message.rstrip('.')}. {form}", error.ctx) if form else error


def _right_form(error: click.UsageError, arguments: Sequence[str]) -> str:
    context = error.ctx
    if context is None:
        return ""
    registry = Registry(context.params.get("folders", ()))
    if isinstance(error, click.NoSuchCommand):
        return _form_instead(error, context, arguments, registry)
    call_parameters = {
        kind for kind in context.command.params if "CALL" in (kind.metavar or "") or "--call" in kind.opts
    }
    if isinstance(error, click.NoSuchOption):
        if error.option_name != "--call" or not call_parameters:
            return ""
        pieces = context.command.collect_usage_pieces(context)[1:]
        return f"Give the call without it: {context.command_path} {' '.join(pieces)}."
    calls = [argument for argument in arguments if is_call(argument, registry)]
    if not error.message.startswith("Got unexpected extra argument") or len(calls) != 1 or not call_parameters:
        return ""
    if not any("--call" in kind.opts for kind in call_parameters) or "--call" in arguments:
        return ""
    others = [argument for argument in arguments if argument != calls[0]]
    return with_call(("mpfcheck", *others), calls[0])


def with_call(command: Sequence[str], call_id: str) -> str:
    """What to type instead, where a call was given in the place of something else."""
    return f"Give the call with --call: {shlex.join((*command, '--call', call_id))}"


def _form_instead(
    error: click.NoSuchCommand, context: click.Context, arguments: Sequence[str], registry: Registry
) -> str:
    """What to type instead of a command that is not there; empty where that is not known, or click has a better guess.

    To show or list something is asked for in many places, so what is to be shown says more than where such a command
    is; of any other command its place says more.
    """
    word = error.command_name
    if form := _command_for(word, registry):
        return form
    after = arguments[arguments.index(word) + 1 :] if word in arguments and not error.possibilities else ()
    of_argument = next(filter(None, (_form_of(one, registry) for one in after)), "")
    if of_argument and word in ("show", "list"):
        return of_argument
    return _command_elsewhere(word, context, near=not error.possibilities) or of_argument


def _command_for(word: str, registry: Registry) -> str:
    """The command for a call, a rule or a file that was typed where a command is expected; empty for another word."""
    form = _form_of(word, registry)
    return form or (f"To check it: {shlex.join(('mpfcheck', 'check', word))}" if os.path.exists(word) else "")


def _command_elsewhere(word: str, context: click.Context, *, near: bool) -> str:
    """Where a command of this name is, if it is not in the group that was asked for it; empty if there is none.

    ``near``: the word may also be a slip of the name.
    """
    group, root = context.command, context.find_root()
    if not isinstance(root.command, click.Group):
        return ""
    places: dict[str, list[str]] = {}
    for name in root.command.list_commands(root):
        command = root.command.get_command(root, name)
        places.setdefault(name, []).append(f"mpfcheck {name}")
        for inner in command.commands if isinstance(command, click.Group) else ():
            places.setdefault(inner, []).append(f"mpfcheck {name} {inner}")
    found = word if word in places else nearest(word, places) if near else None
    if found is None:
        return ""
    if found == LISTED and context is not root and isinstance(group, click.Group) and group.invoke_without_command:
        # Such a group lists without a word for it.
        return f"{'' if found == word else 'Did you mean list? '}To list them: {context.command_path}"
    return f"Did you mean {' or '.join(map(repr, places[found]))}?"


LISTED = "list"
"""What people type to see all there is."""


def _form_of(word: str, registry: Registry) -> str:
    """The command that shows a call or a rule; empty for another word."""
    if is_call(word, registry):
        return f"{word} is a call. To list its rules: mpfcheck rules list {word}"
    numbered = word.rpartition("-")[2].isdigit()  # as rule ids are: only such a word is worth loading all calls for
    if numbered and any(rule.id == word.upper() for call in usable_calls(registry) for rule in call.rules):
        return f"{word} is a rule. To show it: mpfcheck rules show {word}"
    return ""


def is_call(word: str, registry: Registry) -> bool:
    """Tell whether a word names a call, or a version of it (``CALL@VERSION``)."""
    return word.partition("@")[0] in registry.ids()


def chosen_packs(target: str | None, folders: Sequence[Path]) -> Mapping[str, Path]:
    """Find the folders of a call, of the calls in a folder, or of all calls, by id.

    Raises click.UsageError where there is no such call or folder.
    """
    known = call_folders(folders)
    if target is None:
        return known
    if target in known:
        return {target: known[target]}
    folder = Path(target)
    if not folder.is_dir():
        hint = did_you_mean(target, list(known), otherwise="The calls are")
        raise click.UsageError(f"There is no call and no folder {target}. {hint}")
    inside = {place.name: place for place in (folder, *sorted(folder.iterdir())) if (place / "call.yaml").is_file()}
    if not inside:
        raise click.UsageError(f"There is no call in {target}. A call is a folder with a call.yaml file.")
    return inside


def shown_place(folder: Path, place: Place) -> str:
    """A place in a pack as ``folder/file:line:column``, from the current folder, as editors jump to it."""
    from mpfcheck.forms.load import form_folders
    from mpfcheck.packs.find import shipped_rules

    file, line, column = place
    # Code lists may lie beside the call rather than in it, or come with mpfcheck.
    holders = (folder, folder.parent, shipped_rules(), *form_folders(folder))
    holder = next((holder for holder in holders if (holder / file).is_file()), folder)
    return f"{os.path.relpath(holder / file)}:{line}:{column}"


def warn_of_packages() -> None:
    """Say on standard error of each installed package that should bring calls along, and cannot, why."""
    for trouble in package_troubles():
        click.echo(f"Warning: {trouble}", err=True)
