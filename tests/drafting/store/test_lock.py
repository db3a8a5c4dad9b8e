"""A lock names who has a draft open, goes with a crash, and is never a reason to lose an answer."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock
import pytest

from mpfcheck.drafting.store.draft_file import DraftChangedError, DraftFile
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.lock import DraftInUseError, DraftTakenOverError, Holder
from tests.drafting.store.conftest import Clock, earlier_state

OPENS = """
import sys, time
from pathlib import Path
from mpfcheck.drafting.store.draft_file import DraftFile
from mpfcheck.drafting.store.folders import Folders
draft = DraftFile.open(sys.argv[1], Folders(Path(sys.argv[2]), Path(sys.argv[3])))
print("open", flush=True)
time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "proposal.json"
    path.write_bytes(b'{"title": "One"}')
    return path


@contextmanager
def another_process(path: Path, folders: Folders) -> Iterator[subprocess.Popen[str]]:
    """A process that has the draft open, until it is killed."""
    command = [sys.executable, "-c", OPENS, str(path), str(folders.drafts), str(folders.state)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "open\n"
            yield process
        finally:
            process.kill()


def test_a_second_opening_says_who_has_it(folders: Folders, path: Path) -> None:
    with another_process(path, folders) as process:
        with pytest.raises(DraftInUseError) as raised:
            DraftFile.open(path, folders)
        holder = raised.value.holder
        assert holder is not None
        assert holder.process == process.pid
        assert holder.user in str(raised.value)
        assert holder.host in str(raised.value)
        assert "take it over" in raised.value.hint


def test_a_crash_releases_it_and_is_told(folders: Folders, path: Path) -> None:
    with another_process(path, folders) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        with DraftFile.open(path, folders) as draft:
            assert draft.left_open_by is not None
            assert draft.left_open_by.process == process.pid
            draft.save({"title": "Two"})
    with DraftFile.open(path, folders) as draft:
        assert draft.left_open_by is None


def test_closing_leaves_nothing_beside_the_draft(folders: Folders, path: Path) -> None:
    draft = DraftFile.open(path, folders)
    assert (path.parent / ".proposal.json.lock").exists()
    draft.close()
    draft.close()

    assert sorted(os.listdir(path.parent)) == ["proposal.json", "state"]


def test_who_is_taken_over_is_told_at_the_next_save_and_loses_nothing(folders: Folders, path: Path) -> None:
    with DraftFile.open(path, folders) as first, DraftFile.open(path, folders, take_over=True) as second:
        second.save({"title": "Theirs"})
        with pytest.raises(DraftTakenOverError) as raised:
            first.save({"title": "Ours"})
        assert raised.value.holder is not None
        assert earlier_state(raised.value).draft() == {"title": "Ours"}
        second.save({"title": "Theirs again"})

        first.take_over()
        with pytest.raises(DraftChangedError):
            first.save({"title": "Ours"})
        with pytest.raises(DraftTakenOverError):
            second.save({"title": "Theirs, late"})
    assert json.loads(path.read_bytes()) == {"title": "Theirs again"}
    assert not (path.parent / ".proposal.json.lock").exists()


def test_who_took_over_is_named_to_a_third(folders: Folders, path: Path) -> None:
    with another_process(path, folders), DraftFile.open(path, folders, take_over=True):
        with pytest.raises(DraftInUseError) as raised:
            DraftFile.open(path, folders)
        assert raised.value.holder is not None
        assert raised.value.holder.process == os.getpid()


def test_a_lock_file_that_somebody_deleted_is_made_again(folders: Folders, path: Path) -> None:
    with DraftFile.open(path, folders) as draft:
        (path.parent / ".proposal.json.lock").unlink()
        draft.save({"title": "Two"})
        with pytest.raises(DraftInUseError):
            DraftFile.open(path, folders)


@pytest.mark.parametrize("left", [b"", b"\0", b"\0{", b"x" * 5000, b'\0{"user": 1}', b"\0[]", b"\0\xff"])
def test_a_lock_file_that_says_nothing_harms_nobody(folders: Folders, path: Path, left: bytes) -> None:
    (path.parent / ".proposal.json.lock").write_bytes(left)
    with DraftFile.open(path, folders) as draft:
        assert draft.left_open_by is None
        assert draft.save({"title": "Two"}).written
        with pytest.raises(DraftInUseError) as raised:
            DraftFile.open(path, folders)
        assert raised.value.holder is not None


def test_a_lock_file_that_goes_while_it_is_locked_is_no_lock(
    folders: Folders, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one before closed the draft between our opening the lock file and our locking it."""
    lock_descriptor, lock_file = filelock.lock_descriptor, path.parent / ".proposal.json.lock"
    gone: list[bool] = []

    def after_the_other_one_left(descriptor: int, *, blocking: bool) -> bool:
        if not gone:
            gone.append(True)
            lock_file.unlink()
        return lock_descriptor(descriptor, blocking=blocking)

    monkeypatch.setattr("filelock.lock_descriptor", after_the_other_one_left)
    with DraftFile.open(path, folders):
        assert lock_file.exists()
        with pytest.raises(DraftInUseError):
            DraftFile.open(path, folders)


def test_who_took_over_has_the_lock_once_the_one_before_is_gone(folders: Folders, path: Path) -> None:
    with another_process(path, folders) as process:
        draft = DraftFile.open(path, folders, take_over=True)
        process.kill()
        process.wait()
        draft.save({"title": "Two"})
        with pytest.raises(DraftInUseError):
            DraftFile.open(path, folders)
        draft.close()
    DraftFile.open(path, folders).close()


def test_a_drive_without_locks_is_not_littered(folders: Folders, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object, **__: object) -> bool:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("filelock.lock_descriptor", no_locks)
    with DraftFile.open(path, folders) as draft:
        assert draft.notes
        assert sorted(os.listdir(path.parent)) == ["proposal.json", "state"]
        draft.save({"title": "Two"})


def test_where_there_are_no_locks_the_draft_opens_with_a_note(folders: Folders, path: Path) -> None:
    (path.parent / ".proposal.json.lock").mkdir()
    with DraftFile.open(path, folders) as draft:
        [note] = draft.notes
        assert "Others will not see" in note.message
        assert draft.save({"title": "Two"}).written


def test_who_may_write_the_draft_may_lock_it(folders: Folders, path: Path) -> None:
    path.chmod(0o664)
    with DraftFile.open(path, folders):
        assert (path.parent / ".proposal.json.lock").stat().st_mode & 0o777 == 0o664


def test_a_link_to_a_lock_is_not_followed(folders: Folders, path: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    (path.parent / ".proposal.json.lock").symlink_to(tmp_path / "precious")
    with DraftFile.open(path, folders) as draft:
        assert draft.notes

    assert (tmp_path / "precious").read_text() == "precious"


def test_a_holder_survives_its_file(clock: Clock) -> None:
    holder = Holder.this_process(clock.now)

    assert Holder.from_bytes(holder.as_bytes()) == holder
    assert Holder.this_process(clock.now) != holder
