"""In the browser: the file of a part is saved, filled in as a short form, sent up again, and what changes is shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.web.window import ORIGIN, Window, opened_window

NAME = "General Inspectorate of Border Police"
LITHUANIA = "eligible-lithuania-moldova.json"
AtDraft = Callable[..., Window]


def part_of(window: Window, note: str = "") -> bytes:
    """The file that the browser saves for the partner."""
    window.follow("Partners: send a part to a partner, or bring one back")
    csrf = window.value("csrf")
    sent = {"csrf": csrf, "applicant": "bp-md", "note": note}
    answer = window.client.post(f"{window.path.rpartition('/')[0]}/part", data=sent, headers={"Origin": ORIGIN})
    assert "draft-bp-md.part.json" in answer.headers["Content-Disposition"]
    return answer.content


def bring(window: Window, data: bytes) -> Window:
    """Send a file up, from the page about partners."""
    return window.upload("part.json", data, "bring")


def test_a_part_goes_out_is_filled_in_and_comes_back(at_draft: AtDraft, tmp_path: Path) -> None:
    lead = at_draft(LITHUANIA)
    home = lead.path
    path = tmp_path / "part.json"
    path.write_bytes(part_of(lead, "Please check."))

    partner, office, _ = opened_window(tmp_path / "partner", None)
    address = office.open(path)
    assert address is not None
    partner.go(address)
    assert f"Part of {NAME}" in partner.text
    assert "Note from State Border Guard Service: Please check." in partner.text
    assert "Part of a proposal" in partner.panel
    assert "Export" not in {one.text for one in partner.all("a")}
    partner.follow(NAME).press("Save and continue", **{"/co_applicants/0/name": "Moldovan Border Police"})
    for page in ("answers", "result", "next", "partners", "page/budget", "item/budget/lines/0"):
        assert partner.go(f"{address}/{page}").status == 200, page
        assert "ELIGIBLE" not in f"{partner.text} {partner.panel}".upper().split()
    assert "send this file back to State Border Guard Service" in partner.go(f"{address}/next").text
    back = partner.client.get(f"{address}/file").content
    assert back == path.read_bytes()
    assert partner.go(f"{address}/export/proposal").status == 404

    lead.go(f"{home}/partners")
    bring(lead, back)
    assert f"Name: {NAME} → Moldovan Border Police" in lead.text
    lead.press("Take these changes")
    assert f"The part of {NAME} is in your draft. You can undo this." in " ".join(lead.notices)
    draft = tmp_path / "draft.json"
    assert json.loads(draft.read_bytes())["co_applicants"][0]["name"] == "Moldovan Border Police"
    lead.press("Undo")
    assert json.loads(draft.read_bytes())["co_applicants"][0]["name"] == NAME


def test_both_answers_are_shown_and_nothing_is_taken_before_one_is_chosen(at_draft: AtDraft, tmp_path: Path) -> None:
    lead = at_draft(LITHUANIA)
    home = lead.path
    part = json.loads(part_of(lead))
    part["co_applicants"][0]["name"] = "Theirs"
    part["fund"] = "ISF"
    lead.go(f"{home}/item/co_applicants/0").press("Done", **{"/co_applicants/0/name": "Ours"})
    lead.go(f"{home}/partners")
    bring(lead, json.dumps(part).encode())
    assert "fund: The partner was not asked for this. It was not taken." in lead.notices
    assert "Mine: Ours" in lead.text
    assert "Theirs: Theirs" in lead.text
    lead.press("Keep these answers")
    assert "Choose one answer for each field first." in lead.text
    lead.press("Keep these answers", **{"/co_applicants/0/name": "theirs"})
    lead.press("Take these changes")
    saved = json.loads((tmp_path / "draft.json").read_bytes())
    assert (saved["co_applicants"][0]["name"], saved["fund"]) == ("Theirs", "BMVI")


def test_a_file_that_is_no_part_is_refused_in_words(at_draft: AtDraft) -> None:
    lead = at_draft(LITHUANIA)
    home = lead.path
    for data in (b"", b"{}", b"[1]", b"\xff", b'{"format": "mpfcheck-part/1", "call": 3}'):
        lead.go(f"{home}/partners")
        bring(lead, data)
        assert lead.path == f"{home}/partners"
        assert any("part" in notice for notice in lead.notices), data
    assert lead.go(f"{home}/partners").press("Bring it back").notices == ["Choose a file first."]


def test_a_comment_is_kept_on_the_page_about_a_question_and_listed(at_draft: AtDraft, tmp_path: Path) -> None:
    lead = at_draft(LITHUANIA)
    home = lead.path
    lead.go(f"{home}/about/title").press("Keep the comment", comment="to check with Ana")
    assert lead.notices == ["The comment is kept."]
    assert "Comment: to check with Ana" in lead.text
    for page in ("answers", "next"):
        assert "to check with Ana" in lead.go(f"{home}/{page}").text
    assert b"to check with Ana" not in lead.client.get(f"{home}/export/proposal").content
    assert json.loads((tmp_path / "draft.json").read_bytes())["comments"] == {"title": "to check with Ana"}
    lead.go(f"{home}/about/title").press("Keep the comment", comment="")
    assert lead.notices == ["The comment was deleted."]
