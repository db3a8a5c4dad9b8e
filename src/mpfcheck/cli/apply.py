"""``mpfcheck apply``: an applicant writes a proposal and sees where it stands, on a screen or line by line."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import complete_calls, rules_option

if TYPE_CHECKING:
    from mpfcheck.drafting.ending import Ending

__all__ = ["FrontEnd", "apply", "has_terminal"]

SCREENS = "mpfcheck.wizard.app:run_wizard"
LINES = "mpfcheck.prompts.run:run_prompts"


class FrontEnd(Protocol):
    """What asks the applicant, from the first question to the last: screens, or one line after the other."""

    def __call__(self, draft: Path | None, *, call_id: str | None, folders: tuple[Path, ...]) -> Ending:
        """Ask about the draft at a path, or let the applicant choose one.

        ``call_id`` is the call a new draft is for, None where the applicant chooses; ``folders`` are calls from
        elsewhere. Raises DraftError where the draft cannot be opened, and PackError and NoFormError where the call
        cannot be asked about.
        """


@click.command()
@click.argument("draft", metavar="[DRAFT]", required=False, type=click.Path(path_type=Path))
@click.option("--plain", is_flag=True, help="Ask line by line: for screen readers, simple terminals and scripts.")
@click.option("--call", "call_id", metavar="ID", shell_complete=complete_calls, help="The call a new draft is for.")
@rules_option
@click.pass_context
def apply(
    context: click.Context, *, draft: Path | None, plain: bool, call_id: str | None, folders: tuple[Path, ...]
) -> None:
    """Write a proposal question by question, and see at once where it stands.

    DRAFT is the file of a draft, begun before or new; without it, your drafts are listed. Every answer is saved at
    once. Where there is no full terminal (TERM=dumb, a pipe), questions are asked line by line, as with --plain.
    """
    from mpfcheck.cli.library import BrokenPackError, Library, nearest_call
    from mpfcheck.drafting.store.errors import DraftError
    from mpfcheck.forms.load import NoFormError
    from mpfcheck.packs.mistake import PackError

    known = Library(folders).ids()
    if call_id is not None and call_id not in known:
        raise click.UsageError(f"There is no call {call_id}. {nearest_call(call_id, known)}")
    ask = _front_end(plain=plain or not has_terminal())
    try:
        ending = ask(draft, call_id=call_id, folders=folders)
    except PackError as error:
        raise BrokenPackError(call_id or "of this draft", error) from None
    except NoFormError as error:
        raise click.UsageError(str(error)) from None
    except DraftError as error:
        click.echo(f"Error: {error.message} {error.hint}", err=True)
        context.exit(ExitCode.INPUT)
    if ending.signal is None or has_terminal():
        _say(ending)  # after a hang-up there is nobody left to say it to
    if ending.signal is not None:
        # What a shell shows for a program that a signal ended: 129 after a hang-up, 143 after a request to end.
        context.exit(128 + ending.signal)
    context.exit(ExitCode.INTERRUPTED if ending.interrupted else ExitCode.OK if ending.saved else ExitCode.INPUT)


def has_terminal() -> bool:
    """Tell whether a person sits at a terminal that can show screens."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") not in ("", "dumb")


def _front_end(*, plain: bool) -> FrontEnd:
    """Import one of the two; lines where the screens, or the library they are made with, are not installed."""
    if plain:
        return _named(LINES)
    try:
        return _named(SCREENS)
    except ModuleNotFoundError as missing:
        if missing.name not in ("textual", "mpfcheck.wizard"):
            raise
        return _named(LINES)


def _named(named: str) -> FrontEnd:
    module, name = named.split(":")
    ask: FrontEnd = getattr(import_module(module), name)
    return ask


def _say(ending: Ending) -> None:
    """Say where the draft is and how it stands, for whoever has only the terminal left."""
    from shlex import quote

    from mpfcheck.drafting.store.errors import printable
    from mpfcheck.report.plain import harmless
    from mpfcheck.report.words import VERDICT_HEADLINE, VERDICT_MEANING

    if ending.path is None:
        return
    path = harmless(printable(ending.path))
    click.echo(f"Your draft: {path}" if ending.saved else f"Not everything could be saved in {path}")
    if ending.verdict is not None:
        click.echo(f"{VERDICT_HEADLINE[ending.verdict]}. {VERDICT_MEANING.get(ending.verdict, '')}".rstrip())
    click.echo(f"Go on with it: mpfcheck apply {quote(path)}")
