"""The session: what an applicant types, what becomes of it, and what is said of the proposal."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mpfcheck
from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Status, Verdict
from mpfcheck.drafting.dialogues.removing import remove_item
from mpfcheck.drafting.dialogues.steps import Confirm
from mpfcheck.drafting.document import Document, value_at, with_value
from mpfcheck.drafting.progress import RowMarks
from mpfcheck.drafting.questions import DraftGroup, DraftQuestion, each_with_title
from mpfcheck.drafting.session import Session, new_document
from mpfcheck.drafting.store.draft_file import DraftFile
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.forms.form import Form, Question
from mpfcheck.forms.typed.answer import Understood
from mpfcheck.proposal.fields import Text
from mpfcheck.proposal.pointer import pointer
from tests.data import NAUGHTY_STRINGS
from tests.drafting.conftest import CALL, EXAMPLES, example

Start = Callable[[Document], Session]

PROPOSALS = sorted(
    place.name for place in EXAMPLES.glob("*.json") if place.name not in ("broken-syntax.json", "broken-values.json")
)


def test_a_new_draft_holds_what_every_proposal_of_the_call_begins_with(session: Session) -> None:
    assert session.document == {
        "format": "mpfcheck-proposal/1",
        "call": CALL,
        "lead": {"id": "lead"},
        "budget": {"currency": "EUR"},
    }
    assert session.verdict is Verdict.INCOMPLETE
    assert not session.can_undo


@pytest.mark.parametrize("name", PROPOSALS)
def test_the_verdict_is_that_of_check(name: str, start: Start) -> None:
    session = start(example(name))
    report = mpfcheck.load_call(CALL).check(EXAMPLES / name)
    assert session.verdict is report.verdict
    assert {result.rule: result.status for result in session.report.results} == {
        result.rule: result.status for result in report.results
    }


def test_a_typed_amount_is_stored_as_the_contract_says(session: Session) -> None:
    assert session.answer("/budget/total", "€ 400.000,50") is None
    assert session.document["budget"] == {"currency": "EUR", "total": "400000.50"}
    asked = session.at("/budget/total")
    assert asked is not None
    assert (asked.shown, asked.answered) == ("EUR 400 000.50", True)


def test_what_is_not_understood_stays_as_it_was_typed_and_is_no_answer(session: Session) -> None:
    session.answer("/budget/total", "250000")
    complaint = session.answer("/budget/total", "400.000")
    assert complaint is not None
    assert [suggestion.value for suggestion in complaint.suggestions] == ["400000.00", "400.00"]
    asked = session.at("/budget/total")
    assert asked is not None
    assert (asked.typed, asked.value, asked.complaint) == ("400.000", None, complaint)
    assert "total" not in str(session.document)
    assert session.state.unfinished == {"/budget/total": "400.000"}
    session.choose("/budget/total", complaint.suggestions[0].value)
    assert session.state.unfinished == {}
    assert session.document["budget"] == {"currency": "EUR", "total": "400000.00"}


def test_the_same_text_again_is_no_step(session: Session) -> None:
    session.answer("/title", "A title")
    assert session.answer("/title", "A title") is None
    session.answer("/budget/total", "1,500")
    session.answer("/budget/total", "1,500")
    assert session.undo() is not None
    assert session.undo() is not None
    assert session.undo() is None


def test_empty_text_takes_the_answer_away(session: Session) -> None:
    before = session.document
    session.answer("/lead/mandate/country", "France")
    session.answer("/lead/mandate/country", "   ")
    assert session.document == before
    session.clear("/lead/mandate/country")
    assert session.document == before


def test_a_percentage_of_the_total_is_offered_and_never_taken_by_itself(session: Session) -> None:
    session.answer("/budget/total", "178512.92")
    complaint = session.answer("/financing/grant_requested", "95 %")
    assert complaint is not None
    assert [suggestion.value for suggestion in complaint.suggestions] == ["169587.27"]


def test_what_is_asked_depends_on_the_answers(session: Session, form: Form) -> None:
    """The mandate is asked of a mandated operator only."""
    lead = form.page("lead")
    assert "/lead/mandate/body" not in [asked.pointer for asked in session.questions(lead)]
    session.answer("/lead/kind", "mandated operator")
    assert "/lead/mandate/body" in [asked.pointer for asked in session.questions(lead)]
    partner = session.add("/co_applicants")
    session.answer(f"{partner}/kind", "public body")
    item = session.item(partner)
    assert item is not None
    assert item.question("level") is not None
    assert item.question("non_profit") is None


def test_rules_that_changed_are_told(session: Session) -> None:
    session.answer("/budget/total", "199999.99")
    assert [(change.result.rule, change.was, change.result.status) for change in session.changes] == [
        ("BUDGET-1", Status.UNDECIDED, Status.FAIL)
    ]
    assert session.verdict is Verdict.INELIGIBLE
    session.undo()
    assert [(change.result.rule, change.was) for change in session.changes] == [("BUDGET-1", Status.FAIL)]


def test_a_preview_changes_nothing(session: Session) -> None:
    before = session.state
    report = session.preview("/budget/total", "1000")
    assert report is not None
    assert report.verdict is Verdict.INELIGIBLE
    assert session.preview("/budget/total", "1,000") is None
    assert session.preview("/budget/total", "") is not None
    assert session.state is before


def test_references_are_chosen_by_the_name_of_the_applicant(session: Session) -> None:
    session.answer("/lead/name", "Border Guard")
    line = session.add("/budget/lines")
    assert session.answer(f"{line}/applicant", "border guard") is None
    partner = session.add("/co_applicants")
    session.answer(f"{partner}/name", "Border Police")
    session.answer(f"{line}/applicant", "Border Police")
    assert [asked.pointer for asked in session.references(partner)] == [f"{line}/applicant"]
    # A contribution may also come from somebody who is no applicant.
    contribution = session.add("/financing/contributions")
    assert session.answer(f"{contribution}/source", "A foundation") is None
    assert session.answer(f"{line}/applicant", "A foundation") is not None


def test_where_a_rule_can_be_mended(start: Start) -> None:
    session = start(example("ineligible-many-things.json"))
    ways = {result.rule: session.way_to(result) for result in session.results() if result.status is Status.FAIL}
    assert ways
    assert all(way is not None for way in ways.values())
    by_id = {result.rule: result for result in session.results()}
    way = session.way_to(by_id["BUDGET-1"])
    assert way is not None
    assert (way.page.id, way.pointer) == ("budget", "/budget/total")


def test_a_rule_that_waits_leads_to_what_it_waits_for(session: Session) -> None:
    by_id = {result.rule: result for result in session.results()}
    way = session.way_to(by_id["COAPP-1"])
    assert way is not None
    assert way.pointer == "/co_applicants"


def test_the_rules_that_read_a_question(session: Session, form: Form) -> None:
    total = session.at("/budget/total")
    assert total is not None
    assert {result.rule for result in session.results_for(total.question)} == {
        "BUDGET-1", "BUDGET-3", "GRANT-1", "COFIN-1", "COFIN-2",
    }  # fmt: skip
    touching = session.results_on(form.page("financing"))
    assert {"GRANT-1", "COFIN-1", "POT-1"} <= {result.rule for result in touching}


def test_values_that_do_not_fit_are_kept_shown_and_said(start: Start) -> None:
    """A file written elsewhere opens, whatever stands in it."""
    session = start({**example("eligible-lithuania-moldova.json"), "start_date": "next spring"})
    asked = session.at("/start_date")
    assert asked is not None
    assert asked.typed == "next spring"
    assert asked.complaint is not None
    assert session.verdict is Verdict.INVALID
    assert session.document["start_date"] == "next spring"
    assert session.answer("/start_date", "1 March 2024") is None
    assert session.verdict is Verdict.ELIGIBLE


def test_one_bad_code_in_a_list_leaves_the_list_unanswered(start: Start) -> None:
    """Without it, the list could not be taken for complete."""
    session = start({"target_countries": ["MD", "Atlantis"]})
    asked = session.at("/target_countries")
    assert asked is not None
    assert asked.complaint is not None
    status = {result.rule: result.status for result in session.report.results}
    assert status["SCOPE-1"] is Status.UNDECIDED


def test_a_document_of_the_wrong_shape_opens_too(start: Start) -> None:
    session = start({"lead": "somebody", "budget": {"lines": "many"}, "co_applicants": [7]})
    assert session.verdict is Verdict.INVALID
    group = session.group("/budget/lines")
    assert group.complaint is not None
    assert [len(session.questions(page)) > 0 for page in session.pages()] == [True] * len(session.pages())
    session.answer("/lead/name", "Border Guard")
    assert session.document["lead"] == {"name": "Border Guard"}
    session.add("/budget/lines")
    assert session.document["budget"] == {"lines": [{"id": "1"}]}
    session.answer("/co_applicants/0/name", "Border Police")
    assert session.document["co_applicants"] == [{"name": "Border Police"}]


def test_unknown_fields_are_kept_and_pointed_out(start: Start) -> None:
    session = start({"co_aplicants": [], "budget": {"total": "1"}, "x": Decimal("1.50")})
    assert any("co_applicants" in problem.hint for problem in session.report.problems)
    session.answer("/budget/total", "2")
    assert session.document == {"co_aplicants": [], "budget": {"total": "2.00"}, "x": Decimal("1.50")}
    assert list(session.document) == ["co_aplicants", "budget", "x"]


def test_unknown_fields_are_pointed_out_where_they_are_now(start: Start) -> None:
    """Also after undo, and after the item they stood in was taken out or moved."""
    session = start({"co_applicants": [{"nmae": "Alpha"}, {"name": "Beta"}], "titel": "x"})

    def pointed_out() -> list[str]:
        return [problem.pointer for problem in session.report.problems]

    assert pointed_out() == ["/co_applicants/0/nmae", "/titel"]
    session.move("/co_applicants/0", 1)
    assert pointed_out() == ["/co_applicants/1/nmae", "/titel"]
    session.remove("/co_applicants/1")
    assert pointed_out() == ["/titel"]
    session.replace({"title": "x"})
    assert pointed_out() == []
    session.undo()
    assert pointed_out() == ["/titel"]


def test_however_many_values_do_not_fit_the_rest_is_read(start: Start) -> None:
    """A budget of a spreadsheet in which every amount is written 1.000,00."""
    amounts = {"quantity": "1,0", "unit_cost": "1.000,00", "amount": "1.000,00"}
    lines = [{"id": str(number), **amounts} for number in range(1, 401)]
    session = start({"lead": {"country": "LT", "kind": "public_body"}, "budget": {"total": "400000", "lines": lines}})
    status = {result.rule: result.status for result in session.report.results}
    assert status["LEAD-1"] is Status.PASS
    assert len(session.report.problems) == 1200
    assert not [problem for problem in session.report.problems if not problem.pointer]
    assert session.verdict is Verdict.INVALID


def test_an_empty_entry_of_a_list_can_be_filled_in(start: Start) -> None:
    session = start({"co_applicants": [None]})
    assert session.answer("/co_applicants/0/name", "Border Police") is None
    assert session.document["co_applicants"] == [{"name": "Border Police"}]


def test_a_list_can_be_begun_where_something_else_stands_in_its_way(start: Start) -> None:
    session = start({"budget": "400000"})
    session.add("/budget/lines")
    assert session.document["budget"] == {"lines": [{"id": "1"}]}
    session.undo()
    session.say_none("/budget/lines")
    assert session.document["budget"] == {"lines": []}


def test_where_nothing_is_asked_nothing_is_answered(session: Session) -> None:
    for place in ("/nothing", "/lead", "/co_applicants", "/co_applicants/0/name", ""):
        with pytest.raises(KeyError):
            session.answer(place, "text")
    with pytest.raises(KeyError):
        session.remove("/co_applicants/0")
    for place in ("/co_applicants/0", "/title", ""):
        with pytest.raises(KeyError):
            session.move(place, 1)
    with pytest.raises(KeyError):
        session.add("/lead/name")


TEXTS = {
    "/title": ["A title", "[bold]x[/]", "", "Ünïcödé"],
    "/fund": ["BMVI", "isf", "AMIF", ""],
    "/lead/kind": ["public body", "ngo", "mandated operator", "what", ""],
    "/lead/country": ["Lithuania", "MD", "x", ""],
    "/budget/total": ["400 000", "1,500", "-3", "199999.99", ""],
    "/financing/grant_requested": ["95 %", "380000", "0", ""],
    "/start_date": ["1 March 2024", "01/02/2024", ""],
    "/declarations/not_started": ["yes", "no", "perhaps", ""],
    "/target_countries": ["Moldova, Ukraine", "nowhere", ""],
}
STEPS = st.lists(
    st.one_of(
        *(st.tuples(st.just("answer"), st.just(place), st.sampled_from(texts)) for place, texts in TEXTS.items()),
        st.tuples(st.just("add"), st.sampled_from(["/co_applicants", "/budget/lines", "/documents"]), st.just("")),
        st.tuples(st.just("item"), st.sampled_from(["remove", "duplicate", "up", "down", "type"]), st.just("1,500")),
        st.tuples(st.just("none"), st.sampled_from(["/co_applicants", "/documents"]), st.just("")),
        st.tuples(st.sampled_from(["undo", "redo"]), st.just(""), st.just("")),
    ),
    max_size=12,
)


def do(session: Session, step: tuple[str, str, str]) -> None:
    what, where, text = step
    if what == "answer":
        session.answer(where, text)
    elif what == "add":
        session.add(where)
    elif what == "none":
        session.say_none(where)
    elif what == "item":
        items = session.group("/budget/lines").items
        if not items:
            return
        place = items[-1].pointer
        if where == "type":
            session.answer(f"{place}/amount", text)
        elif where in ("up", "down"):
            session.move(place, -1 if where == "up" else 1)
        else:
            getattr(session, where)(place)
    else:
        getattr(session, what)()


@settings(max_examples=60)
@given(STEPS)
def test_undo_leads_back_to_the_beginning_and_redo_to_the_end(
    checker: Checker, form: Form, steps: list[tuple[str, str, str]]
) -> None:
    session = Session(checker, form, new_document(form))
    first = session.state
    for step in steps:
        do(session, step)
    while session.redo():
        pass
    last, said = session.state, session.report
    number = 0
    while session.undo():
        number += 1
    assert session.state is first
    for _ in range(number):
        assert session.redo() is not None
    assert session.state is last
    assert session.report == said


@settings(max_examples=60)
@given(STEPS)
def test_whatever_was_done_a_draft_is_checked_as_its_file_is(
    checker: Checker, form: Form, steps: list[tuple[str, str, str]]
) -> None:
    session = Session(checker, form, new_document(form))
    for step in steps:
        do(session, step)
    report = mpfcheck.load_call(CALL).check(json.dumps(session.document))
    assert report.verdict is session.verdict
    assert [result.status for result in report.results] == [result.status for result in session.report.results]


@settings(max_examples=60)
@given(STEPS)
def test_what_stands_in_a_field_is_what_was_typed_or_means_the_same(
    checker: Checker, form: Form, steps: list[tuple[str, str, str]]
) -> None:
    """Nothing typed is ever lost: typing again what stands there changes nothing."""
    session = Session(checker, form, new_document(form))
    for step in steps:
        do(session, step)
    state = session.state
    for page in session.pages():
        for asked in session.questions(page):
            inside = (
                [one for item in asked.items for one in item.questions] if isinstance(asked, DraftGroup) else [asked]
            )
            for one in inside:
                if one.typed and one.complaint is None:
                    reading = session.understand(one.pointer, one.typed)
                    assert isinstance(reading, Understood)
                    assert reading.value == one.value
                elif one.typed:
                    session.answer(one.pointer, one.typed)
    assert session.state is state


def test_naughty_texts_are_kept_as_they_are(session: Session) -> None:
    for text in NAUGHTY_STRINGS:
        if text.strip():
            session.answer("/title", text)
            asked = session.at("/title")
            assert asked is not None
            assert asked.typed == text
            assert session.document.get("title", text) == text


def test_what_does_not_fit_in_a_file_from_elsewhere_is_read_as_people_type_it(start: Start) -> None:
    values = {"call": CALL, "start_date": "01.03.2024", "budget": {"total": "400.000"}, "target_countries": ["Moldova"]}
    session = start({**values, "duration_months": "2 years"})
    suggested = {
        "/start_date": ["1 March 2024"],
        "/budget/total": ["EUR 400 000.00", "EUR 400.00"],
        "/target_countries": ["Moldova (MD)"],
        "/duration_months": ["24 months"],
    }
    for place, shown in suggested.items():
        asked = session.at(place)
        assert asked is not None
        assert asked.complaint is not None
        assert not asked.answered
        assert [suggestion.shown for suggestion in asked.complaint.suggestions] == shown
    assert session.verdict is Verdict.INVALID


def test_naughty_texts_in_every_text_field_are_kept_through_saving(
    checker: Checker, form: Form, tmp_path: Path
) -> None:
    """Typed into every question of open text, saved, opened again: each stands there as it was typed."""
    session = Session(checker, form, new_document(form))
    places = []
    for page in form.pages:
        places += [pointer(question.field) for question in page.questions if _is_open(question)]
        for group in page.groups:
            item = session.add(pointer(group.field))
            places += [item + pointer(question.field) for question in group.questions if _is_open(question)]
    assert len(places) >= 20
    session.answer("/lead/kind", "mandated operator")
    file = DraftFile.create(tmp_path / "draft.json", dict(session.document), Folders(tmp_path, tmp_path / "state"))
    for number, text in enumerate(text for text in NAUGHTY_STRINGS if text.strip()):
        for place in places[number % 3 :: 3]:
            session.answer(place, text)
        if number % 25 == 0:
            file.save(dict(session.document), session.state.unfinished)
            file.close()
            file = DraftFile.open(file.path, Folders(tmp_path, tmp_path / "state"))
            again = Session(checker, form, file.draft, file.unfinished)
            for place in places:
                kept, first = again.at(place), session.at(place)
                assert kept is not None
                assert first is not None
                assert kept.typed == first.typed
            assert [asked.typed for place in places[number % 3 :: 3] if (asked := again.at(place))] == [
                text for _ in places[number % 3 :: 3]
            ]
    file.close()


def _is_open(question: Question) -> bool:
    return isinstance(question.kind, Text) and not question.code_list and not question.refers_to


@pytest.mark.parametrize(
    ("pointer", "typed", "said"),
    [
        ("/lead/pic", "12", "nine digits"),
        ("/lead/contact/email", "not an email", "no @"),
        ("/duration_months", "0", "0 months"),
        ("/duration_months", "121", "121 months, which is more than 10 years"),
        ("/duration_months", "100000", "100000 months"),
        ("/start_date", "1 March 1203", "before 1990"),
    ],
)
def test_an_odd_answer_stands_and_is_doubted_at_its_field(
    session: Session, pointer: str, typed: str, said: str
) -> None:
    assert session.answer(pointer, typed) is None
    asked = session.at(pointer)
    assert asked is not None
    assert asked.answered
    assert asked.doubt is not None
    assert said.replace("nine", "9") in asked.doubt.message


def test_a_reference_to_an_applicant_who_is_gone_is_marked_at_every_field(start: Start) -> None:
    session = start(example("eligible-lithuania-moldova.json"))
    before = [line.question("applicant") for line in session.group("/budget/lines").items]
    assert not any(asked.complaint or asked.doubt for asked in before if asked)
    session.remove("/co_applicants/0")
    after = [line.question("applicant") for line in session.group("/budget/lines").items]
    assert any(asked.value != "lead" for asked in after if asked)
    for asked in after:
        assert asked is not None
        assert bool(asked.complaint or asked.doubt) == (asked.value != "lead")


def test_the_own_countries_of_a_call_come_first(session: Session) -> None:
    asked = session.at("/lead/country")
    assert asked is not None
    codes = [choice.code for choice in session.choices(asked.question)]
    assert codes.index("LT") < codes.index("MD") < codes.index("AR")
    assert codes.index("VN") > codes.index("UZ")


def marked_places(session: Session) -> set[str]:
    """The places where a field or a group shows that something is unclear or doubtful."""
    parts = [part for page in session.pages() for part, _ in each_with_title(session.questions(page))]
    return {
        part.pointer for part in parts if part.complaint or (isinstance(part, DraftQuestion) and part.doubt is not None)
    }


@pytest.mark.parametrize("identity", ["co-1", "bp-md", "police", "Border Police"])
@pytest.mark.parametrize("kind", ["staff_salaries", "cash", "third_party", "other_eu_funding", "in_kind"])
def test_what_the_deletion_dialog_promises_is_marked_at_its_field_and_listed(
    start: Start, kind: str, identity: str
) -> None:
    document = json.loads(
        json.dumps(example("eligible-lithuania-moldova.json"), default=str).replace("bp-md", identity)
    )
    document["financing"]["contributions"] = [{"source": identity, "kind": kind, "amount": "20000.00"}]
    session = start(document)
    references = {reference.pointer for reference in session.references("/co_applicants/0")}
    assert "/financing/contributions/0/source" in references
    removal = remove_item(session, "/co_applicants/0")
    dialog = next(removal)
    assert isinstance(dialog, Confirm)
    named = dialog.text.removesuffix(".").partition(" it: ")[2]
    assert set(named.split("; ")) == set(map(session.title_of, references))
    promised = set(references)
    if "stays as a name" in dialog.yes.detail:
        promised.remove("/financing/contributions/0/source")

    removal.send(True)

    listed = {remark.pointer for remark in (*session.unclear(), *session.doubtful())}
    assert references & listed == promised
    for remark in (*session.unclear(), *session.doubtful()):
        if remark.pointer in references:
            assert remark.complaint.message == f'"{identity}" does not name any of the applicants.'
    assert marked_places(session) <= listed


@pytest.mark.parametrize("name", PROPOSALS)
def test_whatever_is_marked_at_a_field_is_listed(start: Start, name: str) -> None:
    session = start(example(name))
    assert marked_places(session) <= {remark.pointer for remark in (*session.unclear(), *session.doubtful())}


WRONG = ("text", 7, True, None, [], ["x"], [None], [[]], {}, {"x": 1}, [{"x": 1}], "", "  ")
OF_THE_FILE = re.compile(
    r"\b(null|braces|brackets|quotes|object|JSON|field is|Write (\[|true|false|one of))", re.IGNORECASE
)


@pytest.mark.parametrize("value", WRONG, ids=repr)
def test_whatever_a_file_holds_is_spoken_of_as_an_answer(start: Start, form: Form, value: object) -> None:
    """No question and no group of the form sends an applicant to look for braces."""
    for _, part in form.parts():
        place = pointer(part.field)
        document = with_value(new_document(form), place, value)
        session = start(document)
        for remark in (*session.unclear(), *session.doubtful()):
            words = f"{remark.title}: {remark.complaint.message} {remark.complaint.hint}"
            asked = session.at(remark.pointer)
            if asked is not None or session.locate(remark.pointer) is not None:
                assert not OF_THE_FILE.search(words), (place, value, words)
            assert remark.title


@pytest.mark.parametrize(
    "holder", ["/lead", "/budget", "/financing", "/declarations", "/consultation", "/lead/mandate"]
)
@pytest.mark.parametrize("value", ["text", 7, [], True], ids=repr)
def test_what_is_in_place_of_all_answers_of_a_page_is_named_by_the_page(
    start: Start, form: Form, holder: str, value: object
) -> None:
    session = start(with_value(new_document(form), holder, value))
    [remark] = session.unclear()
    assert remark.pointer == holder
    assert remark.title in {page.title for page in form.pages}
    assert not OF_THE_FILE.search(f"{remark.complaint.message} {remark.complaint.hint}")


def test_a_row_is_marked_with_what_is_wrong_missing_or_doubtful_in_it(start: Start) -> None:
    session = start(example("eligible-lithuania-moldova.json"))
    place = "/co_applicants/0"

    def marks() -> RowMarks:
        item = session.item(place)
        assert item is not None
        return session.row_marks(item)

    assert marks() == RowMarks()
    session.answer(f"{place}/kind", "natural person")
    assert [result.rule for result in marks().failed] == ["COAPP-1"]
    session.answer(f"{place}/country", "EU")
    session.clear(f"{place}/name")
    session.answer(f"{place}/pic", "12")
    assert (marks().unclear, marks().missing, marks().doubtful) == (1, 1, 1)
    place = session.add("/co_applicants")
    assert not marks().failed, "another row is not marked for it"
    assert marks().missing > 1


@pytest.fixture
def line(start: Callable[[Document], Session], form: Form) -> Session:
    """A session on a draft with one empty budget line."""
    return start({**new_document(form), "budget": {"currency": "EUR", "lines": [{"id": "1"}]}})


def amount(session: Session) -> object:
    return value_at(session.document, "/budget/lines/0/amount")


def test_the_amount_of_a_line_is_its_quantity_times_its_unit_cost(line: Session) -> None:
    line.answer("/budget/lines/0/quantity", "5.5")
    assert amount(line) is None
    line.answer("/budget/lines/0/unit_cost", "1000.33")
    assert (amount(line), line.computed) == ("5501.82", "/budget/lines/0/amount")
    line.answer("/budget/lines/0/quantity", "2")
    assert amount(line) == "2000.66"


def test_an_amount_that_was_typed_stays(line: Session) -> None:
    """BUDGET-2 says what is odd about it."""
    line.answer("/budget/lines/0/quantity", "2")
    line.answer("/budget/lines/0/unit_cost", "10")
    line.answer("/budget/lines/0/amount", "21")
    line.answer("/budget/lines/0/quantity", "3")

    assert (Decimal(str(amount(line))), line.computed) == (21, None)
    assert {result.rule: result.status for result in line.results()}["BUDGET-2"] is Status.FAIL


def test_a_computed_amount_is_one_step_with_its_cause(line: Session) -> None:
    line.answer("/budget/lines/0/quantity", "2")
    line.answer("/budget/lines/0/unit_cost", "10")
    line.undo()

    assert amount(line) is None
    assert value_at(line.document, "/budget/lines/0/unit_cost") is None
    line.redo()
    assert amount(line) == "20.00"


def test_an_amount_that_is_being_cleared_up_is_not_computed_over(line: Session) -> None:
    line.answer("/budget/lines/0/amount", "about 20")
    line.answer("/budget/lines/0/quantity", "2")
    line.answer("/budget/lines/0/unit_cost", "10")

    assert amount(line) is None
    asked = line.at("/budget/lines/0/amount")
    assert asked is not None
    assert asked.typed == "about 20"


def test_a_product_that_no_amount_can_hold_is_not_computed(line: Session) -> None:
    line.answer("/budget/lines/0/quantity", "999999999999")
    line.answer("/budget/lines/0/unit_cost", "999999999999")

    assert amount(line) is None
