"""What the page holds, and what it does without."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import pytest

from mpfcheck.checking.explain import Explanation
from mpfcheck.checking.portfolio.summary import Compared, Together, TogetherItem
from mpfcheck.checking.report import (
    Assessment,
    Decision,
    InputReference,
    Problem,
    ProposalReport,
    ReadField,
    Severity,
    Status,
)
from mpfcheck.frozen import changed
from mpfcheck.report.as_html.tally import FEW, MOST
from mpfcheck.report.overview import Overview
from tests.report.html.pages import Parsed, page
from tests.report.overviews import everything, together
from tests.report.samples import (
    APART,
    CENT,
    ELIGIBLE,
    EVERY,
    EXCLUSION,
    FUND,
    GRANT,
    HELD,
    INELIGIBLE,
    INVALID,
    PERSON,
    WHAT_IF,
    report,
    result,
)


def pots(*amounts: tuple[str, str, str]) -> Overview:
    """Pots: a name, what is asked for and what there is."""
    items = tuple(
        TogetherItem(
            name,
            f"Pot {name}",
            Status.PASS if Decimal(asked) <= Decimal(limit) else Status.FAIL,
            "",
            Compared(Decimal(asked), "<=", Decimal(limit), "EUR"),
        )
        for name, asked, limit in amounts
    )
    rule = Together("call", "POT-2", "All fit into the pots", Severity.ADVICE, Status.FAIL, 3, items)
    empty = together(())
    return Overview(type(empty)(**{**vars(empty), "together": (rule,)}))


POTS = pots(("BMVI", "4000000.5", "3900000"), ("ISF", "0", "10000000"))
MANY_PARTS = everything(*EVERY)
PAGES = {
    "ineligible": page(INELIGIBLE),
    "eligible": page(ELIGIBLE),
    "invalid": page(INVALID),
    "what if": page(WHAT_IF),
    "several": page(*EVERY, overview=POTS),
    "every part": page(*EVERY, overview=MANY_PARTS),
    "what if of one": page(INELIGIBLE, overview=Overview(what_if=MANY_PARTS.what_if)),
    "nothing": page(),
}
every_page = pytest.mark.parametrize("text", PAGES.values(), ids=PAGES.keys())


def line(number: int, of: ProposalReport) -> ProposalReport:
    return report(of.verdict.value, *of.results, input=InputReference("many.jsonl", number, None))


@every_page
def test_the_page_is_one_file_that_loads_and_runs_nothing(text: str) -> None:
    parsed = Parsed(text)

    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in parsed.values("content")
    assert {tag for tag, _ in parsed.elements}.isdisjoint({"script", "link", "img", "iframe", "object", "form", "base"})
    assert parsed.values("src") == []
    assert parsed.values("style") == []
    assert "@import" not in text
    assert not re.search(r"url\((?!#)", text)
    assert any(tag == "title" for tag, _ in parsed.elements)
    assert parsed.strange == []


@every_page
def test_headings_go_down_one_level_at_a_time_under_one_first(text: str) -> None:
    levels = [int(tag[1]) for tag, _ in Parsed(text).elements if re.fullmatch("h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every_page
def test_every_anchor_is_there_once_and_every_link_leads_somewhere(text: str) -> None:
    parsed = Parsed(text)
    anchors = parsed.values("id")
    named = [name for value in parsed.values("aria-labelledby") for name in value.split()]

    assert len(anchors) == len(set(anchors))
    inner = {address[1:] for address in parsed.values("href") if address.startswith("#")}
    assert inner - {"findings"} <= set(anchors)
    assert set(named) <= set(anchors)


@every_page
def test_every_table_has_a_caption_and_every_head_a_scope(text: str) -> None:
    parsed = Parsed(text)

    assert text.count("<table") == text.count("<caption")
    assert all("scope" in attributes for tag, attributes in parsed.elements if tag == "th")
    assert all(tag != "svg" or "role" in given or "aria-hidden" in given for tag, given in parsed.elements)
    assert text.count('role="img"') == text.count("<desc")


def test_a_page_of_one_says_the_verdict_first_then_what_to_do_then_what_passed() -> None:
    text = Parsed(page(INELIGIBLE)).text().split("Met: 2", 1)[1]
    order = [
        "What must change",
        "GRANT-1",
        "You ask for EUR 190 000.01",
        "How to fix it",
        "Ask for EUR 190 000.00 or less.",
        "Migration Partnership Facility",
        "See",
        "Financing, grant requested",
        "/financing/grant_requested",
        "line 40",
        "could not be evaluated",
        "BUDGET-3",
        "Missing information",
        "/declarations/no_exclusion_situation",
        "EXCL-1",
        "Warnings and advice",
        "FUND-2",
        "Manual review needed",
        "COAPP-5",
        "Met, with a remark",
        "one cent off",
        "LEAD-1",
        "Not applicable",
        "LEAD-2",
        "Sources",
        "https://example.org/summary",
        "the MPF decides",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_a_page_of_one_has_no_portfolio() -> None:
    text = page(INELIGIBLE)

    assert 'class="matrix"' not in text
    assert 'role="img"' not in text


def test_what_was_checked_is_told() -> None:
    for text in (Parsed(page(WHAT_IF)).text(), Parsed(page(WHAT_IF, ELIGIBLE)).text()):
        assert "mpf-2023-borders-security" in text
        assert "2023-12-07" in text
        assert "What if: checked with maximum_grant_share = 0.9" in text
        assert "mpfcheck 1.2.3" in text


def test_several_have_their_numbers_in_words_and_drawn() -> None:
    text = Parsed(page(*EVERY, overview=POTS)).text()

    assert "4 proposals checked" in text
    assert "1 eligible, 1 not eligible, 1 not complete, 1 not a proposal" in text
    assert "Of 3 proposals: 1 not met." in text
    assert "EUR 100 000.50 over the envelope" in text
    assert "EUR 10 000 000.00 left" in text
    assert "GRANT-1: not met" in Parsed(page(*EVERY)).values("title")


def test_a_cell_of_the_matrix_leads_to_its_finding() -> None:
    parsed = Parsed(page(*EVERY))
    (address,) = [
        given["href"] for tag, given in parsed.elements if tag == "a" and given.get("title") == "GRANT-1: not met"
    ]

    assert address is not None
    assert "finding bad" in [given.get("class") for _, given in parsed.elements if given.get("id") == address[1:]]


def test_calls_are_not_mixed_up() -> None:
    """A rule of one call is never counted with a rule of the same name of another."""
    other = report("ineligible", GRANT, call=INELIGIBLE.call and type(INELIGIBLE.call)("other", "1", "00" * 32))
    text = page(INELIGIBLE, other)

    assert text.count('class="matrix"') == 2
    assert "other, rules of 1" in Parsed(text).text()


def test_few_proposals_are_all_there() -> None:
    text = page(*(line(number, ELIGIBLE) for number in range(1, FEW + 1)))

    assert text.count("<article") == FEW
    assert "left-out" not in Parsed(text).values("class")


def test_of_many_the_simply_eligible_have_no_section_and_all_are_named() -> None:
    many = [line(number, INELIGIBLE if number % 50 == 0 else ELIGIBLE) for number in range(1, 1001)]
    text = page(*many)
    words = Parsed(text).text()

    assert text.count("<article") == 20
    assert "980 proposals that are eligible have no section here and no row in the matrix" in words
    assert all(f"many.jsonl, line {number}" in words for number in range(1, 1001))
    assert "20 of 1 000 proposals" in words.replace("\u00a0", " ")


@pytest.mark.slow
def test_more_sections_than_a_browser_likes_are_cut_and_it_is_said_why() -> None:
    text = page(*(line(number, report("ineligible", GRANT)) for number in range(1, MOST + 11)))

    assert text.count("<article") == MOST
    assert "10 proposals that are not eligible have no section here" in Parsed(text).text()


def test_those_that_are_not_eligible_come_before_those_with_a_warning() -> None:
    warned = report("eligible", FUND)
    many = [line(number, warned) for number in range(1, MOST + 1)]
    text = page(*many, line(MOST + 1, INELIGIBLE))

    assert f'id="p{MOST + 1}"' in text
    assert text.count("<article") == MOST


def test_nothing_to_check_is_said() -> None:
    assert "Nothing was checked" in PAGES["nothing"]


def test_no_finding_at_all_is_said() -> None:
    clean = report("eligible", HELD, APART)

    assert "Every rule is met or does not apply." in page(clean, clean)


def test_cut_lists_say_how_much_more_there_is() -> None:
    problems = tuple(Problem(f"Problem {number}.", "", f"/x{number}", 1, 1) for number in range(150))
    fields = tuple(ReadField(f"/budget/lines/{number}/amount", "1.00", 1, 1) for number in range(100))
    missing = tuple(f"/budget/lines/{number}/amount" for number in range(300))

    assert "and 50 more problems, not listed" in page(report("invalid", problems=problems, call=None))
    text = page(report("ineligible", result("X-1", "fail", fields=fields), result("X-2", "undecided", missing=missing)))
    assert "96 more fields" in text
    assert "and 40 more fields, not listed" in text
    assert "and 100 more answers, not listed" in text


def test_the_conditions_are_explained_where_that_is_asked_for() -> None:
    class Known:
        def place_of(self, pointer: str) -> tuple[int, int] | None:
            return (7, 3) if pointer == "/budget/total" else None

        def explain(self, rule_id: str) -> tuple[Explanation, ...]:
            return (Explanation("lead.kind", "public body", None, (), "require"),)

    assert "lead.kind" in page(INELIGIBLE, known=Known(), explain=True)
    assert "lead.kind" not in page(INELIGIBLE, known=Known())
    assert "/budget/total line 7" in Parsed(page(INELIGIBLE, known=Known())).text()


def test_pots_that_hold_nothing_are_no_division_by_nothing() -> None:
    nothing = pots(("Empty", "0", "0"))

    assert "EUR 0.00 left" in Parsed(page(ELIGIBLE, INELIGIBLE, overview=nothing)).text()


def test_what_is_known_of_all_together_stands_before_the_proposals_and_leads_to_them() -> None:
    parsed = Parsed(PAGES["every part"])
    order = ["verdicts", "supposed", "rules", "countries", "repeated", "matrix", "findings"]

    assert [anchor for anchor in parsed.values("id") if anchor in order] == order
    assert "If the date were 2023-06-01 and Words were Words: 4 verdicts would change." in parsed.text()
    assert {"#supposed", "#countries", "#repeated"} <= set(parsed.values("href"))
    assert parsed.values("href").count("#p1") > 2


def test_proposals_that_nearly_are_eligible_are_told_with_what_would_fix_them() -> None:
    grant = report("ineligible", GRANT, HELD)
    text = Parsed(page(grant, ELIGIBLE, overview=Overview(together([grant, ELIGIBLE])))).text()

    assert "1 proposal fails one blocking rule only.proposal.json" in text
    assert "Ask for EUR 190 000.00 or less." in text[: text.index("Results by rule")]


def test_the_same_reports_make_the_same_page() -> None:
    assert page(*EVERY, overview=POTS) == PAGES["several"]


def test_what_needs_manual_review_is_open_on_a_page_of_one_and_folded_among_several() -> None:
    some = report("eligible", PERSON, CENT, EXCLUSION)

    assert '<section id="p1-review"' in page(some)
    assert '<details id="p1-review"' in page(some, some)


def test_copies_count_once_in_every_figure_and_both_numbers_are_said() -> None:
    """The list of proposals has all of them; the chart, the pots and the rules have each proposal once."""
    answers = {"call": "mpf-2023-borders-security", "title": "The same", "fund": "BMVI"}
    text = page(
        INELIGIBLE, INELIGIBLE, ELIGIBLE, overview=Overview(together([INELIGIBLE, INELIGIBLE, ELIGIBLE], answers))
    )
    shown = Parsed(text).text()

    assert "3 proposals checked" in shown
    assert "2 proposals are exact copies of another one." in shown
    assert "Of 1 proposal: 1 not eligible." in shown
    assert "A full bar is 1 of 1 proposal." in shown


def test_among_many_what_a_person_decided_keeps_its_section() -> None:
    decided = Assessment(PERSON.rule, Decision.NOT_MET, "Ana Rusu", "2026-03-02", "Not its purpose.")
    others = (line(number, ELIGIBLE) for number in range(1, FEW + 1))
    text = page(*others, changed(line(FEW + 1, ELIGIBLE), assessments=(decided,)))

    assert text.count("<article") == 1
    assert "Not its purpose." in text
