"""A draft is opened with all that is in it, saved after every answer, and never lost."""

from __future__ import annotations

import errno
import json
import os
import stat
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from mpfcheck.drafting.store import json_file
from mpfcheck.drafting.store.draft_file import DraftFile
from mpfcheck.drafting.store.errors import (
    DraftError,
    DraftExistsError,
    DraftMissingError,
    DraftNotSavedError,
    DraftReadOnlyError,
)
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.history import DraftUnreadableError, Generation
from mpfcheck.drafting.store.lock import DraftInUseError
from tests.drafting.store.conftest import Clock, earlier_state

BY_HAND = (
    b'{"title":"One", "budget": {"total": 400000.50, "currency":"EUR"},\n "our_reference": 1.10, "lead": {"kind": "?"}}'
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "proposal.json"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_draft_is_private_and_so_are_its_folders(folders: Folders) -> None:
    path = folders.drafts / "one.json"
    with DraftFile.create(path, {"format": "mpfcheck-proposal/1"}, folders) as draft:
        draft.save({"format": "mpfcheck-proposal/1", "title": "One"})

    assert json.loads(path.read_bytes()) == {"format": "mpfcheck-proposal/1", "title": "One"}
    assert mode(path) == 0o600
    assert mode(path.parent) == mode(folders.drafts) == mode(folders.state) == 0o700
    assert {mode(each) for each in folders.state.rglob("*") if each.is_file()} == {0o600}
    assert os.listdir(path.parent) == ["one.json"]


@pytest.mark.parametrize("name", ["no/one.json", "no/deep/one.json", "file/one.json"])
def test_a_slip_in_the_path_of_a_new_draft_makes_no_folder(folders: Folders, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(DraftNotSavedError, match=r"is not there: .* was not saved\. Make it, "):
        DraftFile.create(tmp_path / name, {}, folders)

    assert sorted(tmp_path.rglob("*")) == before


def test_a_draft_is_written_for_people_too(folders: Folders, path: Path) -> None:
    DraftFile.create(path, {"title": "Grenzüberwachung", "target_countries": ["MD"]}, folders).close()

    assert path.read_text(encoding="utf-8") == (
        '{\n  "title": "Grenzüberwachung",\n  "target_countries": [\n    "MD"\n  ]\n}\n'
    )


def test_no_file_is_made_over_another(folders: Folders, path: Path) -> None:
    path.write_bytes(BY_HAND)
    with pytest.raises(DraftExistsError, match="already"):
        DraftFile.create(path, {}, folders)

    assert path.read_bytes() == BY_HAND


def test_values_that_do_not_fit_are_told_and_kept(folders: Folders, path: Path) -> None:
    path.write_bytes(BY_HAND)
    with DraftFile.open(path, folders) as draft:
        assert [problem.pointer for problem in draft.problems] == ["/our_reference", "/lead/kind"]
        draft.save(draft.draft | {"acronym": "ONE"})

    text = path.read_text(encoding="utf-8")
    assert '"total": 400000.50,' in text
    assert '"our_reference": 1.10,' in text
    assert list(json.loads(text)) == ["title", "budget", "our_reference", "lead", "acronym"]


def test_a_draft_that_says_the_same_keeps_the_layout_of_its_file(folders: Folders, path: Path) -> None:
    path.write_bytes(BY_HAND)
    with DraftFile.open(path, folders) as draft:
        assert not draft.save(draft.draft).written

    assert path.read_bytes() == BY_HAND


def test_the_draft_handed_out_is_the_callers_own(folders: Folders, path: Path) -> None:
    with DraftFile.create(path, {"title": "One"}, folders) as draft:
        draft.draft["title"] = "Two"
        assert draft.save(draft.draft).written


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b'{"title": "One",}', "line 1"),
        (b'{"title": "One"\n"fund": "ISF"}', "line 2"),
        (b'{"title": "One", "title": "Two"}', "second time"),
        ('{"title": "Été"}'.encode("utf-16"), "UTF-16"),
        ('{"title": "Été"}'.encode("latin-1"), "not UTF-8"),
        (b"[1]", "list"),
        (b"null", "proposal"),
        (b'"title"', "proposal"),
        (b'{"title": NaN}', "NaN"),
        (b'{"title": "One"} {}', "Unexpected text after the end"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_what_is_no_proposal_is_left_as_it_is(folders: Folders, path: Path, data: bytes, says: str) -> None:
    path.write_bytes(data)
    with pytest.raises(DraftUnreadableError) as raised:
        DraftFile.open(path, folders)

    assert says in raised.value.message
    assert "left as it is" in raised.value.hint
    assert raised.value.problems[0].message in raised.value.message
    assert path.read_bytes() == data
    assert os.listdir(path.parent) == [path.name]


def test_other_kinds_of_files_are_refused(folders: Folders, tmp_path: Path) -> None:
    for name in ("many.jsonl", "packed.json.gz"):
        (tmp_path / name).write_bytes(b'{"title": "One"}\n')
        with pytest.raises(DraftUnreadableError):
            DraftFile.open(tmp_path / name, folders)
    with pytest.raises(DraftUnreadableError, match="folder"):
        DraftFile.open(tmp_path, folders)
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(DraftUnreadableError, match="pipe"):
        DraftFile.open(tmp_path / "pipe.json", folders)


def test_a_damaged_draft_offers_its_earlier_states(folders: Folders, path: Path) -> None:
    with DraftFile.create(path, {"title": "One"}, folders) as draft:
        draft.save({"title": "Two"})
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(DraftUnreadableError, match="earlier state") as raised:
        DraftFile.open(path, folders)

    assert [generation.draft() for generation in raised.value.generations] == [{"title": "Two"}, {"title": "One"}]


def test_a_missing_draft_says_so(folders: Folders, path: Path) -> None:
    with pytest.raises(DraftMissingError, match="no draft"):
        DraftFile.open(path, folders)

    assert not list(path.parent.iterdir())


@pytest.mark.parametrize("permissions", [0o600, 0o640, 0o664, 0o400])
def test_the_permissions_of_a_file_stay(folders: Folders, path: Path, permissions: int) -> None:
    if permissions == 0o400 and os.geteuid():
        pytest.skip("only an administrator may write it")
    path.write_bytes(BY_HAND)
    path.chmod(permissions)
    with DraftFile.open(path, folders) as draft:
        draft.save({"title": "Two"})

    assert mode(path) == permissions


@pytest.mark.skipif(os.geteuid() != 0, reason="only an administrator gives a file to another group")
def test_another_group_is_given_nothing(folders: Folders, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot stay with its group is not opened to the group of who saves it."""
    path.write_bytes(BY_HAND)
    os.chown(path, -1, 12345)
    path.chmod(0o664)
    with DraftFile.open(path, folders) as draft:
        draft.save({"title": "Two"})
        assert (path.stat().st_gid, mode(path)) == (12345, 0o664)

        def refused(*_: object) -> None:
            raise PermissionError(errno.EPERM, "")

        monkeypatch.setattr(os, "fchown", refused)
        draft.save({"title": "Three"})
    assert path.stat().st_gid != 12345
    assert mode(path) == 0o644


def test_a_write_protected_file_is_not_replaced(folders: Folders, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(BY_HAND)
    with DraftFile.open(path, folders) as draft:
        monkeypatch.setattr(os, "access", lambda *_: False)
        with pytest.raises(DraftNotSavedError, match="may not change"):
            draft.save({"title": "Two"})

    assert path.read_bytes() == BY_HAND


def test_a_link_stays_a_link(folders: Folders, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real" / "one.json", tmp_path / "link.json"
    target.write_bytes(BY_HAND)
    link.symlink_to("real/one.json")
    with DraftFile.open(link, folders) as draft:
        draft.save({"title": "Two"})

    assert os.readlink(link) == "real/one.json"
    assert json.loads(target.read_bytes()) == {"title": "Two"}
    with DraftFile.open(target, folders) as draft:
        assert len(draft.generations()) == 2  # by either name it is the same draft


FAILURES = [
    (errno.ENOSPC, "no room left", "Free some space"),
    (errno.EROFS, "can only be read", "another place"),
    (errno.EACCES, "may not change", "permission"),
    (errno.EIO, "not saved", "another place"),
]


@pytest.mark.parametrize(("number", "says", "hint"), FAILURES)
@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_save_that_fails_loses_nothing(
    folders: Folders, path: Path, monkeypatch: pytest.MonkeyPatch, number: int, says: str, hint: str, call: str
) -> None:
    """Neither the file, nor what is in memory, nor the answers that were to be saved."""
    DraftFile.create(path, {"title": "One"}, folders).close()
    before = path.read_bytes()
    with DraftFile.open(path, folders) as draft:
        with monkeypatch.context() as broken:
            whole = json_file.write_file

            def fail(*_: object) -> int:
                raise OSError(number, os.strerror(number))

            def breaking(to: Path, data: bytes, **given: bool) -> None:
                with broken.context() as more:
                    if to == path:
                        more.setattr(os, call, fail)
                    whole(to, data, **given)

            broken.setattr("mpfcheck.drafting.store.draft_file.write_file", breaking)
            with pytest.raises(DraftNotSavedError) as raised:
                draft.save({"title": "Two"})
        assert says in raised.value.message
        assert str(path) in raised.value.message or str(path.parent) in raised.value.message
        assert hint in raised.value.hint
        assert path.read_bytes() == before
        assert sorted(os.listdir(path.parent)) == [".proposal.json.lock", "proposal.json", "state"]
        assert earlier_state(raised.value).draft() == {"title": "Two"}
        assert not earlier_state(raised.value).saved
    with DraftFile.open(path, folders) as again:
        assert again.unsaved == earlier_state(raised.value)
        again.save({"title": "Two"})
        assert again.unsaved is None


def test_a_folder_that_goes_and_comes_back(folders: Folders, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with DraftFile.create(stick / "one.json", {"title": "One"}, folders) as draft:
        stick.rename(tmp_path / "away")
        with pytest.raises(DraftNotSavedError, match="is not there") as raised:
            draft.save({"title": "Two"})
        assert raised.value.kept is not None
        (tmp_path / "away").rename(stick)
        draft.save({"title": "Three"})
        with pytest.raises(DraftInUseError):
            DraftFile.open(stick / "one.json", folders)

    assert json.loads((stick / "one.json").read_bytes()) == {"title": "Three"}


def test_a_file_that_is_gone_is_made_again_only_when_asked(folders: Folders, path: Path) -> None:
    with DraftFile.create(path, {"title": "One"}, folders) as draft:
        path.unlink()
        with pytest.raises(DraftMissingError, match="moved or deleted"):
            draft.save({"title": "Two"})
        assert not path.exists()
        draft.save({"title": "Two"}, make_again=True)

    assert json.loads(path.read_bytes()) == {"title": "Two"}


def test_where_nothing_can_be_kept_beside_the_file_is_saved_all_the_same(folders: Folders, path: Path) -> None:
    folders.state.write_text("not a folder")
    with DraftFile.create(path, {"title": "One"}, folders) as draft:
        saved = draft.save({"title": "Two"}, {"/start_date": "soon"})
        assert saved.written
        assert saved.generation is None
        assert saved.notes
        assert all("cannot be kept" in note.message for note in saved.notes)
        assert draft.generations() == ()

    assert json.loads(path.read_bytes()) == {"title": "Two"}


def test_what_is_open_to_read_only_is_not_saved(folders: Folders, path: Path) -> None:
    path.write_bytes(BY_HAND)
    with DraftFile.open(path, folders) as first, DraftFile.open(path, folders, read_only=True) as second:
        assert second.draft == first.draft
        with pytest.raises(DraftReadOnlyError):
            second.save({"title": "Two"})

    assert path.read_bytes() == BY_HAND


def test_unfinished_texts_come_back_and_stay_out_of_the_file(folders: Folders, path: Path) -> None:
    texts = {"/start_date": "in spring", "/budget/total": "about 400.000"}
    with DraftFile.create(path, {"title": "One"}, folders) as draft:
        draft.save({"title": "One"}, texts)
    assert b"spring" not in path.read_bytes()

    with DraftFile.open(path, folders) as draft:
        assert draft.unfinished == texts
        draft.save({"title": "Two"})
        draft.save({"title": "Two", "start_date": "2024-04-01"}, {"/budget/total": "about 400.000"})
    with DraftFile.open(path, folders) as draft:
        assert draft.unfinished == {"/budget/total": "about 400.000"}
        draft.save(draft.draft, {})
    with DraftFile.open(path, folders) as draft:
        assert draft.unfinished == {}


def test_half_a_character_from_a_broken_terminal_can_be_saved(folders: Folders, path: Path) -> None:
    with DraftFile.create(path, {"title": "a\udcffb"}, folders) as draft:
        draft.save({"title": "\ud800"}, {"/fund": "\udc80"})
    with DraftFile.open(path, folders) as draft:
        assert draft.draft == {"title": "\ufffd"}
        assert draft.unfinished == {"/fund": "\ufffd"}


def test_generations_have_time_title_and_number_of_answers(folders: Folders, path: Path, clock: Clock) -> None:
    with DraftFile.create(path, {"title": "One"}, folders, clock=clock) as draft:
        os.utime(path, (clock.now.timestamp(), clock.now.timestamp()))
        clock.move(hours=1)
        draft.save({"title": "Two", "lead": {"country": "LT", "level": None}, "target_countries": ["MD", "UA"]})
        newest, first = draft.generations()
        assert (newest.when, newest.title, newest.answers, newest.saved) == (clock.now, "Two", 4, True)
        assert first.title == "One"
        assert first.draft() == {"title": "One"}
        assert clock.now - first.when == timedelta(hours=1)


def test_a_file_made_by_others_is_kept_as_it_was_found(folders: Folders, path: Path) -> None:
    path.write_bytes(BY_HAND)
    with DraftFile.open(path, folders) as draft:
        for number in range(40):
            draft.save({"title": str(number)})
        generations = draft.generations()

    assert len(generations) == 10
    assert len(list(generations[0].path.parent.glob("2*.json"))) == 10
    assert generations[-1].data() == BY_HAND
    assert [generation.title for generation in generations[:3]] == ["39", "38", "37"]


def test_one_generation_too_many_is_not_offered(folders: Folders, path: Path) -> None:
    """It is there where a process was killed between keeping one and letting another go."""
    with DraftFile.create(path, {}, folders) as draft:
        for number in range(20):
            draft.save({"title": str(number)})
        newest = draft.generations()[0]
        more = Generation.named(newest.path.parent, newest.when + timedelta(seconds=1), b"{}", saved=True)
        more.path.write_bytes(b"{}")
        assert len(draft.generations()) == 10
        assert draft.generations()[0] == more


def test_a_file_from_the_future_does_not_mix_the_generations(folders: Folders, path: Path, clock: Clock) -> None:
    path.write_bytes(BY_HAND)
    later = clock.now.timestamp() + 100_000
    os.utime(path, (later, later))
    with DraftFile.open(path, folders, clock=clock) as draft:
        clock.move(minutes=1)
        draft.save({"title": "Two"})
        assert [generation.title for generation in draft.generations()] == ["Two", "One"]
        assert draft.generations()[0].when - clock.now < timedelta(seconds=1)


def test_a_save_that_fails_keeps_old_and_new_texts(
    folders: Folders, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with DraftFile.create(path, {}, folders) as draft:
        draft.save({"title": "One"}, {"/fund": "either"})
        monkeypatch.setattr(os, "access", lambda *_: False)
        kept = set()
        for _ in range(2):
            with pytest.raises(DraftNotSavedError) as raised:
                draft.save({"title": "Two", "fund": "ISF"}, {"/start_date": "soon"})
            kept.add(raised.value.kept)
        assert len(kept) == 1
    with DraftFile.open(path, folders) as draft:
        assert draft.unfinished == {"/fund": "either", "/start_date": "soon"}


def test_a_damaged_generation_is_not_offered(folders: Folders, path: Path) -> None:
    with DraftFile.create(path, {"title": "One"}, folders) as draft:
        draft.save({"title": "Two"})
        newest = draft.generations()[0]
        newest.path.write_bytes(newest.path.read_bytes()[:10])
        assert [generation.title for generation in draft.generations()] == ["One"]
        with pytest.raises(DraftUnreadableError):
            newest.draft()


def test_a_clock_put_back_does_not_mix_the_generations(folders: Folders, path: Path, clock: Clock) -> None:
    with DraftFile.create(path, {}, folders, clock=clock) as draft:
        for title in ("One", "Two", "Three"):
            draft.save({"title": title})
            clock.move(days=-1)
        assert [generation.title for generation in draft.generations()] == ["Three", "Two", "One", ""]


def test_what_a_killed_process_left_is_taken_away(folders: Folders, path: Path) -> None:
    path.write_bytes(BY_HAND)
    (path.parent / ".proposal.json.0a1b2c3d.saving").write_bytes(b'{"tit')
    (path.parent / ".other.json.0a1b2c3d.saving").write_bytes(b"not ours")
    with DraftFile.open(path, folders) as draft:
        draft.save({"title": "Two"})
        kept = draft.generations()[0].path.parent
    (kept / ".20261125T090000.000000Z-0123456789abcdef.json.0a1b2c3d.saving").write_bytes(b'{"tit')
    DraftFile.open(path, folders).close()

    assert not [name for name in os.listdir(kept) if name.startswith(".")]
    assert sorted(os.listdir(path.parent)) == [".other.json.0a1b2c3d.saving", "proposal.json", "state"]


def test_exact_numbers_stay_exact(folders: Folders, path: Path) -> None:
    path.write_bytes(b'{"annex": [1.10, 2e5, 1E-7, -0.0, 1E400, 123456789012345678901234567890]}')
    with DraftFile.open(path, folders) as draft:
        fractions = [Decimal(text) for text in ("1.10", "2E+5", "1E-7", "-0.0", "1E+400")]
        assert str(draft.draft["annex"]) == str([*fractions, 123456789012345678901234567890])
        draft.save({"x": draft.draft["annex"]})
    with DraftFile.open(path, folders) as again:
        assert str(again.draft["x"]) == str(draft.draft["annex"])


def test_every_error_says_what_where_and_what_to_do(folders: Folders, tmp_path: Path) -> None:
    for name in ("missing", "x" * 300, "no/such/folder", "a\udcff", "a\0b", "a\ud800"):
        with pytest.raises(DraftError) as raised:
            DraftFile.open(tmp_path / f"{name}.json", folders)
        assert raised.value.hint
        str(raised.value).encode()
    with pytest.raises(DraftNotSavedError, match="shorter name"):
        DraftFile.create(tmp_path / ("x" * 300 + ".json"), {}, folders)


def test_a_save_waits_for_the_disk_before_and_after_it_is_in_place(
    folders: Folders, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a loss of power leaves is the old file or the new one: content first, then the name."""
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def noted_replace(old: Path, new: Path) -> None:
        if new == path:
            done.append("in place")
        replace(old, new)

    with DraftFile.create(path, {"title": "One"}, folders) as draft:
        monkeypatch.setattr(os, "fsync", noted_fsync)
        monkeypatch.setattr(os, "replace", noted_replace)
        draft.save({"title": "Two"})

    assert done == ["file", "in place", "folder"]
