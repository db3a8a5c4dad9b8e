"""The features of the wizard hold in the browser too, form by form, without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_bdd import scenarios

from .applicant.in_the_browser import InTheBrowser

scenarios("wizard")


@pytest.fixture
def applicant(draft_path: Path) -> Iterator[InTheBrowser]:
    applicant = InTheBrowser()
    yield applicant
    applicant.leave()
