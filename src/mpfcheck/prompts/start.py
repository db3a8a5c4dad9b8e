"""The start: the drafts there are, a new one, or a file from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from mpfcheck.drafting.desk import Desk, Work
from mpfcheck.drafting.dialogues.opening import delete_draft, import_draft, new_draft, open_draft
from mpfcheck.drafting.store.errors import DraftError, printable
from mpfcheck.drafting.store.shelf import ListedDraft
from mpfcheck.drafting.words import age_in_words, verdict_words
from mpfcheck.prompts.dialogue import hold
from mpfcheck.prompts.talk import Talk

__all__ = ["start"]

_delete = re.compile(r"delete ([0-9]{1,4})").fullmatch


def start(desk: Desk, call_id: str | None, talk: Talk) -> Work | None:
    """List the drafts and ask for one, until one is open; None where the applicant leaves."""
    listed = False
    while True:
        listing = desk.shelf.list()
        if not listed:
            _tell(desk, listing.drafts, listing.gone, talk)
            listed = True
        some = "Number of a draft, new, import, delete 1" if listing.drafts else "new, import"
        word = talk.ask(f"{some} or quit:").strip().casefold().removeprefix(":")
        try:
            if word in ("quit", "q", "<"):
                return None
            if word in ("?", "help"):
                _help(talk)
            elif deleted := _delete(word):
                _delete_draft(desk, listing.drafts, int(deleted[1]), talk)
                listed = False
            elif work := _opened(desk, word, listing.drafts, call_id, talk):
                return work
        except DraftError as error:
            talk.say(f"{error.message} {error.hint}", indent="  ")


def _tell(desk: Desk, drafts: Sequence[ListedDraft], gone: Sequence[Path], talk: Talk) -> None:
    talk.say("mpfcheck asks for the proposal line by line and shows its status. Type ? for help at every prompt.")
    if not drafts:
        talk.say("There is no draft yet.")
        return
    talk.heading("Your drafts:")
    moment = datetime.now(UTC)
    for number, draft in enumerate(drafts, 1):
        talk.entry(f"{number}.", _in_a_line(desk, draft, moment))
    for path in gone:
        talk.say(f"No longer there: {printable(path)}", indent="  ")


def _in_a_line(desk: Desk, draft: ListedDraft, moment: datetime) -> str:
    if draft.problem is not None:
        return f"{printable(draft.path)}: cannot be opened. {draft.problem.message}"
    verdict = desk.verdict(draft.path)
    no_verdict = verdict_words(None).casefold() if draft.is_part else "its call is not known here"
    status = verdict_words(verdict).casefold() if verdict is not None else no_verdict
    name = printable(draft.path.name)
    title = f"{draft.title}; {name}" if draft.title else f"(no title) {name}"
    return f"{title}; {draft.call or 'no call'}; {status}; changed {age_in_words(draft.age(moment))}"


def _opened(desk: Desk, word: str, drafts: Sequence[ListedDraft], call_id: str | None, talk: Talk) -> Work | None:
    if word == "new":
        return hold(new_draft(desk, call_id, ask_path=True), talk)
    if word == "import":
        return hold(import_draft(desk, call_id), talk)
    if word.isdecimal() and word.isascii() and len(word) < 5 and 1 <= int(word) <= len(drafts):
        return hold(open_draft(desk, drafts[int(word) - 1].path, call_id), talk)
    talk.say("Type one of these words, or the number of a draft.", indent="  ")
    return None


def _delete_draft(desk: Desk, drafts: Sequence[ListedDraft], number: int, talk: Talk) -> None:
    if not 1 <= number <= len(drafts):
        talk.say(f"There is no draft {number}.", indent="  ")
        return
    draft = drafts[number - 1]
    hold(delete_draft(desk, draft.path, draft.title), talk)


def _help(talk: Talk) -> None:
    for word, what in (
        ("1", "continue draft 1"),
        ("new", "start a new proposal"),
        ("import", "copy a proposal from a JSON file and work on the copy"),
        ("delete 1", "move draft 1 to the folder of deleted drafts"),
        ("quit", "leave"),
    ):
        talk.entry(f"{word}:", what)
