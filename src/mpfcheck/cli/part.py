"""``mpfcheck part``: the part of one applicant, out to a partner and back into the draft."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mpfcheck.cli.drafts import DraftFileError, open_draft
from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import call_option, rules_option
from mpfcheck.cli.terminal import say

if TYPE_CHECKING:
    from mpfcheck.drafting.desk import Work
    from mpfcheck.drafting.parts.bringing import Bringing
    from mpfcheck.drafting.parts.holdings import Applicant
    from mpfcheck.drafting.parts.part import Part
    from mpfcheck.drafting.store.merge import Side

__all__ = ["part"]


@click.group()
def part() -> None:
    """Send the part of one applicant to a partner, and bring it back.

    \b
    mpfcheck part export draft.json co-1 -o co-1.part.json   write the part
    mpfcheck apply co-1.part.json                            the partner's form
    mpfcheck part merge draft.json co-1.part.json            bring it back
    """  # noqa: D301 - the backspace is click's mark for lines to keep as they are


@part.command()
@click.argument("draft", metavar="DRAFT", type=click.Path(path_type=Path))
@click.argument("applicant", metavar="APPLICANT")
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the part to this file. An older file is replaced only if you confirm it.",
)
@click.option("--note", metavar="TEXT", default="", help="A note to the partner, who reads it first.")
@call_option("The call of a draft that does not name its call.")
@rules_option
def export(
    *, draft: Path, applicant: str, output: Path, note: str, call_id: str | None, folders: tuple[Path, ...]
) -> None:
    """Write the part of one applicant to a file, for a partner to fill in.

    APPLICANT is the id or the name of an applicant. The part has the record of the applicant, its budget lines,
    co-financing and documents, and the questions about them. The partner opens it with mpfcheck apply FILE. The draft
    is not changed.
    """
    from mpfcheck.cli.output import write_whole
    from mpfcheck.drafting.dialogues.partners import part_file, why_no_part

    with open_draft(draft, call_id, folders) as work:
        if why := why_no_part(work):
            raise click.UsageError(why)
        chosen = _applicant(work, applicant)
        data = part_file(work, chosen, note)
    if os.path.lexists(output) and not _may_replace(output):
        raise click.UsageError(f"There is already a file {output}. It may have answers of a partner. Choose another.")
    write_whole(str(output), data, keep=str(draft))
    say(f"Written: {output}. Send it to {chosen.name}, who opens it with: mpfcheck apply FILE")


def _may_replace(output: Path) -> bool:
    return _at_a_terminal() and click.confirm(f"Replace the file {output}? Its present content is lost.", err=True)


def _at_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _applicant(work: Work, name: str) -> Applicant:
    """The applicant with an id or a name; raises click.UsageError where it is none, or may be several."""
    from mpfcheck.drafting.parts.holdings import applicants_of
    from mpfcheck.same_name import name_key

    known = applicants_of(work.session)
    key = name_key(name)
    found = [one for one in known if one.id == name] or [one for one in known if name_key(one.name) == key]
    found = found or [one for one in known if key and key in name_key(one.name)]
    if len(found) == 1:
        return found[0]
    listed = "; ".join(f"{one.id} ({one.name})" for one in known)
    why = "Several applicants are called" if found else "There is no applicant"
    raise click.UsageError(f"{why} {name!r}. The applicants are: {listed}.")


@part.command()
@click.argument("draft", metavar="DRAFT", type=click.Path(path_type=Path))
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Take the changes into the draft without asking.")
@click.option("--ours", "side", flag_value="ours", help="Keep the draft's answer where both changed one.")
@click.option("--theirs", "side", flag_value="theirs", help="Take the part's answer where both changed one.")
@click.option("--renamed", is_flag=True, help="Accept a part that names another project: the title was changed since.")
@call_option("The call of a draft that does not name its call.")
@rules_option
@click.pass_context
def merge(
    context: click.Context,
    *,
    draft: Path,
    files: tuple[Path, ...],
    yes: bool,
    side: str | None,
    renamed: bool,
    call_id: str | None,
    folders: tuple[Path, ...],
) -> None:
    """Show what parts change in a draft, and take them.

    Only answers that the partner was asked for are taken. Other answers are listed. An answer that was changed in the
    draft and in the part is a conflict: choose one for all with --ours or --theirs, or one by one on a terminal. A part
    with conflicts that are not settled is left as it is. With --theirs, an applicant that was removed from the draft is
    put back.

    Without --yes, a terminal asks before the draft is changed; without a terminal, nothing is changed. Exit codes: 0
    the draft has these answers, 1 something was not taken, 2 wrong usage, 3 a file cannot be read.
    """
    only_shown = not (yes or _at_a_terminal())
    with open_draft(draft, call_id, folders, read_only=only_shown) as work:
        parts = [_part(file) for file in files]
        before = work.session.state
        taken = [_merge(work, one, side, yes=yes, renamed=renamed) for one in parts]
        if work.session.state is not before:
            from mpfcheck.drafting.words import verdict_words

            work.save()
            say(f"Taken. The verdict is now: {verdict_words(work.session.verdict)}")
        context.exit(ExitCode.OK if all(taken) else ExitCode.FINDING)


def _part(file: Path) -> Part:
    from mpfcheck.drafting.parts.part import PartError, part_at
    from mpfcheck.plain import plain

    try:
        return part_at(file)
    except PartError as error:
        raise DraftFileError(plain(f"{error.message} {error.hint}".strip())) from None


def _merge(work: Work, part: Part, side: str | None, *, yes: bool, renamed: bool) -> bool:
    """Show what a part changes and take it where that is wanted; whether the draft has all of it then."""
    from mpfcheck.cli.output import show
    from mpfcheck.drafting.changes import number_of_changes
    from mpfcheck.drafting.dialogues.partners import another_project, take
    from mpfcheck.drafting.parts.bringing import is_of_this_draft
    from mpfcheck.plain import plain
    from mpfcheck.report.say.budget import taking_blocks
    from mpfcheck.report.words import counted

    if not (renamed or is_of_this_draft(work.session, part, work.file.states())):
        hint = "If the title of this draft was changed since, use --renamed."
        raise DraftFileError(plain(f"{another_project(work, part)} {hint}"))
    bringing = _bringing(work, part, put_back=side == "theirs")
    choices = _choices(bringing, side)
    shown = bringing.all_of(_side("ours")) if choices is None else choices
    changes = bringing.changes(shown)
    both = "" if choices is not None else f"Changed on both sides: {counted(len(bringing.fields), 'answer')}."
    summary = number_of_changes(changes) if changes else "" if both else "The draft has these answers already."
    notes = [f"{one.subject}: {one.why}" for one in bringing.refused]
    if choices is None:
        notes += _conflicts(bringing)
    listed = [(change.sign, change.subject, change.details) for change in changes]
    show(taking_blocks(" ".join(filter(None, (f"Part of {part.name}.", summary, both))), notes, listed))
    if choices is None:
        say(f"The part of {part.name} was not taken. Choose with --ours or --theirs, or on a terminal.")
        return False
    if changes and not yes and not (_at_a_terminal() and click.confirm("Take these changes?", err=True)):
        say("The draft is unchanged." if _at_a_terminal() else "The draft is unchanged. To take the changes: --yes")
        return False
    take(work, bringing, choices)
    return not bringing.refused


def _side(name: str) -> Side:
    from mpfcheck.drafting.store.merge import Side

    return Side(name)


def _bringing(work: Work, part: Part, *, put_back: bool) -> Bringing:
    from mpfcheck.drafting.parts.bringing import GoneError, bringing_of
    from mpfcheck.drafting.parts.part import PartError
    from mpfcheck.plain import plain

    try:
        return bringing_of(work.session, part, work.file.part(part.id), put_back=put_back)
    except GoneError as error:
        raise DraftFileError(plain(f"{error.message} To put it back with its part, use --theirs.")) from None
    except PartError as error:
        raise DraftFileError(plain(f"{error.message} {error.hint}")) from None


def _choices(bringing: Bringing, side: str | None) -> Mapping[str, Side] | None:
    """A side for each field that both changed; None where none is chosen."""
    if side is not None:
        return bringing.all_of(_side(side))
    if not bringing.fields:
        return {}
    if not _at_a_terminal():
        return None
    from mpfcheck.drafting.dialogues.saving import sides_of
    from mpfcheck.plain import plain

    chosen = {}
    for field in sides_of(bringing.fields, bringing.session):
        say(plain(f"{field.title} was changed on both sides."))
        for one in field.sides:
            say(plain(f"  {one.label}: {one.detail}"))
        words = {one.label: one.id for one in field.sides}
        label = click.prompt("Which one?", type=click.Choice([*words]), err=True)
        chosen[field.pointer] = _side(words[label])
    return chosen


def _conflicts(bringing: Bringing) -> list[str]:
    """Each field that both changed, with both answers."""
    from mpfcheck.drafting.dialogues.saving import sides_of

    found = []
    for field in sides_of(bringing.fields, bringing.session):
        names = {"ours": "Draft", "theirs": "Part"}
        answers = " ".join(f"{names[one.id]}: {one.detail}." for one in field.sides if one.id in names)
        found.append(f"{field.title} was changed on both sides. {answers}")
    return found
