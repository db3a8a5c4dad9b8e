"""Whatever ends the program, what was typed is there again, and the terminal is in order."""

import json
import os
import random
import signal
import sys
import termios
from pathlib import Path

import pytest

from mpfcheck.drafting.desk import Desk
from mpfcheck.drafting.store.draft_file import DraftFile
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.shelf import Shelf
from tests.wizard.driving import Driven, run

pexpect = pytest.importorskip("pexpect", reason="there is no pexpect to make a pseudo-terminal with")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")

TIMES = 3


def started(folder: Path, draft: Path) -> "Terminal":  # noqa: F821 - there is no pexpect on Windows
    from tests.wizard.terminal import Terminal
    from tests.wizard.test_end_to_end import environment

    terminal = Terminal([sys.executable, "-m", "mpfcheck", "apply", str(draft)], environment(folder), (80, 24))
    terminal.until("pages complete")
    return terminal


def stands_in(folder: Path, draft: Path, place: str) -> str:
    """What stands in a field when the draft is opened again."""
    work = Desk(shelf=Shelf(Folders(folder, folder / ".mpfcheck"))).open(draft, take_over=True)
    try:
        asked = work.session.at(place)
        assert asked is not None
        return asked.typed
    finally:
        work.file.close()


@pytest.mark.parametrize(("name", "code"), [("SIGHUP", 129), ("SIGTERM", 143)])
def test_a_hang_up_and_a_request_to_end_save_and_give_the_terminal_back(
    tmp_path: Path, empty: bytes, name: str, code: int
) -> None:
    draft = tmp_path / "draft.json"
    draft.write_bytes(empty)
    terminal = started(tmp_path, draft)
    terminal.press("enter")
    terminal.until("page 1 of 8")
    terminal.press("Safer documents")
    terminal.until("Safer documents")
    os.kill(terminal.process, getattr(signal, name))
    assert terminal.end() == code
    assert "title" not in json.loads(draft.read_bytes()), "what was not confirmed does not become an answer"
    assert stands_in(tmp_path, draft, "/title") == "Safer documents"
    assert "Your draft:" in terminal.text, "it has left the screens, and says where the draft is"


@pytest.mark.parametrize("long", [False, True], ids=["title", "summary"])
def test_killed_at_a_random_moment_it_loses_at_most_the_last_half_second(
    tmp_path: Path, empty: bytes, long: bool
) -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed: {seed}")
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    for number in range(TIMES):
        draft = tmp_path / f"{number}.json"
        draft.write_bytes(empty)
        terminal = started(tmp_path, draft)
        terminal.press("enter")
        terminal.until("page 1 of 8")
        before = ""
        if long:
            before = "Border guards learn to detect forged documents. " * 60
            terminal.press("tab", "tab", f"\x1b[200~{before}\x1b[201~")
            terminal.until("forged documents.")
        # Seconds that were waited, not those of the clock: the whole computer may stand still for a moment.
        waited, long_enough = 0.0, chance.uniform(0.2, 4)
        typed: list[tuple[float, str]] = [(waited, before)]
        while waited < long_enough:
            piece = chance.choice("abcdefghij ")
            terminal.press(piece)
            typed.append((waited, typed[-1][1] + piece))
            pause = chance.uniform(0.02, 0.12)
            terminal.wait(pause)
            waited += pause
        os.kill(terminal.process, signal.SIGKILL)
        terminal.end()
        found = stands_in(tmp_path, draft, "/summary" if long else "/title")
        assert typed[-1][1].startswith(found), f"seed {seed}: {found!r}"
        # Half a second, and what a busy computer takes to read the keys.
        sure = max((text for when, text in typed if when < waited - 1.5), key=len, default="")
        assert len(found) >= len(sure.strip()), f"seed {seed}: {found!r} of {typed[-1][1]!r}"


def test_a_text_that_was_being_typed_is_in_its_field_again_and_enter_confirms_it(tmp_path: Path, empty: bytes) -> None:
    draft = tmp_path / "draft.json"
    draft.write_bytes(empty)
    with DraftFile.open(draft, Folders(tmp_path / "drafts", tmp_path / "state")) as file:
        file.keep_typing({"/budget/total": "400000"})

    async def steps(user: Driven) -> None:
        assert any("Confirm the text you typed" in notice for notice in user.notices)
        field = await user.find("/budget/total")
        assert field.editor.value == "400000"  # type: ignore[union-attr]
        assert "did not confirm it" in " ".join(user.text.split())
        await user.press("tab", "shift+tab")
        assert "total" not in user.work.session.document.get("budget", {})  # type: ignore[operator]
        await user.press("enter")
        assert user.work.session.document["budget"] == {"total": "400000.00"}

    run(steps, tmp_path, empty)


