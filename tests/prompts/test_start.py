"""The start without a draft: the list, a new one, one from elsewhere."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest

from mpfcheck.checking.report import Verdict
from mpfcheck.drafting.desk import Ending
from mpfcheck.drafting.words import age_in_words
from tests.prompts.conftest import CALL, EXAMPLES, Talk


def test_there_is_no_draft_at_first(talk: Talk) -> None:
    said, ending = talk(None, "help", "what?", "quit")

    assert "There is no draft yet." in said
    assert "  new: start a new proposal" in said
    assert "Type one of these words" in said
    assert ending == Ending()


def test_a_new_draft_lies_with_the_others_unless_a_file_is_named(talk: Talk, drafts: Path, tmp_path: Path) -> None:
    _, usual = talk(None, "new", "", "1", "Safer borders")
    _, named = talk(None, "new", str(tmp_path / "mine.json"), "1", "Other borders")

    assert usual.path == drafts / "proposal.json"
    assert named.path == tmp_path / "mine.json"


def test_the_call_is_chosen_the_newest_first(talk: Talk, path: Path) -> None:
    said, _ = talk(path, "yes", "7", call_id=None)
    calls = [line.split(". ", 1)[1] for line in said.splitlines() if line.startswith("  ") and line[2].isdigit()]

    assert "2016" in calls[6]
    assert json.loads(path.read_bytes())["call"].startswith("mpf-2016")


def test_no_draft_is_begun_without_a_call(talk: Talk, path: Path) -> None:
    assert talk(path, "yes", "99", "", call_id=None)[1] == Ending()
    assert not path.exists()


def test_a_file_that_is_there_is_not_taken_for_a_new_draft(talk: Talk, example: Path) -> None:
    before = example.read_bytes()
    said, _ = talk(None, "new", str(example), "")

    assert "already" in said
    assert example.read_bytes() == before


def test_the_list_says_title_file_call_verdict_and_age(talk: Talk, drafts: Path) -> None:
    drafts.mkdir()
    for name in ("eligible-lithuania-moldova.json", "broken-syntax.json"):
        (drafts / name).write_bytes((EXAMPLES / name).read_bytes())
    (drafts / "elsewhere.json").write_text('{"title": "Elsewhere", "call": "nowhere"}', encoding="utf-8")
    said, ending = talk(None, "quit")

    title = json.loads((EXAMPLES / "eligible-lithuania-moldova.json").read_bytes())["title"]
    assert f"{title}; eligible-lithuania-moldova.json; mpf-2023-borders-security; eligible; changed just now" in said
    assert "broken-syntax.json: cannot be opened." in said
    assert "Elsewhere; elsewhere.json; nowhere; its call is not known here; changed just now" in said
    assert ending == Ending()


def test_a_draft_is_gone_on_with_by_its_number(talk: Talk) -> None:
    talk(None, "new", "", "1", "Safer borders")
    said, ending = talk(None, "7", "1", "1", "", "SAFE")

    assert "  Now: Safer borders" in said
    assert ending.path is not None
    assert json.loads(ending.path.read_bytes())["acronym"] == "SAFE"


def test_an_imported_file_is_copied_and_left_alone(talk: Talk, drafts: Path, example: Path) -> None:
    before = example.read_bytes()
    _, ending = talk(None, "import", str(example), "1", "Imported")

    assert ending.path is not None
    assert ending.path.parent == drafts
    assert ending.verdict is Verdict.ELIGIBLE
    assert json.loads(ending.path.read_bytes())["title"] == "Imported"
    assert example.read_bytes() == before


def test_what_cannot_be_imported_is_told_and_leaves_nothing_behind(talk: Talk, drafts: Path) -> None:
    said, _ = talk(None, "import", "/nowhere.json", str(EXAMPLES / "broken-syntax.json"), "", "quit")

    assert "There is no file /nowhere.json." in said
    assert "broken-syntax.json cannot be opened as a draft" in said
    assert not list(drafts.glob("*.json"))


def test_a_draft_is_deleted_only_when_that_is_meant(talk: Talk, drafts: Path) -> None:
    talk(None, "new", "", "1", "Safer borders")
    said, _ = talk(None, "delete 3", "delete 1", "no", "delete 1", "yes", "quit")

    assert "There is no draft 3." in said
    assert not list(drafts.glob("*.json"))
    assert len(list((drafts / "trash").glob("*.json"))) == 1


def test_a_draft_elsewhere_that_is_gone_is_named_once(talk: Talk, path: Path) -> None:
    talk(path, "yes")
    os.unlink(path)
    assert f"No longer there: {path}" in talk(None, "quit")[0] or "There is no draft yet." in talk(None, "quit")[0]


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (None, "at an unknown time"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(days=400), "400 days ago"),
    ],
)
def test_ages_in_words(age: timedelta | None, words: str) -> None:
    assert age_in_words(age) == words


def test_a_draft_with_wrong_answers_is_a_proposal_wherever_its_status_is_told(talk: Talk, drafts: Path) -> None:
    drafts.mkdir()
    path = drafts / "draft.json"
    path.write_text(f'{{"format": "mpfcheck-proposal/1", "call": "{CALL}", "title": "x", "duration_months": "two"}}')
    listed, _ = talk(None)
    said, _ = talk(path, "result", "review", "1", "", ":status")

    assert "some answers are not valid" in listed
    assert said.count("SOME ANSWERS ARE NOT VALID. Correct the marked answers.") >= 3
    assert "a proposal." not in (listed + said).casefold(), "NOT A PROPOSAL, cannot be read as a proposal"
