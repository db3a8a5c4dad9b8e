"""Two windows and a terminal at one draft: nothing is overwritten; what both sides changed is asked about."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from mpfcheck.drafting.desk import Desk
from tests.web.window import Window, opened_window, text_of


def second(window: Window) -> Window:
    return Window(window.client).go(window.path)


def on_disk(tmp_path: Path) -> dict[str, object]:
    document = json.loads((tmp_path / "draft.json").read_bytes())
    assert isinstance(document, dict)
    return document


def test_what_another_window_answered_stays(at_draft: Callable[..., Window], tmp_path: Path) -> None:
    one = at_draft().follow("The project")
    two = second(one)
    one.send("state", "stay", {"/title": "Safer borders"})
    two.send("state", "stay", {"/acronym": "SAFE"})
    assert "Safer borders" in two.source
    assert on_disk(tmp_path)["title"] == "Safer borders"
    assert on_disk(tmp_path)["acronym"] == "SAFE"


def test_an_answer_changed_in_two_windows_is_asked_about(at_draft: Callable[..., Window], tmp_path: Path) -> None:
    one = at_draft().follow("The project")
    two = second(one)
    one.send("state", "stay", {"/title": "Safer borders"})
    two.send("state", "stay", {"/title": "Safer documents", "/acronym": "SAFE"})
    assert two.title.startswith("Changed in another window")
    assert on_disk(tmp_path)["title"] == "Safer borders", "nothing is overwritten before a choice"
    assert not [one for one in two.all("input", type="radio") if "checked" in one.attrib], "nothing is chosen"
    two.press("Keep these answers")
    assert two.title.startswith("Error: ")
    two.press("Keep these answers", **{"/title": "ours"})
    assert on_disk(tmp_path)["title"] == "Safer documents"
    assert on_disk(tmp_path)["acronym"] == "SAFE"
    two.press("Undo")
    assert on_disk(tmp_path)["title"] == "Safer borders"


def test_decided_later_nothing_is_changed(at_draft: Callable[..., Window], tmp_path: Path) -> None:
    one = at_draft().follow("The project")
    two = second(one)
    one.send("state", "stay", {"/title": "Safer borders"})
    two.send("state", "stay", {"/title": "Safer documents"})
    two.press("Decide later")
    assert two.value("/title") == "Safer borders"
    assert on_disk(tmp_path)["title"] == "Safer borders"


def test_an_old_page_removes_the_entry_it_showed(at_draft: Callable[..., Window], tmp_path: Path) -> None:
    one = at_draft().follow("Co-applicants")
    for name in ("Border Police", "Customs Service"):
        one.press(name="do", value="add:/co_applicants")
        place = next(one.get("name") for one in one.all("input") if str(one.get("name")).endswith("/name"))
        one.press("Done", **{str(place): name})
    two = second(one)
    two.press(name="do", value="remove:/co_applicants/0")
    assert [text_of(head) for head in two.all("h3") if "Police" in text_of(head)] == []
    one.press(name="do", value="remove:/co_applicants/1")
    names = [partner["name"] for partner in on_disk(tmp_path)["co_applicants"]]  # type: ignore[attr-defined, union-attr]
    assert names == [], "each window removed the entry it showed"


def test_a_text_typed_in_two_windows_is_not_lost_unsaid(at_draft: Callable[..., Window]) -> None:
    one = at_draft().follow("Budget")
    two = second(one)
    one.send("state", "stay", {"/budget/total": "about 400"})
    two.send("state", "stay", {"/budget/total": "around 500"})
    assert two.value("/budget/total") == "around 500"
    assert "about 400" in " ".join(two.notices)


def test_a_draft_that_a_terminal_has_open_is_not_opened_unasked(tmp_path: Path) -> None:
    path = tmp_path / "draft.json"
    terminal = Desk().start(path, "mpf-2023-borders-security")
    try:
        window, office, _ = opened_window(tmp_path / "drafts")
        assert office.open(path) is None
        window.go("/question")
        assert window.title.startswith("Somebody has this draft open")
        window.press("Leave it alone")
        assert window.path == "/"
    finally:
        terminal.file.close()


def test_a_file_changed_by_another_program_is_merged(at_draft: Callable[..., Window], tmp_path: Path) -> None:
    window = at_draft().follow("The project")
    window.send("state", "stay", {"/title": "Safer borders"})
    document = on_disk(tmp_path) | {"acronym": "SAFE", "title": "From elsewhere"}
    (tmp_path / "draft.json").write_text(json.dumps(document), encoding="utf-8")
    window.send("state", "stay", {"/title": "Safer documents"})
    assert "changed elsewhere" in window.text
    window.press("Keep these answers", **{"/title": "theirs"})
    assert on_disk(tmp_path)["title"] == "From elsewhere"
    assert on_disk(tmp_path)["acronym"] == "SAFE"


def test_saved_is_true(at_draft: Callable[..., Window], tmp_path: Path) -> None:
    window = at_draft().follow("The project")
    assert "All answers are saved in" in text_of(window.by_class("saved")[0])
    (tmp_path / "draft.json").unlink()
    window.send("state", "stay", {"/title": "Safer borders"})
    window.press("Continue for now")
    assert "Not saved" in text_of(window.by_class("saved")[0])
    window.press("Save now")
    window.press("Make the file again")
    assert on_disk(tmp_path)["title"] == "Safer borders"
    assert "All answers are saved in" in text_of(window.by_class("saved")[0])