def test_what_is_typed_is_kept_beside_the_draft_and_saved_is_only_said_of_the_file(
    tmp_path: Path, empty: bytes
) -> None:
    async def steps(user: Driven) -> None:
        await user.find("/title")
        await user.press(*"Half a ti")
        assert " saved " not in user.text.splitlines()[0]
        for _ in range(60):
            await user.pilot.pause(0.05)
            if " kept " in user.text.splitlines()[0]:
                break
        assert " kept " in user.text.splitlines()[0]
        assert "title" not in json.loads(user.work.draft.file.path.read_bytes())
        await user.press("tab")
        assert " saved " in user.text.splitlines()[0]
        assert json.loads(user.work.draft.file.path.read_bytes())["title"] == "Half a ti"

    run(steps, tmp_path, empty, (120, 40))


@pytest.mark.parametrize("place", ["/title", "/lead/name", "/lead/pic", "/budget/total"])
def test_all_words_of_a_paste_of_several_lines_stay_in_a_field_of_one_line(
    tmp_path: Path, empty: bytes, place: str
) -> None:
    from textual.events import Paste

    async def steps(user: Driven) -> None:
        await user.find(place)
        user.app.post_message(Paste("Joint checks at the border\r\nof Moldova and\n\n  Romania\n"))
        await user.still()
        await user.press("tab")
        asked = user.work.session.at(place)
        assert asked is not None
        assert asked.typed == "Joint checks at the border of Moldova and Romania"

    run(steps, tmp_path, empty)


def test_a_paste_into_a_long_text_keeps_its_paragraphs(tmp_path: Path, empty: bytes) -> None:
    from textual.events import Paste

    async def steps(user: Driven) -> None:
        await user.find("/summary")
        user.app.post_message(Paste("One.\n\nTwo.\nThree."))
        await user.still()
        await user.press("tab")
        assert user.work.session.document["summary"] == "One.\n\nTwo.\nThree."

    run(steps, tmp_path, empty)


def test_the_modes_of_the_terminal_are_as_before(tmp_path: Path, empty: bytes) -> None:
    draft = tmp_path / "draft.json"
    draft.write_bytes(empty)
    terminal = started(tmp_path, draft)
    inside = termios.tcgetattr(terminal.descriptor)[3]
    assert not inside & termios.ICANON
    os.kill(terminal.process, signal.SIGTERM)
    terminal.until("Your draft:")
    terminal.end()
    assert "\x1b[?1049l" in terminal.written, "the screens are left"
    assert terminal.written.rindex("\x1b[?25h") > terminal.written.rindex("\x1b[?25l"), "the cursor is shown again"


UNCONFIRMED = "First line.\nSecond line, typed when the program ended."
SAVED = "First line.\nSecond line."


@pytest.mark.parametrize(
    ("keys", "answer"), [(("enter",), UNCONFIRMED), (("down", "1"), UNCONFIRMED), (("down", "2"), SAVED)]
)
def test_a_long_text_to_confirm_is_taken_by_keys_and_shown_as_people_write(
    tmp_path: Path, empty: bytes, keys: tuple[str, ...], answer: str
) -> None:
    draft = tmp_path / "draft.json"
    draft.write_bytes(json.dumps({**json.loads(empty), "summary": SAVED}).encode())
    with DraftFile.open(draft, Folders(tmp_path / "drafts", tmp_path / "state")) as file:
        file.keep_typing({"/summary": UNCONFIRMED})

    async def steps(user: Driven) -> None:
        field = await user.find("/summary")
        await user.see("Press Enter to confirm it, or ↓ to choose one of these.")
        await user.see("First line. Second line. (saved answer)")
        assert "\N{SYMBOL FOR LINE FEED}" not in user.text
        assert ".." not in user.text
        await user.press(*keys)
        assert user.work.session.document["summary"] == answer
        assert field.draft_part.complaint is None

    run(steps, tmp_path, draft.read_bytes(), (80, 24))
