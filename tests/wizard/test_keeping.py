"""Files: what is saved, what keeps it from being saved, who else is there, and how one leaves."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Static

from mpfcheck.checking.report import Verdict
from mpfcheck.drafting.store import json_file
from mpfcheck.drafting.store.draft_file import DraftFile
from mpfcheck.wizard.dialogs import Ask, ConflictScreen, PathField
from mpfcheck.wizard.widgets.inputs import Choices
from tests.wizard.driving import Driven, run


def change(path: Path, **fields: object) -> None:
    document = json.loads(path.read_bytes())
    path.write_text(json.dumps({**document, **fields}))


def test_a_field_changed_on_both_sides_is_chosen_and_others_are_merged(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        path = user.work.draft.file.path
        change(path, title="Theirs", acronym="THEIRS")
        await user.find("/title")
        await user.type("Mine", "tab")
        await user.still()
        assert isinstance(user.app.screen, ConflictScreen), user.text
        assert "mine: Mine" in user.text
        assert "theirs: Theirs" in user.text
        assert json.loads(path.read_bytes())["title"] == "Theirs", "nothing is overwritten yet"
        await user.press("down", "space", "tab", "enter")
        assert json.loads(path.read_bytes())["title"] == "Theirs"
        assert user.work.session.document["acronym"] == "THEIRS"
        assert user.work.saving.saved

    run(steps, tmp_path, empty)


def test_nothing_is_chosen_for_the_applicant_and_both_is_offered_where_each_side_added(
    tmp_path: Path, empty: bytes
) -> None:
    async def steps(user: Driven) -> None:
        work = user.work
        change(work.draft.file.path, documents=[{"issuer": "Theirs"}])
        place = work.session.add("/documents")
        work.session.answer(f"{place}/issuer", "Mine")
        work.show_step()
        await user.still()
        assert isinstance(user.app.screen, ConflictScreen), user.text
        rows = list(user.app.screen.query(Choices))
        assert [row.chosen for row in rows] == [None]
        await user.press("tab", "enter")
        assert isinstance(user.app.screen, ConflictScreen), "it is not closed before all is chosen"
        assert "Choose one answer for each field first" in user.text
        await user.press("b", "space", "tab", "enter")
        for _ in range(100):
            if work.saving.saved:
                break
            await user.pilot.pause(0.05)
        assert sorted(item["issuer"] for item in work.session.document["documents"]) == ["Mine", "Theirs"]  # type: ignore[attr-defined, index]
        assert work.saving.saved

    run(steps, tmp_path, json.dumps({**json.loads(empty), "documents": []}).encode())


def test_a_full_disk_is_told_and_the_work_goes_on(
    tmp_path: Path, empty: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = json_file._write_all

    def full(descriptor: int, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    async def steps(user: Driven) -> None:
        await user.find("/title")
        monkeypatch.setattr(json_file, "_write_all", full)
        await user.type("A title", "tab")
        assert "There is no room left on the disk" in " ".join(user.text.split())
        await user.choose("later")
        assert "NOT SAVED" in user.text
        await user.find("/acronym")
        await user.type("SAFE", "tab")
        assert not isinstance(user.app.screen, Ask), "one is not asked after every answer"
        monkeypatch.setattr(json_file, "_write_all", write)
        await user.press("ctrl+s")
        document = json.loads(user.work.draft.file.path.read_bytes())
        assert (document["title"], document["acronym"]) == ("A title", "SAFE")
        assert "NOT SAVED" not in user.text

    run(steps, tmp_path, empty, (120, 40))


def test_what_cannot_be_saved_there_is_saved_in_another_file(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        path = user.work.draft.file.path
        path.unlink()
        await user.find("/title")
        await user.type("A title", "tab")
        await user.choose("other")
        assert isinstance(user.app.screen, PathField)
        await user.type(str(tmp_path / "elsewhere.json"), "enter")
        assert json.loads((tmp_path / "elsewhere.json").read_bytes())["title"] == "A title"
        assert not path.exists()

    app = run(steps, tmp_path, empty)
    assert app.ending.path == tmp_path / "elsewhere.json"


@pytest.mark.parametrize(("way", "saves"), [("read", False), ("copy", True), ("take", True)])
def test_a_draft_somebody_has_open_is_read_copied_or_taken_over(
    tmp_path: Path, empty: bytes, way: str, saves: bool
) -> None:
    async def steps(user: Driven) -> None:
        assert "Somebody has this draft open" in user.text
        await user.choose(way)
        await user.find("/title")
        await user.type("A title", "tab")
        assert user.work.saving.saved is saves
        if not saves:
            await user.choose("later")
            assert "read-only" in user.text

    with_lock(tmp_path, empty, lambda: run(steps, tmp_path, empty, (120, 40)))


def with_lock(folder: Path, draft: bytes, then: Callable[[], object]) -> None:
    from mpfcheck.drafting.store.folders import Folders

    path = folder / "draft.json"
    path.write_bytes(draft)
    with DraftFile.open(path, Folders(folder / "drafts", folder / "state")):
        then()


def test_an_earlier_state_is_gone_back_to_and_that_can_be_undone(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        for title in ("One", "Two"):
            await user.find("/title")
            await user.type(title, "tab")
        await user.do("earlier")
        assert "Earlier states" in user.text
        await user.press("down", "enter")
        assert user.work.session.document.get("title") == "One"
        await user.press("ctrl+z")
        assert user.work.session.document["title"] == "Two"

    run(steps, tmp_path, empty)


def test_an_export_never_writes_over_a_file_without_a_word(tmp_path: Path, eligible: bytes) -> None:
    (tmp_path / "draft-report.md").write_text("mine")

    async def steps(user: Driven) -> None:
        await user.press("f6")
        await user.choose("markdown")
        assert isinstance(user.app.screen, PathField)
        await user.press("enter")
        assert "Replace the file?" in user.text
        await user.choose("other")
        assert (tmp_path / "draft-report.md").read_text() == "mine"
        await user.type(str(tmp_path / "new.md"), "enter")
        assert "ELIGIBLE" in (tmp_path / "new.md").read_text().upper()

    run(steps, tmp_path, eligible)


@pytest.mark.parametrize("keys", [("ctrl+c", "ctrl+c"), ("ctrl+q",)])
def test_who_quits_at_once_is_told_where_the_text_waits_that_was_being_typed(
    tmp_path: Path, empty: bytes, keys: tuple[str, ...]
) -> None:
    async def steps(user: Driven) -> None:
        await user.find("/title")
        await user.type("A title", "enter")
        await user.find("/duration_months")
        await user.type("2")
        for key in keys:
            assert user.app.is_running
            await user.pilot.press(key)

    app = run(steps, tmp_path, empty)
    assert app.ending.path == tmp_path / "draft.json"
    assert app.ending.verdict is Verdict.INCOMPLETE
    assert app.ending.saved
    assert app.ending.unconfirmed == ("The project, Duration",)
    draft = json.loads((tmp_path / "draft.json").read_bytes())
    assert draft["title"] == "A title"
    assert "duration_months" not in draft, "2 of 24 is not an answer"

    async def comes_back(user: Driven) -> None:
        assert any("Confirm the text" in notice and "Duration" in notice for notice in user.notices)
        assert (await user.find("/duration_months")).editor.value == "2"  # type: ignore[union-attr]

    run(comes_back, tmp_path, (tmp_path / "draft.json").read_bytes())


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("24", "The text you were typing is now the answer to The project, Duration: 24 months."),
        ("soon", "A text is kept that is not an answer yet: The project, Duration."),
    ],
)
def test_leaving_says_what_became_of_the_text_that_was_being_typed(
    tmp_path: Path, empty: bytes, typed: str, words: str
) -> None:
    async def steps(user: Driven) -> None:
        await user.find("/duration_months")
        await user.type(typed, "f10")
        assert words in " ".join(str(user.app.screen.query_one(".words", Static).render()).split())

    run(steps, tmp_path, empty)


def test_leaving_asks_nothing_but_where_to(tmp_path: Path, empty: bytes) -> None:
    async def steps(user: Driven) -> None:
        await user.press("f10")
        assert "Everything is saved in" in " ".join(user.text.split())
        await user.choose("start")
        assert "New proposal" in user.text
        assert "draft.json" in user.text, "the draft is on the list"

    run(steps, tmp_path, empty)


def test_a_file_that_is_no_proposal_cannot_be_imported_and_leaves_no_copy(tmp_path: Path) -> None:
    (tmp_path / "letter.json").write_text("{not json")

    async def steps(user: Driven) -> None:
        await user.press("down", "enter")
        await user.type(str(tmp_path / "letter.json"), "enter")
        assert "cannot be opened as a draft" in " ".join(user.text.split())
        await user.press("escape")
        assert "New proposal" in user.text

    run(steps, tmp_path)
    assert not list((tmp_path / "drafts").glob("*.json"))
