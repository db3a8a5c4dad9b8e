"""No proposal is eligible on a date of which the sources of its call know nothing, and later dates have a warning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Status, Verdict
from mpfcheck.packs.call import Call
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call
from mpfcheck.reading.document import read_proposal

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
CALLS = list_calls()
DAY = timedelta(1)
UNITED_KINGDOM_LEFT = date(2020, 1, 31)

loaded = cache(load_call)
"""A call as it was loaded once: it never changes."""

by_call = pytest.mark.parametrize("call_id", CALLS)


def answers_in(path: Path) -> dict[str, object]:
    """What a proposal answers, nothing where the file is not a proposal."""
    return dict(read_proposal(path.read_bytes()).answers or {})


@cache
def proposals(call_id: str) -> tuple[Mapping[str, object], ...]:
    """The example proposals of a call."""
    files = sorted([*(HERE / "predictions").glob("*.json"), *EXAMPLES.rglob("*.json")])
    found = []
    for path in files:
        answers = answers_in(path)
        if answers.get("call") == call_id:
            found.append(answers)
    if call_id == "mpf-2018-legal-migration":
        # The predictions for this call are about what is not eligible.
        pilot = answers_in(HERE / "predictions" / "p06.json")
        found.append({**pilot, "target_countries": ["MA"], "annex": {"countries_in_concept_note": ["MA"]}})
    return tuple(found)


def first_known(call: Call) -> date:
    """The first day of which any source tells something: the publication, or the first value of any parameter."""
    return call.published or min(value.since for parameter in call.parameters.values() for value in parameter.values)


def days(call: Call) -> list[date]:
    """The days on which something changes, those beside them, and one a year from a month before the call on."""
    first = first_known(call)
    changes = {value.since for parameter in call.parameters.values() for value in parameter.values}
    changes |= {first, call.as_of, UNITED_KINGDOM_LEFT, last_known(call)}
    around = {day + step for day in changes for step in (-DAY, timedelta(0), DAY)}
    return sorted(around | {first + timedelta(days=offset) for offset in range(-31, 3653, 365)})


def last_known(call: Call) -> date:
    """The last date for which the sources give a period or money, as the call's own definition says."""
    return date.fromisoformat(call.definitions["last_known_date"].condition.text.strip("@\"' "))


@cache
def checker(call_id: str, day: date | None) -> Checker:
    return Checker(loaded(call_id), as_of=day)


def status_of(rule: str, call_id: str, day: date | None, answers: Mapping[str, object]) -> Status:
    return checker(call_id, day).result(answers, rule).status


@cache
def eligible(call_id: str, day: date | None) -> tuple[Mapping[str, object], ...]:
    check = checker(call_id, day)
    return tuple(answers for answers in proposals(call_id) if check.report(answers).verdict is Verdict.ELIGIBLE)


@by_call
def test_some_example_of_the_call_is_eligible_on_its_own_day(call_id: str) -> None:
    """Otherwise the laws below would say nothing."""
    assert eligible(call_id, None)


@by_call
def test_no_example_is_eligible_before_anything_is_known_of_the_call(call_id: str) -> None:
    call = loaded(call_id)
    before = [day for day in days(call) if day < first_known(call)]

    assert before
    assert [day for day in before if eligible(call_id, day)] == []


@by_call
def test_an_example_that_is_eligible_after_the_last_known_date_has_a_warning(call_id: str) -> None:
    call = loaded(call_id)
    after = [day for day in days(call) if day > last_known(call)]

    assert after
    for day in after:
        for answers in eligible(call_id, day):
            assert status_of("DATE-2", call_id, day, answers) is Status.FAIL, day


@by_call
@settings(max_examples=5)
@given(data=st.data())
def test_on_no_day_is_an_example_eligible_that_nothing_is_known_of(call_id: str, data: st.DataObject) -> None:
    call = loaded(call_id)
    first = first_known(call)
    day = data.draw(st.dates(first - timedelta(days=31), first + timedelta(days=3653)))
    known = any(parameter.at(day) for parameter in call.parameters.values())

    for answers in eligible(call_id, day):
        assert known
        assert day >= first
        assert day <= last_known(call) or status_of("DATE-2", call_id, day, answers) is Status.FAIL
