"""A comment goes where its answer goes, changes nothing that rules say, and is not in what is submitted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mpfcheck.checking.checker import Checker
from mpfcheck.drafting.comments import comments_in, without_comments
from mpfcheck.drafting.desk import Work
from mpfcheck.drafting.dialogues.exporting import exported
from mpfcheck.drafting.document import Document
from mpfcheck.drafting.on_paper import paper_of
from mpfcheck.drafting.parts.bringing import bringing_of
from mpfcheck.drafting.parts.holdings import holdings_of
from mpfcheck.drafting.parts.part import as_part, part_of, scope_of
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.store.draft_file import DraftFile
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.json_file import as_json, from_json
from mpfcheck.drafting.summary import COMMENTS_HEADING, what_now
from mpfcheck.reading.document import read_proposal
from tests.drafting.conftest import example

NOTE = "to check with Ana"
PLACES = (
    "/title",
    "/budget/total",
    "/lead/country",
    "/co_applicants/0/contact/email",
    "/budget/lines/2/amount",
    "/documents/0/issuer",
    "/co_applicants",
)


@pytest.fixture
def session(start: Callable[[Document], Session]) -> Session:
    return start(example("eligible-lithuania-moldova.json"))


@pytest.mark.parametrize("place", PLACES)
def test_a_comment_changes_nothing_but_itself_and_can_be_undone(session: Session, place: str) -> None:
    before, report = session.document, session.report
    session.comment(place, f"  {NOTE}\n")
    assert [(one.pointer, one.text) for one in session.comments()] == [(place, NOTE)]
    assert session.comment_at(place) == NOTE
    assert session.report == report
    assert without_comments(session.document) == before
    read = read_proposal(as_json(dict(session.document)))
    assert (read.problems, read.answers) == ((), read_proposal(as_json(dict(before))).answers)
    session.comment(place, "")
    assert (session.document, session.comments()) == (before, ())
    session.undo()
    assert session.comment_at(place) == NOTE


def test_it_goes_with_its_entry(session: Session) -> None:
    session.comment("/budget/lines/2/amount", NOTE)
    session.remove("/budget/lines/0")
    session.move("/budget/lines/1", 3)
    assert [place for place, _ in comments_in(session.document)] == ["/budget/lines/4/amount"]
    session.remove("/budget/lines/4")
    assert session.comments() == ()


def test_a_place_that_nobody_is_asked_about_takes_none(session: Session) -> None:
    for place in ("", "/", "title", "/nothing", "/budget/lines/99/amount", "/lead"):
        with pytest.raises(KeyError):
            session.comment(place, NOTE)


def test_it_travels_with_a_part_in_both_directions(session: Session) -> None:
    email, amount = "/co_applicants/0/contact/email", "/budget/lines/0/amount"
    session.comment(email, NOTE)
    holdings = holdings_of(session.form, session.document, "bp-md")
    assert holdings is not None
    document = from_json(as_json(as_part(session, holdings, "Border Police", "", "")))
    form, scope = scope_of(part_of(document, "part"), session.form)
    part = session.part(form, document, scope)
    assert part.comment_at(email) == NOTE
    part.comment(amount, "not sure")
    bringing = bringing_of(session, part_of(part.document, "part"))
    assert bringing.refused == ()
    (change,) = bringing.changes({})
    assert change.details == ("Comment on Amount: not sure",)
    after = session.beside(bringing.state(session.state, {}))
    assert {one.text for one in after.comments()} == {NOTE, "not sure"}


def test_it_is_listed_before_hand_in_and_is_not_in_the_exported_proposal(
    session: Session, checker: Checker, tmp_path: Path
) -> None:
    session.comment("/title", NOTE)
    sections = {section.heading: str(section.blocks) for section in what_now(session)}
    assert NOTE in sections[COMMENTS_HEADING]
    assert NOTE in str([str(block) for block in paper_of(session, "0" * 64).blocks])
    folders = Folders(tmp_path / "drafts", tmp_path / "state")
    with DraftFile.create(tmp_path / "draft.json", dict(session.document), folders) as file:
        made = exported("proposal", Work(session, file), checker).data
    assert NOTE.encode() not in made
    assert b"comments" not in made
