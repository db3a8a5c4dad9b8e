"""Groups line by line: entries added, gone through, copied, moved and taken out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.prompts.conftest import Talk

GROUP = ":go /co_applicants"


def partners(path: Path) -> list[dict[str, object]]:
    found = json.loads(path.read_bytes()).get("co_applicants")
    if found is None:  # not answered, as it is without the last one
        return []
    assert isinstance(found, list)
    return found


def test_an_added_entry_is_asked_about_question_by_question(talk: Talk, path: Path) -> None:
    said, _ = talk(path, "yes", GROUP, "add", "Border Police", "1", "Moldova", "central", "", "", "", "", "")

    assert "Co-applicant 1 of 1\n" in said
    assert "  1. Border Police; Moldova (MD); Public body" in said
    assert partners(path) == [
        {"id": "co-1", "name": "Border Police", "kind": "public_body", "country": "MD", "level": "central"}
    ]


def test_an_entry_shows_what_is_missing(talk: Talk, path: Path) -> None:
    said, _ = talk(path, "yes", GROUP, "add", "Border Police", GROUP)

    assert "  1. Border Police (2 answers missing)" in said


def test_entries_are_copied_moved_and_taken_out(talk: Talk, path: Path) -> None:
    said, _ = talk(path, "yes", GROUP, "add", "A", GROUP, "add", "B", GROUP, "copy 1", "up 3", "down 1", "delete 3")

    assert "“A” was copied." in said
    assert [partner["name"] for partner in partners(path)] == ["B", "A"]


def test_an_entry_is_edited_by_its_number(talk: Talk, path: Path) -> None:
    talk(path, "yes", GROUP, "add", "A", GROUP, "1", "B", GROUP, "edit 1", "C")

    assert [partner["name"] for partner in partners(path)] == ["C"]


def test_there_are_none_takes_entries_out_only_when_that_is_meant(talk: Talk, path: Path) -> None:
    talk(path, "yes", GROUP, "none")
    assert partners(path) == []

    talk(path, GROUP, "add", "A", GROUP, "none", "no")
    assert len(partners(path)) == 1

    said, _ = talk(path, GROUP, "none", "yes", "<")
    assert partners(path) == []
    assert "Now: There are no co-applicants." in said


def test_who_is_referred_to_is_taken_out_only_when_that_is_meant(talk: Talk, example: Path) -> None:
    talk(example, ":go /budget/lines/0/applicant", "Border Police")
    before = partners(example)

    said, _ = talk(example, GROUP, "delete 1", "no")
    assert "Delete “" in said
    assert partners(example) == before

    talk(example, GROUP, "delete 1", "yes")
    assert len(partners(example)) == len(before) - 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7", "There is no co-applicant 7."),
        ("burn 1", "not burn"),
        ("hello", "Type add, none, the number of an entry"),
        (":hello", "Type add, none, the number of an entry"),
        ("?", "About: Who are the co-applicants?"),
        ("=", "Status: "),
    ],
)
def test_what_else_is_typed_at_a_group(talk: Talk, example: Path, typed: str, said: str) -> None:
    before = example.read_bytes()
    out, _ = talk(example, GROUP, typed)

    assert said in out
    assert example.read_bytes() == before


def test_going_back_from_an_entry_leads_to_its_group(talk: Talk, path: Path) -> None:
    said, _ = talk(path, "yes", GROUP, "add", "<")

    assert said.rstrip().endswith("(Enter: continue):")
