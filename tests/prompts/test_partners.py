"""Line by line: a part goes to a partner, who fills in a short form without a verdict, and comes back."""

from __future__ import annotations

import json
from pathlib import Path

from tests.prompts.conftest import Talk

NAME = "General Inspectorate of Border Police"


def test_a_part_goes_out_is_filled_in_and_comes_back(talk: Talk, example: Path) -> None:
    part = example.with_name("draft-bp-md.part.json")
    said, _ = talk(example, ":send", "1", "Please check your lines.", "", ":quit")
    assert f"Written: {part}" in said
    asked_for = f"Part of {NAME}. State Border Guard Service asks you for this part of the project “Detecting forged"

    said, ending = talk(part, "1", "Moldovan Border Police", ":status", ":result", ":export", ":call", ":next", ":quit")
    assert asked_for in said
    assert "Note from State Border Guard Service: Please check your lines." in said
    assert "Part of a proposal. Only the whole proposal has a result." in said
    assert "ELIGIBLE" not in said
    for refused in (
        "Only a whole proposal can be exported, not a part of it.",
        "A part belongs to the call of its draft.",
        "send this file back to State Border Guard Service",
    ):
        assert refused in said
    assert (ending.verdict, ending.saved) == (None, True)
    assert ending.hand_back.startswith("When your part is complete, send this file back to State Border Guard")

    said, _ = talk(example, ":bring", str(part), "yes", ":undo", ":redo", ":quit")
    assert f"- Moldovan Border Police, changed: Name: {NAME} → Moldovan Border Police" in said
    assert f"Undone: part of {NAME} brought back" in said
    assert json.loads(example.read_bytes())["co_applicants"][0]["name"] == "Moldovan Border Police"
    said, _ = talk(example, ":bring", str(part), ":quit")
    assert "changes nothing: the draft has these answers already" in said


def test_both_answers_are_shown_and_one_is_chosen(talk: Talk, example: Path) -> None:
    part = example.with_name("draft-bp-md.part.json")
    talk(example, ":send", "1", "", "", ":quit")
    talk(part, "1", "Theirs", ":quit")
    draft = json.loads(example.read_bytes())
    draft["co_applicants"][0]["name"] = "Ours"
    example.write_text(json.dumps(draft))
    said, _ = talk(example, ":bring", str(part), "mine", ":quit")
    assert "mine: Ours" in said
    assert "theirs: Theirs" in said
    assert json.loads(example.read_bytes())["co_applicants"][0]["name"] == "Ours"
    said, _ = talk(example, ":earlier", "", ":quit")
    assert said.count("answers") >= 2, "the declined answer is among the earlier states"


def test_what_is_no_part_is_asked_for_again(talk: Talk, example: Path) -> None:
    said, _ = talk(example, ":bring", str(example), "", ":quit")
    assert "is not a part for a partner" in said
    said, _ = talk(example.with_name("new.json"), "yes", ":send", ":quit")
    assert "Enter the title of the project or the name of the lead applicant first." in said


def test_a_comment_is_kept_listed_and_shown_again(talk: Talk, example: Path) -> None:
    said, _ = talk(
        example, ":comment x", "1", ":comment to check with Ana", ":comment", "", ":review", "", ":next", ":quit"
    )
    assert "Go to a question first" in said
    assert "The comment is kept." in said
    assert "Now: to check with Ana" in said
    said, _ = talk(example, "1", ":comment to ask", ":review", "", ":next", ":quit")
    assert said.count("The project, Title: to ask") == 2
    assert json.loads(example.read_bytes())["comments"] == {"title": "to ask"}
