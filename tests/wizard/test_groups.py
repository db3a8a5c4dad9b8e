"""Groups as tables: add, edit, duplicate, delete, reorder, and that there are none."""

import json
from pathlib import Path

from textual.widgets import Static

from mpfcheck.wizard.sheets import ItemView
from mpfcheck.wizard.widgets.group_box import GroupBox, Items, SpaceButton
from tests.wizard.driving import Driven, run


def names(user: Driven, group: str, field: str) -> list[object]:
    document = json.loads(user.work.draft.file.path.read_bytes())
    for step in group.split("/")[1:]:
        document = document[step]
    return [item.get(field) for item in document]


def test_an_item_is_added_and_filled_in_on_its_own_sheet(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.do("go('co-applicants')")
        await user.press("space")
        assert isinstance(user.work.view, ItemView)
        await user.type("Border Police of Moldova", "enter")
        assert names(user, "/co_applicants", "name") == ["Border Police of Moldova"]
        assert names(user, "/co_applicants", "id") == ["co-1"]
        assert "co-applicant 1 of 1" in user.text
        await user.press("escape")
        assert isinstance(user.focused, Items), "and back to the table"
        assert "? 2 to answer" in user.text

    run(steps, tmp_path, empty)


def test_that_there_are_none_is_an_answer(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.do("go('co-applicants')")
        await user.press("tab", "space")
        assert "✓ There are no co-applicants." in user.text
        assert names(user, "/co_applicants", "name") == []

    run(steps, tmp_path, empty)


def test_coming_back_one_stands_on_what_adds_not_on_what_says_that_there_are_none(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.do("go('co-applicants')")
        await user.press("tab")
        await user.do("go('fund')")
        await user.do("go('co-applicants')")
        await user.press("space")
        assert isinstance(user.work.view, ItemView), user.text

    run(steps, tmp_path, empty)


def test_no_button_is_cut_whatever_it_says_now(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        for page in ("co-applicants", "budget", "financing", "documents"):
            await user.do(f"go({page!r})")
            box = user.work.view.query(GroupBox).first()
            user.work.set_focus(box.exit)
            await user.press("space", "escape")
            for button in box.query(SpaceButton):
                user.work.set_focus(button)
                await user.still()
                assert f"{button.words}  (Space)" in user.text, f"{page}: {button.words}\n{user.text}"
            user.work.set_focus(box.items)
            await user.still()
            for button in box.query(SpaceButton):
                assert button.words in user.text, f"{page}: {button.words}\n{user.text}"

    run(steps, tmp_path, empty, (80, 24))


def test_items_are_duplicated_moved_deleted_and_brought_back(tmp_path: Path, many_slips: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.do("go('budget')")
        await user.press("tab")
        before = names(user, "/budget/lines", "description")
        assert isinstance(user.focused, Items)
        await user.press("right_square_bracket")
        assert names(user, "/budget/lines", "description")[:2] == [before[1], before[0]]
        assert user.focused.cursor == 1, "one stays on the item that moved"
        await user.press("left_square_bracket")
        assert names(user, "/budget/lines", "description") == before
        await user.press("ctrl+d")
        assert names(user, "/budget/lines", "description")[:2] == [before[0], before[0]]
        await user.press("escape", "delete")
        assert names(user, "/budget/lines", "description") == before
        await user.press("ctrl+z")
        assert names(user, "/budget/lines", "description")[:2] == [before[0], before[0]]

    run(steps, tmp_path, many_slips)


def test_deleting_an_applicant_that_is_named_asks_first_and_marks_what_names_it(
    tmp_path: Path, many_slips: bytes
) -> None:
    async def steps(user: Driven) -> None:
        await user.do("go('co-applicants')")
        before = names(user, "/co_applicants", "id")
        named = user.work.session.references("/co_applicants/0")
        assert named
        for keys in (["enter"], ["escape"]):
            await user.press("delete")
            words = str(user.app.screen.query_one(".words", Static).render())
            assert all(user.work.session.title_of(one.pointer) in words for one in named)
            await user.press(*keys)
            assert names(user, "/co_applicants", "id") == before, "it is kept unless somebody says to delete it"
        await user.press("delete", "down", "enter")
        assert names(user, "/co_applicants", "id") == before[1:]
        for one in named:
            asked = user.work.session.at(one.pointer)
            assert asked is not None
            marked = asked.doubt if asked.question.own_text else asked.complaint
            assert marked is not None
            assert "does not name any of the applicants" in marked.message
            assert asked.question.own_text or not asked.answered
        await user.press("f5")
        shown = " ".join(entry.detail.plain for entry in user.work.view.menu.entries if entry.detail)  # type: ignore[union-attr]
        assert "does not name any of the applicants" in shown, "the result lists them too"
        await user.press("ctrl+z")
        assert names(user, "/co_applicants", "id") == before

    run(steps, tmp_path, many_slips, (80, 24))


def test_amounts_in_a_table_are_never_cut(tmp_path: Path, eligible: bytes) -> None:
    draft = json.loads(eligible)
    for line in draft["budget"]["lines"]:
        line.update(description="A long description of what it is for", amount="1234567890.12", quantity="1000")

    for width in (46, 60, 80, 100, 120):

        async def steps(user: Driven) -> None:
            await user.do("find('/budget/lines')")
            assert "1 234 567 890.12" in user.text, user.text

        run(steps, tmp_path, json.dumps(draft).encode(), (width, 30))


def test_undo_while_at_an_item_that_goes_away_leads_back_to_its_page(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.do("go('co-applicants')")
        await user.press("space")
        await user.press("ctrl+z")
        assert not isinstance(user.work.view, ItemView)
        assert user.work.panes.page is not None
        assert user.work.panes.page.id == "co-applicants"

    run(steps, tmp_path, empty)


def test_what_a_key_does_to_an_item_the_palette_does_too(tmp_path: Path, many_slips: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.do("go('budget')")
        await user.press("tab")
        before = names(user, "/budget/lines", "description")
        await user.choose_in_palette("duplicate this budget line")
        assert names(user, "/budget/lines", "description") == [before[0], *before]

    run(steps, tmp_path, many_slips)


def test_a_pasted_table_becomes_budget_lines(tmp_path: Path, empty: bytes) -> None:
    from textual.events import Paste

    async def steps(user: Driven) -> None:
        await user.do("go('budget')")
        await user.press("tab")
        user.app.post_message(Paste("Heading\tDescription\tAmount\nTravel\tFlight\t10\nTravel\tHotel\t20"))
        await user.still()
        assert "2 budget lines in the table." in user.text
        await user.press("enter")
        assert names(user, "/budget/lines", "amount") == ["10.00", "20.00"]
        await user.press("ctrl+z")
        assert "lines" not in json.dumps(user.work.session.document)

    run(steps, tmp_path, empty)


def test_the_amount_of_a_line_shows_as_soon_as_both_factors_are_there(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.do("go('budget')")
        await user.press("tab", "space")
        await user.find("/budget/lines/0/quantity")
        await user.type("24", "enter")
        await user.type("5000", "enter")
        assert names(user, "/budget/lines", "amount") == ["120000.00"]
        assert "120000.00" in user.text

    run(steps, tmp_path, empty)
