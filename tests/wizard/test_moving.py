"""Moving about: pages, panes, findings, the palette, undo, help."""

import re
from pathlib import Path

import pytest

from mpfcheck.wizard.explain import Explain
from mpfcheck.wizard.lists import OVERVIEW, RESULT
from mpfcheck.wizard.widgets.status_pane import RuleRow
from tests.wizard.driving import Driven, run


def test_page_down_leads_through_all_pages_to_the_result_and_page_up_back(tmp_path: Path, eligible: bytes) -> None:
    async def steps(user: Driven) -> None:
        seen = [user.work.panes.view_id]
        for _ in range(11):
            await user.press("pagedown")
            seen.append(user.work.panes.view_id)
        assert seen[0] == OVERVIEW
        assert seen[1] == "page-project"
        assert seen[-2:] == ["result", "result"], "the result is the last"
        assert len(set(seen)) == 11
        await user.press("pageup")
        assert user.work.panes.view_id == "review"

    run(steps, tmp_path, eligible, (80, 24))


def test_in_the_list_of_pages_the_page_keys_go_from_where_one_stands(tmp_path: Path, eligible: bytes) -> None:
    async def steps(user: Driven) -> None:
        for keys, view_id in (
            (("down", "down", "pagedown"), "page-lead"),
            (("f3", "pagedown"), "page-lead"),
            (("f3", "pageup"), "page-fund"),
            (("pageup", "pageup", "pagedown"), "page-project"),
            (("f3", "end", "pagedown"), OVERVIEW),
            (("pageup",), RESULT),
        ):
            await user.press(*keys)
            assert user.work.panes.view_id == view_id, keys

    run(steps, tmp_path, eligible, (80, 24))


@pytest.mark.parametrize(
    ("key", "entry", "asked"),
    [
        ("f5", "field:/lead/country", "In which country is it established?"),
        ("f5", "field:/co_applicants", "Who are the co-applicants?"),
        ("f5", "field:/declarations/not_started", "Do you declare that the work has not started?"),
        ("f4", "/fund", "Which fund"),
        ("f4", "/budget/lines", "What are the lines of the budget?"),
    ],
)
def test_f1_explains_every_row_that_is_about_a_question(
    tmp_path: Path, empty: bytes, key: str, entry: str, asked: str
) -> None:
    async def steps(user: Driven) -> None:
        await user.press(key)
        menu = user.work.view.menu  # type: ignore[union-attr]
        menu.stand_on(entry)
        assert menu.here.id == entry, user.text
        await user.press("f1")
        assert isinstance(user.app.screen, Explain)
        assert user.app.screen.title_words.startswith(asked), user.app.screen.title_words

    run(steps, tmp_path, empty, (80, 24))


@pytest.mark.parametrize("width", [80, 100, 160])
def test_the_first_line_counts_the_open_points_at_every_width(tmp_path: Path, many_slips: bytes, width: int) -> None:
    async def steps(user: Driven) -> None:
        first = user.text.splitlines()[0]
        assert re.search(r"✗ \d+.* ! \d+.*✗ NOT ELIGIBLE$", first), first
        assert first.startswith(" A project"), first

    run(steps, tmp_path, many_slips, (width, 24))


def test_f2_takes_the_place_of_the_page_on_a_narrow_screen_and_gives_it_back(tmp_path: Path, many_slips: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.do("go('financing')")
        assert "Rules for this page" not in user.text
        await user.press("f2")
        assert "Rules for this page" in user.text
        assert "GRANT-1" in user.text
        assert "How large is the" not in user.text
        assert isinstance(user.focused, RuleRow)
        await user.press("f1")
        assert isinstance(user.app.screen, Explain)
        await user.press("end")
        assert "Source:" in user.text
        await user.press("escape", "f2")
        assert "How large is the" in user.text

    run(steps, tmp_path, many_slips, (80, 24))


def test_a_finding_of_the_result_leads_to_its_question(tmp_path: Path, many_slips: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.press("f5")
        assert user.work.panes.view_id == RESULT
        user.work.view.menu.stand_on("rule:GRANT-1")  # type: ignore[union-attr]
        await user.press("enter")
        field = user.work.answers.field
        assert field is not None
        assert field.pointer in {"/budget/total", "/financing/grant_requested"}

    run(steps, tmp_path, many_slips)


def test_an_answer_of_the_review_leads_to_its_question(tmp_path: Path, many_slips: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.press("f4")
        user.work.view.menu.stand_on("/co_applicants/1/country")  # type: ignore[union-attr]
        await user.press("enter")
        field = user.work.answers.field
        assert field is not None
        assert field.pointer == "/co_applicants/1/country"

    run(steps, tmp_path, many_slips)


@pytest.mark.parametrize(
    ("words", "finds"),
    [("e-mail person", "/lead/contact/email"), ("indirect reserve", None), ("undo", None)],
)
def test_the_palette_finds_questions_rules_and_actions_by_words(
    tmp_path: Path, eligible: bytes, words: str, finds: str | None
) -> None:
    async def steps(user: Driven) -> None:
        await user.choose_in_palette(words)
        if finds is not None:
            field = user.work.answers.field
            assert field is not None
            assert field.pointer == finds
        elif words == "undo":
            assert user.notices == ["There is nothing to undo."]
        else:
            assert isinstance(user.app.screen, Explain)
            assert "BUDGET-4" in user.text

    run(steps, tmp_path, eligible)


def test_f1_explains_a_question_with_its_rules_and_their_sources(tmp_path: Path, many_slips: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.find("/financing/grant_requested")
        await user.press("f1")
        assert "At most 95 % of the total budget" in user.text
        assert "✗ GRANT-1" in user.text
        assert "Authority:" in user.text
        await user.press("f1")
        assert user.work.answers.field is not None, "and back in the field"

    run(steps, tmp_path, many_slips)


def test_undo_takes_back_what_is_being_typed_then_answers_one_by_one(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        field = await user.find("/title")
        await user.type("One", "tab")
        await user.find("/title")
        await user.type("One and a half")
        await user.press("ctrl+z")
        assert user.work.session.document["title"] == "One"
        assert field.editor.value == "One"  # type: ignore[union-attr]
        await user.press("ctrl+z")
        assert "title" not in user.work.session.document
        await user.press("ctrl+y")
        assert user.work.session.document["title"] == "One"

    run(steps, tmp_path, empty)


def test_a_small_window_is_said_so_and_works(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        assert any("small" in notice for notice in user.notices)
        await user.find("/title")
        await user.type("A title", "enter")
        assert user.work.session.document["title"] == "A title"

    run(steps, tmp_path, empty, (46, 12))
