"""What the pages show and take: questions, entries, the budget, dialogues, explanations, the result, exports."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mpfcheck.drafting.dialogues.exporting import FORMATS
from mpfcheck.drafting.places import locate
from mpfcheck.forms.load import load_form
from mpfcheck.packs.load import load_call
from mpfcheck.reading.document import MAX_DOCUMENT_BYTES
from tests.web.window import ORIGIN, Window, text_of

ELIGIBLE = "eligible-lithuania-moldova.json"
BROKEN = "ineligible-romania-moldova-2016.json"


def draft(tmp_path: Path) -> dict[str, object]:
    document = json.loads((tmp_path / "draft.json").read_bytes())
    assert isinstance(document, dict)
    return document


def every_page(window: Window) -> list[str]:
    window.go("/draft/1")
    [tasks] = window.by_class("tasks")
    pages = [str(link.get("href")) for link in tasks.iter("a")]
    return [*pages, *(f"/draft/1/{name}" for name in ("", "answers", "result", "next", "export"))]


def test_nothing_is_chosen_for_anybody(at_draft: Callable[..., Window]) -> None:
    window = at_draft()
    for page in every_page(window):
        window.go(page)
        assert not [one for one in window.page.iter("input") if "checked" in one.attrib]
        assert not [one for one in window.page.iter("option") if "selected" in one.attrib and one.get("value")]


def test_to_look_at_every_page_and_save_it_changes_nothing(at_draft: Callable[..., Window], tmp_path: Path) -> None:
    for example in (ELIGIBLE, BROKEN, "not-a-proposal-numbers.json", "incomplete-france-armenia.json"):
        if not (Path(__file__).parents[2] / "examples" / example).exists():
            continue
        window = at_draft(example)
        before = (tmp_path / "draft.json").read_bytes()
        for page in every_page(window):
            window.go(page)
            if window.by_id("state") is not None:
                window.send("state", "stay", {})
                assert window.status == 200
        assert (tmp_path / "draft.json").read_bytes() == before, example
        window.press("Finish and end mpfcheck")


def test_questions_that_an_answer_brings_are_asked_before_the_next_page(at_draft: Callable[..., Window]) -> None:
    window = at_draft().follow("Lead applicant")
    window.send("state", "continue", {"/lead/kind": "mandated_operator"})
    assert window.path == "/draft/1/page/lead"
    assert any("asked on this page" in words for words in window.notices)
    assert any(one.get("data-at") == "/lead/mandate/body" for one in window.page.iter())
    window.send("state", "continue", {})
    assert window.path == "/draft/1/page/co-applicants"


def test_an_error_is_at_the_top_and_at_its_field_in_the_same_words(at_draft: Callable[..., Window]) -> None:
    window = at_draft().follow("Budget")
    window.send("state", "continue", {"/budget/total": "about 400"})
    assert window.path == "/draft/1/page/budget"
    [problems] = window.by_class("problems")
    [link] = list(problems.iter("a"))
    field = window.by_id(str(link.get("href")).removeprefix("#"))
    assert field is not None
    assert field.get("aria-invalid") == "true"
    assert field.get("value") == "about 400"
    error = window.by_id(str(field.get("aria-describedby")).split()[-1])
    assert error is not None
    assert text_of(error).removeprefix("Error: ") in text_of(link)
    assert window.title.startswith("Error: ")


@pytest.mark.parametrize("optional", [True, False])
def test_what_is_not_valid_is_shown_once_and_never_keeps_from_going_on(
    at_draft: Callable[..., Window], *, optional: bool
) -> None:
    """As with Back and Save, the text stays as it was typed, marked on its page and in the list of pages."""
    page, place = ("project", "/duration_months") if optional else ("budget", "/budget/total")
    text = "about 400"
    window = at_draft().go(f"/draft/1/page/{page}")
    window.send("state", "continue", {place: text})
    if not optional:
        assert window.path == f"/draft/1/page/{page}", "it is seen once"
        assert window.by_class("problems")
        window.send("state", "continue", {place: text})
    assert window.path != f"/draft/1/page/{page}"
    assert any("Not valid, and kept as you typed it" in words for words in window.notices)
    window.go("/draft/1")
    assert "1 problem" in window.text
    window.go(f"/draft/1/page/{page}")
    [field] = [one for one in window.page.iter() if one.get("name") == place]
    assert field.get("value") == text
    assert field.get("aria-invalid") == "true"


def test_a_wrong_answer_in_a_file_shows_its_buttons_once_and_stays_until_one_is_chosen(
    at_draft: Callable[..., Window], tmp_path: Path
) -> None:
    wrong = {
        "format": "mpfcheck-proposal/1",
        "call": "mpf-2023-borders-security",
        "lead": {"kind": "public body", "legal_person": "ja"},
    }
    (tmp_path / "draft.json").write_text(json.dumps(wrong))
    window = at_draft().go("/draft/1/page/lead")
    for pointer in ("/lead/kind", "/lead/legal_person"):
        assert window.all("input", type="radio", name=pointer)
    assert "Is Public body meant?" in window.text
    assert "neither yes nor no" in window.text
    assert window.by_class("suggestions") == []

    window.send("state", "stay", {})
    assert json.loads((tmp_path / "draft.json").read_bytes())["lead"] == wrong["lead"]
    window.send("state", "stay", {"/lead/kind": "public_body", "/lead/legal_person": "true"})
    assert json.loads((tmp_path / "draft.json").read_bytes())["lead"] == {"kind": "public_body", "legal_person": True}


def test_the_budget_is_edited_in_place_with_totals(at_draft: Callable[..., Window], tmp_path: Path) -> None:
    window = at_draft().follow("Budget")
    window.send("state", "add:/budget/lines", {"/budget/total": "400 000"})
    window.send(
        "state",
        "add:/budget/lines",
        {
            "/budget/lines/0/heading": "travel",
            "/budget/lines/0/description": "Flights",
            "/budget/lines/0/amount": "1.000,50",
        },
    )
    window.send("state", "stay", {"/budget/lines/1/heading": "human_resources", "/budget/lines/1/amount": "250000"})
    assert window.path == "/draft/1/page/budget"
    total = window.by_id("f-budget-lines-total")
    assert total is not None
    assert text_of(total) == "EUR 251 000.50"
    assert "TravelEUR 1 000.50" in text_of(window.by_class("sums")[0])
    assert "62.8 %" in text_of(window.by_class("bar")[0])
    window.send("state", "up:/budget/lines/1", {})
    lines = draft(tmp_path)["budget"]["lines"]  # type: ignore[index]
    assert [line["amount"] for line in lines] == ["250000.00", "1000.50"] or [line["amount"] for line in lines] == [
        "250000",
        "1000.50",
    ]


def test_what_was_typed_when_a_button_of_a_list_is_pressed_is_kept(
    at_draft: Callable[..., Window], tmp_path: Path
) -> None:
    window = at_draft().follow("Budget")
    window.send("state", "add:/budget/lines", {"/budget/total": "400 000"})
    assert draft(tmp_path)["budget"]["total"] == "400000.00" or draft(tmp_path)["budget"]["total"] == "400000"  # type: ignore[index]


def test_typing_is_kept_beside_the_draft_and_comes_back(at_draft: Callable[..., Window], tmp_path: Path) -> None:
    window = at_draft().follow("The project")
    sent = {"csrf": window.value("csrf"), "/title": "Half a ti"}
    assert window.client.post("/draft/1/typing", data=sent, headers={"Origin": ORIGIN}).status_code == 204
    assert "title" not in draft(tmp_path), "it is no answer"
    window.go("/draft/1/page/project")
    assert window.value("/title") == "Half a ti"
    assert "not an answer until you save" in window.text
    window.send("state", "stay", {})
    assert draft(tmp_path)["title"] == "Half a ti"


def test_the_result_leads_to_each_question(at_draft: Callable[..., Window]) -> None:
    window = at_draft(BROKEN).go("/draft/1/result")
    links = [str(one.get("href")) for one in window.by_class("report")[0].iter("a")]
    questions = [link for link in links if "/page/" in link or "/item/" in link]
    rules = [link for link in links if "/rule/" in link]
    assert any("#f-budget-total" in link for link in questions)
    assert rules
    for link in dict.fromkeys(questions):
        page, _, name = link.partition("#")
        window.go(page)
        assert window.status == 200
        assert not name or window.by_id(name) is not None, link


def test_every_rule_and_question_is_explained(at_draft: Callable[..., Window]) -> None:
    window = at_draft(BROKEN)
    call = load_call("mpf-2023-borders-security")
    for rule in call.rules:
        assert rule.title in window.go(f"/draft/1/rule/{rule.id}").text
        assert "Sources" in window.text
    form = load_form(call)
    for page, part in form.parts():
        place = "/" + "/".join(part.field)
        assert locate(form, place) is not None
        window.go(f"/draft/1/about{place}")
        assert part.ask in window.text, page.id
    window.go("/draft/1/about/fund")
    assert "BMVI" in window.text


def test_undo_leads_to_where_it_was(at_draft: Callable[..., Window], tmp_path: Path) -> None:
    window = at_draft().follow("The project")
    window.send("state", "stay", {"/title": "Safer borders"})
    window.go("/draft/1/page/budget").press("Undo")
    assert window.path == "/draft/1/page/project"
    assert window.notices == ["Undone: The project, Title: answered"]
    window.press("Redo")
    assert draft(tmp_path)["title"] == "Safer borders"
    window.press("Redo")
    assert window.notices == ["There is nothing to redo."]


def test_earlier_states_can_be_gone_back_to(at_draft: Callable[..., Window], tmp_path: Path) -> None:
    window = at_draft().follow("The project")
    for title in ("Safer borders", "Safer documents"):
        window.send("state", "stay", {"/title": title})
    window.go("/draft/1").press("Earlier states of this draft")
    [replies] = window.by_class("replies")
    buttons = [one for one in replies.iter("button") if one.get("name") == "reply"]
    assert buttons
    window.press(name="reply", value=str(buttons[-1].get("value")))
    assert "The draft is as it was on" in " ".join(window.notices)
    assert draft(tmp_path).get("title") != "Safer documents"


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_exported_is_what_every_front_end_exports(at_draft: Callable[..., Window], name: str) -> None:
    window = at_draft(ELIGIBLE)
    answer = window.client.get(f"/draft/1/export/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert answer.headers["content-disposition"].endswith(f'{FORMATS[name][0]}"')
    assert answer.content


def test_a_file_is_imported_as_a_copy(window: Window) -> None:
    data = (Path(__file__).parents[2] / "examples" / ELIGIBLE).read_bytes()
    window.upload("../../etc/Safer.json", data)
    assert window.path == "/draft/1"
    assert "safer.json" in window.source.casefold()
    assert "etc" not in text_of(window.by_class("saved")[0]).rpartition("/")[2]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"{", "is not closed"),
        (b"[" * 5000, "not one proposal"),
        (b'{"title": "\xff"}', "UTF-8"),
        (b" " * (MAX_DOCUMENT_BYTES + 1), "10 MiB"),
    ],
)
def test_a_file_that_is_no_proposal_is_refused_in_words(window: Window, data: bytes, said: str) -> None:
    window.upload("proposal.json", data)
    assert window.path == "/"
    assert said in " ".join(window.notices), window.notices
    assert "There is no draft yet." in window.go("/").text, "and no copy stays"


def test_a_draft_is_deleted_only_after_a_question(window: Window) -> None:
    window.press("New proposal").press("Close this draft")
    assert window.path == "/"
    button = next(one for one in window.page.iter("button") if str(one.get("value")).startswith("delete:"))
    window.press(name="do", value=str(button.get("value")))
    assert window.title.startswith("Delete this draft?")
    window.press("Keep it")
    assert window.by_class("drafts")
    window.press(name="do", value=str(button.get("value"))).press(name="reply", value="delete")
    assert "There is no draft yet." in window.text


def test_addresses_that_lead_nowhere_say_so(at_draft: Callable[..., Window]) -> None:
    window = at_draft()
    for path in (
        "/nowhere", "/draft/2", "/draft/99999999999999999999", "/draft/1/page/nowhere", "/draft/1/rule/NO-1",
        "/draft/1/item/co_applicants/9", "/draft/1/item/title", "/draft/1/item/%00", "/draft/1/about/nowhere",
        "/draft/1/export/exe", "/draft/1/export/..%2F..%2Fetc", "/../etc/passwd",
    ):  # fmt: skip
        window.go(path)
        assert window.status == 404, path
        assert "Go to the list of drafts" in window.text


def test_a_reply_to_an_old_question_does_nothing(at_draft: Callable[..., Window]) -> None:
    window = at_draft().follow("The project").send("state", "stay", {"/title": "Safer borders"})
    window.go("/draft/1").press("Earlier states of this draft")
    old = Window(window.client).go("/draft/1/question")
    window.press("Close")
    old.press("Close")
    assert old.path == "/draft/1"
    assert "answered already" in " ".join(old.notices)
