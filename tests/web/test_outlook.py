"""The pages say what is certain already, and make the smallest change that would do once it is agreed to."""

from __future__ import annotations

import time
from pathlib import Path

from tests.web.window import opened_window

LONGEST = 120
"""Seconds after which nothing is expected to be found any more."""


def test_what_is_certain_is_said_and_the_smallest_change_can_be_made(tmp_path: Path) -> None:
    window, office, _ = opened_window(tmp_path / "drafts", "mpf-2023-borders-security", looks_ahead=True)
    address = office.begin()
    assert address is not None
    try:
        window.go(f"{address}/page/financing").send("state", "stay", {"/financing/grant_requested": "12000000"})
        until = time.monotonic() + LONGEST
        while "cannot become eligible" not in window.go(f"{address}/result").text:
            assert time.monotonic() < until, window.text
        assert "Make this change" in window.text
        assert "cannot become eligible" in window.go(f"{address}/page/financing").panel
        window.go(f"{address}/result").press("Make this change")
        assert "The check confirms that this is enough" in window.text
        window.press(name="reply", value="make")
        assert window.path == f"{address}/result"
        assert window.go(f"{address}/page/financing").value("/financing/grant_requested") != "12000000"
    finally:
        window.press("Finish and end mpfcheck")
