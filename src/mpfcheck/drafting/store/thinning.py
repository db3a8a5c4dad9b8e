"""Which earlier states of a draft are worth keeping.

A draft is saved after every answer, so its last ten saves are the last two minutes. People ask for other things: the
answer before this one, an hour ago, yesterday evening, the file as it was before they touched it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

__all__ = ["KEPT", "worth_keeping"]

KEPT: Final = 10
"""How many generations of a draft are kept."""

_NEWEST: Final = 3
_QUARTERS: Final = 4
_DAYS: Final = 4
_QUARTER: Final = timedelta(minutes=15)
_DAY: Final = timedelta(days=1)
_START: Final = datetime(2000, 1, 1, tzinfo=UTC)


def worth_keeping(times: Sequence[datetime]) -> frozenset[datetime]:
    """The times to keep, at most ten.

    They are the first of all, the three newest, the last one in each of the four latest quarters of an hour and in each
    of the four latest days (UTC) with a save in them. Where some of these are the same, newer ones fill the places.

    What is left out once would never be chosen later, so thinning after every save keeps the same as thinning once.
    """
    newest_first = sorted(set(times), reverse=True)
    chosen = {*newest_first[:_NEWEST], *newest_first[-1:]}
    chosen.update(_last_in_each(newest_first, _QUARTER)[:_QUARTERS])
    chosen.update(_last_in_each(newest_first, _DAY)[:_DAYS])
    for time in newest_first:
        if len(chosen) >= KEPT:
            break
        chosen.add(time)
    return frozenset(chosen)


def _last_in_each(newest_first: Sequence[datetime], span: timedelta) -> list[datetime]:
    last: dict[int, datetime] = {}
    for time in newest_first:
        last.setdefault((time - _START) // span, time)
    return list(last.values())
