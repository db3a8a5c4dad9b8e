"""The line that tells a waiting person how far it is."""

from __future__ import annotations

import pytest

from mpfcheck.cli import progress
from mpfcheck.cli.progress import Progress


@pytest.fixture(autouse=True)
def always_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "FIRST_AFTER", 0.0)
    monkeypatch.setattr(progress, "EVERY", 0.0)


def test_it_counts_over_itself_and_goes_away(capfd: pytest.CaptureFixture[str]) -> None:
    line = Progress(shown=True)
    for _ in range(1200):
        line.step()
    line.clear()
    written = capfd.readouterr()

    assert "\rchecked 1 200" in written.err
    assert written.err.endswith("\r\x1b[K")
    assert "\n" not in written.err
    assert written.out == ""


def test_nobody_sees_it_who_does_not_wait(capfd: pytest.CaptureFixture[str]) -> None:
    line = Progress(shown=False)
    line.step()
    line.clear()

    assert capfd.readouterr().err == ""
