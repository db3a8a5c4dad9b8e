"""Ten states of a draft are kept, and they are the ones somebody may want back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.drafting.store.history import KEPT, worth_keeping

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
times = st.lists(st.integers(0, 20 * 24 * 3600).map(lambda seconds: START + timedelta(seconds=seconds)), max_size=60)


@given(times)
def test_at_most_ten_and_the_newest_and_the_first_among_them(saves: list[datetime]) -> None:
    kept = worth_keeping(saves)

    assert len(kept) == min(KEPT, len(set(saves)))
    assert kept <= set(saves)
    assert {*sorted(set(saves))[-3:], *sorted(saves)[:1]} <= kept


@given(times)
def test_thinning_after_every_save_keeps_what_thinning_once_would(saves: list[datetime]) -> None:
    kept: frozenset[datetime] = frozenset()
    for save in sorted(saves):
        kept = worth_keeping([*kept, save])

    assert kept == worth_keeping(saves)


@given(times)
def test_the_evenings_of_the_last_days_are_kept(saves: list[datetime]) -> None:
    evenings = {save.date(): save for save in sorted(saves)}

    assert {evenings[day] for day in sorted(evenings)[-4:]} <= worth_keeping(saves)


def test_a_week_of_work() -> None:
    """Two hours a day, a save each minute."""
    week = [START + timedelta(days=day, minutes=minute) for day in range(5) for minute in range(120)]
    kept = sorted(worth_keeping(week))

    assert [f"{time:%a %H:%M}" for time in kept] == [
        "Mon 09:00",
        "Tue 10:59",
        "Wed 10:59",
        "Thu 10:59",
        "Fri 10:14",
        "Fri 10:29",
        "Fri 10:44",
        "Fri 10:57",
        "Fri 10:58",
        "Fri 10:59",
    ]
