"""The features of the wizard hold at the plain front end too, typed line by line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_bdd import scenarios

from .applicant.line_by_line import LineByLine

scenarios("wizard")


@pytest.fixture
def applicant(draft_path: Path) -> Iterator[LineByLine]:
    applicant = LineByLine()
    yield applicant
    applicant.leave()
