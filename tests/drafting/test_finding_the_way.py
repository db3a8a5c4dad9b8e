"""Finding questions and rules by words and by places, and all answers in one list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mpfcheck.drafting.dialogues.exporting import BUDGET, DOCUMENT, FORMATS, PROPOSAL, report_text
from mpfcheck.drafting.document import Document
from mpfcheck.drafting.places import HitKind, find, locate
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.summary import no_longer_asked, summary_of
from mpfcheck.forms.form import Form
from tests.drafting.conftest import EXAMPLES, example

Start = Callable[[Document], Session]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("pic", "lead.pic"),
        ("which fund", "fund"),
        ("TURKIYE", "target_countries"),
        ("grant large", "financing.grant_requested"),
        ("budget-1", "BUDGET-1"),
        ("double", "declarations.no_double_funding"),
    ],
)
def test_words_find_questions_and_rules(words: str, first: str, session: Session) -> None:
    hits = find(words, session.form, session.call)
    assert first in [hit.target for hit in hits[:3]]


def test_no_words_find_everything_and_strange_words_nothing(session: Session) -> None:
    everything = find("", session.form, session.call)
    assert {hit.kind for hit in everything} == set(HitKind)
    assert {rule.id for rule in session.call.rules} <= {hit.target for hit in everything}
    assert find("xyzzy", session.form, session.call) == ()


@pytest.mark.parametrize(
    ("place", "page", "pointer", "item"),
    [
        ("/budget/total", "budget", "/budget/total", None),
        ("/co_applicants", "co-applicants", "/co_applicants", None),
        ("/co_applicants/2/country", "co-applicants", "/co_applicants/2/country", "/co_applicants/2"),
        ("/co_applicants/2/mandate", "co-applicants", "/co_applicants", "/co_applicants/2"),
        ("/co_applicants/2/id", "co-applicants", "/co_applicants", "/co_applicants/2"),
        ("/co_applicants/2", "co-applicants", "/co_applicants", "/co_applicants/2"),
        ("/target_countries/1", "fund", "/target_countries", None),
        ("/lead/mandate", "lead", "/lead/mandate/body", None),
        ("/financing", "financing", "/financing/grant_requested", None),
    ],
)
def test_a_place_is_asked_somewhere(place: str, page: str, pointer: str, item: str | None, form: Form) -> None:
    found = locate(form, place)
    assert found is not None
    assert (found.page.id, found.pointer, found.item) == (page, pointer, item)


@pytest.mark.parametrize("place", ["", "/nothing", "/format", "/annex/x"])
def test_what_is_asked_nowhere_is_nowhere(place: str, form: Form) -> None:
    assert locate(form, place) is None


def test_all_answers_stand_in_the_summary(start: Start) -> None:
    session = start(example("eligible-lithuania-moldova.json"))
    lines = [line for page in summary_of(session) for line in page.lines]
    answers = {line.pointer: line.answer for line in lines}
    assert answers["/budget/total"] == "EUR 400 000.00"
    assert answers["/target_countries"] == "Moldova (MD)"
    assert not [line for line in lines if line.open and not line.optional]


def test_answers_nobody_asks_for_any_more_are_named(start: Start) -> None:
    """They stay in the file, so that nothing is lost, and the rules still see them."""
    session = start(example("eligible-france-nigeria.json"))
    assert no_longer_asked(session) == ()
    session.answer("/lead/kind", "public body")
    assert "/lead/mandate/country" in [line.pointer for line in no_longer_asked(session)]


@pytest.mark.parametrize(
    "format_name", [name for name in FORMATS if name not in (PROPOSAL, BUDGET) and not name.startswith(DOCUMENT)]
)
def test_an_exported_report_is_the_one_check_writes(format_name: str, start: Start) -> None:
    from click.testing import CliRunner

    from mpfcheck import __version__
    from mpfcheck.checking.checker import Checker
    from mpfcheck.cli.main import mpfcheck

    session = start(example("ineligible-many-things.json"))
    place = str(EXAMPLES / "ineligible-many-things.json")
    data = (EXAMPLES / "ineligible-many-things.json").read_bytes()
    exported = report_text(format_name, data, place, Checker(session.call), __version__)
    run = CliRunner().invoke(mpfcheck, ["check", "--format", format_name, place], env={"COLUMNS": "80"})
    checked = run.stdout_bytes.decode()
    if format_name == "csv":
        # A file for Excel begins with a byte order mark, standard output does not.
        exported = exported.removeprefix("\ufeff")
    assert exported == checked


def test_a_report_in_no_known_format_is_refused(start: Start) -> None:
    from mpfcheck.checking.checker import Checker

    session = start({})
    with pytest.raises(KeyError):
        report_text("document-pdf", b"{}", "x", Checker(session.call), "1")


def test_a_rule_waits_for_what_is_asked_now(session: Session) -> None:
    """Nobody need hear of a mandate before they have said that an operator leads."""
    rule = {result.rule: result for result in session.results()}
    assert "/lead/mandate/country" in rule["LEAD-1"].missing
    assert session.to_answer(rule["LEAD-1"]) == ("/lead/country", "/lead/kind")
    session.answer("/lead/kind", "mandated operator")
    rule = {result.rule: result for result in session.results()}
    assert session.to_answer(rule["LEAD-1"]) == ("/lead/mandate/country",)


def test_a_rule_that_waits_for_nothing_that_is_asked_still_says_what(start: Start) -> None:
    session = start({"lead": {"kind": "mandated_operator"}, "documents": [{}]})
    session.choose("/lead/kind", "ngo")
    for result in session.results():
        assert bool(session.to_answer(result)) is bool(result.missing)


def test_no_export_claims_that_it_is_submitted() -> None:
    """Proposals are handed in as the call says, which knows no file of mpfcheck."""
    assert not any("submit" in f"{reply.label} {reply.detail}".casefold() for _, reply in FORMATS.values())
