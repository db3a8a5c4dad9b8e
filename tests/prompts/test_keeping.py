"""The file of a draft: saved after every step, and what is asked where that cannot be done."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest

from mpfcheck.checking.report import Verdict
from mpfcheck.drafting.desk import CallOfDraftError, Ending
from mpfcheck.drafting.dialogues.exporting import FORMATS
from mpfcheck.drafting.store.draft_file import DraftFile
from mpfcheck.drafting.store.errors import DraftMissingError
from mpfcheck.drafting.store.history import DraftUnreadableError
from mpfcheck.prompts.run import run_prompts
from tests.prompts.conftest import CALL, Talk


class Meanwhile(StringIO):
    """Typed lines, between which something else happens: a function in place of a line."""

    def __init__(self, *typed: str | Callable[[], object]) -> None:
        super().__init__()
        self._typed: Iterator[str | Callable[[], object]] = iter(typed)

    def readline(self, _size: int | None = -1, /) -> str:
        for one in self._typed:
            if isinstance(one, str):
                return f"{one}\n"
            one()
        return ""


def run(path: Path, *typed: str | Callable[[], object]) -> tuple[str, Ending]:
    out = StringIO()
    ending = run_prompts(path, call_id=CALL, typed=Meanwhile(*typed), out=out)
    return out.getvalue(), ending


def answers(path: Path) -> dict[str, object]:
    document = json.loads(path.read_bytes())
    assert isinstance(document, dict)
    return document


def change(path: Path, **fields: object) -> Callable[[], object]:
    """Somebody else changes fields of the file."""
    return lambda: path.write_text(json.dumps(answers(path) | fields), encoding="utf-8")


def test_every_answer_is_in_the_file_before_the_next_prompt(path: Path) -> None:
    seen: list[object] = []
    run(path, "yes", "1", "Safer borders", lambda: seen.append(answers(path)["title"]), "SAFE")

    assert seen == ["Safer borders"]


@pytest.mark.parametrize(("word", "kept"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_what_both_sides_changed_is_chosen_field_by_field(example: Path, word: str, kept: str) -> None:
    said, ending = run(
        example, "1", change(example, title="Theirs", acronym="THEIRS"), "Mine", "perhaps", word, ":quit"
    )

    assert "was changed on both sides" in said
    assert "  mine: Mine" in said
    assert "  theirs: Theirs" in said
    assert ending.saved
    assert (answers(example)["title"], answers(example)["acronym"]) == (kept, "THEIRS")


def test_what_only_one_side_changed_is_merged_without_a_question(example: Path) -> None:
    said, ending = run(example, "1", change(example, acronym="THEIRS"), "Mine", ":quit")

    assert "The answers of both sides are now in your draft." in said
    assert ending.saved
    assert (answers(example)["title"], answers(example)["acronym"]) == ("Mine", "THEIRS")


def test_leaving_in_the_middle_of_a_conflict_overwrites_nothing(example: Path) -> None:
    said, ending = run(example, "1", change(example, title="Theirs"), "Mine")

    assert not ending.saved
    assert "Your answers are kept in " in said
    assert answers(example)["title"] == "Theirs"


def test_quitting_in_the_middle_of_a_conflict_overwrites_nothing_either(example: Path) -> None:
    _, ending = run(example, "1", change(example, title="Theirs"), "Mine", ":quit", "mine")

    assert not ending.saved
    assert answers(example)["title"] == "Theirs"


def test_answers_that_could_not_be_saved_are_offered_on_return(example: Path) -> None:
    run(example, "1", change(example, title="Theirs"), "Mine")
    said, _ = run(example, "yes", ":quit")

    assert "Answers that were not saved" in said
    assert answers(example)["title"] == "Mine"


def test_a_file_that_is_gone_is_made_again_when_that_is_meant(path: Path) -> None:
    said, ending = run(path, "yes", "1", path.unlink, "Safer borders", "perhaps", "again", ":quit")

    assert "Not saved." in said
    assert "Everything is saved again." in said
    assert ending.saved
    assert answers(path)["title"] == "Safer borders"


def test_a_draft_goes_on_in_another_file(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    said, ending = run(path, "yes", "1", path.unlink, "Safer borders", "other", str(other), "SAFE", ":quit")

    assert f"You now work in {other}." in said
    assert ending == Ending(other, Verdict.INCOMPLETE)
    assert (answers(other)["title"], answers(other)["acronym"]) == ("Safer borders", "SAFE")
    assert not path.exists()


def test_saving_later_asks_no_more_and_says_when_it_is_saved(path: Path) -> None:
    def there_again() -> None:
        path.write_bytes(data)

    data = b""

    def gone() -> None:
        nonlocal data
        data = path.read_bytes()
        path.unlink()

    said, ending = run(path, "yes", "1", gone, "Safer borders", "later", "SAFE", there_again, "x", ".", ":quit")

    assert said.count("again, other or later (Enter: continue for now):") == 1
    assert "Everything is saved again." in said
    assert ending.saved
    assert answers(path)["acronym"] == "SAFE"


def test_a_draft_that_was_taken_over_can_be_taken_back(example: Path) -> None:
    others: list[DraftFile] = []
    said, ending = run(
        example, "1", lambda: others.append(DraftFile.open(example, take_over=True)), "Mine", "again", ":quit"
    )

    assert "took over" in said
    assert ending.saved
    assert answers(example)["title"] == "Mine"


def test_a_draft_that_is_open_elsewhere_can_be_copied_taken_over_or_left_alone(talk: Talk, example: Path) -> None:
    with DraftFile.open(example):
        said, ending = talk(example, "")
        assert "has " in said
        assert ending == Ending()

        said, ending = talk(example, "1", "1", "In the copy")
        assert ending.path not in (None, example)
        assert ending.path is not None
        assert answers(ending.path)["title"] == "In the copy"
        assert answers(example)["title"] != "In the copy"

        said, ending = talk(example, "2", "1", "Taken over")
        assert answers(example)["title"] == "Taken over"


def test_a_file_that_is_no_proposal_is_told_and_left_alone(talk: Talk, path: Path) -> None:
    path.write_bytes(b"{")
    with pytest.raises(DraftUnreadableError):
        talk(path)

    assert path.read_bytes() == b"{"


def test_of_a_file_that_was_damaged_an_earlier_state_goes_on_in_a_new_one(talk: Talk, path: Path) -> None:
    talk(path, "yes", "1", "Safer borders")
    path.write_bytes(b"{")
    _, ending = talk(path, "1", "", "", "1", "", "SAFE")

    assert ending.path not in (None, path)
    assert ending.path is not None
    assert answers(ending.path)["title"] == "Safer borders"
    assert path.read_bytes() == b"{"


def test_a_damaged_file_and_no_wish_for_an_earlier_state(talk: Talk, path: Path) -> None:
    talk(path, "yes", "1", "Safer borders")
    path.write_bytes(b"{")

    assert talk(path, "")[1] == Ending()


def test_going_back_to_an_earlier_state_is_a_step_too(talk: Talk, path: Path) -> None:
    said, _ = talk(path, "yes", "1", "First", "<", "Second", ":earlier", "2", ":go /title", ":undo", ":go /title")

    shown = [line for line in said.splitlines() if line.startswith("  Now: ")]
    assert "  Now: First" in shown
    assert shown[-1] == "  Now: Second"
    assert answers(path)["title"] == "Second"


def test_without_earlier_states_there_is_nothing_to_go_back_to(talk: Talk, example: Path) -> None:
    said, _ = talk(example, ":earlier")

    assert "No earlier state of this draft is kept yet." in said


@pytest.mark.parametrize(("call", "said"), [("nowhere", "which was not found"), (None, "does not name its call")])
def test_a_draft_for_no_call_that_is_known(talk: Talk, path: Path, call: str | None, said: str) -> None:
    path.write_text(json.dumps({"call": call} if call else {"title": "x"}), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(CallOfDraftError, match=said) as refused:
        talk(path, call_id=None)

    assert "--call" in str(refused.value) or "mpf-2023-borders-security" in str(refused.value)
    assert path.read_bytes() == before


def test_the_call_of_a_draft_that_names_none_can_be_given(talk: Talk, path: Path) -> None:
    path.write_text('{"title": "x"}', encoding="utf-8")
    talk(path, "1", "", "SAFE", call_id="mpf-2023-borders-security")

    assert answers(path)["call"] == "mpf-2023-borders-security"


def test_the_proposal_and_every_report_can_be_exported(talk: Talk, example: Path, tmp_path: Path) -> None:
    places = [tmp_path / f"export-{number}" for number in range(1, len(FORMATS) + 1)]
    typed = [line for number, place in enumerate(places, 1) for line in ("export", str(number), str(place))]
    said, _ = talk(example, *typed)

    assert said.count("  Written: ") == len(places)
    assert answers(places[0]) == answers(example)
    exported = dict(zip(FORMATS, places, strict=True))
    assert "ELIGIBLE" in exported["text"].read_text(encoding="utf-8")
    assert exported["document-pdf"].read_bytes().startswith(b"%PDF-")
    assert sha256(example.read_bytes()).hexdigest() in exported["document-md"].read_text(encoding="utf-8")
    assert all(place.stat().st_size for place in places)


def test_a_document_that_needs_a_library_says_how_to_get_it(
    talk: Talk, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    number = list(FORMATS).index("document-pdf") + 1
    said, _ = talk(example, "export", str(number), str(tmp_path / "x.pdf"))

    assert 'pip install ".[paper]"' in " ".join(said.split())
    assert not (tmp_path / "x.pdf").exists()


def test_an_export_does_not_take_the_place_of_the_draft_or_of_a_file_unasked(
    talk: Talk, example: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    other.write_text("precious", encoding="utf-8")
    said, _ = talk(
        example, "export", "1", str(example), str(other), "no", "<", "export", "", "export", "3", "/nowhere/x", "<",
        "export", "1", str(tmp_path),
    )  # fmt: skip

    assert "This is the draft itself" in said
    assert other.read_text(encoding="utf-8") == "precious"
    assert "The folder /nowhere is not there" in said
    assert (tmp_path / "draft-copy.json").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_keeps_nobody_from_answering(talk: Talk, example: Path) -> None:
    example.parent.chmod(0o500)
    try:
        said, ending = talk(example, "1", "New", "later", ":quit")
    finally:
        example.parent.chmod(0o700)

    assert "Not saved." in said
    assert not ending.saved


def test_a_draft_that_is_gone_when_it_is_opened(path: Path) -> None:
    def vanish() -> None:
        raise DraftMissingError(path, "x", "y")

    with pytest.raises(DraftMissingError):
        run(path, vanish, "yes")


def test_both_new_entries_are_kept_where_each_side_added_one(example: Path) -> None:
    """Documents have no id: two new ones at one place may be one, or two."""
    documents = answers(example).get("documents")
    assert isinstance(documents, list)
    theirs = {"kind": "other", "title": "Theirs"}
    group = ":go /documents"
    said, ending = run(
        example, group, change(example, documents=[*documents, theirs]), "add", "both", ":quit"
    )  # fmt: skip

    assert "both: keep both entries" in said
    assert ending.saved
    kept = answers(example)["documents"]
    assert isinstance(kept, list)
    assert len(kept) == len(documents) + 2
    assert theirs in kept


def test_a_draft_that_is_open_elsewhere_can_be_read_and_is_not_changed(talk: Talk, example: Path) -> None:
    before = example.read_bytes()
    with DraftFile.open(example):
        said, ending = talk(example, "3", "1", "Only read", "later", ":quit")

    assert "The draft is open read-only." in said
    assert "Noted: Only read" in said
    assert "Not saved." in said
    assert ending.saved
    assert example.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "fork") or os.geteuid() != 0, reason="only root can become somebody else")
def test_somebody_who_may_not_write_in_the_folder_is_told_and_can_save_elsewhere(example: Path) -> None:
    """As another user in a process of its own: root may write everywhere."""
    folder = example.parent
    for place in (folder, *folder.parents[:3]):
        place.chmod(0o755)
    example.chmod(0o644)
    before, other = example.read_bytes(), Path(tempfile.mkdtemp())
    # All that is imported is imported here: somebody else may not read the folder of this Python.
    copied = Path(shutil.copy(example, other / "copy.json"))
    run(copied, "1", "New title", ":quit")
    other.chmod(0o777)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgid(65534)
            os.setuid(65534)
            os.environ["MPFCHECK_DRAFTS"] = str(other / "drafts")
            said, ending = run(example, "1", "New title", "other", str(other / "mine.json"), ":quit")
            os.write(writing, f"{ending.saved} {said}".encode()[:60_000])
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        said = told.read()
    os.waitpid(child, 0)

    assert said.startswith("True "), said
    assert "answers cannot be saved there" in said
    assert "Not saved." in said
    assert answers(other / "mine.json")["title"] == "New title"
    assert example.read_bytes() == before
    shutil.rmtree(other)
