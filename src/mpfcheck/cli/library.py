"""The calls a run may use, each loaded once, and their rules found by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mpfcheck.checking.problems import unusable
from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.packs.call import Call
from mpfcheck.packs.load import (
    UnknownCallError,
    UnknownVersionError,
    call_folder,
    list_calls,
    load_call,
    package_troubles,
)
from mpfcheck.packs.mistake import PackError, nearest
from mpfcheck.packs.rule import Rule

__all__ = ["BrokenPackError", "Library", "did_you_mean", "nearest_call", "tell_package_troubles", "unbroken"]

if TYPE_CHECKING:
    from mpfcheck.packs.version import PublishedVersion


class BrokenPackError(click.ClickException):
    """A call whose rules cannot be used, with all that is wrong with them."""

    exit_code = ExitCode.PACK

    def __init__(self, call_id: str, error: PackError) -> None:
        """Say it of a call."""
        self.call_id = call_id
        mistakes = "\n".join(f"  {mistake}" for mistake in error.mistakes)
        super().__init__(f"{unusable(call_id)}\n{mistakes}")


class Library:
    """Calls from these folders and from those that come with mpfcheck."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        """Look in ``folders`` first. Nothing is read yet."""
        self._folders = tuple(folders)
        self._calls: dict[str, Call] = {}

    def ids(self) -> tuple[str, ...]:
        """The ids of all calls, broken ones too."""
        return list_calls(self._folders)

    def call(self, call_id: str) -> Call:
        """A call by its id; raises UnknownCallError and BrokenPackError."""
        if call_id not in self._calls:
            try:
                self._calls[call_id] = load_call(call_id, self._folders)
            except PackError as error:
                raise BrokenPackError(call_id, error) from None
        return self._calls[call_id]

    def asked(self, call_id: str) -> Call:
        """A call somebody asked for on the command line; raises click.UsageError for an unknown one."""
        try:
            return self.call(call_id)
        except UnknownVersionError as error:
            hint = did_you_mean(error.call_id, error.known, "The versions are")
            raise click.UsageError(f"There is no version {error.call_id}. {hint}") from None
        except UnknownCallError:
            raise click.UsageError(f"There is no call {call_id}. {nearest_call(call_id, self.ids())}") from None

    def versions(self, call_id: str) -> tuple[PublishedVersion, ...]:
        """The published versions of a known call, oldest first; raises PackError where their list is broken."""
        # Few runs ask for versions.
        from mpfcheck.packs.version import load_versions

        return load_versions(call_folder(call_id, self._folders))

    def readable(self, call_id: str | None = None) -> Iterator[Call]:
        """Every call that can be used, or the one named, as far as it can."""
        for known in self.ids() if call_id is None else (call_id,):
            try:
                yield self.call(known)
            except (UnknownCallError, BrokenPackError):
                continue

    def rule(self, rule_id: str, call_id: str | None = None) -> tuple[Call, Rule]:
        """A rule by its id, in one call or in the only one that has it; raises click.UsageError."""
        calls = list(self.readable()) if call_id is None else [self.asked(call_id)]
        rule_id = rule_id.upper()
        found = [(call, rule) for call in calls for rule in call.rules if rule.id == rule_id]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(call.id for call, _ in found)
            raise click.UsageError(f"Several calls have a rule {rule_id}. Choose one with --call: {names}.")
        known = sorted({rule.id for call in calls for rule in call.rules})
        raise click.UsageError(f"There is no rule {rule_id}. {did_you_mean(rule_id, known, 'The rules are')}")


def tell_package_troubles() -> None:
    """Say on standard error of each installed package that should bring calls along, and cannot, why."""
    for trouble in package_troubles():
        click.echo(f"Warning: {trouble}", err=True)


@contextmanager
def unbroken(call_id: str) -> Iterator[None]:
    """Say of a call what is wrong with a file of it that is read only now; raises BrokenPackError."""
    try:
        yield
    except PackError as error:
        raise BrokenPackError(call_id, error) from None


def nearest_call(call_id: str, known: Sequence[str]) -> str:
    """What to do about a call that is not there: take the one most like it, or one of all there are."""
    return did_you_mean(call_id, known, "The calls are")


def did_you_mean(name: str, known: Sequence[str], otherwise: str) -> str:
    """A hint at the known name most like ``name``, or at all of them."""
    near = nearest(name, known)
    return f"{near[0].upper()}{near[1:]}" if near else f"{otherwise}: {', '.join(known)}."
