"""From the start page to the first answers, with the keyboard alone."""

import json
from pathlib import Path

from tests.wizard.driving import Driven, run

CALL = "mpf-2023-borders-security"


def drafts_in(folder: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_bytes()) for path in sorted((folder / "drafts").glob("*.json"))]


def test_the_empty_start_page_says_what_to_do(tmp_path: Path) -> None:
    async def steps(user: Driven) -> None:
        assert "New proposal" in user.text
        assert "Import a file" in user.text
        assert "arrow keys" in user.text

    run(steps, tmp_path)


def test_enter_begins_a_proposal_and_every_answer_is_in_its_file_at_once(tmp_path: Path) -> None:
    async def steps(user: Driven) -> None:
        await user.press("enter")
        assert "Which call is the proposal for?" in user.text
        await user.choose(CALL)
        assert "Borders & Security 2023   0 of 8 pages complete" in user.text
        await user.press("enter")
        await user.type("Safer documents", "enter")
        assert drafts_in(tmp_path)[0]["title"] == "Safer documents"
        assert user.work.saving.saved

    run(steps, tmp_path)


def test_an_answer_is_taken_on_leaving_the_field_too(tmp_path: Path) -> None:
    async def steps(user: Driven) -> None:
        await user.press("enter")
        await user.choose(CALL)
        await user.press("enter")
        await user.type("Safer documents", "tab")
        assert drafts_in(tmp_path)[0]["title"] == "Safer documents"

    run(steps, tmp_path)
