"""Items of groups: added, copied, moved and taken out, with what was typed into them."""

from __future__ import annotations

import pytest

from mpfcheck.checking.report import Status
from mpfcheck.drafting.session import Session


def names(session: Session) -> list[str]:
    return [item.title for item in session.group("/co_applicants").items]


@pytest.fixture
def partners(session: Session) -> Session:
    """A session with three co-applicants; in the second, something was typed that is not understood."""
    for name in ("Alpha", "Beta", "Gamma"):
        place = session.add("/co_applicants")
        session.answer(f"{place}/name", name)
    session.answer("/co_applicants/1/country", "Nowhere")
    return session


def test_items_get_ids_that_others_can_refer_to(partners: Session) -> None:
    assert [item["id"] for item in partners.document["co_applicants"]] == ["co-1", "co-2", "co-3"]  # type: ignore[index]
    partners.remove("/co_applicants/1")
    place = partners.add("/co_applicants")
    assert place == "/co_applicants/2"
    assert partners.document["co_applicants"][2] == {"id": "co-4"}  # type: ignore[index]


def test_an_item_without_a_name_is_called_by_its_number(session: Session) -> None:
    session.add("/co_applicants")
    assert names(session) == ["co-applicant 1"]


def test_a_list_without_its_last_item_is_not_answered(partners: Session) -> None:
    for _ in range(3):
        assert partners.document["co_applicants"]
        partners.remove("/co_applicants/0")
    assert "co_applicants" not in partners.document
    assert "open" not in partners.document

    partners.undo()
    assert names(partners) == ["Gamma"]


def test_a_copy_has_all_but_the_id(partners: Session) -> None:
    assert partners.duplicate("/co_applicants/1") == "/co_applicants/2"
    assert names(partners) == ["Alpha", "Beta", "Beta", "Gamma"]
    assert [item["id"] for item in partners.document["co_applicants"]] == ["co-1", "co-2", "co-4", "co-3"]  # type: ignore[index]
    assert partners.state.unfinished == {"/co_applicants/1/country": "Nowhere", "/co_applicants/2/country": "Nowhere"}


def test_what_was_typed_moves_with_its_item(partners: Session) -> None:
    assert partners.move("/co_applicants/1", -1) == "/co_applicants/0"
    assert names(partners) == ["Beta", "Alpha", "Gamma"]
    assert partners.state.unfinished == {"/co_applicants/0/country": "Nowhere"}
    partners.move("/co_applicants/0", 5)
    assert names(partners) == ["Alpha", "Gamma", "Beta"]
    assert partners.state.unfinished == {"/co_applicants/2/country": "Nowhere"}
    before = partners.state
    partners.move("/co_applicants/2", 1)
    assert partners.state is before


def test_taking_an_item_out_can_be_undone_with_all_that_was_typed(partners: Session) -> None:
    partners.remove("/co_applicants/0")
    assert partners.state.unfinished == {"/co_applicants/0/country": "Nowhere"}
    partners.remove("/co_applicants/0")
    assert (names(partners), partners.state.unfinished) == (["Gamma"], {})
    partners.undo()
    partners.undo()
    assert names(partners) == ["Alpha", "Beta", "Gamma"]
    assert partners.state.unfinished == {"/co_applicants/1/country": "Nowhere"}


def test_saying_that_there_are_none_is_an_answer(session: Session) -> None:
    group = session.group("/co_applicants")
    assert (group.answered, group.items) == (False, ())
    session.say_none("/co_applicants")
    assert session.document["co_applicants"] == []
    assert session.group("/co_applicants").answered
    status = {result.rule: result.status for result in session.report.results}
    assert status["COAPP-1"] is Status.NOT_APPLICABLE
    undone = session.undo()
    assert undone is not None
    assert undone.step == "Co-applicants: There are no co-applicants"
    session.clear("/co_applicants")
    assert not session.group("/co_applicants").answered


def test_a_group_can_be_left_unanswered_again(partners: Session) -> None:
    partners.clear("/co_applicants")
    assert "co_applicants" not in partners.document


def test_with_the_list_goes_what_was_typed_into_its_items(partners: Session) -> None:
    """Otherwise it would stand in the next item that is added."""
    partners.clear("/co_applicants")
    assert partners.state.unfinished == {}
    partners.undo()
    assert partners.state.unfinished == {"/co_applicants/1/country": "Nowhere"}


def test_an_id_that_is_still_named_is_not_given_again(partners: Session) -> None:
    """What named the one that was taken out would name somebody else, and nobody would notice."""
    line = partners.add("/budget/lines")
    partners.answer(f"{line}/applicant", "Gamma")
    partners.remove("/co_applicants/2")
    partners.add("/co_applicants")
    assert [item["id"] for item in partners.document["co_applicants"]] == ["co-1", "co-2", "co-4"]  # type: ignore[index]
    partners.remove("/co_applicants/2")
    partners.clear(f"{line}/applicant")
    partners.duplicate("/co_applicants/1")
    assert [item["id"] for item in partners.document["co_applicants"]] == ["co-1", "co-2", "co-3"]  # type: ignore[index]


def test_the_tenth_item_is_not_inside_the_first(session: Session) -> None:
    for _ in range(11):
        session.add("/co_applicants")
    session.answer("/co_applicants/1/country", "Nowhere")
    session.answer("/co_applicants/10/country", "Elsewhere")
    session.remove("/co_applicants/1")
    assert session.state.unfinished == {"/co_applicants/9/country": "Elsewhere"}
    session.move("/co_applicants/9", -9)
    assert session.state.unfinished == {"/co_applicants/0/country": "Elsewhere"}


def test_one_item_is_the_same_alone_and_among_the_others(partners: Session) -> None:
    partners.answer("/co_applicants/1/kind", "public body")
    for item in partners.group("/co_applicants").items:
        assert partners.item(item.pointer) == item
    for place in ("/co_applicants/3", "/co_applicants/x", "/co_applicants", "/title"):
        assert partners.item(place) is None


def test_what_was_typed_follows_its_item_into_a_merged_document(partners: Session) -> None:
    """Somebody else took the first one out and put a new one in front: the text stays with Beta."""
    alpha, beta, gamma = partners.document["co_applicants"]  # type: ignore[misc]
    others = [{"id": "co-9", "name": "New"}, {**gamma, "country": "MD"}, beta]
    partners.replace({**partners.document, "co_applicants": others})
    assert partners.state.unfinished == {"/co_applicants/2/country": "Nowhere"}
    partners.replace({**partners.document, "co_applicants": [alpha, {**beta, "country": "MD"}]})
    assert partners.state.unfinished == {}, "there is an answer now"
    partners.undo()
    assert partners.state.unfinished == {"/co_applicants/2/country": "Nowhere"}
    partners.replace({**partners.document, "co_applicants": [alpha]})
    assert partners.state.unfinished == {}, "the item is gone; undo brings both back"
