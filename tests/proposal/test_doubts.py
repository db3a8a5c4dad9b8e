"""Values that fit their fields and still mean nothing are pointed out, each where it stands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.generate import Mix, proposals
from mpfcheck.proposal.answers import answers_from
from mpfcheck.proposal.doubts import find_doubts, ids_are_in_order, odd_ids, odd_values
from mpfcheck.proposal.fields import Many, Record, Text, proposal_record
from mpfcheck.proposal.likely import says_something
from mpfcheck.proposal.mistakes import MAX_MISTAKES
from mpfcheck.proposal.reader import known_answers, read_and_look
from mpfcheck.reading.exact_json import parse
from mpfcheck.same_name import name_key
from tests.proposal.strategies import drafts, texts

APPLICANTS: dict[str, Any] = {
    "lead": {"id": "lead", "name": "State Border Guard Service"},
    "co_applicants": [{"id": "bp-md", "name": "Border Police"}, {"id": "ngo-1"}],
}


def doubts(document: dict[str, Any]) -> list[tuple[str, str]]:
    found = find_doubts(known_answers(document))
    assert all(one.warning and one.message.endswith(".") and one.hint.endswith((".", "?")) for one in found)
    return [(one.pointer, one.hint) for one in found]


def referring(place: str, referred: str) -> dict[str, Any]:
    match place:
        case "/budget/lines/0/applicant":
            return {"budget": {"lines": [{"applicant": referred}]}}
        case "/documents/0/applicant":
            return {"documents": [{"applicant": referred}]}
        case _:
            return {"financing": {"contributions": [{"kind": "staff_salaries", "source": referred}]}}


REFERENCES = ("/budget/lines/0/applicant", "/documents/0/applicant", "/financing/contributions/0/source")


@pytest.mark.parametrize("place", REFERENCES)
class TestReferences:
    def test_one_that_leads_to_an_applicant_is_in_order(self, place: str) -> None:
        assert doubts(APPLICANTS | referring(place, "bp-md")) == []
        assert doubts(APPLICANTS | referring(place, "lead")) == []

    def test_one_that_leads_nowhere_is_pointed_out_with_the_nearest_id(self, place: str) -> None:
        assert doubts(APPLICANTS | referring(place, "bp-mk")) == [(place, 'Did you mean "bp-md"?')]

    def test_the_name_of_an_applicant_is_answered_with_its_id(self, place: str) -> None:
        found = doubts(APPLICANTS | referring(place, "BORDER\u00a0POLICE"))
        assert found == [(place, 'Write the id of that applicant: "bp-md".')]

    def test_where_none_is_near_all_are_told(self, place: str) -> None:
        [(_, hint)] = doubts(APPLICANTS | referring(place, "xyz"))
        assert hint == 'The applicants have the ids "lead", "bp-md", "ngo-1".'

    def test_where_no_applicant_has_an_id_each_needs_one(self, place: str) -> None:
        [(_, hint)] = doubts({"lead": {"name": "Guard"}} | referring(place, "lead"))
        assert "Give each applicant an id" in hint


@given(drafts)
def test_what_looks_likely_at_once_has_no_warning_when_looked_at_in_full(document: dict[str, Any]) -> None:
    answers, likely = read_and_look(document)
    assert not likely or [*odd_values(answers)] == []
    assert not ids_are_in_order(answers) or [*odd_ids(answers)] == []
    assert find_doubts(answers, likely=likely) == find_doubts(answers)


@given(st.characters(exclude_categories=["Cs"]), texts)
def test_a_text_that_says_something_at_once_is_not_blank(first: str, rest: str) -> None:
    assert not says_something(first + rest) or name_key(first)


@pytest.mark.parametrize(
    ("place", "value"), [("/lead/pic", "12"), ("/lead/contact/email", "a"), ("/acronym", "\u00a0")]
)
def test_one_value_that_nobody_means_is_enough_for_a_second_look(place: str, value: str) -> None:
    plain = {"title": "Network", "lead": {"pic": "999999901", "contact": {"email": "name@example.eu"}}}
    assert read_and_look(plain)[1]
    assert not read_and_look(with_text(place, value))[1]


@pytest.mark.parametrize("place", ["/lead/pic", "/co_applicants/0/pic", "/lead/mandate/document"])
def test_an_empty_text_that_means_none_needs_no_second_look(place: str) -> None:
    assert read_and_look(with_text(place, ""))[1]
    assert not read_and_look(with_text(place, " "))[1]


def test_hardly_a_generated_proposal_needs_a_second_look() -> None:
    read = [read_and_look(parse(data)) for data in proposals(40, 7, Mix.COMPLETE)]
    assert sum(likely and ids_are_in_order(answers) for answers, likely in read) > 30


def test_who_pays_in_another_way_than_by_salaries_need_not_be_an_applicant() -> None:
    contributions = [{"kind": "third_party", "source": "City of Riga"}, {"source": "City of Riga"}]
    assert doubts(APPLICANTS | {"financing": {"contributions": contributions}}) == []


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({"lead": {"id": "a"}, "co_applicants": [{"id": "b"}, {"id": "a"}]}, "/co_applicants/1/id"),
        ({"co_applicants": [{"id": "a"}, {"id": "a"}]}, "/co_applicants/1/id"),
        ({"budget": {"lines": [{"id": "1.1"}, {}, {"id": "1.1"}]}}, "/budget/lines/2/id"),
    ],
)
def test_an_id_that_is_there_twice_is_pointed_out_at_the_later(document: dict[str, Any], place: str) -> None:
    assert [found for found, _ in doubts(document)] == [place]


def test_a_line_may_have_the_id_of_an_applicant() -> None:
    assert doubts({"lead": {"id": "1"}, "budget": {"lines": [{"id": "1"}, {"id": "2"}]}}) == []


def text_places(record: Record, place: str = "") -> list[str]:
    found = []
    for name, field in record.fields.items():
        kind = field.kind.item if isinstance(field.kind, Many) else field.kind
        inside = f"{place}/{name}/0" if isinstance(field.kind, Many) else f"{place}/{name}"
        if isinstance(kind, Record):
            found += text_places(kind, inside)
        elif isinstance(kind, Text):
            found.append(inside)
    return found


def with_text(place: str, text: str) -> dict[str, Any]:
    whole: Any = text
    for step in reversed(place.split("/")[1:]):
        whole = [whole] if step == "0" else {step: whole}
    return dict(whole)


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0", "\u200b", "\n\t", "\u3164"])
@pytest.mark.parametrize("place", text_places(proposal_record()))
def test_a_blank_text_is_pointed_out_wherever_it_stands(place: str, blank: str) -> None:
    means_none = blank == "" and place.rpartition("/")[2] in ("pic", "document")
    assert [found for found, _ in doubts(with_text(place, blank))] == ([] if means_none else [place])


@pytest.mark.parametrize("text", ["Border Police", "„Viltis“", "Сервіс", "\u00a0Police", "👮"])
def test_a_text_that_says_something_is_not_blank(text: str) -> None:
    assert doubts({"title": text, "summary": text, "lead": {"name": text}}) == []


@pytest.mark.parametrize("applicant", ["/lead", "/co_applicants/0"])
class TestApplicants:
    @pytest.mark.parametrize("pic", ["999999901", " 999999901", "999 999 901", "999-999-901", ""])
    def test_a_pic_of_nine_digits_is_in_order(self, applicant: str, pic: str) -> None:
        assert doubts(with_text(f"{applicant}/pic", pic)) == []

    @pytest.mark.parametrize("pic", ["12", "99999990", "9999999011", "n/a", "99999990x", "-", "PIC 999999901"])
    def test_any_other_pic_is_pointed_out(self, applicant: str, pic: str) -> None:
        assert [place for place, _ in doubts(with_text(f"{applicant}/pic", pic))] == [f"{applicant}/pic"]

    @pytest.mark.parametrize("email", ["name@example.eu", "o'brien+mpf@post.example.lt", "ąžuolas@pavyzdys.lt"])
    def test_an_email_address_is_in_order(self, applicant: str, email: str) -> None:
        assert doubts(with_text(f"{applicant}/contact/email", email)) == []

    @pytest.mark.parametrize(
        "email", ["not an email", "name.example.eu", "@", "name@", "@example.eu", "a@b@c.eu", "a@b"]
    )
    def test_any_other_address_is_pointed_out(self, applicant: str, email: str) -> None:
        place = f"{applicant}/contact/email"
        assert [found for found, _ in doubts(with_text(place, email))] == [place]


@pytest.mark.parametrize(("months", "doubtful"), [(0, True), (1, False), (36, False)])
def test_a_project_lasts_some_time(months: int, doubtful: bool) -> None:
    assert [place for place, _ in doubts({"duration_months": months})] == ["/duration_months"] * doubtful


@pytest.mark.parametrize("place", ["/start_date", "/documents/0/date", "/consultation/date"])
@given(day=st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_a_year_beyond_1990_to_2100_is_pointed_out(place: str, day: date) -> None:
    found = [one for one, _ in doubts(with_text(place, day.isoformat()))]
    assert found == ([] if 1990 <= day.year <= 2100 else [place])


@pytest.mark.parametrize("since", [date(1203, 1, 1), datetime(1203, 1, 1, 12, tzinfo=UTC)])
def test_days_and_moments_of_an_annex_count_too_and_its_texts_are_for_its_call_to_say(since: date) -> None:
    answers = {"annex": {"other_framework": "", "pic": "1", "since": since}}
    assert [one.pointer for one in find_doubts(answers)] == ["/annex/since"]


def test_more_than_anybody_reads_end_with_a_word() -> None:
    found = find_doubts(known_answers({"budget": {"lines": [{"applicant": f"x{n}"} for n in range(5000)]}}))
    assert len(found) == MAX_MISTAKES + 1
    assert found[-1].pointer == ""
    assert "more" in found[-1].message


@pytest.mark.parametrize(
    ("pointers", "said"),
    [
        (["/co_applicants", "/budget/lines", "/financing/contributions"], []),
        (["/lead/annex/items", "/annex/countries"], []),
        (["/budget"], [("/open/0", '"/budget" does not name a list of the proposal. It is ignored.', "/budget/lines")]),
        (["/co_applicants/0"], [("/open/0", '"/co_applicants/0" does not name', "/co_applicants")]),
        (["/co_aplicants"], [("/open/0", '"/co_aplicants" does not name', "/co_applicants")]),
        (["/lead/name"], [("/open/0", '"/lead/name" does not name', "")]),
        (["co_applicants"], [("/open/0", '"co_applicants" is not a JSON Pointer. It is ignored.', "/co_applicants")]),
        (["/a~2"], [("/open/0", "is not a JSON Pointer", "")]),
        ([""], [("/open/0", "does not name a list", "")]),
        (["/open"], [("/open/0", "does not name a list", "")]),
        (["/documents", "/documents"], [("/open/1", "is named twice", "once")]),
    ],
)
def test_a_pointer_that_opens_no_list_is_a_warning_with_the_nearest_list(
    pointers: list[str], said: list[tuple[str, str, str]]
) -> None:
    answers = answers_from({"open": pointers, "lead": {"name": "a", "annex": {"items": [1]}}, "co_applicants": [{}]})
    found = find_doubts(answers)
    assert [doubt.pointer for doubt in found] == [place for place, _, _ in said]
    for doubt, (_, message, hint) in zip(found, said, strict=True):
        assert message in doubt.message
        assert hint in doubt.hint
        assert doubt.warning
