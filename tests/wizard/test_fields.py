"""Fields: what is typed and chosen, what is asked back, and what is shown then."""

import json
from pathlib import Path

import pytest
from textual.widgets import Input

from mpfcheck.checking.report import Verdict
from mpfcheck.drafting.document import value_at
from mpfcheck.wizard.pick_list import PickList
from mpfcheck.wizard.widgets.inputs import Choices, Line
from tests.wizard.driving import Driven, run


def saved(user: Driven) -> dict[str, object]:
    document = json.loads(user.work.draft.file.path.read_bytes())
    assert isinstance(document, dict)
    return document


def test_what_is_unclear_is_said_beside_the_field_and_in_the_summary_in_the_same_words(
    tmp_path: Path, empty: bytes
) -> None:
    async def steps(user: Driven) -> None:
        await user.find("/budget/total")
        await user.type("400.000", "tab")
        words = '"400.000" can be read in two ways'
        assert user.text.count(words) == 2
        assert "There is 1 answer to clarify" in user.text
        assert user.work.session.state.unfinished == {"/budget/total": "400.000"}

    run(steps, tmp_path, empty)


def test_buttons_are_the_only_list_of_the_answers_where_a_file_has_a_wrong_one(tmp_path: Path, empty: bytes) -> None:
    wrong = json.loads(empty) | {"lead": {"kind": "public body", "legal_person": "ja"}}

    async def steps(user: Driven) -> None:
        for pointer in ("/lead/kind", "/lead/legal_person"):
            field = await user.find(pointer)
            assert field.draft_part.complaint is not None
            assert list(field.query(Choices)) == [field.editor]
            assert "↓" not in user.text

    run(steps, tmp_path, json.dumps(wrong).encode())


