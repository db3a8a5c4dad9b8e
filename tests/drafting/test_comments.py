"""A comment goes where its answer goes, changes nothing that rules say, and is not in what is submitted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator, Registry

from mpfcheck.api.schemas import schema_text
from mpfcheck.checking.checker import Checker
from mpfcheck.drafting.comments import comments_in, without_comments
from mpfcheck.drafting.desk import Work
from mpfcheck.drafting.dialogues.exporting import exported
from mpfcheck.drafting.dialogues.saving import sides_of
from mpfcheck.drafting.document import Document
from mpfcheck.drafting.on_paper import paper_of
from mpfcheck.drafting.parts.bringing import bringing_of
from mpfcheck.drafting.parts.holdings import applicants_of, holdings_of
from mpfcheck.drafting.parts.part import as_part, part_of, scope_of
from mpfcheck.drafting.questions import DraftGroup
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.store.draft_file import DraftFile
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.json_file import as_json, from_json
from mpfcheck.drafting.store.merge import Side
from mpfcheck.drafting.summary import COMMENTS_HEADING, what_now
from mpfcheck.forms.load import load_form
from mpfcheck.packs.load import load_call
from mpfcheck.reading.document import read_proposal
from tests.drafting.conftest import example
from tests.drafting.parts.test_parts import proposals

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


def test_comments_of_both_on_one_answer_and_on_one_list_wait_for_a_choice(session: Session) -> None:
    holdings = holdings_of(session.form, session.document, "bp-md")
    assert holdings is not None
    document = from_json(as_json(as_part(session, holdings, "Border Police", "", "")))
    form, scope = scope_of(part_of(document, "part"), session.form)
    part = session.part(form, document, scope)
    for place in ("/budget/lines", "/co_applicants/0/contact/email"):
        part.comment(place, "theirs")
        session.comment(place, "ours")
    bringing = bringing_of(session, part_of(part.document, "part"))
    sides = sides_of(bringing.fields, bringing.session)
    assert [one.title.partition(",")[0] for one in sides] == [
        "Comment on Border Police",
        "Comment on Budget",
    ]
    assert [[side.detail for side in one.sides] for one in sides] == [["ours", "theirs"]] * 2
    after = session.beside(bringing.state(session.state, bringing.all_of(Side.THEIRS)))
    assert {one.text for one in after.comments()} == {"theirs"}


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


def closed(schema: object) -> object:
    """A schema that takes no member it does not describe; what belongs to a call stays open."""
    if isinstance(schema, dict):
        inner = {name: closed(value) for name, value in schema.items()}
        if isinstance(schema.get("properties"), dict):
            inner["additionalProperties"] = False
        return inner
    return [closed(one) for one in schema] if isinstance(schema, list) else schema


def every_place(session: Session) -> list[str]:
    """Everything that is asked, with one entry more in every list, which is open."""
    found: list[str] = []
    for page in session.pages():
        for asked in session.questions(page):
            found.append(asked.pointer)
            if isinstance(asked, DraftGroup):
                session.add(asked.pointer)
                session.reopen(asked.pointer)
                found += [one.pointer for item in session.group(asked.pointer).items for one in item.questions]
    return [place for place in found if session.is_asked(place)]


@pytest.mark.slow
@pytest.mark.parametrize("path", proposals(), ids=lambda path: path.stem)
def test_a_draft_and_its_parts_hold_nothing_that_their_published_schemas_do_not_describe(path: Path) -> None:
    schemas = {name: closed(json.loads(schema_text(name))) for name in ("proposal", "part")}
    registry = Registry([("urn:mpfcheck:proposal:1", schemas["proposal"])])
    document = from_json(path.read_bytes())
    call = load_call(str(document["call"]))
    session = Session(Checker(call), load_form(call), document)
    written = {"proposal": [session], "part": []}
    for applicant in applicants_of(session):
        holdings = holdings_of(session.form, session.document, applicant.id)
        assert holdings is not None
        part = from_json(as_json(as_part(session, holdings, applicant.name, "", NOTE)))
        form, scope = scope_of(part_of(part, "part"), session.form)
        written["part"].append(session.part(form, part, scope))
    for name, drafts in written.items():
        for draft in drafts:
            places = every_place(draft)
            for place in places:
                draft.comment(place, NOTE)
            assert {one.pointer for one in draft.comments()} == set(places)
            Draft202012Validator(schemas[name], registry=registry).validate(json.loads(as_json(dict(draft.document))))
    for draft in written["part"]:
        bringing = bringing_of(session, part_of(draft.document, "part"))
        assert bringing.refused == ()
        after = bringing.state(session.state, bringing.all_of(Side.THEIRS)).document
        assert {text for _, text in comments_in(bringing.holdings.extract(after))} == {NOTE}
