"""The program at a terminal, killed at random moments: what was answered is in the file, what was typed is kept."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pexpect
import pytest

from mpfcheck.drafting.store.draft_file import DraftFile
from tests.prompts.test_terminal import Lines, saved

ROUNDS = int(os.environ.get("MPFCHECK_KILLS", "4"))
SEED = int(os.environ.get("MPFCHECK_KILL_SEED", random.SystemRandom().randrange(10**6)))
WORDS = ("Safer borders", "SAFE", "Who works with whom\r.", "2024-03-01", "24")


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_kill_at_any_moment_loses_no_answer_and_confirms_none(path: Path, number: int) -> None:
    """Run again with ``MPFCHECK_KILL_SEED``. A number half typed ("2" of "24") is never an answer."""
    seed = SEED + number
    print(f"MPFCHECK_KILL_SEED={seed}")  # shown where the test fails
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    lines = Lines(path)
    confirmed: dict[str, object] = {}
    try:
        lines.at_the_title()
        for place, text in zip(("title", "acronym"), WORDS, strict=False):
            if chance.random() < 0.3:
                break
            lines.type(f"{text}\r")
            lines.until("Noted: ")
            lines.until("Text")
            confirmed[place] = text
        lines.type(":go /duration_months\r")
        lines.until("Months:")
        lines.type("2")
        time.sleep(chance.random())
        lines.child.kill(signal.SIGKILL)
        lines.child.expect(pexpect.EOF)
    finally:
        lines.child.close(force=True)

    document = saved(path)
    assert {place: document.get(place) for place in confirmed} == confirmed, f"seed {seed}"
    assert "duration_months" not in document, f"seed {seed}"
    with DraftFile.open(path, take_over=True) as file:
        assert file.typing in ({}, {"/duration_months": "2"}), f"seed {seed}"
