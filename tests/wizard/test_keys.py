"""Keys: to go on is not to choose, letters are text, and what is typed early arrives whole and in order."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.widgets import Button

from mpfcheck.drafting.desk import Desk
from mpfcheck.drafting.session import new_document
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.shelf import Shelf
from mpfcheck.packs.find import list_calls
from mpfcheck.wizard.pick_list import PickList
from mpfcheck.wizard.sheets import ItemView
from mpfcheck.wizard.widgets.group_box import Items
from mpfcheck.wizard.widgets.inputs import Choices, LongText
from mpfcheck.wizard.widgets.menu import Menu
from tests.wizard.driving import Driven, run

ELIGIBLE = Path(__file__).resolve().parents[2] / "examples" / "eligible-lithuania-moldova.json"
MOST = 60
"""More keys than any page of any form has fields."""


def begun(call: str, folder: Path) -> dict[str, object]:
    return dict(new_document(Desk(shelf=Shelf(Folders(folder, folder))).form(call)))


async def go_on(user: Driven, key: str) -> None:
    """Press the key; where it is a new line of a long text, Tab leads on."""
    in_long_text = isinstance(user.focused, LongText)
    await user.press(key, *(["tab"] if in_long_text and key == "enter" else []))


@pytest.mark.parametrize(("call", "key"), [*((call, "enter") for call in list_calls()), (list_calls()[0], "tab")])
def test_the_next_key_alone_leaves_the_draft_as_it_was(tmp_path: Path, call: str, key: str) -> None:
    """Through every question of every form, those about an item of every group among them."""
    draft = begun(call, tmp_path)

    async def steps(user: Driven) -> None:
        before = user.work.session.document
        for page in user.work.session.form.pages:
            if page not in user.work.session.pages():
                continue
            await user.do(f"go({page.id!r})")
            for _ in range(MOST):
                if isinstance(user.focused, Button) and hasattr(user.focused, "name_of_action"):
                    break
                await go_on(user, key)
                assert user.work.session.document == before, f"{page.id}: {user.focused}"
            else:
                pytest.fail(f"no end of page {page.id}:\n{user.text}")
        for _, part in user.work.session.form.parts():
            if part.field not in {("co_applicants",), ("activities",), ("budget", "lines"), ("documents",)}:
                continue
            await user.work.panes.open_item(user.work.session.add("/" + "/".join(part.field)))
            await user.still()
            assert isinstance(user.work.view, ItemView)
            with_item = user.work.session.document
            for _ in range(MOST):
                if isinstance(user.focused, Button):
                    break
                await go_on(user, key)
                assert user.work.session.document == with_item, f"{part.field}: {user.focused}"
            assert isinstance(user.focused, Button), user.text

    run(steps, tmp_path, json.dumps(draft).encode(), (80, 24))


def test_enter_on_the_declarations_declares_nothing(tmp_path: Path) -> None:
    draft = {**json.loads(ELIGIBLE.read_bytes()), "declarations": {}}
    draft.pop("consultation", None)

    async def steps(user: Driven) -> None:
        await user.do("go('declarations')")
        before = user.work.session.document
        await user.press(*["enter"] * 4)
        assert user.work.session.document == before
        assert user.work.session.verdict == "incomplete"

    run(steps, tmp_path, json.dumps(draft).encode(), (80, 24))


@pytest.mark.parametrize("group", ["/co_applicants", "/budget/lines", "/financing/contributions"])
def test_letters_over_a_table_or_a_list_do_nothing(tmp_path: Path, many_slips: bytes, group: str) -> None:
    async def steps(user: Driven) -> None:
        await user.do(f"find({group!r})")
        assert isinstance(user.focused, Items)
        before = user.work.session.document
        await user.press(*"Dana, kjxeu", "space", "backspace", *"0189")
        assert user.work.session.document == before
        assert isinstance(user.focused, Items)
        await user.do("go('overview')")
        assert isinstance(user.focused, Menu)
        here = user.focused.cursor
        await user.press(*"Dana jk", "space")
        assert user.focused.cursor == here  # type: ignore[union-attr]

    run(steps, tmp_path, many_slips)


TEXT = st.text(st.characters(codec="ascii", categories=["L", "N", "Zs"]), min_size=1, max_size=18).map(
    lambda text: f"M{text}"
)


@settings(max_examples=6, deadline=None)
@given(text=TEXT)
def test_what_is_typed_at_once_over_a_closed_list_is_looked_for_whole(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    async def steps(user: Driven) -> None:
        await user.find("/lead/country")
        for character in text:
            key = "space" if character == " " else character
            user.app.post_message(_key(key, character))
        await user.still()
        await user.still()
        assert isinstance(user.app.screen, PickList)
        assert user.app.screen._search.value == text

    draft = b'{"format": "mpfcheck-proposal/1", "call": "mpf-2023-borders-security", "lead": {"id": "lead"}}'
    run(steps, tmp_path_factory.mktemp("typed"), draft)


def _key(key: str, character: str | None) -> object:
    from textual.events import Key

    return Key(key, character)


def test_keys_typed_before_the_next_page_is_drawn_arrive_there(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        for key, character in [
            ("enter", "\r"),
            *((one if one != " " else "space", one) for one in "Safer borders 2"),
            ("tab", "\t"),
            *((one, one) for one in "SAFE"),
            ("pagedown", None),
            ("pageup", None),
        ]:
            user.app.post_message(_key(key, character))
        await user.still()
        await user.still()
        assert user.work.session.document["title"] == "Safer borders 2"
        assert user.work.session.document["acronym"] == "SAFE"

    run(steps, tmp_path, empty)


def test_space_and_click_answer(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        field = await user.find("/declarations/not_started")
        assert isinstance(field.editor, Choices)
        await user.press("right", "space")
        assert user.work.session.document["declarations"] == {"not_started": False}
        await user.pilot.click(field.editor, offset=(1, 0))
        await user.still()
        assert user.work.session.document["declarations"] == {"not_started": True}

    run(steps, tmp_path, empty)
