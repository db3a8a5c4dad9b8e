"""What a command line asks for, found by name; and what is said where it is not there or cannot be used."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from mpfcheck.checking.checker import ParameterError, UnknownRuleError
from mpfcheck.checking.problems import unusable
from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.engine.registry import BrokenCallError, Registry
from mpfcheck.nearest import did_you_mean
from mpfcheck.packs.call import Call
from mpfcheck.packs.find import UnknownCallError, call_folders, package_troubles
from mpfcheck.packs.mistake import PackError, Place
from mpfcheck.packs.rule import Rule

__all__ = [
    "BrokenPackError",
    "chosen_packs",
    "find_rule",
    "shown_place",
    "usable_calls",
    "usage_errors",
    "warn_of_packages",
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
    known = sorted({rule.id for call in calls for rule in call.rules})
    raise click.UsageError(f"There is no rule {rule_id}. {did_you_mean(rule_id, known, otherwise='The rules are')}")


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
