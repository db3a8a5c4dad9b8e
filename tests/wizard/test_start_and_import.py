"""Drafts told apart, files brought in, the call changed, Esc and Enter close together, and the focus in sight."""

import json
from pathlib import Path

import pytest
from textual.widgets import Button

from mpfcheck.wizard.widgets.group_box import Items
from mpfcheck.wizard.widgets.menu import Menu
from tests.wizard.driving import Driven, run


def test_the_newest_draft_is_under_the_cursor_and_told_by_title_file_call_and_day(
    tmp_path: Path, eligible: bytes
) -> None:
    import os

    (tmp_path / "drafts").mkdir()
    for number, name in enumerate(("older", "newest")):
        path = tmp_path / "drafts" / f"{name}.json"
        path.write_bytes(eligible)
        os.utime(path, (1_700_000_000 + number * 86_400,) * 2)

    async def steps(user: Driven) -> None:
        await user.still()
        menu = user.focused
        assert isinstance(menu, Menu)
        assert menu.here is not None
        assert menu.here.detail is not None
        for words in ("newest.json", "Borders & Security 2023", "2023"):
            assert words in menu.here.detail.plain
        assert "older.json" in user.text
        assert "15 November 2023" in user.text or "16 November 2023" in user.text

    run(steps, tmp_path, None, (80, 24))


def test_a_file_with_errors_opens_at_the_first_in_the_words_of_its_page(tmp_path: Path) -> None:
    draft = {
        "format": "mpfcheck-proposal/1",
        "call": "mpf-2023-borders-security",
        "title": "Imported",
        "lead": {"id": "lead", "kind": "ministry"},
        "budget": {"total": "400.000"},
    }

    async def steps(user: Driven) -> None:
        field = user.work.answers.field
        assert field is not None
        assert field.pointer == "/lead/kind"
        assert "NOT A PROPOSAL" not in user.text
        complaint = user.work.session.at("/budget/total").complaint  # type: ignore[union-attr]
        assert complaint is not None
        await user.do("go('result')")
        assert complaint.message in " ".join(user.text.split())
        assert "Budget, Total budget" in user.text

    run(steps, tmp_path, json.dumps(draft).encode(), (100, 40))


def test_the_call_is_changed_while_nothing_depends_on_it(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.find("/title")
        await user.type("Safer documents", "tab")
        await user.do("change_call")
        await user.choose("mpf-2024-migration-partnerships")
        await user.still()
        assert user.work.session.call.id == "mpf-2024-migration-partnerships"
        assert user.work.session.document["title"] == "Safer documents"
        written = json.loads((tmp_path / "draft.json").read_bytes())
        assert written["call"] == "mpf-2024-migration-partnerships"

    run(steps, tmp_path, empty)


def test_the_call_of_a_draft_with_answers_of_its_own_stays(tmp_path: Path, eligible: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.do("change_call")
        assert any("depend on its call" in notice for notice in user.notices)

    run(steps, tmp_path, eligible)


@pytest.mark.parametrize("second", ["\r", " ", "1", "y", "\t"])
def test_another_key_right_after_esc_is_two_keys(second: str) -> None:
    terminal = pytest.importorskip("mpfcheck.wizard.terminal", reason="Windows has another driver")
    keys = [event.key for event in terminal.Keys().feed(f"\x1b{second}")]
    assert keys[0] == "escape"
    assert len(keys) == 2


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)], ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("page", ["project", "budget", "lead"])
def test_whoever_has_the_focus_is_in_view_after_every_message(
    tmp_path: Path, many_slips: bytes, size: tuple[int, int], page: str
) -> None:
    async def steps(user: Driven) -> None:
        await user.do(f"go({page!r})")
        for number in range(8):
            if number % 3 == 1:
                user.app.notify("A message of some length, which takes a line or two at the end. " * 2)
            field = user.work.answers.field
            if field is not None and field.typed is None and hasattr(field.editor, "value"):
                await user.type("1/3/2024")
            await user.press("tab")
            await user.still()
            focused = user.app.focused
            assert focused is not None
            room = user.work.view.region
            if isinstance(focused, Items):
                assert "▸" in user.text, "the row one stands on is in view"
            elif focused.region.height <= room.height:
                assert focused.region.height == focused.region.intersection(room).height, user.text
            if isinstance(focused, Button) and hasattr(focused, "name_of_action"):
                break

    run(steps, tmp_path, many_slips, size)


@pytest.mark.parametrize("page", ["project", "lead", "fund", "financing", "declarations"])
@pytest.mark.parametrize("key", ["tab", "shift+tab"])
def test_the_question_of_whoever_has_the_keyboard_is_in_view(
    tmp_path: Path, eligible: bytes, page: str, key: str
) -> None:
    async def steps(user: Driven) -> None:
        await user.do(f"go({page!r})")
        asked = set()
        for _ in range(20):
            await user.press(key)
            field = user.work.answers.field
            if field is not None:
                asked.add(field.draft_part.pointer)
                await user.see(" ".join(field.draft_part.question.ask.split())[:25])
        assert asked

    run(steps, tmp_path, eligible, (80, 24))
