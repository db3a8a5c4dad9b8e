"""What is certain already, line by line: told once it is found out, and with a way to make the smallest change."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from mpfcheck.drafting.ahead import LookAhead
from mpfcheck.drafting.desk import Desk
from mpfcheck.prompts.interview import Command, Interview
from mpfcheck.prompts.places import PAGES
from mpfcheck.prompts.talk import Talk
from tests.drafting.test_ahead import FOUND
from tests.prompts.conftest import CALL

GRANT = "/financing/grant_requested"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The grants that were asked about: the answer to each is at hand at once."""
    asked: list[str] = []

    def ask(look: LookAhead) -> None:
        session = look._session
        asked.append(str(session.document.get("financing")))

    def take(look: LookAhead) -> bool:
        if "12000000" in asked[-1]:
            look._session.ahead = FOUND
        return look._session.ahead is not None

    monkeypatch.setattr(LookAhead, "ask", ask)
    monkeypatch.setattr(LookAhead, "take", take)
    monkeypatch.setattr(LookAhead, "wait", lambda look, seconds: take(look))
    return asked


def interview(path: Path, *lines: str) -> tuple[Interview, StringIO]:
    desk = Desk(looks_ahead=True)
    out = StringIO()
    return Interview(desk.start(path, CALL), desk, Talk(StringIO("".join(f"{line}\n" for line in lines)), out)), out


def test_it_is_told_once_and_again_only_when_it_has_changed(path: Path, asked: list[str]) -> None:
    talking, out = interview(path)
    talking.show_certain()
    assert out.getvalue() == ""
    talking.step(lambda: talking.session.answer(GRANT, "12 000 000"))
    said = len(out.getvalue())
    talking.show_certain()
    talking.show_certain()
    told = out.getvalue()[said:]

    assert told.count("No fund allows it.") == 1
    assert "Type :change to see the smallest change that would do." in told
    assert len(asked) == 2


def test_the_status_shows_the_change_and_change_makes_it(path: Path, asked: list[str]) -> None:
    talking, out = interview(path, "yes")
    talking.step(lambda: talking.session.answer(GRANT, "12 000 000"))
    assert talking.obey(Command("status"), PAGES) == PAGES
    status = out.getvalue()
    assert "- Financing, Grant requested: EUR 10 000 000.00 instead of EUR 12 000 000.00" in status
    assert "Type :change to make it." in status

    assert talking.obey(Command("change"), PAGES) == PAGES
    assert talking.session.document["financing"] == {"grant_requested": "10000000.00"}
    assert "10000000.00" in path.read_text(encoding="utf-8")


def test_without_looking_ahead_the_lines_say_why_there_is_no_change(path: Path) -> None:
    desk = Desk()
    out = StringIO()
    talking = Interview(desk.start(path, CALL), desk, Talk(StringIO(), out))
    talking.obey(Command("change"), PAGES)
    assert "We do not know yet whether a change is needed." in out.getvalue()
