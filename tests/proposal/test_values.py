"""Days are those of the calendar, written year-month-day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mpfcheck.proposal.values import UnfitValueError, day_from


def test_a_day_is_read() -> None:
    assert day_from("2024-02-29") == date(2024, 2, 29)
    assert day_from(date(2024, 2, 29)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    "written", ["2023-02-29", "2024-02-30", "2024-04-31", "2024-13-01", "2024-00-10", "0000-01-01"]
)
def test_an_impossible_day_is_called_impossible(written: str) -> None:
    with pytest.raises(UnfitValueError, match="not a date of the calendar"):
        day_from(written)


@pytest.mark.parametrize(
    "written", ["01.03.2024", "2024-3-1", "20240301", "2024-W09-5", "2024-03-01T00:00:00", "2024-03-01\n", "soon"]
)
def test_what_is_written_otherwise_is_no_date(written: str) -> None:
    with pytest.raises(UnfitValueError, match="is not a date"):
        day_from(written)


@pytest.mark.parametrize("value", [20240301, True, None, datetime(2024, 3, 1, tzinfo=UTC)])
def test_what_is_no_text_is_no_date(value: object) -> None:
    with pytest.raises(UnfitValueError, match="should be a date"):
        day_from(value)
