"""A table from another program pasted into the budget: shown first, taken in one step, refused in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mpfcheck.checking.report import Status, Verdict
from mpfcheck.drafting.dialogues.pasting import is_table, paste_table
from mpfcheck.drafting.dialogues.steps import Choose, Notice, Step, run
from mpfcheck.drafting.document import Document, is_open, items_at, with_items, with_value
from mpfcheck.drafting.session import Session, new_document
from mpfcheck.forms.form import Form
from tests.drafting.conftest import example

LINES = "/budget/lines"
TABLE = "Heading\tDescription\tQuantity\tUnit cost\tAmount\nTravel\tFlight\t4\t250,50\t1 002,00\n"
Start = Callable[[Document], Session]


class Applicant:
    """Chooses one reply after the other, the last one again, and keeps what is said."""

    def __init__(self, *chosen: str | None) -> None:
        self.chosen = list(chosen)
        self.said: list[str] = []
        self.offered: list[str] = []

    def show(self, step: Step) -> object:
        match step:
            case Notice(text=text):
                self.said.append(text)
            case Choose(title=title, text=text, replies=replies):
                self.said.append(f"{title} {text}".strip())
                self.offered = [reply.id for reply in replies]
                return self.chosen.pop(0) if len(self.chosen) > 1 else self.chosen[0]
        return None


def paste(session: Session, text: str, *chosen: str | None, group: str = LINES) -> Applicant:
    applicant = Applicant(*(chosen or ("add",)))
    run(paste_table(session, group, text), applicant.show)
    return applicant


@pytest.fixture
def session(start: Start) -> Session:
    return start(example("eligible-lithuania-moldova.json"))


def test_its_lines_come_after_those_there_are_in_one_step(session: Session) -> None:
    before = session.document
    asked = paste(session, TABLE)
    added = items_at(session.document, LINES)[-1]
    answers = {"heading": "travel", "description": "Flight", "quantity": "4", "unit_cost": "250.50"}
    assert added == {"id": "1", **answers, "amount": "1002.00"}
    assert asked.offered == ["add", "replace"]
    session.undo()
    assert session.document == before


def test_more_may_come_after_lines_that_were_added_so_no_rule_fails_for_those_to_come(session: Session) -> None:
    session.replace(with_items(session.document, LINES, []))

    paste(session, TABLE)

    assert is_open(session.document, LINES)
    assert session.report.verdict is not Verdict.INELIGIBLE
    assert not any(result.status is Status.FAIL for result in session.report.results)


def test_it_can_take_the_place_of_the_lines(session: Session) -> None:
    paste(session, TABLE, "replace")

    items = items_at(session.document, LINES)
    assert [item.get("description") for item in items if isinstance(item, dict)] == ["Flight"]


def test_an_empty_list_has_nothing_to_replace(start: Start, form: Form) -> None:
    session = start(new_document(form))
    assert paste(session, TABLE).offered == ["add"]
    assert len(items_at(session.document, LINES)) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TABLE.replace("1 002,00", "1 002,005"), "Cell E2 of the pasted table: "),
        (TABLE.replace("Travel", "Nonsense"), "Cell A2 of the pasted table: "),
        ("Travel\n\t\n", "Give the table with its heading row."),
        ("Heading\tDescription\tAmount\n", "no line with a cost"),
        ("a\t\0", "not text"),
    ],
)
def test_what_cannot_be_taken_is_said_and_changes_nothing(session: Session, text: str, said: str) -> None:
    before = session.document
    asked = paste(session, text)

    assert said in " ".join(asked.said)
    assert session.document == before


@pytest.mark.parametrize(
    "heads", ["", "Was\tWofür\tStück\tPreis\tBetrag\n"], ids=["no heads", "heads of another language"]
)
def test_which_column_is_what_is_asked_where_the_heads_do_not_say_it(session: Session, heads: str) -> None:
    """A row of numbers is a line, not a row of heads: no line is lost."""
    before = len(items_at(session.document, LINES))
    table = f"{heads}Travel\tFlight\t4\t250,50\t1 002,00\n"
    asked = paste(session, table, "heading", "description", "quantity", "unit_cost", "amount", "add")

    assert asked.said[0].startswith('What is in column A, "')
    assert "The table does not say which column is what." in asked.said[0]
    (line,) = items_at(session.document, LINES)[before:]
    assert isinstance(line, dict)
    assert (line["heading"], line["quantity"], line["amount"]) == ("travel", "4", "1002.00")
    assert items_at(paste_left_out(session, table).document, LINES) == items_at(session.document, LINES)


def paste_left_out(session: Session, table: str) -> Session:
    asked = paste(session, table, "-")
    assert asked.said[-1] == "All columns are left out."
    return session


def test_leaving_it_changes_nothing(session: Session) -> None:
    before = session.document
    paste(session, TABLE, None)

    assert session.document == before


def test_only_the_budget_takes_a_table(session: Session) -> None:
    before = session.document
    asked = paste(session, TABLE, group="/co_applicants")

    assert "list of budget lines only" in asked.said[0]
    assert session.document == before


def test_a_new_line_never_takes_the_id_of_another(start: Start, form: Form) -> None:
    lines: list[object] = [{"id": "1"}, {"id": "2"}, "no line", {"id": None}]
    session = start(with_value(new_document(form), LINES, lines))
    paste(session, TABLE)

    added = items_at(session.document, LINES)[-1]
    assert isinstance(added, dict)
    assert added["id"] == "3"


def test_what_has_tabs_is_a_table() -> None:
    assert is_table(TABLE)
    assert not is_table("Travel costs\nand more")
