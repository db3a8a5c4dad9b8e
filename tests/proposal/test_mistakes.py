"""Everything that is wrong is said at once, in the applicant's words, with the nearest known name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given

from mpfcheck.proposal.fields import Kind, Many, Open, Record, Text, proposal_record
from mpfcheck.proposal.mistakes import MAX_MISTAKES, Mistake, find_mistakes, find_unknown_fields
from mpfcheck.proposal.models import Proposal
from tests.proposal.strategies import mistaken_proposals


def only(mistakes: tuple[Mistake, ...]) -> Mistake:
    [mistake] = mistakes
    return mistake


@pytest.mark.parametrize(
    ("document", "pointer", "said", "hinted"),
    [
        ({"title": 5}, "/title", "should be text, not the number 5", '"5"'),
        ({"title": ["x"]}, "/title", "not a list", "double quotes"),
        ({"lead": {"non_profit": "yes"}}, "/lead/non_profit", 'not the text "yes"', "Write true, without quotes"),
        ({"lead": {"non_profit": 0}}, "/lead/non_profit", "should be true or false", "until you know"),
        ({"lead": []}, "/lead", "an applicant in braces", "country"),
        ({"co_applicants": {}}, "/co_applicants", "should be a list", "only one"),
        ({"co_applicants": [None]}, "/co_applicants/0", "cannot be null", "Remove the entry"),
        ({"target_countries": ["LT", "MDA"]}, "/target_countries/1", '"MDA" is not a country code', "such as MD"),
        ({"lead": {"country": "UK"}}, "/lead/country", "not a country code", '"GB"'),
        ({"lead": {"country": "el"}}, "/lead/country", "not a country code", '"GR"'),
        ({"lead": {"country": "lt"}}, "/lead/country", "not a country code", '"LT"'),
        ({"lead": {"country": 440}}, "/lead/country", "should be a country code, not the number 440", '"MD"'),
        ({"lead": {"kind": "NGO"}}, "/lead/kind", "not one of the applicant kinds", 'Did you mean "ngo"'),
        ({"lead": {"kind": "company"}}, "/lead/kind", "not one of the applicant kinds", "private_law_body"),
        ({"budget": {"currency": "USD"}}, "/budget/currency", 'in EUR, not in "USD"', "EUR"),
        ({"format": "mpfcheck-proposal/2"}, "/format", '"mpfcheck-proposal/1"', "mpfcheck-proposal/1"),
        ({"start_date": "2024-02-30"}, "/start_date", "calendar", "2024-03-01"),
        ({"duration_months": "24 months"}, "/duration_months", "whole number", "without quotes"),
        ({"budget": {"total": "1.005"}}, "/budget/total", "two decimals", "cent"),
        ({"annex": []}, "/annex", "an object in braces", "{"),
        ([], "", "a proposal in braces", "title"),
    ],
)
def test_a_value_that_does_not_fit_is_explained(document: object, pointer: str, said: str, hinted: str) -> None:
    mistake = only(find_mistakes(document))
    assert mistake.pointer == pointer
    assert said in mistake.message
    assert hinted in mistake.hint


def with_each_value(kind: Kind, value: str) -> Iterator[object]:
    """Documents with one value each, in every place that holds something other than text."""
    match kind:
        case Text() | Open():
            return
        case Record():
            for name, field in kind.fields.items():
                yield from ({name: inner} for inner in with_each_value(field.kind, value))
        case Many():
            yield value
            yield from ([inner] for inner in with_each_value(kind.item, value))
        case _:
            yield value


@pytest.mark.parametrize("blank", ["", " \t"])
def test_a_blank_text_where_something_else_is_wanted_is_called_empty(blank: str) -> None:
    documents = list(with_each_value(proposal_record(), blank))
    mistakes = [only(find_mistakes(document)) for document in documents]

    assert len(mistakes) > 40
    fixed = {"/format", "/budget/currency"}
    assert [m.message for m in mistakes if m.pointer not in fixed and "empty text" not in m.message] == []


@pytest.mark.parametrize(
    ("document", "pointer", "hint"),
    [
        ({"co_aplicants": []}, "/co_aplicants", "Did you mean `co_applicants`?"),
        ({"Title": ""}, "/Title", "Did you mean `title`?"),
        ({"target-countries": []}, "/target-countries", "Did you mean `target_countries`?"),
        ({"lead": {"contry": "LT"}}, "/lead/contry", "Did you mean `country`?"),
        ({"budget": {"lines": [{}, {"ammount": "1"}]}}, "/budget/lines/1/ammount", "Did you mean `amount`?"),
        ({"grant_requested": "1"}, "/grant_requested", "`grant_requested` belongs in `financing`."),
        ({"title": "", "titel": ""}, "/titel", "The nearest known name is `title`, but the proposal already has it."),
        ({"a/b~c": ""}, "/a~1b~0c", None),
    ],
)
def test_an_unknown_field_is_named_with_the_nearest_known_one(document: object, pointer: str, hint: str | None) -> None:
    mistake = only(find_unknown_fields(document))
    assert mistake.pointer == pointer
    assert mistake.warning
    assert mistake.hint == hint or (hint is None and mistake.hint.startswith("The fields of a proposal are "))


@given(mistaken_proposals())
def test_there_are_mistakes_exactly_where_the_models_refuse(document: object) -> None:
    mistakes = find_mistakes(document)
    try:
        Proposal.model_validate(document)
    except ValueError:
        assert mistakes
    else:
        assert not mistakes
    for mistake in (*mistakes, *find_unknown_fields(document)):
        assert mistake.message.endswith(".")
        assert "pydantic" not in mistake.message
        assert "Input should" not in mistake.message


def test_no_more_is_said_than_anybody_reads() -> None:
    mistakes = find_mistakes({"target_countries": ["?"] * 5000})
    assert len(mistakes) == MAX_MISTAKES + 1
    assert "4900 more" in mistakes[-1].message
    assert len(find_unknown_fields({str(number): None for number in range(5000)})) == MAX_MISTAKES


def test_what_could_not_be_read_is_not_complained_about() -> None:
    unseen = object()
    assert find_mistakes({"title": unseen, "lead": {"country": unseen}, "target_countries": [unseen]}, unseen) == ()
