"""Dates, times and durations: the calendar agrees with Python's where Python has one, and goes on beyond."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.feel.evaluate.evaluator import evaluate
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.values.temporal import (
    LARGEST_YEAR,
    NANOSECONDS,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    TemporalValue,
    Time,
    Zone,
    add,
    days_in_month,
    months_between,
    negate,
    subtract,
)
from mpfcheck.feel.values.text import read_temporal, write_temporal
from mpfcheck.feel.values.value import Value


def value_of(text: str) -> Value:
    return evaluate(parse(text), {})


years = st.integers(-LARGEST_YEAR, LARGEST_YEAR)
dates = st.builds(
    lambda year, month, day: Date(year, month, min(day, days_in_month(year, month))),
    years,
    st.integers(1, 12),
    st.integers(1, 31),
)
zones: st.SearchStrategy[Zone] = st.sampled_from([None, 0, 3600, -9000, 64799, "Europe/Riga", "Asia/Kathmandu"])
times = st.builds(
    Time, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59), st.integers(0, NANOSECONDS - 1), zones
)
durations = st.builds(MonthsDuration, st.integers(-(10**12), 10**12)) | st.builds(
    DaysDuration, st.integers(-(10**24), 10**24)
)


@given(st.dates())
def test_the_calendar_is_the_gregorian_one(day: date) -> None:
    ours = Date(day.year, day.month, day.day)
    assert ours.days == (day - date(1970, 1, 1)).days
    assert ours.weekday == day.isoweekday()
    assert Date.from_days(ours.days) == ours


@given(dates)
def test_days_count_through_all_years(day: Date) -> None:
    assert Date.from_days(day.days) == day


@given(dates | times | st.builds(DateTime, dates, times) | durations)
def test_reading_what_was_written_gives_the_same_value(value: TemporalValue) -> None:
    assert read_temporal(write_temporal(value)) == value


@given(st.dates(date(1000, 1, 1), date(9000, 1, 1)), st.integers(-10_000, 10_000))
def test_adding_days_goes_as_far_as_pythons(day: date, count: int) -> None:
    later = day + timedelta(days=count)
    found = add(Date(day.year, day.month, day.day), DaysDuration(count * 86_400 * NANOSECONDS))
    assert found == Date(later.year, later.month, later.day)


@given(
    st.builds(DateTime, st.dates(date(1971, 1, 1), date(2100, 1, 1)).map(lambda d: Date(d.year, d.month, d.day)), times)
)
def test_the_difference_of_two_moments_added_again_is_the_later_one(moment: DateTime) -> None:
    start = DateTime(Date(2000, 1, 1), Time(0, 0, 0, zone=moment.zone))
    gap = subtract(moment, start)
    assert isinstance(gap, DaysDuration)
    again = add(start, gap)
    assert isinstance(again, DateTime)
    assert again.instant == moment.instant


@given(dates, st.integers(-100_000, 100_000))
def test_the_months_between_a_first_of_the_month_and_months_later_are_those_months(day: Date, months: int) -> None:
    first = Date(day.year, day.month, 1)
    later = first.plus_months(months)
    if later is not None:
        assert months_between(first, later) == MonthsDuration(months)


@given(durations)
def test_a_duration_less_itself_is_nothing(duration: MonthsDuration | DaysDuration) -> None:
    assert add(duration, negate(duration)) in (MonthsDuration(0), DaysDuration(0))


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29", "2023-13-01", "998-01-01", "01211-12-31", "+2012-12-02", "1000000000-01-01", "2012-12-25T",
        "24:00:01", "23:60:00", "23:59:60", "7:00:00", "10:00", "10:00:00+19:00", "10:00:00@Nowhere/City",
        "10:00:00@../../etc/passwd", "10:00:00@Europe", "10:00:00+02:00@Europe/Riga", "P", "PT", "P1H", "P1Y1D",
        "1D", "P0", "P1S", "P-1D", "", "never",
    ],
)  # fmt: skip
def test_what_is_no_date_time_or_duration_is_none(text: str) -> None:
    assert read_temporal(text) is None


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ('@"2024-01-31" + @"P1M"', '@"2024-02-29"'),
        ('@"2024-02-29" - @"P1Y"', '@"2023-02-28"'),
        ('@"2024-03-01" - @"2024-02-28"', '@"P2D"'),
        ('@"2024-01-01" - @"PT1S"', '@"2023-12-31"'),
        ('@"23:30:00" + @"PT1H"', '@"00:30:00"'),
        ('@"10:00:00+02:00" - @"10:00:00Z"', '@"-PT2H"'),
        ('@"2024-03-31T00:30:00@Europe/Paris" + @"PT24H"', '@"2024-04-01T01:30:00@Europe/Paris"'),
        ('@"P1Y" / 2', '@"P6M"'),
        ('@"P1D" / @"PT12H"', "2"),
        ('-2.5 * @"P1Y11M"', '@"-P4Y9M"'),
        ('@"PT0.000000001S" * 3', '@"PT0.000000003S"'),
        ('@"999999999-12-31" + @"P1D"', "null"),
        ('@"2024-01-01T10:00:00" - @"2024-01-01T10:00:00Z"', "null"),
        ('@"P1M" + @"P1D"', "null"),
        ('@"2024-05-05".weekday', "7"),
        ('@"-P1Y2M".months', "-2"),
        ('@"PT90.5S".seconds', "30.5"),
        ('@"2024-07-01T10:00:00@Europe/Riga".time offset', '@"PT3H"'),
        ('@"2024-01-01T10:00:00@Europe/Riga".timezone', '"Europe/Riga"'),
        ('@"2024-01-01".hour', "null"),
        ('@"10:00:00Z" < @"10:30:00+01:00"', "false"),
        ('@"10:00:00" < @"10:00:00Z"', "null"),
        ('@"2024-01-01T24:00:00"', '@"2024-01-02T00:00:00"'),
    ],
)
def test_dates_and_durations_are_calculated_as_the_standard_says(text: str, same_as: str) -> None:
    assert value_of(text) == value_of(same_as)


def test_two_durations_of_different_kinds_are_never_the_same() -> None:
    assert MonthsDuration(0) != DaysDuration(0)
    assert value_of('is(@"P0Y", @"P0D")') is False
