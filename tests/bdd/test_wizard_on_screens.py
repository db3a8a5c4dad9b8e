"""The features of the wizard hold at the screens too, pressed key by key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_bdd import parsers, scenarios, then

from .applicant.on_screens import OnScreens

scenarios("wizard")


@pytest.fixture
def applicant(draft_path: Path) -> Iterator[OnScreens]:
    applicant = OnScreens()
    yield applicant
    applicant.leave()


@then(parsers.parse('whatever they stand on is in view on the page "{page}"'))
def is_in_view(applicant: OnScreens, page: str) -> None:
    assert applicant.all_in_view(page)
