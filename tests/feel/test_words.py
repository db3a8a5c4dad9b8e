"""Conditions in plain words."""

from __future__ import annotations

import pytest

from mpfcheck.feel.study.words import in_words
from mpfcheck.feel.syntax.parser import parse

WORDS = {
    'lead.country = "LT"': 'the lead\'s country is "LT"',
    "lead.non_profit = false": "the lead's non profit is no",
    'lead.name != ""': "the lead's name is not empty",
    "200000 <= budget.total": "the budget's total is at least 200 000",
    "financing.grant <= 0.95 * budget.total": "the financing's grant is at most 95 % of the budget's total",
    'start_date < @"2024-03-01"': "the start date is before 2024-03-01",
    "lead.country in eu_states": "the lead's country is one of the eu states",
    'not(lead.kind in ["ngo", "public_body"])': 'the lead\'s kind is not "ngo" or "public_body"',
    "budget.total in [1..5]": "the budget's total is between 1 and 5",
    "budget.total between 1 and 5": "the budget's total is between 1 and 5",
    "budget.total in (1..5)": "the budget's total is in the range `(1..5)`",
    "budget.total in (< 5, > 10)": "the budget's total is less than 5 or is more than 10",
    "a = 1 and b = 2 and c = 3": "the a is 1 and the b is 2 and the c is 3",
    "a = 1 or b = 2 and c = 3": "the a is 1, or both the b is 2 and the c is 3",
    "(a = 1 or b = 2) and c = 3": "either the a is 1 or the b is 2, and the c is 3",
    "not(a = 1 or b < 2)": "the a is not 1 and the b is at least 2",
    "some c in target_countries satisfies c in regions": "at least one of the target countries is one of the regions",
    'every c in target_countries satisfies c != "LT"': 'each of the target countries is not "LT"',
    "some paper in documents satisfies paper.signed": (
        "for at least one paper among the documents, the paper's signed is yes"
    ),
    "not(every p in papers satisfies p.signed)": "for at least one p among the papers, p's signed is no",
    "count(co_applicants) > 0": "there is at least one of the co applicants",
    "count(co_applicants) = 0": "there are none of the co applicants",
    "count(co_applicants) <= 3": "the number of the co applicants is at most 3",
    'sum(budget.lines[heading = "travel"].amount) > 1000': (
        'the sum of the amount of the budget\'s lines where the heading is "travel" is more than 1 000'
    ),
    "abs(a - b) <= 0.01": "the difference between the a and the b is at most 0.01",
    "x = round half up(a * b, 2)": "the x is (the a times the b) rounded to 2 decimals",
    "if a = 1 then b = 2 else c = 3": "if the a is 1, then the b is 2, otherwise the c is 3",
    "x = (if a = 1 then b else c)": "the x is the b (if the a is 1), otherwise the c",
    'contains(title, "border")': 'the title contains "border"',
    'not(starts with(title, "a"))': 'the title does not start with "a"',
    'start_date + @"P24M" <= end_date': "the start date plus 24 months is at most the end date",
    'matches(title, "a.*")': '`matches(title, "a.*")`',
    "applicants[1].name = applicants[-1].name": (
        "the name of item 1 of the applicants is the name of the last of the applicants"
    ),
}


@pytest.mark.parametrize("text", WORDS)
def test_says_the_condition(text: str) -> None:
    assert in_words(parse(text)) == WORDS[text]


def test_uses_the_names_and_labels_it_is_given() -> None:
    known = {
        ("lead.kind", None): "what the lead applicant is",
        ("lead.kind", "ngo"): "a non-governmental organisation",
        ("lead.kind", "public_body"): "a public body",
        ("documents.kind", "mandate"): "the mandate",
        ("budget.lines.heading", "travel"): "Travel",
    }

    def labels(path: str, code: str | None) -> str | None:
        return known.get((path, code))

    def said(text: str) -> str:
        return in_words(parse(text), labels)

    assert said('lead.kind in ["ngo", "public_body"]') == (
        "what the lead applicant is is a non-governmental organisation or a public body"
    )
    assert said('some d in documents satisfies d.kind = "mandate" and d.signed').endswith(
        "d's kind is the mandate and d's signed is yes"
    )
    assert said('count(budget.lines[heading = "travel"]) < 3') == (
        "the number of the budget's lines where the heading is Travel is less than 3"
    )


def test_a_field_that_is_yes_or_no_says_its_own_sentence() -> None:
    known = {
        "lead.legal_person": ("{owner} is a legal person", "{owner} is not a legal person"),
        "documents.signed": ("{owner} is signed", "{owner} is not signed"),
        "open": ("the call is open", "the call is closed"),
    }

    def said(text: str) -> str:
        return in_words(parse(text), facts=known.get, condition=True)

    assert said("lead.legal_person and not(open)") == "the lead is a legal person and the call is closed"
    assert said("lead.legal_person = false or open != false") == "the lead is not a legal person or the call is open"
    assert said("every d in documents satisfies d.signed") == "for every d among the documents, d is signed"
    assert said("lead.non_profit") == "the lead's non profit is yes"


def test_says_a_name_alone_as_what_it_is() -> None:
    assert in_words(parse("lead.non_profit")) == "the lead's non profit"
    assert in_words(parse("lead.non_profit"), condition=True) == "the lead's non profit is yes"
    assert in_words(parse("not(lead.non_profit)")) == "the lead's non profit is no"
