"""What is certain of a draft already is found out beside the front end, and the smallest change is made as one step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from multiprocessing import Pipe
from pickle import PicklingError
from threading import Event
from typing import cast

import pytest

from mpfcheck import extra
from mpfcheck.checking.report import Change, Outlook, Repair
from mpfcheck.drafting.ahead import LookAhead, _look_ahead, _Process
from mpfcheck.drafting.desk import Desk
from mpfcheck.drafting.dialogues.changing import make_smallest_change
from mpfcheck.drafting.dialogues.steps import Confirm, Notice, Step, run
from mpfcheck.drafting.session import Ahead, Session, new_document
from mpfcheck.packs.call import Call

CALL = "mpf-2023-borders-security"
GRANT = "/financing/grant_requested"
CANNOT = "Whatever else you answer, this proposal cannot become eligible."
CHANGE = Change(GRANT, "12000000.00", "10000000.00", True, "EUR 12 000 000.00", "EUR 10 000 000.00")
FOUND = Ahead(
    Outlook(eligible_possible=False, message=f"{CANNOT} …", reason="No fund allows it."),
    Repair((CHANGE,), minimal=True, message="…"),
)
PATIENCE = 120.0
"""Seconds; a process may take long to start while all tests run."""


@pytest.fixture
def session() -> Session:
    desk = Desk()
    session = Session(desk.checker(CALL), desk.form(CALL), new_document(desk.form(CALL)))
    session.answer(GRANT, "12 000 000")
    return session


@pytest.fixture
def found() -> Event:
    return Event()


@pytest.fixture
def look(session: Session, found: Event) -> Iterator[LookAhead]:
    look = LookAhead(session, found.set)
    yield look
    look.close()


def test_it_is_found_out_in_the_background_and_is_about_the_draft_as_it_is(
    session: Session, look: LookAhead, found: Event
) -> None:
    look.ask()
    assert session.ahead is None
    assert found.wait(PATIENCE)
    assert session.ahead is None  # Nothing changes under the front end's hands.
    assert look.take()
    assert session.certain_in_words().startswith(f"{CANNOT} No fund allows EUR")
    assert session.changes_in_words() == ("Financing, Grant requested: EUR 10 000 000.00 instead of EUR 12 000 000.00",)

    session.answer(GRANT, "9 000 000")
    assert session.ahead is None
    assert not look.take()  # What was found is about another draft.
    look.ask()
    assert look.wait(PATIENCE)
    assert session.certain_in_words() == "This proposal can still become eligible."
    assert session.changes_in_words() == ()


def test_only_the_newest_question_is_answered(session: Session, look: LookAhead) -> None:
    for million in range(13, 18):
        session.answer(GRANT, f"{million} 000 000")
        look.ask()
    assert look.wait(PATIENCE)
    assert "17" in session.changes_in_words()[0]


def test_what_was_closed_finds_nothing(session: Session, look: LookAhead) -> None:
    look.ask()
    look.close()
    assert not look.wait(PATIENCE)
    look.ask()
    assert session.ahead is None


@pytest.mark.parametrize("sent", [b"", b"\x00\x00\x10\x00half a call"])
def test_a_process_that_finds_nobody_ends_without_a_word(sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who leaves while it starts, or while it is given the call, sees no complaint of it on the terminal."""
    monkeypatch.setattr(os, "nice", lambda _: 0)
    ours, theirs = Pipe()
    os.write(ours.fileno(), sent)
    ours.close()

    _look_ahead(theirs)


def test_a_process_is_started_without_the_call_which_a_pipe_would_not_hold() -> None:
    """So nothing is unfinished where a program ends meanwhile: the call is sent with the first question."""
    cannot_be_sent = cast("Call", lambda: None)
    process = _Process(cannot_be_sent)
    try:
        with pytest.raises((AttributeError, PicklingError)):
            process.ask({})
    finally:
        process.end()


def test_without_the_solver_nothing_is_asked(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None)
    look = LookAhead(session)
    look.ask()
    assert not look.wait(PATIENCE)
    assert [type(step) for step in shown(session)] == [Notice]
    assert 'pip install ".[prove]"' in said(session)


def test_the_change_is_one_step_and_can_be_undone(session: Session) -> None:
    session.answer("/title", "A title")
    session.ahead = FOUND
    session.change_as_found()

    assert session.document["financing"] == {"grant_requested": "10000000.00"}
    assert session.document["title"] == "A title"
    assert session.state.step == "Smallest change that would do: made"
    assert session.ahead is None
    session.undo()
    assert session.document["financing"] == {"grant_requested": "12000000.00"}


def test_nothing_is_changed_where_nothing_was_found(session: Session) -> None:
    before = session.state
    session.change_as_found()
    assert session.state is before


def test_what_the_verdict_says_already_is_not_said_again(session: Session) -> None:
    session.answer(GRANT, "1")
    session.answer("/budget/total", "150 000")
    session.ahead = FOUND

    assert session.verdict == "ineligible"
    assert session.certain_in_words() == ""
    assert session.changes_in_words()


def shown(session: Session, reply: object = None) -> list[Step]:
    """The steps of the dialogue about the change, each with the same reply."""
    steps: list[Step] = []

    def show(step: Step) -> object:
        steps.append(step)
        return reply

    run(make_smallest_change(session), show)
    return steps


def said(session: Session) -> str:
    (step,) = shown(session)
    assert isinstance(step, Notice)
    return step.text


def test_the_change_is_made_only_where_it_is_agreed_to(session: Session) -> None:
    session.ahead = FOUND
    (asked,) = shown(session, reply=False)

    assert isinstance(asked, Confirm)
    assert asked.title == "Smallest change that would do"
    assert "EUR 10 000 000.00 instead of EUR 12 000 000.00" in asked.text
    assert session.ahead is FOUND
    shown(session, reply=True)
    assert session.document["financing"] == {"grant_requested": "10000000.00"}


def test_a_change_that_is_not_proven_the_smallest_is_not_called_so(session: Session) -> None:
    session.ahead = Ahead(FOUND.outlook, Repair((CHANGE,), minimal=False, message="…"))
    assert session.heading_of_change() == "A change that would do"


def test_why_there_is_no_change(session: Session) -> None:
    assert "We do not know yet" in said(session)
    session.ahead = Ahead(Outlook(eligible_possible=True, message="It can."))
    assert "No change is needed" in said(session)
    session.ahead = Ahead(FOUND.outlook, Repair((), minimal=True, message="No change would do."))
    assert said(session) == "No change would do."
    session.ahead = Ahead(Outlook(eligible_possible=None, message="It took too long."))
    assert said(session) == "It took too long."
