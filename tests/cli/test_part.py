"""``mpfcheck part``: the part of an applicant goes out, comes back, and nothing is overwritten or taken unasked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import EXAMPLES, Cli

PARTNER = "bp-md"


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return Path(shutil.copy(EXAMPLES / "eligible-lithuania-moldova.json", tmp_path / "draft.json"))


def answers(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def change(path: Path, do: Callable[[Any], object]) -> None:
    document = answers(path)
    do(document)
    path.write_text(json.dumps(document), "utf-8")


@pytest.fixture
def part(cli: Cli, draft: Path) -> Path:
    place = draft.with_name("bp.part.json")
    ended = cli("part", "export", draft, PARTNER, "-o", place, "--note", "Please check.")
    assert (ended.code, ended.out) == (0, "")
    return place


def name(document: Any) -> str:
    return str(document["co_applicants"][0]["name"])


def rename(to: str) -> Callable[[Any], object]:
    return lambda document: document["co_applicants"][0].update(name=to)


def test_an_applicant_is_named_by_id_or_name_and_the_error_lists_them(cli: Cli, draft: Path) -> None:
    place = draft.with_name("x.json")
    for wanted in (PARTNER, "General Inspectorate of Border Police", "border police"):
        assert cli("part", "export", draft, wanted, "-o", place).code == 0
        assert answers(place)["part"]["applicant"] == PARTNER
        place.unlink()
    for wanted in ("nobody", "e"):
        ended = cli("part", "export", draft, wanted, "-o", place)
        assert ended.code == 2
        assert "lead (State Border Guard Service); bp-md (General Inspectorate of Border Police)" in ended.err
        assert not place.exists()


def test_a_file_that_is_there_is_not_replaced(cli: Cli, draft: Path, part: Path) -> None:
    change(part, rename("Their answer"))
    for output in (part, draft):
        before = output.read_bytes()
        assert cli("part", "export", draft, PARTNER, "-o", output).code == 2
        assert output.read_bytes() == before


def test_a_part_says_who_asks_or_is_not_made(cli: Cli, draft: Path) -> None:
    change(draft, lambda document: [document.pop("title"), document.pop("acronym", None), document["lead"].pop("name")])
    ended = cli("part", "export", draft, PARTNER, "-o", draft.with_name("x.json"))
    assert ended.code == 2
    assert "Partners must see who asks." in ended.err


def test_what_changes_is_shown_first_and_taken_with_yes(cli: Cli, draft: Path, part: Path) -> None:
    before = draft.read_bytes()
    assert cli("part", "merge", draft, part).code == 0, "a part without answers changes nothing"
    change(part, rename("Moldovan Border Police"))
    shown = cli("part", "merge", draft, part)
    assert (shown.code, draft.read_bytes()) == (1, before)
    assert "Name: General Inspectorate of Border Police → Moldovan Border Police" in " ".join(shown.out.split())
    assert "--yes" in shown.err

    assert cli("part", "merge", draft, part, "--yes").code == 0
    assert name(answers(draft)) == "Moldovan Border Police"
    after = draft.read_bytes()
    again = cli("part", "merge", draft, part, "--yes")
    assert (again.code, draft.read_bytes()) == (0, after)
    assert "The draft has these answers already." in " ".join(again.out.split())


def test_a_conflict_is_shown_with_both_answers_and_left_until_a_side_is_chosen(
    cli: Cli, draft: Path, part: Path
) -> None:
    change(part, rename("Theirs"))
    change(draft, rename("Ours"))
    before = draft.read_bytes()
    ended = cli("part", "merge", draft, part, "--yes")
    assert (ended.code, draft.read_bytes()) == (1, before)
    assert "Changed on both sides: 1 answer." in " ".join(ended.out.split())
    assert "already" not in ended.out
    assert "Name was changed on both sides. Draft: Ours. Part: Theirs." in " ".join(ended.out.split())

    assert cli("part", "merge", draft, part, "--yes", "--ours").code == 0
    assert name(answers(draft)) == "Ours"
    assert cli("part", "merge", draft, part, "--yes").code == 0, "what was chosen is not asked again"
    kept = [path.read_text("utf-8") for path in (draft.parent / "state").rglob("*.json")]
    assert any('"Theirs"' in text and '"lead"' in text for text in kept), "the declined answer is an earlier state"


def test_a_part_of_another_draft_or_call_is_refused(cli: Cli, draft: Path, part: Path) -> None:
    change(part, lambda document: [document["part"].update(state=""), document["part"]["from"].update(project="Other")])
    change(part, rename("Theirs"))
    before = draft.read_bytes()
    ended = cli("part", "merge", draft, part, "--yes")
    assert (ended.code, draft.read_bytes()) == (3, before)
    assert "This part was made for the project “Other”" in ended.err
    assert cli("part", "merge", draft, part, "--yes", "--renamed").code == 0
    change(part, lambda document: document.update(call="mpf-2022-amif"))
    ended = cli("part", "merge", draft, part, "--yes", "--renamed")
    assert ended.code == 3
    assert "This part is for the call mpf-2022-amif." in ended.err


def test_several_parts_come_back_in_one_step(cli: Cli, draft: Path, part: Path) -> None:
    other = draft.with_name("lead.part.json")
    assert cli("part", "export", draft, "lead", "-o", other).code == 0
    change(part, rename("Theirs"))
    change(other, lambda document: document["lead"].update(name="New name"))
    assert cli("part", "merge", draft, part, other, "--yes").code == 0
    after = answers(draft)
    assert (name(after), after["lead"]["name"]) == ("Theirs", "New name")


def test_a_part_is_not_a_proposal_and_not_a_draft(cli: Cli, draft: Path, part: Path, tmp_path: Path) -> None:
    checked = cli("check", part)
    assert checked.code == 3
    assert "This is a partner's part of a proposal, not a proposal." in checked.out
    folder = tmp_path / "folder"
    folder.mkdir()
    for path in (draft, part):
        shutil.copy(path, folder)
    assert cli("check", folder, "--format", "json").json()["summary"]["passed_over"][0]["path"].endswith("bp.part.json")
    for command in (["document", part, "-o", tmp_path / "x.html"], ["part", "export", part, PARTNER, "-o", "y.json"]):
        ended = cli(*command)
        assert ended.code == 3
        assert "is a partner's part, not a draft" in ended.err


def test_a_hostile_part_does_nothing_to_the_terminal(cli: Cli, draft: Path, part: Path) -> None:
    bad = "\x1b[2J\u202eevil"
    change(part, rename(bad))
    change(part, lambda document: document["part"].update(name=bad))
    change(part, lambda document: document.update({bad: 1}))
    ended = cli("part", "merge", draft, part)
    assert ended.code == 1
    assert not {"\x1b", "\u202e"} & set(ended.out + ended.err)


def test_a_comment_is_kept_listed_and_deleted_and_no_check_sees_it(cli: Cli, draft: Path) -> None:
    before, report = draft.read_bytes(), cli("check", draft, "--format", "json").json()["reports"][0]
    assert cli("comment", draft, "/lead/country", "to check with Ana").code == 0
    assert "Lead applicant, Country: to check with Ana" in " ".join(cli("comment", draft).out.split())
    after = cli("check", draft, "--format", "json").json()["reports"][0]
    assert (after["verdict"], after["problems"]) == (report["verdict"], [])
    assert cli("comment", draft, "/lead/nothing", "x").code == 2
    assert cli("comment", draft, "--delete").code == 2
    assert cli("comment", draft, "/lead/country", "--delete").code == 0
    assert answers(draft) == json.loads(before)
