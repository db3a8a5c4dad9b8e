"""A small whole pack to try things on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

WHOLE = Path(__file__).parent / "packs" / "tiny"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The folder of a copy of the small pack, to be changed at will."""
    folder = tmp_path / "rules" / WHOLE.name
    shutil.copytree(WHOLE, folder)
    return folder
