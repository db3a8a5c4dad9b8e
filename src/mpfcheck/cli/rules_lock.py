"""``mpfcheck rules lock``: a version of a pack is published, and from then on stays as it is."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import complete_calls, rules_option

__all__ = ["lock"]


class NotLockedError(click.ClickException):
    """A version that cannot be locked."""

    exit_code = ExitCode.PACK


@click.command()
@click.argument("target", metavar="CALL|DIR", shell_complete=complete_calls)
@click.option("--reason", required=True, help="Why there is this version, for those who read the list.")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day it is published, YYYY-MM-DD; today unless given.",
)
@rules_option
def lock(target: str, reason: str, day: datetime | None, folders: tuple[Path, ...]) -> None:
    """Lock the version of a call's rules that its call.yaml names.

    Its checksum goes into versions.yaml, and its files are kept in versions/, so that it can be named as CALL@VERSION
    for good. From then on lint, and the tests of the project, refuse a change that is not a new version. Lint must find
    no error and every example must hold.
    """
    from mpfcheck.checking.pack_tests.pack_test import run_examples
    from mpfcheck.cli.chosen_packs import chosen_packs
    from mpfcheck.cli.library import BrokenPackError
    from mpfcheck.packs.lint import Weight, lint
    from mpfcheck.packs.lock import LockError, Locking
    from mpfcheck.packs.mistake import PackError

    if not reason.strip():
        raise click.UsageError("The reason is empty. Say in a sentence why there is this version.")
    packs = chosen_packs(target, folders)
    if len(packs) > 1:
        raise click.UsageError(f"There are several calls in {target}. Choose one: {', '.join(packs)}.")
    ((call_id, folder),) = packs.items()
    published = date.today() if day is None else day.date()
    try:
        locking = Locking(folder)
        locking.refuse(published)
        if any(finding.severity is Weight.ERROR for finding in lint(folder)):
            raise NotLockedError(f"Lint finds errors: see mpfcheck rules lint {target}.")
        if run_examples(locking.call).failed:
            raise NotLockedError(f"Examples do not hold: see mpfcheck rules test {target}.")
        version = locking.lock(reason, published)
    except PackError as error:
        raise BrokenPackError(call_id, error) from None
    except LockError as error:
        raise NotLockedError(str(error)) from None
    click.echo(f"Locked {call_id}@{version.version}, published on {version.date}.\nSHA-256 {version.sha256}")
