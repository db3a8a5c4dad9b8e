"""The start: the drafts there are, a new one, or a file from elsewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mpfcheck.drafting.desk import Desk, Work
from mpfcheck.drafting.store.errors import DraftError, printable
from mpfcheck.drafting.store.shelf import Listed, listed
from mpfcheck.prompts.confirm import confirmed
from mpfcheck.prompts.opening import begin, open_draft
from mpfcheck.prompts.talk import Talk
from mpfcheck.report.words import VERDICT_HEADLINE, counted

__all__ = ["age_in_words", "start"]

_delete = re.compile(r"delete ([0-9]{1,4})").fullmatch


def start(desk: Desk, call_id: str | None, talk: Talk) -> Work | None:
    """List the drafts and ask for one, until one is open; None where the applicant leaves."""
    told = False
    while True:
        listing = desk.shelf.list()
        if not told:
            _tell(desk, listing.drafts, listing.gone, talk)
            told = True
        some = "Number of a draft, new, import, delete 1" if listing.drafts else "new, import"
        word = talk.ask(f"{some} or quit:").strip().casefold().removeprefix(":")
        try:
            if word in ("quit", "q", "<"):
                return None
            if word in ("?", "help"):
                _help(talk)
            elif deleted := _delete(word):
                _put_away(desk, listing.drafts, int(deleted[1]), talk)
                told = False
            elif work := _opened(desk, word, listing.drafts, call_id, talk):
                return work
        except DraftError as error:
            talk.say(f"{error.message} {error.hint}", indent="  ")


def age_in_words(age: timedelta | None) -> str:
    """How long ago something was, in the largest unit."""
    if age is None:
        return "at an unknown time"
    minutes = int(age.total_seconds() // 60)
    for size, unit in ((60 * 24, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            return f"{counted(minutes // size, unit)} ago"
    return "just now"


def _tell(desk: Desk, drafts: Sequence[Listed], gone: Sequence[Path], talk: Talk) -> None:
    talk.say("mpfcheck asks what a proposal needs, line by line, and says where it stands. ? helps at every prompt.")
    if not drafts:
        talk.say("There is no draft yet.")
        return
    talk.heading("Your drafts:")
    moment = datetime.now(UTC)
    for number, draft in enumerate(drafts, 1):
        talk.entry(f"{number}.", _in_a_line(desk, draft, moment))
    for path in gone:
        talk.say(f"No longer there: {printable(path)}", indent="  ")


def _in_a_line(desk: Desk, draft: Listed, moment: datetime) -> str:
    if draft.problem is not None:
        return f"{printable(draft.path)}: cannot be opened. {draft.problem.message}"
    verdict = desk.verdict(draft.path)
    said = VERDICT_HEADLINE[verdict].casefold() if verdict is not None else "its call is not known here"
    title = draft.title or f"(no title) {printable(draft.path.name)}"
    return f"{title}; {draft.call or 'no call'}; {said}; changed {age_in_words(draft.age(moment))}"


def _opened(desk: Desk, word: str, drafts: Sequence[Listed], call_id: str | None, talk: Talk) -> Work | None:
    if word == "new":
        return begin(desk, call_id, talk)
    if word == "import":
        return _import(desk, call_id, talk)
    if word.isdecimal() and word.isascii() and len(word) < 5 and 1 <= int(word) <= len(drafts):
        return open_draft(desk, drafts[int(word) - 1].path, call_id, talk)
    talk.say("Type one of these words, or the number of a draft.", indent="  ")
    return None


def _import(desk: Desk, call_id: str | None, talk: Talk) -> Work | None:
    """Copy a proposal from elsewhere into the drafts; the file it comes from is left alone."""
    typed = talk.ask("JSON file to import (Enter: none):").strip()
    if not typed:
        return None
    path = Path(typed).expanduser().absolute()
    problem = listed(path).problem
    if problem is not None:
        talk.say(f"{printable(path)} cannot be imported. {problem.message} {problem.hint}", indent="  ")
        return None
    copy = desk.shelf.copy(path)
    try:
        return open_draft(desk, copy, call_id, talk)
    except DraftError:
        # A copy of what cannot be opened is no draft.
        os.unlink(copy)
        raise


def _put_away(desk: Desk, drafts: Sequence[Listed], number: int, talk: Talk) -> None:
    if not 1 <= number <= len(drafts):
        talk.say(f"There is no draft {number}.", indent="  ")
        return
    path = drafts[number - 1].path
    if confirmed(talk, f"Delete {printable(path)}?"):
        talk.say(f"It is in {printable(desk.shelf.trash.put(path))} now.", indent="  ")


def _help(talk: Talk) -> None:
    for word, what in (
        ("1", "go on with draft 1"),
        ("new", "begin a new proposal"),
        ("import", "take a copy of a proposal in a JSON file, and go on with that"),
        ("delete 1", "move draft 1 to the folder of deleted drafts"),
        ("quit", "leave"),
    ):
        talk.entry(f"{word}:", what)
