"""``mpfcheck rules diff`` and ``versions``: what changed between versions of a pack, and which there are."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mpfcheck.cli.options import complete_calls, rules_option

__all__ = ["diff", "versions"]


@click.command()
@click.argument("older", metavar="CALL@OLD", shell_complete=complete_calls)
@click.argument("newer", metavar="[CALL@NEW]", required=False, shell_complete=complete_calls)
@rules_option
def diff(older: str, newer: str | None, folders: tuple[Path, ...]) -> None:
    """Say in words what changed from one version of a call's rules to another.

    Rules that came, went or demand something else; limits; lists; wording; sources; gaps; the form. Without CALL@NEW
    the version being worked on is compared, which is also what CALL without a version means. `mpfcheck rules versions`
    lists them.
    """
    from mpfcheck.cli.library import Library, unbroken
    from mpfcheck.cli.output import style_for, width_for
    from mpfcheck.forms.load import form_data
    from mpfcheck.packs.clause import load_clauses
    from mpfcheck.report.pack_changes.call import call_changes, clause_changes, form_changes
    from mpfcheck.report.pack_changes.rules import rule_changes
    from mpfcheck.report.pack_changes.text import write_changes
    from mpfcheck.report.page import Page

    library = Library(folders)
    old = library.asked(older)
    new = library.asked(newer or older.partition("@")[0])
    if old.id != new.id:
        raise click.UsageError(f"{old.id} and {new.id} are two calls. Compare two versions of one.")
    with unbroken(old.id):
        clauses = clause_changes(load_clauses(old), load_clauses(new))
        forms = form_changes(form_data(old), form_data(new))
        known = library.versions(old.id)
    page = Page(width_for(sys.stdout), style_for(sys.stdout))
    write_changes(page, old, new, [*rule_changes(old, new), *call_changes(old, new), *clauses, *forms], known)
    click.echo(page.text(), nl=False)


@click.command()
@click.argument("call_id", metavar="[CALL]", required=False, shell_complete=complete_calls)
@rules_option
def versions(call_id: str | None, folders: tuple[Path, ...]) -> None:
    """List the versions of a call's rules, or of every call's: when each was published, why, and its checksum.

    The rules of a published version stay as they were: CALL@VERSION names them wherever a call is asked for.
    """
    from mpfcheck.cli.library import Library, unbroken
    from mpfcheck.cli.output import style_for, width_for
    from mpfcheck.report.pack_changes.versions import write_versions
    from mpfcheck.report.page import Page

    library = Library(folders)
    page = Page(width_for(sys.stdout), style_for(sys.stdout))
    for known in library.ids() if call_id is None else (call_id,):
        call = library.asked(known)
        with unbroken(known):
            write_versions(page, call, library.versions(known))
    click.echo(page.text(), nl=False)
