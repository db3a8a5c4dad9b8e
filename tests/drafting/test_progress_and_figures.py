"""How far a page is, and what is worked out from its answers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from mpfcheck.drafting.document import Document
from mpfcheck.drafting.progress import BarFigure, PageState, SumsFigure
from mpfcheck.drafting.session import Session
from mpfcheck.forms.form import Form
from tests.drafting.conftest import example

Start = Callable[[Document], Session]


def test_a_page_goes_from_not_started_to_complete(session: Session, form: Form) -> None:
    page = form.page("declarations")
    assert session.progress(page).state is PageState.NOT_STARTED
    session.answer("/declarations/no_exclusion_situation", "yes")
    session.answer("/declarations/no_double_funding", "yes")
    session.answer("/declarations/not_started", "yes")
    assert session.progress(page).state is PageState.IN_PROGRESS
    session.answer("/consultation/held", "no")
    progress = session.progress(page)
    assert (progress.state, progress.answered, progress.asked, progress.warnings) == (PageState.COMPLETE, 4, 4, 1)


def test_a_failing_rule_and_what_is_not_understood_are_problems(session: Session, form: Form) -> None:
    page = form.page("budget")
    session.answer("/budget/total", "1,500")
    assert (session.progress(page).state, session.progress(page).problems) == (PageState.PROBLEMS, 1)
    session.answer("/budget/total", "100")
    assert (session.progress(page).state, session.progress(page).problems) == (PageState.PROBLEMS, 1)
    session.answer("/budget/total", "300000")
    assert session.progress(page).state is PageState.COMPLETE


def test_every_page_of_a_complete_proposal_is_complete(start: Start) -> None:
    session = start(example("eligible-lithuania-moldova.json"))
    assert {session.progress(page).state for page in session.pages()} == {PageState.COMPLETE}


def test_the_grant_is_measured_against_the_total_and_its_pot(session: Session, form: Form) -> None:
    page = form.page("financing")
    share, pot, *_ = session.figures(page)
    assert isinstance(share, BarFigure)
    assert (share.part, share.whole, share.share, share.over) == (None, None, None, False)
    session.answer("/budget/total", "200000")
    session.answer("/financing/grant_requested", "190000.01")
    session.answer("/fund", "BMVI")
    share, pot, *_ = session.figures(page)
    assert isinstance(share, BarFigure)
    assert isinstance(pot, BarFigure)
    assert (share.limit, share.over) == (Decimal("0.95"), True)
    assert (pot.whole, pot.over) == (Decimal("3900000.00"), False)


@pytest.mark.parametrize(
    ("grant", "percent", "over"),
    [("190000.00", "95 %", False), ("190000.01", "over 95 %", True), ("191000", "95.5 %", True), ("0", "0 %", False)],
)
def test_a_share_over_the_limit_is_never_rounded_down_to_it(
    session: Session, form: Form, grant: str, percent: str, over: bool
) -> None:
    session.answer("/budget/total", "200000")
    session.answer("/financing/grant_requested", grant)
    share = session.figures(form.page("financing"))[0]
    assert isinstance(share, BarFigure)
    assert (share.percent, share.over) == (percent, over)


def test_what_is_short_of_the_whole_is_never_rounded_to_it(session: Session, form: Form) -> None:
    session.answer("/budget/total", "200000")
    session.answer("/financing/grant_requested", "199999.99")
    session.say_none("/financing/contributions")
    together = session.figures(form.page("financing"))[2]
    assert isinstance(together, BarFigure)
    assert together.percent == "under 100 %"


def test_two_applicants_of_one_name_are_two(session: Session, form: Form) -> None:
    session.answer("/lead/name", "Ministry of the Interior")
    partner = session.add("/co_applicants")
    session.answer(f"{partner}/name", "Ministry of the Interior")
    for amount, applicant in (("100", "lead"), ("50", "co-1")):
        line = session.add("/budget/lines")
        session.answer(f"{line}/amount", amount)
        session.choose(f"{line}/applicant", applicant)
    by_applicant = session.figures(form.page("budget"))[2]
    assert isinstance(by_applicant, SumsFigure)
    assert by_applicant.sums == (
        ("Ministry of the Interior (lead)", Decimal("100.00")),
        ("Ministry of the Interior (co-1)", Decimal("50.00")),
    )


def test_sums_are_called_by_what_the_questions_show(session: Session, form: Form) -> None:
    session.answer("/lead/name", "Border [b]Guard")
    for amount, heading, applicant in (("100", "travel", "lead"), ("250.50", "travel", ""), ("75", "", "lead")):
        line = session.add("/budget/lines")
        session.answer(f"{line}/amount", amount)
        session.answer(f"{line}/heading", heading)
        session.answer(f"{line}/applicant", applicant)
    session.add("/budget/lines")
    _, headings, applicants = session.figures(form.page("budget"))
    assert isinstance(headings, SumsFigure)
    assert isinstance(applicants, SumsFigure)
    assert headings.sums == (("Travel", Decimal("350.50")), ("(not said)", Decimal("75.00")))
    assert applicants.sums == (("(not said)", Decimal("250.50")), ("Border [b]Guard", Decimal("175.00")))
    assert applicants.total == Decimal("425.50")
