"""Typed moments: what is understood, and what is asked back."""

from __future__ import annotations

import pytest

from mpfcheck.forms.typed.answer import Query, Understood
from mpfcheck.forms.typed.reading import read_typed, shown_value, typed_value
from mpfcheck.proposal.fields import Moment

KIND = Moment()


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("2024-03-01 12:00 UTC", "2024-03-01T12:00:00Z", "1 March 2024, 12:00 (UTC)"),
        ("1 March 2024, 12:00 (UTC)", "2024-03-01T12:00:00Z", "1 March 2024, 12:00 (UTC)"),
        ("1 March 2024 9.30 +01:00", "2024-03-01T09:30:00+01:00", "1 March 2024, 09:30 (UTC+01:00)"),
        (
            "2018-11-14T12:00:01@Europe/London",
            "2018-11-14T12:00:01@Europe/London",
            "14 November 2018, 12:00:01 (Europe/London)",
        ),
    ],
)
def test_a_typed_moment_is_understood_and_reads_back(text: str, value: str, shown: str) -> None:
    assert read_typed(text, KIND) == Understood(value, shown)
    assert shown_value(value, KIND) == shown
    assert read_typed(typed_value(value, KIND), KIND) == Understood(value, shown)
    assert read_typed(shown, KIND) == Understood(value, shown)


@pytest.mark.parametrize(
    ("text", "said", "suggested"),
    [
        ("14 November 2018", "is not a date and time", []),
        ("14 November 2018 12:00", "does not say its time zone", ["2018-11-14T12:00:00Z"]),
        ("1/3/2024 12:00 UTC", "is 1 March 2024 or 3 January 2024", []),
        ("2024-03-01 25:00 UTC", "is not a date and time", []),
        ("2024-03-01 12:00 Mars", "names an unknown time zone", []),
        ("", "is not a date and time", []),
    ],
)
def test_a_time_zone_is_never_guessed(text: str, said: str, suggested: list[str]) -> None:
    found = read_typed(text, KIND)
    assert isinstance(found, Query)
    assert said in found.message
    assert [one.value for one in found.suggestions] == suggested
