"""A typed day is that day or a question back: which of two numbers is the month is never guessed."""

from __future__ import annotations

import pytest

from mpfcheck.forms.typed.reading import Query, Understood, read_typed
from mpfcheck.proposal.fields import Day


@pytest.mark.parametrize(
    "typed",
    [
        "2024-03-01",
        "2024-3-1",
        "2024/03/01",
        "2024.03.01",
        "1.3.2024",
        "01.03.2024",
        "1. 3. 2024",
        "1 March 2024",
        "1 march, 2024",
        "1st of March 2024",
        "1. March 2024",
        "01-Mar-2024",
        "March 1, 2024",
        "Mar. 1st 2024",
        "2024 March 1",
        "\u0660\u0661.\u0660\u0663.\u0662\u0660\u0662\u0664",
        "\N{FULLWIDTH DIGIT ONE}.3.2024",
        " 2024-03-01\n",
    ],
)
def test_one_day_however_it_is_typed(typed: str) -> None:
    assert read_typed(typed, Day()) == Understood("2024-03-01", "1 March 2024")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("25/03/2024", "2024-03-25"),
        ("03/25/2024", "2024-03-25"),
        ("03/03/2024", "2024-03-03"),
        ("3 Sept 2024", "2024-09-03"),
        ("29.2.2024", "2024-02-29"),
        ("0024-03-01", "0024-03-01"),
    ],
)
def test_what_can_only_be_one_day_is_that_day(typed: str, day: str) -> None:
    reading = read_typed(typed, Day())
    assert isinstance(reading, Understood)
    assert reading.value == day


@pytest.mark.parametrize(
    ("typed", "said", "suggested"),
    [
        ("01/03/2024", "1 March 2024 or 3 January 2024", ["2024-03-01", "2024-01-03"]),
        ("1-3-2024", "1 March 2024 or 3 January 2024", ["2024-03-01", "2024-01-03"]),
        ("1 3 2024", "1 March 2024 or 3 January 2024", ["2024-03-01", "2024-01-03"]),
        ("1.3.24", "four digits", ["2024-03-01"]),
        ("1/3/24", "four digits", ["2024-03-01", "2024-01-03"]),
        ("1 March 24", "four digits", ["2024-03-01"]),
        ("24-03-01", "four digits", []),
        ("30 February 2024", "February 2024 has 29 days", []),
        ("2023-02-29", "February 2023 has 28 days", []),
        ("31/04/2024", "April 2024 has 30 days", []),
        ("04/31/2024", "April 2024 has 30 days", []),
        ("13/13/2024", "no month 13", []),
        ("2024-13-01", "no month 13", ["2024-01-13"]),
        ("3.25.2024", "no month 25", ["2024-03-25"]),
        ("2024-01-00", "begin with day 1", []),
        ("0000-01-01", "no year 0", []),
        ("March 2024", "the day of the month", []),
        ("1 March", "in which year", []),
        ("3 Febuary 2024", '"Febuary" is not a known name', ["2024-02-03"]),
        ("3 Xyz 2024", '"Xyz" is not a known name', []),
        ("31 septembre 2024", "September 2024 has 30 days", []),
        ("today", "another date each time", []),
        ("20240301", "not only a date", ["2024-03-01"]),
        ("2024-03-01T12:00:00Z", "not only a date", ["2024-03-01"]),
        ("2024", "is not a date", []),
        ("soon", "is not a date", []),
        ("1 2 March 2024", "is not a date", []),
        ("1\N{SUPERSCRIPT TWO} March 2024", "is not a date", []),
        ("1 March 2024" + " " * 100 + "x", "is not a date", []),
    ],
)
def test_what_is_not_one_day_is_asked_back(typed: str, said: str, suggested: list[str]) -> None:
    reading = read_typed(typed, Day())
    assert isinstance(reading, Query)
    assert said in reading.message
    assert [suggestion.value for suggestion in reading.suggestions] == suggested
