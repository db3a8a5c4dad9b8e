"""A draft with lists that are not finished: what is asked, shown and said of it while items are still to come."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mpfcheck.checking.report import Status
from mpfcheck.drafting.document import Document
from mpfcheck.drafting.progress import BarFigure, PageState, SumsFigure
from mpfcheck.drafting.questions import DraftGroup
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.store.merge import Conflict
from mpfcheck.drafting.summary import summary_of
from tests.drafting.conftest import CALL, example

Start = Callable[[Document], Session]
LINES = "/budget/lines"


def draft(*amounts: str, total: str = "300000.00", **more: object) -> Document:
    lines = [{"id": f"1.{number}", "heading": "travel", "amount": amount} for number, amount in enumerate(amounts, 1)]
    return {"call": CALL, "budget": {"lines": lines, "total": total}, "open": [LINES], **more}


def status(session: Session, rule: str) -> Status:
    return next(result.status for result in session.results() if result.rule == rule)


def test_a_list_is_open_until_somebody_says_that_it_is_complete(start: Start) -> None:
    session = start(draft("300000.00"))
    assert session.group(LINES).open
    assert status(session, "BUDGET-3") is Status.UNDECIDED

    session.close(LINES)
    assert not session.group(LINES).open
    assert "open" not in session.document
    assert status(session, "BUDGET-3") is Status.PASS

    session.undo()
    assert session.group(LINES).open

    session.redo()
    session.reopen(LINES)
    assert session.document["open"] == [LINES]


def test_closing_a_list_leaves_the_others_open(start: Start) -> None:
    session = start(draft("1.00", open=["/co_applicants", LINES], co_applicants=[{}]))
    session.close(LINES)
    assert session.document["open"] == ["/co_applicants"]


def test_a_draft_that_says_nothing_of_open_lists_has_complete_ones(start: Start) -> None:
    session = start({"call": CALL, "co_applicants": [{"kind": "ngo"}]})
    assert not session.group("/co_applicants").open
    assert status(session, "COAPP-1") is Status.PASS


def test_a_rule_that_waits_for_an_open_list_leads_to_it(start: Start) -> None:
    session = start({"call": CALL, "co_applicants": [{"kind": "ngo"}], "open": ["/co_applicants"]})
    waiting = next(result for result in session.results() if result.rule == "COAPP-1")
    assert waiting.status is Status.UNDECIDED
    location = session.way_to(waiting)
    assert location is not None
    assert location.pointer == "/co_applicants"


def test_items_of_an_open_list_are_asked_as_those_of_any_list(start: Start) -> None:
    """Which questions an item has may depend on its own answers and on its list."""
    document = dict(example("ineligible-many-things.json"))
    complete, unfinished = start(document), start(document | {"open": ["/co_applicants", LINES]})
    for place in ("/co_applicants", LINES):
        asked, still = complete.group(place), unfinished.group(place)
        assert [[one.pointer for one in item.questions] for item in asked.items] == [
            [one.pointer for one in item.questions] for item in still.items
        ]
    payer = unfinished.at(f"{LINES}/0/applicant")
    assert payer is not None
    assert len(unfinished.choices(payer.question)) == 1 + len(unfinished.group("/co_applicants").items)


def test_figures_show_what_is_there_while_a_budget_is_entered(start: Start) -> None:
    session = start(draft("120000.00", "30000.50"))
    page = next(page for page in session.pages() if page.id == "budget")
    bars = [figure for figure in session.figures(page) if isinstance(figure, BarFigure)]
    sums = [figure for figure in session.figures(page) if isinstance(figure, SumsFigure)]
    assert f"{bars[0].part}" == "150000.50"
    assert not bars[0].over
    assert f"{sums[0].total}" == "150000.50"


def test_nothing_is_wrong_before_it_is_certain(start: Start) -> None:
    assert start(draft("120000.00")).findings_at(LINES) == ()
    over = start(draft("120000.00", "200000.00"))
    assert "BUDGET-3" in {result.rule for result in over.findings_at(LINES)}


@pytest.mark.parametrize("unfinished", [True, False])
def test_a_page_with_an_open_list_is_not_complete(start: Start, *, unfinished: bool) -> None:
    document = dict(example("eligible-lithuania-moldova.json")) | ({"open": ["/co_applicants"]} if unfinished else {})
    session = start(document)
    page = next(
        page
        for page in session.pages()
        if any(isinstance(one, DraftGroup) and one.pointer == "/co_applicants" for one in session.questions(page))
    )
    assert session.progress(page).state is (PageState.IN_PROGRESS if unfinished else PageState.COMPLETE)


def test_the_answers_say_which_list_is_not_finished(start: Start) -> None:
    session = start(draft("1.00"))
    line = next(line for page in summary_of(session) for line in page.lines if line.pointer == LINES)
    assert line.answer == "1 entry, not finished"
    assert line.open


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ([], ["/a"], ["/b"], ["/a", "/b"]),
        (["/a"], ["/a", "/b"], [], ["/b"]),
        (["/a", "/b"], ["/a"], ["/b"], None),
        (["/a"], [], ["/a"], []),
        (None, ["/a"], ["/a", "/c"], ["/a", "/c"]),
    ],
)
def test_two_versions_of_a_draft_keep_what_each_opened_and_closed(
    base: list[str] | None, ours: list[str], theirs: list[str], merged: list[str] | None
) -> None:
    def version(open_lists: list[str] | None) -> dict[str, object]:
        return {} if open_lists is None else {"open": open_lists}

    for one, other in ((ours, theirs), (theirs, ours)):
        conflict = Conflict(version(base), version(one), version(other), b"")
        assert conflict.fields == ()
        assert conflict.resolve({}).get("open") == merged
