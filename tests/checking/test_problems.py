"""What people write by hand into a file is refused, with what it may mean in the notation of a file."""

from __future__ import annotations

import json

import pytest

from mpfcheck.proposal.answers import json_values
from mpfcheck.reading.document import read_plain, read_proposal


@pytest.mark.parametrize(
    ("document", "hint"),
    [
        ({"budget": {"total": "64029231,00"}}, 'Did you mean "64029231.00"? '),
        ({"budget": {"total": "EUR 400 000"}}, 'Did you mean "400000.00"? '),
        ({"budget": {"total": "400.000"}}, 'Did you mean "400000.00" or "400.00"? '),
        ({"financing": {"contributions": [{"amount": "1.250.000,50"}]}}, 'Did you mean "1250000.50"? '),
        ({"budget": {"lines": [{"quantity": "1,5"}]}}, 'Did you mean "1.5"? '),
        ({"budget": {"lines": [{"heading": "Human resources"}]}}, 'Did you mean "human_resources"? '),
        ({"lead": {"level": "centrl"}}, 'Did you mean "central"? The codes are '),
        ({"lead": {"level": "x"}}, "The codes are central, regional, local."),
        ({"declarations": {"not_started": "ja"}}, "Write true or false, "),
        ({"start_date": "18.06.2015"}, 'Did you mean "2015-06-18"? '),
        ({"start_date": "1 mars 2024"}, 'Did you mean "2024-03-01"? '),
        ({"start_date": "1/3/2024"}, 'Did you mean "2024-03-01" or "2024-01-03"? '),
        ({"documents": [{"date": 20240301}]}, 'Did you mean "2024-03-01"? '),
        ({"lead": {"country": "Moldova"}}, 'Did you mean "MD"? '),
        ({"lead": {"country": "UK"}}, 'Did you mean "GB"? '),
        ({"lead": {"country": "Congo"}}, 'Did you mean "CD" or "CG"? '),
        ({"lead": {"kind": "Public body"}}, 'Did you mean "public_body"? '),
        ({"lead": {"legal_person": "yes"}}, "Write true, without quotes."),
        ({"target_countries": ["Moldova"]}, 'Did you mean "MD"? '),
        ({"target_countries": "Moldova, Ukraine"}, 'Did you mean ["MD", "UA"]? '),
        ({"duration_months": "2 years"}, "Did you mean 24? "),
    ],
)
def test_the_readings_of_a_value_are_offered(document: dict[str, object], hint: str) -> None:
    for read in (read_proposal(json.dumps(document).encode()), read_plain(*json_values(document))):
        assert read.answers is None
        [problem] = read.problems
        assert problem.hint.startswith(hint)


@pytest.mark.parametrize(
    "document",
    [
        {"lead": {"country": "XX"}},
        {"lead": {"country": "Republic"}},
        {"start_date": "soon"},
        {"budget": {"total": "a lot"}},
        {"budget": {"total": "12 %"}},
        {"lead": "Moldova"},
        {"title": 5},
    ],
)
def test_nothing_is_offered_where_nothing_can_be_read(document: dict[str, object]) -> None:
    [problem] = read_proposal(json.dumps(document).encode()).problems
    assert "Did you mean" not in problem.hint


@pytest.mark.parametrize("document", [{"lead": {"country": "Moldva"}}, {"lead": {"country": "Uzbekstan"}}])
def test_a_slip_is_answered_with_the_nearest(document: dict[str, object]) -> None:
    [problem] = read_proposal(json.dumps(document).encode()).problems
    assert problem.hint.startswith("Did you mean ")
