"""The plain front end from beginning to end: a draft is opened, asked about, and left."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from mpfcheck.drafting.desk import Desk, Ending, Work
from mpfcheck.drafting.dialogues.opening import open_draft
from mpfcheck.drafting.session import new_document
from mpfcheck.engine.interruption import handling_signals
from mpfcheck.prompts.dialogue import hold
from mpfcheck.prompts.group import ask_about_group
from mpfcheck.prompts.interview import Interview
from mpfcheck.prompts.pages import ask_for_page
from mpfcheck.prompts.places import PAGES
from mpfcheck.prompts.question import ask_question
from mpfcheck.prompts.start import start
from mpfcheck.prompts.talk import SIGHUP, EndOfInputError, Talk

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
    streams of the process. Only with those of the process, what is certain already is found out in the background.
    Raises DraftError where the draft cannot be opened, PackError and NoFormError where its call cannot be asked about.
    """
    if typed is None and isinstance(sys.stdin, TextIOWrapper):
        # Half a character is told to the applicant, and is no reason to stop.
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    talk = Talk(typed, out)
    with handling_signals(partial(_stop, talk)):
        return _run(draft, call_id, Desk(folders, looks_ahead=typed is None), talk)


def _run(draft: Path | None, call_id: str | None, desk: Desk, talk: Talk) -> Ending:
    try:
        work = (
            hold(open_draft(desk, draft, call_id, ask_first=True), talk)
            if draft is not None
            else start(desk, call_id, talk)
        )
    except EndOfInputError:
        work = None
    except KeyboardInterrupt:
        return Ending(interrupted=talk.signal in (None, signal.SIGINT), signal=_ended_by(talk))
    return _interview(work, desk, talk) if work is not None else Ending(signal=_ended_by(talk))


def _interview(work: Work, desk: Desk, talk: Talk) -> Ending:
    interview = Interview(work, desk, talk)
    interrupted = False
    if work.session.form.intro and work.session.document == new_document(work.session.form):
        talk.say(work.session.form.intro)
    try:
        with suppress(EndOfInputError):
            _ask_until_left(interview)
    except KeyboardInterrupt:
        interrupted = talk.signal in (None, signal.SIGINT)
        if talk.signal != SIGHUP:
            talk.blank()
    finally:
        try:
            _save_quietly(interview, talk)
        finally:
            interview.keeper.draft.file.close()
            if interview.ahead is not None:
                interview.ahead.close()
    return interview.keeper.ending(interrupted=interrupted, by_signal=_ended_by(talk))


def _ask_until_left(interview: Interview) -> None:
    """Ask, from the list of pages on, until the applicant leaves. Raises EndOfInputError and KeyboardInterrupt."""
    here: str | None = PAGES
    while here is not None:
        interview.show_certain()
        location = interview.session.locate(here) if here else None
        if location is None:
            interview.end_page()
            here = ask_for_page(interview)
            continue
        interview.begin_page(location.page)
        if location.question is not None:
            interview.begin_item(location)
            here = ask_question(interview, here)
        else:
            here = ask_about_group(interview, here)


def _save_quietly(interview: Interview, talk: Talk) -> None:
    error = interview.keeper.save_quietly()
    if error is not None:
        talk.say(error.in_words())
    for text in interview.keeper.news():
        talk.say(text)


def _ended_by(talk: Talk) -> int | None:
    """The signal that asked the program to end; Ctrl-C is told as an interruption."""
    return None if talk.signal == signal.SIGINT else talk.signal


def _stop(talk: Talk, number: int) -> None:
    """End the talk for a signal, in order: what was answered and typed is kept."""
    if number == SIGHUP:
        # The terminal is gone: whatever is still said must not fail at that.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.__stdout__, sys.__stderr__):
            if stream is not None:
                with suppress(OSError, ValueError):
                    os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    talk.stop(number)
