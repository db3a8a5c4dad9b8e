"""The line that tells a waiting person how far it is."""

from __future__ import annotations

import io
import sys

import pytest

from mpfcheck.cli import progress
from mpfcheck.cli.progress import Progress


@pytest.fixture
def stderr(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Standard error, and a clock that always says it is time."""
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(progress, "FIRST_AFTER", 0.0)
    monkeypatch.setattr(progress, "EVERY", 0.0)
    return written


def test_it_counts_over_itself_and_goes_away(stderr: io.StringIO) -> None:
    line = Progress(shown=True)
    for _ in range(1200):
        line.step()
    line.clear()

    assert "\rchecked 1 200" in stderr.getvalue()
    assert stderr.getvalue().endswith("\r\x1b[K")
    assert "\n" not in stderr.getvalue()


def test_nobody_sees_it_who_does_not_wait(stderr: io.StringIO) -> None:
    line = Progress(shown=False)
    line.step()
    line.clear()

    assert stderr.getvalue() == ""
