"""The line that tells a waiting person how far it is."""

from __future__ import annotations

import pytest

from mpfcheck.cli import terminal
from mpfcheck.cli.terminal import ProgressCount


@pytest.fixture(autouse=True)
def always_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "FIRST_AFTER", 0.0)
    monkeypatch.setattr(terminal, "EVERY", 0.0)


def test_it_counts_over_itself_and_goes_away(capfd: pytest.CaptureFixture[str]) -> None:
    line = ProgressCount(shown=True)
    for _ in range(1200):
        line.step()
    line.clear()
    written = capfd.readouterr()

    assert "\r\x1b[Kchecked 1 200" in written.err
    assert written.err.endswith("\r\x1b[K")
    assert "\n" not in written.err
    assert written.out == ""


def test_nobody_sees_it_who_does_not_wait(capfd: pytest.CaptureFixture[str]) -> None:
    line = ProgressCount(shown=False)
    line.step()
    line.clear()

    assert capfd.readouterr().err == ""


def test_it_tells_the_rate_and_the_time_left(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(terminal, "monotonic", lambda: now)
    line = ProgressCount(shown=True, find_total=lambda: 4_000_000)
    now += 10
    line.step(1500, 1_000_000)
    line.clear()

    assert "checked 1 500, 150 a second, 30 s left" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 s"), (59.4, "59 s"), (61, "1 min 1 s"), (3600, "1 h 0 min"), (90_000, "25 h 0 min")]
)
def test_durations_are_written_for_people(seconds: float, words: str) -> None:
    assert terminal._duration(seconds) == words


@pytest.mark.parametrize("total", [None, 0, 10])
def test_it_tells_no_time_left_that_it_cannot_know(capfd: pytest.CaptureFixture[str], total: int | None) -> None:
    line = ProgressCount(shown=True, find_total=lambda: total)
    line.step(1, 1000)
    line.clear()

    assert "left" not in capfd.readouterr().err
