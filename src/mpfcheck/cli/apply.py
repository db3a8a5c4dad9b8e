"""``mpfcheck apply``: an applicant writes a proposal and sees its status, on a screen, line by line or in a browser."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import call_option, rules_option
from mpfcheck.cli.signals import SIGNALLED

if TYPE_CHECKING:
    from mpfcheck.drafting.desk import Ending

__all__ = ["FrontEnd", "apply", "has_terminal"]

SCREENS = "mpfcheck.wizard.app:run_wizard"
LINES = "mpfcheck.prompts.run:run_prompts"
PAGES = "mpfcheck.web.run"


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
@click.option("--plain", is_flag=True, help="Ask line by line, for screen readers, simple terminals and scripts.")
@click.option("--web", is_flag=True, help="Ask in the browser. Only this computer can reach the pages.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=None, help="With --web: the port. Without it, any free port."
)
@click.option("--no-browser", is_flag=True, help="With --web: print the address, and open no browser.")
@call_option("The call of a new draft.")
@rules_option
@click.pass_context
def apply(
    context: click.Context,
    *,
    draft: Path | None,
    plain: bool,
    web: bool,
    port: int | None,
    no_browser: bool,
    call_id: str | None,
    folders: tuple[Path, ...],
) -> None:
    """Write a proposal question by question, and see its status at once.

    DRAFT is the file of a new or existing draft. Without it, your drafts are listed. Every answer is saved at once.
    Without a full terminal (TERM=dumb, a pipe), questions are asked line by line, as with --plain. With --web, the
    questions are asked in your browser, and nothing leaves your computer. --web needs more libraries: pip install
    ".[web]".
    """
    from mpfcheck.cli.usage import BrokenPackError
    from mpfcheck.drafting.store.errors import DraftError
    from mpfcheck.forms.load import NoFormError
    from mpfcheck.packs.find import UnknownCallError, list_calls
    from mpfcheck.packs.mistake import PackError

    if call_id is not None and call_id not in (known := list_calls(folders)):
        raise click.UsageError(str(UnknownCallError(call_id, known)))
    if web and plain:
        raise click.UsageError("--web and --plain exclude each other. Choose one of them.")
    if not web and (port is not None or no_browser):
        raise click.UsageError(f"{'--port' if port is not None else '--no-browser'} is only possible with --web.")
    ask = _pages(port or 0, browser=not no_browser) if web else _front_end(plain=plain or not has_terminal())
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
        context.exit(SIGNALLED + ending.signal)
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


def _pages(port: int, *, browser: bool) -> FrontEnd:
    """The pages in a browser; raises MissingLibraryError where the libraries they are made with are not installed."""
    try:
        serve = import_module(PAGES)
    except ModuleNotFoundError:
        from mpfcheck.extra import MissingLibraryError

        raise MissingLibraryError("--web", "web") from None

    def ask(draft: Path | None, *, call_id: str | None, folders: tuple[Path, ...]) -> Ending:
        try:
            ending: Ending = serve.run_web(draft, call_id=call_id, folders=folders, port=port, browser=browser)
        except serve.PortTakenError as error:
            raise click.UsageError(str(error)) from None
        return ending

    return ask


def _named(named: str) -> FrontEnd:
    module, name = named.split(":")
    ask: FrontEnd = getattr(import_module(module), name)
    return ask


def _say(ending: Ending) -> None:
    """Say where the draft is and its status, for whoever has only the terminal left."""
    from shlex import quote

    from mpfcheck.drafting.dialogues.saving import text_kept
    from mpfcheck.drafting.store.errors import printable
    from mpfcheck.drafting.words import verdict_meaning, verdict_words
    from mpfcheck.plain import harmless

    if ending.path is None:
        return
    path = harmless(printable(ending.path))
    what = "part" if ending.hand_back else "draft"
    click.echo(f"Your {what}: {path}" if ending.saved else f"Some answers could not be saved in {path}")
    if ending.verdict is not None:
        click.echo(f"{verdict_words(ending.verdict)}. {verdict_meaning(ending.verdict)}".rstrip())
    if ending.unconfirmed:
        click.echo(harmless(text_kept(ending.unconfirmed)))
    if ending.hand_back:
        click.echo(harmless(ending.hand_back))
    click.echo(f"Continue: mpfcheck apply {quote(path)}")
