"""What the tests of the screens share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

# Nothing moves and no cursor blinks, so that a screen is the same whenever it is looked at. Textual reads it on import.
os.environ["TEXTUAL_ANIMATIONS"] = "none"


@pytest.fixture
def eligible() -> bytes:
    """A proposal every rule is content with."""
    return (EXAMPLES / "eligible-lithuania-moldova.json").read_bytes()


@pytest.fixture
def many_slips() -> bytes:
    """A proposal with a slip on nearly every page."""
    return (EXAMPLES / "ineligible-many-things.json").read_bytes()


@pytest.fixture
def empty() -> bytes:
    """A draft in which nothing is answered yet."""
    return b'{"format": "mpfcheck-proposal/1", "call": "mpf-2023-borders-security", "lead": {"id": "lead"}}\n'
