"""``mpfcheck comment``: comments on the answers of a draft, such as "to check with Ana"."""

from __future__ import annotations

from pathlib import Path

import click

from mpfcheck.cli.drafts import open_draft
from mpfcheck.cli.options import call_option, rules_option
from mpfcheck.cli.terminal import say

__all__ = ["comment"]


@click.command()
@click.argument("draft", metavar="DRAFT", type=click.Path(path_type=Path))
@click.argument("field", metavar="[FIELD]", required=False)
@click.argument("text", metavar="[TEXT]", required=False)
@click.option("--delete", is_flag=True, help="Delete the comment on FIELD.")
@call_option("The call of a draft that does not name its call.")
@rules_option
def comment(
    *, draft: Path, field: str | None, text: str | None, delete: bool, call_id: str | None, folders: tuple[Path, ...]
) -> None:
    """Keep a comment on an answer, or list all comments of a draft.

    FIELD is the place of an answer as reports name it, such as /lead/country or /budget/lines/0/amount. TEXT is the
    comment, such as "to check with Ana". Without FIELD, the comments are listed; without TEXT, the one on FIELD.

    No rule reads a comment. Comments stay in the draft and in parts for partners. The exported proposal does not have
    them.
    """
    from mpfcheck.cli.output import show
    from mpfcheck.report.blocks import Fact, Facts

    if delete and (field is None or text is not None):
        raise click.UsageError("--delete needs FIELD, and no TEXT.")
    changes = delete or text is not None
    with open_draft(draft, call_id, folders, read_only=not changes) as work:
        session = work.session
        if field is not None and not session.is_asked(field):
            raise click.UsageError(f"The form does not ask for {field}. Give a place such as /lead/country.")
        if field is not None and changes:
            session.comment(field, text or "")
            work.save()
            say(f"{session.title_of(field)}: the comment is {'deleted' if delete else 'kept'}.")
            return
        listed = [one for one in session.comments() if field is None or one.pointer == field]
        if listed:
            show([Facts([Fact(one.title, one.text) for one in listed])])
        else:
            say("There are no comments." if field is None else "There is no comment.")
