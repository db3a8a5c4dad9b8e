"""The plain front end from beginning to end: a draft is opened, asked about, and left."""

from __future__ import annotations

import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from mpfcheck.drafting.desk import Desk, Work
from mpfcheck.drafting.ending import Ending
from mpfcheck.prompts.interview import Interview
from mpfcheck.prompts.keeper import Keeper
from mpfcheck.prompts.opening import open_draft
from mpfcheck.prompts.start import start
from mpfcheck.prompts.talk import EndOfInputError, Talk

__all__ = ["run_prompts"]


def run_prompts(
    draft: Path | None,
    *,
    call_id: str | None = None,
    folders: tuple[Path, ...] = (),
    typed: TextIO | None = None,
    out: TextIO | None = None,
) -> Ending:
    """Ask about the draft at a path, or let the applicant choose one, until they leave or nothing more is typed.

    ``call_id`` is the call of a new draft, ``folders`` hold calls from elsewhere. ``typed`` and ``out`` stand for the
    streams of the process. Raises DraftError where the draft cannot be opened, PackError and NoFormError where its call
    cannot be asked about.
    """
    if typed is None and isinstance(sys.stdin, TextIOWrapper):
        # Half a character is told to the applicant, and is no reason to stop.
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    talk = Talk(typed, out)
    desk = Desk(folders)
    try:
        work = open_draft(desk, draft, call_id, talk) if draft is not None else start(desk, call_id, talk)
    except EndOfInputError:
        work = None
    except KeyboardInterrupt:
        return Ending(interrupted=True)
    return _interview(work, desk, talk) if work is not None else Ending()


def _interview(work: Work, desk: Desk, talk: Talk) -> Ending:
    keeper = Keeper(work, desk.shelf.folders, talk)
    interrupted = False
    try:
        with suppress(EndOfInputError):
            Interview(keeper, desk.checker(work.session.form.call), talk).run()
    except KeyboardInterrupt:
        interrupted = True
        talk.blank()
    finally:
        try:
            keeper.save_quietly()
        finally:
            keeper.work.file.close()
    return Ending(keeper.work.file.path, keeper.work.session.verdict, keeper.saved, interrupted)
