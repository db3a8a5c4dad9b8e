"""Folders for drafts that no test shares with another, and a clock that the test moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mpfcheck.drafting.store.errors import DraftError
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.history import Generation


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def earlier_state(error: DraftError) -> Generation:
    """The earlier state that keeps what could not be saved."""
    assert error.kept is not None
    found = Generation.at(error.kept)
    assert found is not None
    return found


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "drafts", tmp_path / "state")


@pytest.fixture(autouse=True)
def _no_real_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPFCHECK_DRAFTS", str(tmp_path / "from-the-environment"))
