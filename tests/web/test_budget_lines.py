"""Budget lines in a browser without scripts: a pasted table, and amounts that are computed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.web.window import Window, opened_window

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "eligible-lithuania-moldova.json"
TABLE = "Heading\tDescription\tQuantity\tUnit cost\tAmount\r\nTravel\tFlight\t4\t250,50\t1 002,00\r\n"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return Path(shutil.copy(EXAMPLE, tmp_path / "draft.json"))


@pytest.fixture
def window(draft: Path) -> Window:
    """A window at the sheet of the budget."""
    opened, office, _ = opened_window(draft.parent / "drafts")
    address = office.open(draft)
    assert address is not None
    return opened.go(address).follow("Budget")


def lines(draft: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(draft.read_text("utf-8"))["budget"]["lines"]
    return found


def test_a_pasted_table_is_shown_first_and_then_added(window: Window, draft: Path) -> None:
    window.send("paste", "paste:/budget/lines", {"paste": TABLE})
    assert "1 budget line in the table." in window.text
    assert len(lines(draft)) == 8
    window.press(name="reply", value="add")

    assert lines(draft)[-1]["amount"] == "1002.00"
    assert any("1 budget line added." in notice for notice in window.notices)
    assert not window.value("paste")


def test_a_table_that_cannot_be_taken_is_said_and_stays_where_it_was_pasted(window: Window, draft: Path) -> None:
    before, wrong = draft.read_bytes(), TABLE.replace("1 002,00", "1 002,005")
    window.send("paste", "paste:/budget/lines", {"paste": wrong})
    assert window.value("paste").split() == wrong.split()

    assert any("Cell E2 of the pasted table" in notice for notice in window.notices)
    assert draft.read_bytes() == before


def test_the_amount_follows_its_factors_and_a_typed_one_stays(window: Window, draft: Path) -> None:
    window.send("state", "stay", {"/budget/lines/0/quantity": "10"})
    assert lines(draft)[0]["amount"] == "50000.00"
    window.send("state", "stay", {"/budget/lines/0/quantity": "12", "/budget/lines/0/amount": "50 001"})
    assert lines(draft)[0]["amount"] == "50001.00"
