"""Windows at pages of a draft."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from tests.web.window import Window, opened_window

CALL = "mpf-2023-borders-security"


class Texts(SingleFileSnapshotExtension):
    """A text file for each snapshot."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def snapshot_text(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Snapshots as text files, to be read. What changed on purpose is renewed with --snapshot-update."""
    return snapshot.use_extension(Texts)


EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def window(tmp_path: Path) -> Window:
    """A window at the start page."""
    window, _, _ = opened_window(tmp_path / "drafts", CALL)
    return window


@pytest.fixture
def at_draft(tmp_path: Path) -> Callable[..., Window]:
    """A window at the pages of a draft: a new one, or a copy of an example."""

    def at(example: str = "") -> Window:
        path = tmp_path / "draft.json"
        if example:
            shutil.copy(EXAMPLES / example, path)
        window, office, _ = opened_window(tmp_path / "drafts", CALL)
        address = office.open(path)
        assert address is not None
        return window.go(address)

    return at
