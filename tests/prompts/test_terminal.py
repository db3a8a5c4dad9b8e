"""The lines at a real terminal: what is typed early, pasted, or cut off by a signal in the middle of a line."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from mpfcheck.drafting.store.draft_file import DraftFile
from tests.prompts.conftest import CALL

TITLE = "What is the title"
WAIT = 60


class Lines:
    """The program at a terminal of its own."""

    def __init__(self, path: Path, *, term: str = "xterm") -> None:
        environment = {**os.environ, "TERM": term, "COLUMNS": "200"}
        arguments = ["-m", "mpfcheck", "apply", "--plain", "--call", CALL, str(path)]
        self.child = pexpect.spawn(
            sys.executable, arguments, env=environment, encoding="utf-8", timeout=WAIT, dimensions=(40, 200)
        )
        self.child.delaybeforesend = None
        self.path = path

    def until(self, words: str) -> None:
        self.child.expect_exact(words)

    def type(self, text: str) -> None:
        self.child.send(text)

    def at_the_title(self) -> None:
        self.until("yes or no:")
        self.type("yes\r")
        self.until("(Enter: page 1):")
        self.type("1\r")
        self.until("Text:")

    def ended(self) -> int:
        """The exit code."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        assert self.child.exitstatus is not None, self.child.signalstatus
        return int(self.child.exitstatus)

    def until_kept(self) -> None:
        """Wait until something is kept beside the draft, which is still open there."""
        while not any(Path(os.environ["MPFCHECK_DRAFTS"]).rglob("typing.json")):
            assert self.child.isalive()
            time.sleep(0.05)

    def typing(self) -> dict[str, str]:
        """What is kept beside the draft, as the next one to open it finds it."""
        with DraftFile.open(self.path, take_over=True) as file:
            return dict(file.typing)


@pytest.fixture
def lines(path: Path) -> Iterator[Lines]:
    started = Lines(path)
    yield started
    started.child.close(force=True)


def saved(path: Path) -> dict[str, object]:
    document: dict[str, object] = json.loads(path.read_bytes())
    return document


@pytest.mark.parametrize(("number", "code"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_saves_and_keeps_what_is_half_typed(lines: Lines, number: int, code: int) -> None:
    lines.at_the_title()
    lines.type("Safer borders\r")
    lines.until("Text:")
    lines.type("SAF")
    lines.until("SAF")
    lines.child.kill(number)
    if number != signal.SIGHUP:  # then nobody is there to read it
        lines.until("A text is kept that is not an answer yet: The project, Acronym.")
    assert lines.ended() == code
    assert saved(lines.path)["title"] == "Safer borders"
    assert lines.typing() == {"/acronym": "SAF"}


def test_a_terminal_that_closes_saves_and_keeps_what_is_half_typed(lines: Lines) -> None:
    lines.at_the_title()
    lines.type("Safer bord")
    lines.until_kept()
    lines.type("ers")
    time.sleep(0.5)
    lines.child.close(force=False)
    assert lines.child.exitstatus == 129
    assert lines.typing() == {"/title": "Safer borders"}


def test_a_killed_program_has_lost_no_more_than_a_moment_of_typing(lines: Lines) -> None:
    lines.at_the_title()
    lines.type("Safer bord")
    lines.until_kept()
    lines.child.kill(signal.SIGKILL)
    lines.child.expect(pexpect.EOF)
    assert lines.typing() == {"/title": "Safer bord"}


def test_what_was_kept_on_the_way_to_an_answer_is_gone_with_it(lines: Lines) -> None:
    lines.at_the_title()
    lines.type("Safer bord")
    lines.until_kept()
    lines.type("\x15\r")
    lines.until("Text:")
    lines.type(":quit\r")
    assert lines.ended() == 0
    assert lines.typing() == {}
    assert "title" not in saved(lines.path)


def test_a_killed_program_has_lost_no_line_of_a_long_text(lines: Lines) -> None:
    lines.at_the_title()
    lines.type("\r")
    lines.until("Text:")
    lines.type("\r")
    lines.until("Text, then a full stop alone:")
    for number in range(3):
        lines.type(f"line {number}\r")
        lines.until("Next line, or a full stop alone:")
    lines.child.kill(signal.SIGKILL)
    lines.child.expect(pexpect.EOF)
    assert lines.typing() == {"/summary": "line 0\nline 1\nline 2"}


@pytest.mark.parametrize("term", ["xterm", "dumb"])
@pytest.mark.parametrize("marked", [True, False])
def test_a_paste_of_several_lines_is_one_answer(path: Path, term: str, *, marked: bool) -> None:
    lines = Lines(path, term=term)
    try:
        lines.at_the_title()
        pasted = "Detecting forged\rdocuments at\rthe border"
        lines.type(f"\x1b[200~{pasted}\x1b[201~\r" if marked and term == "xterm" else f"{pasted}\r")
        lines.until("They become one line.")
        lines.until("Text:")
        lines.type(":quit\r")
        assert lines.ended() == 0
    finally:
        lines.child.close(force=True)
    assert saved(path)["title"] == "Detecting forged documents at the border"
    assert "acronym" not in saved(path)


def test_a_pasted_table_becomes_budget_lines(path: Path) -> None:
    """As it is copied in a spreadsheet program: rows on lines, tabs between cells."""
    lines = Lines(path)
    try:
        lines.until("yes or no:")
        lines.type("yes\r")
        lines.until("(Enter: page 1):")
        lines.type(":go /budget/lines\r")
        lines.until("Type add or none (Enter: continue):")
        table = "Heading\tDescription\tAmount\rTravel\tFlight\t10\rTravel\tHotel\t20"
        lines.type(f"\x1b[200~{table}\x1b[201~\r")
        lines.until("Number (Enter: leave the list as it is):")
        lines.type("1\r")
        lines.until("2 budget lines added.")
        lines.until("(Enter: continue):")
        lines.type(":quit\r")
        assert lines.ended() == 0
    finally:
        lines.child.close(force=True)
    assert [line["amount"] for line in saved(path)["budget"]["lines"]] == ["10.00", "20.00"]


def test_what_is_typed_early_arrives_in_order(lines: Lines) -> None:
    lines.type("yes\r1\rSafer borders\rSAFE\r")
    lines.until("Text, then a full stop alone:")
    lines.type(":quit\r")
    assert lines.ended() == 0
    assert saved(lines.path)["title"] == "Safer borders"
    assert saved(lines.path)["acronym"] == "SAFE"
