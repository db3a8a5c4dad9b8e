"""What somebody else made of the file is noticed at the next save, and never overwritten in silence."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from mpfcheck.drafting.store.draft_file import DraftChangedError, DraftFile
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.history import DraftUnreadableError
from mpfcheck.drafting.store.merge import FieldConflict
from tests.drafting.store.conftest import earlier_state

BASE = {"title": "One", "fund": "ISF"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "proposal.json"
    path.write_text(json.dumps(BASE))
    return path


def change(path: Path, draft: object) -> None:
    """Change the file as a careless program does: in place, with the time of change set back."""
    before = path.stat()
    path.write_text(json.dumps(draft))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_change_elsewhere_is_told_with_what_both_sides_did(folders: Folders, path: Path) -> None:
    with DraftFile.open(path, folders) as draft:
        change(path, {"title": "Zwei", "fund": "ISF"})
        with pytest.raises(DraftChangedError, match="One field was changed on both sides") as raised:
            draft.save({"title": "Two", "fund": "BMVI"})

        conflict = raised.value.conflict
        assert conflict.fields == (FieldConflict("/title", "One", "Two", "Zwei"),)
        assert (conflict.base, conflict.ours["title"], conflict.theirs["title"]) == (BASE, "Two", "Zwei")
        assert json.loads(path.read_bytes())["title"] == "Zwei"

        draft.save(conflict.resolve({"/title": "ours"}), settles=conflict)
        assert json.loads(path.read_bytes()) == {"title": "Two", "fund": "BMVI"}
        # Both sides can still be had.
        assert {generation.title for generation in draft.generations()} == {"One", "Two", "Zwei"}


def test_changes_of_different_fields_need_no_choice(folders: Folders, path: Path) -> None:
    with DraftFile.open(path, folders) as draft:
        change(path, BASE | {"acronym": "ONE"})
        with pytest.raises(DraftChangedError, match="nothing was changed twice") as raised:
            draft.save(BASE | {"title": "Two"})
        conflict = raised.value.conflict
        assert conflict.fields == ()
        draft.save(conflict.resolve({}), settles=conflict)

    assert json.loads(path.read_bytes()) == {"title": "Two", "fund": "ISF", "acronym": "ONE"}


def test_until_it_is_settled_every_save_is_refused_and_kept(folders: Folders, path: Path) -> None:
    with DraftFile.open(path, folders) as draft:
        change(path, {"title": "Zwei"})
        for title in ("Two", "Three"):
            with pytest.raises(DraftChangedError) as raised:
                draft.save({"title": title})
            assert earlier_state(raised.value).title == title
    with DraftFile.open(path, folders) as again:
        assert again.draft == {"title": "Zwei"}
        assert again.unsaved is not None
        assert again.unsaved.draft() == {"title": "Three"}


def test_a_file_that_changes_again_is_a_new_conflict(folders: Folders, path: Path) -> None:
    with DraftFile.open(path, folders) as draft:
        change(path, {"title": "Zwei"})
        with pytest.raises(DraftChangedError) as first:
            draft.save({"title": "Two"})
        change(path, {"title": "Drei"})
        merged = first.value.conflict.resolve({"/title": "ours"})
        with pytest.raises(DraftChangedError) as second:
            draft.save(merged, settles=first.value.conflict)

    assert second.value.conflict.fields == (FieldConflict("/title", "Zwei", "Two", "Drei"),)


def test_another_layout_or_the_same_change_is_no_conflict(folders: Folders, path: Path) -> None:
    with DraftFile.open(path, folders) as draft:
        path.write_text(json.dumps(BASE, indent=7))
        assert draft.save({"title": "Two"}).written
        change(path, {"title": "Three"})
        assert not draft.save({"title": "Three"}).written


def test_a_file_that_became_unreadable_is_not_overwritten(folders: Folders, path: Path) -> None:
    with DraftFile.open(path, folders) as draft:
        path.write_bytes(b'{"title": "Zw')
        with pytest.raises(DraftUnreadableError) as raised:
            draft.save({"title": "Two"})
        assert raised.value.kept is not None

    assert path.read_bytes() == b'{"title": "Zw'


def test_what_we_saved_ourselves_is_no_conflict(folders: Folders, path: Path) -> None:
    with DraftFile.open(path, folders) as draft:
        for number in range(5):
            draft.save({"title": str(number)})
        os.utime(path)
        draft.save({"title": "last"})

    assert json.loads(path.read_bytes()) == {"title": "last"}
