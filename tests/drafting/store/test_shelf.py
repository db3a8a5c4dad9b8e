"""The start page's list of drafts, and what can be done from it."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest

from mpfcheck.drafting.store.draft_file import DraftFile
from mpfcheck.drafting.store.errors import DraftExistsError, DraftMissingError, DraftNotSavedError
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.lock import DraftInUseError
from mpfcheck.drafting.store.shelf import ListedDraft, Shelf, listed
from tests.drafting.store.conftest import Clock

CALL = "mpf-2023-borders-security"


@pytest.fixture
def shelf(folders: Folders) -> Shelf:
    return Shelf(folders)


def make(path: Path, folders: Folders, title: str = "One", clock: Clock | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    DraftFile.create(path, {"call": CALL, "title": title}, folders).close()
    if clock is not None:
        os.utime(path, (clock.now.timestamp(), clock.now.timestamp()))
    return path


def titles(shelf: Shelf) -> list[str]:
    return [draft.title for draft in shelf.list().drafts]


def test_an_empty_list_makes_nothing(shelf: Shelf, tmp_path: Path) -> None:
    assert shelf.list().drafts == ()
    assert not list(tmp_path.iterdir())


def test_drafts_of_the_data_folder_and_recent_ones_elsewhere(shelf: Shelf, tmp_path: Path, clock: Clock) -> None:
    make(shelf.new_path("One"), shelf.folders, "One", clock)
    clock.move(hours=5)
    elsewhere = make(tmp_path / "desk" / "two.json", shelf.folders, "Two", clock)
    clock.move(minutes=10)

    two, one = shelf.list().drafts
    assert two == ListedDraft(elsewhere, "Two", CALL, 2, two.changed)
    assert (one.title, one.age(clock.now)) == ("One", timedelta(hours=5, minutes=10))
    assert two.age(clock.now) == timedelta(minutes=10)
    clock.move(days=-1)
    assert two.age(clock.now) == timedelta(0)


def test_what_cannot_be_read_says_why(shelf: Shelf, tmp_path: Path) -> None:
    elsewhere = make(tmp_path / "stick" / "two.json", shelf.folders)
    folder = shelf.folders.drafts
    folder.mkdir(exist_ok=True)
    (folder / "broken.json").write_text('{"title": ')
    (folder / "list.json").write_text("[]")
    (folder / "empty.json").write_text("")
    (folder / "loop.json").symlink_to("loop.json")
    (folder / "folder.json").mkdir()
    (folder / ".hidden.json").write_text("{}")
    (folder / "notes.txt").write_text("{}")
    (tmp_path / "stick").rename(tmp_path / "away")

    listed = {draft.path.name: draft for draft in shelf.list().drafts}
    assert set(listed) == {"broken.json", "list.json", "empty.json", "loop.json", "two.json"}
    assert not any(draft.readable for draft in listed.values())
    assert "not there" in str(listed["two.json"].problem)
    (tmp_path / "away").rename(tmp_path / "stick")
    assert [draft.path for draft in shelf.list().drafts if draft.readable] == [elsewhere]


def test_titles_and_calls_that_are_no_texts_are_none(shelf: Shelf) -> None:
    shelf.folders.drafts.mkdir()
    (shelf.folders.drafts / "one.json").write_text('{"title": 1, "call": [], "fund": null}')

    [only] = shelf.list().drafts
    assert (only.title, only.call, only.answers, only.readable) == ("", "", 1, True)


def test_a_recent_draft_that_is_gone_is_told_once(shelf: Shelf, tmp_path: Path) -> None:
    path = make(tmp_path / "one.json", shelf.folders)
    path.unlink()

    assert shelf.list().gone == (path,)
    assert shelf.list().gone == ()


@pytest.mark.parametrize("damaged", ["", "{}", "[1, null, {}]", "[", "\xff", '["/\\ud800/x.json"]'])
def test_a_damaged_list_of_recent_drafts_is_an_empty_one(shelf: Shelf, tmp_path: Path, damaged: str) -> None:
    make(tmp_path / "one.json", shelf.folders)
    (shelf.folders.state / "recent.json").write_text(damaged, encoding="latin-1")
    assert titles(shelf) == []
    DraftFile.open(tmp_path / "one.json", shelf.folders).close()
    assert titles(shelf) == ["One"]


def test_a_draft_opened_twice_is_listed_once(shelf: Shelf, tmp_path: Path) -> None:
    make(tmp_path / "one.json", shelf.folders)
    DraftFile.open(tmp_path / "." / "one.json", shelf.folders).close()

    assert titles(shelf) == ["One"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Detecting forged identity documents!", "detecting-forged-identity-documents.json"),
        ("Überwachung der Grenze / Teil 2", "überwachung-der-grenze-teil-2.json"),
        ("საზღვარი", "საზღვარი.json"),
        ("", "proposal.json"),
        ("../../etc/passwd", "etc-passwd.json"),
        ("CON", "proposal.json"),
        ("...", "proposal.json"),
        ("x" * 500, "x" * 60 + ".json"),
    ],
)
def test_a_new_draft_is_named_after_its_title(shelf: Shelf, title: str, name: str) -> None:
    path = shelf.new_path(title)

    assert path == shelf.folders.drafts / name
    make(path, shelf.folders)
    assert shelf.new_path(title).name == name.replace(".json", "-2.json")


def test_a_long_name_in_any_script_can_be_saved(folders: Folders) -> None:
    path = folders.drafts / ("ს" * 80 + ".json")
    with DraftFile.create(path, {}, folders) as draft:
        assert not draft.notes
        draft.save({"title": "One"})

    assert os.listdir(path.parent) == [path.name]


def test_the_longest_name_can_be_deleted_and_copied(shelf: Shelf) -> None:
    path = make(shelf.folders.drafts / ("x" * 250 + ".json"), shelf.folders)
    copies = [shelf.copy(path) for _ in range(2)]
    assert len({*copies, path}) == 3
    for each in (path, *copies):
        assert shelf.delete(each).exists()


def test_a_renamed_draft_keeps_its_history(shelf: Shelf, tmp_path: Path) -> None:
    path = make(tmp_path / "one.json", shelf.folders)
    with DraftFile.open(path, shelf.folders) as draft:
        draft.save({"title": "Two"}, {"/fund": "either"})
    new = shelf.rename(path, "Our best idea")

    assert new == tmp_path / "Our best idea.json"
    assert not path.exists()
    assert [draft.path for draft in shelf.list().drafts] == [new]
    with DraftFile.open(new, shelf.folders) as draft:
        assert [generation.title for generation in draft.generations()] == ["Two", "One"]
        assert draft.unfinished == {"/fund": "either"}


def test_capitals_of_a_name_can_be_changed(shelf: Shelf) -> None:
    path = make(shelf.new_path("one"), shelf.folders)

    assert shelf.rename(path, "one") == path
    assert shelf.rename(path, "ONE").name == "ONE.json"
    assert titles(shelf) == ["One"]


@pytest.mark.parametrize("name", ["", "  ", "a/b", "..", ".hidden", "a\0b", "a\nb", "nul", "a:b", "x" * 300, "\ud800"])
def test_names_that_no_file_can_have_are_refused(shelf: Shelf, name: str) -> None:
    path = make(shelf.new_path("one"), shelf.folders)
    with pytest.raises(DraftNotSavedError) as raised:
        shelf.rename(path, name)

    assert raised.value.hint
    assert path.exists()


def test_no_draft_is_renamed_over_another(shelf: Shelf) -> None:
    one, two = (make(shelf.new_path(title), shelf.folders, title) for title in ("one", "two"))
    with pytest.raises(DraftExistsError):
        shelf.rename(one, "two")

    assert json.loads(two.read_bytes())["title"] == "two"
    assert one.exists()


def test_a_draft_that_is_open_stays_where_it_is(shelf: Shelf) -> None:
    path = make(shelf.new_path("one"), shelf.folders)
    with DraftFile.open(path, shelf.folders) as draft:
        for move in (lambda: shelf.delete(path), lambda: shelf.rename(path, "two")):
            with pytest.raises(DraftInUseError):
                move()
        assert draft.save({"title": "Two"}).written

    assert os.listdir(path.parent) == [path.name]


def test_a_deleted_draft_is_kept_among_the_deleted_ones(shelf: Shelf, tmp_path: Path) -> None:
    own = make(shelf.new_path("one"), shelf.folders)
    elsewhere = make(tmp_path / "desk" / "one.json", shelf.folders, "Elsewhere")
    deleted = [shelf.delete(path) for path in (own, elsewhere)]

    assert shelf.list().drafts == ()
    assert shelf.list().gone == ()
    assert [path.name for path in deleted] == ["one.json", "one-2.json"]
    assert sorted(listed(path).title for path in deleted) == ["Elsewhere", "One"]


def test_deleting_a_link_leaves_what_it_leads_to(shelf: Shelf, tmp_path: Path) -> None:
    target = make(tmp_path / "real.json", shelf.folders)
    link = shelf.folders.drafts / "link.json"
    link.parent.mkdir()
    link.symlink_to("../real.json")
    gone = shelf.delete(link)

    assert target.exists()
    assert json.loads(gone.read_bytes())["title"] == "One"


def test_what_is_gone_cannot_be_moved_or_copied(shelf: Shelf) -> None:
    missing = shelf.folders.drafts / "missing.json"
    for move in (lambda: shelf.delete(missing), lambda: shelf.rename(missing, "two"), lambda: shelf.copy(missing)):
        with pytest.raises(DraftMissingError):
            move()


def test_a_draft_open_elsewhere_can_be_copied(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(b'{"title":1.50}')
    with DraftFile.open(path, shelf.folders):
        copy = shelf.copy(path)
        assert copy == shelf.folders.drafts / "one-copy.json"
        assert copy.read_bytes() == path.read_bytes()
        DraftFile.open(copy, shelf.folders).close()


def test_the_folders_of_the_environment(tmp_path: Path) -> None:
    folders = Folders.of_this_user({"MPFCHECK_DRAFTS": str(tmp_path / "mine")})

    assert folders == Folders(tmp_path / "mine", tmp_path / "mine" / ".mpfcheck")
    assert folders.trash == tmp_path / "mine" / "trash"
    assert Folders.of_this_user({"MPFCHECK_DRAFTS": ""}).drafts.name == "drafts"
    assert Folders.of_this_user({}).drafts.is_absolute()
