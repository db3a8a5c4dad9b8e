"""The part of an applicant sent to a partner, and brought back: a step that can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mpfcheck.drafting.changes import changes_in_words, number_of_changes
from mpfcheck.drafting.desk import Work
from mpfcheck.drafting.dialogues.exporting import write_where
from mpfcheck.drafting.dialogues.saving import sides_of
from mpfcheck.drafting.dialogues.steps import (
    Choose,
    Confirm,
    Dialogue,
    EnterPath,
    EnterText,
    Reply,
    Settle,
    choose,
    confirm,
    enter_path,
    enter_text,
    notify,
    settle,
)
from mpfcheck.drafting.on_paper import checksum_of
from mpfcheck.drafting.parts.bringing import Bringing, GoneError, bringing_of, is_of_this_draft
from mpfcheck.drafting.parts.holdings import Applicant, applicants_of, holdings_of
from mpfcheck.drafting.parts.part import LONGEST_NOTE, Part, PartError, as_part, part_at, project_of
from mpfcheck.drafting.store.json_file import as_json
from mpfcheck.drafting.store.merge import Side
from mpfcheck.report.paper.paper import Written

__all__ = [
    "PART_ENDING",
    "another_project",
    "bring_back",
    "bring_file_back",
    "part_file",
    "part_name",
    "partners_of",
    "send_to_partner",
    "take",
    "why_no_part",
]

PART_ENDING = ".part.json"
MOST_REFUSED = 5


def why_no_part(work: Work) -> str:
    """Why no part of a draft can be sent, in words; empty where one can."""
    session = work.session
    if session.scope is not None:
        return "This is a part itself. Only the lead applicant's draft can be sent in parts."
    if not applicants_of(session):
        return "This draft has no applicants yet. Add the lead applicant or a co-applicant first."
    if not (project_of(session.document) or _lead_name(work)):
        return "Enter the title of the project or the name of the lead applicant first. Partners must see who asks."
    return ""


def _lead_name(work: Work) -> str:
    lead = work.session.document.get("lead")
    name = lead.get("name") if isinstance(lead, Mapping) else None
    return name.strip() if isinstance(name, str) else ""


def partners_of(work: Work) -> tuple[Applicant, ...]:
    """Whom a part can be sent to: the partners first, then whoever has a record of its own, who leads."""
    return tuple(sorted(applicants_of(work.session), key=lambda one: not one.place.rpartition("/")[2].isdecimal()))


def part_file(work: Work, applicant: Applicant, note: str) -> bytes:
    """The file of the part of an applicant, from the draft as it is now."""
    session = work.session
    holdings = holdings_of(session.form, session.document, applicant.id)
    assert holdings is not None  # noqa: S101 - it is an applicant of this draft
    return as_json(as_part(session, holdings, applicant.name, checksum_of(work), note.strip()[:LONGEST_NOTE]))


def part_name(work: Work, applicant: Applicant) -> str:
    """The usual name of the file of a part."""
    plain = "".join(one if one.isalnum() and one.isascii() else "-" for one in applicant.id)
    return f"{work.file.path.stem}-{plain[:40]}{PART_ENDING}"


def send_to_partner(work: Work) -> Dialogue[Path | None]:
    """Ask whose part it is, and write it into a file to send; the path, None where nothing was written."""
    if why := why_no_part(work):
        yield from notify(why, warning=True)
        return None
    applicants = partners_of(work)
    replies = tuple(Reply(str(number), one.name, one.id) for number, one in enumerate(applicants))
    text = "The partner gets a file with the questions about its organisation, its costs, co-financing and documents."
    reply = yield from choose(Choose("Send to a partner", text, replies))
    if reply is None:
        return None
    applicant = applicants[int(reply)]
    note = yield from enter_text(
        EnterText(f"A note to {applicant.name}", "The partner reads it first. You may leave it empty.", "Continue")
    )
    if note is None:
        return None
    usual = work.file.path.with_name(part_name(work, applicant))
    path = yield from write_where(work.file.path, usual, lambda: Written(part_file(work, applicant, note)))
    if path is not None:
        yield from notify(
            f"Send this file to {applicant.name}, for example by e-mail. It is opened with: mpfcheck apply FILE"
        )
    return path


def bring_file_back(work: Work) -> Dialogue[bool]:
    """Ask for the file of a part, and bring it back; whether the draft was changed."""
    text = "The file that the partner sent back. You see what changes before it is taken."
    typed = ""
    while True:
        typed = yield from enter_path(EnterPath("Bring a part back (file)", text, typed, "Open", exists=True))
        if not typed:
            return False
        try:
            part = part_at(Path(typed).expanduser())
        except PartError as error:
            text = f"{error.message} {error.hint}"
            continue
        return (yield from bring_back(work, part))


def bring_back(work: Work, part: Part) -> Dialogue[bool]:
    """Show what a part changes, settle what is answered differently, and take it; whether the draft was changed."""
    session = work.session
    if session.scope is not None:
        yield from notify("This is a part itself. Bring parts back into the lead applicant's draft.", warning=True)
        return False
    if not is_of_this_draft(session, part, work.file.states()) and not (yield from _is_renamed(work, part)):
        yield from notify("Nothing was taken.")
        return False
    bringing = yield from _bringing(work, part)
    if bringing is None:
        return False
    for refusal in bringing.refused[:MOST_REFUSED]:
        yield from notify(f"{refusal.subject}: {refusal.why}", warning=True)
    if (more := len(bringing.refused) - MOST_REFUSED) > 0:
        yield from notify(f"{more} more values were not taken.", warning=True)
    choices: Mapping[str, Side] | None = {}
    if bringing.fields:
        title = f"You and {part.name} answered differently"
        text = "These answers were changed in the draft and in the part. Choose which answers to keep."
        choices = yield from settle(Settle(title, text, sides_of(bringing.fields, bringing.session)))
    if choices is None:
        yield from notify("Nothing was taken. The part stays in its file: bring it back again to choose.")
        return False
    changes = bringing.changes(choices)
    if not changes:
        take(work, bringing, choices)
        yield from notify(f"The part of {part.name} changes nothing: the draft has these answers already.")
        return False
    question = Confirm(
        f"Take the part of {part.name}?",
        number_of_changes(changes),
        Reply("take", "Take these changes", "you can undo this"),
        Reply("leave", "Leave the draft as it is"),
        changes_in_words(changes),
    )
    if not (yield from confirm(question)):
        return False
    take(work, bringing, choices)
    yield from notify(f"The part of {part.name} is in your draft. You can undo this.")
    return True


def take(work: Work, bringing: Bringing, choices: Mapping[str, Side]) -> None:
    """Go on with the part in the draft, in one step; answers of it that are not taken go among the earlier states."""
    session = work.session
    declined = None
    if Side.OURS in choices.values():
        declined = dict(bringing.state(session.state, bringing.all_of(Side.THEIRS)).document)
    work.file.keep_part(bringing.part.id, bringing.memory(choices), declined)
    state = bringing.state(session.state, choices)
    if state is not session.state:
        session.replace(state.document, state.unfinished, step=f"part of {bringing.part.name} brought back")


def another_project(work: Work, part: Part) -> str:
    """Say that a part names another project than a draft does."""
    of = f"the project “{part.project}”" if part.project else "a project without a title"
    own = project_of(work.session.document)
    draft = f"The draft is of “{own}”." if own else "The draft has no title."
    return f"This part was made for {of}{f' of {part.asker}' if part.asker else ''}. {draft}"


def _is_renamed(work: Work, part: Part) -> Dialogue[bool]:
    question = Confirm(
        "Is this part from this draft?",
        another_project(work, part),
        Reply("same", "It is from this draft", "the project had another title then"),
        Reply("other", "It is not from this draft"),
    )
    return (yield from confirm(question))


def _bringing(work: Work, part: Part) -> Dialogue[Bringing | None]:
    memory = work.file.part(part.id)
    try:
        return bringing_of(work.session, part, memory)
    except GoneError as error:
        question = Confirm(
            f"Put {part.name} back?",
            error.message,
            Reply("back", "Put it back", "with the answers of this part"),
            Reply("leave", "Leave the part"),
        )
        if not (yield from confirm(question)):
            return None
        return bringing_of(work.session, part, memory, put_back=True)
    except PartError as error:
        yield from notify(f"{error.message} {error.hint}", warning=True)
        return None
