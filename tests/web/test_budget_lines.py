"""Budget lines in a browser without scripts: a pasted table, and amounts that are computed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from mpfcheck import extra
from mpfcheck.drafting.budget.workbook import budget_workbook
from mpfcheck.drafting.desk import Desk
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


@pytest.fixture
def workbook(tmp_path: Path) -> bytes:
    """The budget of the draft as it goes out, with another amount in its first line."""
    session = Desk().open(Path(shutil.copy(EXAMPLE, tmp_path / "other.json"))).session
    session.answer("/budget/lines/0/amount", "120 000.01")
    return budget_workbook(session)


def test_what_a_workbook_changes_is_shown_first_and_then_taken(window: Window, draft: Path, workbook: bytes) -> None:
    before = draft.read_bytes()
    window.upload("my budget.xlsx", workbook, "budget-file")
    assert "Take the budget in my budget.xlsx? 8 budget lines read. 2 changes: 2 changed." in window.text
    assert "EUR 120 000.00 → EUR 120 000.01" in window.text.replace("\N{NO-BREAK SPACE}", " ")
    assert draft.read_bytes() == before
    window.press("Take these changes")

    assert lines(draft)[0]["amount"] == "120000.01"
    assert any("The budget was taken. You can undo this." in notice for notice in window.notices)
    window.upload("my budget.xlsx", workbook, "budget-file")
    assert any("The draft has this budget already." in notice for notice in window.notices)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("b.csv", TABLE.replace("1 002,00", "1 002,005").encode(), "Cell E2 of b.csv: "),
        ("b.xls", b"\xd0\xcf\x11\xe0", "is in an old format (.xls)"),
        ("b.xlsx", b"PK\x03\x04", "b.xlsx is damaged: it cannot be unpacked."),
        ("b.csv", b"", "The table is empty."),
        ("", b"", "Choose a file first."),
    ],
)
def test_a_file_without_a_budget_is_refused_in_words(
    window: Window, draft: Path, name: str, data: bytes, words: str
) -> None:
    before = draft.read_bytes()
    window.upload(name, data, "budget-file")

    assert window.status == 200
    assert window.path.endswith("/page/budget")
    assert any(words in notice for notice in window.notices), window.notices
    assert draft.read_bytes() == before


def test_without_the_reader_of_workbooks_the_page_says_how_to_install_it(
    window: Window, workbook: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None)
    window.upload("b.xlsx", workbook, "budget-file")

    assert any('pip install ".[xlsx]"' in notice for notice in window.notices)


def test_the_amount_follows_its_factors_and_a_typed_one_stays(window: Window, draft: Path) -> None:
    window.send("state", "stay", {"/budget/lines/0/quantity": "10"})
    assert lines(draft)[0]["amount"] == "50000.00"
    window.send("state", "stay", {"/budget/lines/0/quantity": "12", "/budget/lines/0/amount": "50 001"})
    assert lines(draft)[0]["amount"] == "50001.00"