def test_down_leads_to_what_may_be_meant_and_enter_or_a_number_takes_it_there(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        for keys in (["down", "enter"], ["1"]):
            field = await user.find("/budget/total")
            await user.type("400.000", "enter")
            await user.press("shift+tab", "down")
            assert isinstance(user.focused, Choices)
            await user.press("up")
            assert user.focused is field.editor
            await user.press("down", *keys)
            assert field.draft_part.complaint is None
            assert user.work.answers.field is not field, "it goes on to what is next"
            await user.press("ctrl+z", "ctrl+z")

    run(steps, tmp_path, empty)


@pytest.mark.parametrize("key", ["enter", "1", "2"])
def test_no_key_in_a_text_field_takes_a_suggestion(tmp_path: Path, empty: bytes, key: str) -> None:
    async def steps(user: Driven) -> None:
        for place, text in (("/start_date", "1/3/2024"), ("/budget/total", "400.000")):
            field = await user.find(place)
            await user.type(text, "enter")
            await user.press("shift+tab")
            assert user.focused is field.editor
            await user.press(key)
            assert value_at(user.work.session.document, place) is None

    run(steps, tmp_path, empty)


def test_what_follows_an_unclear_day_goes_into_the_next_field(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.find("/start_date")
        await user.press(*"1/3/2024", "enter", *"24", "enter")
        assert user.work.session.state.unfinished == {"/start_date": "1/3/2024"}
        assert user.work.session.document["duration_months"] == 24

    run(steps, tmp_path, empty)


def test_what_is_unclear_is_no_wall(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        field = await user.find("/budget/total")
        await user.type("a lot", "enter")
        assert user.work.answers.field is not field
        await user.press("pageup")
        assert "Co-applicants" in user.text
        await user.press("pagedown")
        assert "a lot" in user.text, "what was typed is kept"

    run(steps, tmp_path, empty)


def test_a_list_of_countries_is_searched_by_name_or_code(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.find("/lead/country")
        await user.press("enter")
        assert isinstance(user.app.screen, PickList)
        user.app.screen.query_one(Input).value = "lithu"
        await user.still()
        await user.press("enter")
        assert saved(user)["lead"] == {"id": "lead", "country": "LT"}
        await user.find("/lead/country")
        await user.press("enter")
        user.app.screen.query_one(Input).value = "fr"
        await user.still()
        assert "France (FR)" in user.text
        await user.press("escape")
        assert saved(user)["lead"] == {"id": "lead", "country": "LT"}, "Esc chooses nothing"

    run(steps, tmp_path, empty)


def test_several_countries_are_marked_and_taken_back(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.find("/target_countries")
        await user.press("enter")
        for name in ("MD", "ukraine", "georgia"):
            user.app.screen.query_one(Input).value = name
            await user.still()
            await user.press("enter")
        assert user.text.index("[x] Georgia") < user.text.index("[ ] Afghanistan"), "what is marked stands first"
        await user.press("down", "enter", "escape")
        assert saved(user)["target_countries"] == ["MD", "UA"]

    run(steps, tmp_path, empty)


def test_a_country_that_is_typed_again_stays_chosen(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.find("/target_countries")
        await user.press("enter")
        for name in ("moldova", "ukraine", "Ukraine"):
            user.app.screen.query_one(Input).value = name
            await user.still()
            await user.press("enter")
        assert "Ukraine is already chosen." in user.text
        await user.press("escape")
        assert saved(user)["target_countries"] == ["MD", "UA"]
        await user.press("enter")
        user.app.screen.query_one(Input).value = "ukraine"
        await user.still()
        await user.press("enter", "enter", "escape")
        assert saved(user)["target_countries"] == ["MD"], "Enter on the marked one takes it out, as the note says"

    run(steps, tmp_path, empty)


def test_a_long_text_is_written_on_at_its_end(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.find("/summary")
        await user.press(*" Two.", "tab")
        assert saved(user)["summary"] == "One. Two."

    run(steps, tmp_path, json.dumps({**json.loads(empty), "summary": "One."}).encode())


def test_yes_and_no_are_chosen_by_letter_arrow_and_space_and_taken_away(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.find("/declarations/no_double_funding")
        assert "( ) Yes   ( ) No" in user.text
        await user.press("n")
        assert saved(user)["declarations"] == {"no_double_funding": False}
        await user.press("left", "space")
        assert saved(user)["declarations"] == {"no_double_funding": True}
        assert "(•) Yes   ( ) No" in user.text
        await user.press("delete")
        assert "declarations" not in saved(user)

    run(steps, tmp_path, empty)


def test_a_mandate_is_asked_of_a_mandated_operator_only_and_nothing_is_lost(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        field = await user.find("/lead/kind")
        assert "Which public body gave the mandate?" not in user.text
        user.work.answers.take_value(field, "mandated_operator")
        await user.still()
        assert "Which public body gave the mandate?" in user.text
        await user.find("/lead/mandate/body")
        await user.type("Ministry of the Interior", "tab")
        user.work.answers.take_value(field, "public_body")
        await user.still()
        assert "Which public body gave the mandate?" not in user.text
        await user.do("go('review')")
        assert "no longer asked" in review_words(user).casefold()
        assert "Ministry of the Interior" in review_words(user)

    run(steps, tmp_path, empty, (120, 40))


def review_words(user: Driven) -> str:
    menu = user.work.view.menu  # type: ignore[union-attr]
    return " ".join(entry.label.plain + " " + (entry.detail.plain if entry.detail else "") for entry in menu.entries)


def test_an_amount_is_read_back_while_it_is_typed_and_nothing_is_shouted(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        field = await user.find("/budget/total")
        assert isinstance(field.editor, Line)
        field.editor.value = "40"
        await user.pilot.pause()
        user.work.answers.read_back(field)
        await user.pilot.pause()
        assert "= EUR 40.00" in user.text
        assert user.work.session.verdict is Verdict.INCOMPLETE, "what is typed is no answer before it is left"
        assert "NOT ELIGIBLE" not in user.text
        field.editor.value = "400000"
        await user.pilot.pause()
        user.work.answers.read_back(field)
        await user.pilot.pause()
        assert "= EUR 400 000.00   would meet BUDGET-1" in user.text

    run(steps, tmp_path, empty)


def test_what_is_being_typed_survives_a_redraw(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        field = await user.find("/title")
        assert isinstance(field.editor, Line)
        field.editor.value = "half a ti"
        await user.pilot.pause()
        user.work.panes.show()
        assert field.editor.value == "half a ti"

    run(steps, tmp_path, empty)


def test_what_the_last_answer_changed_is_said_in_words(tmp_path: Path, eligible: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.find("/financing/grant_requested")
        await user.type("380 040", "tab")
        assert "now: not met (before: met)" in user.text
        assert "NOT ELIGIBLE" in user.text

    run(steps, tmp_path, eligible)
